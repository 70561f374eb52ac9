// Starts the worker, and with it the download of the engine, before the page's own
// script has arrived. The build puts this into the page itself; where.ts takes the
// worker over.

import { beside } from "./places.built.js";
import { held, policy, trusted } from "./trusted.js";

const places = beside();
const address = `${places.worker}#${places.engine}`;
const worker = new Worker(trusted(address), { type: "module", name: "certlens engine" });
const missed: Event[] = [];
worker.onmessage = worker.onerror = (event: Event) => missed.push(event);
held.certlensEarly = { worker, address, missed, policy };
