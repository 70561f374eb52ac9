// The shapes of the severities, drawn inline: nothing is fetched. A shape is
// never alone; the word stands beside it.

import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import type { Tone } from "./words.js";

const shapes: Record<Tone, SVGTemplateResult> = {
	error: svg`<path fill="currentColor" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z"/><path d="M5.5 5.5l5 5m0-5l-5 5" fill="none" stroke="var(--bg)" stroke-width="1.8"/>`,
	warning: svg`<path fill="currentColor" d="M8 1l7.5 14H.5z"/><path d="M8 6v4.5m0 1.5v1.6" fill="none" stroke="var(--bg)" stroke-width="1.8"/>`,
	notice: svg`<path fill="currentColor" d="M8 .5L15.5 8 8 15.5.5 8z"/><path d="M8 4.5v4.2m0 1.4v1.6" fill="none" stroke="var(--bg)" stroke-width="1.6"/>`,
	info: svg`<circle cx="8" cy="8" r="6.8" fill="none" stroke="currentColor" stroke-width="1.4"/><path d="M8 4.2v1.7m0 1.4v4.6" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
	good: svg`<circle cx="8" cy="8" r="7.5" fill="currentColor"/><path d="M4.5 8.2l2.5 2.5 4.6-5" fill="none" stroke="var(--bg)" stroke-width="1.8"/>`,
};

/** shape is the mark of a tone, to be placed in a drawing of 16 by 16. */
export function shape(tone: Tone): SVGTemplateResult {
	return shapes[tone];
}

/** icon is the mark of a tone beside its word. */
export function icon(tone: Tone): TemplateResult {
	return html`<svg class="icon ${tone}" viewBox="0 0 16 16" aria-hidden="true">${shapes[tone]}</svg>`;
}
