// Measures the page in a real browser. Prints one line of JSON per measurement;
// build/bench.go sets it beside its budget.

import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import type { CertLens } from "../src/elements/cert-lens.js";
import type * as Client from "../src/engine/client.js";
import { BarePage, pause } from "./bare.js";
import { address, launch, many, visit } from "./harness.js";

/** One figure, by the name that build/bench.go knows it by. */
function print(name: string, figure: number): void {
	console.log(JSON.stringify({ name, figure }));
}

function median(figures: readonly number[]): number {
	return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}

/** What a page notes about itself, from its first moment; times in ms since navigation. */
interface Notes {
	usable: number;
	engine: number;
	report: number;
	longest: number;
	steps: number;
}

declare global {
	var notes: Notes;
	var client: typeof Client;
}

/** takeNotes is what a page runs first: it notes, and takes a paste as soon as it can. */
function takeNotes(text: string): void {
	const notes: Notes = { usable: 0, engine: 0, report: 0, longest: 0, steps: 0 };
	globalThis.notes = notes;
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) notes.longest = Math.max(notes.longest, duration);
	}).observe({ type: "longtask", buffered: true });
	document.addEventListener("report-completed", () => {
		// The report is drawn before the first task after the next frame.
		requestAnimationFrame(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => {
				notes.report = performance.now();
			};
			port2.postMessage(undefined);
		});
	});
	customElements.whenDefined("cert-lens").then(async () => {
		const lens = document.querySelector<CertLens>("cert-lens");
		await lens?.updateComplete;
		notes.usable = performance.now();
		// A paste is an event, and so a task of its own.
		if (text) setTimeout(() => lens?.replaceText(text));
	});
	const NativeWorker = Worker;
	globalThis.Worker = class extends NativeWorker {
		constructor(url: string | URL, options?: WorkerOptions) {
			super(url, options);
			this.addEventListener("message", ({ data }) => {
				if (data.kind === "ready") notes.engine = performance.now();
				if (data.kind === "progress") notes.steps++;
			});
		}
	};
}

/** cold opens the page in a browser of its own, which has nothing cached. */
async function cold<T>(paste: string, look: (page: BarePage, browser: Browser) => Promise<T>): Promise<T> {
	const browser = await launch();
	try {
		const page = await BarePage.open(browser);
		await page.first(takeNotes, paste);
		await page.goto(address);
		return await look(page, browser);
	} finally {
		await browser.close();
	}
}

/** paste pastes into a page whose engine is ready, and gives the time of it. */
async function paste(page: BarePage, text: string): Promise<number> {
	return page.evaluate((text) => {
		const now = performance.now();
		document.querySelector<CertLens>("cert-lens")?.replaceText(text);
		return now;
	}, text);
}

/** reading is how long a person looks at the page before the paste comes, in ms. */
const reading = 3000;

async function read(page: BarePage): Promise<void> {
	await page.until(() => globalThis.notes?.engine || undefined);
	await pause(reading);
}

async function finished(page: BarePage): Promise<Notes> {
	return page.until(() => (globalThis.notes?.report ? notes : undefined));
}

/** rounds is how often a cold start is measured. */
const rounds = 7;

async function coldStart(chain: string): Promise<void> {
	const all: Notes[] = [];
	for (let i = 0; i < rounds; i++) all.push(await cold(chain, finished));
	print("usable", median(all.map(({ usable }) => usable)));
	print("engine", median(all.map(({ engine }) => engine)));
	print("usable-before-engine", Math.min(...all.map(({ usable, engine }) => engine - usable)));
	print("first-report", median(all.map(({ report }) => report)));
	print("longest-task", median(all.map(({ longest }) => longest)));
}

/** A paste that comes when the page has been open for a while meets a warm engine. */
async function firstPasteLater(chain: string): Promise<void> {
	const took = await cold("", async (page) => {
		await read(page);
		const start = await paste(page, chain);
		return (await finished(page)).report - start;
	});
	print("paste-later", took);
}

async function warm(chain: string): Promise<void> {
	const browser = await launch();
	const { page } = await visit(browser, "door.html");
	const times = await page.evaluate(async (data) => {
		const path = "/assets/client.js";
		const { createEngine } = (await import(path)) as typeof Client;
		const engine = createEngine();
		const request = { sources: [{ data }], host: "www.example.com", at: "2026-11-20T12:00:00Z", profile: "webpki" };
		// The optimizing compiler replaces the first code after some calls.
		for (let i = 0; i < 50; i++) await engine.analyze(request);
		const times: number[] = [];
		for (let i = 0; i < 100; i++) {
			const start = performance.now();
			await engine.analyze(request);
			times.push(performance.now() - start);
		}
		return times;
	}, chain);
	await browser.close();
	print("warm-report", median(times));
}

async function thousand(): Promise<void> {
	const all: (Notes & { took: number; memory: number })[] = [];
	for (let i = 0; i < 3; i++) all.push(await cold("", pasteThousand));
	print("thousand", median(all.map(({ took }) => took)));
	print("thousand-longest-task", median(all.map(({ longest }) => longest)));
	print("thousand-progress", median(all.map(({ steps }) => steps)));
	const peak = Math.max(...all.map(({ memory }) => memory));
	if (peak) print("thousand-memory", peak);
}

async function pasteThousand(page: BarePage, browser: Browser): Promise<Notes & { took: number; memory: number }> {
	await read(page);
	const start = await paste(page, many(1000));
	const notes = await finished(page);
	return { ...notes, took: notes.report - start, memory: await peakMemory(browser) };
}

/** peakMemory is the most memory that the page's process held, in bytes; 0 where
 * the system does not tell. */
async function peakMemory(browser: Browser): Promise<number> {
	const session = await browser.newBrowserCDPSession();
	const { processInfo } = await session.send("SystemInfo.getProcessInfo");
	const peaks = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => peakOf(id));
	return Math.max(0, ...peaks);
}

function peakOf(process: number): number {
	try {
		const status = readFileSync(`/proc/${process}/status`, "utf8");
		return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
	} catch {
		return 0;
	}
}

const chain = readFileSync("wasm/warm.pem", "utf8");
await coldStart(chain);
await firstPasteLater(chain);
await warm(chain);
await thousand();
