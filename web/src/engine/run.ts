// One worker from its start to its end, and the calls that it answers.

import { type Command, cancelled, type Loading, type Reply } from "./messages.js";
import { url } from "./worker.ts?url";

/** An EngineError says, in a sentence, why a call has no result. */
export class EngineError extends Error {
	override name = "EngineError";
}

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
	readonly worker = new Worker(trustedURL(), { type: "module", name: "certlens engine" });
	onLoading?: (loading: Loading) => void;
	onEnd?: () => void;
	started = false;
	#ended = false;
	#settle!: { resolve(): void; reject(error: Error): void };

	constructor() {
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
		if (this.#ended) return;
		this.#ended = true;
		this.worker.terminate();
		this.onEnd?.();
		const error = new EngineError(reason);
		this.#settle.reject(error);
		for (const { reject } of this.pending.values()) reject(error);
		this.pending.clear();
	}

	#receive(reply: Reply): void {
		switch (reply.kind) {
			case "loading":
				this.onLoading?.(reply.loading);
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
