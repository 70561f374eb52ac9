// What browsers refuse because of a policy (CSP, Trusted Types). They report it to
// the server of the tests, from every page and every worker; who imports this has
// each of its tests fail that leaves such a report. build/check_policy.go takes
// them, and fails for those that come after the last test.

import assert from "node:assert/strict";
import { afterEach } from "node:test";
import { address } from "./harness.js";

/** host is the page of a site with the strictest policy under which all works. */
export const host = "host/host.html";

/** strict is its policy. */
export const strict =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'";

interface Report {
	"csp-report": Record<"document-uri" | "effective-directive" | "blocked-uri", string>;
}

/** refusals are what was refused since it was last asked: where, by which directive, and what. */
export async function refusals(): Promise<string[]> {
	const response = await fetch(`${address}refusals`);
	const reports = ((await response.json()) ?? []) as Report[];
	return reports.map(({ "csp-report": report }) =>
		[report["document-uri"], report["effective-directive"], report["blocked-uri"]].join(" "),
	);
}

afterEach(async () => assert.deepEqual(await refusals(), [], "no policy refused anything"));
