// The paste, cut into the pieces that were recognised and the text between
// them. Places are in bytes, so the cutting is done on bytes.

import type { Input } from "./engine/report.gen.js";

/** A Piece is a stretch of the paste. */
export interface Piece {
	/** Index into Report.inputs; -1 for text that was not recognised. */
	input: number;
	/** What stood there; empty where pieces inside it say so. */
	text: string;
	/** The pieces inside, as the certificates in a transcript. */
	inside: Piece[];
}

/** Found is what was found somewhere; without a source it was in the paste. */
type Found = Pick<Input, "where" | "source">;

interface Span {
	index: number;
	from: number;
	to: number;
}

/** cut divides the bytes of one source by what was found in it, inputs in general. */
export function cut(bytes: Uint8Array, inputs: readonly Found[], source = ""): Piece[] {
	const spans = inputs
		.map((input, index) => ({
			index,
			from: input.where.offset,
			to: input.where.offset + input.where.length,
			source: input.source ?? "",
		}))
		.filter((span) => span.source === source && span.to > span.from && span.to <= bytes.length)
		.sort((a, b) => a.from - b.from || b.to - a.to);
	return divide(bytes, spans, 0, bytes.length);
}

// Pieces nest no deeper than this; what lies deeper is text of its parent.
const maxDepth = 4;

// divide takes spans in order of their start; those that a span contains become
// its inside, those that merely overlap it are left out.
function divide(bytes: Uint8Array, spans: readonly Span[], from: number, to: number, depth = 0): Piece[] {
	const pieces: Piece[] = [];
	let at = from;
	for (let i = 0; i < spans.length; ) {
		const span = spans[i] as Span;
		let next = i + 1;
		while (next < spans.length && (spans[next] as Span).from < span.to) next++;
		if (span.from > at) pieces.push(gap(bytes, at, span.from));
		pieces.push(piece(bytes, span, spans.slice(i + 1, next), depth));
		at = span.to;
		i = next;
	}
	if (at < to) pieces.push(gap(bytes, at, to));
	return pieces;
}

function piece(bytes: Uint8Array, span: Span, within: readonly Span[], depth: number): Piece {
	const inner = depth < maxDepth ? within.filter((other) => other.to <= span.to) : [];
	if (inner.length === 0) return { ...gap(bytes, span.from, span.to), input: span.index };
	return { input: span.index, text: "", inside: divide(bytes, inner, span.from, span.to, depth + 1) };
}

function gap(bytes: Uint8Array, from: number, to: number): Piece {
	return { input: -1, text: new TextDecoder().decode(bytes.subarray(from, to)), inside: [] };
}
