// The engine as the page sees it: functions that return promises. The work is
// done in a worker, which is started at the first need and replaced when it dies.

import { type Command, cancelled, type Loading, type Method, type Reply } from "./messages.js";
import type { ASN1, Report } from "./report.gen.js";
import { url } from "./worker.ts?url";

export type { Loading } from "./messages.js";

/** A Source is one thing to read: a paste (no name) or a file. */
export interface Source {
	name?: string;
	/** Text is read as UTF-8. */
	data: Uint8Array | string;
}

/** An AnalyzeRequest is one question: are these bytes good for this host at this time? */
export interface AnalyzeRequest {
	sources: readonly Source[];
	/** Host name or IP address; "" or absent not to check it. */
	host?: string;
	/** The time to judge for; now when absent. */
	at?: Date | string;
	/** Names of trust stores; the default when absent. */
	stores?: readonly string[];
	/** Trust anchors that the user supplies. */
	anchors?: readonly Source[];
	/** Lint profile; chosen by certificate when absent, "" or "auto". */
	profile?: string;
}

/** A Progress tells how far an analysis is. */
export interface Progress {
	stage: "decode" | "lint";
	/** Certificates done, of total. */
	done: number;
	total: number;
	/** What is known so far, when it was asked for: everything but the outcome of the rules. */
	report?: Report;
}

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
}

/** An Engine analyses. Its calls reject with an EngineError when it fails. */
export interface Engine {
	/** Resolves when the engine takes calls; rejects when it could not start. */
	readonly ready: Promise<void>;
	analyze(request: AnalyzeRequest, options?: AnalyzeOptions): Promise<Report>;
	/** asn1 gives the ASN.1 tree of some DER. */
	asn1(der: Uint8Array, options?: CallOptions): Promise<ASN1>;
	/** version names the contract and the Go release that the engine was made with. */
	version(): Promise<{ contract: string; go: string }>;
	/** close ends the worker; pending calls reject. The next call starts a new one. */
	close(): void;
}

/** An EngineError says, in a sentence, why a call has no result. */
export class EngineError extends Error {
	override name = "EngineError";
}

/** createEngine starts to load the engine, in the background. */
export function createEngine(options: EngineOptions = {}): Engine {
	return new WorkerEngine(options);
}

/** How long a cancelled call may go on before its worker is ended, in ms. */
const patience = 3000;

interface Pending {
	resolve(output: Uint8Array): void;
	reject(error: Error): void;
	onProgress?: (output: Uint8Array) => void;
}

/** A Run is one worker, from its start to its end. */
class Run {
	readonly pending = new Map<number, Pending>();
	readonly ready: Promise<void>;
	readonly worker = new Worker(trustedURL(), { type: "module", name: "certlens engine" });
	started = false;
	#settle!: { resolve(): void; reject(error: Error): void };

	constructor(
		private readonly options: EngineOptions,
		private readonly onEnd: () => void,
	) {
		this.ready = new Promise((resolve, reject) => {
			this.#settle = { resolve, reject };
		});
		this.ready.catch(() => {});
		this.worker.onmessage = (event: MessageEvent<Reply>) => this.#receive(event.data);
		this.worker.onerror = (event) =>
			this.end(`The engine stopped: ${event.message || "its script could not be loaded"}.`);
	}

	send(command: Command): void {
		this.worker.postMessage(command, command.kind === "call" ? [command.input.buffer] : []);
	}

	/** end ends the worker, and rejects what still waits for it. */
	end(reason: string): void {
		this.worker.terminate();
		this.onEnd();
		const error = new EngineError(reason);
		this.#settle.reject(error);
		for (const { reject } of this.pending.values()) reject(error);
		this.pending.clear();
	}

	#receive(reply: Reply): void {
		switch (reply.kind) {
			case "loading":
				this.options.onLoading?.(reply.loading);
				return;
			case "ready":
				this.started = true;
				this.#settle.resolve();
				return;
			case "dead":
				this.end(this.#obituary(reply.reason));
				return;
			default:
				this.#settleCall(reply);
		}
	}

	#obituary(reason: string): string {
		if (!this.started) return `The engine could not start: ${reason}.`;
		return `The engine stopped, most likely because it ran out of memory (${reason}). The next analysis starts it again.`;
	}

	#settleCall(reply: Extract<Reply, { id: number }>): void {
		const call = this.pending.get(reply.id);
		if (reply.kind === "progress") {
			call?.onProgress?.(reply.output);
			return;
		}
		this.pending.delete(reply.id);
		if (reply.kind === "result") call?.resolve(reply.output);
		else call?.reject(reply.message === cancelled ? aborted() : new EngineError(reply.message));
	}
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

	async version(): Promise<{ contract: string; go: string }> {
		return decode(await this.#call("version", new Uint8Array()));
	}

	close(): void {
		this.#run?.end("The engine was closed.");
	}

	#current(): Run {
		this.#run ??= new Run(this.options, () => {
			this.#run = undefined;
		});
		return this.#run;
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

/** cancel rejects a call at once, and makes sure that the worker ends it too. */
function cancel(run: Run, id: number): void {
	const call = run.pending.get(id);
	if (!call) return;
	call.reject(aborted());
	const deadline = setTimeout(
		() => run.end("The engine was stopped because it did not end a cancelled analysis."),
		patience,
	);
	const done = () => clearTimeout(deadline);
	run.pending.set(id, { resolve: done, reject: done });
	run.send({ kind: "cancel", id });
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
class Assembly {
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

/** encodeRequest gives one line of JSON, and after it the data of all sources. */
function encodeRequest(request: AnalyzeRequest, partial: boolean): Uint8Array<ArrayBuffer> {
	const sources = request.sources.map(encodeSource);
	const anchors = (request.anchors ?? []).map(encodeSource);
	const header = {
		sources: sources.map(({ name, data }) => ({ name, size: data.length })),
		host: request.host ?? "",
		at: new Date(request.at ?? Date.now()).toISOString(),
		stores: request.stores ?? null,
		anchors: anchors.map(({ name, data }) => ({ name, size: data.length })),
		profile: request.profile ?? "",
		partial,
	};
	const line = new TextEncoder().encode(`${JSON.stringify(header)}\n`);
	return join([line, ...sources.map(({ data }) => data), ...anchors.map(({ data }) => data)]);
}

function encodeSource({ name = "", data }: Source): { name: string; data: Uint8Array } {
	return { name, data: typeof data === "string" ? new TextEncoder().encode(data) : data };
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}
	return whole;
}

function decode<T>(output: Uint8Array): T {
	return JSON.parse(new TextDecoder().decode(output)) as T;
}

function aborted(): Error {
	return new DOMException("The analysis was cancelled.", "AbortError");
}

// The page's policy lets no string become a script's address unless it went
// through here (CSP require-trusted-types-for), and only this one does.
interface TrustedTypes {
	createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: { createScriptURL(url: string): string } | undefined;

function trustedURL(): string {
	const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
	policy ??= trustedTypes?.createPolicy("certlens", { createScriptURL: () => url }) ?? { createScriptURL: () => url };
	return policy.createScriptURL(url);
}
