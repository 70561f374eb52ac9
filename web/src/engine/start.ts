// Starts the engine when this module is evaluated. The page imports it before its
// elements, so that the engine loads while they are being defined.

import { sharedEngine } from "./shared.js";

sharedEngine();
