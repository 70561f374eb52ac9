// The worker and the engine as part of a script, for bundlers that do not copy
// the files which a package loads by their addresses. The policy of the page must
// allow blob: for worker-src and connect-src.

import type { Places } from "./engine/where.js";
import { engine, worker } from "./inline.built.js";

let places: Promise<Places> | undefined;

/** inline gives the addresses of both in memory. */
export function inline(): Promise<Places> {
	places ??= unpack();
	return places;
}

async function unpack(): Promise<Places> {
	const stream = new Blob([bytes(engine)]).stream().pipeThrough(new DecompressionStream("gzip"));
	const wasm = await new Response(stream).blob();
	return { worker: address(worker, "text/javascript"), engine: address(wasm, "application/wasm") };
}

function address(part: BlobPart, type: string): string {
	return URL.createObjectURL(new Blob([part], { type }));
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
	const text = atob(base64);
	const out = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
	return out;
}
