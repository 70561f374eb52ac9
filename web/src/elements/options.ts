import { css, html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { FileRemovedEvent, FilesAddedEvent, type Options, OptionsChangedEvent } from "../events.js";
import { fromLocalField, localField, size } from "../format.js";
import type { Attachment } from "../question.js";
import { base, folds } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { name } from "../text.js";
import { profiles } from "../words.js";
import { LaterElement } from "./later.js";

const pause = 400;

/**
 * What the input is judged for: host name and time, and folded away the rules
 * and the trust anchors.
 *
 * @event options-changed - A field has a new value.
 * @event files-added - Trust anchors were picked (role "anchor").
 * @event file-removed - A trust anchor was taken away (role "anchor").
 */
export class CertLensOptions extends LaterElement {
	static override properties = {
		host: {},
		at: {},
		profile: {},
		anchorMode: { attribute: false },
		anchors: { attribute: false },
		presumed: {},
	};

	/** Host name or IP address that the certificate should be good for. */
	declare host: string;
	/** Time to judge for, RFC 3339; empty for now. */
	declare at: string;
	/** Lint profile; "auto" chooses by certificate. */
	declare profile: string;
	declare anchorMode: Options["anchorMode"];
	declare anchors: readonly Attachment[];
	/** The host name that counts while the field is empty. */
	declare presumed: string;

	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		super();
		this.host = "";
		this.at = "";
		this.profile = "auto";
		this.anchorMode = "beside";
		this.anchors = [];
		this.presumed = "";
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.#timer);
	}

	protected override render() {
		return html`
			<div class="fields">
				<div class="field">
					<label for="host">Host name or IP address</label>
					<input id="host" name="host" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder=${this.presumed || "www.example.com"} .value=${live(this.host)} @input=${this.#hostTyped} @change=${this.#hostChanged} />
				</div>
				<div class="field">
					<label for="at">As of, local time (empty: now)</label>
					<input id="at" name="at" type="datetime-local" step="1" .value=${live(localField(this.at))} @change=${this.#timeChanged} />
				</div>
				<details>
					<summary><span class="title">Rules and trust anchors</span></summary>
					<div class="more">
						<div class="field">
							<label for="profile">Rules</label>
							<select id="profile" name="profile" @change=${this.#profileChanged}>
								${profiles.map(([id, title]) => html`<option value=${id} .selected=${id === this.profile}>${title}</option>`)}
							</select>
						</div>
						${this.#anchorField()}
					</div>
				</details>
			</div>
		`;
	}

	#anchorField() {
		return html`<div class="field">
			<span class="muted small" id="anchors">Your own trust anchors</span>
			${this.anchors.map(
				(file, i) => html`<span class="row small">
					<span class="code">${name(file.name)}</span><span class="muted">${size(file.content.size)}</span>
					<button class="link" aria-label="Remove ${file.name}" @click=${() => this.dispatchEvent(new FileRemovedEvent(i, "anchor"))}>Remove</button>
				</span>`,
			)}
			<div class="row">
				<button aria-describedby="anchors" @click=${this.#pick}>Add CA files…</button>
				${this.anchors.length > 0 ? this.#mode() : nothing}
			</div>
			<input type="file" multiple hidden @change=${this.#picked} />
		</div>`;
	}

	#mode() {
		return html`<select aria-label="How the anchors are used" @change=${this.#modeChanged}>
			<option value="beside" .selected=${this.anchorMode === "beside"}>beside the root store</option>
			<option value="instead" .selected=${this.anchorMode === "instead"}>instead of the root store</option>
		</select>`;
	}

	#set(options: Partial<Options>): void {
		clearTimeout(this.#timer);
		this.dispatchEvent(new OptionsChangedEvent(options));
	}

	#hostTyped = (event: Event): void => {
		const host = (event.target as HTMLInputElement).value.trim();
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#set({ host }), pause);
	};

	#hostChanged = (event: Event): void => this.#set({ host: (event.target as HTMLInputElement).value.trim() });

	#timeChanged = (event: Event): void => this.#set({ at: fromLocalField((event.target as HTMLInputElement).value) });

	#profileChanged = (event: Event): void => this.#set({ profile: (event.target as HTMLSelectElement).value });

	#modeChanged = (event: Event): void =>
		this.#set({ anchorMode: (event.target as HTMLSelectElement).value as Options["anchorMode"] });

	#pick = (): void => {
		this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click();
	};

	#picked = (event: Event): void => {
		const field = event.currentTarget as HTMLInputElement;
		const files = [...(field.files ?? [])];
		field.value = "";
		if (files.length > 0) this.dispatchEvent(new FilesAddedEvent(files, "anchor"));
	};

	static override styles = [
		tokens,
		base,
		folds,
		css`
			.fields {
				display: grid;
				gap: 12px 16px;
			}

			.field,
			.more {
				display: grid;
				align-content: start;
				gap: 4px;
				min-width: 0;
			}

			.more {
				gap: 12px;
				padding-top: 4px;
			}

			input,
			select {
				width: 100%;
				min-width: 0;
				max-width: 280px;
			}

			.row select {
				width: auto;
			}

			#host {
				font-family: var(--mono);
			}

			summary {
				padding-block: 4px;
				font-size: var(--small);
				color: var(--muted);
			}

			:host([row]) .fields {
				grid-template-columns: minmax(180px, 280px) minmax(180px, 220px) minmax(0, 1fr);
				align-items: start;
			}

			:host([row]) details {
				padding-top: 25px;
			}

			@container (max-width: 700px) {
				:host([row]) .fields {
					grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
				}

				:host([row]) details {
					grid-column: 1 / -1;
					padding-top: 0;
				}
			}

			@container (max-width: 480px) {
				:host([row]) .fields {
					grid-template-columns: minmax(0, 1fr);
				}

				input,
				select {
					max-width: none;
				}
			}
		`,
	];
}

customElements.define("cert-lens-options", CertLensOptions);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-options": CertLensOptions;
	}
}
