// That nothing is refused by a policy is worth something if what is refused shows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page, Worker } from "playwright-core";
import { address, launch, visit } from "./harness.js";
import { host, refusals, strict } from "./policy.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
after(() => browser.close());

// The directive and the address, and what asks for it.
const wrongs: Record<string, (page: Page, worker: Worker) => Promise<unknown>> = {
	"style-src-attr inline": (page) => page.evaluate(() => document.body.setAttribute("style", "color: red")),
	"img-src http://127.0.0.1:1/": (page) =>
		page.evaluate(() => {
			document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:1/" }));
		}),
	"require-trusted-types-for trusted-types-sink": (page) =>
		page.evaluate(() => {
			try {
				document.body.innerHTML = "";
			} catch {}
		}),
	"connect-src http://127.0.0.1:2/": (page) =>
		page.evaluate(() => fetch("http://127.0.0.1:2/").then(String, () => "refused")),
	"connect-src http://127.0.0.1:3/": (_, worker) =>
		worker.evaluate(() => fetch("http://127.0.0.1:3/").then(String, () => "refused")),
};

test("a strict host has exactly its policy, in page and worker, and what that refuses is told", async () => {
	const { page, close } = await visit(browser, host);
	const worker = page.workers()[0] ?? (await page.waitForEvent("worker"));
	for (const url of [page.url(), worker.url()]) {
		assert.ok(url.startsWith(`${address}host/`), url);
		const response = await fetch(url);
		assert.equal(response.headers.get("Content-Security-Policy"), `${strict}; report-uri ${address}refusals`);
	}
	for (const [what, wrong] of Object.entries(wrongs)) {
		await wrong(page, worker);
		const told: string[] = [];
		while (told.length === 0) told.push(...(await refusals()));
		assert.deepEqual(told, [
			`${what.startsWith("connect-src http://127.0.0.1:3/") ? worker.url().split("#")[0] : page.url()} ${what}`,
		]);
	}
	await close();
});
