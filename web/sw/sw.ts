// Keeps the page for use without a network: the files of one build, by the list
// that the build made, each with the hash that it must have. Nothing else is ever
// kept or answered: what is not in the list, as all of /v1, goes past this worker.

import { build, files } from "./kept.built.js";

declare const self: ServiceWorkerGlobalScope;

const { scope } = self.registration;
// Other pages of this origin may keep files as well.
const ours = `certlens ${scope} `;
const name = ours + build;
const kept = new Map(files.map(([path, integrity]) => [new URL(path, scope).href, integrity]));

self.addEventListener("install", (event) => event.waitUntil(keep().catch(giveUp)));
self.addEventListener("activate", (event) => event.waitUntil(forget()));
self.addEventListener("message", ({ data }) => {
	if (data === "use") void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
	const { method, url } = event.request;
	const address = plain(url);
	if (method === "GET" && kept.has(address)) event.respondWith(answer(address, event.request));
});

// The page has just loaded most of it: what has its hash in its name comes out of
// the browser's own cache. One wrong byte, and nothing of this version is kept.
async function keep(): Promise<void> {
	const cache = await caches.open(name);
	await Promise.all(
		[...kept].map(async ([address, integrity]) => {
			const cached = address.includes("/assets/") ? "default" : "no-cache";
			const response = await fetch(address, { integrity, cache: cached, credentials: "omit" });
			if (!response.ok) throw new Error(`the server answered ${response.status} for ${address}`);
			await cache.put(address, response);
		}),
	);
}

async function giveUp(reason: unknown): Promise<never> {
	await caches.delete(name);
	throw reason;
}

async function forget(): Promise<void> {
	const names = await caches.keys();
	await Promise.all(names.filter((n) => n.startsWith(ours) && n !== name).map((n) => caches.delete(n)));
}

async function answer(address: string, request: Request): Promise<Response> {
	const cache = await caches.open(name);
	const response = await cache.match(address, { ignoreVary: true });
	if (!response) return fetch(request);
	// A response that was kept has an address, and would take from the engine's
	// worker the part of its own after "#".
	const { body, headers, status } = response;
	return new Response(body, { headers, status });
}

// index.html is the page under another name, and no file here differs by a query:
// a link that somebody passed on may have one.
function plain(url: string): string {
	const address = new URL(url);
	address.hash = address.search = "";
	return address.href === `${scope}index.html` ? scope : address.href;
}
