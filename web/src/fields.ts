// Labelled statements of any depth, as the contract has them, and ASN.1 that
// nobody could put into words.

import { html, nothing, type TemplateResult } from "lit";
import type { ASN1, Field } from "./engine/report.gen.js";
import { count, link, visible, whole } from "./text.js";

// Deeper fields are counted, not shown: nobody reads them and they would nest
// without end.
const maxDepth = 12;
const maxItems = 100;

/** fields shows a list of labelled statements. */
export function fields(list: readonly Field[], depth = 0): TemplateResult {
	if (depth >= maxDepth) return html`<p class="small muted">${count(list.length, "more field")} inside</p>`;
	const labelled = list.some((field) => field.label);
	const shown = list.slice(0, maxItems);
	const rest =
		list.length > shown.length
			? html`<p class="small muted">and ${count(list.length - shown.length, "more", "more")}</p>`
			: nothing;
	return labelled
		? html`<dl class="terms">${shown.map((field, i) => html`${i > 0 && field.label === shown[i - 1]?.label ? nothing : html`<dt>${visible(field.label ?? "")}</dt>`}<dd>${content(field, depth)}</dd>`)}</dl>${rest}`
		: html`<ul class="values">${shown.map((field) => html`<li>${content(field, depth)}</li>`)}</ul>${rest}`;
}

function content(field: Field, depth: number): TemplateResult {
	const nested = field.items?.length ? fields(field.items, depth + 1) : nothing;
	return html`${field.value ? value(field) : nothing}${nested}`;
}

function value(field: Field): TemplateResult {
	const text = field.value ?? "";
	// An address from a certificate is shown, and never followed by a click: it
	// is as hostile as the rest, and mostly answers with bytes.
	return html`<bdi class=${field.code || link(text) ? "code" : ""}>${whole(text)}</bdi>`;
}

/** outline shows a small ASN.1 tree as nested lists. */
export function outline(node: ASN1, depth = 0): TemplateResult {
	const children = depth < maxDepth ? (node.children ?? []) : [];
	return html`<div class="code">${node.type} <span class="muted">${count(node.length, "byte")} at ${node.offset}</span> <bdi>${visible(node.value ?? "")}</bdi> ${node.error ? html`<span class="error">${visible(node.error)}</span>` : nothing}</div>
		${children.length > 0 ? html`<ul class="outline">${children.slice(0, maxItems).map((child) => html`<li>${outline(child, depth + 1)}</li>`)}</ul>` : nothing}`;
}
