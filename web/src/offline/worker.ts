// The worker of the one file: the usual one, for which fetch gives the engine that
// stands before this script.

import "./packed.js";
import "../engine/worker.js";
