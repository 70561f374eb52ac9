// Live hosts in the page: real servers, and the worker of this machine. The one
// at /v1 may connect to them, the one at /strict/v1 refuses to.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Locator } from "playwright-core";
import { address, launch, visit } from "./harness.js";
import { certify, chain, check, close, field, forget, greet, lab, press, probe, serveWhole } from "./hosts.js";
import { after, isWide, onPage, paste, reads, unfoldAll, verdict, violations } from "./lens.js";
import { freePort, hasOpenSSL, withoutOpenSSL as skip } from "./servers.js";

let browser: Browser;
let whole = 0;

before(async () => {
	if (!hasOpenSSL) return;
	browser = await launch();
	// It names an issuer and a responder that nobody asks here.
	certify("authorityInfoAccess=caIssuers;URI:http://127.0.0.1:9/,OCSP;URI:http://127.0.0.1:9/\n");
	whole = await serveWhole("-alpn", "h2");
});
atEnd(async () => {
	await browser?.close();
	close();
});

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
			for (const fact of [
				"TLSv1.3",
				"TLS_AES",
				"h2",
				"the machine that runs certlens",
				`localhost, port ${whole} (127.0.0.1)`,
			])
				assert.ok(facts.includes(fact), fact);
			assert.match(
				(await page.locator("cert-lens-verdict .verdict").textContent()) ?? "",
				/as seen from the machine that runs certlens/,
			);
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

test("what names no server ends what was known of another one", { skip }, () =>
	onPage(
		browser,
		async ({ page }) => {
			await after(page, () => check(page, `localhost:${whole}`));
			await check(page, "some thing");
			await page.getByRole("alert").filter({ hasText: "is not a host name" }).waitFor();
			for (const gone of ["cert-lens-verdict", "cert-lens-handshake", "cert-lens-strip"])
				assert.equal(await page.locator(gone).count(), 0, gone);
			// A paste is not about a server, and stays.
			await after(page, () => paste(page, chain()));
			await check(page, "some thing");
			await page.getByRole("alert").filter({ hasText: "is not a host name" }).waitFor();
			assert.equal(await verdict(page).count(), 1);
		},
		{ probe },
	),
);

test("what names no server, or is refused, ends what was refused before", { skip }, () =>
	onPage(
		browser,
		async ({ page, errors }) => {
			await after(page, () => paste(page, chain()));
			await check(page, "10.0.0.1");
			const refusal = page.locator("cert-lens-unreached");
			await refusal.getByText("10.0.0.1:443").waitFor();
			assert.equal(await verdict(page).count(), 0, "the refusal is not about what was there");
			await check(page, "10.0.0.2");
			await refusal.getByText("10.0.0.2:443").waitFor();
			await check(page, "some thing");
			await refusal.waitFor({ state: "detached" });
			forget(errors);
		},
		{ probe: "/strict/v1" },
	),
);

// Whether all of an element is on the screen.
const isInView = (element: Locator): Promise<boolean> =>
	element.evaluate((e) => {
		const { top, bottom } = e.getBoundingClientRect();
		return bottom > top && top >= 0 && bottom <= innerHeight;
	});

const phone = { width: 390, height: 640 };

test("on a small screen, what is wrong with a server comes into view", { skip }, () =>
	onPage(
		browser,
		async ({ page }) => {
			const rude = await greet("HTTP/1.1 400 Bad Request\r\n\r\n");
			await after(page, () => check(page, `127.0.0.1:${rude}`));
			await page.waitForFunction(() => scrollY > 0);
			assert.ok(await isInView(verdict(page)), "the verdict");
			await check(page, "some thing");
			await page.getByRole("alert").waitFor();
			assert.ok(await isInView(page.getByRole("alert")), "a problem at the field");
			await after(page, async () => check(page, `127.0.0.1:${await freePort()}`));
			const why = page.locator("cert-lens-unreached [role=alert]");
			await why.waitFor();
			assert.ok(await isInView(why), "why there is no way to it");
		},
		{ probe, viewport: phone },
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
				["10.0.0.1:587", "openssl s_client -connect 10.0.0.1:587 -starttls smtp -showcerts </dev/null"],
				["[fd00::1]:5222", "openssl s_client -connect '[fd00::1]:5222' -starttls xmpp -showcerts </dev/null"],
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

test("axe finds nothing about live hosts", { skip, timeout: 120_000 }, () =>
	onPage(
		browser,
		async ({ page }) => {
			await reads(page, "first screen");
			await check(page, "some thing");
			await page.getByRole("alert").waitFor();
			await reads(page, "a problem at the field");
			await check(page, `127.0.0.1:${await greet("")}`);
			await page.getByRole("button", { name: "Cancel" }).waitFor();
			assert.deepEqual(await violations(page), [], "a handshake that takes long");
			await after(page, async () => check(page, `127.0.0.1:${await freePort()}`));
			await reads(page, "unreached");
			await after(page, () => check(page, `localhost:${whole}`));
			await unfoldAll(page);
			await reads(page, "handshake");
		},
		{ probe },
	),
);

for (const width of [320, 390, 1280]) {
	test(`nothing about live hosts scrolls sideways at ${width} pixels`, { skip, timeout: 60_000 }, () =>
		onPage(
			browser,
			async ({ page }) => {
				assert.equal(await isWide(page), false, "first screen");
				await after(page, async () => check(page, `127.0.0.1:${await freePort()}`));
				assert.equal(await isWide(page), false, "unreached");
				await after(page, () => check(page, `localhost:${whole}`));
				assert.equal(await isWide(page), false, "handshake");
			},
			{ probe, viewport: { width, height: 800 } },
		),
	);
}
