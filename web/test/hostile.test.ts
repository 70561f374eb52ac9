// What an attacker would have people paste, drop or frame (build/hostile): it shows
// as text, the unseen in it made visible; nothing of it runs, becomes an element,
// asks for anything or holds the page up.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { example, launch, type Visit, visit } from "./harness.js";
import { after, drop, everything, isWide, onPage, paste, unfoldAll } from "./lens.js";

const { texts, chain, large } = JSON.parse(readFileSync("dist/test/hostile.json", "utf8")) as {
	texts: string[];
	chain: string;
	large: string;
};

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

/** The elements that the page is made of. */
const ours = new Set(
	`html head meta title link body header main footer noscript slot
	p h1 h2 h3 h4 h5 div span section article nav a b strong em bdi br code pre mark small wbr
	ul ol li dl dt dd table thead tbody tr th td details summary
	button form input textarea select option label progress output
	svg g rect path text circle title`.split(/\s+/),
);

/**
 * harm is what is wrong with a page: elements that are not ours, what they would
 * run or fetch, and text in which something cannot be seen.
 */
function harm(page: Page): Promise<string[]> {
	return page.evaluate(
		(ours) => {
			// Controls, direction, what has no width, and heaps; our own text has none of it.
			const unseen = /[^\P{C}\t\n]|[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]|\p{M}{8}/u;
			const found = new Set<string>();
			const judge = (where: string, text: string) => {
				const bad = unseen.exec(text);
				if (bad) found.add(`U+${bad[0].codePointAt(0)?.toString(16)} in ${where}`);
			};
			const look = (element: Element, path: string) => {
				const name = element.localName;
				const where = `${path} ${name}${element.className && typeof element.className === "string" ? `.${element.className}` : ""}`;
				// One stands in the head of the page itself, and one at its end.
				const isOwnScript =
					name === "script" &&
					element.parentElement?.parentElement === document.documentElement &&
					/^\.\/|^$/.test(element.getAttribute("src") ?? "");
				if (!ours.includes(name) && !name.startsWith("cert-lens") && !isOwnScript) found.add(`element ${where}`);
				for (const { name: attribute, value } of element.attributes) {
					if (/^on|^(srcset|srcdoc|action|formaction|ping|background)$/.test(attribute))
						found.add(`attribute ${attribute} of ${where}`);
					judge(`${attribute} of ${where}`, value);
				}
				if (element instanceof HTMLAnchorElement && !isSafe(element))
					found.add(`link ${element.href.slice(0, 80)} of ${where}`);
				for (const node of element.childNodes) if (node instanceof Text) judge(where, node.data);
				for (const child of element.children) look(child, path);
				for (const child of element.shadowRoot?.children ?? []) look(child, `${path} ${name}`);
			};
			const isSafe = ({ href, origin, rel, target }: HTMLAnchorElement) =>
				origin === location.origin ||
				(/^https:/.test(href) && target === "_blank" && /noopener/.test(rel) && /noreferrer/.test(rel));
			look(document.documentElement, "");
			judge("document.title", document.title);
			if ("hit" in globalThis) found.add("it ran");
			return [...found];
		},
		[...ours],
	);
}

/** harmless opens everything there is, and asserts that none of it does harm. */
async function harmless({ page, requests }: Visit, since: number): Promise<void> {
	await unfoldAll(page);
	assert.deepEqual(await harm(page), []);
	// The icon is the browser's own business.
	assert.deepEqual(
		requests.slice(since).filter((url) => !url.includes("/icon-")),
		[],
	);
}

/** tasks gives the longest task of the page while something is done, in ms. */
async function longest(page: Page, action: () => Promise<unknown>): Promise<number> {
	await page.evaluate(() => {
		const scope = globalThis as unknown as { tasks: number[] };
		scope.tasks = [0];
		new PerformanceObserver((list) => scope.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
			type: "longtask",
		});
	});
	await action();
	await page.waitForTimeout(100);
	return page.evaluate(() => Math.max(...(globalThis as unknown as { tasks: number[] }).tasks));
}

test("a certificate whose every text attacks shows it as text", () =>
	onPage(browser, async (v) => {
		const { page, requests } = v;
		const since = requests.length;
		const report = await after(page, () => paste(page, chain));
		assert.equal(report.certificates.length, 2);
		await harmless(v, since);
		const shown = await page.locator("cert-lens-certificate .details").first().textContent();
		for (const text of [
			"<script>globalThis.hit=1</script>",
			"javascript:globalThis.hit=1",
			"\\u202egnp.exe",
			"\\x00",
			"🙈",
		])
			assert.ok(shown?.includes(text), text);
		await page.getByRole("treeitem").first().waitFor();
		await page.locator("cert-lens-asn1 [role=tree]").focus();
		for (let i = 0; i < 60; i++) {
			await page.keyboard.press(i % 2 ? "ArrowRight" : "ArrowDown");
			if (i % 10 === 9) await harmless(v, since);
		}
		await page.setViewportSize({ width: 390, height: 800 });
		await harmless(v, since);
		assert.equal(await isWide(page), false);
	}));

test("every text as the host is judged, and shows", () =>
	onPage(browser, async (v) => {
		const since = v.requests.length;
		await after(v.page, () => paste(v.page, chain));
		for (const host of [...texts, "<b>".repeat(1 << 18)]) {
			await after(v.page, () =>
				v.page.evaluate((host) => {
					const lens = document.querySelector("cert-lens");
					if (lens) lens.host = host;
				}, host),
			);
			await harmless(v, since);
		}
	}));

// What tools print, with the attack where the names stood.
const lines = (
	text: string,
) => `curl: (60) SSL: no alternative certificate subject name matches target host name '${text}'
* issuer: CN=${text}
x509: certificate is valid for ${text}, not ${text}
Bag Attributes
    friendlyName: ${text}
-----BEGIN ${text.replace(/\s/g, " ")}-----
MAA=
-----END ${text.replace(/\s/g, " ")}-----
`;

for (const text of texts) {
	test(`a transcript, error texts and files that are named ${JSON.stringify(text.slice(0, 24))}`, () =>
		onPage(browser, async (v) => {
			const { page, requests } = v;
			const since = requests.length;
			const print = [example("s_client.txt"), example("error.txt"), lines("shop.example.com")].join("\n");
			const names = /shop\.example\.com|Example \w+ CA 1?|(?<=code: 20 \().*(?=\))/g;
			const attack = print.replaceAll(names, () => text);
			await after(page, () => drop(page, text, Buffer.from(attack)));
			await harmless(v, since);
			await page.getByRole("button", { name: "Edit" }).click();
			await harmless(v, since);
			await page.evaluate(() => document.querySelector("cert-lens")?.clear());
			await after(page, () =>
				page.evaluate((attack) => document.querySelector("cert-lens")?.replaceText(attack), attack),
			);
			await harmless(v, since);
		}));
}

test("what the engine and the help refuse is quoted as text", () =>
	onPage(browser, async (v) => {
		const { page, requests } = v;
		const since = requests.length;
		for (const text of [...texts, "x".repeat(1 << 20)]) {
			await page.evaluate(
				([text, chain]) => {
					const lens = document.createElement("cert-lens");
					Object.assign(lens, { value: chain, at: text, stores: text, profile: text, anchors: text });
					document.querySelector("cert-lens")?.replaceWith(lens);
				},
				[text, chain] as const,
			);
			await page.locator("cert-lens [role=alert]").waitFor();
			await harmless(v, since);
			await page.evaluate(
				(text) => {
					location.hash = `#/help/${encodeURIComponent(text)}`;
				},
				text.replace(/[\ud800-\udfff]/g, ""),
			);
			await page.getByRole("heading", { name: "There is no help page" }).waitFor();
			await harmless(v, since);
			await page.evaluate(() => {
				location.hash = "#/";
			});
		}
	}));

test("names of a megabyte do not hold the page up", { timeout: 120_000 }, () =>
	onPage(browser, async (v) => {
		const { page, requests } = v;
		const since = requests.length;
		const task = await longest(page, async () => {
			await after(page, () => drop(page, `${"n".repeat(1 << 20)}.pem`, Buffer.from(large)));
			await harmless(v, since);
			await page.getByRole("treeitem").first().waitFor();
			await page.getByRole("treeitem").nth(5).click();
		});
		assert.ok(task < 3000, `a task of ${task} ms`);
		assert.ok((await everything(page)).length < 2_000_000);
	}),
);

test("a saved file has a name that every system takes", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, chain));
		await unfoldAll(page);
		for (const button of await page.getByRole("button", { name: /^Save/ }).all()) {
			const saved = page.waitForEvent("download");
			await button.click();
			assert.match((await saved).suggestedFilename(), /^[A-Za-z0-9][A-Za-z0-9.-]{0,99}\.(pem|der)$/);
		}
	}));

test("the snippet for a site holds a text as an attribute, and nothing else", async () => {
	const { page, close } = await visit(browser);
	const reader = await browser.newPage();
	await page.getByText("Put it on your site").click();
	const builder = page.locator("cert-lens-builder");
	for (const way of ["script", "npm", "frame"]) {
		await builder.locator("select").first().selectOption(way);
		for (const text of texts) {
			const field = builder.locator("input");
			await field.fill(text);
			// HTML has no way to write NUL.
			const typed = (await field.inputValue()).trim().replaceAll("\0", way === "frame" ? "\0" : "\ufffd");
			const snippet = await builder
				.locator("cert-lens-copy")
				.evaluate((copy) => (copy as HTMLElement & { value: string }).value);
			const read = await reader.evaluate((snippet) => {
				const body = new DOMParser().parseFromString(snippet, "text/html");
				const elements = [...body.querySelectorAll("*")].map(({ localName }) => localName);
				const message = /postMessage\((.*), origin\)/s.exec(
					body.querySelector("script:not([src])")?.textContent ?? "",
				)?.[1];
				return {
					elements,
					host: message ? JSON.parse(message).host : body.querySelector("cert-lens")?.getAttribute("host"),
				};
			}, snippet);
			const tags = { script: ["script", "cert-lens"], npm: ["cert-lens"], frame: ["iframe", "script"] }[way] ?? [];
			assert.deepEqual(read.elements.sort(), ["html", "head", "body", ...tags].sort(), text);
			assert.equal(read.host, typed);
		}
		assert.deepEqual(await harm(page), []);
	}
	await close();
	await reader.close();
});
