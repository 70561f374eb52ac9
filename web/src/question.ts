// What a person asks: the paste, the files and the options beside them. The
// bytes of files stay in blobs until an analysis needs them, so that a big file
// costs the page nothing.

import type { Handshake, Scan } from "./engine/report.gen.js";
import type { Options } from "./events.js";
import { size } from "./format.js";
import { visible } from "./text.js";

/** maxBytes is the most that one analysis reads, over all sources. */
export const maxBytes = 64 * 1024 * 1024;

/** maxBoxText is the most text, in UTF-16 units, that the box itself holds. */
export const maxBoxText = 200_000;

/** An Attachment is a file, or a paste that is too big for the box. */
export interface Attachment {
	/** The file's name; empty for a paste. */
	name: string;
	content: Blob;
}

/** A Question is everything that an analysis depends on. */
export interface Question extends Options {
	text: string;
	files: readonly Attachment[];
	anchors: readonly Attachment[];
	/** The root stores to trust: names with commas between, "none", or "" for the default. */
	stores: string;
	/** Passwords for what is encrypted; kept for this input alone. */
	passwords: readonly string[];
	/** What a live server said, in a handshake and in a scan. */
	handshake?: Handshake;
	scan?: Scan;
}

/** pasted is text as an attachment. */
export function pasted(text: string): Attachment {
	return { name: "", content: new Blob([text]) };
}

/** nothing is the question before anything was asked. */
export const nothing: Question = {
	text: "",
	files: [],
	anchors: [],
	passwords: [],
	host: "",
	at: "",
	profile: "auto",
	stores: "",
	anchorMode: "beside",
};

/** storesOf names the stores that a question trusts; undefined for the default. */
export function storesOf({ stores, anchors, anchorMode }: Question): string[] | undefined {
	if (stores === "none" || (anchorMode === "instead" && anchors.length > 0)) return [];
	const names = stores.split(",").map((name) => name.trim());
	return names.some((name) => name !== "") ? names : undefined;
}

/** isEmpty tells whether there is nothing to read. */
export function isEmpty(question: Question): boolean {
	return question.files.length === 0 && question.text.trim() === "" && !question.handshake;
}

/** isSameInput tells whether a question is about the bytes of another, or adds to them. */
export function isSameInput(a: Question, b: Question | undefined): boolean {
	if (!b || isEmpty(b)) return false;
	return a.text.startsWith(b.text) && a.files === b.files && a.handshake === b.handshake;
}

/** An Admission says which files were taken, and why others were not. */
export interface Admission {
	taken: Attachment[];
	refused: string[];
}

/** admit takes files as long as they fit; no byte of them is read. */
export function admit(files: readonly File[], present: readonly Attachment[]): Admission {
	const admission: Admission = { taken: [], refused: [] };
	let room = maxBytes - present.reduce((sum, file) => sum + file.content.size, 0);
	for (const file of files) {
		if (file.size > room) {
			admission.refused.push(refusal(file, room));
			continue;
		}
		room -= file.size;
		admission.taken.push({ name: file.name, content: file });
	}
	return admission;
}

function refusal(file: File, room: number): string {
	const limit = room < maxBytes ? `; ${size(room)} of ${size(maxBytes)} are left` : `; the limit is ${size(maxBytes)}`;
	return `${visible(file.name) || "The paste"} has ${size(file.size)}${limit}. It was not read.`;
}

/** A ReadSource is one source with its bytes, as the engine takes it. */
export interface ReadSource {
	name: string;
	data: Uint8Array<ArrayBuffer>;
}

/** readAll reads the bytes of a question's sources, the paste first. */
export async function readAll(question: Question): Promise<ReadSource[]> {
	const files = await Promise.all(question.files.map(read));
	return question.text.trim() === "" ? files : [{ name: "", data: encode(question.text) }, ...files];
}

/** read reads one attachment. */
export async function read(file: Attachment): Promise<ReadSource> {
	return { name: file.name, data: new Uint8Array(await file.content.arrayBuffer()) };
}

/** encode gives the bytes of the text in the box, to which places refer. */
export function encode(text: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(text);
}
