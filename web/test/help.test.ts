// The help: a page for each failure and each code, by its address, found by
// search, left by the back button. It needs no network.

import assert from "node:assert/strict";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch, type Visit, visit } from "./harness.js";
import { paste, reads, unfold, unfoldAll, verdict } from "./lens.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

const heading = (page: Page) => page.locator("cert-lens-help h1");

async function at(hash: string, run: (v: Visit) => Promise<void>, options = {}): Promise<void> {
	const v = await visit(browser, hash, { permissions: ["clipboard-read", "clipboard-write"], ...options });
	try {
		await v.page.waitForFunction(() => document.title.endsWith("· certlens"));
		await run(v);
		assert.deepEqual(v.errors, []);
	} finally {
		await v.close();
	}
}

for (const path of [
	"missing_intermediate",
	"openssl/20",
	"node/UNABLE_TO_VERIFY_LEAF_SIGNATURE",
	"curl/60",
	"hostname_mismatch",
]) {
	test(`#/help/${path} explains it`, () =>
		at(`#/help/${path}`, async ({ page }) => {
			const title = (await heading(page).textContent()) ?? "";
			assert.equal(await page.title(), `${title} · certlens`);
			assert.ok(await page.locator("cert-lens").isHidden());
			assert.ok(((await page.locator("cert-lens-help .meaning").textContent()) ?? "").length > 40);
			assert.ok((await page.locator("cert-lens-help tbody tr").count()) > 0, "the words of clients");
			assert.ok(await page.locator("cert-lens-help cert-lens-fixes article").first().isVisible());
			assert.equal(await page.locator("h1:visible").count(), 1);
		}));
}

test("the index is searched, leads to a page, and the back button leads back", async () => {
	const v = await visit(browser);
	const { page } = v;
	await page.getByRole("link", { name: "What errors mean" }).click();
	await heading(page).getByText("What errors mean").waitFor();
	await page.locator("cert-lens-help li").first().waitFor();
	assert.ok(await heading(page).evaluate((e) => e.matches(":focus")), "the focus is on the heading");
	const all = await page.locator("cert-lens-help li").count();
	await page.getByLabel(/^Search/).fill("openssl 20");
	const found = page.locator("cert-lens-help li");
	assert.ok((await found.count()) < all);
	await found.locator("a[href='#/help/openssl/20']").click();
	await page.waitForFunction(() => location.hash === "#/help/openssl/20");
	await page.locator("cert-lens-help .meaning").waitFor();
	await page.goBack();
	await page.getByLabel(/^Search/).waitFor();
	await page.goBack();
	await page.locator("cert-lens").waitFor();
	assert.ok(await page.locator("cert-lens-help").isHidden());
	assert.equal(await page.title(), "certlens: what is wrong with a certificate");
	assert.deepEqual(v.errors, []);
	await v.close();
});

test("a search finds what people paste, and is never empty", () =>
	at("#/help", async ({ page }) => {
		const found = page.locator("cert-lens-help li a");
		await found.first().waitFor();
		for (const [search, path] of [
			["unable to get local issuer certificate", "missing_intermediate"],
			["PKIX path building failed", "unknown_root"],
			["NET::ERR_CERT_DATE_INVALID", "chrome/ERR_CERT_DATE_INVALID"],
			["java", "unknown_root"],
			["docker", "unknown_root"],
			["zscaler", "interception"],
			["how do I renew", "expired"],
		] as const) {
			await page.getByLabel(/^Search/).fill(search);
			await page.locator(`cert-lens-help li a[href='#/help/${path}']`).waitFor();
			if (search !== "java" && search !== "docker") assert.ok((await found.count()) < 40, search);
		}
		await page.getByLabel(/^Search/).fill("openssl 20");
		assert.equal(await found.first().getAttribute("href"), "#/help/openssl/20");
		await page.getByLabel(/^Search/).fill("qwertz");
		await page.getByText("No page has these words").waitFor();
		assert.ok((await found.count()) > 40, "all failures");
	}));

test("the address of a page may be written in another case", () =>
	at("#/help/OPENSSL/20", async ({ page }) => {
		assert.equal(await heading(page).textContent(), "unable to get local issuer certificate");
	}));

test("a page that is not there says so", () =>
	at("#/help/nosuch/%3Cb%3E", async ({ page }) => {
		assert.match((await heading(page).textContent()) ?? "", /^There is no help page nosuch\/<b>$/);
		assert.equal(await page.title(), "No such help page · certlens");
	}));

test("help works without a network", () =>
	at("#/help", async ({ page, requests }) => {
		await page.locator("cert-lens-help li").first().waitFor();
		const loaded = requests.length;
		await page.context().setOffline(true);
		await page.locator("cert-lens-help li a").first().click();
		await page.locator("cert-lens-help .meaning").waitFor();
		// A browser looks for the icon anew when the address changes.
		assert.deepEqual(
			requests.slice(loaded).filter((url) => !url.endsWith(".svg")),
			[],
		);
	}));

test("the verdict leads to its help, and back to the report", () =>
	at("#/help", async ({ page }) => {
		await page.getByRole("link", { name: "To the checker" }).click();
		await page.locator("cert-lens-input textarea").focus();
		await paste(page, "curl: (60) SSL certificate problem: certificate has expired");
		await verdict(page).waitFor();
		const sentence = await verdict(page).textContent();
		await page.locator("cert-lens-verdict a").click();
		await page.locator("cert-lens-help .meaning").waitFor();
		await page.goBack();
		assert.equal(await verdict(page).textContent(), sentence);
		assert.ok(await verdict(page).isVisible());
	}));

test("codes of a transcript lead to their help", () =>
	at("#/help", async ({ page }) => {
		await page.getByRole("link", { name: "To the checker" }).click();
		await page.getByRole("button", { name: "The output of openssl s_client" }).click();
		await unfold(page, "What openssl s_client said");
		await page.getByRole("link", { name: "Verify error 20" }).first().click();
		await page.locator("cert-lens-help .meaning").waitFor();
		assert.equal(await heading(page).textContent(), "unable to get local issuer certificate");
		assert.match((await page.locator("cert-lens-help article > .code").textContent()) ?? "", /^openssl 20: X509_V_ERR/);
	}));

test("what is pasted on a help page goes to the checker", () =>
	at("#/help/expired", async ({ page }) => {
		await paste(page, "curl: (60) SSL certificate problem: certificate has expired");
		await verdict(page).waitFor();
		assert.ok(await page.locator("cert-lens-help").isHidden());
	}));

test("an embedded checker does not follow the address of its page", () =>
	at("#/help/expired", async ({ page }) => {
		await page.evaluate(() => {
			document.querySelector("cert-lens-help")?.remove();
			document.querySelector("cert-lens")?.replaceWith(document.createElement("cert-lens"));
			location.hash = "#/help/revoked";
		});
		assert.ok(await page.locator("cert-lens").isVisible());
	}));

test("help reads", { timeout: 60_000 }, () =>
	at("#/help", async ({ page }) => {
		await page.locator("cert-lens-help li").first().waitFor();
		for (const path of ["", "/missing_intermediate", "/openssl/20"]) {
			await page.evaluate((p) => {
				location.hash = `#/help${p}`;
			}, path);
			await page
				.locator(path ? "cert-lens-help .meaning" : "cert-lens-help li")
				.first()
				.waitFor();
			await unfoldAll(page);
			await reads(page, path || "index");
		}
	}),
);
