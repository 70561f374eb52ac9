// The page is <cert-lens> on a page, and beside it the help, which the part of
// the address after "#" chooses. What is dropped or pasted beside the tag is
// meant for it as well. The tag of this script is the last of the page, and async:
// the browser lays out the page before it runs this, and not in the same task.

import "./engine/start.js";
import { listen, type Taker } from "./arrivals.js";
import "./elements/builder.js";
import "./elements/cert-lens.js";
import "./elements/help.js";
import "./elements/silence.js";
import { sharedEngine } from "./engine/shared.js";
import { helpPath } from "./help.js";
import { install } from "./offline/install.js";
import { nextTask } from "./task.js";

const title = document.title;

const taker: Taker = {
	files: (files) => checkerInSight()?.taker.files(files),
	text: (text) => checkerInSight()?.taker.text(text),
	dragging: (over) => lens()?.taker.dragging(over),
};

// Where the checker was scrolled to when help took its place.
let place = 0;

function lens() {
	return document.querySelector("cert-lens");
}

// What arrives while a help page shows is for the checker.
function checkerInSight() {
	if (helpPath(location.hash) !== undefined) location.hash = "#/";
	return lens();
}

async function route(isFirst: boolean): Promise<void> {
	const path = helpPath(location.hash);
	if (path === undefined) showChecker(isFirst);
	else await showHelp(path, isFirst);
}

function showChecker(isFirst: boolean): void {
	if (!turn(false) && !isFirst) return;
	document.title = title;
	if (!isFirst) scrollTo(0, place);
	lens()?.focus({ preventScroll: true });
}

async function showHelp(path: string, isFirst: boolean): Promise<void> {
	const { scrollY } = globalThis;
	if (turn(true)) place = scrollY;
	const help = document.querySelector("cert-lens-help");
	const shown = await help?.show(path);
	if (helpPath(location.hash) !== path) return;
	document.title = `${shown} · certlens`;
	scrollTo(0, 0);
	if (!isFirst) help?.focus();
}

// turn shows the checker or the help, and tells whether that is a change.
function turn(toHelp: boolean): boolean {
	const checker = lens();
	const help = document.querySelector("cert-lens-help");
	if (!checker || !help || help.hidden === !toHelp) return false;
	const heading = document.querySelector<HTMLElement>("h1");
	if (heading) heading.hidden = toHelp;
	checker.hidden = toHelp;
	help.hidden = !toHelp;
	return true;
}

listen(document, taker);
addEventListener("hashchange", () => void route(false));
// To have the focus, the checker is laid out: that is a task beside its first drawing.
void lens()
	?.updateComplete.then(nextTask)
	.then(() => route(true));

// Nothing waits for this, and so it waits for everything: the engine, its warm-up,
// and who came with a paste ready. Safari has no idle time.
const patience = 5000; // ms
const idle = globalThis.requestIdleCallback ?? setTimeout;
const later = () => setTimeout(() => idle(() => void install()), patience);
sharedEngine().ready.then(later, () => {});
