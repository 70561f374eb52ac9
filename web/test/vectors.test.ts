// The vectors of testdata, through the engine of the page and through the
// program in the terminal: both must give the same report, byte for byte.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type * as Client from "../src/engine/client.js";
import type { Report } from "../src/engine/report.gen.js";
import { launch, type Visit, visit } from "./harness.js";
import { readVector, type Vector } from "./vector.js";

const scratch = mkdtempSync(join(tmpdir(), "certlens-vectors-"));
const program = join(scratch, "certlens");
const anchorsFile = join(scratch, "anchors");

let browser: Browser;
let door: Visit;
before(async () => {
	execFileSync("go", ["build", "-o", program, "./cmd/certlens"]);
	browser = await launch();
	door = await visit(browser, "door.html");
	await door.page.evaluate(async () => {
		const path = "/assets/client.js";
		const client: typeof Client = await import(path);
		Object.assign(globalThis, { engine: client.createEngine() });
	});
});
after(async () => {
	await browser.close();
	rmSync(scratch, { recursive: true });
});

function inTerminal({ host, at, input, anchors }: Vector): Report {
	if (anchors) writeFileSync(anchorsFile, anchors);
	const flags = ["--json", "--host", host, "--at", at, ...(anchors ? ["--ca", anchorsFile] : [])];
	const { stdout, stderr, status } = spawnSync(program, flags, { input, maxBuffer: 64 * 1024 * 1024 });
	assert.ok(stdout.length > 0, `exit status ${status}: ${stderr}`);
	return JSON.parse(stdout.toString());
}

function inPage({ host, at, input, anchors }: Vector): Promise<Report> {
	const bytes = (buffer: Buffer) => buffer.toString("base64");
	return door.page.evaluate(
		({ host, at, input, anchors }) => {
			const read = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
			return (globalThis as unknown as { engine: Client.Engine }).engine.analyze({
				sources: [{ data: read(input) }],
				host,
				at,
				anchors: anchors.map(({ name, data }) => ({ name, data: read(data) })),
			});
		},
		{ host, at, input: bytes(input), anchors: anchors ? [{ name: anchorsFile, data: bytes(anchors) }] : [] },
	);
}

for (const file of readdirSync("testdata").filter((name) => name.endsWith(".txtar"))) {
	test(`page and terminal say the same about ${file}`, async () => {
		const vector = readVector(join("testdata", file));
		const want = inTerminal(vector);
		const got = await inPage(vector);
		assert.deepEqual(got, want);
		assert.equal(JSON.stringify(got), JSON.stringify(want));
		assert.deepEqual(door.errors, []);
	});
}
