// The worker's API, as the page asks it. Nothing here runs before a person
// presses a button that says what is sent.

import { lacking, lackOf } from "../engine/policy.js";
import type { Handshake, HandshakeRequest, IssuerAnswer, RefusalCode, RevocationAnswer } from "../engine/report.gen.js";
import { isOff, untilOff } from "../network.js";
import { nextTask } from "../task.js";
import { count } from "../text.js";

/** Why there is no answer: the worker's own code, or that it could not be asked. */
export type NoAnswerCode = RefusalCode | "unreachable";

/** A NoAnswer says, in a sentence, why a request has no answer. */
export class NoAnswer extends Error {
	override name = "NoAnswer";

	constructor(
		readonly code: NoAnswerCode,
		sentence: string,
		/** How many seconds to wait before asking again; 0 when the worker named none. */
		readonly retryAfter = 0,
	) {
		super(sentence);
	}

	/** Whether asking again later may help. */
	get isPassing(): boolean {
		return this.code === "rate_limit" || this.code === "busy";
	}
}

// What the policy of the page lacks for it.
const lack = lackOf(/connect-src/);

/** An Edge is the worker at an address. Its calls reject with a NoAnswer, or an AbortError. */
export class Edge {
	readonly #base: URL;

	/** base is the value of the attribute probe, as in "/v1". */
	constructor(base: string) {
		this.#base = new URL(`${base.replace(/\/+$/, "")}/`, location.href);
	}

	/** The name of the machine that is asked. */
	get host(): string {
		return this.#base.host;
	}

	handshake(request: HandshakeRequest, signal: AbortSignal): Promise<Handshake> {
		return this.#post("handshake", request, signal);
	}

	/** issuer asks for what is at the certificate's own caIssuers URLs. */
	issuer(certificate: string, signal: AbortSignal): Promise<IssuerAnswer> {
		return this.#post("issuer", { certificate }, signal);
	}

	/** revocation asks for what is at the certificate's own OCSP and CRL URLs. */
	revocation(certificate: string, issuer: string, signal: AbortSignal): Promise<RevocationAnswer> {
		return this.#post("revocation", { certificate, issuer }, signal);
	}

	async #post<T>(path: string, body: object, signal: AbortSignal): Promise<T> {
		if (isOff()) throw switchedOff();
		lack.line = undefined;
		let response: Response;
		try {
			response = await fetch(new URL(path, this.#base), {
				method: "POST",
				headers: { "Content-Type": "application/json" },
				body: JSON.stringify(body),
				signal: untilOff(signal),
				credentials: "omit",
				redirect: "error",
			});
			if (response.ok) return (await response.json()) as T;
		} catch {
			signal.throwIfAborted();
			if (isOff()) throw switchedOff();
			await nextTask();
			const why = lack.line ? `: ${lacking(lack.line)}` : ", or broke off its answer";
			throw new NoAnswer("unreachable", `${this.host} could not be asked${why}.`);
		}
		throw await this.#refusal(response, signal);
	}

	async #refusal(response: Response, signal: AbortSignal): Promise<NoAnswer> {
		const seconds = Number(response.headers.get("Retry-After") ?? "") || 0;
		try {
			const { code, message } = (await response.json()) as { code?: unknown; message?: unknown };
			if (typeof code === "string" && typeof message === "string")
				return new NoAnswer(code as NoAnswerCode, `${message}${again(seconds)}`, seconds);
		} catch {
			signal.throwIfAborted();
		}
		return new NoAnswer("unreachable", `${this.host} makes no handshakes: it answered ${response.status}.`);
	}
}

function again(seconds: number): string {
	return seconds > 0 ? ` Ask again in ${count(Math.ceil(seconds), "second")}.` : "";
}

function switchedOff(): NoAnswer {
	return new NoAnswer("unreachable", "The network is switched off for this visit. Reload the page to switch it on.");
}
