// The main flow of the page: paste, read, change what it is judged for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after as atEnd, before, test } from "node:test";
import type { Browser } from "playwright-core";
import examples from "../examples/index.json" with { type: "json" };
import { address, example, launch, visit } from "./harness.js";
import { after, at, box, choose, onPage, paste, unfold, verdict } from "./lens.js";
import { refusals } from "./policy.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

test("a pasted chain gives its report at once", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => paste(page, example("good.txt")));
		assert.equal(report.served.length, 2);
		assert.equal(await verdict(page).textContent(), report.diagnosis?.summary);
		const boxes = page.locator("cert-lens-chain [part=picture] .name");
		assert.deepEqual((await boxes.allTextContents()).slice(0, 2), ["shop.example.com", "Example Issuing CA 1"]);
		await unfold(page, "Findings");
		assert.ok(report.lints.some(({ counts }) => counts.pass > 0));
		assert.match((await page.locator("cert-lens-findings summary").textContent()) ?? "", /rules passed/);
		assert.equal(await box(page).count(), 0, "the box has become a strip");
		assert.match(
			(await page.locator("cert-lens-strip .pasted").textContent()) ?? "",
			/shop\.example\.com.*lines 1–\d+/s,
		);
	}));

// What each example is there to show.
const verdicts: Record<string, string> = {
	good: "ok",
	expired: "expired",
	"missing-intermediate": "missing_intermediate",
	"self-signed": "self_signed",
	s_client: "unknown_root",
	error: "missing_intermediate",
	kubernetes: "missing_intermediate",
};

for (const { id, title } of examples) {
	test(`the example "${title}" shows what it is for`, () =>
		onPage(browser, async ({ page }) => {
			const report = await after(page, () => choose(page, title));
			assert.equal(report.at, at, "judged for its own time, not for now");
			assert.equal(report.diagnosis?.class, verdicts[id]);
			assert.equal(await verdict(page).textContent(), report.diagnosis?.summary);
		}));
}

test("nothing is requested after loading", () =>
	onPage(browser, async ({ page, requests }) => {
		const loaded = requests.length;
		assert.ok(
			requests.every((url) => url.startsWith(address)),
			"only from the page's own server",
		);
		for (const { title } of examples) {
			await after(page, () => choose(page, title));
			await page.getByRole("button", { name: "Clear" }).click();
		}
		await after(page, () => paste(page, example("good.txt")));
		await unfold(page, "Bytes");
		await page.getByRole("treeitem").first().waitFor();
		assert.deepEqual(requests.slice(loaded), []);
		assert.deepEqual(
			await page.evaluate(async () => [
				document.cookie,
				localStorage.length,
				sessionStorage.length,
				(await indexedDB.databases()).length,
			]),
			["", 0, 0, 0],
			"nothing is stored",
		);
	}));

test("a paste made before the engine has arrived is analysed when it has", async () => {
	const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
	const page = await context.newPage();
	let release = () => {};
	const gate = new Promise<void>((resolve) => {
		release = resolve;
	});
	await context.route(/engine-.*\.wasm/, async (route) => {
		await gate;
		await route.continue();
	});
	await page.goto(address);
	assert.ok(await box(page).evaluate((e) => e.matches(":focus")), "the cursor is in the box");
	await paste(page, example("good.txt"));
	await page.getByRole("progressbar").waitFor();
	assert.equal(await verdict(page).count(), 0);
	const report = await after(page, async () => release());
	assert.equal(report.served.length, 2);
	await context.close();
});

test("the engine is on its way before the page's own script has arrived", async () => {
	const context = await browser.newContext();
	const page = await context.newPage();
	const engines: string[] = [];
	context.on("request", (request) => request.url().endsWith(".wasm") && engines.push(request.url()));
	let release = () => {};
	const gate = new Promise<void>((resolve) => {
		release = resolve;
	});
	await context.route(/page-.*\.js/, async (route) => {
		await gate;
		await route.continue();
	});
	const asked = context.waitForEvent("request", (request) => request.url().endsWith(".wasm"));
	await page.goto(address, { waitUntil: "commit" });
	await (await asked).response();
	release();
	await box(page).fill(example("good.txt"));
	const report = await after(page, () => page.keyboard.press("Control+Enter"));
	assert.equal(report.served.length, 2);
	assert.equal(engines.length, 1, "the page's own script took it over");
	await context.close();
});

test("a host that allows no script inside of the page has the engine later", async () => {
	const context = await browser.newContext();
	const page = await context.newPage();
	await context.route(address, async (route) => {
		const response = await route.fetch();
		const headers = response.headers();
		const policy = headers["content-security-policy"] ?? "";
		assert.match(policy, / 'sha256-[^']+'/);
		await route.fulfill({
			response,
			headers: { ...headers, "content-security-policy": policy.replace(/ 'sha256-[^']+'/, "") },
		});
	});
	await page.goto(address);
	const report = await after(page, () => paste(page, example("good.txt")));
	assert.equal(report.served.length, 2);
	assert.match((await refusals()).join(), /script-src-elem inline$/);
	await context.close();
});

test("an engine that cannot load is named, and the page stays usable", async () => {
	const { page, close } = await visit(browser);
	await page.context().route(/engine-.*\.wasm/, (route) => route.abort());
	await page.reload();
	const alert = page.getByRole("alert");
	await alert.waitFor();
	assert.match((await alert.textContent()) ?? "", /^The engine could not start/);
	await page.context().unroute(/engine-.*\.wasm/);
	await box(page).fill(example("good.txt"));
	const report = await after(page, () => page.keyboard.press("Control+Enter"));
	assert.equal(report.served.length, 2);
	await page.getByRole("progressbar").waitFor({ state: "detached" });
	assert.equal(await alert.count(), 0);
	await close();
});

test("markup in a certificate stays text", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, readFileSync("web/test/testdata/hostile.txt", "utf8")));
		await unfold(page, "Certificates");
		await page.locator("cert-lens-certificate summary").first().click();
		await unfold(page, "Bytes");
		await page.getByRole("treeitem").first().waitFor();
		const shown = (await page.locator("cert-lens-certificate .details").textContent()) ?? "";
		assert.ok(shown.includes("<script>globalThis.hit=1</script>"));
		assert.match(shown, /evil.*202e.*gnp\.exe/i, "the override shows");
		assert.ok(!shown.includes("\u202e"), "and does not work");
		assert.equal(await page.evaluate(() => (globalThis as { hit?: number }).hit), undefined);
		assert.equal(await page.locator("cert-lens a[href^='javascript']").count(), 0);
		assert.equal(await page.locator("cert-lens img, cert-lens script").count(), 0);
	}));

test("the host name is judged as it is typed", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => choose(page, "A good chain"));
		const host = page.getByLabel("Host name");
		assert.equal(await host.inputValue(), "shop.example.com");
		const wrong = await after(page, () => host.fill("www.example.net"));
		assert.equal(wrong.diagnosis?.class, "hostname_mismatch");
		await page.locator(".picture .line.broken").first().waitFor({ state: "attached" });
		assert.equal(await page.locator(".picture .line.broken").count(), 1, "the picture breaks at the host name");
		const right = await after(page, () => host.fill("shop.example.com"));
		assert.equal(right.diagnosis?.class, "ok");
	}));

test("the time is judged as it is chosen", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => choose(page, "A good chain"));
		const field = page.getByLabel("As of");
		assert.equal(await field.inputValue(), "2026-11-20T12:00:00".replace(/:00$/, ""));
		const later = await after(page, async () => {
			await field.fill("2030-01-01T00:00:00");
			await field.blur();
		});
		assert.equal(later.at, "2030-01-01T00:00:00Z");
		assert.equal(later.diagnosis?.class, "expired");
	}));

test("another profile runs other rules", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => choose(page, "A good chain"));
		await unfold(page, "Findings");
		const profile = page.locator("cert-lens-findings select");
		const report = await after(page, () => profile.selectOption("rfc5280"));
		assert.ok(report.lints.some((run) => run.profile === "rfc5280"));
		assert.equal(await profile.inputValue(), "rfc5280");
		await page.getByText("Rules and trust anchors").click();
		assert.equal(await page.locator("cert-lens-options #profile").inputValue(), "rfc5280", "both places agree");
	}));

test("what an example brings along goes with it", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => choose(page, "A good chain"));
		await page.getByRole("button", { name: "Clear" }).click();
		assert.equal(await page.getByLabel("Host name").inputValue(), "");
		assert.equal(await page.getByLabel("As of").inputValue(), "");
		assert.equal(await verdict(page).count(), 0);
		assert.ok(await box(page).evaluate((e) => e.matches(":focus")));
	}));

test("text without a certificate is answered, and the box stays open", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => paste(page, "just some words"));
		assert.equal(report.diagnosis, undefined);
		assert.match((await verdict(page).textContent()) ?? "", /no certificate/);
		assert.equal(await box(page).inputValue(), "just some words");
	}));

test("attributes ask the question as well", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () =>
			page.evaluate(
				({ value, at }) => {
					const lens = document.querySelector("cert-lens");
					lens?.setAttribute("host", "other.example.com");
					lens?.setAttribute("at", at);
					lens?.setAttribute("value", value);
				},
				{ value: example("good.txt"), at },
			),
		);
		assert.equal(report.at, at);
		assert.equal(report.host, "other.example.com");
		assert.equal(report.served.length, 2);
	}));
