// A damaged paste: what reading mended or missed is told where a person looks.

import assert from "node:assert/strict";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Locator } from "playwright-core";
import { example, launch } from "./harness.js";
import { after, box, choose, onPage, paste, unfold, verdict } from "./lens.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

const textOf = async (place: Locator): Promise<string> => ((await place.textContent()) ?? "").replace(/\s+/g, " ");

test("half of a certificate is to be copied again, not issued again", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, example("self-signed.txt").slice(0, 560)));
		const said = await textOf(page.locator("cert-lens-verdict .verdict"));
		assert.match(said, /Copy it again, whole/);
		assert.match(said, /Cut short: \d+ of \d+ bytes are missing/);
		assert.doesNotMatch(said, /issued again/);
		assert.match(await textOf(page.locator("cert-lens-findings summary")), /1 certificate could not be checked/);
	}));

test("what was mended is listed with its line", () =>
	onPage(browser, async ({ page }) => {
		const quoted = example("good.txt").replace(/^/gm, "> ");
		await after(page, () => paste(page, quoted));
		assert.match(await textOf(verdict(page)), /Example Issuing CA 1 was issued by Example Root CA/);
		await unfold(page, "Input");
		assert.match(await textOf(page.locator("cert-lens-reading details")), /Repaired: .*quote marks.* line 1/);
	}));

test("an example's time and host go with its text", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => choose(page, "A good chain"));
		await page.getByRole("button", { name: "Edit" }).click();
		await box(page).press("ControlOrMeta+A");
		const report = await after(page, () => paste(page, example("self-signed.txt")));
		assert.equal(report.host ?? "", "");
		assert.notEqual(report.at, "2026-11-20T12:00:00Z");
	}));

test("on a small screen the answer to an unreadable paste comes into view", () =>
	onPage(
		browser,
		async ({ page }) => {
			await after(page, () => paste(page, "nothing that anybody could read"));
			const shown = page.getByText("There is no certificate and no known error message in this input.").first();
			await shown.waitFor();
			assert.ok(await box(page).isVisible(), "the box stays for another try");
			const { y = 0, height = 0 } = (await shown.boundingBox()) ?? {};
			assert.ok(y >= 0 && y + height <= 600, `the verdict is at ${y}, ${height} high`);
		},
		{ viewport: { width: 390, height: 600 } },
	));
