import { css, html, LitElement, nothing } from "lit";
import type { Alternative } from "../engine/report.gen.js";
import { helpLink } from "../help.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { visible } from "../text.js";
import { classTitle } from "../words.js";
import { commandBlock, commandBlocks } from "./command.js";

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
		return html`<h2>${this.heading}</h2>
			<ol>${this.alternatives.map((alternative) => html`<li>${this.#alternative(alternative)}</li>`)}</ol>`;
	}

	#alternative({ class: failure, summary, decide, command }: Alternative) {
		return html`<h3>${helpLink(this.help, failure, classTitle(failure))}</h3>
			<p>${visible(summary)}</p>
			${decide ? html`<p class="small"><span class="muted">To decide:</span> ${visible(decide)}</p>` : nothing}
			${command ? commandBlock(command, `Command that decides: ${classTitle(failure)}`) : nothing}`;
	}

	static override styles = [
		tokens,
		base,
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
