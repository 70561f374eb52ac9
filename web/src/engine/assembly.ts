// What the engine answers, and how it is put together.

import type { Report } from "./report.gen.js";

/** A Progress tells how far an analysis is. */
export interface Progress {
	stage: "decode" | "lint";
	/** Certificates done, of total. */
	done: number;
	total: number;
	/** What is known so far, when it was asked for: everything but the outcome of the rules. */
	report?: Report;
}

/** The lists of a report that the engine sends in parts when they are long. */
type List = "inputs" | "certificates" | "lints" | "findings";

/** A Part is some items of one list, as wasm/parts.go sends them. */
interface Part {
	list: List;
	items: unknown[];
}

/** An Assembly puts the parts of a report together. Each message is a task of
 * its own, so that the page can react between them. */
export class Assembly {
	#parts: Part[] = [];

	/** receive takes what was sent on the way, and gives progress, if it was that. */
	receive(bytes: Uint8Array): Progress | undefined {
		const message = decode<Progress | Part>(bytes);
		if ("list" in message) {
			this.#parts.push(message);
			return undefined;
		}
		if (message.report) this.complete(message.report);
		return message;
	}

	/** complete gives a report the items that were sent ahead of it. */
	complete(report: Report): Report {
		for (const { list, items } of this.#parts) (report[list] as unknown[]).push(...items);
		this.#parts = [];
		return report;
	}
}

/** decode reads JSON. */
export function decode<T>(output: Uint8Array): T {
	return JSON.parse(new TextDecoder().decode(output)) as T;
}
