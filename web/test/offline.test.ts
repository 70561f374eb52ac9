// Without a network: the page that the browser keeps, the page in one file, and
// what both say about the requests that they make.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after as atEnd, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import examples from "../examples/index.json" with { type: "json" };
import { address, example, launch } from "./harness.js";
import { check } from "./hosts.js";
import { after, choose, open, paste, verdict } from "./lens.js";
import { type Line, line } from "./line.js";
import { freePort } from "./servers.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

/** kept waits until the browser keeps the page, and gives the addresses of what it keeps. */
function kept(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const { active } = await navigator.serviceWorker.ready;
		while (active?.state !== "activated") await new Promise((resolve) => setTimeout(resolve, 50));
		const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
		return all.flat().map(({ url }) => url);
	});
}

/** works tries everything that needs no live server, some examples or all. */
async function works(page: Page, chosen = examples.slice(-1)): Promise<void> {
	for (const { title } of chosen) {
		await after(page, () => choose(page, title));
		await page.getByRole("button", { name: "Clear" }).click();
	}
	await page.evaluate(() => {
		location.hash = "#/help/missing_intermediate";
	});
	await page
		.locator("cert-lens-help h1")
		.filter({ hasText: /intermediate/i })
		.waitFor();
	await page.evaluate(() => {
		location.hash = "#/";
	});
	const report = await after(page, () =>
		page.evaluate((text) => document.querySelector("cert-lens")?.replaceText(text), example("good.txt")),
	);
	assert.equal(report.served.length, 2);
	assert.equal(await verdict(page).textContent(), report.diagnosis?.summary);
}

function silence(page: Page) {
	return page.locator("cert-lens-silence");
}

/** silent asserts that the page has counted no request; if it has, it lists them. */
async function silent(page: Page): Promise<void> {
	await silence(page).getByText("since loading").waitFor();
	assert.deepEqual(await silence(page).locator("li").allTextContents(), []);
	await silence(page).getByText("0 requests since loading").waitFor({ timeout: 1000 });
}

async function keeping(run: (context: BrowserContext, line: Line) => Promise<void>): Promise<void> {
	const context = await browser.newContext();
	const wire = await line();
	try {
		await run(context, wire);
	} finally {
		await context.close();
		await wire.cut();
	}
}

test("a page that was loaded once works when its server is gone", () =>
	keeping(async (context, wire) => {
		const first = await context.newPage();
		await first.goto(wire.address);
		const files = await kept(first);
		await first.close();
		await wire.cut();
		const page = await context.newPage();
		const errors: string[] = [];
		page.on("pageerror", (error) => errors.push(String(error)));
		await page.goto(wire.address);
		await works(page, examples);
		await page.goto(`${wire.address}?from=elsewhere`);
		await page.reload();
		await works(page);
		await silent(page);
		assert.deepEqual(errors, []);
		assert.ok(files.every((url) => url.startsWith(wire.address)));
	}));

test("what is kept is what the build says, and nothing else ever", () =>
	keeping(async (context, wire) => {
		const page = await context.newPage();
		await page.goto(wire.address);
		const files = (await kept(page)).map((url) => url.slice(wire.address.length)).sort();
		const script = readFileSync("dist/web/sw.js", "utf8");
		const listed = [...script.matchAll(/\["([^"]*)",\s*"sha384-/g)].map(([, path]) => path).sort();
		assert.deepEqual(files, listed);
		assert.ok(files.includes("") && files.some((path) => path.endsWith(".wasm")));
		await page.reload();
		const about = page.waitForResponse((response) => response.url().endsWith("/v1/about"));
		await page.evaluate(() => fetch("/v1/about?x").then((r) => r.text(), String));
		await page.evaluate(() => fetch("/v1/about").then((r) => r.text(), String));
		assert.equal((await about).fromServiceWorker(), false);
		await page.evaluate(() => fetch("/?query").then((r) => r.text()));
		assert.deepEqual((await kept(page)).length, files.length);
	}));

test("nothing is requested once the page is kept", () =>
	keeping(async (context, wire) => {
		const page = await context.newPage();
		await page.goto(wire.address);
		await kept(page);
		const loaded = wire.asked.length;
		await works(page);
		assert.deepEqual(wire.asked.slice(loaded), []);
	}));

// As if the server had another build: another text in the page, and its hash in
// the list.
function renew(path: string, body: Buffer): Buffer {
	const integrity = (data: Buffer) => `sha384-${createHash("sha384").update(data).digest("base64")}`;
	const page = readFileSync("dist/web/index.html");
	const next = Buffer.from(page.toString().replace("Apache License 2.0", "The next version"));
	if (path === "/") return next;
	if (path !== "/sw.js") return body;
	return Buffer.from(
		body
			.toString()
			.replace(integrity(page), integrity(next))
			.replace(/"([0-9a-f]{64})"/, (_, hash: string) => `"${[...hash].reverse().join("")}"`),
	);
}

test("a newer version is shown, and used when somebody says so", () =>
	keeping(async (context, wire) => {
		const page = await context.newPage();
		await page.goto(wire.address);
		await kept(page);
		wire.alter = renew;
		await page.reload();
		await page.getByText("A new version is ready.").waitFor();
		await page.reload();
		await page.getByText("A new version is ready.").waitFor();
		await page.getByText("Apache License 2.0").waitFor();
		await page.getByRole("button", { name: "Use it now" }).click();
		await page.getByText("The next version").waitFor();
		assert.equal((await page.evaluate(() => caches.keys())).length, 1, "the old one is gone");
		assert.equal(await page.getByText("A new version is ready.").count(), 0);
		await works(page);
	}));

test("a page with one wrong byte is not kept", () =>
	keeping(async (context, wire) => {
		wire.alter = (path, body) => (path.startsWith("/assets/icon-") ? Buffer.concat([body, Buffer.from(" ")]) : body);
		const page = await context.newPage();
		await page.goto(wire.address);
		// An icon that only the service worker asks for.
		while (!wire.asked.some((path) => path.includes("icon-maskable"))) await page.waitForTimeout(50);
		await page.waitForFunction(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			return registration === undefined && (await caches.keys()).length === 0;
		});
	}));

test("the one file works from a folder, and makes no request", async () => {
	const context = await browser.newContext({ offline: true, serviceWorkers: "allow" });
	const requests: string[] = [];
	context.on("request", (request) => requests.push(request.url()));
	const page = await context.newPage();
	const errors: string[] = [];
	page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
	page.on("pageerror", (error) => errors.push(String(error)));
	const file = pathToFileURL("dist/certlens.html").href;
	await page.goto(file);
	await works(page);
	await silent(page);
	assert.equal(await page.getByRole("button", { name: "Switch the network off" }).count(), 0, "there is none");
	assert.equal(await page.getByText("Take it offline").count(), 0);
	assert.deepEqual(errors, []);
	assert.deepEqual(
		requests.filter((url) => !url.startsWith("blob:")),
		[file],
	);
	await context.close();
});

test("the policy of the one file lets no request out", () =>
	keeping(async (context, wire) => {
		const page = await context.newPage();
		await page.goto(pathToFileURL("dist/certlens.html").href);
		const outcomes = await page.evaluate(async (url) => {
			const image = new Promise<string>((resolve) => {
				const element = new Image();
				element.onload = () => resolve("sent");
				element.onerror = () => resolve("refused");
				element.src = `${url}icon.png`;
			});
			const style = document.createElement("link");
			style.rel = "stylesheet";
			style.href = `${url}x.css`;
			document.head.append(style);
			navigator.sendBeacon(url);
			const fetched = await fetch(url).then(
				() => "sent",
				() => "refused",
			);
			return [fetched, await image];
		}, wire.address);
		assert.deepEqual(outcomes, ["refused", "refused"]);
		await page.waitForTimeout(200);
		assert.deepEqual(wire.asked, []);
	}));

test("the page offers the one file, and says its hash", async () => {
	const { page, close } = await open(browser);
	const bytes = readFileSync("dist/certlens.html");
	const sum = createHash("sha256").update(bytes).digest("hex");
	await page.getByText("Take it offline").click();
	await page.getByText(sum, { exact: true }).waitFor();
	const waiting = page.waitForEvent("download");
	await page.getByRole("link", { name: "Download certlens.html" }).click();
	const download = await waiting;
	assert.equal(download.suggestedFilename(), "certlens.html");
	assert.equal(
		createHash("sha256")
			.update(readFileSync(await download.path()))
			.digest("hex"),
		sum,
	);
	await close();
});

test("the page says what it was built from", async () => {
	const { page, close } = await open(browser);
	const about = JSON.parse(readFileSync("dist/web/version.json", "utf8")) as Record<string, string>;
	await page.getByText(`certlens ${about.version} · `).click();
	for (const name of ["commit", "build"])
		await page
			.locator("footer code")
			.getByText(about[name] ?? "")
			.first()
			.waitFor();
	await close();
});

test("requests are counted, and the network can be switched off", async () => {
	const { page, requests, errors, close } = await open(browser);
	await silent(page);
	await after(page, () => paste(page, example("good.txt")));
	await silent(page);
	const server = `127.0.0.1:${await freePort()}`;
	await after(page, () => check(page, server));
	await silence(page).getByText("1 request since loading").waitFor();
	await silence(page).getByText("How to check this").click();
	await silence(page).getByText(`${address}v1/handshake`).waitFor();

	await silence(page).getByRole("button", { name: "Switch the network off" }).click();
	await silence(page).getByText("the network is switched off until you reload").waitFor();
	const asked = requests.length;
	await check(page, server);
	await page.getByText("The network is switched off for this visit.").first().waitFor();
	assert.deepEqual(errors, [], "nothing was tried");
	const outcome = await page.evaluate(() => fetch("/v1/about").then(String, () => "refused"));
	assert.equal(outcome, "refused", "and what is tried, the browser refuses");
	assert.deepEqual(requests.slice(asked), []);
	await close();
});
