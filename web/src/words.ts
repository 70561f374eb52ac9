// The words for what the contract names: severities, failure classes, roles,
// profiles, kinds and stages.

import type { Class, Diagnosis, Report, Severity } from "./engine/report.gen.js";

/** A Tone decides shape, word and colour together. */
export type Tone = "error" | "warning" | "notice" | "info" | "good";

/** tones are the severities of findings, worst first. */
export const tones: readonly Tone[] = ["error", "warning", "notice", "info"];

/** toneOf is the tone of a finding. */
export function toneOf(severity: Severity): Tone {
	return tones.find((tone) => tone === severity) ?? "info";
}

/** toneWords name a tone, for one and for many. */
export const toneWords: Record<Tone, readonly [string, string]> = {
	error: ["error", "errors"],
	warning: ["warning", "warnings"],
	notice: ["notice", "notices"],
	info: ["remark", "remarks"],
	good: ["good", "good"],
};

/** A ClassWords says what a failure is called and what to do about it. */
export interface ClassWords {
	title: string;
	/** The one thing to do, as an instruction. */
	action: string;
}

const renew = "Renew the certificate and install the new one with its chain.";
const issueAgain = "Have the certificate issued again";
const readAlert = "Read the server's own log for this connection; it names the cause.";

const classes: Record<Class, ClassWords> = {
	ok: { title: "No failure found", action: "" },
	expired: { title: "Expired", action: renew },
	not_yet_valid: {
		title: "Not yet valid",
		action: "Check the clock of the machine that complains; if it is right, wait or use the previous certificate.",
	},
	self_signed: {
		title: "Self-signed",
		action:
			"Install a certificate from a CA that the clients know, or give this certificate to each client as a trust anchor.",
	},
	self_signed_in_chain: {
		title: "Private root in the chain",
		action: "Give the root of this chain to each client as a trust anchor.",
	},
	unknown_root: {
		title: "Unknown root",
		action:
			"Give the issuing root to each client as a trust anchor, or use a certificate from a CA that the clients know.",
	},
	missing_intermediate: {
		title: "Missing intermediate",
		action: "Add the missing issuer to the certificates that the server sends, after its own.",
	},
	hostname_mismatch: {
		title: "Wrong host name",
		action: `${issueAgain} with this host name among its names, or connect by one of the names that it has.`,
	},
	ip_mismatch: {
		title: "Wrong IP address",
		action: `${issueAgain} with this address as an IP name, or connect by one of the names that it has.`,
	},
	no_san: {
		title: "No subject alternative names",
		action: `${issueAgain} with the host name as a subject alternative name; the common name does not count.`,
	},
	expired_intermediate: {
		title: "Expired intermediate",
		action: "Replace the expired intermediate on the server by the issuer's current one.",
	},
	expired_root: {
		title: "Expired root",
		action: "Update the trust store of the client, or send a chain that ends in a current root.",
	},
	weak_key: { title: "Weak key", action: "Make a new key of today's size and have a certificate issued for it." },
	weak_signature: { title: "Weak signature", action: `${issueAgain}, signed with SHA-256 or better.` },
	wrong_purpose: { title: "Wrong purpose", action: `${issueAgain} for this purpose (extended key usage).` },
	issuer_not_ca: { title: "Issuer is not a CA", action: "Use a certificate that a CA certificate issued." },
	path_length: { title: "Path too long", action: "Have the certificate issued by a CA whose path length allows it." },
	name_constraint: {
		title: "Outside the name constraints",
		action: "Use a name that the CA may issue for, or another CA.",
	},
	unknown_critical: {
		title: "Unknown critical extension",
		action: `${issueAgain} without the extension, or with it not critical.`,
	},
	bad_signature: { title: "Bad signature", action: "Replace the certificate or its issuer: this key did not sign it." },
	malformed: { title: "Malformed", action: `${issueAgain}; its encoding is broken.` },
	revoked: { title: "Revoked", action: "Replace the certificate; make a new key if the old one leaked." },
	revocation_unknown: {
		title: "Revocation unknown",
		action: "Paste the OCSP response or the CRL of the issuer as well.",
	},
	distrusted: { title: "Distrusted CA", action: "Move to a CA that the store still trusts." },
	ct_required: { title: "Not logged", action: `${issueAgain} with signed certificate timestamps.` },
	protocol_version: { title: "No common TLS version", action: "Enable TLS 1.2 or 1.3 on the side that lacks it." },
	no_shared_cipher: {
		title: "No common cipher",
		action: "Enable a cipher suite that both sides have and that fits the certificate's key.",
	},
	client_cert_required: {
		title: "Client certificate required",
		action: "Connect with a client certificate and its key.",
	},
	client_cert_rejected: {
		title: "Client certificate rejected",
		action: "Use a client certificate that one of the server's accepted CAs issued.",
	},
	plain_http: { title: "Plain HTTP on this port", action: "Connect to the TLS port, or turn TLS on for this one." },
	wrong_protocol: { title: "Not TLS", action: "Connect to the TLS port, or use STARTTLS where the protocol has it." },
	closed: { title: "Connection closed", action: readAlert },
	reset: { title: "Connection reset", action: "Check the firewall or proxy on the way, then the server's own log." },
	refused: { title: "Connection refused", action: "Check that the server runs and listens on this port." },
	timeout: { title: "No answer", action: "Check the address, the port and the firewalls on the way." },
	dns: { title: "Name not found", action: "Check the spelling of the host name and its DNS record." },
	pin_mismatch: {
		title: "Pin mismatch",
		action: "Compare the pin with the key's fingerprint below and update the one that is out of date.",
	},
	staple_missing: {
		title: "Staple missing",
		action: "Turn OCSP stapling on at the server; the certificate demands it.",
	},
	ca_file_unreadable: { title: "CA file unreadable", action: "Correct the path or the contents of the CA file." },
	client_cert_unreadable: {
		title: "Client certificate unreadable",
		action: "Correct the path or the contents of the client certificate file.",
	},
	interception: {
		title: "Intercepted",
		action: "Give the intercepting proxy's root to the client, or take the connection off the proxy.",
	},
	clock_skew: { title: "Wrong clock", action: "Set the clock of the machine that complains." },
	handshake_failure: { title: "Handshake failure", action: readAlert },
	unrecognized_name: {
		title: "Name not served",
		action: "Configure the server for this host name, or send the name that it serves.",
	},
	alpn: { title: "No common protocol", action: "Enable an application protocol (ALPN) that both sides have." },
	other: { title: "Other failure", action: "" },
};

/** classWords are the words for a failure class. */
export function classWords(failure: Class): ClassWords {
	return classes[failure] ?? classes.other;
}

/** advice is the one thing to do about a verdict; empty when there is none. */
export function advice(report: Report, diagnosis: Diagnosis): string {
	if (diagnosis.class === "missing_intermediate" && report.bundle) return "Install the whole chain on the server.";
	return classWords(diagnosis.class).action;
}

/** roles name what a certificate is for. */
export const roles: Record<string, string> = {
	root: "root",
	intermediate: "intermediate",
	server: "server",
	client: "client",
	email: "e-mail",
	"code-signing": "code signing",
	"ocsp-responder": "OCSP responder",
	"time-stamping": "time stamping",
	other: "other purpose",
};

/** purposes say what a certificate was judged as. */
export const purposes: Record<string, string> = {
	server: "as a TLS server",
	client: "as a TLS client",
	email: "as an e-mail certificate",
	"code-signing": "as a signer of code",
	"time-stamping": "as a time-stamping service",
	ocsp: "as an OCSP responder",
	issuing: "as an issuing CA",
	any: "for any purpose",
};

/** profiles are the sets of rules that a person can ask for. */
export const profiles: ReadonlyArray<readonly [string, string]> = [
	["auto", "by certificate"],
	["webpki", "Web PKI"],
	["rfc5280", "RFC 5280"],
	["smime", "S/MIME"],
	["codesign", "Code signing"],
	["private", "Private PKI"],
];

/** profileName is the name of a profile, also of the one for chains. */
export function profileName(profile: string): string {
	if (profile === "chain") return "The chain as a whole";
	return profiles.find(([id]) => id === profile)?.[1] ?? profile;
}

/** kinds name how a piece of input was written. */
export const kinds: Record<string, string> = {
	pem: "PEM",
	der: "DER",
	base64: "base64",
	pkcs7: "PKCS#7",
	s_client: "openssl s_client",
	unknown: "not readable",
};

/** nameTypes name the kinds of alternative names. */
export const nameTypes: Record<string, string> = {
	dns: "DNS",
	ip: "IP",
	email: "E-mail",
	uri: "URI",
	directory: "Directory",
	rid: "Registered id",
	other: "Other",
	x400: "X.400",
	edi: "EDI",
};

/** stages name the steps of an analysis. */
export const stages: Record<string, string> = {
	load: "Loading the engine",
	read: "Reading",
	decode: "Decoding",
	path: "Building paths",
	lint: "Checking the rules",
};
