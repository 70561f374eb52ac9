// What a handshake shows, as labelled values.

import type { Certificate, Handshake } from "../engine/report.gen.js";
import { size } from "../format.js";

// Both sides end a connection with this alert, and it means nothing else.
const closeNotify = 0;

/** facts are those that were seen, in the order of the connection. */
export function facts(h: Handshake, leaf: Certificate | undefined): Array<[string, string]> {
	const all: Array<[string, string]> = [
		["Server", `${h.host}, port ${h.port}${h.address && h.address !== h.host ? ` (${h.address})` : ""}`],
		["Seen from", h.vantage ?? ""],
		["STARTTLS", h.starttls ?? ""],
		["Server name sent", h.sent > 0 ? h.sni || "none" : ""],
		["Failed", h.failure ? `${steps[h.step] ?? h.step}: ${h.failure.detail}` : ""],
		["Protocol", h.protocol ?? ""],
		["Cipher", cipher(h)],
		["Key exchange", keyExchange(h)],
		["Signature", h.signatureScheme?.name ?? ""],
		["ALPN", h.suite ? h.alpn || "none negotiated" : ""],
		["OCSP staple", staple(h)],
		[
			"Timestamps (CT)",
			leaf ? `${leaf.scts?.length ?? 0} in the certificate, ${h.scts?.length ?? 0} in the handshake` : "",
		],
		["Client certificate", clientCertificate(h)],
		["Client key types", h.clientCertificate?.types?.join(", ") ?? ""],
		["Client signatures", h.clientCertificate?.signatureAlgorithms?.map(({ name }) => name).join(", ") ?? ""],
		["Resumption", resumption(h)],
		["Renegotiation", yesNo(h.secureRenegotiation, "secure", "not secure (RFC 5746)")],
		["Master secret", yesNo(h.extendedMasterSecret, "extended", "not extended (RFC 7627)")],
		["Compression", h.compression ? "yes, which no server should do (CRIME)" : ""],
		["Server's clock", h.serverTime ?? ""],
		[
			"Alerts",
			(h.alerts ?? [])
				.filter(({ number }) => number !== closeNotify)
				.map(({ name, number, sent }) => `${name || "unknown"} (${number}) from ${sent ? "the client" : "the server"}`)
				.join(", "),
		],
		["Took", timings(h)],
	];
	return all.filter(([, value]) => value);
}

// Where a handshake ended.
const steps: Record<string, string> = {
	request: "the request",
	resolve: "finding the address",
	connect: "connecting",
	starttls: "asking for TLS",
	hello: "waiting for the ServerHello",
	server: "reading what the server sent",
	finish: "finishing the handshake",
};

function cipher({ suite }: Handshake): string {
	if (!suite) return "";
	return suite.openssl && suite.openssl !== suite.name ? `${suite.name} (${suite.openssl})` : suite.name;
}

function keyExchange({ suite, group, dhBits }: Handshake): string {
	const bits = dhBits ? `${dhBits} bits` : "";
	return suite ? [group?.name ?? (bits && "DH"), bits].filter(Boolean).join(", ") : "";
}

function staple({ staple: der, wantStaple, certificates }: Handshake): string {
	if (der) return `${size(Math.floor((der.length * 3) / 4) - (der.match(/=/g)?.length ?? 0))}, read below`;
	return wantStaple && certificates?.length ? "none was sent" : "";
}

function clientCertificate({ clientCertificate: asked, certificates }: Handshake): string {
	if (!asked) return certificates?.length ? "not asked for" : "";
	return asked.authorities?.length ? "asked for" : "asked for, of any CA";
}

function resumption({ resumed, ticket, sessionID, complete }: Handshake): string {
	const ways = [resumed && "the session was resumed", ticket && "ticket offered", sessionID && "session id offered"];
	const said = ways.filter(Boolean).join(", ");
	const isSeen = ticket !== undefined || sessionID !== undefined;
	return said || (complete && isSeen ? "not offered" : "");
}

function yesNo(seen: boolean | undefined, yes: string, no: string): string {
	return seen === undefined ? "" : seen ? yes : no;
}

// At the edge the clock may stand still, and every step then takes nothing.
function timings({ timings: steps = [] }: Handshake): string {
	if (steps.every(({ milliseconds }) => milliseconds === 0)) return "";
	return steps.map(({ step, milliseconds: ms }) => `${step} ${ms.toFixed(ms < 10 ? 1 : 0)} ms`).join(", ");
}
