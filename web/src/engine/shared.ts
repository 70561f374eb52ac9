// The engine that all checkers of a page share.

import { createEngine, type Engine, type Loading } from "./client.js";

type Listener = (loading: Loading) => void;

let engine: Engine | undefined;
const listeners = new Set<Listener>();

/** sharedEngine is the engine of the page. It starts at the first call. */
export function sharedEngine(): Engine {
	engine ??= createEngine({ onLoading: tellAll });
	return engine;
}

/** isStarted tells whether the engine of the page was started. */
export function isStarted(): boolean {
	return engine !== undefined;
}

/** onLoading calls a function while the engine loads, until stop is called. */
export function onLoading(tell: Listener): () => void {
	listeners.add(tell);
	return () => listeners.delete(tell);
}

function tellAll(loading: Loading): void {
	for (const tell of listeners) tell(loading);
}
