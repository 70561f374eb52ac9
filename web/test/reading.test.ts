// Reading a report: by keyboard, by mouse, in every width and in both schemes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after as atEnd, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { example, launch, many } from "./harness.js";
import { after, box, choose, isWide, onPage, paste, unfold, unfoldAll, verdict } from "./lens.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

test("the tree and the bytes show the same place", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, example("good.txt")));
		await unfold(page, "Bytes");
		const serial = page.getByRole("treeitem").filter({ hasText: "INTEGER" }).first();
		await serial.click();
		const [, offset = 0, header = 0, length = 0] =
			/(\d+)\+(\d+)\+(\d+)/.exec((await serial.textContent()) ?? "")?.map(Number) ?? [];
		assert.ok(length > 0);
		const marked = page.locator("cert-lens-hex [data-offset].header, cert-lens-hex [data-offset].content");
		assert.equal(await marked.count(), header + length);
		assert.equal(await marked.first().getAttribute("data-offset"), String(offset));
		await page.locator("cert-lens-hex [data-offset='0']").click();
		assert.equal(await page.locator("[role=treeitem][aria-selected=true]").getAttribute("aria-level"), "1");
	}));

test("a hash is copied with one click", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => paste(page, example("good.txt")));
		await unfold(page, "Certificates");
		await page.locator("cert-lens-certificate summary").first().click();
		await page.getByRole("button", { name: "Copy SHA-256" }).first().click();
		await page.getByText("Copied").first().waitFor();
		assert.equal(
			await page.evaluate(() => navigator.clipboard.readText()),
			report.certificates[0]?.fingerprints.sha256,
		);
	}));

test("the chain to install is saved as it is", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => choose(page, "A good chain"));
		await unfold(page, "Chain to install");
		const download = page.waitForEvent("download");
		await page.getByRole("button", { name: "Save fullchain.pem" }).click();
		assert.equal(readFileSync(await (await download).path(), "utf8"), report.bundle);
	}));

test("a report with no trusted path says why below the picture", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => choose(page, "A missing intermediate"));
		await page.locator(".picture .box.missing").first().waitFor(); // what is missing is drawn
		const reasons = await page.locator("cert-lens-chain .problems").first().textContent();
		for (const problem of report.paths[0]?.problems ?? []) assert.ok(reasons?.includes(problem.detail), problem.detail);
		assert.ok(((await verdict(page).textContent()) ?? "").length > 0);
	}));

test("a thousand certificates are listed in parts", { timeout: 120_000 }, () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => paste(page, many(1000)));
		await unfold(page, "Certificates");
		const listed = page.locator("cert-lens-certificate");
		await listed.nth(99).waitFor();
		assert.equal(await listed.count(), 100);
		await page.getByRole("button", { name: /^Show 100 more/ }).click();
		await listed.nth(199).waitFor();
		assert.equal(await listed.count(), 200);
		assert.ok(report.certificates.length >= 1000);
	}),
);

for (const width of [320, 390, 820, 1280, 1920]) {
	test(`nothing scrolls sideways at ${width} pixels`, () =>
		onPage(
			browser,
			async ({ page }) => {
				assert.equal(await isWide(page), false, "first screen");
				for (const title of ["A good chain", "The output of openssl s_client"]) {
					await after(page, () => choose(page, title));
					await unfoldAll(page);
					assert.equal(await isWide(page), false, title);
					await page.getByRole("button", { name: "Clear" }).click();
				}
				await after(page, () => paste(page, readFileSync("web/test/testdata/hostile.txt", "utf8")));
				await unfoldAll(page);
				assert.equal(await isWide(page), false, "long and hostile names");
				assert.equal(await box(page).count(), 0);
			},
			{ viewport: { width, height: 800 } },
		));
}
