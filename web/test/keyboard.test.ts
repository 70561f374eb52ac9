// The page by keys alone: every step shows where the focus is, and none keeps it.

import assert from "node:assert/strict";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { example, launch, many } from "./harness.js";
import { after, onPage, open, paste, verdict } from "./lens.js";
import { host } from "./policy.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

interface Focus {
	/** A number of the element's own; 0 for the page itself. */
	id: number;
	/** What it is called, or says. */
	name: string;
	/** Whether something is drawn around it. */
	shows: boolean;
}

// The element that has the focus, through all shadow roots.
const focus = (page: Page): Promise<Focus> =>
	page.evaluate(() => {
		let e = document.activeElement;
		while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
		if (!e || e === document.body) return { id: 0, name: "", shows: true };
		const field = e instanceof HTMLInputElement || e instanceof HTMLSelectElement ? e.labels?.[0] : e;
		const known = globalThis as { stops?: Element[] };
		known.stops ??= [];
		if (!known.stops.includes(e)) known.stops.push(e);
		// A text area shows it by its frame, and a box of the picture by its own edge.
		const drawn = (e.matches("textarea") && e.closest(".box")) || e;
		const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
		const edge = e.querySelector(":scope > .box");
		return {
			id: known.stops.indexOf(e) + 1,
			name: e.getAttribute("aria-label") || field?.textContent?.replace(/\s+/g, " ").trim() || "",
			shows:
				(outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) ||
				(e instanceof SVGElement && edge !== null && getComputedStyle(edge).strokeWidth === "3px"),
		};
	});

// What has the focus, which shows.
async function focused(page: Page): Promise<string> {
	const { name, shows } = await focus(page);
	assert.ok(shows, `the focus shows at ${name}`);
	return name;
}

// Presses Tab until the focus is where it should be.
async function tabTo(page: Page, name: RegExp, key = "Tab", most = 60): Promise<void> {
	for (let i = 0; i < most; i++) {
		if (name.test(await focused(page))) return;
		await page.keyboard.press(key);
	}
	assert.fail(`${name} was not reached within ${most} presses of ${key}`);
}

test("from loading the page to a copied fix", async () => {
	const { page, errors, close } = await open(browser, host);
	assert.equal(await focused(page), "Certificate, chain or error message", "the cursor is in the box");
	const report = await after(page, () => paste(page, example("missing-intermediate.txt")));
	assert.equal(report.diagnosis?.class, "missing_intermediate");
	assert.equal(await focused(page), "Edit", "the focus follows the box into the strip");
	await tabTo(page, /^How to fix it/);
	await page.keyboard.press("Enter");
	const fixes = [];
	for (const platform of ["the first", "the next"]) {
		await tabTo(page, /^for /);
		if (platform === "the next") await page.keyboard.press("ArrowDown");
		await tabTo(page, /^Copy$/);
		await page.evaluate(() => navigator.clipboard.writeText(""));
		await page.keyboard.press("Enter");
		await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
		const fix = await page.evaluate(() => navigator.clipboard.readText());
		assert.ok(
			report.fixes?.some(({ commands }) => commands?.includes(fix)),
			fix,
		);
		fixes.push(fix);
		await tabTo(page, /^for /, "Shift+Tab");
	}
	assert.notEqual(fixes[0], fixes[1], "for another platform");
	assert.deepEqual(errors, []);
	await close();
});

test("an example, its host, its rules, the help, and back", () =>
	onPage(browser, async ({ page }) => {
		await tabTo(page, /^A good chain$/);
		const good = await after(page, () => page.keyboard.press("Enter"));
		assert.equal(good.diagnosis?.class, "ok");
		await tabTo(page, /^Host name/);
		const wrong = await after(page, () => page.keyboard.type("www."));
		assert.equal(wrong.diagnosis?.class, "hostname_mismatch");
		await tabTo(page, /^Rules and trust anchors/);
		await page.keyboard.press("Enter");
		await tabTo(page, /^Rules$|^Profile|^Lint/);
		const ruled = await after(page, () => page.keyboard.press("ArrowDown"));
		assert.notDeepEqual(
			ruled.lints.map(({ profile }) => profile),
			wrong.lints.map(({ profile }) => profile),
		);
		await tabTo(page, /^What “.*” means$/);
		await page.keyboard.press("Enter");
		await page.locator("cert-lens-help .meaning").waitFor();
		await page.waitForFunction(() => document.activeElement?.localName === "cert-lens-help");
		await tabTo(page, /^To the checker$/, "Shift+Tab");
		await page.keyboard.press("Enter");
		await verdict(page).waitFor();
		await page.waitForFunction(() => document.activeElement?.localName === "cert-lens");
		assert.equal(await focused(page), "Edit");
		await tabTo(page, /^Clear$/);
		await page.keyboard.press("Enter");
		await page.waitForFunction(() => document.querySelector("cert-lens")?.matches(":focus-within"));
		assert.equal(await focused(page), "Certificate, chain or error message");
	}));

test("a long analysis is cancelled, and the focus stays near", () =>
	onPage(browser, async ({ page }) => {
		await paste(page, many(1000));
		await page.getByRole("button", { name: "Cancel" }).waitFor();
		await tabTo(page, /^Cancel$/);
		await page.keyboard.press("Enter");
		await page.getByText("The analysis was cancelled").waitFor();
		await page.waitForFunction(() => document.activeElement?.localName === "cert-lens");
		assert.equal(await focused(page), "Edit");
		await tabTo(page, /^Analyze again$/);
	}));

test("the picture, a certificate and its bytes by the keyboard", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, example("good.txt")));
		assert.equal(await focused(page), "Edit", "the focus follows the box into the strip");
		await tabTo(page, /^intermediate, 2nd, Example Issuing CA 1/);
		await page.keyboard.press("Enter");
		const certificate = page.locator("cert-lens-certificate[open]");
		assert.match((await certificate.textContent({ timeout: 2000 })) ?? "", /^/);
		assert.match(await focused(page), /^Example Issuing CA 1/);
		await tabTo(page, /^Show its \d+ bytes/);
		await page.keyboard.press("Enter");
		await page.getByRole("treeitem").first().waitFor();
		await tabTo(page, /^ASN\.1$/);
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("ArrowDown");
		assert.equal(await page.locator("[role=treeitem][aria-selected=true]").getAttribute("aria-level"), "3");
		await page.keyboard.press("ArrowLeft");
		assert.equal(await page.locator("[role=treeitem][aria-selected=true]").getAttribute("aria-level"), "2");
	}));

test("Tab goes through the whole page, and round again", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, example("missing-intermediate.txt")));
		const names: string[] = [];
		const seen: number[] = [];
		const first = await focus(page);
		for (let { id, name } = first; seen.length === 0 || id !== first.id; ) {
			// A field for a time has stops of its own.
			if (id !== seen.at(-1)) {
				assert.ok(!seen.includes(id), `${name} has the focus again after ${names.at(-1)}`);
				seen.push(id);
				names.push(name);
			}
			await page.keyboard.press("Tab");
			await focused(page);
			({ id, name } = await focus(page));
		}
		// Round again, it passes the page itself, and what stands before the first.
		for (const stop of [
			"Host name",
			"How to fix it",
			"Findings",
			"Bytes",
			"What errors mean",
			"shop.example.com lines",
		])
			assert.ok(
				names.some((name) => name.startsWith(stop)),
				`${stop}: ${names}`,
			);
	}));
