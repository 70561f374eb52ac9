import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Certificate, Handshake } from "../engine/report.gen.js";
import { facts } from "../live/facts.js";
import { base, folds, terms } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, visible } from "../text.js";

// Names of CAs that are shown; a server can send thousands.
const maxAuthorities = 50;

/**
 * What our own handshake with a live server saw: the connection, what was
 * negotiated, what the server offered, and how long it took.
 */
export class CertLensHandshake extends LitElement {
	static override properties = {
		handshake: { attribute: false },
		leaf: { attribute: false },
	};

	declare handshake: Handshake | undefined;
	/** The server's certificate; undefined when it sent none. */
	declare leaf: Certificate | undefined;

	protected override render() {
		const { handshake: h } = this;
		if (!h) return nothing;
		return html`<details open>
			<summary>
				<h2>Handshake</h2>
				<span class="small muted">${visible(short(h))}</span>
			</summary>
			<div class="contents">
				<dl class="terms">${facts(h, this.leaf).map(([label, value]) => html`<dt>${label}</dt><dd><bdi>${visible(value)}</bdi></dd>`)}</dl>
				${h.banner ? banner(h.banner) : nothing} ${authorities(h)}
			</div>
		</details>`;
	}

	static override styles = [
		tokens,
		base,
		folds,
		terms,
		css`
			pre {
				max-height: 200px;
				overflow: auto;
				white-space: pre-wrap;
			}
		`,
	];
}

function short({ protocol, suite, failure, vantage }: Handshake): string {
	const outcome = failure ? ["failed"] : [protocol, suite?.name];
	return [...outcome, vantage ? `seen from ${vantage}` : ""].filter(Boolean).join(", ");
}

// The lines of a greeting stay lines; everything else that cannot be seen shows.
function banner(text: string): TemplateResult {
	const lines = text.trimEnd().split(/\r?\n/);
	return html`<h3>What the server said first</h3>
		<pre role="group" tabindex="0" aria-label="What the server said first">${lines.map(visible).join("\n")}</pre>`;
}

function authorities({ clientCertificate }: Handshake) {
	const names = clientCertificate?.authorities ?? [];
	if (names.length === 0) return nothing;
	const rest = names.length - maxAuthorities;
	return html`<h3>CAs that the server accepts for client certificates</h3>
		<ul class="list code">${names.slice(0, maxAuthorities).map((ca) => html`<li>${visible(ca)}</li>`)}</ul>
		${rest > 0 ? html`<p class="small muted">and ${count(rest, "more name")}</p>` : nothing}`;
}

customElements.define("cert-lens-handshake", CertLensHandshake);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-handshake": CertLensHandshake;
	}
}
