// Starts the worker, and with it the download of the engine, before the script with
// the elements has arrived; where.ts takes the worker over there.

import { beside } from "./places.built.js";
import { held, trusted } from "./trusted.js";

/** startEarly starts the worker. What fails here is tried once more, and told, when
 * the elements need it. */
export function startEarly(): void {
	const { worker, engine } = beside();
	// One of another origin takes more than this.
	if (held.started || new URL(worker).origin !== location.origin) return;
	held.started = true;
	try {
		const address = `${worker}#${engine}`;
		const early = new Worker(trusted(address), { type: "module", name: "certlens engine" });
		const missed: Event[] = [];
		early.onmessage = early.onerror = (event: Event) => missed.push(event);
		held.early = { worker: early, address, missed };
	} catch {}
}
