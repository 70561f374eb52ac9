import { css, html, LitElement, nothing } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { Loading, Progress } from "../engine/client.js";
import { AnalysisCancelledEvent } from "../events.js";
import { bars, base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { grouped } from "../text.js";
import { stages } from "../words.js";

/**
 * How far the engine has loaded, or an analysis has come. It keeps its place
 * when there is nothing to show, so that nothing jumps.
 *
 * @event analysis-cancelled - The cancel button was pressed.
 */
export class CertLensProgress extends LitElement {
	static override properties = {
		loading: { attribute: false },
		progress: { attribute: false },
		running: { type: Boolean, reflect: true },
	};

	/** How much of the engine has arrived; undefined when it is ready. */
	declare loading: Loading | undefined;
	/** How far the analysis is; undefined before its first report. */
	declare progress: Progress | undefined;
	/** Whether an analysis runs or waits for the engine. */
	declare running: boolean;

	constructor() {
		super();
		this.running = false;
	}

	protected override render() {
		if (!this.running && !this.loading) return nothing;
		const [label, done, total] = this.#now();
		return html`
			<div class="row">
				<span class="small muted" id="label">${label}</span>
				<progress aria-labelledby="label" max=${total || 1} value=${ifDefined(total ? done : undefined)}></progress>
				${this.running ? html`<button class="small" @click=${() => this.dispatchEvent(new AnalysisCancelledEvent())}>Cancel</button>` : nothing}
			</div>
		`;
	}

	#now(): [string, number, number] {
		if (this.loading) return ["Loading the engine", this.loading.loaded, this.loading.total];
		const { stage, done, total } = this.progress ?? { stage: "read", done: 0, total: 0 };
		const label = stages[stage] ?? stage;
		return [total > 1 ? `${label}, ${grouped(done)} of ${grouped(total)} certificates` : label, done, total];
	}

	static override styles = [
		tokens,
		base,
		bars,
		css`
			:host {
				min-height: 32px;
			}

			.row {
				flex-wrap: nowrap;
				min-height: 32px;
			}

			/* Where there is little room, the bar has the line below its words. */
			@container (max-width: 560px) {
				.row {
					position: relative;
				}

				progress {
					position: absolute;
					bottom: -6px;
					width: 100%;
					max-width: none;
				}
			}

			/* A short analysis shows no bar: it would only flicker. */
			@media (prefers-reduced-motion: no-preference) {
				:host([running]) .row {
					animation: appear 100ms 150ms backwards;
				}
			}

			@keyframes appear {
				from {
					opacity: 0;
				}
			}
		`,
	];
}

customElements.define("cert-lens-progress", CertLensProgress);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-progress": CertLensProgress;
	}
}
