// Starts to load the engine before the rest of the page's script has arrived.
// The page shares the modules of this script, and with them the worker.

import { startEarly } from "./run.js";

startEarly();
