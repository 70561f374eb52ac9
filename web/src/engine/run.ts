// One worker from its start to its end, and the calls that it answers.

import { note } from "../network.js";
import { type Command, cancelled, type Loading, type Reply } from "./messages.js";
import { lacking, lackOf } from "./policy.js";
import { type Opener, openers, type Port } from "./where.js";

/** An EngineError says, in a sentence, why a call has no result. */
export class EngineError extends Error {
	override name = "EngineError";
}

// What the policy of the page lacks, since a worker was last started.
const lack = lackOf(/worker-src|connect-src|trusted-types/);

const unending = "The engine was stopped because it did not end a cancelled analysis.";

/** How long a cancelled call may go on before its worker is ended, in ms. */
const patience = 3000;

export interface Pending {
	resolve(output: Uint8Array): void;
	reject(error: Error): void;
	onProgress?: (output: Uint8Array) => void;
}

/** A Run is one worker, from its start to its end. */
export class Run {
	readonly pending = new Map<number, Pending>();
	readonly ready: Promise<void>;
	onLoading?: (loading: Loading) => void;
	onEnd?: () => void;
	started = false;
	#port: Port | undefined;
	// A worker that cannot load takes what it was sent with it; so commands wait
	// until it says its first word.
	#held: Command[] | undefined = [];
	#ended = false;
	#settle!: { resolve(): void; reject(error: Error): void };

	constructor(private readonly ways: Opener[] = openers()) {
		this.ready = new Promise((resolve, reject) => {
			this.#settle = { resolve, reject };
		});
		this.ready.catch(() => {});
		this.#open();
	}

	// Tries the next way to start a worker; whatever fails comes back as a reason.
	#open(): void {
		lack.line = undefined;
		try {
			const opened = this.ways.shift()?.();
			if (opened instanceof Promise) opened.then(this.#hold, this.#failSoon);
			else if (opened) this.#hold(opened);
		} catch (error) {
			this.#failSoon(error);
		}
	}

	#hold = (port: Port): void => {
		if (this.#ended) {
			port.terminate();
			return;
		}
		this.#port = port;
		port.onmessage = (event: MessageEvent<Reply>) => this.#receive(event.data);
		port.onerror = (event) => this.#failSoon(event.message || "its script could not be loaded");
	};

	#failSoon = (cause: unknown): void => {
		setTimeout(() => this.#fail(cause, lack.line));
	};

	// A worker that says nothing was not found, or not its engine.
	#fail = (cause: unknown, line?: string): void => {
		const why = cause instanceof Error ? cause.message : String(cause);
		const reason = line ? lacking(line) : why;
		if (line || !this.#held || this.ways.length === 0) {
			this.end(this.#obituary(reason));
			return;
		}
		if (this.#port) this.#port.onmessage = this.#port.onerror = null;
		this.#port?.terminate();
		this.#open();
	};

	send(command: Command): void {
		if (this.#held) this.#held.push(command);
		else this.#port?.postMessage(command, command.kind === "call" ? [command.input.buffer] : []);
	}

	#release(): void {
		const held = this.#held ?? [];
		this.#held = undefined;
		for (const command of held) this.send(command);
	}

	/** end ends the worker, and rejects what still waits for it. */
	end(reason: string): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#port?.terminate();
		this.onEnd?.();
		const error = new EngineError(reason);
		this.#settle.reject(error);
		for (const { reject } of this.pending.values()) reject(error);
		this.pending.clear();
	}

	#receive(reply: Reply): void {
		if (reply.kind === "dead") {
			this.#fail(reply.reason, reply.lacks);
			return;
		}
		if (reply.kind === "requests") {
			note(reply.requests);
			return;
		}
		this.#release();
		switch (reply.kind) {
			case "loading":
				this.onLoading?.(reply.loading);
				return;
			case "ready":
				this.started = true;
				this.#settle.resolve();
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

/** cancel rejects a call at once, and makes sure that the worker ends it too. */
export function cancel(run: Run, id: number): void {
	const call = run.pending.get(id);
	if (!call) return;
	call.reject(aborted());
	let deadline: ReturnType<typeof setTimeout> | undefined;
	const done = () => clearTimeout(deadline);
	run.pending.set(id, { resolve: done, reject: done });
	run.send({ kind: "cancel", id });
	// An engine that is still on its way has not begun with the call.
	const begin = () => {
		if (run.pending.has(id)) deadline = setTimeout(() => run.end(unending), patience);
	};
	run.ready.then(begin, done);
}

/** aborted is what a cancelled call rejects with. */
export function aborted(): Error {
	return new DOMException("The analysis was cancelled.", "AbortError");
}
