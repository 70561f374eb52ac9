// The one file has worker and engine in itself, as text that the browser does not
// run. Here they become the script of a worker that has the engine with it: on a
// page that came from a file a worker cannot be given an address to fetch from.

import { setEngine } from "../engine/where.js";

function inside(id: string): string {
	const element = document.getElementById(id);
	const text = element?.textContent ?? "";
	element?.remove();
	return text;
}

const parts = [`const packedEngine = "${inside("engine")}";\n`, inside("worker")];
const worker = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
setEngine({ worker, engine: "" });
