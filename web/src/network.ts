// What a visit asks of the network: the requests that were made, and the switch
// after which none can be.

import type { Asked } from "./engine/messages.js";

const made: Asked[] = [];
const listeners = new Set<() => void>();
const off = new AbortController();

/** note takes what the browser tells of requests. What a page has in itself is none. */
export function note(entries: readonly Asked[]): void {
	const real = entries.filter(({ url }) => !/^(blob|data):/.test(url));
	made.push(...real);
	if (real.length > 0) tell();
}

/** noted are the requests since a time. */
export function noted(since: number): readonly Asked[] {
	return made.filter(({ at }) => at >= since);
}

/** onNetwork calls a function at every change, until what it gives is called. */
export function onNetwork(run: () => void): () => void {
	listeners.add(run);
	return () => listeners.delete(run);
}

/** isOff tells whether the network is switched off. */
export function isOff(): boolean {
	return off.signal.aborted;
}

/**
 * switchOff ends the requests that run, and has the browser refuse every other
 * one: a policy can be added to a page, and not be taken away.
 */
export function switchOff(): void {
	if (isOff()) return;
	const policy = document.createElement("meta");
	policy.httpEquiv = "Content-Security-Policy";
	policy.content = "connect-src 'none'; img-src data:";
	document.head.append(policy);
	off.abort();
	tell();
}

/** untilOff is aborted when a signal is, or when the network is switched off. */
export function untilOff(signal: AbortSignal): AbortSignal {
	const either = new AbortController();
	for (const one of [signal, off.signal]) {
		if (one.aborted) either.abort();
		one.addEventListener("abort", () => either.abort(), { once: true });
	}
	return either.signal;
}

function tell(): void {
	for (const run of listeners) run();
}
