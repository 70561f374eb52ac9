// The drawing of a picture. It is a list to those who hear it: one item for
// each box, in order; certificates can be reached by keyboard.

import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { shape } from "../icons.js";
import { ordinal, visible } from "../text.js";
import { type Box, type Layout, place } from "./layout.js";
import type { Link, Node, Picture } from "./picture.js";

/** draw gives the drawing of a picture, width pixels wide. */
export function draw(picture: Picture, width: number, label: string, onChoose: (id: string) => void): TemplateResult {
	const shown = { ...picture, nodes: picture.nodes.map((node) => ({ ...node, title: visible(node.title) })) };
	const layout = place(shown, width);
	return html`<svg class="picture" role="list" aria-label=${label} width=${layout.width} height=${layout.height} viewBox="0 0 ${layout.width} ${layout.height}">
		${shown.links.map((link, i) => drawLink(link, layout, i))}
		${shown.nodes.map((node, i) => drawItem(node, layout.boxes[i] as Box, onChoose))}
	</svg>`;
}

function drawItem(node: Node, box: Box, onChoose: (id: string) => void): SVGTemplateResult {
	const label = spoken(node, box);
	if (!node.id) return svg`<g role="listitem"><g role="img" aria-label=${label}>${drawBox(node, box)}</g></g>`;
	const choose = () => onChoose(node.id);
	const key = (event: KeyboardEvent) => {
		if (event.key !== "Enter" && event.key !== " ") return;
		event.preventDefault();
		choose();
	};
	return svg`<g role="listitem"><g class="node" role="link" tabindex="0" aria-label=${label} @click=${choose} @keydown=${key}>${drawBox(node, box)}</g></g>`;
}

// The words of the box in the order in which they stand, and then the reasons:
// who speaks to the computer says what can be seen.
function spoken(node: Node, box: Box): string {
	const seen = [
		isCut(node, box) ? node.title : "",
		node.caption,
		places(node.sent, 2),
		box.lines.join(" "),
		node.note,
		node.store,
	].filter(Boolean);
	return [seen.join(", "), ...node.reasons.map(visible)].join(". ");
}

// Whether the title did not fit, so that the whole is to be seen by pointing.
function isCut(node: Node, { lines }: Box): boolean {
	return lines.some((line) => line.includes("…")) && !node.title.includes("…");
}

function places(sent: readonly number[], room: number): string {
	return sent.slice(0, room).map(ordinal).join(", ") + (sent.length > room ? "…" : "");
}

function drawBox(node: Node, box: Box): SVGTemplateResult {
	const { x, y, width, height } = box;
	return svg`
		${isCut(node, box) ? svg`<title>${node.title}</title>` : nothing}
		<rect class="box ${node.kind} ${node.tone}" x=${x} y=${y} width=${width} height=${height} rx=${node.kind === "host" ? 18 : 6}></rect>
		<text class="caption" x=${x + 12} y=${y + 23}>${node.caption}</text>
		${node.sent.length > 0 ? drawSent(node.sent, box) : nothing}
		${box.lines.map((line, i) => svg`<text class="name" x=${x + 12} y=${y + 47 + i * 18}>${line}</text>`)}
		${drawNote(node, box)}
		${node.store ? drawStore(node.store, box) : nothing}`;
}

function drawNote(node: Node, { x, y, width, height }: Box): SVGTemplateResult {
	return svg`<svg class=${node.tone} x=${x + 12} y=${y + height - 24} width="13" height="13" viewBox="0 0 16 16">${shape(node.tone)}</svg>
		<text class="note ${node.tone}" x=${x + 29} y=${y + height - 13} textLength=${fit(node.note, width - 35)} lengthAdjust="spacingAndGlyphs">${node.note}</text>`;
}

// The places in the order of presentation, in the corner of the box.
function drawSent(sent: readonly number[], { x, y, width }: Box): SVGTemplateResult {
	const text = places(sent, width < 200 ? 1 : 2); // beside the caption
	const badge = 14 + text.length * 8;
	return svg`<rect class="badge" x=${x + width - badge - 10} y=${y + 9} width=${badge} height="20" rx="10"></rect>
		<text class="number" x=${x + width - badge / 2 - 10} y=${y + 23.5} text-anchor="middle">${text}</text>`;
}

function drawStore(store: string, { x, y, width, height }: Box): SVGTemplateResult {
	const middle = x + 18;
	return svg`<path class="line" d="M${middle} ${y + height}v12h10"></path>
		<text class="caption" x=${middle + 15} y=${y + height + 16.5} textLength=${fit(store, width - 34)} lengthAdjust="spacingAndGlyphs">${store}</text>`;
}

// Only text that would not fit is squeezed.
function fit(text: string, room: number): string | typeof nothing {
	return text.length * 7 > room ? String(room) : nothing;
}

function drawLink(link: Link, layout: Layout, i: number): SVGTemplateResult | typeof nothing {
	const from = layout.boxes[i];
	const to = layout.boxes[i + 1];
	if (!from || !to || link === "none") return nothing;
	const line = layout.row ? across(from, to) : down(from, to);
	const [middleX, middleY] = [(line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2];
	const turn = layout.row ? "" : ` rotate(90 ${middleX} ${middleY})`;
	const half = layout.row ? (line.x2 - line.x1) / 2 : (line.y2 - line.y1) / 2;
	return svg`<g aria-hidden="true" transform=${turn || nothing}>${mark(link, middleX, middleY, half)}</g>`;
}

function mark(link: Link, x: number, y: number, half: number): SVGTemplateResult {
	if (link === "broken")
		return svg`<path class="line broken" d="M${x - half} ${y}H${x - 9}M${x + 9} ${y}H${x + half}"></path>
			<path class="cross" d="M${x - 5} ${y - 5}l10 10m0-10l-10 10"></path>`;
	if (link === "named") return svg`<path class="line" d="M${x - half} ${y}H${x + half}"></path>`;
	return svg`<path class="line" d="M${x - half} ${y}H${x + half - 3}m-5-5l5 5l-5 5"></path>`;
}

interface Line {
	x1: number;
	y1: number;
	x2: number;
	y2: number;
}

function across(from: Box, to: Box): Line {
	const y = from.y + from.height / 2;
	return { x1: from.x + from.width, y1: y, x2: to.x, y2: y };
}

function down(from: Box, to: Box): Line {
	const x = from.x + Math.min(from.width / 2, 120);
	return { x1: x, y1: from.y + from.height, x2: x, y2: to.y };
}
