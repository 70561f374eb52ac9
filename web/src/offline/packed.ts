/** The engine, compressed with gzip, as base64. */
declare const packedEngine: string;

const slice = 1 << 18; // a multiple of 4, as base64 is

// The engine compiles while it is decoded.
function unpacked(): ReadableStream<Uint8Array<ArrayBuffer>> {
	let from = 0;
	const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
		pull(controller) {
			const part = atob(packedEngine.slice(from, from + slice));
			from += slice;
			controller.enqueue(Uint8Array.from(part, (c) => c.charCodeAt(0)));
			if (from >= packedEngine.length) controller.close();
		},
	});
	return packed.pipeThrough(new DecompressionStream("gzip"));
}

globalThis.fetch = async () => new Response(unpacked(), { headers: { "Content-Type": "application/wasm" } });
