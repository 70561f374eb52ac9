// The main flows in Firefox.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser } from "puppeteer-core";
import { address } from "../harness.js";
import { line } from "../line.js";
import { type FoxPage, fox, openFox, press, ready, until, verdictOf } from "./fox.js";

let browser: Browser;
before(async () => {
	browser = await fox();
});
after(() => browser.close());

async function on(url: string, run: (fox: FoxPage) => Promise<void>): Promise<void> {
	const opened = await openFox(browser, url);
	await ready(opened.page);
	await run(opened);
	assert.deepEqual(opened.errors, []);
	await opened.page.close();
}

test("an example gives its report, and needs no request", () =>
	on(address, async ({ page, requests }) => {
		const loaded = requests.length;
		await press(page, "A missing intermediate");
		assert.match(
			await verdictOf(page),
			/^shop\.example\.com was issued by Example Issuing CA 1, whose certificate is not here/,
		);
		assert.deepEqual(requests.slice(loaded), []);
	}));

test("a chain that is put into the box gives its report", () =>
	on(address, async ({ page }) => {
		const text = readFileSync("web/examples/good.txt", "utf8");
		await page.evaluate((text) => {
			const lens = document.querySelector("cert-lens") as (Element & { replaceText(text: string): void }) | null;
			lens?.replaceText(text);
		}, text);
		assert.match(await verdictOf(page), /^Example Issuing CA 1 was issued by Example Root CA/);
	}));

test("help is shown", () =>
	on(`${address}#/help/expired`, async ({ page }) => {
		await until(page, () => document.title.includes("expired"), null);
	}));

test("the network can be switched off", () =>
	on(address, async ({ page, requests, errors }) => {
		await press(page, "Switch the network off");
		const loaded = requests.length;
		const outcome = await page.evaluate(() => fetch("/v1/about").then(String, () => "refused"));
		assert.equal(outcome, "refused");
		assert.deepEqual(requests.slice(loaded), []);
		errors.length = 0; // the policy, which refused it
	}));

test("a page that was loaded once works when its server is gone", async () => {
	const wire = await line();
	await on(wire.address, async ({ page }) => {
		await until(
			page,
			async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated",
			null,
		);
		await wire.cut();
		await page.goto(wire.address);
		await ready(page);
		await press(page, "A good chain");
		assert.match(await verdictOf(page), /complete/);
	});
});

test("the one file works from a folder, and makes no request", () =>
	on(`file://${process.cwd()}/dist/certlens.html`, async ({ page, requests, errors }) => {
		await press(page, "A good chain");
		assert.match(await verdictOf(page), /complete/);
		await page.evaluate(() => {
			location.hash = "#/help/expired";
		});
		await until(page, () => document.title.includes("expired"), null);
		const outcome = await page.evaluate((url) => fetch(url).then(String, () => "refused"), address);
		assert.equal(outcome, "refused");
		assert.deepEqual(
			requests.filter((url) => !/^(file|blob|data):/.test(url)),
			[],
		);
		errors.length = 0; // the policy, which refused it
	}));
