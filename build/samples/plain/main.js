// A site without a bundler imports the modules of the package by their paths.

import { analyze } from "./certlens/certlens.js";

const chain = await (await fetch("./chain.pem")).text();
document.querySelector("cert-lens").value = chain;

// Loads the rest: the test calls it when it has seen that nothing was loaded.
globalThis.summarize = async () => {
	const report = await analyze(chain, { host: "shop.example.com", at: "2026-11-20T12:00:00Z" });
	document.querySelector("#summary").textContent = report.diagnosis.summary;
};
