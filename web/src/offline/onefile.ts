// The script of the one file: the page, which is told first where its engine is.

import "./inside.js";
import "../page.js";
