// Where the boxes of a picture stand: in a row where there is room for one, in
// a column where there is not. Text in a drawing does not wrap by itself, so it
// is broken here, by the width of the monospaced face.

import { shorten } from "../text.js";
import type { Picture } from "./picture.js";

/** A Box is the place of one node, in pixels. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
	/** The title, broken into at most two lines. */
	lines: string[];
}

/** A Layout is the place of everything. */
export interface Layout {
	width: number;
	height: number;
	row: boolean;
	boxes: Box[];
}

// A box with a title of one line, and what a second line adds.
const boxHeight = 86;
const lineHeight = 18;
const footHeight = 24;
const widest = 257;
const narrowest = 170;
const gapInRow = 24;
const gapInColumn = 36;
const padding = 12;
const characterWidth = 7.85;

/** place gives every box of a picture its place in the width there is. */
export function place(picture: Picture, width: number): Layout {
	const n = picture.nodes.length;
	const fair = Math.floor((width - gapInRow * (n - 1)) / n);
	return fair >= narrowest || n === 1 ? inRow(picture, width, Math.min(fair, widest)) : inColumn(picture, width);
}

function inRow(picture: Picture, width: number, boxWidth: number): Layout {
	const boxes = picture.nodes.map((node, i) => box(node.title, 1 + i * (boxWidth + gapInRow), 1, boxWidth - 2));
	const foot = picture.nodes.some((node) => node.store) ? footHeight : 0;
	const height = Math.max(...boxes.map((b) => b.height));
	return { width, height: height + foot + 2, row: true, boxes: boxes.map((b) => ({ ...b, height })) };
}

function inColumn(picture: Picture, width: number): Layout {
	const boxWidth = Math.min(width - 2, 440);
	let y = 1;
	const boxes = picture.nodes.map((node) => {
		const placed = box(node.title, 1, y, boxWidth);
		y += placed.height + gapInColumn;
		return placed;
	});
	const foot = picture.nodes.at(-1)?.store ? footHeight : 0;
	return { width, height: y - gapInColumn + foot + 2, row: false, boxes };
}

function box(title: string, x: number, y: number, width: number): Box {
	const room = Math.max(8, Math.floor((width - 2 * padding) / characterWidth));
	const lines = wrap(title, room);
	return { x, y, width, height: boxHeight + (lines.length - 1) * lineHeight, lines };
}

/** wrap breaks text into at most two lines of max cells, the second shortened. */
export function wrap(text: string, max: number): string[] {
	const wide = cells(text) / Math.max(1, text.length);
	const room = Math.max(4, Math.floor(max / Math.max(1, wide)));
	if (text.length <= room) return [text];
	const at = breakAt(text, room);
	return [text.slice(0, at).trimEnd(), shorten(text.slice(at).trimStart(), room)];
}

// After a space, a dot or a hyphen in the second half of the line, if there is
// one; never inside a surrogate pair.
function breakAt(text: string, room: number): number {
	for (let i = room; i > room / 2; i--) {
		if (/[\s.\-_@/]/.test(text.charAt(i - 1))) return i;
	}
	return /[\ud800-\udbff]/.test(text.charAt(room - 1)) ? room - 1 : room;
}

// East Asian characters and most symbols are two cells wide.
function cells(text: string): number {
	let sum = 0;
	for (const character of text) sum += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
	return sum;
}
