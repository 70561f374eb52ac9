// A way to the server that can be cut.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { address } from "./harness.js";

/** A Line is what stands between browser and server. It can be cut, and change what goes over it. */
export interface Line {
	address: string;
	/** Changes what the server answers for a path. */
	alter: (path: string, body: Buffer) => Buffer;
	/** The policy (CSP) of every answer; the server's own when absent. */
	policy?: string;
	/** What was asked for. */
	asked: string[];
	cut(): Promise<void>;
}

/** line lays one, on a port of its own. */
export async function line(): Promise<Line> {
	const server = createServer(async (request, response) => {
		const path = request.url ?? "";
		it.asked.push(path);
		const answer = await fetch(new URL(path, address), { headers: { "Accept-Encoding": "identity" } });
		const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== "content-length"));
		if (it.policy) headers["content-security-policy"] = it.policy;
		response.writeHead(answer.status, headers);
		response.end(it.alter(path, Buffer.from(await answer.arrayBuffer())));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const it: Line = {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		alter: (_, body) => body,
		asked: [],
		cut: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
	return it;
}
