import { css, html, LitElement, nothing } from "lit";
import { problem } from "../certificate/extensions.js";
import type { Report } from "../engine/report.gen.js";
import { fields } from "../fields.js";
import { base, folds, terms } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { visible } from "../text.js";
import "./copy.js";

type ReportObject = NonNullable<Report["objects"]>[number];

/**
 * Something that was recognised and is not a certificate: a request, a
 * revocation list, an OCSP response, a key. Of a private key it shows the kind
 * and the fingerprint of its public half.
 */
export class CertLensObject extends LitElement {
	static override properties = {
		object: { attribute: false },
		open: { state: true },
	};

	declare object: ReportObject | undefined;
	declare open: boolean;

	constructor() {
		super();
		this.open = false;
	}

	protected override render() {
		const { object } = this;
		if (!object) return nothing;
		return html`<details @toggle=${this.#toggled}>
			<summary><h3 class="title">${visible(object.title)}</h3></summary>
			${this.open ? this.#contents(object) : nothing}
		</details>`;
	}

	#contents({ kind, id, fields: list, problem: broken }: ReportObject) {
		return html`<div class="details">
			${broken ? problem(broken) : nothing}
			${kind === "private-key" ? html`<p class="muted">The key itself is not shown anywhere.</p>` : id ? html`<dl class="terms"><dt>SHA-256</dt><dd><cert-lens-copy label="SHA-256" .value=${id}></cert-lens-copy></dd></dl>` : nothing}
			${list?.length ? fields(list) : nothing}
		</div>`;
	}

	#toggled = (event: Event): void => {
		this.open = (event.currentTarget as HTMLDetailsElement).open;
	};

	static override styles = [
		tokens,
		base,
		folds,
		terms,
		css`
			:host {
				border-top: 1px solid var(--line);
			}
		`,
	];
}

customElements.define("cert-lens-object", CertLensObject);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-object": CertLensObject;
	}
}
