// What every browser test needs: a browser, a page that tells on itself, and the
// server's address. build/check_browser.go serves dist/web and sets both.

import { readFileSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** address is where dist/web is served, with a slash at the end. */
export const address = required("CERTLENS_URL");

function required(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`${name} is not set: run the browser tests with: go run ./build check browser`);
	return value;
}

/** isLong tells whether tests may take minutes (npm run test:long). */
export const isLong = process.env.CERTLENS_LONG !== undefined;

/** launch starts the browser. */
export function launch(): Promise<Browser> {
	return chromium.launch({
		executablePath: required("CHROMIUM"),
		// A container's root user has no sandbox to run it in.
		args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
	});
}

/** A Visit is one page, and all that it said and fetched. */
export interface Visit {
	page: Page;
	/** Addresses of all requests, those of workers included, in order. */
	requests: string[];
	/** Errors of the console and uncaught exceptions; violations of the policy are among them. */
	errors: string[];
	close(): Promise<void>;
}

/** visit opens a page of its own, with nothing cached. It is not kept for use
 * without a network; offline.test.ts has pages that are. */
export async function visit(
	browser: Browser,
	path = "",
	options: BrowserContextOptions = {},
	at = address,
): Promise<Visit> {
	const context = await browser.newContext({ serviceWorkers: "block", ...options });
	const page = await context.newPage();
	const requests: string[] = [];
	const errors: string[] = [];
	context.on("request", (request) => requests.push(request.url()));
	page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
	page.on("pageerror", (error) => errors.push(String(error)));
	await page.goto(at + path);
	return { page, requests, errors, close: () => context.close() };
}

/** example reads one of the examples that the page offers. */
export function example(name: string): string {
	return readFileSync(`web/examples/${name}`, "utf8");
}

/** many gives count different certificates, at most 1,000. */
export function many(count: number): string {
	const end = "-----END CERTIFICATE-----\n";
	const blocks = readFileSync("dist/test/many.pem", "utf8").split(end);
	return blocks.slice(0, count).join(end) + end;
}
