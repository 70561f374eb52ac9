import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { type Arrival, FileRemovedEvent, FilesAddedEvent, InputClearedEvent, TextChangedEvent } from "../events.js";
import { size } from "../format.js";
import { type Attachment, maxBoxText } from "../question.js";
import { type Span, Vault } from "../secrets.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { name, visible } from "../text.js";

// How long typing has to rest before it counts.
const pause = 400;

/**
 * The paste box: takes text and files of any kind, and shows the files by name
 * and size. Private keys that are pasted are kept and not shown.
 *
 * @event text-changed - The text was typed, pasted or submitted.
 * @event files-added - Files were picked, or a paste was too big for the box.
 * @event file-removed - A file was taken away.
 * @event input-cleared - The clear button was pressed.
 * @csspart box - The frame around the text and the buttons.
 * @csspart text - The text area.
 */
export class CertLensInput extends LitElement {
	static override properties = {
		text: { attribute: false },
		files: { attribute: false },
		keys: { attribute: false },
	};

	declare text: string;
	declare files: readonly Attachment[];
	/** Where the engine found private keys, in bytes of the text. */
	declare keys: readonly Span[];

	#vault = new Vault();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		super();
		this.text = "";
		this.files = [];
		this.keys = [];
	}

	/** Puts the cursor into the box. */
	override focus(options?: FocusOptions): void {
		void this.updateComplete.then(() => this.#area?.focus(options));
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.#timer);
	}

	protected override updated(changed: PropertyValues<this>): void {
		const area = this.#area;
		if (!area || !(changed.has("text") || changed.has("keys"))) return;
		if (this.#vault.reveal(area.value) === this.text) this.#hideReported(area);
		else if (changed.has("text")) this.#fill(area);
	}

	#fill(area: HTMLTextAreaElement): void {
		if (this.text === "") this.#vault.forget();
		area.value = this.#vault.hide(this.text, this.keys);
	}

	// The box may have keys that only the engine knows from their contents.
	#hideReported(area: HTMLTextAreaElement): void {
		const hidden = this.keys.length > 0 ? this.#vault.hide(this.text, this.keys) : area.value;
		if (hidden !== area.value) area.value = hidden;
	}

	protected override render() {
		return html`
			<div class="box" part="box">
				<textarea
					part="text"
					rows="9"
					aria-label="Certificate, chain or error message"
					placeholder="A certificate or chain in any form, an error message, the output of openssl s_client or curl -v, a Kubernetes secret, a log …"
					spellcheck="false"
					autocomplete="off"
					autocapitalize="off"
					wrap="soft"
					@input=${this.#typed}
					@paste=${this.#pasted}
					@keydown=${this.#keyed}
				></textarea>
				${this.files.length > 0 ? this.#list() : nothing}
				<div class="row bar">
					<button @click=${this.#pick}>Open files…</button>
					<span class="muted small wide">or drop them here</span>
					<span class="space"></span>
					<button ?disabled=${this.text === "" && this.files.length === 0} @click=${this.#clear}>Clear</button>
					<button class="main" title="Ctrl+Enter" @click=${() => this.#announce("submitted")}>Analyze</button>
				</div>
			</div>
			<input type="file" multiple hidden @change=${this.#picked} />
		`;
	}

	#list() {
		return html`<ul class="row files" aria-label="Files">
			${this.files.map(
				(file, i) => html`<li class="row">
					<span class="code">${file.name ? name(file.name) : "Pasted text"}</span>
					<span class="muted small">${size(file.content.size)}</span>
					<button class="link small" aria-label="Remove ${visible(file.name) || "pasted text"}" @click=${() => this.dispatchEvent(new FileRemovedEvent(i))}>Remove</button>
				</li>`,
			)}
		</ul>`;
	}

	get #area(): HTMLTextAreaElement | null {
		return this.renderRoot.querySelector("textarea");
	}

	#typed = (event: InputEvent): void => {
		clearTimeout(this.#timer);
		this.#hideKeys();
		if (event.inputType?.startsWith("insertFrom")) {
			this.#announce("pasted");
			return;
		}
		this.#timer = setTimeout(() => this.#announce("typed"), pause);
	};

	// A paste that would make the box slow becomes an attachment.
	#pasted = (event: ClipboardEvent): void => {
		const files = [...(event.clipboardData?.files ?? [])];
		const text = event.clipboardData?.getData("text/plain") ?? "";
		if (files.length === 0 && text.length <= maxBoxText) return;
		event.preventDefault();
		this.dispatchEvent(new FilesAddedEvent(files.length > 0 ? files : [new File([text], "", { type: "text/plain" })]));
	};

	#keyed = (event: KeyboardEvent): void => {
		if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
		event.preventDefault();
		this.#announce("submitted");
	};

	#announce(how: Arrival): void {
		clearTimeout(this.#timer);
		const area = this.#area;
		if (area) this.dispatchEvent(new TextChangedEvent(this.#vault.reveal(area.value), how));
	}

	#hideKeys(): void {
		const area = this.#area;
		if (!area) return;
		const hidden = this.#vault.hide(area.value);
		if (hidden !== area.value) area.value = hidden;
	}

	#pick = (): void => {
		this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click();
	};

	#picked = (event: Event): void => {
		const field = event.currentTarget as HTMLInputElement;
		const files = [...(field.files ?? [])];
		field.value = "";
		if (files.length > 0) this.dispatchEvent(new FilesAddedEvent(files));
	};

	#clear = (): void => {
		this.#vault.forget();
		this.dispatchEvent(new InputClearedEvent());
		this.focus();
	};

	static override styles = [
		tokens,
		base,
		css`
			.box {
				border: 1px solid var(--edge);
				border-radius: var(--radius);
				background: var(--surface);
			}

			.box:focus-within {
				border-color: var(--accent);
				outline: 1px solid var(--accent);
			}

			textarea {
				display: block;
				width: 100%;
				min-height: 160px;
				padding: 12px;
				border: 0;
				border-radius: var(--radius);
				background: none;
				font-family: var(--mono);
				font-size: var(--small);
				line-height: 1.5;
				resize: vertical;
			}

			textarea:focus-visible {
				outline: none;
			}

			.bar,
			.files {
				padding: 8px 12px;
				border-top: 1px solid var(--line);
			}

			.files {
				gap: 4px 24px;
			}

			.space {
				flex: 1;
			}

			@container (max-width: 420px) {
				.wide {
					display: none;
				}
			}
		`,
	];
}

customElements.define("cert-lens-input", CertLensInput);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-input": CertLensInput;
	}
}
