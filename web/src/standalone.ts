// The elements with all that they need, as one module without imports. The loader
// fetches it when an element is seen or used; so the engine starts first.

import "./engine/start.js";
import "./elements/cert-lens.js";

export { analyze } from "./api.js";
