// How certificates get in: files, drag and drop, big pastes, private keys.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after as atEnd, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { example, launch, many } from "./harness.js";
import { after, box, choose, derOf, drop, everything, onPage, paste, verdict } from "./lens.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

const strip = async (page: Page): Promise<string> =>
	(await page.locator("cert-lens-strip .pasted").textContent()) ?? "";

test("the file picker takes DER, and several files at once", () =>
	onPage(browser, async ({ page }) => {
		const [leaf = "", issuer = ""] = example("good.txt").match(/-----BEGIN[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
		const report = await after(page, () =>
			page.locator("cert-lens-input input[type=file]").setInputFiles([
				{ name: "leaf.der", mimeType: "application/pkix-cert", buffer: derOf(leaf) },
				{ name: "issuer.pem", mimeType: "text/plain", buffer: Buffer.from(issuer) },
			]),
		);
		assert.deepEqual(
			report.inputs.map(({ kind, source }) => [kind, source]),
			[
				["der", "leaf.der"],
				["pem", "issuer.pem"],
			],
		);
		assert.match(await strip(page), /leaf\.der.*issuer\.pem/s);
	}));

test("a file dropped on the checker is read", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => drop(page, "shop.der", derOf(example("good.txt"))));
		assert.equal(report.inputs[0]?.source, "shop.der");
		assert.equal(report.certificates[0]?.title, "shop.example.com");
	}));

test("a file dropped while a report shows replaces what was there", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => choose(page, "A good chain"));
		const report = await after(page, () => drop(page, "nas.pem", Buffer.from(example("self-signed.txt"))));
		assert.equal(report.host ?? "", "", "the example's host name went with it");
		assert.equal(report.served.length, 1);
	}));

test("a file over the limit is refused before it is read", () =>
	onPage(browser, async ({ page }) => {
		await page.evaluate(() => {
			const transfer = new DataTransfer();
			transfer.items.add(new File([new ArrayBuffer(65 * 1024 * 1024)], "huge.bin"));
			document
				.querySelector("cert-lens")
				?.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
		});
		const alert = page.getByRole("alert");
		assert.match(
			(await alert.textContent()) ?? "",
			/^huge\.bin has 65\.0 MB; the limit is 64\.0 MB\. It was not read\.$/,
		);
		assert.equal(await box(page).count(), 1);
	}));

test("a big paste shows as its size, not as text", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => paste(page, many(400)));
		assert.equal(report.certificates.filter((c) => c.origin === "input").length, 400);
		assert.match(await strip(page), /Pasted text.*kB/s);
		await page.getByRole("button", { name: "Edit" }).click();
		assert.equal(await box(page).inputValue(), "");
		assert.match((await page.locator("cert-lens-input .files").textContent()) ?? "", /Pasted text/);
	}));

test("a private key is kept and not shown", () =>
	onPage(browser, async ({ page }) => {
		const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
		const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
		const secret = key.split("\n")[1] ?? "";
		const report = await after(page, () => paste(page, `${key}\n${example("good.txt")}`));
		assert.ok(
			report.objects?.some(({ kind }) => kind === "private-key"),
			"it was analysed",
		);
		assert.ok(!(await everything(page)).includes(secret));
		await page.getByRole("button", { name: "Edit" }).click();
		assert.match(await box(page).inputValue(), /^\[private key 1: kept, not shown\]/);
		assert.ok(!(await everything(page)).includes(secret));
		const again = await after(page, () => page.keyboard.press("Control+Enter"));
		assert.ok(
			again.objects?.some(({ kind }) => kind === "private-key"),
			"it is still there",
		);
	}));

test("typing is analysed when it rests, and keeps its cursor", () =>
	onPage(browser, async ({ page }) => {
		const report = await after(page, () => page.keyboard.insertText(example("self-signed.txt")));
		assert.equal(report.served.length, 1);
		assert.ok(await box(page).evaluate((e) => e.matches(":focus")));
	}));

test("the strip opens for editing with what was pasted", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, example("good.txt")));
		await page.getByRole("button", { name: "Edit" }).click();
		assert.equal(await box(page).inputValue(), example("good.txt"));
	}));

test("a paste while a report shows replaces what was there", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, example("good.txt")));
		const report = await after(page, () => paste(page, example("self-signed.txt")));
		assert.equal(report.served.length, 1);
	}));

test("own anchors stand beside the root store, or instead of it", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, example("good.txt")));
		await page.getByText("Rules and trust anchors").click();
		const files = page.locator("cert-lens-options input[type=file]");
		const beside = await after(page, () =>
			files.setInputFiles({ name: "root.pem", mimeType: "text/plain", buffer: Buffer.from(example("root.txt")) }),
		);
		assert.deepEqual(beside.stores.map(({ name }) => name).sort(), ["mozilla", "user"]);
		const instead = await after(page, () => page.getByLabel("How the anchors are used").selectOption("instead"));
		assert.deepEqual(
			instead.stores.map(({ name }) => name),
			["user"],
		);
	}));

test("a long analysis shows how far it is, and can be cancelled", () =>
	onPage(browser, async ({ page }) => {
		await paste(page, many(1000));
		const cancel = page.getByRole("button", { name: "Cancel" });
		await cancel.click();
		await page.getByText("The analysis was cancelled").waitFor();
		assert.equal(await cancel.count(), 0);
		const report = await after(page, async () => {
			await page.getByRole("button", { name: "Clear" }).click();
			await choose(page, "A good chain");
		});
		assert.equal(report.diagnosis?.class, "ok");
		assert.equal(await verdict(page).count(), 1);
	}));
