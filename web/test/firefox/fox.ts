// What the tests in Firefox need, by WebDriver BiDi. The driver's own ways to find
// elements and to wait are made of strings that become code, which the policy of
// the page forbids: here everything is a function that the page evaluates.

import puppeteer, { type Browser, type Page } from "puppeteer-core";

/** fox starts Firefox. */
export function fox(): Promise<Browser> {
	const executablePath = process.env.FIREFOX;
	if (!executablePath) throw new Error("FIREFOX is not set: run these tests with: go run ./build check firefox");
	return puppeteer.launch({ browser: "firefox", protocol: "webDriverBiDi", executablePath, headless: true });
}

/** A FoxPage is a page, and all that it said and fetched. */
export interface FoxPage {
	page: Page;
	requests: string[];
	errors: string[];
}

/** openFox opens a page. */
export async function openFox(browser: Browser, url: string): Promise<FoxPage> {
	const context = await browser.createBrowserContext();
	const page = await context.newPage();
	const requests: string[] = [];
	const errors: string[] = [];
	page.on("request", (request) => requests.push(request.url()));
	page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
	page.on("pageerror", (error) => errors.push(String(error)));
	await page.goto(url);
	return { page, requests, errors };
}

const patience = 30_000; // ms

/** until waits for a function to give something that is true, and gives it. */
export async function until<A, T>(page: Page, run: (argument: A) => T, argument: A): Promise<NonNullable<Awaited<T>>> {
	const end = Date.now() + patience;
	for (;;) {
		const value = (await page.evaluate(run as (argument: unknown) => unknown, argument)) as Awaited<T>;
		if (value) return value;
		if (Date.now() > end) throw new Error(`waited in vain for ${run} of ${JSON.stringify(argument)?.slice(0, 100)}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** textOf is the text of the first element that a path of selectors leads to, one for each shadow root. */
export function textOf(page: Page, ...path: string[]): Promise<string> {
	return until(
		page,
		(path) => {
			let root: ParentNode | null | undefined = document;
			let element: Element | null | undefined;
			for (const selector of path) {
				element = root?.querySelector(selector);
				root = element?.shadowRoot;
			}
			return element?.textContent;
		},
		path,
	);
}

/** press presses the button with some words on it. */
export async function press(page: Page, words: string): Promise<void> {
	await until(
		page,
		(words) => {
			const find = (root: ParentNode): HTMLElement | undefined => {
				for (const element of root.querySelectorAll("*")) {
					if (
						element instanceof HTMLElement &&
						element.matches("button, summary") &&
						element.textContent?.trim() === words
					)
						return element;
					const inside = element.shadowRoot && find(element.shadowRoot);
					if (inside) return inside;
				}
				return undefined;
			};
			const button = find(document);
			button?.click();
			return button !== undefined;
		},
		words,
	);
}

/** ready waits until the engine takes calls. */
export async function ready(page: Page): Promise<void> {
	await textOf(page, "cert-lens-silence", "p");
}

/** verdictOf is the sentence of the report, once it is a given one or any. */
export function verdictOf(page: Page): Promise<string> {
	return textOf(page, "cert-lens", "cert-lens-report", "cert-lens-verdict", "h2");
}
