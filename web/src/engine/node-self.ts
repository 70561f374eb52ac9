// Makes the global scope of a worker of Node look like that of the web, as far as
// worker.ts needs it.

import { readFile } from "node:fs/promises";
import { parentPort, type Transferable, workerData } from "node:worker_threads";

const fetchWeb = globalThis.fetch;

Object.assign(globalThis, {
	self: globalThis,
	location: { hash: `#${workerData}` },
	postMessage: (message: unknown, transfer: Transferable[]) => parentPort?.postMessage(message, transfer),
	// What is thrown reaches the other side as an event of the worker.
	addEventListener: () => {},
	fetch: async (url: string) => {
		const address = new URL(url);
		if (address.protocol !== "file:") return fetchWeb(address);
		return new Response(await readFile(address), { headers: { "Content-Type": "application/wasm" } });
	},
});

parentPort?.on("message", (data: unknown) => {
	(globalThis as unknown as { onmessage(event: { data: unknown }): void }).onmessage({ data });
});
