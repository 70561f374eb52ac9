// Chains that public servers sent, pasted into the page: those of x509-limbo
// (https://github.com/C2SP/x509-limbo), which lie outside of the repository.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Report } from "../src/engine/report.gen.js";
import { launch } from "./harness.js";
import { after, onPage, paste, unfold, verdict } from "./lens.js";

interface Testcase {
	id: string;
	validation_time: string;
	peer_certificate: string;
	untrusted_intermediates: string[];
	expected_peer_name: { value: string };
}

const file = "../shared/x509-limbo/limbo.json";
const isThere = existsSync(file);
const online: Testcase[] = isThere
	? JSON.parse(readFileSync(file, "utf8")).testcases.filter(({ id }: Testcase) => id.startsWith("online::"))
	: [];

let browser: Browser;
before(async () => {
	if (isThere) browser = await launch();
});
atEnd(() => browser?.close());

const skip = isThere ? false : `${file} not found: get limbo.json from the repository of x509-limbo`;
test("x509-limbo has chains of public servers", { skip }, () => assert.ok(online.length > 0));

/** ask makes the page judge for a host and a time, by its attributes. */
function ask(page: Page, host: string, at: string): Promise<void> {
	return page.evaluate(
		({ host, at }) => {
			const lens = document.querySelector("cert-lens");
			lens?.setAttribute("host", host);
			lens?.setAttribute("at", at);
		},
		{ host, at },
	);
}

function leafOf(report: Report) {
	return report.certificates.find(({ id }) => id === report.served[0]);
}

for (const { id, validation_time: at, peer_certificate, untrusted_intermediates, expected_peer_name } of online) {
	test(`the chain of ${id} is trusted`, () =>
		onPage(browser, async ({ page, requests }) => {
			const loaded = requests.length;
			await ask(page, expected_peer_name.value, at);
			const pasted = [...untrusted_intermediates, peer_certificate].join("\n");
			const report = await after(page, () => paste(page, pasted));
			const sha256 = new X509Certificate(peer_certificate).fingerprint256.replaceAll(":", "").toLowerCase();
			assert.ok(report.paths.some(({ trusted, certificates }) => trusted && certificates[0] === sha256));
			assert.equal(report.diagnosis?.severity === "error", false, report.diagnosis?.summary);
			assert.equal(await verdict(page).textContent(), report.diagnosis?.summary);
			const title = report.certificates.find((c) => c.id === sha256)?.title ?? "";
			const names = await page.locator("cert-lens-chain [part=picture] .name").allTextContents();
			assert.deepEqual(names.slice(0, 2), [expected_peer_name.value, title], "the picture begins with host and leaf");
			assert.equal(leafOf(report)?.origin, "input");
			assert.ok(report.lints.some(({ certificate, counts }) => certificate === sha256 && counts.pass > 0));
			await unfold(page, "Findings");
			assert.match((await page.locator("cert-lens-findings summary").textContent()) ?? "", /rules passed/);
			assert.deepEqual(requests.slice(loaded), []);
		}));
}
