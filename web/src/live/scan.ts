// A scan from the page: the engine plans, the worker makes each handshake.

import type { Engine, Exchange, ScanTarget } from "../engine/client.js";
import type { Handshake, HandshakeRequest, Scan } from "../engine/report.gen.js";
import { type Edge, NoAnswer } from "./edge.js";

// Handshakes at the same time. A server that is scanned still has to serve.
const parallel = 3;

// How often, and how long in seconds, a worker that asks to wait is waited for.
const maxWaits = 5;
const maxWait = 60;

let lastID = 0;

/**
 * runScan makes the handshakes of a scan, and tells what is known after each. It
 * rejects when it is aborted, or when the worker cannot be asked at all.
 */
export async function runScan(
	engine: Engine,
	edge: Edge,
	target: ScanTarget,
	onScan: (scan: Scan) => void,
	signal: AbortSignal,
): Promise<Scan> {
	const id = ++lastID;
	const done: Exchange[] = [];
	let told = 0;
	const underway = new Map<string, Promise<[string, Exchange]>>();
	try {
		for (;;) {
			const { scan, next } = await engine.scan({ id, target, done, told }, { signal });
			told = done.length;
			onScan(scan);
			for (const request of next) {
				const key = JSON.stringify(request);
				if (underway.has(key) || underway.size >= parallel) continue;
				const ended = exchange(edge, request, signal).then((e): [string, Exchange] => [key, e]);
				ended.catch(() => {}); // The race below rejects with the first.
				underway.set(key, ended);
			}
			if (underway.size === 0) return scan;
			const [key, exchanged] = await Promise.race(underway.values());
			underway.delete(key);
			done.push(exchanged);
		}
	} finally {
		engine.endScan(id);
	}
}

// What the plan does not read.
function slim({ staple, extensions, timings, ...rest }: Handshake): Handshake {
	return { ...rest, offer: {} };
}

async function exchange(edge: Edge, request: HandshakeRequest, signal: AbortSignal): Promise<Exchange> {
	for (let waits = 0; ; waits++) {
		try {
			return { request, handshake: slim(await edge.handshake(request, signal)) };
		} catch (error) {
			if (!(error instanceof NoAnswer) || error.code === "unreachable") throw error;
			if (!error.isPassing || waits >= maxWaits) return { request, refusal: error.message };
			await pause(Math.min(error.retryAfter || 1, maxWait), signal);
		}
	}
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = () => {
			clearTimeout(timer);
			reject(signal.reason);
		};
		const timer = setTimeout(() => {
			signal.removeEventListener("abort", stop);
			resolve();
		}, seconds * 1000);
		signal.addEventListener("abort", stop, { once: true });
	});
}
