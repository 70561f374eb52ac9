// A handshake with a real server, told by the real openssl s_client and pasted
// into the page.

import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after as atEnd, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { launch } from "./harness.js";
import { after, onPage, paste, unfold } from "./lens.js";

const hasOpenSSL = spawnSync("openssl", ["version"]).status === 0;
const skip = hasOpenSSL ? false : "openssl not found: apt-get install openssl";

const scratch = mkdtempSync(join(tmpdir(), "certlens-openssl-"));
const path = (name: string): string => join(scratch, name);
const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: scratch, stdio: "pipe" });

const newKey = (name: string) => ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name];

// issue makes a certificate by an issuer whose files have that name.
function issue(name: string, subject: string, issuer: string, extensions: string): void {
	openssl("req", ...newKey(`${name}.key`), "-subj", subject, "-out", `${name}.csr`);
	writeFileSync(path(`${name}.ext`), extensions);
	const by = ["-CA", `${issuer}.pem`, "-CAkey", `${issuer}.key`, "-CAcreateserial"];
	openssl("x509", "-req", "-in", `${name}.csr`, ...by, "-days", "30", "-extfile", `${name}.ext`, "-out", `${name}.pem`);
}

function makeChain(): void {
	const root = ["-subj", "/CN=Example Test Root", "-addext", "keyUsage=critical,keyCertSign,cRLSign"];
	openssl("req", "-x509", ...newKey("root.key"), ...root, "-days", "30", "-out", "root.pem");
	const ca = "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n";
	issue("issuer", "/CN=Example Test Issuer", "root", ca);
	const server =
		"subjectAltName=DNS:live.example.com\nextendedKeyUsage=serverAuth\nkeyUsage=critical,digitalSignature\n";
	issue("leaf", "/CN=live.example.com", "issuer", server);
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

/** answers waits until something listens on the port. */
async function answers(port: number): Promise<void> {
	for (let tries = 0; tries < 100; tries++) {
		const open = await new Promise<boolean>((resolve) => {
			const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
			socket.on("connect", () => socket.destroy());
		});
		if (open) return;
		await sleep(50);
	}
	throw new Error(`openssl s_server does not listen on port ${port}`);
}

let browser: Browser;
let server: ChildProcess | undefined;
let port = 0;
before(async () => {
	if (!hasOpenSSL) return;
	makeChain();
	port = await freePort();
	const files = ["-cert", "leaf.pem", "-key", "leaf.key", "-cert_chain", "issuer.pem"];
	// The server ends when its standard input does.
	server = spawn("openssl", ["s_server", "-accept", `127.0.0.1:${port}`, ...files], {
		cwd: scratch,
		stdio: ["pipe", "ignore", "ignore"],
	});
	await answers(port);
	browser = await launch();
});
atEnd(async () => {
	server?.kill();
	await browser?.close();
	rmSync(scratch, { recursive: true });
});

/** converse gives a terminal with openssl s_client: the command, and all that it prints, in order. */
function converse(...flags: string[]): string {
	const target = ["-connect", `127.0.0.1:${port}`, "-servername", "live.example.com", "-showcerts"];
	const printed = openSync(path("printed"), "w");
	const stdio = ["pipe", printed, printed] as const;
	spawnSync("openssl", ["s_client", ...target, ...flags], { cwd: scratch, input: "", stdio: [...stdio] });
	closeSync(printed);
	const command = ["openssl", "s_client", ...target, ...flags].join(" ");
	return `$ ${command} </dev/null\n${readFileSync(path("printed"), "utf8")}`;
}

const table = [
	{ title: "TLS 1.3, with the root", flags: ["-tls1_3", "-CAfile", "root.pem"], protocol: "TLSv1.3", code: 0 },
	{ title: "TLS 1.2, with the root", flags: ["-tls1_2", "-CAfile", "root.pem"], protocol: "TLSv1.2", code: 0 },
	// Certificate verify error 20: unable to get local issuer certificate.
	{ title: "TLS 1.3, without the root", flags: ["-tls1_3"], protocol: "TLSv1.3", code: 20 },
] as const;

for (const { title, flags, protocol, code } of table) {
	test(`the page reads what openssl s_client prints: ${title}`, { skip }, () =>
		onPage(browser, async ({ page }) => {
			const printed = converse(...flags);
			const report = await after(page, () => paste(page, printed));
			const [transcript] = report.transcripts ?? [];
			assert.equal(transcript?.tool, "s_client", printed);
			assert.equal(transcript.protocol, protocol);
			assert.equal(transcript.verifyCode, code);
			assert.equal(report.host, "live.example.com", "the server name that was sent");
			const [leaf] = report.served;
			const want = new X509Certificate(readFileSync(path("leaf.pem"))).fingerprint256;
			assert.equal(leaf, want.replaceAll(":", "").toLowerCase());
			assert.equal(report.served.length, 2);
			assert.equal(report.diagnosis?.class, "unknown_root");
			await page.locator("cert-lens-chain [part=picture] .name").nth(2).waitFor();
			const names = await page.locator("cert-lens-chain [part=picture] .name").allTextContents();
			assert.deepEqual(
				names.slice(0, 3),
				["live.example.com", "live.example.com", "Example Test Issuer"],
				"host, leaf, issuer",
			);
			await unfold(page, "What openssl s_client said");
			await page.locator("cert-lens-transcript").getByText(protocol, { exact: true }).first().waitFor();
		}),
	);
}
