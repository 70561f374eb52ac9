// What a program in TypeScript sees of the package: it compiles, or the check fails.

import { type AnalysisOptions, analyze, EngineError, type Progress, type Report, setEngine } from "certlens";
import { CertLens } from "certlens/elements";
import { CertLensChain } from "certlens/elements/chain";
import { inline } from "certlens/inline";
import { type FromFrame, fromFrame, toFrame, version } from "certlens/protocol";

const options: AnalysisOptions = {
	host: "shop.example.com",
	at: new Date(),
	anchors: ["-----BEGIN CERTIFICATE-----"],
	signal: AbortSignal.timeout(1000),
	onProgress: ({ done, total }: Progress) => console.log(done / total),
};

export async function summary(input: Uint8Array | string): Promise<string> {
	setEngine(inline);
	setEngine({ worker: "/worker.js", engine: "/engine.wasm" });
	const report: Report = await analyze([input, { name: "chain.pem", data: input }], options);
	return report.diagnosis?.summary ?? "";
}

export function show(report: Report): CertLens {
	const chain: CertLensChain = document.createElement("cert-lens-chain");
	chain.report = report;
	const lens: CertLens = document.createElement("cert-lens");
	lens.value = "";
	return lens;
}

export function listen(event: MessageEvent, frame: HTMLIFrameElement): number {
	const message: FromFrame | undefined = fromFrame(event, frame, "https://certlens.example");
	frame.contentWindow?.postMessage({ certlens: version, type: "clear" }, "https://certlens.example");
	return message?.type === "height" ? message.height : toFrame(event.data) ? 1 : 0;
}

export const isOurs = (error: unknown): boolean => error instanceof EngineError;
