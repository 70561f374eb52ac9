import { css, html, LitElement, nothing } from "lit";
import { save } from "../bytes.js";
import { base, folds } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count } from "../text.js";
import "./copy.js";

/**
 * The chain to install on the server, to be copied or saved.
 *
 * @csspart pem - The chain, as text.
 */
export class CertLensBundle extends LitElement {
	static override properties = {
		pem: { attribute: false },
		differs: { type: Boolean },
	};

	/** The chain: PEM, leaf first, without the root. */
	declare pem: string;
	/** Whether it differs from what was presented. */
	declare differs: boolean;

	constructor() {
		super();
		this.pem = "";
		this.differs = false;
	}

	protected override render() {
		if (!this.pem) return nothing;
		const certificates = this.pem.split("-----BEGIN ").length - 1;
		return html`<details>
			<summary>
				<h2>Chain to install</h2>
				<span class="small muted">${count(certificates, "certificate")}, ${this.differs ? "not what was presented" : "as presented"}</span>
			</summary>
			<div class="contents">
				<p>The leaf first, then each issuer, without the root.</p>
				<div class="row">
					<cert-lens-copy button label="Copy the chain" .value=${this.pem}></cert-lens-copy>
					<button @click=${() => save("fullchain.pem", this.pem, "application/x-pem-file")}>Save fullchain.pem</button>
				</div>
				<pre part="pem" role="group" tabindex="0" aria-label="Chain in PEM">${this.pem}</pre>
			</div>
		</details>`;
	}

	static override styles = [
		tokens,
		base,
		folds,
		css`
			pre {
				max-height: 280px;
				padding: 12px;
				overflow: auto;
				border: 1px solid var(--line);
				border-radius: var(--radius);
				background: var(--sunken);
				white-space: pre;
			}
		`,
	];
}

customElements.define("cert-lens-bundle", CertLensBundle);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-bundle": CertLensBundle;
	}
}
