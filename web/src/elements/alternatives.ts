import { css, html, LitElement, nothing } from "lit";
import type { Alternative } from "../engine/report.gen.js";
import { helpLink } from "../help.js";
import { base, folds } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, visible } from "../text.js";
import { classTitle } from "../words.js";
import { commandBlock, commandBlocks } from "./command.js";

// Causes that are shown; the others are folded.
const maxShown = 5;

/** Causes that are possible, the likeliest first, each with what would decide it. */
export class CertLensAlternatives extends LitElement {
	static override properties = {
		heading: {},
		alternatives: { attribute: false },
		help: {},
	};

	/** What the list is called. */
	declare heading: string;
	declare alternatives: readonly Alternative[];
	/** Where failures are explained; empty for no links. */
	declare help: string;

	constructor() {
		super();
		this.heading = "What else it can be";
		this.alternatives = [];
		this.help = "";
	}

	protected override render() {
		if (this.alternatives.length === 0) return nothing;
		const items = this.alternatives.map((alternative, i) => html`<li>${this.#alternative(alternative, i)}</li>`);
		const rest = items.slice(maxShown);
		return html`<h2>${this.heading}</h2>
			<ol>${items.slice(0, maxShown)}</ol>
			${
				rest.length > 0
					? html`<details>
						<summary><span class="title">${count(rest.length, "more cause")}</span></summary>
						<ol>${rest}</ol>
					</details>`
					: nothing
			}`;
	}

	#alternative({ class: failure, summary, decide, command }: Alternative, index: number) {
		const before = this.alternatives.slice(0, index).find((other) => other.command === command);
		return html`<h3>${helpLink(this.help, failure, classTitle(failure))}</h3>
			<p>${visible(summary)}</p>
			${decide ? html`<p class="small"><span class="muted">To decide:</span> ${visible(decide)}</p>` : nothing}
			${command && before ? html`<p class="small muted">The same command decides${before.class === failure ? "" : ` as for “${classTitle(before.class)}”`}.</p>` : nothing}
			${command && !before ? commandBlock(command, `Command that decides: ${classTitle(failure)}`) : nothing}`;
	}

	static override styles = [
		tokens,
		base,
		folds,
		commandBlocks,
		css`
			:host {
				margin: 24px 0;
			}

			ol {
				display: grid;
				gap: 16px;
				margin-top: 8px;
			}

			details {
				margin-top: 8px;
			}

			li {
				display: grid;
				gap: 4px;
				min-width: 0;
				padding-inline-start: 12px;
				border-inline-start: 1px solid var(--line);
				overflow-wrap: anywhere;
			}
		`,
	];
}

customElements.define("cert-lens-alternatives", CertLensAlternatives);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-alternatives": CertLensAlternatives;
	}
}
