// The edge's half of the worker. It starts the Go program, and hands requests to
// it. What can be refused without the program is refused here.

import { connect } from "cloudflare:sockets";
import program from "./certlens.wasm";
import "./wasm_exec.js"; // sets globalThis.Go

/**
 * How many places one isolate has for requests that are served, and how many
 * requests may wait for one, in milliseconds at most how long. A place is some
 * 10 MB of memory, of which an isolate has 128: a handshake takes one, and what
 * fetches three, for a revocation list of 4 MB is there more than once. What
 * connects nowhere has a few places of its own, and is soon gone.
 */
const SERVED = { most: 8, longest: 15_000 };
const WAITING = { most: 100, longest: 10_000 };
const ASIDE = { most: 2, longest: 15_000 };
const PLACES = { "/v1/issuer": 3, "/v1/revocation": 3 };
const TURN = 10; // how often one that waits looks, in milliseconds

/** The largest program that is kept for another request, in bytes of its memory. */
const KEPT = 16 << 20;

/** How many bytes are read from a socket at most; without asking, it gives 4 kB at a time. */
const READ = 32 << 10;

/** Go refuses larger requests (worker/api/limits.go). */
const MAX_BODY = 128 << 10;

/** After how many seconds to ask again when refused. */
const BUSY_FOR = 2;
const RATE_FOR = 60; // the period of the rate limit in wrangler.jsonc

/** What the Go half sends with every answer (worker/api/answer.go). */
const HEADERS = {
	"Cache-Control": "no-store",
	"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
	"Content-Type": "application/json",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Referrer-Policy": "no-referrer",
	"X-Content-Type-Options": "nosniff",
	// These refusals say nothing, so that every page may read them; what a page
	// may ask is decided in Go.
	"Access-Control-Allow-Origin": "*",
	"Access-Control-Expose-Headers": "Retry-After",
};

function refuse(status, code, message, retryAfter) {
	const headers = retryAfter ? { ...HEADERS, "Retry-After": String(retryAfter) } : HEADERS;
	return new Response(JSON.stringify({ code, message }), { status, headers });
}

/**
 * A Crowd counts the places of requests, each for a limited time, lest one that
 * the runtime ended counts for ever.
 */
class Crowd {
	#members = new Map(); // to their places, and the time until which they count

	constructor({ most, longest }) {
		this.most = most;
		this.longest = longest;
	}

	/** Gives what to leave with, or undefined when there is no room. */
	enter(places = 1) {
		const now = Date.now();
		let taken = places;
		for (const [member, of] of this.#members) {
			if (of.until < now) this.#members.delete(member);
			else taken += of.places;
		}
		if (taken > this.most) return undefined;
		const member = Symbol();
		this.#members.set(member, { places, until: now + this.longest });
		return member;
	}

	leave(member) {
		this.#members.delete(member);
	}
}

/** A Room is a crowd that is served, and one that waits for it. */
class Room {
	#waiting = new Crowd(WAITING);

	constructor(size) {
		this.served = new Crowd(size);
	}

	/** Waits for places, with the timers of the request that waits; gives how to leave. */
	async admit(places) {
		const member = this.served.enter(places) ?? (await this.#wait(places));
		return member && (() => this.served.leave(member));
	}

	async #wait(places) {
		const ticket = this.#waiting.enter();
		let member;
		for (const until = Date.now() + WAITING.longest; ticket && !member && Date.now() < until; ) {
			await scheduler.wait(TURN);
			member = this.served.enter(places);
		}
		this.#waiting.leave(ticket);
		return member;
	}
}

const main = new Room(SERVED);
const aside = new Room(ASIDE);

/** Only what is posted connects to somebody. */
function admit(request) {
	if (request.method !== "POST") return aside.admit(1);
	return main.admit(PLACES[new URL(request.url).pathname] ?? 1);
}

/** Who asks: an IPv4 address, or the /64 of an IPv6 address, as in Go. */
function clientOf(request) {
	const address = request.headers.get("CF-Connecting-IP") ?? "";
	if (!address.includes(":")) return address;
	const [head, tail = ""] = address.split("::").map((part) => part.split(":").filter(Boolean));
	const zeros = Array(Math.max(0, 8 - head.length - tail.length)).fill("0");
	return [...head, ...zeros, ...tail].slice(0, 4).join(":");
}

/**
 * A Program is an instance of the Go program. It serves one request at a time:
 * the runtime ties sockets and timers to the request that made them, and Go
 * would use those of one request while it serves another.
 */
class Program {
	/** What Go finds as globalThis.context when it starts, and keeps. */
	#host = {
		binding: {},
		open: (address) => this.#open(address),
		resolve: (...query) => this.#count(resolve(...query)),
	};
	#go = new globalThis.Go();
	#instance;
	#pending = 0; // promises for which Go waits

	constructor(env, place) {
		this.#host.env = env;
		this.#host.place = place;
		this.#go.env = { GOGC: "50" }; // half the heap of the default, for no more time
		this.#instance = new WebAssembly.Instance(program, { ...this.#go.importObject, workers: { ready() {} } });
		globalThis.context = this.#host;
		this.#go.run(this.#instance); // until it waits for a request
		globalThis.context = undefined;
	}

	serve(request, body) {
		this.#host.body = body;
		return new Promise((resolve, reject) => {
			this.#go.exit = (code) => reject(new Error(`the program ended with ${code}`));
			this.#host.binding.handleRequest(request).then(resolve, reject);
		});
	}

	/** Tells whether nothing of the last request is left, and the program is not too large to keep. */
	isQuiet() {
		if (this.#go.exited || this.#pending > 0 || this.#instance.exports.mem.buffer.byteLength > KEPT) return false;
		// Go leaves the timeout of a timer that it stopped, and clears it when it is
		// woken and there is nothing to do (runtime/lock_js.go, handleEvent).
		this.#go._resume();
		return this.#go._scheduledTimeouts.size === 0;
	}

	async #count(promise) {
		this.#pending++;
		try {
			return await promise;
		} finally {
			this.#pending--;
		}
	}

	/** Connects to an address like "[::1]:443", and gives what Go does with the connection. */
	async #open(address) {
		const socket = connect(address, { secureTransport: "off" });
		const reader = socket.readable.getReader({ mode: "byob" });
		const writer = socket.writable.getWriter();
		// Failures show where they are waited for.
		for (const promise of [socket.closed, reader.closed, writer.closed]) promise.catch(() => {});
		await this.#count(socket.opened);
		return {
			read: async () => {
				const { value, done } = await this.#count(reader.read(new Uint8Array(READ)));
				return done ? undefined : value;
			},
			write: (bytes) => this.#count(writer.write(bytes)),
			close: () => this.#count(socket.close()).catch(() => {}),
		};
	}
}

/** Sends a DNS query to the resolver (RFC 8484), in a POST, which nobody caches. */
async function resolve(url, query) {
	const type = "application/dns-message";
	const headers = { "Content-Type": type, Accept: type };
	const response = await fetch(url, { method: "POST", headers, body: query, redirect: "manual" });
	if (response.status !== 200) throw new Error(`the resolver answers with the status ${response.status}`);
	return new Uint8Array(await response.arrayBuffer());
}

/** Programs that wait for a request. */
const idle = [];

/** Keeps a program for the next request, when what the last one has closed is closed. */
async function keep(program, leave) {
	await scheduler.wait(0);
	if (program.isQuiet()) idle.push(program);
	leave();
}

/** Reads the body of a request, up to one byte more than Go takes. */
async function bodyOf(request) {
	const pieces = [];
	let size = 0;
	for await (const piece of request.body ?? []) {
		pieces.push(piece);
		size += piece.length;
		if (size > MAX_BODY) break;
	}
	return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** Serves a request of the API when there is a place. */
async function answer(request, env, ctx) {
	const body = await bodyOf(request);
	const leave = await admit(request);
	if (!leave) return refuse(503, "busy", "This worker is busy.", BUSY_FOR);
	try {
		const program = idle.pop() ?? new Program(env, request.cf?.colo);
		const response = await program.serve(request, body);
		ctx.waitUntil(keep(program, leave));
		return response;
	} catch (error) {
		leave();
		console.error(error.stack); // what was asked for is not in it
		return refuse(500, "internal", "The worker has a fault.");
	}
}

export default {
	async fetch(request, env, ctx) {
		if (!new URL(request.url).pathname.startsWith("/v1/")) {
			return env.ASSETS?.fetch(request) ?? refuse(404, "not_found", "There is nothing at this path.");
		}
		// A preflight is answered without connecting, and a browser keeps the answer.
		if (request.method !== "OPTIONS" && env.RATE_LIMITER) {
			const { success } = await env.RATE_LIMITER.limit({ key: clientOf(request) });
			if (!success) return refuse(429, "rate_limit", "You ask more often than this worker answers.", RATE_FOR);
		}
		const answered = answer(request, env, ctx);
		ctx.waitUntil(answered); // to its end, so that its place is given back although its client goes away
		return answered;
	},
};
