import { css, html, LitElement, nothing } from "lit";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { commandBlocks, words } from "./command.js";
import "./copy.js";

/**
 * Why a server was not reached from the worker, and the line that makes the
 * handshake from the reader's own machine.
 *
 * @csspart command - The line.
 */
export class CertLensUnreached extends LitElement {
	static override properties = {
		sentence: {},
		command: {},
	};

	/** Why. */
	declare sentence: string;
	/** The openssl line; empty where openssl does not know the protocol. */
	declare command: string;

	constructor() {
		super();
		this.sentence = "";
		this.command = "";
	}

	protected override render() {
		return html`<div class="unreached">
			${this.sentence ? html`<p class="error" role="alert">${this.sentence}</p>` : nothing}
			${
				this.command
					? html`<p>A machine of yours may reach it. Run this there, and paste all that it prints:</p>
						<div class="command">
							<pre part="command" role="group" tabindex="0" aria-label="Command">${words(this.command)}</pre>
							<cert-lens-copy button label="Copy the command" .value=${this.command}></cert-lens-copy>
						</div>`
					: nothing
			}
		</div>`;
	}

	static override styles = [
		tokens,
		base,
		commandBlocks,
		css`
			.unreached {
				display: grid;
				grid-template-columns: minmax(0, 1fr);
				gap: 8px;
			}

			p {
				overflow-wrap: anywhere;
			}

			.command pre {
				flex: 0 1 auto;
			}

			@container (max-width: 560px) {
				.command {
					flex-direction: column;
				}
			}
		`,
	];
}

customElements.define("cert-lens-unreached", CertLensUnreached);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-unreached": CertLensUnreached;
	}
}
