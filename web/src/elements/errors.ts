import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { ErrorText } from "../engine/report.gen.js";
import { helpLink } from "../help.js";
import { base, folds, terms } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, visible } from "../text.js";
import { classTitle, programName } from "../words.js";

// Error texts that are shown; a log can hold thousands.
const maxErrors = 30;

/** What programs said: each error text, what it proves and what it leaves open. */
export class CertLensErrors extends LitElement {
	static override properties = {
		errors: { attribute: false },
		help: {},
		open: { type: Boolean },
	};

	declare errors: readonly ErrorText[];
	/** Where failures are explained; empty for no links. */
	declare help: string;
	/** Whether it starts unfolded. */
	declare open: boolean;

	constructor() {
		super();
		this.errors = [];
		this.help = "";
		this.open = false;
	}

	protected override render() {
		const { errors } = this;
		if (errors.length === 0) return nothing;
		return html`<details ?open=${this.open}>
			<summary>
				<h2>${errors.length > 1 ? "Error texts" : "Error text"}</h2>
				<span class="small muted">${count(errors.length, "error")}, ${programs(errors)}</span>
			</summary>
			<ol>${errors.slice(0, maxErrors).map((error) => html`<li>${this.#error(error)}</li>`)}</ol>
			${errors.length > maxErrors ? html`<p class="small muted">and ${count(errors.length - maxErrors, "more error")}</p>` : nothing}
		</details>`;
	}

	#error(error: ErrorText): TemplateResult {
		return html`<p class="code">${visible(error.text)}</p>
			<dl class="terms">${this.#facts(error).map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;
	}

	#facts(error: ErrorText): Array<[string, unknown]> {
		const { client, wrappers = [], code, keys = [], class: failure, possible = [] } = error;
		const facts: Array<[string, unknown]> = [
			["Said by", said(client, wrappers)],
			["Code", code && helpLink(this.help, keys[0] ?? "", html`<span class="code">${visible(code)}</span>`)],
			["Class", helpLink(this.help, failure, classTitle(failure))],
			["Proves", visible(error.proves)],
			["Leaves open", error.leavesOpen && visible(error.leavesOpen)],
			[
				"Also possible",
				possible.length > 0 &&
					possible.map((c, i) => html`${i > 0 ? ", " : ""}${helpLink(this.help, c, classTitle(c))}`),
			],
			[
				"Server",
				error.host && html`<span class="code">${visible(error.host)}${error.port ? `:${error.port}` : ""}</span>`,
			],
			["Certificate", subject(error)],
			["File", error.file && html`<span class="code">${visible(error.file)}</span>`],
			["Where", place(error)],
			["Known from", visible(error.source)],
		];
		return facts.filter(([, value]) => value);
	}

	static override styles = [
		tokens,
		base,
		folds,
		terms,
		css`
			ol {
				display: grid;
				gap: 24px;
				padding-bottom: 16px;
			}

			li {
				display: grid;
				gap: 8px;
				min-width: 0;
			}

			li > .code {
				max-width: none;
				padding: 8px 12px;
				border-radius: var(--radius);
				background: var(--sunken);
			}

			dd {
				max-width: 75ch;
			}
		`,
	];
}

function said(client: string, wrappers: readonly string[]): string {
	const passed = wrappers.map(programName).reverse().join(", ");
	return passed ? `${programName(client)}, passed on by ${passed}` : programName(client);
}

function subject({ subject = "", depth }: ErrorText) {
	const at = depth >= 0 ? `depth ${depth}${depth === 0 ? ", the leaf" : ""}` : "";
	if (!subject) return at;
	return html`<span class="code">${visible(subject)}</span>${at ? ` (${at})` : ""}`;
}

function place({ where, count: times }: ErrorText): string {
	return `line ${where.line}${times > 1 ? `, and ${count(times - 1, "more time")}` : ""}`;
}

function programs(errors: readonly ErrorText[]): string {
	return [...new Set(errors.map(({ client }) => programName(client)))].slice(0, 3).join(", ");
}

customElements.define("cert-lens-errors", CertLensErrors);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-errors": CertLensErrors;
	}
}
