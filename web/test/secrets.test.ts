// Private keys, in every wrapping in which people paste them: named, and shown
// nowhere. And what is encrypted: its password is asked for, and opens it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after as atEnd, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launch } from "./harness.js";
import { after, box, drop, everything, onPage, paste, reads, verdict } from "./lens.js";
import { hasOpenSSL, withoutOpenSSL as skip } from "./servers.js";

let browser: Browser;
before(async () => {
	browser = await launch();
});
atEnd(() => browser.close());

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const spki = createHash("sha256")
	.update(publicKey.export({ type: "spki", format: "der" }))
	.digest("hex");
const jwk = privateKey.export({ format: "jwk" });
const der = privateKey.export({ type: "pkcs8", format: "der" });
const pem = pemOf(privateKey, "pkcs8");

function pemOf(key: KeyObject, type: "pkcs1" | "pkcs8"): string {
	return key.export({ type, format: "pem" }).toString();
}

function xml({ n, e, p, q, dp, dq, qi, d }: JsonWebKey): string {
	const base64 = (value = "") => Buffer.from(value, "base64url").toString("base64");
	const parts = { Modulus: n, Exponent: e, P: p, Q: q, DP: dp, DQ: dq, InverseQ: qi, D: d };
	const inside = Object.entries(parts).map(([name, value]) => `  <${name}>${base64(value as string)}</${name}>`);
	return `<RSAKeyValue>\n${inside.join("\n")}\n</RSAKeyValue>\n`;
}

function openssl(...args: string[]): string {
	return execFileSync("openssl", args, { input: pem, stdio: ["pipe", "pipe", "ignore"] }).toString();
}

// Each wrapping as text; empty where its tool is missing.
const wrappings: Record<string, string> = {
	"PKCS#8": pem,
	"PKCS#1": pemOf(privateKey, "pkcs1"),
	"a quoted mail": pem.replace(/^/gm, "> "),
	"a JSON string": JSON.stringify({ key: pem }),
	"bare base64": der.toString("base64"),
	hexadecimal: der.toString("hex"),
	"a Kubernetes secret": `apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\ndata:\n  tls.key: ${Buffer.from(pem).toString("base64")}\n`,
	"a JSON Web Key": JSON.stringify(jwk, null, 2),
	"RSAKeyValue of XML": xml(jwk),
	"the text of openssl": hasOpenSSL ? openssl("rsa", "-text", "-noout") : "",
};

// What is private in each notation: numbers of the key, and the text itself.
const numbers = ["d", "p", "q", "dp", "dq", "qi"].map((name) => Buffer.from(jwk[name] as string, "base64url"));

// Some places inside of a text, long enough to be found by nothing but themselves.
function samples(text: string): string[] {
	const runs = text.match(/[A-Za-z0-9+/=_-]{32,}/g) ?? [];
	return runs.map((run) => run.slice(8, 28));
}

function isPublic(sample: string): boolean {
	const modulus = Buffer.from(jwk.n as string, "base64url");
	const known = [modulus.toString("hex"), modulus.toString("base64"), modulus.toString("base64url"), spki];
	return known.some((text) => text.includes(sample));
}

for (const [title, text] of Object.entries(wrappings)) {
	test(`a private key as ${title} is named and not shown`, { skip: text === "" && skip }, () =>
		onPage(browser, async ({ page }) => {
			const report = await after(page, () => paste(page, text));
			const key = report.objects?.find(({ kind }) => kind === "private-key");
			assert.equal(key?.id, spki, "it was read");
			const secret = [
				...samples(text).filter((sample) => !isPublic(sample)),
				...numbers.flatMap((n) => ["hex", "base64", "base64url"].map((e) => n.toString(e as "hex").slice(4, 24))),
				...numbers.map((n) => (n.toString("hex").match(/../g) ?? []).slice(3, 10).join(":")),
			];
			const shown = async (where: string) => {
				const all = await everything(page);
				for (const piece of secret) assert.ok(!all.includes(piece), `${where}: ${piece}`);
			};
			await shown("the report");
			const warning = page.locator("cert-lens-key-warning .warned");
			assert.match((await warning.textContent()) ?? "", /There is a private key.*revoked/s);
			assert.ok((await everything(page)).includes(spki), "the fingerprint of its public half is there");
			assert.ok(!JSON.stringify(report).includes(secret[0] ?? ""), "the report does not hold it");
			await page.getByRole("button", { name: "Edit" }).click();
			assert.match(await box(page).inputValue(), /\[private key 1: kept, not shown\]/);
			await shown("the box");
		}),
	);
}

test("a page around the checker hears nothing of what is pasted", () =>
	onPage(browser, async ({ page }) => {
		await page.evaluate(() => {
			const heard: string[] = [];
			Object.assign(globalThis, { heard });
			for (const type of ["text-changed", "password-given"])
				document.addEventListener(type, (event) => heard.push(event.type));
		});
		await after(page, () => paste(page, pem));
		assert.deepEqual(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard), []);
	}));

// A PKCS#12 file of the real tool, with a certificate and its key.
function pkcs12(password: string): Buffer {
	const dir = mkdtempSync(join(tmpdir(), "certlens-"));
	try {
		const at = (name: string) => join(dir, name);
		writeFileSync(at("key.pem"), pem);
		const subject = ["-subj", "/CN=pfx.example.com", "-days", "30"];
		openssl("req", "-x509", "-key", at("key.pem"), ...subject, "-out", at("cert.pem"));
		const files = ["-inkey", at("key.pem"), "-in", at("cert.pem"), "-out", at("store.p12")];
		openssl("pkcs12", "-export", ...files, "-passout", `pass:${password}`);
		return readFileSync(at("store.p12"));
	} finally {
		rmSync(dir, { recursive: true });
	}
}

test("a PKCS#12 file asks for its password, says when it is wrong, and opens", { skip }, () =>
	onPage(browser, async ({ page }) => {
		const file = pkcs12("correct horse");
		const locked = await after(page, () => drop(page, "store.p12", file));
		assert.equal(locked.inputs[0]?.password, "needed");
		assert.match((await verdict(page).textContent()) ?? "", /encrypted|password/i);
		const field = page.getByLabel(/^Password of the PKCS#12 file/);
		await field.fill("wrong");
		const wrong = await after(page, () => page.keyboard.press("Enter"));
		assert.equal(wrong.inputs[0]?.password, "wrong");
		assert.match((await page.locator("cert-lens-password form").textContent()) ?? "", /The password is wrong/);
		await reads(page, "password");
		await page.locator("cert-lens-password input").fill("correct horse");
		const open = await after(page, () => page.getByRole("button", { name: "Decrypt" }).click());
		assert.equal(open.certificates[0]?.title, "pfx.example.com");
		assert.ok(open.objects?.some(({ kind, id }) => kind === "private-key" && id === spki));
		assert.equal(await page.locator("cert-lens-password input").count(), 0);
		assert.match((await page.locator("cert-lens-key-warning .warned").textContent()) ?? "", /pfx\.example\.com/);
		assert.ok(!(await everything(page)).includes("correct horse"));
		const again = await after(page, () => drop(page, "store.p12", file));
		assert.equal(again.inputs[0]?.password, "needed", "the password went with the input");
	}),
);

test("the warning of a key reads", () =>
	onPage(browser, async ({ page }) => {
		await after(page, () => paste(page, wrappings["a Kubernetes secret"] ?? ""));
		await reads(page, "warning");
	}));
