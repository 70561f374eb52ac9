// What a page and the frame (embed.html) in it say to each other, by postMessage.
// Every message names the protocol and its version: {certlens: 1, type: ...}.

import type { Report } from "./engine/report.gen.js";

/** The version of the protocol. A frame ignores messages of another. */
export const version = 1;

/** What every message has. */
interface Message {
	certlens: typeof version;
	/** A name that the page gives a question; the answers to it carry it. */
	id?: string;
}

/** An AnalyzeMessage asks for a report. What it leaves out has its default. */
export interface AnalyzeMessage extends Message {
	type: "analyze";
	/** Certificates as text (PEM), or what a tool printed. */
	value: string;
	/** Host name or IP address that the certificate should be good for. */
	host?: string;
	/** Time to judge for (RFC 3339); now when absent. */
	at?: string;
	/** Lint profile. */
	profile?: string;
	/** How much is shown. */
	view?: "full" | "compact" | "verdict";
	theme?: "auto" | "light" | "dark";
}

/** A ClearMessage empties the frame. */
export interface ClearMessage extends Message {
	type: "clear";
}

/** A ToFrame goes from the page to the frame. */
export type ToFrame = AnalyzeMessage | ClearMessage;

/** A ReadyMessage says that the frame takes messages. */
export interface ReadyMessage extends Message {
	type: "ready";
	/** How many messages the frame has ignored: of a wrong origin or a wrong shape. */
	ignored: number;
}

/** A ReportMessage says that a report is complete. Without an id, it is about what
 * a person put into the frame. */
export interface ReportMessage extends Message {
	type: "report";
	report: Report;
	/** As in ReadyMessage. */
	ignored: number;
}

/** A HeightMessage says how high the frame's content is, in CSS pixels. */
export interface HeightMessage extends Message {
	type: "height";
	height: number;
}

/** An ErrorMessage says why there is no report. */
export interface ErrorMessage extends Message {
	type: "error";
	message: string;
}

/** A FromFrame goes from the frame to the page. */
export type FromFrame = ReadyMessage | ReportMessage | HeightMessage | ErrorMessage;

/** The type of each field of a message to the frame, or the words that it can be. */
const fields: Record<ToFrame["type"], Record<string, readonly string[] | undefined>> = {
	analyze: {
		value: undefined,
		host: undefined,
		at: undefined,
		profile: undefined,
		view: ["full", "compact", "verdict"],
		theme: ["auto", "light", "dark"],
	},
	clear: {},
};

/** toFrame gives a message to the frame, if that is what some data is. */
export function toFrame(data: unknown): ToFrame | undefined {
	if (!isMessage(data) || !Object.hasOwn(fields, data.type)) return undefined;
	const { certlens: _, type, id, ...rest } = data;
	const known = fields[type as ToFrame["type"]];
	if (id !== undefined && typeof id !== "string") return undefined;
	if (type === "analyze" && rest.value === undefined) return undefined;
	const fits = ([name, value]: [string, unknown]) =>
		value === undefined || (Object.hasOwn(known, name) && typeof value === "string" && isWord(value, known[name]));
	return Object.entries(rest).every(fits) ? (data as ToFrame) : undefined;
}

/** fromFrame gives a message of the frame, if that is what an event brings. The
 * origin is that of the frame. */
export function fromFrame(event: MessageEvent, frame: HTMLIFrameElement, origin: string): FromFrame | undefined {
	if (event.source !== frame.contentWindow || event.origin !== origin || !isMessage(event.data)) return undefined;
	return event.data as unknown as FromFrame;
}

type Untrusted = { certlens: unknown; type: string } & Record<string, unknown>;

function isMessage(data: unknown): data is Untrusted {
	if (typeof data !== "object" || data === null) return false;
	const { certlens, type } = data as Untrusted;
	return certlens === version && typeof type === "string";
}

function isWord(value: string, words: readonly string[] | undefined): boolean {
	return words?.includes(value) ?? true;
}
