// The page inside a frame (embed.html): <cert-lens>, which the page around it
// speaks with by postMessage. Only the page whose origin the frame's address names
// (#origin=https://docs.example) is listened to, and answers go there alone.

import type { CertLens } from "./elements/cert-lens.js";
import type { ReportCompletedEvent } from "./events.js";
import { load } from "./load.js";
import { type AnalyzeMessage, type FromFrame, toFrame, version } from "./protocol.js";
import { watch } from "./watch.js";

const origin = named(new URLSearchParams(location.hash.slice(1)).get("origin") ?? "");
const lens = document.querySelector("cert-lens") as CertLens;

let ignored = 0;
// The name of the question that shows; none when a person asked it.
let asked: string | undefined;
// How many questions of the page the element has not taken yet.
let asking = 0;

// named gives the origin that a text is, or "".
function named(text: string): string {
	try {
		const { origin, protocol } = new URL(text);
		return origin === text && protocol.startsWith("http") ? origin : "";
	} catch {
		return "";
	}
}

type Answer<M = FromFrame> = M extends FromFrame ? Omit<M, "certlens"> : never;

function answer(message: Answer): void {
	if (origin && parent !== window) parent.postMessage({ certlens: version, ...message }, origin);
}

addEventListener("message", ({ source, origin: from, data }) => {
	const message = source === parent && origin !== "" && from === origin ? toFrame(data) : undefined;
	if (!message) return ignore();
	asked = message.id;
	if (message.type === "clear") clear();
	else ask(message);
});

function ask({ value, host = "", at = "", profile = "auto", view, theme }: AnalyzeMessage): void {
	const given = { host, at, profile, view, theme };
	for (const [name, word] of Object.entries(given)) if (word !== undefined) lens.setAttribute(name, word);
	if (theme) document.documentElement.dataset.theme = theme;
	asking++;
	// The same value again is a question again.
	if (customElements.get("cert-lens")) lens.replaceText(value);
	else lens.value = value;
	begin().then(() => asking--);
}

function clear(): void {
	lens.value = "";
	if (customElements.get("cert-lens")) lens.replaceText("");
}

function ignore(): void {
	ignored++;
	const times = ignored === 1 ? "1 message" : `${ignored} messages`;
	const why = origin ? "not of this frame's protocol, or not from its page" : "this frame's address names no origin";
	show("ignored", `${times} ignored: ${why}.`);
}

function show(id: string, sentence: string): void {
	const line = document.getElementById(id);
	if (!line) return;
	line.textContent = sentence;
	line.hidden = false;
}

async function begin(): Promise<void> {
	try {
		await load();
		await lens.updateComplete;
	} catch (error) {
		const { message } = error as Error;
		show("ignored", `The checker could not be loaded: ${message}.`);
		answer({ type: "error", id: asked, message });
	}
}

lens.addEventListener("report-completed", (event) => {
	const { report } = event as ReportCompletedEvent;
	answer({ type: "report", id: asked, report, ignored });
});
lens.addEventListener("analysis-failed", (event) => {
	const { message } = event as Event & { message?: string };
	answer({ type: "error", id: asked, message: message ?? "the analysis failed" });
});
// What a person puts in or changes is their question.
lens.addEventListener("analysis-started", () => {
	if (!asking) asked = undefined;
});

// Reports go to the page around; who types into the frame should know.
if (origin) show("told", `Reports made here are told to ${origin}.`);

new ResizeObserver(() => {
	answer({ type: "height", height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
}).observe(document.documentElement);

watch(() => void begin());
answer({ type: "ready", ignored });
