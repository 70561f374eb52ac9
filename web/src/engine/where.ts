// Where the worker and the engine come from. The build knows; a host that moves
// the files, or holds them in memory, says it with setEngine.

import { part } from "./part.js";
import { beside, fallback } from "./places.built.js";
import { held, trusted } from "./trusted.js";

/** Places are the addresses of the two files that the engine is made of. */
export interface Places {
	/** The worker's script. */
	worker: string;
	/** The engine, as WebAssembly. */
	engine: string;
	/** Their integrity values, which both must have when they come from another origin. */
	integrity?: readonly [worker: string, engine: string];
}

/** A Finder gives the places when they are needed. */
export type Finder = () => Places | Promise<Places>;

let finders: readonly Finder[] = fallback ? [beside, fallback] : [beside];

/** setEngine says where the worker and the engine are. It is for hosts that do not
 * serve them where the build put them, and counts from the next start on. */
export function setEngine(places: Places | Finder): void {
	finders = [typeof places === "function" ? places : () => places];
}

/** A Port is the page's end of a worker. */
export interface Port {
	onmessage: ((event: MessageEvent) => void) | null;
	onerror: ((event: ErrorEvent) => void) | null;
	postMessage(message: unknown, transfer: Transferable[]): void;
	terminate(): void;
}

/** An Opener starts a worker. */
export type Opener = () => Port | Promise<Port>;

/** findersInOrder are the ways to find both, to be tried in this order. */
export function findersInOrder(): readonly Finder[] {
	return finders;
}

/** openers are the ways to start a worker of the web, in the same order. */
export function openers(): Opener[] {
	return finders.map((find) => () => {
		const places = find();
		// The usual way takes no turn of the event loop.
		return places instanceof Promise ? places.then(open) : open(places);
	});
}

function open({ worker, engine, integrity = ["", ""] }: Places): Worker | Promise<Worker> {
	const address = new URL(engine, location.href).href;
	if (!isForeign(worker)) return start(worker, address);
	return adopt(worker, integrity[0]).then((own) => start(own, `${address}#${integrity[1]}`));
}

// The worker reads the engine's address from its own, so that one script serves
// every host, and fetches without waiting for a message.
function start(worker: string, engine: string): Worker {
	const address = `${worker}#${engine}`;
	return takeOver(address) ?? new Worker(trusted(address), { type: kind(worker), name: "certlens engine" });
}

// One that was started early is taken over, unless it failed: then it is started
// once more, so that it is seen why.
function takeOver(address: string): Worker | undefined {
	const { early } = held;
	held.started = true;
	held.early = undefined;
	if (!early) return undefined;
	const { worker, missed } = early;
	if (early.address !== address || missed.some(({ type }) => type === "error")) {
		worker.terminate();
		return undefined;
	}
	queueMicrotask(() => {
		for (const event of missed) worker.onmessage?.(event as MessageEvent);
	});
	return worker;
}

// A module's script is fetched beside the page's main thread, which is busy with
// the elements just then. From memory, a page that came from a file starts a
// classic script alone.
function kind(worker: string): WorkerType {
	return worker.startsWith("blob:") ? "classic" : "module";
}

// Browsers refuse a worker of another origin.
function isForeign(worker: string): boolean {
	const { protocol, origin } = new URL(worker, location.href);
	return protocol.startsWith("http") && origin !== location.origin;
}

async function adopt(worker: string, integrity: string): Promise<string> {
	const response = await part(worker, integrity);
	return URL.createObjectURL(new Blob([await response.text()], { type: "text/javascript" }));
}
