// The parts behind live hosts that need no browser: the worker's answers, against
// a real HTTP server, and what is made of them.

import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Certificate, Handshake, Report, Scan, ScanSuite } from "../src/engine/report.gen.js";
import { missingIssuer, revocable } from "../src/live/asks.js";
import { Edge, NoAnswer } from "../src/live/edge.js";
import { facts } from "../src/live/facts.js";
import { isUnreached, speaksTLS } from "../src/live/live.js";
import { briefly, legend, matrixOf } from "../src/live/matrix.js";

const answers: Record<string, { status: number; headers?: Record<string, string>; body: string }> = {
	"/good/handshake": { status: 200, body: JSON.stringify({ host: "example.com" }) },
	"/refused/handshake": { status: 403, body: JSON.stringify({ code: "private_address", message: "It is private." }) },
	"/often/handshake": {
		status: 429,
		headers: { "Retry-After": "12" },
		body: JSON.stringify({ code: "rate_limit", message: "Too often." }),
	},
	"/busy/handshake": {
		status: 503,
		headers: { "Retry-After": "1" },
		body: JSON.stringify({ code: "busy", message: "Too many." }),
	},
	"/page/handshake": { status: 404, body: "<!doctype html><title>Not found</title>" },
	"/odd/handshake": { status: 500, body: JSON.stringify({ code: 1, message: null }) },
	"/cut/handshake": { status: 200, body: '{"host": "exa' },
	"/away/handshake": { status: 302, headers: { Location: "/good/handshake" }, body: "" },
};

let server: Server;
let origin = "";
let asked: { method?: string; type?: string; body: string } = { body: "" };
before(async () => {
	server = createServer(async (request, response) => {
		let body = "";
		for await (const part of request) body += part;
		asked = { method: request.method, type: request.headers["content-type"], body };
		const answer = answers[request.url ?? ""];
		if (!answer) return; // silence
		response.writeHead(answer.status, answer.headers);
		response.end(answer.body);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	globalThis.location = { href: `${origin}/` } as Location;
});
after(() => {
	server.closeAllConnections();
	server.close();
});

const ask = (base: string, signal = new AbortController().signal) =>
	new Edge(base).handshake({ host: "example.com", offer: {} }, signal);

test("a request is JSON, to the address in the attribute", async () => {
	assert.deepEqual(await ask("/good/"), { host: "example.com" });
	assert.deepEqual([asked.method, asked.type], ["POST", "application/json"]);
	assert.deepEqual(JSON.parse(asked.body), { host: "example.com", offer: {} });
	assert.equal(new Edge("/v1").host, origin.slice("http://".length));
	assert.equal(new Edge("https://edge.example.com/v1").host, "edge.example.com");
});

test("an answer other than 200 is said in words", async () => {
	const table: Array<[string, string, RegExp, boolean]> = [
		["/refused", "private_address", /^It is private\.$/, false],
		["/often", "rate_limit", /^Too often\. Ask again in 12 seconds\.$/, true],
		["/busy", "busy", /^Too many\. Ask again in 1 second\.$/, true],
		["/page", "unreachable", /^127\.0\.0\.1:\d+ makes no handshakes: it answered 404\.$/, false],
		["/odd", "unreachable", /it answered 500\.$/, false],
		["/cut", "unreachable", /could not be asked, or broke off its answer\.$/, false],
		["/away", "unreachable", /could not be asked/, false],
		["http://127.0.0.1:1", "unreachable", /could not be asked/, false],
	];
	for (const [base, code, sentence, isPassing] of table) {
		await assert.rejects(ask(base), (error: unknown) => {
			assert.ok(error instanceof NoAnswer, base);
			assert.equal(error.code, code, base);
			assert.match(error.message, sentence, base);
			assert.equal(error.isPassing, isPassing, base);
			return true;
		});
	}
});

test("an aborted request is no refusal", async () => {
	const controller = new AbortController();
	const pending = ask("/silent", controller.signal);
	controller.abort();
	await assert.rejects(pending, { name: "AbortError" });
});

const certificate = (id: string, extensions: unknown[] = []): Certificate =>
	({ id, title: id, selfSigned: false, extensions }) as unknown as Certificate;

const access = (...fields: Array<[string, string]>) => ({
	oid: "1.3.6.1.5.5.7.1.1",
	fields: fields.map(([label, value]) => ({ label, value })),
});

const points = (...values: string[]) => ({
	oid: "2.5.29.31",
	fields: values.map((value) => ({ label: "Distribution point", items: [{ label: "Full name", value }] })),
});

const pathOf = (certificates: string[], failure?: string, store?: string) => ({
	certificates,
	store,
	trusted: false,
	problems: failure ? [{ class: failure, certificate: certificates.at(-1) ?? "", detail: "", rule: "" }] : [],
});

test("the issuer is asked for where it is missing, and where the certificate says", () => {
	const known = access(["CA issuers", "http://ca.example.com/ca.cer"], ["OCSP", "http://ocsp.example.com"]);
	const table: Array<[string, Certificate, ReturnType<typeof pathOf>, string[] | undefined]> = [
		["missing", certificate("a", [known]), pathOf(["a"], "missing_intermediate"), ["http://ca.example.com/ca.cer"]],
		["unknown", certificate("a", [known]), pathOf(["a"], "unknown_root"), ["http://ca.example.com/ca.cer"]],
		["expired", certificate("a", [known]), pathOf(["a"], "expired"), undefined],
		["anchored", certificate("a", [known]), pathOf(["a"], "expired", "mozilla"), undefined],
		["nowhere", certificate("a"), pathOf(["a"], "missing_intermediate"), undefined],
		[
			"LDAP",
			certificate("a", [access(["CA issuers", "ldap://ca.example.com"])]),
			pathOf(["a"], "missing_intermediate"),
			undefined,
		],
		["self-signed", { ...certificate("a", [known]), selfSigned: true }, pathOf(["a"], "unknown_root"), undefined],
	];
	for (const [name, leaf, path, urls] of table) {
		const report = { certificates: [leaf], paths: [path] } as unknown as Report;
		assert.deepEqual(missingIssuer(report)?.urls, urls, name);
	}
	assert.equal(missingIssuer({ certificates: [], paths: [] } as unknown as Report), undefined);
});

test("revocation is asked for where it is told, and not known", () => {
	const leaf = certificate("a", [access(["OCSP", "http://ocsp.example.com"]), points("http://crl.example.com/a.crl")]);
	const report = (over: object) =>
		({ certificates: [leaf, certificate("b")], paths: [pathOf(["a", "b"])], ...over }) as unknown as Report;
	const urls = ["http://ocsp.example.com", "http://crl.example.com/a.crl"];
	const entry = { certificate: "a", status: "good", verified: true, current: true };
	assert.deepEqual(revocable(report({}))?.urls, urls);
	assert.deepEqual(revocable(report({ revocations: [{ ...entry, current: false }] }))?.urls, urls, "out of date");
	assert.equal(revocable(report({ revocations: [entry] })), undefined, "known");
	assert.equal(revocable(report({ paths: [pathOf(["a"])] })), undefined, "no issuer at hand");
	assert.equal(revocable(report({ certificates: [certificate("a"), certificate("b")] })), undefined, "told nowhere");
});

const suite = (id: number, name: string, group?: string): ScanSuite => ({
	id,
	name,
	group: group ? { id: 0, name: group } : undefined,
});

test("suites are put into one table, with their places", () => {
	const scan = {
		versions: [
			{ version: 0x0304, protocol: "TLSv1.3", supported: "yes", order: "client", suites: [suite(1, "A", "x25519")] },
			{
				version: 0x0303,
				protocol: "TLSv1.2",
				supported: "yes",
				order: "server",
				suites: [suite(2, "B", "x25519"), suite(3, "C")],
			},
			{
				version: 0x0302,
				protocol: "TLSv1.1",
				supported: "yes",
				order: "server",
				suites: [suite(3, "C"), suite(2, "B", "secp256r1")],
			},
			{ version: 0x0300, protocol: "SSLv3", supported: "no" },
		],
	} as unknown as Scan;
	const matrix = matrixOf(scan);
	assert.deepEqual(
		matrix.rows.map(({ suite: { name }, places, exchange }) => [name, ...places, exchange]),
		[
			["A", "✓", "", "", "x25519"],
			["B", "", "1", "2", "x25519 or secp256r1"],
			["C", "", "2", "1", ""],
		],
	);
	assert.equal(
		legend(matrix),
		"A number is the place in the server's order. TLSv1.3 in the client's; TLSv1.2 in the server's order; TLSv1.1 in the server's order.",
	);
	assert.deepEqual(["TLSv1.3", "TLSv1.1", "TLSv1", "SSLv3", "SSLv2"].map(briefly), [
		"1.3",
		"1.1",
		"1.0",
		"SSL 3",
		"SSL 2",
	]);
});

test("facts are those that were seen", () => {
	const h: Handshake = {
		host: "example.com",
		port: 443,
		at: "",
		offer: {},
		step: "connect",
		failure: { class: "timeout", detail: "No answer." },
		complete: false,
		timings: [{ step: "resolve", milliseconds: 0 }],
		sent: 0,
		received: 0,
	};
	const shown = (over: Partial<Handshake>) => Object.fromEntries(facts({ ...h, ...over }, undefined));
	assert.deepEqual(shown({}), { Server: "example.com, port 443", Failed: "connecting: No answer." });
	const alerts = [
		{ number: 0, name: "close_notify", line: 0 },
		{ number: 40, name: "handshake_failure", line: 0 },
	];
	assert.equal(shown({ alerts }).Alerts, "handshake_failure (40) from the server");
	assert.equal(shown({ timings: [{ step: "hello", milliseconds: 12.34 }] }).Took, "hello 12 ms");
	assert.equal(shown({ staple: "MAMKAQM=", sent: 1 })["OCSP staple"], "5 bytes, read below");
	assert.equal(shown({ sent: 1 })["Server name sent"], "none");
	assert.ok(!speaksTLS(h));
	assert.ok(speaksTLS({ ...h, version: 0x0303 }));
	assert.ok(speaksTLS({ ...h, alerts }), "an alert is an answer");
	assert.ok(isUnreached(h));
	assert.ok(!isUnreached({ ...h, failure: { class: "plain_http", detail: "" } }));
	assert.ok(!isUnreached({ ...h, certificates: ["MA=="] }));
});
