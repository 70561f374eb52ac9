// How values are written for people. Nothing here reads the clock: the time
// that counts is the report's.

import type { Certificate, Report } from "./engine/report.gen.js";
import { count, grouped } from "./text.js";

/** moment writes an RFC 3339 time in UTC: "2026-11-20 12:00:00 UTC". */
export function moment(time: string): string {
	return time.replace("T", " ").replace("Z", " UTC");
}

// The date alone: "2026-11-20".
function day(time: string): string {
	return time.slice(0, 10);
}

/** size writes a number of bytes. */
export function size(bytes: number): string {
	if (bytes < 1024) return count(bytes, "byte");
	if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} kB`;
	return `${(bytes / (1024 * 1024)).toFixed(1)} MB`;
}

/** colons writes hexadecimal in pairs: "0a:ff". */
export function colons(hex: string): string {
	return hex.replace(/..(?=.)/g, "$&:");
}

/** A Validity says in words where a certificate stands in time. */
export interface Validity {
	text: string;
	state: "valid" | "soon" | "expired" | "future" | "unknown";
}

/** validity judges a certificate at the time of the report. */
export function validity(certificate: Certificate, at: Report["at"]): Validity {
	const { notBefore, notAfter, daysLeft } = certificate;
	if (!notBefore || !notAfter) return { text: "validity unreadable", state: "unknown" };
	if (at && Date.parse(notBefore) > Date.parse(at)) return { text: `valid from ${day(notBefore)}`, state: "future" };
	if (daysLeft < 0) return { text: expired(-daysLeft - 1), state: "expired" };
	return { text: left(daysLeft), state: daysLeft < 14 ? "soon" : "valid" };
}

function expired(days: number): string {
	return days === 0 ? "expired less than a day ago" : `expired ${count(days, "day")} ago`;
}

function left(days: number): string {
	return days === 0 ? "expires today" : `${count(days, "day")} left`;
}

/** algorithm names a key with its size: "RSA 2048", "ECDSA P-256". */
export function algorithm(key: Certificate["key"]): string {
	const detail = key.curve || (key.bits ? String(key.bits) : "");
	return [key.algorithm || "unknown key", detail].filter(Boolean).join(" ");
}

/** localField turns an RFC 3339 time into the value of a datetime-local field. */
export function localField(time: string): string {
	const at = new Date(time);
	if (Number.isNaN(at.getTime())) return "";
	return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** fromLocalField is the opposite; empty when the field is. */
export function fromLocalField(value: string): string {
	const at = new Date(value);
	return value && !Number.isNaN(at.getTime()) ? at.toISOString().replace(/\.\d+Z$/, "Z") : "";
}

/** lines writes the lines that a piece of text covers: "line 4", "lines 4–30". */
export function lines(first: number, last: number): string {
	return first === last ? `line ${grouped(first)}` : `lines ${grouped(first)}–${grouped(last)}`;
}
