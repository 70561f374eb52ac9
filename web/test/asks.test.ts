// What a report can still ask the network for: the missing issuer, and the state
// of revocation.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { after as atEnd, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { address, launch } from "./harness.js";
import { certify, check, close, forget, lab, listen, press, probe, serveWhole } from "./hosts.js";
import { after, onPage, paste, violations } from "./lens.js";
import { freePort, hasOpenSSL, withoutOpenSSL as skip } from "./servers.js";

let browser: Browser;
// The ports of the servers: one that sends its chain, and one that leaves out the
// issuer.
let whole = 0;
let alone = 0;
// How often the issuer's certificate was had over HTTP.
let fetched = 0;

before(async () => {
	if (!hasOpenSSL) return;
	browser = await launch();
	const aia = createServer((request, response) => {
		fetched++;
		response.writeHead(request.url === "/issuer.der" ? 200 : 404, { "Content-Type": "application/pkix-cert" });
		response.end(request.url === "/issuer.der" ? issuerDER() : "");
	});
	const aiaPort = await listen(aia);
	const ocspPort = await freePort();
	const access = `caIssuers;URI:http://127.0.0.1:${aiaPort}/issuer.der,OCSP;URI:http://127.0.0.1:${ocspPort}/`;
	const extensions = `authorityInfoAccess=${access}\n`;
	certify(extensions);
	for (const name of ["good", "stranger"]) lab.issueServer(name, `DNS:${name}.example.com,DNS:localhost`, extensions);
	whole = await serveWhole();
	alone = await lab.serve("leaf");
	await startResponder(ocspPort);
});
atEnd(async () => {
	await browser?.close();
	close();
});

const issuerDER = (): Buffer => lab.openssl("x509", "-in", "issuer.pem", "-outform", "der");

// An OCSP responder for which the leaf was revoked in the year 2026, and which
// does not know the stranger.
async function startResponder(port: number): Promise<void> {
	const serial = (name: string) => new X509Certificate(readFileSync(lab.path(`${name}.pem`))).serialNumber;
	const entries = [
		["R", "300101000000Z", "260101000000Z,keyCompromise", serial("leaf"), "unknown", "/CN=live.example.com"],
		["V", "300101000000Z", "", serial("good"), "unknown", "/CN=good.example.com"],
	];
	writeFileSync(lab.path("index.txt"), entries.map((entry) => `${entry.join("\t")}\n`).join(""));
	const signer = ["-rsigner", "issuer.pem", "-rkey", "issuer.key", "-CA", "issuer.pem", "-nmin", "60"];
	await lab.start("ocsp", "-index", "index.txt", "-port", String(port), ...signer);
}

test("the missing intermediate is fetched when asked for", { skip }, () =>
	onPage(
		browser,
		async ({ page, requests }) => {
			const missing = await after(page, () => check(page, `localhost:${alone}`));
			assert.equal(missing.diagnosis?.class, "missing_intermediate");
			assert.equal(fetched, 0, "nothing is fetched unasked");
			const said = (await page.locator("cert-lens-asks ul").textContent()) ?? "";
			assert.match(
				said,
				/Sends the certificate of live\.example\.com to 127\.0\.0\.1:\d+, which asks http:\/\/127\.0\.0\.1:\d+\/issuer\.der/,
			);
			const loaded = requests.length;
			const report = await after(page, () => press(page, "Fetch the missing intermediate"));
			assert.deepEqual(requests.slice(loaded), [`${address}v1/issuer`]);
			assert.equal(fetched, 1);
			assert.equal(report.served.length, 1, "the server still does not send it");
			assert.ok(report.certificates.some(({ title }) => title === "Example Test Issuer"));
			assert.match(
				report.diagnosis?.causes.map(({ summary }) => summary).join(" ") ?? "",
				/did not send Example Test Issuer/,
			);
			await page
				.getByText(/^Fetched 1 certificate from http/)
				.first()
				.waitFor();
			await press(page, "Edit");
			const box = page.getByRole("textbox", { name: "Certificate, chain or error message" });
			assert.match(await box.inputValue(), /^Fetched 1 certificate from .*\n-----BEGIN CERTIFICATE-----/);
		},
		{ probe },
	),
);

test("revocation is checked when asked for", { skip }, () =>
	onPage(
		browser,
		async ({ page, requests }) => {
			await after(page, () => check(page, `localhost:${whole}`));
			const loaded = requests.length;
			const report = await after(page, () => press(page, "Check revocation"));
			assert.deepEqual(requests.slice(loaded), [`${address}v1/revocation`]);
			assert.ok(report.revocations?.some(({ status, verified }) => status === "revoked" && verified));
			assert.equal(report.diagnosis?.class, "revoked");
			assert.equal(await page.getByRole("button", { name: "Check revocation" }).count(), 0);
			assert.ok(
				await page.locator("cert-lens-asks .said").evaluate((e) => e.matches(":focus")),
				"the focus has a place",
			);
			assert.deepEqual(await violations(page), []);
		},
		{ probe },
	),
);

for (const [name, sentence, detail] of [
	[
		"leaf",
		"live.example.com is revoked.",
		/^The OCSP response of Example Test Issuer of \S+ says that live\.example\.com is revoked since 2026-01-01T00:00:00Z \(Key compromise\)\.$/,
	],
	["good", "good.example.com is not revoked.", /^The OCSP response .* says that good\.example\.com is not revoked\.$/],
	[
		"stranger",
		"It is unknown whether stranger.example.com is revoked.",
		/responder does not know stranger\.example\.com\.$/,
	],
] as const) {
	test(`where revocation was asked for stands what was found, and who said it: ${name}`, { skip }, () =>
		onPage(
			browser,
			async ({ page }) => {
				const port = await lab.serve(name, "-cert_chain", "issuer.pem");
				await after(page, () => check(page, `localhost:${port}`));
				await after(page, () => press(page, "Check revocation"));
				const found = page.locator("cert-lens-asks li", { hasText: sentence });
				assert.match((await found.locator("p").filter({ hasText: detail }).textContent()) ?? "", detail);
				await found.getByText(/^Fetched an OCSP response from http/).waitFor();
				const spoken = (await page.locator("cert-lens-asks [role=status]").textContent()) ?? "";
				assert.match(spoken, /^Fetched an OCSP response from \S+\. The OCSP response of/);
			},
			{ probe },
		),
	);
}

test("what cannot be fetched is said", { skip }, () =>
	onPage(
		browser,
		async ({ page, errors }) => {
			await after(page, () => paste(page, readFileSync(lab.path("leaf.pem"), "utf8")));
			await press(page, "Fetch the missing intermediate");
			await page.locator("cert-lens-asks .said.error").waitFor();
			forget(errors);
		},
		{ probe: "/strict/v1" },
	),
);
