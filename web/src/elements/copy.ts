import { css, html, LitElement, nothing } from "lit";
import { TextCopiedEvent } from "../events.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { visible } from "../text.js";

// How long the button says that it has copied.
const pause = 1500;

/**
 * A value that wraps and can be copied with one click; or, as a button alone,
 * the click without the value.
 *
 * @event text-copied - The value is on the clipboard.
 * @csspart value - The value.
 */
export class CertLensCopy extends LitElement {
	static override properties = {
		value: {},
		label: {},
		shown: {},
		button: { type: Boolean },
		said: { state: true },
	};

	/** What is copied. */
	declare value: string;
	/** What the button is called; "Copy" when empty. */
	declare label: string;
	/** What is shown instead of the value, where it is written otherwise. */
	declare shown: string;
	/** Shows the button alone. */
	declare button: boolean;
	declare said: string;

	constructor() {
		super();
		this.value = "";
		this.label = "";
		this.shown = "";
		this.button = false;
		this.said = "";
	}

	protected override render() {
		if (this.button)
			return html`<button @click=${this.#copy}>${this.said || this.label || "Copy"}</button>${this.#status()}`;
		const label = this.label ? `Copy ${this.label}` : "Copy";
		return html`<span class="code" part="value">${visible(this.shown || this.value)}</span>
			<button class="link small" aria-label=${label} @click=${this.#copy}>${this.said || "Copy"}</button>${this.#status()}`;
	}

	#status() {
		return html`<span class="hidden" role="status">${this.said || nothing}</span>`;
	}

	#copy = async (): Promise<void> => {
		try {
			await navigator.clipboard.writeText(this.value);
			this.#say("Copied");
			this.dispatchEvent(new TextCopiedEvent(this.value));
		} catch {
			this.#select();
		}
	};

	// Without access to the clipboard the value is marked, for Ctrl+C.
	#select(): void {
		const value = this.renderRoot.querySelector("[part=value]");
		if (value) getSelection()?.selectAllChildren(value);
		this.#say(value ? "Marked: press Ctrl+C" : "The browser forbids it");
	}

	#say(text: string): void {
		this.said = text;
		setTimeout(() => {
			this.said = "";
		}, pause);
	}

	static override styles = [
		tokens,
		base,
		css`
			:host {
				display: inline;
			}

			.code {
				margin-inline-end: 8px;
			}
		`,
	];
}

customElements.define("cert-lens-copy", CertLensCopy);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-copy": CertLensCopy;
	}
}
