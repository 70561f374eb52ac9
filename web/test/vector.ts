// The vectors of testdata.

import { readFileSync } from "node:fs";

/** A Vector is one file of testdata. */
export interface Vector {
	host: string;
	at: string;
	input: Buffer;
	anchors: Buffer | undefined;
}

/** readVector reads the files of a txtar archive, as golang.org/x/tools/txtar
 * writes them. They are bytes, hence latin1. */
export function readVector(path: string): Vector {
	const parts = readFileSync(path, "latin1").split(/^-- (.+) --\n/m);
	const files = new Map<string, Buffer>();
	for (let i = 1; i < parts.length; i += 2) files.set(parts[i] ?? "", Buffer.from(parts[i + 1] ?? "", "latin1"));
	const { host, at } = JSON.parse(files.get("request.json")?.toString() ?? "{}");
	return { host, at, input: files.get("input") ?? Buffer.alloc(0), anchors: files.get("anchors") };
}
