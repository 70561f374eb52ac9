// The worker that runs the engine, so that the page never waits for it. It
// starts to load the engine at once; calls that arrive meanwhile wait.

import "wasm_exec.js";
import { size } from "./engine.wasm";
import type { Command, Reply } from "./messages.js";
import { part } from "./part.js";
import { lackOf } from "./policy.js";

/** The door of the engine, as wasm/door_js.go defines it. */
type Door = (
	method: string,
	input: Uint8Array,
	onProgress: ((output: Uint8Array<ArrayBuffer>) => void) | undefined,
	signal: AbortSignal,
) => Promise<Uint8Array<ArrayBuffer>>;

interface GoRuntime {
	env: Record<string, string>;
	importObject: WebAssembly.Imports;
	run(instance: WebAssembly.Instance): Promise<void>;
	exit(code: number): void;
}

declare const self: DedicatedWorkerGlobalScope & {
	Go: new () => GoRuntime;
	certlensReady(door: Door): void;
};

const running = new Map<number, AbortController>();

const lack = lackOf(/./);

const door = start();
door.then(
	() => reply({ kind: "ready" }),
	(error: unknown) => setTimeout(die, 0, error),
);

self.onmessage = ({ data }: MessageEvent<Command>) => {
	if (data.kind === "cancel") running.get(data.id)?.abort();
	else void answer(data);
};

async function answer(command: Command & { kind: "call" }): Promise<void> {
	const { id, method, input } = command;
	const controller = new AbortController();
	running.set(id, controller);
	const onProgress = command.progress
		? (output: Uint8Array<ArrayBuffer>) => reply({ kind: "progress", id, output })
		: undefined;
	try {
		const call = await door;
		const output = await call(method, input, onProgress, controller.signal);
		reply({ kind: "result", id, output });
	} catch (error) {
		reply({ kind: "error", id, message: text(error) });
	} finally {
		running.delete(id);
	}
}

// The page counts the requests of this worker with its own.
new PerformanceObserver((list) => {
	const requests = list
		.getEntries()
		.map(({ name, startTime }) => ({ url: name, at: performance.timeOrigin + startTime }));
	reply({ kind: "requests", requests });
}).observe({ type: "resource", buffered: true });

/** start loads the engine, runs it, and waits until it hands over its door. */
async function start(): Promise<Door> {
	const go = new self.Go();
	// Nothing is garbage while the engine starts; wasm/door_js.go turns the
	// collector on.
	go.env = { GOGC: "off" };
	const { instance } = await WebAssembly.instantiateStreaming(load(), go.importObject);
	return new Promise((resolve, reject) => {
		self.certlensReady = resolve;
		go.run(instance).then(() => {
			const end = new Error("the engine ended");
			reject(end);
			die(end);
		}, reject);
	});
}

/** How often loading is reported, in ms. */
const interval = 50;

/** load fetches the engine, and tells the page how much has arrived. Its address
 * is the part of the worker's own after "#", its integrity value what follows on
 * another "#". A browser hands out what it has to check when all of it is there. */
async function load(): Promise<Response> {
	const [url = "", integrity = ""] = self.location.hash.slice(1).split("#");
	const { body, headers } = await part(url, integrity);
	// Servers of one-page applications answer with the page for what they lack.
	if (!body || headers.get("Content-Type")?.startsWith("text/html")) throw new Error(`there is no engine at ${url}`);
	let loaded = 0;
	let next = 0;
	const counted = body.pipeThrough(
		new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
			transform(chunk, controller) {
				controller.enqueue(chunk);
				loaded += chunk.length;
				if (loaded < size && performance.now() < next) return;
				next = performance.now() + interval;
				reply({ kind: "loading", loading: { loaded, total: size } });
			},
		}),
	);
	return new Response(counted, { headers: { "Content-Type": "application/wasm" } });
}

function reply(message: Reply): void {
	self.postMessage(message, "output" in message ? [message.output.buffer] : []);
}

function die(error: unknown): void {
	reply({ kind: "dead", reason: text(error), lacks: lack.line });
}

function text(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

// What the Go runtime throws while it runs (out of memory, say) surfaces here,
// and leaves the engine in no state to go on.
self.addEventListener("error", (event) => die(event.message));
self.addEventListener("unhandledrejection", (event) => die(event.reason));
