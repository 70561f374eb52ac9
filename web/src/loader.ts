// The one script that other sites name: it waits until a <cert-lens> is seen or
// used, and only then loads the elements and the engine.

import { type Lack, lacking, lackOf } from "./engine/policy.js";
import { load } from "./load.js";
import { watch } from "./watch.js";

export { load };

/** analyze gives a report without an element; see api.ts. */
export const analyze: typeof import("./api.js").analyze = async (...call) => (await load()).analyze(...call);

// A site that is made on a server imports its scripts there as well.
if (globalThis.document) {
	watch(() => {
		const lack = lackOf(/script-src|trusted-types/);
		load().catch((error) => setTimeout(say, 0, error, lack));
	});
}

// What is inside of the tags shows until they become elements.
function say(error: Error, { line }: Lack): void {
	console.error(error);
	for (const lens of document.querySelectorAll("cert-lens")) {
		const sentence = document.createElement("p");
		sentence.role = "alert";
		sentence.textContent = `The checker could not be loaded: ${line ? lacking(line) : error.message}.`;
		lens.append(sentence);
	}
}
