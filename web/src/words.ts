// The words for what the contract names: severities, failure classes, roles,
// profiles, kinds and stages.

import type { Class, Severity } from "./engine/report.gen.js";
import { visible } from "./text.js";

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

const classes: Record<Class, string> = {
	ok: "No failure found",
	expired: "Expired",
	not_yet_valid: "Not yet valid",
	self_signed: "Self-signed",
	self_signed_in_chain: "Private root in the chain",
	unknown_root: "Unknown root",
	missing_intermediate: "Missing intermediate",
	hostname_mismatch: "Wrong host name",
	ip_mismatch: "Wrong IP address",
	no_san: "No subject alternative names",
	expired_intermediate: "Expired intermediate",
	expired_root: "Expired root",
	weak_key: "Weak key",
	weak_signature: "Weak signature",
	wrong_purpose: "Wrong purpose",
	issuer_not_ca: "Issuer is not a CA",
	path_length: "Path too long",
	name_constraint: "Outside the name constraints",
	unknown_critical: "Unknown critical extension",
	bad_signature: "Bad signature",
	malformed: "Malformed",
	revoked: "Revoked",
	revocation_unknown: "Revocation unknown",
	distrusted: "Distrusted CA",
	ct_required: "Not logged",
	protocol_version: "No common TLS version",
	no_shared_cipher: "No common cipher",
	client_cert_required: "Client certificate required",
	client_cert_rejected: "Client certificate rejected",
	plain_http: "Plain HTTP on this port",
	wrong_protocol: "Not TLS",
	closed: "Connection closed",
	reset: "Connection reset",
	refused: "Connection refused",
	timeout: "No answer",
	dns: "Name not found",
	pin_mismatch: "Pin mismatch",
	staple_missing: "Staple missing",
	ca_file_unreadable: "CA file unreadable",
	client_cert_unreadable: "Client certificate unreadable",
	interception: "Intercepted",
	clock_skew: "Wrong clock",
	handshake_failure: "Handshake failure",
	unrecognized_name: "Name not served",
	alpn: "No common protocol",
	other: "Other failure",
};

/** classTitle is what a failure is called. */
export function classTitle(failure: Class): string {
	return classes[failure] ?? classes.other;
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
	"": "unknown purpose",
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

/** protocols are the ways in which TLS begins, as a person can choose them. */
export const protocols: ReadonlyArray<readonly [string, string]> = [
	["", "by the port"],
	["none", "with the first byte"],
	["smtp", "in SMTP"],
	["submission", "in submission"],
	["lmtp", "in LMTP"],
	["imap", "in IMAP"],
	["pop3", "in POP3"],
	["sieve", "in ManageSieve"],
	["ftp", "in FTP"],
	["ldap", "in LDAP"],
	["xmpp-client", "in XMPP, client"],
	["xmpp-server", "in XMPP, server"],
	["postgres", "in PostgreSQL"],
	["mysql", "in MySQL"],
	["nntp", "in NNTP"],
	["irc", "in IRC"],
	["rdp", "in RDP"],
];

const kinds: Record<string, string> = {
	pem: "PEM",
	der: "DER",
	base64: "base64",
	hex: "hexadecimal",
	pkcs7: "PKCS#7",
	pkcs12: "PKCS#12",
	jks: "Java keystore",
	jwk: "JSON Web Key",
	ssh: "OpenSSH key",
	ppk: "PuTTY key",
	"xml-key": "XML key",
	"key-text": "key as openssl prints it",
	text: "certificate in words",
	handshake: "handshake",
	scan: "scan",
	unknown: "not readable",
};

const tools: Record<string, string> = {
	s_client: "openssl s_client",
	verify: "openssl verify",
	bssl: "bssl client",
	curl: "curl",
	"gnutls-cli": "gnutls-cli",
	wget: "wget",
	java: "Java",
	chrome: "Chrome",
	firefox: "Firefox",
};

/** toolName is what the tool of a transcript is called. */
export function toolName(tool: string): string {
	return tools[tool] ?? visible(tool);
}

/** kindName is how a piece of input was written. */
export function kindName(kind: string): string {
	return kinds[kind] ?? toolName(kind);
}

// The programs and systems whose names are not what the contract calls them.
const programs: Record<string, string> = {
	openssl: "OpenSSL",
	gnutls: "GnuTLS",
	nss: "NSS",
	go: "Go",
	node: "Node.js",
	python: "Python",
	java: "Java",
	dotnet: ".NET",
	ruby: "Ruby",
	php: "PHP",
	rust: "Rust",
	chrome: "Chrome",
	firefox: "Firefox",
	safari: "Safari",
	macos: "macOS",
	windows: "Windows",
	schannel: "Schannel",
	docker: "Docker",
	terraform: "Terraform",
	postgres: "PostgreSQL",
	postgresql: "PostgreSQL",
	mysql: "MySQL",
	http: "HTTP",
	openldap: "OpenLDAP",
	postfix: "Postfix",
	dovecot: "Dovecot",
	apache: "Apache",
	haproxy: "HAProxy",
	envoy: "Envoy",
	wolfssl: "wolfSSL",
	mbedtls: "Mbed TLS",
	tls: "TLS",
	alert: "TLS alerts",
	apple: "Apple",
	cloudflare: "Cloudflare",
	ldap: "LDAP",
	git: "Git",
	wget: "Wget",
	caddy: "Caddy",
	traefik: "Traefik",
	tomcat: "Tomcat",
	iis: "IIS",
	certbot: "Certbot",
	kubernetes: "Kubernetes",
	aws: "AWS",
	azure: "Azure",
	gcp: "Google Cloud",
	"go-server": "Go server",
	"node-server": "Node.js server",
	"python-server": "Python server",
	psql: "PostgreSQL clients",
	alpine: "Alpine",
	debian: "Debian and Ubuntu",
	rhel: "RHEL and Fedora",
	"image-alpine": "Alpine image",
	"image-debian": "Debian or Ubuntu image",
	"image-rhel": "RHEL or UBI image",
	"image-scratch": "image from scratch",
	android: "Android",
	ios: "iOS",
	hosts: "hosts file",
	"private-ca": "private CA",
	smtp: "mail",
};

/** programName is what a program or a system of the catalogue is called. */
export function programName(program: string): string {
	return programs[program] ?? visible(program);
}

const audiences: Record<string, string> = {
	server: "on the server",
	client: "on the client",
	ca: "at the CA",
};

/** audienceName says where something is put right. */
export function audienceName(audience: string): string {
	return audiences[audience] ?? visible(audience);
}

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
