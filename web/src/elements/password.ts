import { css, html, LitElement, nothing } from "lit";
import type { Input } from "../engine/report.gen.js";
import { PasswordGivenEvent } from "../events.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { name } from "../text.js";
import { kindName } from "../words.js";

/**
 * Asks for the password of what is encrypted. It is stored nowhere, and
 * forgotten with the input.
 *
 * @event password-given - A password was submitted. It stays inside the checker.
 */
export class CertLensPassword extends LitElement {
	static override properties = { inputs: { attribute: false } };

	declare inputs: readonly Input[];

	constructor() {
		super();
		this.inputs = [];
	}

	protected override render() {
		const [locked] = lockedInputs(this.inputs);
		if (!locked) return nothing;
		const isWrong = locked.password === "wrong";
		return html`<form @submit=${this.#submit}>
			<label for="password">Password of ${what(locked)}</label>
			<div class="row">
				<input id="password" type="password" autocomplete="off" aria-describedby="note" aria-invalid=${isWrong} required />
				<button class="main">Decrypt</button>
			</div>
			<p id="note" class="small ${isWrong ? "error" : "muted"}" role=${isWrong ? "alert" : nothing}>
				${isWrong ? "The password is wrong. " : ""}It is used in this page alone, and forgotten with the input.
			</p>
		</form>`;
	}

	#submit = (event: Event): void => {
		event.preventDefault();
		const field = this.renderRoot.querySelector("input");
		if (!field?.value) return;
		const given = new PasswordGivenEvent(field.value);
		field.value = "";
		this.dispatchEvent(given);
	};

	static override styles = [
		tokens,
		base,
		css`
			form {
				display: grid;
				gap: 4px;
				margin: 16px 0;
			}

			label {
				color: var(--text);
				overflow-wrap: anywhere;
			}

			input {
				width: 240px;
				max-width: 100%;
			}
		`,
	];
}

/** lockedInputs are the pieces that a password would open. */
export function lockedInputs(inputs: readonly Input[]): Input[] {
	return inputs.filter(({ password }) => password);
}

function what({ kind, label, source }: Input) {
	const piece = label ? `the ${label.toLowerCase()}` : `the ${kindName(kind)} file`;
	return html`${piece}${source ? html` ${name(source)}` : nothing}`;
}

customElements.define("cert-lens-password", CertLensPassword);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-password": CertLensPassword;
	}
}
