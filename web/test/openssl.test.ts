// A handshake with a real server, told by the real openssl s_client and pasted
// into the page.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { closeSync, openSync, readFileSync } from "node:fs";
import { after as atEnd, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launch } from "./harness.js";
import { after, onPage, paste, unfold } from "./lens.js";
import { hasOpenSSL, Lab, withoutOpenSSL as skip } from "./servers.js";

const lab = new Lab();
let browser: Browser;
let port = 0;
before(async () => {
	if (!hasOpenSSL) return;
	lab.makeIssuer();
	lab.issueServer("leaf", "DNS:live.example.com");
	port = await lab.serve("leaf", "-cert_chain", "issuer.pem");
	browser = await launch();
});
atEnd(async () => {
	lab.close();
	await browser?.close();
});

/** converse gives a terminal with openssl s_client: the command, and all that it prints, in order. */
function converse(...flags: string[]): string {
	const target = ["-connect", `127.0.0.1:${port}`, "-servername", "live.example.com", "-showcerts"];
	const printed = openSync(lab.path("printed"), "w");
	const stdio = ["pipe", printed, printed] as const;
	spawnSync("openssl", ["s_client", ...target, ...flags], { cwd: lab.directory, input: "", stdio: [...stdio] });
	closeSync(printed);
	const command = ["openssl", "s_client", ...target, ...flags].join(" ");
	return `$ ${command} </dev/null\n${readFileSync(lab.path("printed"), "utf8")}`;
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
			const want = new X509Certificate(readFileSync(lab.path("leaf.pem"))).fingerprint256;
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
