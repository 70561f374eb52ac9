// The extensions of a certificate, in words; and its timestamps.

import { html, nothing, type TemplateResult } from "lit";
import type { Extension, Problem, SCT } from "../engine/report.gen.js";
import { fields, outline } from "../fields.js";
import { colons, moment } from "../format.js";
import { icon } from "../icons.js";
import { count, visible } from "../text.js";

const maxExtensions = 100;

/** extensions shows each extension with its contents. */
export function extensions(list: readonly Extension[]): TemplateResult {
	const rest = list.length - maxExtensions;
	return html`<ul class="extensions">${list.slice(0, maxExtensions).map(extension)}</ul>
		${rest > 0 ? html`<p class="small muted">and ${count(rest, "more extension")}; the bytes show them</p>` : nothing}`;
}

function extension(x: Extension): TemplateResult {
	return html`<li>
		<h5>
			${visible(x.name)} ${x.critical ? html`<span class="critical">critical</span>` : nothing}
			${x.name === x.oid ? nothing : html`<span class="small muted code">${x.oid}</span>`}
		</h5>
		<div>
			${x.problem ? problem(x.problem) : nothing} ${x.fields?.length ? fields(x.fields) : nothing} ${x.tree ? outline(x.tree) : nothing}
			${x.fields?.length || x.tree ? nothing : html`<span class="code">${colons(x.value)}</span>`}
		</div>
	</li>`;
}

/** problem says where decoding broke, or was tolerant. */
export function problem({ field, offset, detail, fatal }: Problem): TemplateResult {
	return html`<p>${icon(fatal ? "error" : "warning")} ${visible(detail)} <span class="small muted code">${visible(field)}, byte ${offset}</span></p>`;
}

/** timestamps shows the embedded SCTs. */
export function timestamps(list: readonly SCT[]): TemplateResult {
	return html`<ul class="extensions">
		${list.map(
			(sct) => html`<li>
				<h5>${visible(sct.log ?? "") || "Unknown log"}</h5>
				<dl class="terms">
					<dt>Time</dt>
					<dd>${moment(sct.time)}</dd>
					<dt>Log id</dt>
					<dd><cert-lens-copy label="log id" .value=${sct.logID} .shown=${colons(sct.logID)}></cert-lens-copy></dd>
					<dt>Signature</dt>
					<dd>${visible(sct.algorithm)}</dd>
				</dl>
			</li>`,
		)}
	</ul>`;
}
