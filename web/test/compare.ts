// Sets the element beside that of @peculiar/certificates-viewer: two sites with the
// same text and the same chain of three, from one server, each in a browser that
// has nothing cached. Prints a table; build/compare.go runs it.

import { existsSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { BarePage, pause } from "./bare.js";
import { launch } from "./harness.js";

/** How often a time is measured; the median counts. */
const rounds = 5;

/** settled is how long nothing has been asked for when a page is done, in ms. */
const settled = 1500;

const pem = readFileSync(process.env.CHAIN ?? "", "utf8");
const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];

declare global {
	/** When the three were shown, in ms since navigation. */
	var took: number | undefined;
}

/** A Side is one of the two. */
interface Side {
	name: string;
	folder: string;
	/** What a site writes, and what it runs when the element is there. */
	head: string;
	element: string;
	give: string;
	/** Whether the three are shown. */
	shown: string;
}

const sides: Side[] = [
	{
		name: "certlens",
		folder: process.env.CERTLENS ?? "",
		head: '<script type="module" src="/files/certlens.js"></script>',
		element: '<cert-lens host="shop.example.com" at="2026-11-20T12:00:00Z"></cert-lens>',
		give: `element.value = ${JSON.stringify(pem)};`,
		// The first name is that which was asked for.
		shown: 'deep("cert-lens-chain", "[part=picture] .name") > 3',
	},
	{
		name: "@peculiar/certificates-viewer",
		folder: process.env.PECULIAR ?? "",
		head: '<script type="module" src="/files/peculiar.esm.js"></script><link rel="stylesheet" href="/files/peculiar.css">',
		element: "<peculiar-certificates-viewer></peculiar-certificates-viewer>",
		give: `element.certificates = ${JSON.stringify(blocks.map((value) => ({ value })))};`,
		shown: 'deep("peculiar-certificates-viewer", "tbody tr") >= 3',
	},
];

const types: Record<string, string> = {
	".css": "text/css",
	".js": "text/javascript",
	".json": "application/json",
	".svg": "image/svg+xml",
	".wasm": "application/wasm",
};

/** html is the site: the element is seen at once, or is far below. */
function html({ head, element, give, shown }: Side, isFar: boolean): string {
	const tag = element.match(/\w[\w-]+/)?.[0];
	return `<!doctype html><meta charset="utf-8"><title>site</title><link rel="icon" href="data:,">${head}
		<p>A chain:</p><div style="height: ${isFar ? 9000 : 0}px"></div>${element}
		<script>
			const element = document.querySelector("${tag}");
			const deep = (tag, inner) => {
				const find = (root) => [...root.querySelectorAll("*")].flatMap((e) =>
					[...(e.localName === tag ? (e.shadowRoot ?? e).querySelectorAll(inner) : []), ...(e.shadowRoot ? find(e.shadowRoot) : [])]);
				return find(document).length;
			};
			globalThis.give = () => { ${give} };
			const look = () => (${shown}) ? globalThis.took = performance.now() : requestAnimationFrame(look);
			${isFar ? "" : "give(); look();"}
		</script>`;
}

let side = sides[0] as Side;
let sent = 0;
let last = 0;
const packed = new Map<string, Buffer>();

// Both are sent as compressed as a host can: brotli, at its best.
function compressed(path: string): Buffer {
	const made =
		packed.get(path) ??
		(existsSync(`${path}.br`) ? readFileSync(`${path}.br`) : brotliCompressSync(readFileSync(path)));
	packed.set(path, made);
	return made;
}

function send(response: ServerResponse, type: string, body: Buffer): void {
	sent += body.length;
	last = performance.now();
	response.writeHead(200, { "Content-Type": type, "Content-Encoding": "br", "Content-Length": body.length });
	response.end(body);
}

const server = createServer(({ url = "" }, response) => {
	const path = join(side.folder, url.replace(/^\/files\//, ""));
	if (url === "/" || url === "/far") send(response, "text/html", brotliCompressSync(html(side, url === "/far")));
	else if (existsSync(path)) send(response, types[extname(path)] ?? "text/plain", compressed(path));
	else response.writeHead(404).end();
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** quiet waits until nothing more is asked for. */
async function quiet(): Promise<void> {
	last = performance.now();
	while (performance.now() - last < settled) await pause(100);
}

/** open opens the site in a new browser, and runs something there. */
async function open<T>(path: string, look: (page: BarePage) => Promise<T>): Promise<T> {
	const browser = await launch();
	try {
		const page = await BarePage.open(browser);
		sent = 0;
		await page.goto(address + path);
		return await look(page);
	} finally {
		await browser.close();
	}
}

async function measure(one: Side): Promise<{ before: number; all: number; took: number }> {
	side = one;
	const before = await open("/far", async () => {
		await quiet();
		return sent;
	});
	const times: number[] = [];
	let all = 0;
	for (let i = 0; i < rounds; i++) {
		times.push(await open("/", (page) => page.until(() => globalThis.took)));
		all = Math.max(all, sent);
	}
	return { before, all, took: times.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN };
}

const kB = (bytes: number) => `${(bytes / 1000).toLocaleString("en", { maximumFractionDigits: 1 })} kB`;
console.log("| | bytes before use | bytes in all | load to a shown chain of three |\n|---|--:|--:|--:|");
for (const one of sides) {
	const { before, all, took } = await measure(one);
	console.log(`| ${one.name} | ${kB(before)} | ${kB(all)} | ${took.toFixed(0)} ms |`);
}
server.close();
