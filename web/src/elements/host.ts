import { css, html, LitElement, nothing } from "lit";
import { AskCancelledEvent, HostAskedEvent, TextChangedEvent } from "../events.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { visible } from "../text.js";
import { protocols } from "../words.js";

/**
 * The field for a live server: host, port, and how TLS begins there.
 *
 * @event host-asked - A handshake was asked for.
 * @event ask-cancelled - The handshake that is being made was cancelled.
 * @event text-changed - Text of several lines was pasted, which is meant for the box.
 * @csspart form - The field with its choice and its button.
 */
export class CertLensHost extends LitElement {
	static override properties = {
		edge: {},
		problem: {},
		notes: { attribute: false },
		waiting: {},
	};

	/** The name of the machine that makes the handshake. */
	declare edge: string;
	/** Why what was typed names no server. */
	declare problem: string;
	/** What was read into what was typed, in sentences. */
	declare notes: readonly string[];
	/** The handshake that is being made, in words; empty for none. */
	declare waiting: string;

	constructor() {
		super();
		this.edge = "";
		this.problem = "";
		this.notes = [];
		this.waiting = "";
	}

	/** Puts the cursor into the field. */
	override focus(options?: FocusOptions): void {
		this.renderRoot.querySelector("input")?.focus(options);
	}

	protected override render() {
		return html`<form part="form" novalidate @submit=${this.#submitted}>
				<div class="field host">
					<label for="host">Live server</label>
					<input
						id="host"
						name="server"
						placeholder="mail.example.com:587"
						autocomplete="off"
						autocapitalize="off"
						spellcheck="false"
						inputmode="url"
						enterkeyhint="go"
						@paste=${this.#pasted}
						aria-invalid=${this.problem ? "true" : "false"}
						aria-describedby=${this.problem ? "problem about" : "about"}
					/>
				</div>
				<div class="field">
					<label for="starttls">TLS begins</label>
					<select id="starttls" name="starttls">
						${protocols.map(([id, title]) => html`<option value=${id}>${title}</option>`)}
					</select>
				</div>
				<button ?disabled=${this.waiting !== ""}>Check</button>
			</form>
			${this.problem ? html`<p id="problem" class="error small" role="alert">${visible(this.problem)}</p>` : nothing}
			${this.notes.map((note) => html`<p class="small" role="status">${visible(note)}</p>`)}
			${
				this.waiting
					? html`<p class="small">${this.waiting} <button class="link" @click=${this.#cancel}>Cancel</button></p>`
					: nothing
			}
			<p id="about" class="small muted" ?hidden=${this.waiting !== ""}>${this.edge} makes the handshake, and is told host, port and protocol alone.</p>`;
	}

	// The button goes away with the handshake; the focus does not.
	#cancel = (): void => {
		this.focus();
		this.dispatchEvent(new AskCancelledEvent());
	};

	#submitted = (event: SubmitEvent): void => {
		event.preventDefault();
		const data = new FormData(event.currentTarget as HTMLFormElement);
		this.dispatchEvent(new HostAskedEvent(String(data.get("server")), String(data.get("starttls"))));
	};

	#pasted = (event: ClipboardEvent): void => {
		const text = event.clipboardData?.getData("text/plain") ?? "";
		if (!text.trim().includes("\n")) return;
		event.preventDefault();
		this.dispatchEvent(new TextChangedEvent(text, "pasted"));
	};

	static override styles = [
		tokens,
		base,
		css`
			form {
				display: grid;
				grid-template-columns: minmax(0, 360px) minmax(0, 180px) auto;
				gap: 4px 12px;
				align-items: end;
				justify-content: start;
			}

			.field {
				display: grid;
				gap: 4px;
				min-width: 0;
			}

			input,
			select {
				width: 100%;
				min-width: 0;
			}

			input {
				font-family: var(--mono);
			}

			input[aria-invalid="true"] {
				border-color: var(--error);
			}

			button {
				height: 30px;
				padding: 0 16px;
			}

			p {
				margin-top: 4px;
			}

			@container (max-width: 560px) {
				form {
					grid-template-columns: minmax(0, 1fr) auto;
					row-gap: 8px;
				}

				.host {
					grid-column: 1 / -1;
				}
			}
		`,
	];
}

customElements.define("cert-lens-host", CertLensHost);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-host": CertLensHost;
	}
}
