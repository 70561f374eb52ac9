// Where failures are explained. An element links to help only when the page
// around it told it the address of its help, as in "#/help/".

import { html, type TemplateResult } from "lit";

/** helpLink makes a link to a help page, or leaves the words alone where there is no help. */
export function helpLink(address: string, path: string, words: unknown): TemplateResult {
	if (!address || !path) return html`${words}`;
	return html`<a href=${address + encodePath(path)}>${words}</a>`;
}

/** indexLink makes a link to the list of all help pages. */
export function indexLink(address: string, words: string): TemplateResult {
	return html`<a href=${address.replace(/\/$/, "")}>${words}</a>`;
}

function encodePath(path: string): string {
	return path.split("/").map(encodeURIComponent).join("/");
}

/** helpPath reads a help page out of the address of this page; undefined when it names none. */
export function helpPath(hash: string): string | undefined {
	const match = /^#\/help(?:\/(.*))?$/s.exec(hash);
	if (!match) return undefined;
	const path = match[1] ?? "";
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
