// The page is <cert-lens> on a page. What is dropped or pasted beside the tag
// is meant for it as well.

import { listen } from "./arrivals.js";
import "./elements/cert-lens.js";

const lens = document.querySelector("cert-lens");
if (lens) {
	listen(document, lens.taker);
	void lens.updateComplete.then(() => lens.focus({ preventScroll: true }));
}
