// What docs/embedding.md tells to copy does what it says, copied literally.

import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { CertLens } from "../src/elements/cert-lens.js";
import { written } from "./docs.js";
import { address, example, launch } from "./harness.js";

let browser: Browser;
let server: Server;
// The page of a reader, and where it is: localhost is another origin than 127.0.0.1.
let body = "";
let reader: string;
before(async () => {
	browser = await launch();
	server = createServer((_, response) => {
		response.writeHead(200, { "Content-Type": "text/html" });
		response.end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
	reader = `http://localhost:${(server.address() as AddressInfo).port}`;
});
after(async () => {
	await browser.close();
	server.close();
});

const [script = ""] = written("One script");

/** on opens a reader's page with some HTML in it, and asserts that it has no errors. */
async function on(html: string, run: (page: Page, said: string[]) => Promise<void>, at = reader): Promise<void> {
	const context = await browser.newContext();
	const page = await context.newPage();
	const said: string[] = [];
	const errors: string[] = [];
	page.on("console", (message) => (message.type() === "error" ? errors : said).push(message.text()));
	page.on("pageerror", (error) => errors.push(String(error)));
	body = `<!doctype html><meta charset="utf-8"><title>docs</title><link rel="icon" href="data:,">${html}`;
	// A page of our own origin, without the policy of our server.
	await context.route(`${address}reader.html`, (route) => route.fulfill({ body, contentType: "text/html" }));
	await page.goto(at);
	await run(page, said);
	assert.deepEqual(errors, []);
	await context.close();
}

async function works(page: Page): Promise<void> {
	await page.locator("cert-lens-input").waitFor();
	await page.locator("cert-lens").evaluate((lens: CertLens, pem) => lens.replaceText(pem), example("good.txt"));
	await page.locator("cert-lens-chain [part=picture] .name").first().waitFor();
}

test("one script, with its integrity value", async () => {
	assert.match(script, /integrity="sha384-[\w+/]{64}"/);
	await on(script, works);
});

test("the policy for a script of another origin", async () => {
	const [, policy] = written("Content-Security-Policy");
	const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${policy}">`;
	await on(meta + script, works);
});

test("the policy for everything on the own origin", async () => {
	const [policy] = written("Content-Security-Policy");
	const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${policy}">`;
	await on(meta + script.replace(address, "./"), works, `${address}reader.html`);
});

test("the frame, and its script behind it", async () => {
	const [frame, code] = written("A frame");
	const html = `<pre id="chain">${example("good.txt")}</pre>${frame?.replace("https://docs.example", reader)}<script>${code}</script>`;
	await on(html, async (page, said) => {
		await page.waitForFunction(() => (document.querySelector("iframe")?.clientHeight ?? 0) > 400);
		assert.match(said.join("\n"), /^1 Example Issuing CA 1 was issued by/);
	});
});

test("the frame that the page writes for other sites", async () => {
	const context = await browser.newContext({ serviceWorkers: "block" });
	const page = await context.newPage();
	await page.goto(address);
	await page.getByText("Put it on your site").click();
	await page.getByLabel("Way").selectOption("frame");
	const code = (await page.locator("cert-lens-builder pre").textContent()) ?? "";
	await context.close();
	const html = code.replace("https://YOUR.SITE", reader).replace('"PEM"', JSON.stringify(example("good.txt")));
	await on(html, async (page) => {
		await page.waitForFunction(() => (document.querySelector("iframe")?.clientHeight ?? 0) > 600);
	});
});

test("Docusaurus has the script", async () => {
	const [config] = written("Docusaurus");
	const { default: site } = await import(`data:text/javascript,${encodeURIComponent(config ?? "")}`);
	const attributes = Object.entries(site.scripts[0]).map(([name, value]) => `${name}="${value}"`);
	await on(`<script ${attributes.join(" ")}></script><cert-lens></cert-lens>`, works);
});

test("MkDocs has the script, by its configuration and by an override", () => {
	const [config, override] = written("MkDocs");
	assert.equal(config, `extra_javascript:\n  - path: ${address}certlens.js\n    type: module`);
	assert.ok(override?.includes(script.replace(/\s*<cert-lens.*/s, "")), override);
});

test("Hugo has a shortcode, and it is called", () => {
	const [shortcode, call] = written("Hugo");
	assert.match(shortcode ?? "", /^<cert-lens host="{{ \.Get "host" }}"><\/cert-lens>$/);
	assert.match(call ?? "", /^{{< cert-lens host="[^"]+" >}}$/);
});
