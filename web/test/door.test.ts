// The engine behind its door: wasm/, worker.ts and client.ts together, on a page
// that has nothing else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type * as Client from "../src/engine/client.js";
import { example, launch, many, type Visit, visit } from "./harness.js";
import "./policy.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
after(() => browser.close());

declare global {
	/** The client module, as door.html imports it. */
	var client: typeof Client;
	/** Every worker that the client started. */
	var workers: Worker[];
}

/** door opens the bare page with the client in globalThis.client. */
async function door(): Promise<Visit> {
	const v = await visit(browser, "door.html");
	await v.page.evaluate(async () => {
		globalThis.workers = [];
		globalThis.Worker = class extends Worker {
			constructor(url: string | URL, options?: WorkerOptions) {
				super(url, options);
				globalThis.workers.push(this);
			}
		};
		const path = "/assets/client.js";
		globalThis.client = await import(path);
	});
	return v;
}

/** inDoor runs a function on such a page, and closes it. */
async function inDoor<A, T>(run: (arg: A) => Promise<T>, arg: A): Promise<T> {
	const { page, errors, close } = await door();
	try {
		return await (page.evaluate as (f: typeof run, a: A) => Promise<T>)(run, arg);
	} finally {
		await close();
		assert.deepEqual(errors, []);
	}
}

const at = "2026-11-20T12:00:00Z";

test("the engine reads a chain", async () => {
	const report = await inDoor(async (request) => client.createEngine().analyze(request), {
		sources: [{ data: example("good.txt") }],
		host: "shop.example.com",
		at,
		anchors: [{ data: example("root.txt") }],
	});
	assert.equal(report.version, "1");
	assert.equal(report.at, at);
	assert.equal(report.served.length, 2);
	assert.equal(report.diagnosis?.class, "ok");
});

test("the engine names its contract", async () => {
	const version = await inDoor(async () => client.createEngine().version(), null);
	assert.equal(version.contract, "1");
	assert.match(version.go, /^go1\./);
});

test("loading is reported up to the last byte", async () => {
	const seen = await inDoor(async () => {
		const seen: Client.Loading[] = [];
		await client.createEngine({ onLoading: (loading) => seen.push(loading) }).ready;
		return seen;
	}, null);
	const last = seen.at(-1);
	assert.ok(last && last.total > 1_000_000, "the size is that of the engine");
	assert.equal(last.loaded, last.total);
	assert.deepEqual(
		seen.map(({ loaded }) => loaded),
		seen.map(({ loaded }) => loaded).toSorted((a, b) => a - b),
	);
});

test("a call made before the engine has arrived is answered", async () => {
	const der = [0x30, 0x03, 0x02, 0x01, 0x05];
	const tree = await inDoor((bytes) => client.createEngine().asn1(new Uint8Array(bytes)), der);
	assert.equal(tree.type, "SEQUENCE");
	assert.equal(tree.children?.[0]?.value, "5");
});

test("progress counts up to the number of certificates", async () => {
	const seen = await inDoor(async (data) => {
		const seen: Client.Progress[] = [];
		await client.createEngine().analyze({ sources: [{ data }] }, { onProgress: (p) => seen.push(p) });
		return seen;
	}, many(10));
	assert.ok(seen.length > 0);
	for (const { done, total } of seen) assert.ok(done <= total, `${done} of ${total}`);
	assert.ok(seen.every(({ report }) => report === undefined));
});

test("a long report, sent in parts, arrives whole", async () => {
	const { partial, report } = await inDoor(async (data) => {
		let partial: number[] = [];
		const report = await client.createEngine().analyze(
			{ sources: [{ data }] },
			{
				partial: true,
				onProgress: ({ report: r }) => {
					if (r) partial = [r.certificates.length, r.inputs.length];
				},
			},
		);
		return { partial, report };
	}, many(300));
	assert.deepEqual(partial, [300, 300]);
	assert.equal(new Set(report.certificates.map(({ id }) => id)).size, 300);
	assert.equal(report.inputs.length, 300);
	assert.deepEqual(
		report.served,
		report.certificates.map(({ id }) => id),
	);
	const counted = report.lints.reduce((sum, { counts }) => sum + counts.error + counts.warning + counts.notice, 0);
	assert.equal(report.findings.length, counted);
});

test("partial reports of many certificates come when they are asked for", async () => {
	const certificates = await inDoor(async (data) => {
		const partial: number[] = [];
		const onProgress = ({ report }: Client.Progress) => report && partial.push(report.certificates.length);
		await client.createEngine().analyze({ sources: [{ data }] }, { onProgress, partial: true });
		return partial;
	}, many(20));
	assert.deepEqual(certificates, [20]);
});

test("a cancelled call rejects, and its worker goes on", async () => {
	const result = await inDoor(
		async ({ big, small }) => {
			const engine = client.createEngine();
			const controller = new AbortController();
			const call = engine.analyze(
				{ sources: [{ data: big }] },
				{ signal: controller.signal, onProgress: () => controller.abort() },
			);
			const name = await call.then(String, (error: Error) => error.name);
			const next = await engine.analyze({ sources: [{ data: small }] });
			return { name, next: next.served.length, workers: workers.length };
		},
		{ big: many(400), small: example("good.txt") },
	);
	assert.deepEqual(result, { name: "AbortError", next: 2, workers: 1 });
});

test("a call that is cancelled before it starts rejects", async () => {
	const name = await inDoor(
		(data) =>
			client
				.createEngine()
				.analyze({ sources: [{ data }] }, { signal: AbortSignal.abort() })
				.then(String, (error: Error) => error.name),
		example("good.txt"),
	);
	assert.equal(name, "AbortError");
});

test("a panic rejects its call, and the next one works", async () => {
	// A number where bytes belong makes the engine panic; the client would never
	// send one, hence the message to its worker.
	const replies = await inDoor(async () => {
		const engine = client.createEngine();
		await engine.ready;
		const [worker] = workers;
		const reply = new Promise((resolve) =>
			worker?.addEventListener("message", ({ data }) => data.id === -1 && resolve(data)),
		);
		worker?.postMessage({ kind: "call", id: -1, method: "asn1", input: 5, progress: false });
		return [await reply, await engine.version()];
	}, null);
	const [panic, version] = replies as [{ kind: string; message: string }, { contract: string }];
	assert.equal(panic.kind, "error");
	assert.match(panic.message, /asn1: panic/);
	assert.equal(version.contract, "1");
});

test("when the engine dies, pending calls say so and the next starts it again", async () => {
	const result = await inDoor(async (data) => {
		const engine = client.createEngine();
		await engine.ready;
		const pending = engine.analyze({ sources: [{ data }] }).then(String, (error: Error) => error.message);
		const [worker] = workers;
		worker?.dispatchEvent(new MessageEvent("message", { data: { kind: "dead", reason: "exit code 2" } }));
		return { message: await pending, next: (await engine.version()).contract, workers: workers.length };
	}, many(50));
	assert.match(result.message, /^The engine stopped, .*memory/);
	assert.equal(result.next, "1");
	assert.equal(result.workers, 2);
});

test("an engine that does not arrive is named, and can be tried again", async () => {
	const { page, close } = await door();
	await page.context().route(/engine-.*\.wasm/, (route) => route.fulfill({ status: 503, body: "" }));
	const start = async () => {
		const engine = client.createEngine();
		Object.assign(globalThis, { engine });
		return engine.ready.then(
			() => "ready",
			(error: Error) => error.message,
		);
	};
	const message = await page.evaluate(start);
	assert.match(message, /^The engine could not start: .*503/);
	await page.context().unroute(/engine-.*\.wasm/);
	const again = () => (globalThis as unknown as { engine: Client.Engine }).engine.version();
	assert.equal((await page.evaluate(again)).contract, "1");
	await close();
});

// Bytes that are nothing, text that is nothing, and PEM that never ends: what
// each could cost is time or memory.
for (const [name, unit] of [
	["binary", "\u0000\u0001\u0030\u0082\u00ff"],
	["prose", "the quick brown fox\n"],
	["open PEM", "-----BEGIN CERTIFICATE-----\nMIIB"],
	["base64", "MIIBszCCAVmgAwIBAgIUX0"],
] as const) {
	test(`50 MB of ${name} are answered, and the engine goes on`, async () => {
		const { took, version, workers } = await inDoor(async (unit) => {
			const bytes = new TextEncoder().encode(unit.repeat(Math.ceil(50e6 / unit.length))).slice(0, 50_000_000);
			const engine = client.createEngine();
			await engine.ready;
			const start = performance.now();
			const report = await engine.analyze({ sources: [{ name: "big.bin", data: bytes }] });
			const took = performance.now() - start;
			return { took, version: report.version, next: await engine.version(), workers: globalThis.workers.length };
		}, unit);
		assert.equal(version, "1");
		assert.equal(workers, 1);
		assert.ok(took < 30_000, `${took} ms`);
	});
}

test("a request for a time that is none is refused with its reason", async () => {
	const message = await inDoor(
		(data) =>
			client
				.createEngine()
				.analyze({ sources: [{ data }], at: "yesterday" })
				.then(String, (error: Error) => error.message),
		example("good.txt"),
	);
	assert.match(message, /time/i);
});
