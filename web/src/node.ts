// The engine for programs, in Node 20 or newer: the same as api.ts, with a worker
// of Node. A program ends when nothing else is to be done: an engine that waits
// does not keep it.

import { Worker } from "node:worker_threads";
import { type AnalysisOptions, type Input, inputs } from "./call.js";
import { createEngine, type Engine } from "./engine/client.js";
import type { Command, Reply } from "./engine/messages.js";
import type { Report } from "./engine/report.gen.js";
import { findersInOrder, type Opener, type Places, type Port } from "./engine/where.js";

export type { AnalysisOptions, Input } from "./call.js";
export type { Progress } from "./engine/assembly.js";
export type * from "./engine/report.gen.js";
export type { Source } from "./engine/request.js";
export { EngineError } from "./engine/run.js";
export { type Finder, type Places, setEngine } from "./engine/where.js";

let engine: Engine | undefined;

/** analyze is the same as in browsers; see api.ts. */
export async function analyze(input: Input | readonly Input[], options: AnalysisOptions = {}): Promise<Report> {
	const { signal, onProgress, ...request } = options;
	engine ??= createEngine({ openers });
	return engine.analyze(inputs(input, request), { signal, onProgress });
}

// Only the first place: the other holds the engine for browsers.
function openers(): Opener[] {
	return findersInOrder()
		.slice(0, 1)
		.map((find) => async () => new NodePort(await find()));
}

/** A NodePort makes a worker of Node look like one of the web. */
class NodePort implements Port {
	onmessage: ((event: MessageEvent) => void) | null = null;
	onerror: ((event: ErrorEvent) => void) | null = null;
	readonly #worker: Worker;
	#calls = 0;

	constructor({ worker, engine }: Places) {
		// The worker for Node stands beside that of browsers. The flags of the program
		// are not for it.
		this.#worker = new Worker(new URL("./node-worker.js", worker), { workerData: engine, execArgv: [] });
		this.#worker.on("message", (data: Reply) => this.#receive(data));
		this.#worker.on("error", (error) => this.onerror?.(error as unknown as ErrorEvent));
	}

	postMessage(message: Command, transfer: ArrayBuffer[]): void {
		if (message.kind === "call") this.#calls++;
		this.#worker.postMessage(message, transfer);
		this.#hold();
	}

	terminate(): void {
		void this.#worker.terminate();
	}

	#receive(data: Reply): void {
		if (data.kind === "result" || data.kind === "error") this.#calls--;
		this.onmessage?.({ data } as MessageEvent);
		// Before it loads, calls wait on this side.
		if (data.kind !== "requests") this.#hold();
	}

	// A worker holds the program while it has something to answer.
	#hold(): void {
		if (this.#calls > 0) this.#worker.ref();
		else this.#worker.unref();
	}
}
