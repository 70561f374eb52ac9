import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Report } from "../engine/report.gen.js";
import { icon } from "../icons.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, shorten, visible } from "../text.js";
import { kindName } from "../words.js";
import "./copy.js";

// Keys that are named; the rest is counted.
const maxKeys = 8;

/**
 * Says that a private key was pasted, of which kind, and what to do if it was
 * pasted elsewhere before. Of the key it shows the fingerprint of its public
 * half and nothing else.
 */
export class CertLensKeyWarning extends LitElement {
	static override properties = { report: { attribute: false } };

	declare report: Report | undefined;

	protected override render() {
		const keys = this.report ? secrets(this.report) : [];
		if (keys.length === 0) return nothing;
		return html`<section class="warned" role="note" aria-labelledby="heading">
			<h2 id="heading">${icon("warning")} ${keys.length > 1 ? "There are private keys" : "There is a private key"} in this input</h2>
			<ul>${keys.slice(0, maxKeys).map((key) => html`<li>${named(key)}</li>`)}</ul>
			${keys.length > maxKeys ? html`<p class="small muted">and ${count(keys.length - maxKeys, "more key")}</p>` : nothing}
			<p>It stays in this page, is shown nowhere and is in nothing that is copied from here.</p>
			<p>If it was also pasted anywhere else (a ticket, a chat, a mail, another website), it is no longer private:</p>
			<ol>
				<li>Make a new key. Renewing with the same key does not help.</li>
				<li>Have the certificate issued again for the new key, and install both.</li>
				<li>Then have the old certificate revoked, with the reason key compromise.</li>
			</ol>
		</section>`;
	}

	static override styles = [
		tokens,
		base,
		css`
			.warned {
				display: grid;
				gap: 8px;
				margin-top: 16px;
				padding: 16px 20px;
				border-inline-start: 4px solid var(--warning);
				border-radius: var(--radius);
				background: var(--warning-tint);
				overflow-wrap: anywhere;
			}

			ul {
				display: grid;
				gap: 4px;
			}

			ol {
				display: grid;
				gap: 4px;
				max-width: 75ch;
				padding-inline-start: 20px;
				list-style: decimal;
			}

			@container (max-width: 480px) {
				.warned {
					padding: 12px 16px;
				}
			}
		`,
	];
}

/** A Secret is one private key, as far as it may be told. */
interface Secret {
	title: string;
	spki: string;
	place: string;
	owner: string;
}

// Every key that was decoded, and each secret piece that gave none.
function secrets(report: Report): Secret[] {
	const { inputs, objects = [], certificates } = report;
	const keys = objects.filter(({ kind }) => kind === "private-key");
	const told = new Set(keys.map(({ input }) => input));
	const decoded = keys.map(({ title, id = "", input }) => ({
		title,
		spki: id,
		place: place(inputs[input]),
		owner: certificates.find((c) => id && c.fingerprints.spki === id)?.title ?? "",
	}));
	const rest = inputs.flatMap((input, i) => {
		if (!input.secret || told.has(i) || holdsKeys(input)) return [];
		return [{ title: `Secret, not decoded (${kindName(input.kind)})`, spki: "", place: place(input), owner: "" }];
	});
	return [...decoded, ...rest];
}

// A container is secret as a whole, whether or not a key is in it; its password
// is asked for elsewhere.
function holdsKeys({ kind, password, count }: Report["inputs"][number]): boolean {
	return password !== undefined || (count > 0 && (kind === "pkcs12" || kind === "jks"));
}

function place(input: Report["inputs"][number] | undefined): string {
	if (!input) return "";
	return [visible(input.source ?? ""), input.where.line > 0 ? `line ${input.where.line}` : ""]
		.filter(Boolean)
		.join(", ");
}

function named({ title, spki, place, owner }: Secret): TemplateResult {
	return html`<strong>${visible(title)}</strong>${owner ? `, of the certificate of ${visible(shorten(owner, 120))}` : ""} <span class="small muted">${place}</span>
		${spki ? html`<div class="small"><span class="muted">SHA-256 of its public half</span> <cert-lens-copy label="SHA-256 of the public key" .value=${spki}></cert-lens-copy></div>` : nothing}`;
}

customElements.define("cert-lens-key-warning", CertLensKeyWarning);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-key-warning": CertLensKeyWarning;
	}
}
