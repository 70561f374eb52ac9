// A scan in the page: what it shows, while it runs and after, and what it tells
// the engine.

import assert from "node:assert/strict";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch } from "./harness.js";
import { certify, check, close, narrow, press, probe, scan, serveWhole } from "./hosts.js";
import { after, isWide, onPage, reads, unfoldAll } from "./lens.js";
import { hasOpenSSL, withoutOpenSSL as skip } from "./servers.js";

let browser: Browser;
// The ports of the servers: a usual one, one that wants a client certificate, and
// one that has TLS 1.2 alone, with long names in it.
let whole = 0;
let strict = 0;
let old = 0;

before(async () => {
	if (!hasOpenSSL) return;
	browser = await launch();
	certify();
	whole = await serveWhole();
	strict = await serveWhole("-Verify", "1", "-CAfile", "root.pem");
	old = await serveWhole("-tls1_2", "-cipher", "ALL:@SECLEVEL=0");
});
atEnd(async () => {
	await browser?.close();
	close();
});

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
			const report = await after(page, () => press(page, "Cancel"));
			assert.equal(report.scan?.done, false);
			await page.getByText("The scan was ended before it was done; what is below").waitFor();
			assert.ok((await page.locator("cert-lens-scan tbody tr").count()) > 0, "what was found stays");
		},
		{ probe },
	),
);

test("a running scan has one bar and one button, where it was started", { skip }, () =>
	onPage(
		browser,
		async ({ page }) => {
			const port = await narrow(whole, 6);
			await after(page, () => check(page, `localhost:${port}`));
			await press(page, "Scan the server's TLS");
			const row = page.locator("cert-lens-asks li", { hasText: "some dozens of handshakes" });
			await row.getByText(/^\d+ of about \d+ handshakes$/).waitFor();
			assert.equal(await row.getByRole("progressbar").count(), 1);
			assert.equal(await page.getByRole("progressbar").count(), 1);
			assert.equal(await page.getByRole("button", { name: /Cancel/ }).count(), 1);
			await after(page, () => row.getByRole("button", { name: "Cancel" }).click());
			await row.getByText("Ended; what was found until then is below.").waitFor();
			assert.equal(await page.getByRole("progressbar").count(), 0);
		},
		{ probe },
	),
);

// How many handshakes each call of a scan tells the engine. After the call of a
// number, the engine ends, as when the memory is used up.
async function watchEngine(page: Page, lastCall = 0): Promise<{ told(): Promise<number[]>; stop(): Promise<void> }> {
	await page.evaluate((lastCall) => {
		const post = Worker.prototype.postMessage;
		const told: number[] = [];
		Object.assign(globalThis, { told, unwatch: () => Object.assign(Worker.prototype, { postMessage: post }) });
		const end = ({ data, currentTarget }: MessageEvent, id: number) => {
			if (data.kind !== "result" || data.id !== id) return;
			const dead = { kind: "dead", reason: "the test ends it" };
			currentTarget?.dispatchEvent(new MessageEvent("message", { data: dead }));
		};
		Worker.prototype.postMessage = function (this: Worker, message, ...rest: unknown[]) {
			if (message.method === "scan") {
				const { done } = JSON.parse(new TextDecoder().decode(message.input)) as { done?: unknown[] };
				if (done) told.push(done.length);
				if (done && told.length === lastCall) this.addEventListener("message", (event) => end(event, message.id));
			}
			return Reflect.apply(post, this, [message, ...rest]);
		} as typeof post;
	}, lastCall);
	return {
		told: () => page.evaluate(() => (globalThis as unknown as { told: number[] }).told),
		stop: () => page.evaluate(() => (globalThis as unknown as { unwatch(): void }).unwatch()),
	};
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

test("a scan tells the engine of each handshake once", { skip, timeout: 60_000 }, () =>
	onPage(
		browser,
		async ({ page }) => {
			await after(page, () => check(page, `localhost:${whole}`));
			const engine = await watchEngine(page);
			const report = await scan(page);
			await engine.stop();
			assert.ok((report.scan?.handshakes ?? 0) > 20);
			assert.equal(sum(await engine.told()), report.scan?.handshakes);
		},
		{ probe },
	),
);

test("a scan goes on with an engine that was started again", { skip, timeout: 60_000 }, () =>
	onPage(
		browser,
		async ({ page }) => {
			await after(page, () => check(page, `localhost:${whole}`));
			const engine = await watchEngine(page, 12);
			const report = await scan(page);
			await engine.stop();
			const told = await engine.told();
			assert.ok(report.scan?.done);
			// The step after its end is refused, and that after it tells of all.
			assert.equal(told[13], sum(told.slice(0, 13)), `${told}`);
			assert.equal(sum(told.slice(13)), report.scan.handshakes);
		},
		{ probe },
	),
);

test("axe finds nothing about a scan", { skip, timeout: 120_000 }, () =>
	onPage(
		browser,
		async ({ page }) => {
			await after(page, async () => check(page, `localhost:${await narrow(whole, 6)}`));
			await press(page, "Scan the server's TLS");
			await page.getByText(/^\d+ of about \d+ handshakes$/).waitFor();
			await reads(page, "while it runs");
			await after(page, () => check(page, `localhost:${strict}`));
			await scan(page);
			await unfoldAll(page);
			await reads(page, "when it is done");
		},
		{ probe },
	),
);

for (const width of [320, 390, 1280]) {
	test(`nothing about a scan scrolls sideways at ${width} pixels`, { skip, timeout: 60_000 }, () =>
		onPage(
			browser,
			async ({ page }) => {
				await after(page, () => check(page, `localhost:${old}`));
				await scan(page);
				await unfoldAll(page);
				assert.equal(await isWide(page), false);
				const exchanges = page.locator("cert-lens-scan tbody").getByText(/^DH, \d+ bits$/);
				assert.ok((await exchanges.locator("visible=true").count()) > 0, "the key exchange shows at every width");
			},
			{ probe, viewport: { width, height: 800 } },
		),
	);
}
