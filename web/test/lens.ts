// What the tests of the page do over and over: open it, paste, wait, ask axe.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Locator, Page } from "playwright-core";
import type { CertLens } from "../src/elements/cert-lens.js";
import type { CertLensVerdict } from "../src/elements/verdict.js";
import type { Report } from "../src/engine/report.gen.js";
import type { ReportCompletedEvent } from "../src/events.js";
import { type Visit, visit } from "./harness.js";
import { host } from "./policy.js";

/** at is the time that the examples are made for. */
export const at = "2026-11-20T12:00:00Z";

/** open opens the page and waits until the engine takes calls. */
export async function open(browser: Browser, path = ""): Promise<Visit> {
	const v = await visit(browser, path, { timezoneId: "UTC", permissions: ["clipboard-read", "clipboard-write"] });
	await v.page.locator("cert-lens-progress progress").waitFor({ state: "detached" });
	return v;
}

/** Looks are how a page is looked at. */
export interface Looks {
	viewport?: { width: number; height: number };
	colorScheme?: "light" | "dark";
	/** The attribute probe; none when absent. */
	probe?: string;
}

// The engine takes a second or two to start, and all checkers of a page share
// it: hence one page for the tests of a file, and a new checker for each.
const pages = new WeakMap<Browser, Visit>();

/** onPage runs a test on a new checker of a strict host, with which no error may happen. */
export async function onPage(browser: Browser, run: (visit: Visit) => Promise<void>, looks: Looks = {}): Promise<void> {
	const v = pages.get(browser) ?? (await open(browser, host));
	pages.delete(browser);
	await v.page.setViewportSize(looks.viewport ?? { width: 1280, height: 800 });
	await v.page.emulateMedia({ colorScheme: looks.colorScheme ?? "light", reducedMotion: "reduce" });
	await renew(v.page, looks.probe);
	v.errors.length = 0;
	try {
		await run(v);
		assert.deepEqual(v.errors, []);
	} catch (error) {
		await v.close();
		throw error;
	}
	pages.set(browser, v);
}

async function renew(page: Page, probe: string | undefined): Promise<void> {
	await page.evaluate(async (probe) => {
		const lens = document.createElement("cert-lens");
		lens.setAttribute("help", "#/help/");
		if (probe) lens.setAttribute("probe", probe);
		document.querySelector("cert-lens")?.replaceWith(lens);
		await lens.updateComplete;
		lens.focus();
	}, probe);
	await page.waitForFunction(() => document.querySelector("cert-lens")?.matches(":focus-within"));
}

/**
 * after does something, and gives the complete report that follows, once its
 * verdict and picture are drawn: the page draws in tasks of its own after the event.
 */
export async function after(page: Page, action: () => Promise<unknown>): Promise<Report> {
	const report = page.evaluate(
		() =>
			new Promise<Report>((resolve) => {
				const done = (event: ReportCompletedEvent) => resolve(event.report);
				document.querySelector<CertLens>("cert-lens")?.addEventListener("report-completed", done, { once: true });
			}),
	);
	await action();
	const complete = await report;
	await page
		.locator("cert-lens-verdict")
		.first()
		.evaluate((verdict: CertLensVerdict) => verdict.updateComplete);
	if (complete.paths.length > 0) await page.locator("cert-lens-chain [part=picture] .name").first().waitFor();
	return complete;
}

/** paste puts text on the clipboard and presses the keys for it. */
export async function paste(page: Page, text: string): Promise<void> {
	await page.evaluate((t) => navigator.clipboard.writeText(t), text);
	await page.keyboard.press("ControlOrMeta+V");
}

/** choose presses the link of an example. */
export function choose(page: Page, title: string): Promise<void> {
	return page.getByRole("button", { name: title }).click();
}

/** everything is all that is on the page: markup of every shadow root, and what fields hold. */
export function everything(page: Page): Promise<string> {
	return page.evaluate(() => {
		const all = (root: ParentNode): string =>
			[...root.querySelectorAll("*")]
				.map((e) => {
					const held = e instanceof HTMLTextAreaElement || e instanceof HTMLInputElement ? e.value : "";
					return `${held}${e.shadowRoot ? e.shadowRoot.innerHTML + all(e.shadowRoot) : ""}`;
				})
				.join("\n");
		return document.documentElement.outerHTML + all(document);
	});
}

/** box is the text area. */
export function box(page: Page): Locator {
	return page.getByRole("textbox", { name: "Certificate, chain or error message" });
}

/** verdict is the sentence. */
export function verdict(page: Page): Locator {
	return page.locator("cert-lens-verdict h2");
}

/** unfold opens a section by its heading. */
export async function unfold(page: Page, heading: string): Promise<void> {
	const summary = page.locator("summary", { has: page.getByRole("heading", { name: heading, exact: true }) });
	if (!(await summary.evaluate((e) => (e.parentElement as HTMLDetailsElement).open))) await summary.click();
}

/** unfoldAll opens everything, also what only appears inside of what opens. */
export async function unfoldAll(page: Page): Promise<void> {
	for (let round = 0; round < 3; round++) {
		await page.evaluate(() => {
			const open = (root: ParentNode): void => {
				for (const element of root.querySelectorAll("*")) {
					if (element instanceof HTMLDetailsElement) element.open = true;
					if (element.shadowRoot) open(element.shadowRoot);
				}
			};
			open(document);
		});
		await page.waitForTimeout(50);
	}
}

/** drop drops one file on the checker. */
export function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
	const file = { name, base64: Buffer.from(bytes).toString("base64") };
	return page.evaluate(({ name, base64 }) => {
		const transfer = new DataTransfer();
		transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
		const lens = document.querySelector("cert-lens");
		for (const type of ["dragenter", "dragover", "drop"]) {
			lens?.dispatchEvent(
				new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true, composed: true }),
			);
		}
	}, file);
}

/** derOf is the first certificate of some PEM. */
export function derOf(pem: string): Buffer {
	const body = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END/.exec(pem)?.[1] ?? "";
	return Buffer.from(body, "base64");
}

/** isWide tells whether the page scrolls sideways. */
export function isWide(page: Page): Promise<boolean> {
	return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResults {
	violations: Array<{ id: string; help: string; nodes: Array<{ target: unknown; failureSummary?: string }> }>;
	passes: unknown[];
}

/** violations are what axe finds on the page as it is, by all its rules or by some. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
	if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
	const results = await page.evaluate((runOnly) => {
		const options = { resultTypes: ["violations"], ...(runOnly ? { runOnly } : {}) };
		return (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(options);
	}, rules);
	assert.ok(results.passes.length > (rules ? 0 : 20), "axe looked at the page");
	return results.violations.flatMap(({ id, help, nodes }) =>
		nodes.map((n) => `${id}: ${help}: ${JSON.stringify(n.target)}: ${n.failureSummary}`),
	);
}

// What goes by the colour scheme.
const colours = ["color-contrast", "link-in-text-block"];

/** reads asserts that axe finds nothing and nothing scrolls sideways on a phone and
 * on a desk, light and dark. */
export async function reads(page: Page, view: string): Promise<void> {
	for (const width of [390, 1280]) {
		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
		assert.deepEqual(await violations(page), [], `${view} (${width}, light)`);
		await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
		assert.deepEqual(await violations(page, colours), [], `${view} (${width}, dark)`);
		assert.equal(await isWide(page), false, `${view} (${width})`);
	}
}
