// certlens on other sites: the loader, and the page in a frame. The other site is
// served on localhost, which is another origin than 127.0.0.1.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import type { CertLens } from "../src/elements/cert-lens.js";
import type { FromFrame, ReportMessage } from "../src/protocol.js";
import { written } from "./docs.js";
import { address, example, launch, type Visit, visit } from "./harness.js";
import { line as laid } from "./line.js";
import { strict } from "./policy.js";

let browser: Browser;
let other: Server;
let site: string;
// What the other site answers, by path.
const pages = new Map<string, string>();
before(async () => {
	browser = await launch();
	other = createServer((request, response) => {
		const html = pages.get(request.url ?? "");
		response.writeHead(html ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" });
		response.end(html);
	});
	await new Promise<void>((resolve) => other.listen(0, "localhost", resolve));
	site = `http://localhost:${(other.address() as AddressInfo).port}`;
});
after(async () => {
	await browser.close();
	other.close();
});

const head = '<!doctype html><meta charset="utf-8"><title>other</title><link rel="icon" href="data:,">';

/** open opens a page of the other site. */
function open(html: string): Promise<Visit> {
	pages.set("/", head + html);
	return visit(browser, "", {}, `${site}/`);
}

async function text(path: string): Promise<string> {
	const response = await fetch(address + path);
	assert.equal(response.status, 200, path);
	return response.text();
}

/** named gives the files of certlens that were asked for. */
function named(requests: readonly string[]): string[] {
	return requests
		.filter((url) => url.startsWith(address))
		.map((url) => url.slice(address.length).replace(/-[0-9A-Z]{8}\.(\w+).*$/, ".$1"));
}

const spacer = '<div style="height: 5000px"></div>';
const heavy = ["assets/elements.js", "assets/engine.wasm", "assets/worker.js"];

test("what a site loads before an element is seen has at most 25 kB", async () => {
	const { page, requests, errors, close } = await visit(browser, "ten.html");
	await page.waitForTimeout(500);
	assert.deepEqual(named(requests), ["ten.html", "certlens.js"]);
	const size = brotliCompressSync(await text("certlens.js")).length;
	assert.ok(size <= 25_000, `${size} bytes`);
	assert.deepEqual(errors, []);
	await close();
});

test("ten elements load one engine, when one is seen, under a strict policy", async () => {
	const { page, requests, errors, close } = await visit(browser, "ten.html");
	let workers = 0;
	page.on("worker", () => workers++);
	await page
		.locator("cert-lens")
		.last()
		.evaluate((element) => element.scrollIntoView());
	await page.locator("cert-lens").last().locator("cert-lens-input").waitFor();
	await page.evaluate((pem) => {
		for (const lens of document.querySelectorAll<CertLens>("cert-lens")) lens.value = pem;
	}, example("good.txt"));
	await page.locator("cert-lens cert-lens-verdict").nth(9).waitFor();
	assert.deepEqual(named(requests).slice(2).toSorted(), heavy);
	assert.equal(workers, 1);
	assert.deepEqual(errors, []);
	await close();
});

for (const [what, use] of Object.entries({
	focus: (page: Page) => page.locator("cert-lens").evaluate((e: HTMLElement) => e.focus()),
	value: (page: Page) => page.locator("cert-lens").evaluate((e) => e.setAttribute("value", "-----BEGIN")),
})) {
	test(`an element out of sight is loaded by ${what}`, async () => {
		const script = `<script type="module" src="${address}certlens.js"></script>`;
		const { page, close } = await open(`${script}${spacer}<cert-lens tabindex="0" style="display: none"></cert-lens>`);
		await page.waitForTimeout(300);
		const defined = () => page.evaluate(() => customElements.get("cert-lens") !== undefined);
		assert.equal(await defined(), false);
		if (what === "focus")
			await page
				.locator("cert-lens")
				.evaluate((e: HTMLElement) => e.setAttribute("style", "position: fixed; top: -9999px"));
		await use(page);
		await page.waitForFunction(() => customElements.get("cert-lens"));
		await close();
	});
}

test("another origin loads the script by its integrity value, and the worker with it", async () => {
	const integrity = `sha384-${createHash("sha384")
		.update(await text("certlens.js"))
		.digest("base64")}`;
	const script = `<script type="module" src="${address}certlens.js" integrity="${integrity}" crossorigin></script>`;
	const { page, requests, errors, close } = await open(`${script}<cert-lens host="shop.example.com"></cert-lens>`);
	await page.locator("cert-lens-input").waitFor();
	await page.locator("cert-lens").evaluate((lens: CertLens, pem) => lens.replaceText(pem), example("good.txt"));
	await page.locator("cert-lens-chain [part=picture] .name").first().waitFor();
	assert.deepEqual(named(requests).toSorted(), [...heavy, "certlens.js"].toSorted());
	assert.deepEqual(errors, []);
	await close();
});

// The policies of docs/embedding.md, for another origin and for one's own, and the
// same without one of their lines.
const { origin } = new URL(address);
const names = "trusted-types certlens lit-html";
const policy = `default-src 'none'; ${written("Content-Security-Policy")[1]}; require-trusted-types-for 'script'; ${names}`;
const own = `${strict}; ${names}`;
const lines: [line: string, policy: string, from: RegExp, to: string][] = [
	["worker-src blob:", policy, /worker-src blob:/, "worker-src 'none'"],
	["worker-src 'self'", own, /worker-src 'self'/, "worker-src 'none'"],
	["script-src 'wasm-unsafe-eval'", policy, / 'wasm-unsafe-eval'/, ""],
	["script-src 'wasm-unsafe-eval'", own, / 'wasm-unsafe-eval'/, ""],
	[`connect-src ${origin}`, policy, /connect-src \S+;/, ""],
	["connect-src 'self'", own, /connect-src \S+;/, ""],
	[names, policy, /certlens lit-html/, "lit-html"],
	[names, own, /certlens lit-html/, "other"],
	[`script-src ${origin}`, policy, /script-src \S+/, `script-src ${address}certlens.js`],
];

// What an element of a site says when it cannot begin.
async function said(page: Page): Promise<string> {
	return (await page.locator("cert-lens [role=alert]").last().textContent()) ?? "";
}

for (const [line, policy, from, to] of lines) {
	test(`a policy that lacks ${line} is told so, on ${policy === own ? "the same" : "another"} origin`, async () => {
		const lacking = policy.replace(from, to);
		assert.notEqual(lacking, policy);
		const wire = await laid();
		wire.policy = lacking;
		const meta = `<meta http-equiv="Content-Security-Policy" content="${lacking}">`;
		const { page, close } = await (policy === own
			? visit(browser, "ten.html", {}, wire.address)
			: open(`${meta}<script type="module" src="${address}certlens.js"></script><cert-lens></cert-lens>`));
		try {
			await page.locator("cert-lens").last().scrollIntoViewIfNeeded();
			const sentence = `the Content-Security-Policy does not allow it. Add to the policy: ${line}.`;
			assert.ok((await said(page)).includes(sentence), await said(page));
		} finally {
			await close();
			await wire.cut();
		}
	});
}

test("a policy that keeps the page from its worker for live servers is told so", async () => {
	const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
	const tag = '<cert-lens probe="https://edge.example/v1"></cert-lens>';
	const { page, close } = await open(`${meta}<script type="module" src="${address}certlens.js"></script>${tag}`);
	await page.getByLabel("Live server").fill("www.example.com");
	await page.keyboard.press("Enter");
	const sentence = `edge.example could not be asked: the Content-Security-Policy does not allow it. Add to the policy: connect-src https://edge.example.`;
	await page.locator("cert-lens-unreached").getByText(sentence).waitFor();
	await close();
});

test("where another script has the name that Lit uses, the element says what to add", async () => {
	const { page, close } = await open(
		`<script>trustedTypes.createPolicy("lit-html", {})</script><meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="${address}certlens.js"></script><cert-lens></cert-lens>`,
	);
	assert.ok((await said(page)).endsWith(`Add to the policy: ${names} 'allow-duplicates'.`), await said(page));
	await close();
});

test("the policy of the docs for another origin is enough", async () => {
	const { page, errors, close } = await open(
		`<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="${address}certlens.js"></script><cert-lens></cert-lens>`,
	);
	await page.locator("cert-lens-input").waitFor();
	await page.locator("cert-lens").evaluate((lens: CertLens, pem) => lens.replaceText(pem), example("good.txt"));
	await page.locator("cert-lens-chain [part=picture] .name").first().waitFor();
	assert.deepEqual(errors, []);
	await close();
});

test("elements that are not what the script was built with do not run", async () => {
	const context = await browser.newContext();
	const page = await context.newPage();
	await context.route(/elements-.*\.js$/, async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: `globalThis.tampered = true;${await response.text()}` });
	});
	const said: string[] = [];
	page.on("console", (message) => said.push(message.text()));
	pages.set("/", `${head}<script type="module" src="${address}certlens.js"></script><cert-lens></cert-lens>`);
	await page.goto(`${site}/`);
	while (!said.some((line) => /not what it was built as/.test(line))) await page.waitForTimeout(50);
	assert.equal(
		await page.evaluate(() => "tampered" in globalThis || customElements.get("cert-lens") !== undefined),
		false,
	);
	await context.close();
});

test("what other scripts leave in a page, and names that shadow its document's, break nothing", async () => {
	const leftovers = `<base href="https://elsewhere.example/"><img name="head"><img name="body"><form name="baseURI"></form><a id="origin"></a><a id="trustedTypes"></a>
		<script>
			for (const { prototype } of [Object, Array, String, Function]) prototype.extend = prototype.each = () => {};
			Object.prototype.integrity = "sha384-x";
			Object.assign(globalThis, { define: Object.assign(() => { throw 1 }, { amd: {} }), module: { exports: {} }, exports: {}, process: { env: {} } });
		</script>`;
	const { page, errors, close } = await open(
		`${leftovers}<script type="module" src="${address}certlens.js"></script><cert-lens host="shop.example.com"></cert-lens>`,
	);
	await page.locator("cert-lens-input").waitFor();
	await page.locator("cert-lens").evaluate((lens: CertLens, pem) => lens.replaceText(pem), example("good.txt"));
	await page.locator("cert-lens-chain [part=picture] .name").first().waitFor();
	assert.deepEqual(errors, []);
	await close();
});

// What changes a file, and not what it does: a script has one more line, and a module
// of WebAssembly one more section without a meaning.
const changes: [what: string, file: RegExp, more: readonly number[]][] = [
	["worker", /worker-.*\.js/, [0x0a]],
	["engine", /engine-.*\.wasm/, [0, 2, 1, 0x78]],
];
for (const [what, file, more] of changes) {
	test(`another origin's ${what} that is not what it was built as does not run`, async () => {
		const context = await browser.newContext();
		const page = await context.newPage();
		await context.route(file, async (route) => {
			const response = await route.fetch();
			await route.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.from(more)]) });
		});
		let started = false;
		page.on("worker", () => {
			started = true;
		});
		pages.set("/", `${head}<script type="module" src="${address}certlens.js"></script><cert-lens></cert-lens>`);
		await page.goto(`${site}/`);
		const alert = page.locator("cert-lens [role=alert]");
		await alert.waitFor();
		const sentence =
			/^The engine could not start: http\S+\.(js|wasm) could not be loaded, or is not what it was built as\./;
		assert.match((await alert.textContent()) ?? "", sentence);
		assert.equal(started, what === "engine");
		await context.close();
	});
}

declare global {
	/** What the frame said to the page. */
	var told: FromFrame[];
}

/** frame opens a page of the other site with the frame in it, which listens to an origin. */
async function frame(origin: string, html = ""): Promise<Visit> {
	return open(`<script>
			globalThis.told = [];
			addEventListener("message", ({ data, origin }) => origin + "/" === "${address}" && told.push(data));
		</script>
		<iframe src="${address}embed.html#origin=${encodeURIComponent(origin)}" width="900"></iframe>${html}`);
}

async function say(page: Page, message: unknown): Promise<void> {
	await page.evaluate((message) => document.querySelector("iframe")?.contentWindow?.postMessage(message, "*"), message);
}

async function heard(page: Page, type: FromFrame["type"]): Promise<FromFrame> {
	await page.waitForFunction((type) => told.some((message) => message.type === type), type);
	return page.evaluate((type) => told.findLast((message) => message.type === type) as FromFrame, type);
}

const question = { certlens: 1, type: "analyze", id: "q1", host: "shop.example.com", at: "2026-11-20T12:00:00Z" };

test("a frame of another origin is asked, answers, and says its height", async () => {
	const { page, errors, close } = await frame(site);
	assert.deepEqual(await heard(page, "ready"), { certlens: 1, type: "ready", ignored: 0 });
	const low = (await heard(page, "height")) as FromFrame & { height: number };
	await say(page, { ...question, value: example("good.txt") });
	const { id, report, ignored } = (await heard(page, "report")) as ReportMessage;
	assert.deepEqual([id, ignored, report.host, report.served.length], ["q1", 0, "shop.example.com", 2]);
	await page.waitForFunction((low) => told.some((m) => m.type === "height" && m.height > low + 200), low.height);

	await page.evaluate(() => {
		told.length = 0;
	});
	await say(page, { ...question, id: "q2", host: "other.example", value: example("good.txt") });
	assert.equal(((await heard(page, "report")) as ReportMessage).id, "q2");

	await page.evaluate(() => {
		told.length = 0;
	});
	await page.frameLocator("iframe").getByLabel("Host name").fill("own.example");
	const own = (await heard(page, "report")) as ReportMessage;
	assert.deepEqual([own.id, own.report.host], [undefined, "own.example"], "a person's question is not the page's");
	await say(page, { certlens: 1, type: "clear" });
	await page.frameLocator("iframe").locator("cert-lens-input").waitFor();
	assert.deepEqual(errors, []);
	await close();
});

test("messages of a wrong shape are ignored and counted", async () => {
	const { page, close } = await frame(site);
	await heard(page, "ready");
	const value = example("good.txt");
	const wrong: unknown[] = [
		null,
		"analyze",
		[],
		{ type: "analyze", value },
		{ ...question },
		{ ...question, certlens: 2, value },
		{ ...question, value: 5 },
		{ ...question, value, id: 1 },
		{ ...question, value, view: "none" },
		{ ...question, value, probe: "https://evil.example/v1" },
		{ ...question, value, type: "toString" },
		{ certlens: 1, type: "clear", value },
	];
	for (const message of wrong) await say(page, message);
	const line = page.frameLocator("iframe").locator("#ignored");
	await line.getByText(`${wrong.length} messages ignored`).waitFor();
	await say(page, { ...question, value });
	assert.equal(((await heard(page, "report")) as ReportMessage).ignored, wrong.length);
	await close();
});

test("messages that try to break the frame are ignored and counted, and questions still answered", async () => {
	const { page, errors, close } = await frame(site);
	await heard(page, "ready");
	const floods = 5000;
	const sent = await page.evaluate(
		([question, floods]) => {
			const { contentWindow } = document.querySelector("iframe") as HTMLIFrameElement;
			const cyclic: Record<string, unknown> = { ...question };
			cyclic.value = cyclic;
			let deep: unknown = "";
			for (let i = 0; i < 500; i++) deep = { value: deep };
			const wrong: unknown[] = [
				cyclic,
				{ ...question, value: deep },
				{ ...question, value: new String("x") },
				{ ...question, value: ["x"] },
				{ ...question, value: new ArrayBuffer(1 << 24) },
				{ ...question, value: undefined },
				{ ...question, value: "x", host: null },
				{ ...question, value: "x", onclick: "globalThis.hit = 1" },
				{ ...question, value: "x", style: "color: red" },
				{ ...question, value: "x", certlens: "1" },
				{ ...question, value: "x", type: ["analyze"] },
				...["__proto__", "constructor", "hasOwnProperty", ""].map((type) => ({ certlens: 1, type })),
				JSON.parse('{"certlens": 1, "type": "clear", "__proto__": {"value": "x"}}'),
				Object.assign([], { type: "clear" }),
				new Map([["certlens", 1]]),
				new Error("x"),
				1n,
				"x".repeat(1 << 24),
				Array.from({ length: 1 << 18 }, () => ({})),
			];
			for (const message of wrong) contentWindow?.postMessage(message, "*");
			for (let i = 0; i < floods; i++) contentWindow?.postMessage(i, "*");
			return wrong.length + floods;
		},
		[question, floods] as const,
	);
	await page.frameLocator("iframe").locator("#ignored").getByText(`${sent} messages ignored`).waitFor();
	await say(page, { ...question, value: example("good.txt"), host: "<img src=x>\u202e".repeat(1 << 16), id: "<b>" });
	const { id, ignored, report } = (await heard(page, "report")) as ReportMessage;
	assert.deepEqual([id, ignored, report.served.length], ["<b>", sent, 2]);
	assert.equal(await page.frameLocator("iframe").locator("cert-lens img").count(), 0);
	assert.deepEqual(errors, []);
	await close();
});

test("messages of another page than the one named are ignored and counted", async () => {
	const message = JSON.stringify({ ...question, value: "-----BEGIN" });
	const sibling = `<iframe srcdoc='<script>parent.frames[0].postMessage(${message}, "*")</script>'></iframe>`;
	for (const [origin, html, own] of [
		["https://docs.example", "", true],
		["", "", true],
		["null", "", true],
		[`${site}/path`, "", true],
		[site, sibling, false],
	] as const) {
		const { page, close } = await frame(origin, "");
		const inside = page.frameLocator("iframe").first();
		await inside.locator("cert-lens-input").waitFor();
		if (html)
			await page.evaluate(
				(html) => document.body.append(...new DOMParser().parseFromString(html, "text/html").body.children),
				html,
			);
		if (own) await say(page, JSON.parse(message));
		await inside.locator("#ignored").getByText("1 message ignored").waitFor();
		const said = await page.evaluate(() => told.map(({ type }) => type));
		assert.equal(said.includes("report"), false, origin);
		if (own) assert.deepEqual(said, [], `${origin}: answers go to the named page alone`);
		await close();
	}
});
