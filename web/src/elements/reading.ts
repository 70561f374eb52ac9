import { css, html, LitElement, nothing } from "lit";
import type { Input } from "../engine/report.gen.js";
import { type Remark, remarks } from "../reading.js";
import { base, folds } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count } from "../text.js";

// Remarks that are shown; a damaged paste can give thousands.
const maxRemarks = 50;

/** What reading the input has to say: what was mended, cut short or left out. */
export class CertLensReading extends LitElement {
	static override properties = { inputs: { attribute: false } };

	declare inputs: readonly Input[];

	constructor() {
		super();
		this.inputs = [];
	}

	protected override render() {
		const all = remarks(this.inputs);
		if (all.length === 0) return nothing;
		return html`<details>
			<summary>
				<h2>Input</h2>
				<span class="small muted">${count(all.length, "remark")}</span>
			</summary>
			<div class="contents">
				${remarkList(all.slice(0, maxRemarks))}
				${all.length > maxRemarks ? html`<p class="small muted">and ${count(all.length - maxRemarks, "more remark")}</p>` : nothing}
			</div>
		</details>`;
	}

	static override styles = [
		tokens,
		base,
		folds,
		css`
			ul {
				display: grid;
				gap: 4px;
				max-width: 75ch;
				overflow-wrap: anywhere;
			}
		`,
	];
}

/** remarkList lists remarks with their places. */
export function remarkList(list: readonly Remark[]) {
	return html`<ul class="others">
		${list.map(({ place, sentence }) => html`<li>${sentence} <span class="small muted">${place}</span></li>`)}
	</ul>`;
}

customElements.define("cert-lens-reading", CertLensReading);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-reading": CertLensReading;
	}
}
