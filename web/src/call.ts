// How programs ask for an analysis.

import type { Progress } from "./engine/assembly.js";
import type { AnalyzeRequest, Source } from "./engine/request.js";

/** An Input is text or bytes to read (PEM, DER, PKCS#7, PKCS#12, what a tool
 * printed), or a file with its name. */
export type Input = string | Uint8Array | Source;

/** AnalysisOptions say what to judge for. */
export interface AnalysisOptions extends Omit<AnalyzeRequest, "sources" | "anchors"> {
	/** Trust anchors beside those of the stores. */
	anchors?: Input | readonly Input[];
	/** Ends the analysis. */
	signal?: AbortSignal;
	/** Called while rules run, with the certificates done of all. */
	onProgress?: (progress: Progress) => void;
}

/** inputs writes a call as the engine takes it. */
export function inputs(
	input: Input | readonly Input[],
	{ anchors = [], ...request }: Omit<AnalysisOptions, "signal" | "onProgress">,
): AnalyzeRequest {
	return { ...request, sources: sources(input), anchors: sources(anchors) };
}

function sources(input: Input | readonly Input[]): Source[] {
	return (isList(input) ? input : [input]).map(source);
}

function isList(input: Input | readonly Input[]): input is readonly Input[] {
	return Array.isArray(input);
}

function source(input: Input): Source {
	const source = isData(input) ? { data: input } : input;
	if (!isData(source?.data)) throw new TypeError("An input is text, a Uint8Array, or a file as { name, data }.");
	return source;
}

function isData(input: unknown): input is string | Uint8Array {
	return typeof input === "string" || input instanceof Uint8Array;
}
