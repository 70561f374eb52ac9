// Live servers for the tests of the page, and what is done with them over and
// over: openssl with certificates of a small PKI, servers that are rude, and the
// worker of this machine. The worker at /v1 may connect to them.

import { readFileSync } from "node:fs";
import type { Server as HTTPServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Page } from "playwright-core";
import { after } from "./lens.js";
import { Lab } from "./servers.js";

/** probe is the address of the worker that may connect to the servers. */
export const probe = "/v1";

/** lab has the certificates and the servers of openssl. */
export const lab = new Lab();

const stops: Array<() => void> = [];

/** certify makes an issuer, and leaf.pem for a server. */
export function certify(extensions = ""): void {
	lab.makeIssuer();
	lab.issueServer("leaf", "DNS:live.example.com,DNS:localhost,IP:127.0.0.1", extensions);
}

/** serveWhole starts a server that sends its chain, and gives its port. */
export function serveWhole(...flags: string[]): Promise<number> {
	return lab.serve("leaf", "-cert_chain", "issuer.pem", ...flags);
}

/** close ends all servers. */
export function close(): void {
	lab.close();
	for (const stop of stops) stop();
}

/** listen lets a server listen until close, and gives its port. */
export async function listen(server: Server | HTTPServer): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	stops.push(() => server.close());
	return (server.address() as AddressInfo).port;
}

/** greet is a server that says something, and then nothing more. */
export function greet(text: string): Promise<number> {
	const sockets = new Set<Socket>();
	stops.push(() => {
		for (const socket of sockets) socket.destroy();
	});
	return listen(
		createServer((socket) => {
			sockets.add(socket.on("error", () => {}));
			socket.write(text);
		}),
	);
}

/** narrow passes so many connections on to a port, and leaves the others without an answer. */
export function narrow(port: number, connections: number): Promise<number> {
	const sockets = new Set<Socket>();
	stops.push(() => {
		for (const socket of sockets) socket.destroy();
	});
	return listen(
		createServer((socket) => {
			sockets.add(socket.on("error", () => {}));
			if (connections-- <= 0) return;
			const inner = connect(port, "127.0.0.1").on("error", () => {});
			sockets.add(inner);
			socket.pipe(inner).pipe(socket);
		}),
	);
}

/** field is where a server is named. */
export const field = (page: Page) => page.getByLabel("Live server");

/** check types a server and asks for a handshake. */
export async function check(page: Page, text: string): Promise<void> {
	await field(page).fill(text);
	await page.keyboard.press("Enter");
}

/** press presses the button of that name. */
export const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** scan runs a scan to its end, and gives the report that it is in. */
export function scan(page: Page) {
	return after(page, () => press(page, "Scan the server's TLS"));
}

/** forget drops what the browser itself says about an answer that is not 200. */
export function forget(errors: string[]): void {
	const others = errors.filter((text) => !text.startsWith("Failed to load resource"));
	errors.splice(0, errors.length, ...others);
}

/** chain is the chain of the server as PEM. */
export const chain = (): string =>
	["leaf.pem", "issuer.pem"].map((name) => readFileSync(lab.path(name), "utf8")).join("");
