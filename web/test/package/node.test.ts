// The package in Node: the same report as the terminal gives, and a program that
// ends by itself.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type * as API from "../../src/api.js";
import { example } from "../harness.js";
import { readVector } from "../vector.js";

const site = "build/samples";
const at = "2026-11-20T12:00:00Z";
const scratch = mkdtempSync(join(tmpdir(), "certlens-node-"));
const program = join(scratch, "certlens");

let api: typeof API;
before(async () => {
	execFileSync("go", ["build", "-o", program, "./cmd/certlens"]);
	api = await import(pathToFileURL(createRequire(`${process.cwd()}/${site}/`).resolve("certlens")).href);
});
after(() => rmSync(scratch, { recursive: true }));

for (const name of ["good-chain", "expired-leaf", "cut-der", "error-and-chain"]) {
	test(`${name}: the same report as in the terminal`, async () => {
		const { host, at, input, anchors } = readVector(`testdata/${name}.txtar`);
		const file = join(scratch, "anchors");
		if (anchors) writeFileSync(file, anchors);
		const flags = ["--json", "--host", host, "--at", at, ...(anchors ? ["--ca", file] : [])];
		const { stdout } = spawnSync(program, flags, { input, maxBuffer: 64 << 20 });
		const report = await api.analyze(new Uint8Array(input), { host, at, anchors: anchors ? [anchors] : [] });
		assert.deepEqual(report, JSON.parse(stdout.toString()));
	});
}

test("progress counts the certificates", async () => {
	const steps: API.Progress[] = [];
	await api.analyze(example("good.txt"), { at, onProgress: (progress) => steps.push(progress) });
	const last = steps.at(-1);
	assert.equal(last?.stage, "lint");
	assert.equal(last?.done, last?.total);
});

test("an aborted analysis rejects, and the next one works", async () => {
	const controller = new AbortController();
	const call = api.analyze(example("good.txt").repeat(200), { at, signal: controller.signal });
	controller.abort();
	await assert.rejects(call, { name: "AbortError" });
	assert.equal((await api.analyze(example("good.txt"), { at })).version, "1");
});

test("an input that is no input is refused", async () => {
	for (const input of [undefined, 5, new ArrayBuffer(1), { name: "a.pem" }, ["x", null]])
		await assert.rejects(api.analyze(input as unknown as string), { name: "TypeError", message: /^An input is text/ });
	await assert.rejects(api.analyze("x", { stores: ["none"] }), {
		name: "EngineError",
		message: /unknown store "none"/,
	});
	await assert.rejects(api.analyze("x", { at: "yesterday" }), RangeError);
});

test("anchors are given as input is", async () => {
	const root = example("root.txt");
	for (const anchors of [root, [root], { name: "root.pem", data: root }]) {
		const report = await api.analyze(example("good.txt"), { at, anchors });
		assert.equal(report.paths[0]?.trusted, true);
	}
});

test("what browsers load can be imported where pages are made on a server", () => {
	for (const name of ["elements", "certlens.js", "protocol", "inline"])
		execFileSync(process.execPath, ["--input-type=module", "-e", `import "certlens/${name}"`], { cwd: site });
});

test("the elements that are described are in the package, with what they take", () => {
	const { modules } = JSON.parse(readFileSync(`${site}/node_modules/certlens/custom-elements.json`, "utf8"));
	const fields = (path: string): string[] =>
		modules
			.find((m: { path: string }) => m.path === path)
			.declarations[0].members.map(({ name }: { name: string }) => name);
	for (const name of ["chain", "findings", "report", "verdict"])
		assert.ok(fields(`lib/elements/${name}.js`).includes("report"), name);
	for (const { path } of modules) assert.ok(existsSync(`${site}/node_modules/certlens/${path}`), path);
});

test("a program ends when its last analysis did", () => {
	const script = `
		import { analyze } from "certlens";
		import { readFileSync } from "node:fs";
		const report = await analyze(readFileSync(0), { at: "${at}" });
		console.log(report.certificates.length);
	`;
	const options = { cwd: site, input: example("good.txt"), timeout: 60_000 };
	const { stdout, status, signal } = spawnSync(process.execPath, ["--input-type=module", "-e", script], options);
	assert.deepEqual([stdout.toString(), status, signal], ["2\n", 0, null]);
});
