// The one script that other sites name: it waits until a <cert-lens> is seen or
// used, and only then loads the elements and the engine.

import { load } from "./load.js";
import { watch } from "./watch.js";

export { load };

/** analyze gives a report without an element; see api.ts. */
export const analyze: typeof import("./api.js").analyze = async (...call) => (await load()).analyze(...call);

// A site that is made on a server imports its scripts there as well.
if (globalThis.document) {
	watch(() => {
		load().catch((error) => console.error(error));
	});
}
