// The engine as the page sees it: functions that return promises. The work is
// done in a worker, which is started at the first need and replaced when it dies.

import { Assembly, decode, type Progress } from "./assembly.js";
import type { Loading, Method } from "./messages.js";
import type { ASN1, HelpPage, Report } from "./report.gen.js";
import {
	type AnalyzeRequest,
	encodeJSON,
	encodeRequest,
	type HelpEntry,
	type ScanRequest,
	type ScanStep,
	type TargetAnswer,
} from "./request.js";
import { aborted, cancel, Run } from "./run.js";
import type { Opener } from "./where.js";

export type { Progress } from "./assembly.js";
export type { Loading } from "./messages.js";
export type {
	AnalyzeRequest,
	Exchange,
	HelpEntry,
	ScanRequest,
	ScanStep,
	ScanTarget,
	Source,
	Target,
	TargetAnswer,
} from "./request.js";
export { EngineError } from "./run.js";

export interface CallOptions {
	/** Ends the call; its promise then rejects with an AbortError. */
	signal?: AbortSignal;
}

export interface AnalyzeOptions extends CallOptions {
	onProgress?: (progress: Progress) => void;
	/** Whether progress carries reports of what is known so far. */
	partial?: boolean;
}

export interface EngineOptions {
	/** Called while the engine loads. */
	onLoading?: (loading: Loading) => void;
	/** The ways to start a worker; those of the web when absent. */
	openers?: () => Opener[];
}

/** An Engine analyses. Its calls reject with an EngineError when it fails. */
export interface Engine {
	/** Resolves when the engine takes calls; rejects when it could not start. */
	readonly ready: Promise<void>;
	analyze(request: AnalyzeRequest, options?: AnalyzeOptions): Promise<Report>;
	/** asn1 gives the ASN.1 tree of some DER. */
	asn1(der: Uint8Array, options?: CallOptions): Promise<ASN1>;
	/** target reads what a person typed for a live server, and the protocol that they chose. */
	target(text: string, starttls: string): Promise<TargetAnswer>;
	/** scan says what some handshakes show about a server, and which to make next. */
	scan(request: ScanRequest, options?: CallOptions): Promise<ScanStep>;
	/** endScan lets the engine forget a scan that was given up. */
	endScan(id: number): void;
	/**
	 * help explains a failure class ("expired") or a client's code ("openssl/20");
	 * undefined where there is no such page.
	 */
	help(path: string): Promise<HelpPage | undefined>;
	/** helpIndex lists all help pages. */
	helpIndex(): Promise<HelpEntry[]>;
	/** version names the contract and the Go release that the engine was made with. */
	version(): Promise<{ contract: string; go: string }>;
	/** close ends the worker; pending calls reject. The next call starts a new one. */
	close(): void;
}

/** createEngine starts to load the engine, in the background. */
export function createEngine(options: EngineOptions = {}): Engine {
	return new WorkerEngine(options);
}

class WorkerEngine implements Engine {
	#run: Run | undefined;
	#lastID = 0;
	#warmUp: { run: Run; id: number } | undefined;

	constructor(private readonly options: EngineOptions) {
		this.ready.then(() => this.#warm()).catch(() => {});
	}

	/** The warm-up makes the first analysis fast. It must not delay one: it is
	 * left out when one waits already, and ended when one comes. */
	async #warm(): Promise<void> {
		if (this.#run?.pending.size !== 0) return;
		const id = this.#lastID + 1;
		this.#warmUp = { run: this.#run, id };
		await this.#call("warm", new Uint8Array());
	}

	#endWarmUp(): void {
		if (this.#warmUp) this.#warmUp.run.send({ kind: "cancel", id: this.#warmUp.id });
		this.#warmUp = undefined;
	}

	get ready(): Promise<void> {
		return this.#current().ready;
	}

	async analyze(request: AnalyzeRequest, options: AnalyzeOptions = {}): Promise<Report> {
		const assembly = new Assembly();
		const receive = (bytes: Uint8Array) => {
			const progress = assembly.receive(bytes);
			if (progress) options.onProgress?.(progress);
		};
		const input = encodeRequest(request, options.partial ?? false);
		const output = await this.#call("analyze", input, options.signal, receive);
		return assembly.complete(decode<Report>(output));
	}

	async asn1(der: Uint8Array, options: CallOptions = {}): Promise<ASN1> {
		return decode<ASN1>(await this.#call("asn1", new Uint8Array(der), options.signal));
	}

	async target(text: string, starttls: string): Promise<TargetAnswer> {
		return decode<TargetAnswer>(await this.#call("target", encodeJSON({ text, starttls })));
	}

	async scan({ id, target, done, told }: ScanRequest, options: CallOptions = {}): Promise<ScanStep> {
		const ask = async (from: number) => {
			const input = encodeJSON({ id, target, told: from, done: done.slice(from) });
			return decode<Partial<ScanStep>>(await this.#call("scan", input, options.signal));
		};
		const run = this.#current();
		const step = await ask(told).catch((error: unknown) => {
			if (run === this.#run) throw error;
			return undefined;
		});
		// An engine that ended meanwhile, or was started again, is told of all.
		return (step?.scan ? step : await ask(0)) as ScanStep;
	}

	endScan(id: number): void {
		if (this.#run) this.#call("scan", encodeJSON({ id, end: true })).catch(() => {});
	}

	async help(path: string): Promise<HelpPage | undefined> {
		const page = decode<Partial<HelpPage>>(await this.#call("help", encodeJSON({ path })));
		return page.path ? (page as HelpPage) : undefined;
	}

	async helpIndex(): Promise<HelpEntry[]> {
		return decode<HelpEntry[]>(await this.#call("helpIndex", new Uint8Array()));
	}

	async version(): Promise<{ contract: string; go: string }> {
		return decode(await this.#call("version", new Uint8Array()));
	}

	close(): void {
		this.#run?.end("The engine was closed.");
	}

	#current(): Run {
		if (this.#run) return this.#run;
		const run = new Run(this.options.openers?.());
		run.onLoading = this.options.onLoading;
		run.onEnd = () => {
			this.#run = undefined;
		};
		this.#run = run;
		return run;
	}

	#call(
		method: Method,
		input: Uint8Array<ArrayBuffer>,
		signal?: AbortSignal,
		onProgress?: (output: Uint8Array) => void,
	): Promise<Uint8Array> {
		if (signal?.aborted) return Promise.reject(aborted());
		if (method !== "warm") this.#endWarmUp();
		const run = this.#current();
		const id = ++this.#lastID;
		return new Promise((resolve, reject) => {
			run.pending.set(id, { resolve, reject, onProgress });
			run.send({ kind: "call", id, method, input, progress: onProgress !== undefined });
			signal?.addEventListener("abort", () => cancel(run, id), { once: true });
		});
	}
}
