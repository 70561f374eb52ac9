// What a page asks, and how it is written for the engine.

import type { Class, Handshake, HandshakeRequest, Scan } from "./report.gen.js";

/** A Source is one thing to read: a paste (no name) or a file. */
export interface Source {
	name?: string;
	/** Text is read as UTF-8. */
	data: Uint8Array | string;
}

/** An AnalyzeRequest is one question: are these bytes good for this host at this time? */
export interface AnalyzeRequest {
	sources: readonly Source[];
	/** What a live server said in a handshake, and in a scan. */
	handshake?: Handshake;
	scan?: Scan;
	/** Host name or IP address; "" or absent not to check it. */
	host?: string;
	/** The time to judge for; now when absent. */
	at?: Date | string;
	/** Names of trust stores; the default when absent. */
	stores?: readonly string[];
	/** Trust anchors that the user supplies. */
	anchors?: readonly Source[];
	/** Passwords to try on what is encrypted. */
	passwords?: readonly string[];
	/** Lint profile; chosen by certificate when absent, "" or "auto". */
	profile?: string;
}

/** A Target is a live server, as wasm/live.go and internal/target define it. */
export interface Target {
	host: string;
	port: number;
	starttls?: string;
	/** The application protocols that a usual client offers there. */
	alpn?: string[];
	/** What was read into the text, in sentences. */
	notes?: string[];
}

/** A TargetAnswer is the server that a text names, or why it names none. */
export interface TargetAnswer {
	target?: Target;
	/** The openssl line for it; empty when openssl does not know the protocol. */
	command?: string;
	problem?: string;
}

/** A HelpEntry is one help page in the list of all. */
export interface HelpEntry {
	path: string;
	title: string;
	class: Class;
}

/** A ScanTarget is what to scan. */
export interface ScanTarget {
	host: string;
	port: number;
	starttls?: string;
	sni?: string;
}

/** An Exchange is one handshake of a scan, with its outcome. */
export interface Exchange {
	request: HandshakeRequest;
	handshake?: Handshake;
	/** Why there is no handshake. */
	refusal?: string;
}

/** A ScanRequest is a scan, as far as it has come. */
export interface ScanRequest {
	/** Tells the scans of a page apart. */
	id: number;
	target: ScanTarget;
	/** All handshakes so far. */
	done: readonly Exchange[];
	/** How many of them the engine was told of before; with 0, the scan begins. */
	told: number;
}

/** A ScanStep is what is known so far, and the handshakes to make next. */
export interface ScanStep {
	scan: Scan;
	next: HandshakeRequest[];
}

/** encodeJSON gives the bytes of some JSON. */
export function encodeJSON(value: unknown): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(JSON.stringify(value));
}

/** encodeRequest gives one line of JSON, and after it the data of all sources. */
export function encodeRequest(request: AnalyzeRequest, partial: boolean): Uint8Array<ArrayBuffer> {
	const sources = request.sources.map(encodeSource);
	const anchors = (request.anchors ?? []).map(encodeSource);
	const header = {
		sources: sources.map(({ name, data }) => ({ name, size: data.length })),
		handshake: request.handshake,
		scan: request.scan,
		host: request.host ?? "",
		at: new Date(request.at ?? Date.now()).toISOString(),
		stores: request.stores ?? null,
		anchors: anchors.map(({ name, data }) => ({ name, size: data.length })),
		passwords: request.passwords ?? [],
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
