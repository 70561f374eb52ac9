// The parts of the page that need no browser, as tables.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openAtFirst, pathTo, visibleRows } from "../src/asn1/rows.js";
import { fileName } from "../src/bytes.js";
import { place, wrap } from "../src/chain/layout.js";
import type { ASN1, Certificate, Finding, Input, Report } from "../src/engine/report.gen.js";
import { fromLocalField, validity } from "../src/format.js";
import { group } from "../src/grouping.js";
import { cut } from "../src/pieces.js";
import { admit, maxBytes } from "../src/question.js";
import { blank, credentials, reportedKeys, Vault } from "../src/secrets.js";
import { grouped, link, ordinal, shorten, visible } from "../src/text.js";

test("visible shows what cannot be seen, and nothing else", () => {
	const table: Array<[string, string]> = [
		["shop.example.com", "shop.example.com"],
		["Exämple 例え 🙂", "Exämple 例え 🙂"],
		["a\u202eb", "a⟨U+202E⟩b"],
		["a\nb\tc\u0000", "a⟨U+000A⟩b⟨U+0009⟩c⟨U+0000⟩"],
		["a\u200bb\u2066c\ufeff", "a⟨U+200B⟩b⟨U+2066⟩c⟨U+FEFF⟩"],
		["tag \u{e0041}", "tag ⟨U+E0041⟩"],
		["lone \ud800", "lone ⟨U+D800⟩"],
		["", ""],
	];
	for (const [text, want] of table) assert.equal(visible(text), want);
});

test("a file gets a name that every system takes, whatever the title", () => {
	for (const [title, want] of [
		["shop.example.com", "shop.example.com.pem"],
		["*.example.com", "wildcard.example.com.pem"],
		["../../etc/passwd", "etc-passwd.pem"],
		["C:\\Windows\\win.ini", "C-Windows-win.ini.pem"],
		["evil.html\0", "evil.html.pem"],
		["invoice\u202efdp.exe", "invoice-fdp.exe.pem"],
		["<img src=x onerror=alert(1)>", "img-src-x-onerror-alert-1.pem"],
		["nul", "certificate-nul.pem"],
		["COM1.example", "certificate-COM1.example.pem"],
		["con-fusion.example", "con-fusion.example.pem"],
		["a..b", "a.b.pem"],
		["ünïcödé", "n-c-d.pem"],
		["😀", "certificate.pem"],
		["", "certificate.pem"],
		["-rf", "rf.pem"],
		[`${"a".repeat(79)}.b`, `${"a".repeat(79)}.pem`],
		["x".repeat(1 << 20), `${"x".repeat(80)}.pem`],
	] as const) {
		assert.equal(fileName(title, "pem"), want, JSON.stringify(title.slice(0, 40)));
	}
});

test("only an address as a whole becomes a link", () => {
	const table: Array<[string, string | undefined]> = [
		["https://example.com/a", "https://example.com/a"],
		[" http://example.com ", "http://example.com/"],
		["see https://example.com", undefined],
		["javascript:alert(1)", undefined],
		["data:text/html,x", undefined],
		["//example.com", undefined],
		['https://example.com/"onclick=x', undefined],
		["https://", undefined],
		["BRs: 7.1.2", undefined],
	];
	for (const [text, want] of table) assert.equal(link(text), want, text);
});

test("numbers and places read as people write them", () => {
	assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal), [
		"1st",
		"2nd",
		"3rd",
		"4th",
		"11th",
		"12th",
		"13th",
		"21st",
		"112th",
	]);
	assert.deepEqual([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1\u202f000", "1\u202f234\u202f567"]);
	assert.equal(shorten("abcdefghij", 5), "abc…j");
	assert.equal(Array.from(shorten("🙂".repeat(9), 5)).length, 5);
});

test("validity counts from the time of the report", () => {
	const at = "2026-11-20T12:00:00Z";
	const base = { notBefore: "2026-01-01T00:00:00Z", notAfter: "2027-01-01T00:00:00Z", daysLeft: 41 };
	const table: Array<[Partial<Certificate>, string, string]> = [
		[{}, "valid", "41 days left"],
		[{ daysLeft: 1 }, "soon", "1 day left"],
		[{ daysLeft: 0 }, "soon", "expires today"],
		[{ daysLeft: -1 }, "expired", "expired less than a day ago"],
		[{ daysLeft: -3 }, "expired", "expired 2 days ago"],
		[{ notBefore: "2026-12-01T00:00:00Z" }, "future", "valid from 2026-12-01"],
		[{ notAfter: "" }, "unknown", "validity unreadable"],
	];
	for (const [change, state, text] of table) {
		assert.deepEqual(validity({ ...base, ...change } as Certificate, at), { state, text });
	}
	assert.equal(fromLocalField(""), "");
	assert.equal(fromLocalField("nonsense"), "");
});

const input = (offset: number, length: number, source = ""): Input => ({
	kind: "pem",
	source,
	where: { line: 1, column: 1, offset, length },
	count: 1,
});

const secretLine = "MHcCAQEEIAbcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRST";
const secret = `${secretLine}\n${secretLine}\nMHcCAQEEIAbc`;
const masked = "[private key 1: kept, not shown]";

test("passwords and tokens do not show", () => {
	const table: Array<[string, string]> = [
		["curl https://alice:pass@www.example.com/a@b", "curl https://***@www.example.com/a@b"],
		["> Authorization: Basic YTpi\n> Accept: */*", "> Authorization:***\n> Accept: */*"],
		["?token=abc&x=1", "?token=***&x=1"],
		['{"password": "abc", "at": 1}', '{"password": "***", "at": 1}'],
		["jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc end", "jwt *** end"],
		["bad password: a.p12, token: eof, https://a/", "bad password: a.p12, token: eof, https://a/"],
	];
	for (const [text, want] of table) assert.equal(credentials(text), want);
});

test("private keys are hidden and come back, also cut and damaged ones", () => {
	const begin = "-----BEGIN EC PRIVATE KEY-----";
	const end = "-----END EC PRIVATE KEY-----";
	const whole = `${begin}\n${secret}\n${end}`;
	const certificate = "-----BEGIN CERTIFICATE-----\nMIIBMIIBMIIBMIIBMIIB\n-----END CERTIFICATE-----";
	const table: Array<[string, string]> = [
		[`x\n${whole}\ny`, `x\n${masked}\ny`],
		[`${whole}\n${whole}`, `${masked}\n${masked}`],
		[`${begin}\n${secret}`, masked],
		[certificate, certificate],
		[`${begin}\n${secret}\n${certificate}`, `${masked}\n${certificate}`],
		[`${certificate}\n${secret}\n${end}\nz`, `${certificate}\n${masked}\nz`],
		[whole.toLowerCase(), masked],
		[whole.replaceAll("EC PRIVATE KEY", "PGP PRIVATE KEY BLOCK"), masked],
		[whole.replaceAll("-----", "----"), masked],
		[whole.replaceAll("-----", "—--"), masked],
		[whole.replace("BEGIN ", "BEGIN  "), masked],
		[whole.replace("END EC", "END RSA"), masked],
		[`> ${begin}\n> ${secret.replaceAll("\n", "\n> ")}\n`, `> ${masked}\n`],
		[`"${begin}"\n"${secret.replaceAll("\n", '"\n"')}"\n`, `"${masked}\n`],
		[`"${whole.replaceAll("\n", "\\n")}"`, `"${masked}"`],
		[`"${begin}\\n${secret.replaceAll("\n", "\\n")}\n`, `"${masked}\n`],
		[`${begin}\n${secret.replaceAll("QRST\n", "QR*T\n?\n")}`, masked],
		[`${begin}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${secret}`, masked],
		["- begin with the private key\n- end", "- begin with the private key\n- end"],
	];
	for (const [text, want] of table) {
		const vault = new Vault();
		assert.equal(vault.hide(text), want);
		assert.equal(vault.reveal(want), text);
		assert.equal(vault.hide(vault.hide(text)), want, "hiding twice changes nothing");
		assert.ok(!/MHcCAQEE/i.test(blank(text)), text);
		assert.equal(new TextEncoder().encode(blank(text)).length, new TextEncoder().encode(text).length);
		assert.equal(blank(text).split("\n").length, text.split("\n").length);
	}
});

test("private keys that only the engine knows are hidden by their bytes", () => {
	const text = `für 🙂: ${secretLine}\nund ${secretLine}, ende`;
	const offset = new TextEncoder().encode("für 🙂: ").length;
	const second = offset + secretLine.length + "\nund ".length;
	const report = {
		inputs: [input(offset, secretLine.length), input(0, 5, "file.txt"), input(second, secretLine.length)].map((i) => ({
			...i,
			secret: true,
		})),
	} as unknown as Report;
	const keys = reportedKeys(report);
	assert.equal(keys.length, 2);
	const vault = new Vault();
	const want = `für 🙂: ${masked}\nund ${masked}, ende`;
	assert.equal(vault.hide(text, keys), want);
	assert.equal(vault.reveal(want), text);
	assert.ok(!blank(text, keys).includes("MHcC"));
});

test("hiding takes time in proportion to the text", () => {
	const begin = "-----BEGIN PRIVATE KEY-----";
	const times = (unit: string) => unit.repeat(Math.ceil(5e6 / unit.length));
	const hostile = [
		begin + times("A"),
		begin + times("\n"),
		begin + times(`\n${"A".repeat(64)}`),
		begin + times("\nA: b"),
		begin + times(`${" ".repeat(30)}${"A".repeat(15)}`),
		times(begin),
		times(`${begin}\n`),
		`-----BEGIN ${times("A ")}`,
		times("-----BEGIN A "),
		times("-"),
		`${times("x\n")}-----END PRIVATE KEY-----`,
	];
	for (const text of hostile) {
		const begun = performance.now();
		new Vault().hide(text);
		const took = performance.now() - begun;
		assert.ok(took < 3000, `${JSON.stringify(text.slice(0, 40))}: ${took} ms`);
	}
});

test("long text shows in part, and says how much is missing", () => {
	assert.equal(visible("a".repeat(2000)).length, 2000);
	assert.equal(visible("a".repeat(3_000_000)), `${"a".repeat(2000)}… (2\u202f998\u202f000 characters more)`);
	assert.equal(visible(`${"a".repeat(1999)}🙂`), `${"a".repeat(1999)}… (2 characters more)`);
	assert.equal(shorten("a".repeat(3_000_000), 5), "aaa…a");
});

test("the paste is cut where its pieces stood, in bytes", () => {
	const bytes = new TextEncoder().encode("ä AAAA b [CC] d");
	const flat = (pieces: ReturnType<typeof cut>): unknown[] =>
		pieces.map((p) => (p.inside.length ? [p.input, flat(p.inside)] : [p.input, p.text]));
	assert.deepEqual(flat(cut(bytes, [input(3, 4), input(10, 4)])), [
		[-1, "ä "],
		[0, "AAAA"],
		[-1, " b "],
		[1, "[CC]"],
		[-1, " d"],
	]);
	assert.deepEqual(flat(cut(bytes, [input(10, 4), input(11, 2)])), [
		[-1, "ä AAAA b "],
		[
			0,
			[
				[-1, "["],
				[1, "CC"],
				[-1, "]"],
			],
		],
		[-1, " d"],
	]);
	assert.deepEqual(flat(cut(bytes, [input(3, 4, "other.pem"), input(0, 999)])), [[-1, "ä AAAA b [CC] d"]]);
	const same = Array.from({ length: 50 }, () => input(3, 4));
	assert.ok(JSON.stringify(cut(bytes, same)).length < 10_000, "equal places nest only so deep");
});

test("files are taken as long as they fit", () => {
	const file = (name: string, size: number) => ({ name, size }) as File;
	const { taken, refused } = admit([file("a", maxBytes - 10), file("b", 11), file("c", 10)], []);
	assert.deepEqual(
		taken.map(({ name }) => name),
		["a", "c"],
	);
	assert.deepEqual(refused, ["b has 11 bytes; 10 bytes of 64.0 MB are left. It was not read."]);
});

test("findings group by severity, then by rule", () => {
	const finding = (id: string, severity: Finding["severity"], detail = ""): Finding => ({
		id,
		severity,
		title: id,
		detail,
		source: "",
		citation: "",
	});
	const groups = group([
		finding("n", "notice"),
		finding("e", "error", "x"),
		finding("w", "warning", "1"),
		finding("e", "error", "x"),
		finding("w", "warning", "2"),
	]);
	assert.deepEqual(
		groups.map(({ tone, count, rules }) => [tone, count, rules.map((r) => [r.id, r.findings.length, r.detail])]),
		[
			["error", 2, [["e", 2, "x"]]],
			["warning", 2, [["w", 2, ""]]],
			["notice", 1, [["n", 1, ""]]],
		],
	);
});

test("titles break after a space, a dot or a hyphen", () => {
	const table: Array<[string, number, string[]]> = [
		["short", 10, ["short"]],
		["Example Issuing CA 1", 12, ["Example", "Issuing CA 1"]],
		["a-long-name.example.com", 14, ["a-long-name.", "example.com"]],
		["x".repeat(40), 10, ["x".repeat(10), "xxxxxx…xxx"]],
	];
	for (const [text, max, want] of table) assert.deepEqual(wrap(text, max), want);
});

test("a picture stands in a row where there is room, and in a column where not", () => {
	const node = {
		kind: "certificate",
		id: "a",
		caption: "",
		title: "a",
		sent: [],
		note: "",
		tone: "good",
		store: "",
		reasons: [],
	} as const;
	const picture = { nodes: [node, node, node, node].map((n) => ({ ...n, sent: [], reasons: [] })), links: [] };
	const wide = place(picture, 1100);
	assert.ok(wide.row);
	assert.equal(new Set(wide.boxes.map(({ y }) => y)).size, 1);
	assert.ok(wide.boxes.every(({ x, width }) => x >= 0 && x + width <= 1100));
	const narrow = place(picture, 358);
	assert.ok(!narrow.row);
	assert.ok(narrow.boxes.every(({ x, width }) => x >= 0 && x + width <= 358));
	assert.ok(narrow.boxes.every(({ y, height }, i) => i === 0 || y >= (narrow.boxes[i - 1]?.y ?? 0) + height));
});

const leaf = (offset: number, length: number): ASN1 => ({
	offset,
	header: 2,
	length,
	class: "universal",
	tag: 4,
	type: "OCTET STRING",
});

test("the tree opens, closes and finds the innermost node of a byte", () => {
	const first = leaf(2, 3);
	const inner = { ...leaf(7, 4), children: [leaf(9, 2)] };
	const root: ASN1 = {
		offset: 0,
		header: 2,
		length: 11,
		class: "universal",
		tag: 16,
		constructed: true,
		type: "SEQUENCE",
		children: [first, inner],
	};
	const rows = visibleRows(root, openAtFirst(root));
	assert.deepEqual(
		rows.map(({ node, level, position, siblings, parent }) => [node.offset, level, position, siblings, parent]),
		[
			[0, 1, 1, 1, -1],
			[2, 2, 1, 2, 0],
			[7, 2, 2, 2, 0],
			[9, 3, 1, 1, 2],
		],
	);
	assert.equal(visibleRows(root, new Set()).length, 1);
	assert.deepEqual(
		pathTo(root, 10).map(({ offset }) => offset),
		[0, 7, 9],
	);
	const deep = Array.from({ length: 20_000 }).reduce<ASN1>(
		(child) => ({ ...leaf(0, 1), children: [child] }),
		leaf(0, 1),
	);
	const open = new Set<ASN1>();
	for (let node: ASN1 | undefined = deep; node; node = node.children?.[0]) open.add(node);
	assert.equal(visibleRows(deep, open).length, 20_001, "depth is no recursion");
});
