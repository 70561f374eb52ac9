// Every view of the element and of the page around it as axe sees it. Those that
// take a server, a key or the help have tests of their own.

import assert from "node:assert/strict";
import { after as atEnd, before, test } from "node:test";
import type { Browser } from "playwright-core";
import examples from "../examples/index.json" with { type: "json" };
import { example, launch, visit } from "./harness.js";
import { after, at, choose, drop, onPage, paste, reads, unfoldAll, verdict } from "./lens.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

test("the first screen, and all that its footer has", () =>
	onPage(browser, async ({ page }) => {
		await reads(page, "first screen");
		await unfoldAll(page);
		await page.locator("cert-lens-builder pre").first().waitFor();
		await page.getByRole("link", { name: "Download certlens.html" }).waitFor();
		await reads(page, "all open");
	}));

for (const { title } of examples) {
	test(`the example "${title}", all open`, () =>
		onPage(browser, async ({ page }) => {
			await after(page, () => choose(page, title));
			await unfoldAll(page);
			await reads(page, title);
		}));
}

test("files: one held above the box, one in it, and a paste in which there is nothing", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, "nothing"));
		await reads(page, "nothing found");
		await after(page, () => drop(page, "nothing.bin", Buffer.from("nothing")));
		await page.locator("cert-lens-input .files").waitFor();
		await page.locator("cert-lens").evaluate((lens) => lens.toggleAttribute("dragging", true));
		await reads(page, "a file in the box");
	}));

for (const view of ["compact", "verdict"]) {
	test(`the view ${view}`, () =>
		onPage(browser, async ({ page }) => {
			await page.locator("cert-lens").evaluate(
				(lens, attributes) => {
					for (const [name, value] of Object.entries(attributes)) lens.setAttribute(name, value);
				},
				{ view, at, host: "shop.example.com", value: example("missing-intermediate.txt") },
			);
			await verdict(page).waitFor();
			await unfoldAll(page);
			await reads(page, view);
		}));
}

test("the page for frames", async () => {
	const { page, errors, close } = await visit(browser, "embed.html#origin=https://docs.example");
	await page.locator("cert-lens-input textarea").waitFor();
	// A frame is transparent, which axe takes for white.
	await page.evaluate(() => {
		document.documentElement.style.background = "Canvas";
	});
	await reads(page, "empty");
	await page.evaluate(() => postMessage("what is not of its protocol", "*"));
	await page.locator("#ignored").waitFor();
	await page.locator("cert-lens-input textarea").fill(example("self-signed.txt"));
	await page.locator("cert-lens-verdict h2").waitFor();
	await reads(page, "a report");
	assert.deepEqual(errors, []);
	await close();
});
