// One error line and nothing else: a diagnosis, its likely causes, and a fix that
// can be copied.

import assert from "node:assert/strict";
import { after as atEnd, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { example, launch } from "./harness.js";
import { after, at, isWide, onPage, paste, reads, unfold, unfoldAll, verdict } from "./lens.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

const line = "curl: (60) SSL certificate problem: unable to get local issuer certificate";

const switchesOff =
	/--insecure|\bcurl\b.* -k\b|verify ?= ?False|REJECT_UNAUTHORIZED|InsecureSkipVerify|--no-check-certificate|sslVerify false|strict-ssl false/;

test("one error line gives a diagnosis, likely causes and a fix to copy", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => paste(page, line));
		const [error] = report.errors ?? [];
		assert.ok([...(error?.wrappers ?? []), error?.client].includes("curl"));
		assert.equal(await verdict(page).textContent(), report.diagnosis?.summary);
		const mark = page.locator("cert-lens-strip mark");
		assert.match((await mark.textContent()) ?? "", /^error of curl line 1$/, "it is marked where it stood");
		const causes = page.locator("cert-lens-alternatives li");
		assert.equal(await causes.count(), report.diagnosis?.alternatives?.length);
		assert.ok((await causes.count()) > 0, "what else it can be");
		assert.equal(await page.locator("cert-lens-strip .gap").textContent(), line, "the line itself");
		const fixes = page.locator("cert-lens-fixes");
		assert.ok(await fixes.getByRole("heading", { name: "How to fix it" }).isVisible());
		const block = fixes.locator(".command").first();
		assert.ok(await block.isVisible(), "without a certificate the fixes are open");
		await block.getByRole("button", { name: "Copy" }).click();
		const copied = await page.evaluate(() => navigator.clipboard.readText());
		assert.equal(await block.locator("pre").textContent(), copied);
		assert.ok(report.fixes?.some(({ commands }) => commands?.includes(copied)));
		const said = (await page.locator("cert-lens-errors details").textContent()) ?? "";
		assert.ok(said.includes(line.replace(/^curl: \(60\) /, "")), "the line as it was printed");
		assert.match(said, /Proves.*line 1/s);
	}));

test("the first causes show, the others fold, and a command stands once", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => paste(page, "curl: (60)"));
		const causes = page.locator("cert-lens-alternatives li");
		assert.equal(await causes.count(), report.diagnosis?.alternatives?.length);
		assert.equal(await causes.filter({ visible: true }).count(), 5);
		await page.getByText(/^\d+ more causes$/).click();
		assert.equal(await causes.filter({ visible: true }).count(), await causes.count());
		const commands = await page.locator("cert-lens-alternatives pre").allTextContents();
		assert.equal(new Set(commands).size, commands.length);
		await page.getByText("The same command decides as for “Unknown root”.").first().waitFor();
	}));

test("verification that is switched off is the verdict", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, "requests.get(url, verify=False)"));
		assert.equal(await verdict(page).textContent(), "Verification is switched off here.");
		assert.match(
			(await page.locator("cert-lens-verdict .verdict").textContent()) ?? "",
			/verify=False switches verification off/,
		);
	}));

test("a question in prose leads to the help", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, "my certificate expired yesterday, how do I renew it with nginx?"));
		const links = page.locator("cert-lens-verdict a");
		assert.deepEqual(await links.allTextContents(), ["Expired", "All that is explained here"]);
		assert.equal(await links.first().getAttribute("href"), "#/help/expired");
	}));

test("the verdict is in sight on a small screen, and the fields and examples are a press away", () =>
	onPage(
		browser,
		async ({ page }) => {
			await after(page, () => page.getByRole("button", { name: "An expired certificate" }).click());
			const top = await verdict(page).evaluate((e) => e.getBoundingClientRect().top);
			assert.ok(top < 420, `the verdict begins at ${top}`);
			assert.ok(await page.locator("cert-lens-options").isHidden());
			await page.getByRole("button", { name: "Host, time and rules" }).click();
			assert.ok(await page.locator("cert-lens-options").isVisible());
			await page.getByText("Other examples").click();
			await after(page, () => page.getByRole("button", { name: "A good chain" }).click());
			assert.ok(await page.locator("cert-lens-options").isHidden());
		},
		{ viewport: { width: 390, height: 844 } },
	));

// The platforms whose names are all small letters.
const plain = new Set(["nginx", "curl", "npm", "pip", "cert-manager", "kubeadm", "kubectl", "image from scratch"]);

test("a platform shows its own fixes, and none switches verification off", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => paste(page, line));
		for (const fix of report.fixes ?? []) assert.doesNotMatch((fix.commands ?? []).join("\n"), switchesOff, fix.id);
		const select = page.locator("cert-lens-fixes select").first();
		const options = (all: (HTMLElement | SVGElement)[]) => (all as HTMLOptionElement[]).map((o) => [o.value, o.text]);
		const platforms = await select.locator("option").evaluateAll(options);
		assert.ok(platforms.length > 1);
		for (const [value, name = ""] of platforms) assert.ok(/[A-Z]/.test(name) || plain.has(name), `${value}: ${name}`);
		const last = platforms.at(-1)?.[0] ?? "";
		await select.selectOption(last);
		const audience = report.fixes?.[0]?.audience;
		const own = report.fixes?.filter((f) => f.audience === audience && (!f.platform || f.platform === last)) ?? [];
		const shown = page.locator("cert-lens-fixes section").first().locator("article");
		assert.equal(await shown.count(), own.length);
	}));

test("the corrected chain stands beside the fixes of the server", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => page.getByRole("button", { name: "A good chain" }).click());
		await page.getByRole("button", { name: "Edit" }).click();
		const [leaf = "", issuer = ""] = example("good.txt").match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----\n/g) ?? [];
		const report = await after(page, () => paste(page, `${line}\n${issuer}${leaf}`));
		assert.equal(report.at, at);
		assert.ok(report.errors?.length, "the line beside the certificates");
		assert.ok(report.bundle && report.fixes?.some(({ audience }) => audience === "server"), report.diagnosis?.class);
		await unfold(page, "How to fix it");
		await page.getByRole("button", { name: "Copy the corrected chain" }).click();
		assert.equal(await page.evaluate(() => navigator.clipboard.readText()), report.bundle);
	}));

test("markup in an error line stays text", () =>
	onPage(browser, async ({ page }) => {
		const hostile = "<img src=x onerror=globalThis.hit=1>\u202e";
		await after(page, () =>
			paste(page, `x509: certificate is valid for ${hostile}, not shop.example.com\n${line} ${hostile}`),
		);
		await unfoldAll(page);
		assert.equal(await page.evaluate(() => (globalThis as { hit?: number }).hit), undefined);
		assert.equal(await page.locator("cert-lens img").count(), 0);
	}));

test("an error line reads", { timeout: 60_000 }, () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, line));
		await reads(page, "as it comes");
		await unfoldAll(page);
		await reads(page, "all open");
		await page.setViewportSize({ width: 320, height: 800 });
		assert.equal(await isWide(page), false);
	}),
);
