// The engine for programs: certificates in, the report out, in browsers. node.ts
// is the same for Node.

import { type AnalysisOptions, type Input, inputs } from "./call.js";
import type { Report } from "./engine/report.gen.js";
import { sharedEngine } from "./engine/shared.js";

export type { AnalysisOptions, Input } from "./call.js";
export type { Progress } from "./engine/assembly.js";
export type * from "./engine/report.gen.js";
export type { Source } from "./engine/request.js";
export { EngineError } from "./engine/run.js";
export { type Finder, type Places, setEngine } from "./engine/where.js";

/**
 * Analyzes certificates, chains, keys, or what a tool printed, and gives the
 * report that the elements show. The first call loads the engine, which all
 * calls and all elements of a page share. Nothing is sent anywhere.
 *
 * Rejects with an AbortError when the signal is aborted, with an EngineError when
 * the engine cannot start or knows no such store or profile, and with a TypeError
 * or RangeError when an input is none or a time is none. Broken certificates are
 * no failure: the report says what is wrong with them.
 */
export async function analyze(input: Input | readonly Input[], options: AnalysisOptions = {}): Promise<Report> {
	const { signal, onProgress, ...request } = options;
	return sharedEngine().analyze(inputs(input, request), { signal, onProgress });
}
