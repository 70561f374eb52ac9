// Connects to every server of a list on standard input, and prints for each what
// a program prints whose error nobody catches: the error as console.error shows
// it. The first argument is "https" or "fetch".
const fs = require("node:fs");
const https = require("node:https");
const util = require("node:util");

const { anchors, servers } = JSON.parse(fs.readFileSync(0, "utf8"));
const ca = fs.readFileSync(anchors);

function viaHTTPS({ host, port, cert }) {
	return new Promise((resolve) => {
		const files = cert ? { cert: fs.readFileSync(cert), key: fs.readFileSync(cert) } : {};
		const request = https.get({ host, port, ca, family: 4, timeout: 1500, agent: false, ...files }, (response) => {
			response.resume();
			response.on("end", () => resolve(""));
			response.on("error", (error) => resolve(util.inspect(error)));
		});
		request.on("timeout", () => request.destroy(new Error("connect ETIMEDOUT")));
		request.on("error", (error) => resolve(util.inspect(error)));
	});
}

async function viaFetch({ host, port }) {
	try {
		await (await fetch(`https://${host}:${port}/`, { signal: AbortSignal.timeout(1500) })).text();
		return "";
	} catch (error) {
		return util.inspect(error);
	}
}

(async () => {
	const results = {};
	for (const server of servers) {
		try {
			results[server.name] = await (process.argv[2] === "fetch" ? viaFetch(server) : viaHTTPS(server));
		} catch (error) {
			results[server.name] = util.inspect(error);
		}
	}
	console.log(JSON.stringify(results));
})();
