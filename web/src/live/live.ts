// One question to the worker at a time: a handshake, a scan, an issuer, or the
// state of revocation. A new one ends the one before.

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { pem } from "../bytes.js";
import type { Engine, Target, TargetAnswer } from "../engine/client.js";
import type { Fetch, Handshake, Scan } from "../engine/report.gen.js";
import { count, visible } from "../text.js";
import type { Ask, RevocationAsk } from "./asks.js";
import { Edge } from "./edge.js";
import { runScan } from "./scan.js";

/** What can be asked. */
export type Asked = "handshake" | "scan" | "issuer" | "revocation";

/** A LiveState is what is asked, and what came of it. It is replaced, never changed. */
export interface LiveState {
	/** The name of the machine that is asked; empty when there is none. */
	edge: string;
	/** What is being asked, or was asked last. */
	asked?: Asked;
	isAsking: boolean;
	/** The server of the last handshake, and the openssl line for it. */
	aim?: Aim;
	/** Why what was typed names no server, in a sentence. */
	problem: string;
	/** Why there is no answer, in a sentence. */
	trouble: string;
	/** What came of an answer that is not shown elsewhere, in a sentence. */
	outcome: string;
	/** What a running scan knows so far, and what an ended one knew. */
	scan?: Scan;
}

/** An Aim is a server, and the openssl line for it. */
export interface Aim {
	target: Target;
	command: string;
}

const idle: LiveState = { edge: "", isAsking: false, problem: "", trouble: "", outcome: "" };

/** A Live asks the worker for an element, and keeps what came of it. */
export class Live implements ReactiveController {
	state = idle;
	#edge: Edge | undefined;
	#controller: AbortController | undefined;

	constructor(
		private readonly host: ReactiveControllerHost,
		private readonly engine: () => Engine,
	) {
		host.addController(this);
	}

	hostDisconnected(): void {
		this.#controller?.abort();
	}

	/** connect says which worker to ask; empty for none. It makes no request. */
	connect(base: string): void {
		this.#edge = base ? new Edge(base) : undefined;
		this.forget();
	}

	/** forget ends what runs, and drops what came of it. */
	forget(): void {
		this.#controller?.abort();
		this.#set({ ...idle, edge: this.#edge?.host ?? "" });
	}

	/** cancel ends what runs, and keeps what is known. */
	cancel(): void {
		this.#controller?.abort();
		const { asked, scan } = this.state;
		const outcome = asked === "scan" && scan ? "Ended; what was found until then is below." : "";
		this.#set({ isAsking: false, outcome });
	}

	/** aim reads what a person typed; undefined when it names no server. */
	async aim(text: string, starttls: string): Promise<Aim | undefined> {
		const answer = this.engine().target(text, starttls);
		const {
			target,
			command = "",
			problem = "",
		} = await answer.catch((error: unknown): TargetAnswer => ({ problem: inWords(error) }));
		this.#set({ problem });
		return target && { target, command };
	}

	/** handshake asks for a handshake with a server. */
	handshake(aim: Aim): Promise<Handshake | undefined> {
		this.#set({ aim });
		const { host, port, starttls, alpn } = aim.target;
		return this.#ask("handshake", (edge, signal) =>
			edge.handshake({ host, port, starttls, offer: { alpn }, wantStaple: true }, signal),
		);
	}

	/** scan scans the server of a handshake. */
	scan({ host, port, starttls, sni }: Handshake): Promise<Scan | undefined> {
		this.#set({ scan: undefined });
		return this.#ask("scan", async (edge, signal) => {
			const onScan = (scan: Scan) => !signal.aborted && this.#set({ scan });
			const scan = await runScan(this.engine(), edge, { host, port, starttls, sni }, onScan, signal);
			signal.throwIfAborted();
			this.#set({ outcome: `Done, with ${count(scan.handshakes, "handshake")}; what they show is below.` });
			return scan;
		});
	}

	/** issuer fetches what is where a certificate says that its issuer's is, as text. */
	issuer({ certificate }: Ask): Promise<string | undefined> {
		return this.#ask("issuer", async (edge, signal) => {
			const { certificates, url, tried } = await edge.issuer(certificate.der, signal);
			if (certificates.length === 0) throw new Error(failures("No certificate was found.", tried));
			return this.#fetched(
				count(certificates.length, "certificate"),
				url,
				certificates.map((der) => pem(der)).join(""),
			);
		});
	}

	/** revocation fetches what a certificate's CA says of its revocation, as text. */
	revocation({ certificate, issuer }: RevocationAsk): Promise<string | undefined> {
		return this.#ask("revocation", async (edge, signal) => {
			const { kind, url, der, tried } = await edge.revocation(certificate.der, issuer.der, signal);
			if (!kind || !der) throw new Error(failures("Nothing was found about its revocation.", tried));
			return kind === "ocsp"
				? this.#fetched("an OCSP response", url, pem(der, "OCSP RESPONSE"))
				: this.#fetched("a revocation list", url, pem(der, "X509 CRL"));
		});
	}

	#fetched(what: string, url = "", text: string): string {
		const line = `Fetched ${what} from ${visible(url)}`;
		this.#set({ outcome: `${line}.` });
		return `${line}\n${text}`;
	}

	async #ask<T>(asked: Asked, run: (edge: Edge, signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
		const edge = this.#edge;
		if (!edge) return undefined;
		this.#controller?.abort();
		this.#controller = new AbortController();
		const { signal } = this.#controller;
		this.#set({ asked, isAsking: true, trouble: "", outcome: "" });
		try {
			const answer = await run(edge, signal);
			if (signal.aborted) return undefined;
			this.#set({ isAsking: false });
			return answer;
		} catch (error) {
			if (!signal.aborted) this.#set({ isAsking: false, trouble: visible(inWords(error)) });
			return undefined;
		}
	}

	#set(change: Partial<LiveState>): void {
		this.state = { ...this.state, ...change };
		this.host.requestUpdate();
	}
}

function inWords(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function failures(sentence: string, tried: readonly Fetch[]): string {
	return [sentence, ...tried.map(({ url, failure }) => `${url}: ${failure ?? "nothing."}`)].join(" ");
}

/** speaksTLS tells whether a handshake shows that there is something to scan: an answer in TLS, an alert among them. */
export function speaksTLS({ version, alerts = [] }: Handshake): boolean {
	return !!version || alerts.some(({ sent }) => !sent);
}

/** isUnreached tells whether a handshake came to nothing on the way to the server. */
export function isUnreached({ failure, certificates }: Handshake): boolean {
	return failure !== undefined && !certificates?.length && onTheWay.includes(failure.class);
}

const onTheWay: readonly string[] = ["dns", "refused", "timeout", "reset", "closed", "other"];
