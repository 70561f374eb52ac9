// Private keys that were pasted never show: not in the box, not in the strip.
// The box shows a line in their place, and the text that is analysed gets them
// back. Keys with a BEGIN or an END line are found here, whatever was done to
// them on the way; keys that only the engine recognises are told by its report.

import type { Report } from "./engine/report.gen.js";

/** A Span is a stretch of text, in UTF-16 units. */
export interface Span {
	from: number;
	to: number;
}

// Two dashes are enough, of any kind and in any case: mail and word processors
// change all of that. Counts are bounded, so that a long text costs time in
// proportion to it.
const boundary = /[-–—−]{2}\s{0,2}(BEGIN|END)[^\S\r\n]{1,8}((?:[A-Z0-9]{1,20}[^\S\r\n]{1,8}){0,6}[A-Z0-9]{1,20})/gi;
const privateKey = /PRIVATE\s+KEY/i;
const dash = /[-–—−]/;
const dashes = /[^\S\r\n]{0,2}[-–—−]{0,64}/y;

interface Boundary extends Span {
	begins: boolean;
	secret: boolean;
}

/** keySpans finds the private keys in some text, in order. */
export function keySpans(text: string): Span[] {
	const found = boundaries(text);
	const spans: Span[] = [];
	found.forEach((mark, i) => {
		if (!mark.secret) return;
		const next = found[i + 1];
		if (mark.begins) {
			const closed = next?.secret && !next.begins;
			spans.push({ from: mark.from, to: closed ? next.to : bodyEnd(text, mark.to, next?.from ?? text.length) });
		} else if (!(found[i - 1]?.secret && found[i - 1]?.begins)) {
			spans.push({ from: bodyStart(text, found[i - 1]?.to ?? 0, mark.from), to: mark.to });
		}
	});
	return spans;
}

function boundaries(text: string): Boundary[] {
	return Array.from(text.matchAll(boundary), (match) => {
		const [whole, word = "", label = ""] = match;
		let from = match.index;
		while (dash.test(text.charAt(from - 1))) from--;
		dashes.lastIndex = match.index + whole.length;
		dashes.test(text);
		return { from, to: dashes.lastIndex, begins: word.toUpperCase() === "BEGIN", secret: privateKey.test(label) };
	});
}

// A key that lost one of its boundaries reaches as far as lines look like it.
// A line of base64 is told by a run of it, so that a margin or a damaged
// character does not end the key; a few other lines may stand between.
const run = /[A-Za-z0-9+/=_-]{16}/;
const header = /^[\s>|"'#*+]*[\w-]{1,40}: /;
const lastLine = /^[\s>|"'#*+]*\S{1,64}\s*$/;
const maxLastLine = 256;
const maxBetween = 3;
const maxShort = 2;

function bodyEnd(text: string, from: number, to: number): number {
	let end = from;
	let between = 0;
	// How many short lines may still be the last of the base64; before its first
	// line there are headers instead.
	let short = -1;
	for (const line of lines(text, from, to)) {
		const isRun = run.test(line.text);
		if (
			isRun ||
			(short < 0 && header.test(line.text)) ||
			(short > 0 && line.text.length < maxLastLine && lastLine.test(line.text))
		) {
			end = line.to;
			between = 0;
			if (isRun) short = maxShort;
			else if (short > 0) short--;
		} else if (line.text.trim() !== "" && ++between > maxBetween) break;
	}
	return end;
}

function bodyStart(text: string, from: number, to: number): number {
	let start = to;
	let between = 0;
	for (const line of lines(text, from, to)) {
		if (run.test(line.text)) {
			if (start === to) start = line.from;
			between = 0;
		} else if (line.text.trim() !== "" && ++between > maxBetween) start = to;
	}
	return start;
}

// Lines end with a line feed, or with one that is written as "\n".
function* lines(text: string, from: number, to: number): Generator<Span & { text: string }> {
	const part = text.slice(from, to);
	let at = 0;
	for (const { 0: end, index } of part.matchAll(/\r?\n|(?:\\r)?\\n/g)) {
		if (index > at) yield { from: from + at, to: from + index, text: part.slice(at, index) };
		at = index + end.length;
	}
	if (at < part.length) yield { from: from + at, to, text: part.slice(at) };
}

/**
 * reportedKeys are the bytes of the paste in which the engine found private
 * keys and other secrets, whatever they are wrapped in.
 */
export function reportedKeys({ inputs }: Report): Span[] {
	return inputs
		.filter(({ secret, source }) => secret && !source)
		.map(({ where }) => ({ from: where.offset, to: where.offset + where.length }));
}

/** unitSpans turns places in the UTF-8 of some text into places in the text. */
export function unitSpans(text: string, bytes: readonly Span[]): Span[] {
	if (bytes.length === 0) return [];
	const encoded = new TextEncoder().encode(text);
	const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
	let at = 0;
	let unit = 0;
	const spans: Span[] = [];
	for (const { from, to } of joined(bytes)) {
		unit += decoder.decode(encoded.subarray(at, from)).length;
		const begin = unit;
		unit += decoder.decode(encoded.subarray(from, to)).length;
		spans.push({ from: begin, to: unit });
		at = to;
	}
	return spans;
}

// joined puts spans in order, and those that touch together.
function joined(spans: readonly Span[]): Span[] {
	const whole: Span[] = [];
	for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
		const last = whole.at(-1);
		if (last && from < last.to) last.to = Math.max(last.to, to);
		else if (from < to) whole.push({ from, to });
	}
	return whole;
}

function replaceSpans(text: string, spans: readonly Span[], by: (key: string) => string): string {
	let at = 0;
	const parts: string[] = [];
	for (const { from, to } of joined(spans)) {
		parts.push(text.slice(at, from), by(text.slice(from, to)));
		at = to;
	}
	return parts.join("") + text.slice(at);
}

const mask = (n: number): string => `[private key ${n}: kept, not shown]`;
const masks = /\[private key (\d+): kept, not shown\]/g;

/** A Vault remembers the private keys that the box does not show. */
export class Vault {
	#keys: string[] = [];
	#numbers = new Map<string, number>();

	/**
	 * hide replaces the private keys in some text by a line each; reported are
	 * those that the engine found, as bytes of this very text.
	 */
	hide(text: string, reported: readonly Span[] = []): string {
		return replaceSpans(text, [...keySpans(text), ...unitSpans(text, reported)], (key) => mask(this.#number(key)));
	}

	#number(key: string): number {
		const number = this.#numbers.get(key) ?? this.#keys.push(key);
		this.#numbers.set(key, number);
		return number;
	}

	/** reveal puts the private keys back, for the analysis alone. */
	reveal(text: string): string {
		return text.replace(masks, (whole, n) => this.#keys[Number(n) - 1] ?? whole);
	}

	/** forget drops every key. */
	forget(): void {
		this.#keys = [];
		this.#numbers.clear();
	}
}

const sign = "[private key]";

/**
 * blank hides private keys in text that is shown and never read back. Bytes and
 * lines keep their places.
 */
export function blank(text: string, reported: readonly Span[] = []): string {
	return replaceSpans(text, [...keySpans(text), ...unitSpans(text, reported)], (key) => {
		const blanks = key.replace(/[^\n]+/g, (line) => " ".repeat(new TextEncoder().encode(line).length));
		return blanks.startsWith(" ".repeat(sign.length)) ? sign + blanks.slice(sign.length) : blanks;
	});
}

// What introduces a password or a token, as in internal/intake/mask.go: a URL
// with a user, a JSON Web Token, a header to the end of its line, a value.
const credential =
	/(:\/\/)[^\s/?#'"<>]{1,512}@|\beyJ[\w.-]{17,}|((?:authorization|cookie|api-key)["'\\]{0,4}:)[^\r\n]+|((?:token|password|passwd|secret|api_?key|sessionid|signature)(?:=|["'\\]{1,4}:)[ "'\\]{0,8})[^\s&'"\\<>,;)]+/gi;

/** credentials hides passwords and tokens in text that is shown and never read back. */
export function credentials(text: string): string {
	return text.replace(credential, (_, url?: string, header?: string, value?: string) =>
		url ? `${url}***@` : `${header ?? value ?? ""}***`,
	);
}
