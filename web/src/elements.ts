// The elements, for bundlers: importing this module defines <cert-lens> and what
// it is made of. The engine is loaded when the first of them needs it.

import "./elements/cert-lens.js";
import "./elements/help.js";

export { CertLens } from "./elements/cert-lens.js";
export { CertLensHelp } from "./elements/help.js";
export { type Finder, type Places, setEngine } from "./engine/where.js";
export * from "./events.js";
