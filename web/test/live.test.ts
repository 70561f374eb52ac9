// Live hosts in the page: real servers, and the worker of this machine. The one
// at /v1 may connect to them, the one at /strict/v1 refuses to.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer as createHTTPServer, type Server as HTTPServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { address, launch, visit } from "./harness.js";
import { after, isWide, onPage, paste, unfoldAll, verdict, violations } from "./lens.js";
import { freePort, hasOpenSSL, Lab, withoutOpenSSL as skip } from "./servers.js";

const probe = "/v1";
const lab = new Lab();
const stops: Array<() => void> = [];
let browser: Browser;
// The ports of the servers: one that sends its chain, one that leaves out the
// issuer, and one that wants a client certificate.
let whole = 0;
let alone = 0;
let strict = 0;
// Where the issuer's certificate is had over HTTP, how often it was, and where
// the issuer tells what it has revoked.
let aia: HTTPServer;
let fetched = 0;

before(async () => {
	if (!hasOpenSSL) return;
	browser = await launch();
	lab.makeIssuer();
	aia = createHTTPServer((request, response) => {
		fetched++;
		response.writeHead(request.url === "/issuer.der" ? 200 : 404, { "Content-Type": "application/pkix-cert" });
		response.end(request.url === "/issuer.der" ? issuerDER() : "");
	});
	const aiaPort = await listen(aia);
	const ocspPort = await freePort();
	const access = `caIssuers;URI:http://127.0.0.1:${aiaPort}/issuer.der,OCSP;URI:http://127.0.0.1:${ocspPort}/`;
	lab.issueServer("leaf", "DNS:live.example.com,DNS:localhost,IP:127.0.0.1", `authorityInfoAccess=${access}\n`);
	whole = await lab.serve("leaf", "-cert_chain", "issuer.pem", "-alpn", "h2");
	alone = await lab.serve("leaf");
	strict = await lab.serve("leaf", "-cert_chain", "issuer.pem", "-Verify", "1", "-CAfile", "root.pem");
	await startResponder(ocspPort);
});
atEnd(async () => {
	await browser?.close();
	lab.close();
	for (const stop of stops) stop();
});

const issuerDER = (): Buffer => lab.openssl("x509", "-in", "issuer.pem", "-outform", "der");

// An OCSP responder for which the leaf was revoked in the year 2026.
async function startResponder(port: number): Promise<void> {
	const serial = new X509Certificate(readFileSync(lab.path("leaf.pem"))).serialNumber;
	const entry = ["R", "300101000000Z", "260101000000Z,keyCompromise", serial, "unknown", "/CN=live.example.com"];
	writeFileSync(lab.path("index.txt"), `${entry.join("\t")}\n`);
	const signer = ["-rsigner", "issuer.pem", "-rkey", "issuer.key", "-CA", "issuer.pem"];
	await lab.start("ocsp", "-index", "index.txt", "-port", String(port), ...signer);
}

async function listen(server: Server | HTTPServer): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	stops.push(() => server.close());
	return (server.address() as AddressInfo).port;
}

/** greet is a server that says something, and then nothing more. */
function greet(text: string): Promise<number> {
	const sockets = new Set<Socket>();
	stops.push(() => {
		for (const socket of sockets) socket.destroy();
	});
	return listen(
		createServer((socket) => {
			sockets.add(socket.on("error", () => {}));
			socket.write(text);
		}),
	);
}

/** narrow passes so many connections on to a port, and leaves the others without an answer. */
function narrow(port: number, connections: number): Promise<number> {
	const sockets = new Set<Socket>();
	stops.push(() => {
		for (const socket of sockets) socket.destroy();
	});
	return listen(
		createServer((socket) => {
			sockets.add(socket.on("error", () => {}));
			if (connections-- <= 0) return;
			const inner = connect(port, "127.0.0.1").on("error", () => {});
			sockets.add(inner);
			socket.pipe(inner).pipe(socket);
		}),
	);
}

const field = (page: Page) => page.getByLabel("Live server");

async function check(page: Page, text: string): Promise<void> {
	await field(page).fill(text);
	await page.keyboard.press("Enter");
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** scan runs a scan to its end, and gives the report that it is in. */
function scan(page: Page) {
	return after(page, () => press(page, "Scan the server's TLS"));
}

// What the browser itself says about an answer that is not 200.
function forget(errors: string[]): void {
	const others = errors.filter((text) => !text.startsWith("Failed to load resource"));
	errors.splice(0, errors.length, ...others);
}

test("a page without a worker shows nothing of it, and makes no request", { skip }, () =>
	onPage(browser, async ({ page, requests }) => {
		const loaded = requests.length;
		assert.equal(await field(page).count(), 0);
		await after(page, () => paste(page, readFileSync(lab.path("leaf.pem"), "utf8")));
		for (const name of ["Check revocation", "Fetch the missing intermediate", "Scan the server's TLS"])
			assert.equal(await page.getByRole("button", { name }).count(), 0, name);
		assert.deepEqual(requests.slice(loaded), []);
	}),
);

test("the page of certlens itself has a worker, and asks it nothing unasked", { skip }, async () => {
	const { page, requests, errors, close } = await visit(browser);
	await field(page).waitFor();
	await page.locator("cert-lens-progress progress").waitFor({ state: "detached" });
	await after(page, () => page.evaluate((text) => document.querySelector("cert-lens")?.replaceText(text), chain()));
	assert.ok(requests.every((url) => !url.includes("/v1/")));
	assert.deepEqual(errors, []);
	await close();
});

const chain = (): string => ["leaf.pem", "issuer.pem"].map((name) => readFileSync(lab.path(name), "utf8")).join("");

test("a typed host streams a report", { skip }, () =>
	onPage(
		browser,
		async ({ page, requests }) => {
			const loaded = requests.length;
			const report = await after(page, () => check(page, `localhost:${whole}`));
			assert.deepEqual(requests.slice(loaded), [`${address}v1/handshake`]);
			assert.equal(report.served.length, 2);
			assert.deepEqual([report.host, report.hostFrom], ["localhost", "handshake"]);
			assert.equal(await verdict(page).textContent(), report.diagnosis?.summary);
			const facts = (await page.locator("cert-lens-handshake dl").textContent()) ?? "";
			for (const fact of ["TLSv1.3", "TLS_AES", "h2", "this machine", `localhost, port ${whole} (127.0.0.1)`])
				assert.ok(facts.includes(fact), fact);
			assert.match((await page.locator("cert-lens-verdict .verdict").textContent()) ?? "", /as seen from this machine/);
			assert.match((await page.locator("cert-lens-strip .pasted").textContent()) ?? "", /live, 2 certificates/);
			// A paste is the next question, and not one about the same server.
			await page.locator("cert-lens-strip").getByRole("button", { name: "Edit" }).focus();
			const next = await after(page, () => paste(page, readFileSync(lab.path("root.pem"), "utf8")));
			assert.equal(next.handshake, undefined);
			assert.equal(next.served.length, 1);
		},
		{ probe },
	),
);

test("a URL is read for its host and port, and the page says so", { skip }, () =>
	onPage(
		browser,
		async ({ page }) => {
			const report = await after(page, () => check(page, `https://user@LOCALHOST:${whole}/path?query`));
			assert.equal(report.handshake?.host, "localhost");
			await page.getByText(`Of the address, only localhost:${whole} is used.`).waitFor();
		},
		{ probe },
	),
);

test("what names no server is said at the field", { skip }, () =>
	onPage(
		browser,
		async ({ page, requests }) => {
			const loaded = requests.length;
			for (const [text, sentence] of [
				["", /Give a host name or an IP address/],
				["some thing", /"some thing" is not a host name/],
				["example.com:https", /"https" is not a port/],
				["gopher://example.com", /"gopher" is not a scheme/],
				["a\u202eb.example", /is not a (host name|name that DNS can hold)/],
			] as const) {
				await check(page, text);
				await page.getByRole("alert").filter({ hasText: sentence }).waitFor();
				assert.equal(await field(page).getAttribute("aria-invalid"), "true");
			}
			assert.deepEqual(requests.slice(loaded), []);
		},
		{ probe },
	),
);

test("a handshake can be cancelled", { skip }, () =>
	onPage(
		browser,
		async ({ page }) => {
			const silent = await greet("");
			await check(page, `127.0.0.1:${silent}`);
			await page.getByText(`Handshake with 127.0.0.1, port ${silent}`).first().waitFor();
			const ended = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/v1/handshake"));
			await press(page, "Cancel");
			await ended;
			assert.equal(await page.getByRole("button", { name: "Cancel" }).count(), 0);
			const report = await after(page, () => check(page, `127.0.0.1:${whole}`));
			assert.equal(report.served.length, 2);
		},
		{ probe },
	),
);

test(
	"a host that the worker refuses is told with the line that reaches it, and the page reads what that prints",
	{ skip },
	() =>
		onPage(
			browser,
			async ({ page, errors }) => {
				await check(page, `localhost:${whole}`);
				const command = page.locator("cert-lens-unreached [part=command]");
				const line = `openssl s_client -connect localhost:${whole} -servername localhost -showcerts </dev/null`;
				assert.equal(await command.textContent(), line);
				assert.ok(((await page.locator("cert-lens-unreached [role=alert]").textContent()) ?? "").length > 20);
				await press(page, "Copy the command");
				await page.getByText("Copied").first().waitFor();
				assert.equal(await page.evaluate(() => navigator.clipboard.readText()), line);
				const printed = execFileSync("sh", ["-c", `${line} 2>&1`], { cwd: lab.directory }).toString();
				const report = await after(page, () => paste(page, printed));
				assert.equal(report.transcripts?.[0]?.tool, "s_client");
				assert.equal(report.host, "localhost", "the host that was asked about");
				assert.equal(report.served.length, 2);
				assert.equal(await command.count(), 0, "what was refused is history");
				const other = await after(page, () => paste(page, chain()));
				assert.equal(other.host ?? "", "", "the host went with it");
				forget(errors);
			},
			{ probe: "/strict/v1" },
		),
);

test("STARTTLS is in the line as openssl names it", { skip }, () =>
	onPage(
		browser,
		async ({ page, errors }) => {
			for (const [text, line] of [
				["10.0.0.1:587", "openssl s_client -connect 10.0.0.1:587 -showcerts -starttls smtp </dev/null"],
				["[fd00::1]:5222", "openssl s_client -connect '[fd00::1]:5222' -showcerts -starttls xmpp </dev/null"],
			] as const) {
				await check(page, text);
				await page.locator("cert-lens-unreached [part=command]").getByText(line, { exact: true }).waitFor();
			}
			await page.getByLabel("TLS begins").selectOption("rdp");
			await check(page, "10.0.0.1:3389");
			await page.locator("cert-lens-unreached [part=command]").waitFor({ state: "detached" });
			forget(errors);
		},
		{ probe: "/strict/v1" },
	),
);

test("where nobody listens, the verdict says so, and the line is there", { skip }, () =>
	onPage(
		browser,
		async ({ page }) => {
			const vacant = await freePort();
			const report = await after(page, () => check(page, `127.0.0.1:${vacant}`));
			assert.equal(report.diagnosis?.class, "refused");
			assert.equal(await verdict(page).textContent(), report.diagnosis.summary);
			await page.locator("cert-lens-unreached [part=command]").waitFor();
			const next = await after(page, () => paste(page, chain()));
			assert.equal(next.handshake, undefined, "a paste replaces what could not be reached");
		},
		{ probe },
	),
);

test("a page whose server has no worker says so", { skip }, () =>
	onPage(
		browser,
		async ({ page, errors }) => {
			await check(page, `localhost:${whole}`);
			const alert = page.locator("cert-lens-unreached [role=alert]");
			assert.match((await alert.textContent()) ?? "", /makes no handshakes: it answered (404|405)/);
			await page.locator("cert-lens-unreached [part=command]").waitFor();
			forget(errors);
		},
		{ probe: "/nowhere" },
	),
);

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
		},
		{ probe },
	),
);

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

test("a scan shows versions, suites and profiles", { skip, timeout: 60_000 }, () =>
	onPage(
		browser,
		async ({ page }) => {
			await after(page, () => check(page, `localhost:${strict}`));
			const report = await scan(page);
			const result = report.scan;
			assert.ok(result?.done);
			const element = page.locator("cert-lens-scan");
			const suites = result.versions.flatMap((version) => version.suites ?? []);
			assert.ok(suites.length > 3);
			for (const { name } of suites) await element.getByText(name, { exact: true }).first().waitFor();
			const rows = await element.locator("tbody tr").count();
			assert.equal(rows, new Set(suites.map(({ id }) => id)).size, "a row for each suite");
			await element
				.getByRole("status")
				.filter({ hasText: "The scan is complete: TLSv1.3, TLSv1.2" })
				.waitFor({ state: "attached" });
			await element.getByLabel("Profile", { exact: true }).selectOption("modern");
			await element.getByLabel(/^Configuration that meets it/).selectOption({ index: 0 });
			assert.match((await element.locator("pre").textContent()) ?? "", /\S/);
			assert.ok(await page.getByRole("button", { name: "Scan the server's TLS again" }).isVisible());
		},
		{ probe },
	),
);

test("a scan shows what it has found so far, and can be cancelled", { skip }, () =>
	onPage(
		browser,
		async ({ page }) => {
			const port = await narrow(whole, 6);
			await after(page, () => check(page, `localhost:${port}`));
			await press(page, "Scan the server's TLS");
			await page.locator("cert-lens-scan tbody tr").first().waitFor();
			const report = await after(page, () => press(page, "Cancel the scan"));
			assert.equal(report.scan?.done, false);
			await page.getByText("The scan was ended before it was done; what is below").waitFor();
			assert.ok((await page.locator("cert-lens-scan tbody tr").count()) > 0, "what was found stays");
		},
		{ probe },
	),
);

test("what a server says is text, and shows what hides in it", { skip }, () =>
	onPage(
		browser,
		async ({ page }) => {
			const port = await greet("220 <img src=x onerror=alert(1)> \u202egnp.exe \u001b[2J\r\n");
			await page.getByLabel("TLS begins").selectOption("smtp");
			await check(page, `127.0.0.1:${port}`);
			await press(page, "Cancel");
			const rude = await greet("SSH-2.0-\u202e<b>Example</b>\r\n");
			await page.getByLabel("TLS begins").selectOption("none");
			await after(page, () => check(page, `127.0.0.1:${rude}`));
			const said = (await page.locator("cert-lens-handshake pre").textContent()) ?? "";
			assert.match(said, /^SSH-2\.0-[^\u202e]+<b>Example<\/b>$/);
			assert.equal(await page.locator("cert-lens-handshake b, cert-lens-handshake img").count(), 0);
		},
		{ probe },
	),
);

for (const colorScheme of ["light", "dark"] as const) {
	test(`axe finds nothing about live hosts (${colorScheme})`, { skip, timeout: 120_000 }, () =>
		onPage(
			browser,
			async ({ page }) => {
				assert.deepEqual(await violations(page), [], "first screen");
				await check(page, "some thing");
				await page.getByRole("alert").waitFor();
				assert.deepEqual(await violations(page), [], "a problem at the field");
				await after(page, async () => check(page, `127.0.0.1:${await freePort()}`));
				assert.deepEqual(await violations(page), [], "unreached");
				await after(page, () => check(page, `localhost:${strict}`));
				assert.deepEqual(await violations(page), [], "handshake");
				await scan(page);
				await unfoldAll(page);
				assert.deepEqual(await violations(page), [], "scan");
			},
			{ probe, colorScheme },
		),
	);
}

for (const width of [320, 390, 1280]) {
	test(`nothing about live hosts scrolls sideways at ${width} pixels`, { skip, timeout: 60_000 }, () =>
		onPage(
			browser,
			async ({ page }) => {
				assert.equal(await isWide(page), false, "first screen");
				await after(page, async () => check(page, `127.0.0.1:${await freePort()}`));
				assert.equal(await isWide(page), false, "unreached");
				await after(page, () => check(page, `localhost:${strict}`));
				await scan(page);
				await unfoldAll(page);
				assert.equal(await isWide(page), false, "scan");
			},
			{ probe, viewport: { width, height: 800 } },
		),
	);
}
