// The build puts this script into the page itself.

import { startEarly } from "./engine/early.js";

startEarly();
