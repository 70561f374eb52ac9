// <cert-lens> as other pages use it: attributes, methods, events, views, and that
// it and the page around leave each other alone.

import assert from "node:assert/strict";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { CertLens } from "../src/elements/cert-lens.js";
import type { Report } from "../src/engine/report.gen.js";
import { example, launch } from "./harness.js";
import { at, onPage } from "./lens.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

/** put puts an element with some attributes in the place of the page's, and gives
 * what it reports and the events until then. */
async function put(page: Page, attributes: Record<string, string>): Promise<{ report: Report; events: string[] }> {
	return page.evaluate(async (attributes) => {
		const lens = document.createElement("cert-lens");
		const events: string[] = [];
		for (const type of ["analysis-started", "report-completed", "analysis-failed"])
			lens.addEventListener(type, () => events.push(type));
		for (const [name, value] of Object.entries(attributes)) lens.setAttribute(name, value);
		const done = new Promise<Report>((resolve, reject) => {
			lens.addEventListener("report-completed", (event) => resolve(event.report));
			lens.addEventListener("analysis-failed", (event) => reject(new Error(event.message)));
		});
		document.querySelector("cert-lens")?.replaceWith(lens);
		const report = await done;
		await lens.updateComplete;
		return { report, events };
	}, attributes);
}

const chain = { value: example("good.txt"), host: "shop.example.com", at };

// What the attributes make of one chain, whose root is a private one.
const trusts: [name: string, attributes: Record<string, string>, verdict: string][] = [
	["the default stores", {}, "unknown_root"],
	["no store", { stores: "none" }, "unknown_root"],
	["its own root", { anchors: example("root.txt") }, "ok"],
	["its own root alone", { anchors: example("root.txt"), stores: "none" }, "ok"],
	["another host", { anchors: example("root.txt"), host: "www.example.org" }, "hostname_mismatch"],
	["another time", { anchors: example("root.txt"), at: "2040-01-01T00:00:00Z" }, "expired"],
];

for (const [name, attributes, verdict] of trusts) {
	test(`attributes are the question: ${name}`, () =>
		onPage(browser, async ({ page }) => {
			const { report, events } = await put(page, { ...chain, ...attributes });
			assert.equal(report.diagnosis?.class, verdict);
			assert.deepEqual(events, ["analysis-started", "report-completed"], "all attributes are one question");
		}));
}

test("an attribute that makes no sense is told as a failure", () =>
	onPage(browser, async ({ page }) => {
		await assert.rejects(put(page, { ...chain, stores: "nowhere" }), /nowhere/);
	}));

test("methods", () =>
	onPage(browser, async ({ page }) => {
		await put(page, chain);
		const result = await page.evaluate(async (other) => {
			const lens = document.querySelector("cert-lens") as CertLens;
			const again = await lens.analyze();
			const overtaken = lens.analyze().catch((error: Error) => error.name);
			await lens.updateComplete;
			lens.replaceText(other);
			const name = await overtaken;
			lens.clear();
			await lens.updateComplete;
			const nothing = await lens.analyze().catch((error: Error) => error.message);
			const shown = lens.shadowRoot?.querySelector("cert-lens-report")?.report;
			return { served: again.served.length, name, nothing, shown: shown !== undefined };
		}, example("expired.txt"));
		assert.deepEqual(result, { served: 2, name: "AbortError", nothing: "There is nothing to analyze.", shown: false });
	}));

// What each view has, and what it has not.
const views: [view: string, has: string[], lacks: string[]][] = [
	["full", ["cert-lens-options", "cert-lens-strip", "cert-lens-chain", "cert-lens-findings", "#bytes"], []],
	[
		"compact",
		["cert-lens-strip", "cert-lens-verdict", "cert-lens-chain", "cert-lens-fixes"],
		["cert-lens-options", "cert-lens-findings", "#bytes"],
	],
	[
		"verdict",
		["cert-lens-verdict"],
		["cert-lens-strip", "cert-lens-input", "cert-lens-options", "cert-lens-chain", "cert-lens-fixes"],
	],
];

for (const [view, has, lacks] of views) {
	test(`the view ${view}`, () =>
		onPage(browser, async ({ page }) => {
			await put(page, { ...chain, view });
			for (const selector of has) assert.equal(await page.locator(`cert-lens ${selector}`).count(), 1, selector);
			for (const selector of lacks) assert.equal(await page.locator(`cert-lens ${selector}`).count(), 0, selector);
		}));
}

test("light and dark go by the attribute, and without it by the page", () =>
	onPage(browser, async ({ page }) => {
		await put(page, chain);
		const colour = (theme: string, scheme: string) =>
			page.evaluate(
				async ([theme, scheme]) => {
					const lens = document.querySelector("cert-lens") as CertLens;
					document.documentElement.style.colorScheme = scheme ?? "";
					lens.theme = theme as CertLens["theme"];
					await lens.updateComplete;
					const { color } = getComputedStyle(lens.shadowRoot?.querySelector("cert-lens-verdict") ?? lens);
					const report = lens.shadowRoot?.querySelector("cert-lens-report");
					const inner = getComputedStyle(report?.shadowRoot?.querySelector("cert-lens-verdict") ?? lens).color;
					document.documentElement.style.colorScheme = "";
					return `${color} ${inner}`;
				},
				[theme, scheme],
			);
		const light = await colour("auto", "light");
		const dark = await colour("auto", "dark");
		assert.notEqual(light, dark);
		assert.equal(await colour("dark", "light"), dark);
		assert.equal(await colour("light", "dark"), light);
	}));

test("the page and the element leave each other alone", () =>
	onPage(browser, async ({ page }) => {
		await put(page, chain);
		const { before, after, inside } = await page.evaluate(async () => {
			// All but what goes by the size of the element itself.
			const bySize = /size|height|width|inset|bottom|top|origin|perspective/;
			const look = () => {
				const styles = [...document.querySelectorAll("h1, footer, body")].map((e) =>
					Object.entries({ ...getComputedStyle(e) }),
				);
				return JSON.stringify(styles.map((style) => style.filter(([name]) => !bySize.test(name.toLowerCase()))));
			};
			const lens = document.querySelector("cert-lens") as CertLens;
			const sheet = new CSSStyleSheet();
			sheet.replaceSync("button, summary, section, h2, div { display: none; transform: rotate(90deg); color: red }");
			document.adoptedStyleSheets.push(sheet);
			const inside = getComputedStyle(lens.shadowRoot?.querySelector(".question") ?? lens).display;
			document.adoptedStyleSheets.pop();
			const before = look();
			const globals = Object.keys(globalThis).length;
			lens.replaceText("nothing");
			await lens.updateComplete;
			const after = look();
			return { before, after: Object.keys(globalThis).length === globals ? after : "new globals", inside };
		});
		assert.equal(inside, "grid");
		assert.equal(after.length > 100, true);
		assert.equal(after, before);
	}));

test("the words are marked as English", () =>
	onPage(browser, async ({ page }) => {
		await put(page, chain);
		assert.equal(await page.locator("cert-lens").getAttribute("lang"), "en");
	}));
