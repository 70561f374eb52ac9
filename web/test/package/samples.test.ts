// Sites that installed the packed package: one for each bundler, and one without.
// build/check_package.go builds and serves them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { CertLens } from "../../src/elements/cert-lens.js";
import { launch, type Visit, visit } from "../harness.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
after(() => browser.close());

declare global {
	/** What the plain site has for its test. */
	var summarize: () => Promise<void>;
}

/** shown waits for the picture of a chain of three, and gives the names in it. */
async function shown({ page }: Visit): Promise<string[]> {
	const names = page.locator("cert-lens-chain [part=picture] .name");
	await names.nth(3).waitFor();
	await page.waitForFunction(() => document.querySelector("#summary")?.textContent !== "");
	return names.allTextContents();
}

// The name that was asked for, and the chain.
const chain = ["shop.example.com", "shop.example.com", "Example Issuing CA 1", "Example Root CA"];

async function summary({ page }: Visit): Promise<string> {
	return (await page.textContent("#summary")) ?? "";
}

/** Where each bundler leaves the engine. */
const bundled: Record<string, { engine: RegExp; not: RegExp }> = {
	vite: { engine: /engine-[\w-]+\.wasm$/, not: /inline/ },
	webpack: { engine: /[0-9a-f]{20}\.wasm$/, not: /\/\d+\.js$/ },
	esbuild: { engine: /inline-\w+\.js$/, not: /never/ },
};

for (const [name, { engine, not }] of Object.entries(bundled)) {
	test(`${name} finds the engine without configuration`, async () => {
		const site = await visit(browser, `${name}/`);
		assert.deepEqual((await shown(site)).slice(0, 4), chain);
		assert.match(await summary(site), /^The chain ends in Example Root CA/);
		const engines = site.requests.filter((url) => engine.test(url));
		assert.equal(engines.length, 1, site.requests.join("\n"));
		assert.deepEqual(
			site.requests.filter((url) => not.test(url)),
			[],
		);
		// esbuild copies no files: the first way is asked for, and missed.
		const missed = name === "esbuild" ? site.errors.filter((error) => !/404/.test(error)) : site.errors;
		assert.deepEqual(missed, []);
		await site.close();
	});
}

test("a plain site loads nothing heavy before the element is seen", async () => {
	const site = await visit(browser, "plain/");
	await site.page.waitForFunction(() => "summarize" in globalThis);
	await site.page.waitForTimeout(300);
	const early = site.requests.map((url) => url.split("/plain/")[1]);
	assert.deepEqual(early.toSorted(), ["", "certlens/certlens.js", "chain.pem", "main.js"]);

	await site.page.evaluate(() => document.querySelector<CertLens>("cert-lens")?.scrollIntoView());
	await site.page.evaluate(() => summarize());
	assert.deepEqual((await shown(site)).slice(0, 4), chain);
	for (const name of ["certlens-elements.js", "worker.js", "engine.wasm"])
		assert.equal(new Set(site.requests.filter((url) => url.split("#")[0]?.endsWith(name))).size, 1, name);
	assert.deepEqual(site.errors, []);
	await site.close();
});
