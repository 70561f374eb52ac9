import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { fileName, fromBase64, pem, save } from "../bytes.js";
import { extensions, problem, timestamps } from "../certificate/extensions.js";
import { facts, fingerprints, generalName } from "../certificate/facts.js";
import type { Certificate } from "../engine/report.gen.js";
import { CertificateChosenEvent } from "../events.js";
import { algorithm, validity } from "../format.js";
import { icon } from "../icons.js";
import { base, folds, terms } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { grouped, name, ordinal } from "../text.js";
import { roles } from "../words.js";
import "./copy.js";

// Alternative names that are shown at first, and with each press of the button.
const firstNames = 60;
const moreNames = 500;

/**
 * One certificate: a line that tells it apart, and folded below it everything
 * that it says. The contents are made when they are first opened.
 *
 * @event certificate-chosen - Its bytes were asked for (view "bytes").
 * @csspart line - The line.
 * @csspart details - The contents.
 */
export class CertLensCertificate extends LitElement {
	static override properties = {
		certificate: { attribute: false },
		at: {},
		sent: { attribute: false },
		open: { type: Boolean, reflect: true },
		shownNames: { state: true },
	};

	declare certificate: Certificate | undefined;
	/** The time for which validity is judged, RFC 3339. */
	declare at: string;
	/** The places in the order of presentation, from 1. */
	declare sent: readonly number[];
	/** Whether the contents show. */
	declare open: boolean;
	declare shownNames: number;

	constructor() {
		super();
		this.at = "";
		this.sent = [];
		this.open = false;
		this.shownNames = firstNames;
	}

	/** Puts the focus on the line. */
	override focus(options?: FocusOptions): void {
		this.renderRoot.querySelector("summary")?.focus(options);
	}

	protected override render() {
		const { certificate } = this;
		if (!certificate) return nothing;
		return html`<details .open=${this.open} @toggle=${this.#toggled}>
			<summary part="line">${this.#line(certificate)}</summary>
			${this.open ? html`<div class="details" part="details">${this.#contents(certificate)}</div>` : nothing}
		</details>`;
	}

	#line(certificate: Certificate): TemplateResult {
		const { text, state } = validity(certificate, this.at);
		const bad = state === "expired" || state === "future";
		const origin = { store: "from the root store", user: "from your anchors" }[certificate.origin] ?? "";
		return html`<h3 class="title code">${name(certificate.title)}</h3>
			<span class="small muted line">
				<span>${roles[certificate.role] ?? certificate.role}</span>
				<span>${this.sent.length > 0 ? this.sent.slice(0, 4).map(ordinal).join(", ") : origin}</span>
				<span>${algorithm(certificate.key)}</span>
				<span class=${bad ? "error" : state === "soon" ? "warning" : ""}>${text}</span>
				${certificate.problems?.length ? html`<span>${icon("warning")} problems</span>` : nothing}
			</span>`;
	}

	#contents(certificate: Certificate): TemplateResult {
		return html`
			${certificate.problems?.map(problem)} ${facts(certificate, this.at, this.#names(certificate))}
			<h4>Fingerprints</h4>
			${fingerprints(certificate)}
			${certificate.extensions.length > 0 ? html`<h4>Extensions</h4>${extensions(certificate.extensions)}` : nothing}
			${certificate.scts?.length ? html`<h4>Signed certificate timestamps</h4>${timestamps(certificate.scts)}` : nothing}
			<div class="row">
				<cert-lens-copy button label="Copy PEM" .value=${pem(certificate.der)}></cert-lens-copy>
				<button @click=${() => save(fileName(certificate.title, "pem"), pem(certificate.der), "application/x-pem-file")}>Save PEM</button>
				<button @click=${() => save(fileName(certificate.title, "der"), fromBase64(certificate.der), "application/pkix-cert")}>Save DER</button>
				<button @click=${() => this.dispatchEvent(new CertificateChosenEvent(certificate.id, "bytes"))}>Show its ${grouped(certificate.size)} bytes</button>
			</div>
		`;
	}

	#names({ names }: Certificate): TemplateResult {
		if (names.length === 0) return html`<span class="muted">none</span>`;
		const rest = names.length - this.shownNames;
		return html`<ul class="names">${names.slice(0, this.shownNames).map((n) => html`<li>${generalName(n)}</li>`)}</ul>
			${rest > 0 ? html`<button @click=${this.#showNames}>Show ${grouped(Math.min(rest, moreNames))} more of ${grouped(names.length)} names</button>` : nothing}`;
	}

	#showNames = (): void => {
		this.shownNames += moreNames;
	};

	#toggled = (event: Event): void => {
		this.open = (event.currentTarget as HTMLDetailsElement).open;
	};

	static override styles = [
		tokens,
		base,
		folds,
		terms,
		css`
			:host {
				border-top: 1px solid var(--line);
			}

			summary {
				font-size: var(--small);
			}

			h3 {
				font-weight: 600;
			}

			dd > span {
				display: inline-block;
			}

			.line {
				display: flex;
				flex-wrap: wrap;
				gap: 0 16px;
			}

			.line .error {
				color: var(--error);
			}

			.line .warning {
				color: var(--warning);
			}

			h4 {
				margin-top: 12px;
				padding-bottom: 4px;
				border-bottom: 1px solid var(--line);
				font-size: var(--normal);
			}

			h5 {
				margin: 0;
				font-size: var(--small);
				font-weight: 600;
			}

			h5 .code {
				display: block;
				font-weight: 400;
			}

			.names {
				display: flex;
				flex-wrap: wrap;
				gap: 0 24px;
			}

			.extensions > li {
				display: grid;
				grid-template-columns: minmax(110px, 240px) minmax(0, 1fr);
				gap: 4px 16px;
				padding: 8px 0;
			}

			.extensions > li + li {
				border-top: 1px solid var(--line);
			}

			.critical {
				padding: 0 4px;
				border: 1px solid var(--edge);
				border-radius: 3px;
				color: var(--muted);
				font-weight: 400;
			}

			.outline {
				padding-inline-start: 16px;
			}

			.values {
				display: flex;
				flex-wrap: wrap;
				gap: 0 16px;
			}

			dl.terms dl.terms,
			.extensions dl.terms {
				grid-template-columns: minmax(90px, 140px) minmax(0, 1fr);
				gap: 0 16px;
			}

			.long summary {
				display: inline-flex;
				padding-block: 3px;
				color: var(--muted);
			}

			.row {
				margin-top: 8px;
			}

			@container (max-width: 560px) {
				.extensions > li,
				.extensions dl.terms {
					grid-template-columns: minmax(0, 1fr);
				}
			}
		`,
	];
}

customElements.define("cert-lens-certificate", CertLensCertificate);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-certificate": CertLensCertificate;
	}
}
