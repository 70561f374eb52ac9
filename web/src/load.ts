// Fetches the elements: once, when they are needed, and only as they were built.

import { address, integrity } from "./elements.built.js";
import { startEarly } from "./engine/early.js";

type Elements = typeof import("./standalone.js");

let loading: Promise<Elements> | undefined;

/** load defines <cert-lens>, and starts the engine. It rejects when the script is
 * not there, or is not the one that this one was built with. */
export function load(): Promise<Elements> {
	if (loading) return loading;
	startEarly();
	loading = verified()
		.then(() => import(address))
		.catch((error) => {
			loading = undefined;
			throw error;
		});
	return loading;
}

// The browser keeps the module that a preload has verified, and import takes it
// from there. One that cannot preload modules verifies a copy.
function verified(): Promise<unknown> {
	const link = document.createElement("link");
	if (!link.relList.supports("modulepreload")) return fetch(address, { integrity });
	return new Promise((resolve, reject) => {
		Object.assign(link, { rel: "modulepreload", href: address, integrity, crossOrigin: "anonymous" });
		link.onload = resolve;
		link.onerror = () => reject(new Error(`${address} is not there, or not what it was built as`));
		document.head.append(link);
	}).finally(() => link.remove());
}
