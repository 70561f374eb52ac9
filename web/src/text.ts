// Text from a certificate is hostile: it can hold characters that hide,
// reorder or forge what a reader sees. Everything that came from a paste goes
// through visible() before it reaches the DOM, and reaches it as text.

import { html, type TemplateResult } from "lit";

// Characters that cannot be seen, that change how others are seen, or that are
// heaped upon others until they cover the lines around (UAX #9, UAX #44).
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]|(?<=\p{M}{6})\p{M}/gu;

// Longer text is not read by anybody, and megabytes of it hold the page up.
const maxShown = 2_000;

/** isLong tells whether visible shows a text in part; whole() has all of it. */
export function isLong(text: string): boolean {
	return text.length > maxShown;
}

/**
 * visible replaces each character that cannot be seen by its code point, and
 * counts what comes after the first 2,000.
 */
export function visible(text: string): string {
	if (!isLong(text)) return legible(text);
	const head = text.slice(0, maxShown).replace(/[\ud800-\udbff]$/, "");
	return `${legible(head)}… (${count(text.length - head.length, "character")} more)`;
}

/** visibleLines is visible for text of several lines, all of it. */
export function visibleLines(text: string): string {
	return text
		.split(/\r?\n/)
		.map((line) => line.split("\t").map(legible).join("\t"))
		.join("\n");
}

function legible(text: string): string {
	return text.replace(unseen, placeholder);
}

function placeholder(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** name is text from a certificate, isolated from the text around it. */
export function name(text: string): TemplateResult {
	return html`<bdi>${visible(text)}</bdi>`;
}

/** whole is visible text, and a button that copies all of it where it is long. */
export function whole(text: string): TemplateResult {
	const copy = isLong(text)
		? html` <cert-lens-copy label="Copy the whole" .value=${text} button></cert-lens-copy>`
		: "";
	return html`${visible(text)}${copy}`;
}

/** count is a number with its noun: "1 error", "2 errors". */
export function count(n: number, one: string, many = `${one}s`): string {
	return `${grouped(n)} ${n === 1 ? one : many}`;
}

/** grouped writes a whole number with thin spaces between thousands. */
export function grouped(n: number): string {
	return String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** capital is text as it begins a sentence. */
export function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** ordinal is "1st", "2nd" and so on. */
export function ordinal(n: number): string {
	const tens = n % 100;
	if (tens >= 11 && tens <= 13) return `${n}th`;
	return `${n}${["th", "st", "nd", "rd"][n % 10] ?? "th"}`;
}

/** shorten cuts the middle out of text that is longer than max characters. */
export function shorten(text: string, max: number): string {
	if (text.length <= max) return text;
	// A character has at most two units: no need to take all of a long text apart.
	const first = Array.from(text.slice(0, 2 * max));
	if (text.length <= 2 * max && first.length <= max) return text;
	const last = Array.from(text.slice(-2 * max));
	const head = Math.ceil((max - 1) * 0.6);
	const tail = max - 1 - head;
	return `${first.slice(0, head).join("")}…${last.slice(last.length - tail).join("")}`;
}

/**
 * link is the address when the whole text is one, and nothing otherwise, so
 * that no text from a certificate can become a link of another kind.
 */
export function link(text: string): string | undefined {
	const trimmed = text.trim();
	if (!/^https?:\/\/[^\s"<>]+$/i.test(trimmed)) return undefined;
	try {
		return new URL(trimmed).href;
	} catch {
		return undefined;
	}
}
