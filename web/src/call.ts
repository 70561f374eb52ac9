// How programs ask for an analysis.

import type { Progress } from "./engine/assembly.js";
import type { AnalyzeRequest, Source } from "./engine/request.js";

/** An Input is text or bytes to read (PEM, DER, PKCS#7, PKCS#12, what a tool
 * printed), or a file with its name. */
export type Input = string | Uint8Array | Source;

/** AnalysisOptions say what to judge for. */
export interface AnalysisOptions extends Omit<AnalyzeRequest, "sources" | "anchors"> {
	/** Trust anchors beside those of the stores. */
	anchors?: readonly Input[];
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
	const all = isList(input) ? input : [input];
	return { ...request, sources: all.map(source), anchors: anchors.map(source) };
}

function isList(input: Input | readonly Input[]): input is readonly Input[] {
	return Array.isArray(input);
}

function source(input: Input): Source {
	return typeof input === "string" || input instanceof Uint8Array ? { data: input } : input;
}
