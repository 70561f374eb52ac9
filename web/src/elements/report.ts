import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { pem } from "../bytes.js";
import { sentAt } from "../chain/picture.js";
import type { Report } from "../engine/report.gen.js";
import type { CertificateChosenEvent } from "../events.js";
import { base, folds } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, grouped, visible } from "../text.js";
import type { Decoder } from "./asn1.js";
import "./asn1.js";
import "./bundle.js";
import "./certificate.js";
import "./chain.js";
import "./findings.js";
import "./object.js";
import "./transcript.js";
import "./verdict.js";

// Certificates that are listed at first, and with each press of the button.
const step = 100;

/**
 * A report: the verdict, the chain, and folded below them the chain to install,
 * what a tool said, the findings, the certificates and their bytes.
 *
 * @csspart section - Each of its parts.
 */
export class CertLensReport extends LitElement {
	static override properties = {
		report: { attribute: false },
		complete: { type: Boolean },
		profile: {},
		decoder: { attribute: false },
		shown: { state: true },
		bytesOf: { state: true },
		bytesOpen: { state: true },
	};

	declare report: Report | undefined;
	/** Whether the report is whole, or what is known so far. */
	declare complete: boolean;
	/** The profile that was asked for. */
	declare profile: string;
	/** Reads DER as ASN.1. */
	declare decoder: Decoder | undefined;
	declare shown: number;
	declare bytesOf: string;
	declare bytesOpen: boolean;

	constructor() {
		super();
		this.complete = false;
		this.profile = "auto";
		this.shown = step;
		this.bytesOf = "";
		this.bytesOpen = false;
		this.addEventListener("certificate-chosen", this.#chosen);
	}

	/** Opens a certificate, or its bytes, and puts the focus there. */
	async reveal(id: string, view: "details" | "bytes" = "details"): Promise<void> {
		if (view === "bytes") return this.#revealBytes(id);
		const index = this.report?.certificates.findIndex((c) => c.id === id) ?? -1;
		if (index < 0) return;
		this.shown = Math.max(this.shown, Math.ceil((index + 1) / step) * step);
		const fold = this.renderRoot.querySelector<HTMLDetailsElement>("#certificates");
		if (fold) fold.open = true;
		await this.updateComplete;
		const element = [...this.renderRoot.querySelectorAll("cert-lens-certificate")][index];
		if (!element) return;
		element.open = true;
		await element.updateComplete;
		element.focus();
		element.scrollIntoView({ block: "start" });
	}

	async #revealBytes(id: string): Promise<void> {
		this.bytesOf = id;
		this.bytesOpen = true;
		await this.updateComplete;
		const summary = this.renderRoot.querySelector<HTMLElement>("#bytes > summary");
		summary?.focus();
		summary?.scrollIntoView({ block: "start" });
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (!this.report) this.#forget();
		const ids = this.report?.certificates.map((c) => c.id) ?? [];
		if (changed.has("report") && !ids.includes(this.bytesOf)) this.bytesOf = this.report?.served[0] ?? ids[0] ?? "";
	}

	// What was unfolded for one input does not stay so for the next.
	#forget(): void {
		this.shown = step;
		this.bytesOf = "";
		this.bytesOpen = false;
	}

	protected override render() {
		const { report } = this;
		if (!report) return nothing;
		return html`
			${report.diagnosis || this.complete ? html`<cert-lens-verdict part="section" .report=${report}></cert-lens-verdict>` : nothing}
			<cert-lens-chain part="section" .report=${report}></cert-lens-chain>
			<div class="folds">
				${report.bundle ? html`<cert-lens-bundle part="section" .pem=${report.bundle} .differs=${differs(report)}></cert-lens-bundle>` : nothing}
				${report.transcripts?.slice(0, step).map((t) => html`<cert-lens-transcript part="section" .transcript=${t}></cert-lens-transcript>`)}
				<cert-lens-findings part="section" .report=${report} .profile=${this.profile}></cert-lens-findings>
				${report.certificates.length > 0 ? this.#certificates(report) : nothing} ${report.objects?.length ? this.#objects(report) : nothing}
				${report.certificates.length > 0 ? this.#bytes(report) : nothing}
			</div>
		`;
	}

	#certificates(report: Report) {
		const { certificates } = report;
		const rest = certificates.length - this.shown;
		return html`<details id="certificates" part="section">
			<summary><h2>Certificates</h2><span class="small muted">${grouped(certificates.length)}</span></summary>
			${repeat(
				certificates.slice(0, this.shown),
				(c) => c.id,
				(c) =>
					html`<cert-lens-certificate .certificate=${c} .at=${report.at} .sent=${sentAt(report, c.id)}></cert-lens-certificate>`,
			)}
			${rest > 0 ? html`<button @click=${this.#showMore}>Show ${grouped(Math.min(rest, step))} more of ${grouped(certificates.length)}</button>` : nothing}
		</details>`;
	}

	#objects({ objects = [] }: Report) {
		return html`<details part="section">
			<summary><h2>Other objects</h2><span class="small muted">${grouped(objects.length)}</span></summary>
			${objects.slice(0, this.shown).map((object) => html`<cert-lens-object .object=${object}></cert-lens-object>`)}
			${objects.length > this.shown ? html`<p class="small muted">and ${count(objects.length - this.shown, "more", "more")}</p>` : nothing}
		</details>`;
	}

	#bytes(report: Report) {
		const certificate = report.certificates.find((c) => c.id === this.bytesOf);
		return html`<details id="bytes" part="section" .open=${this.bytesOpen} @toggle=${this.#bytesToggled}>
			<summary><h2>Bytes</h2><span class="small muted">ASN.1 and hexadecimal</span></summary>
			${
				this.bytesOpen && certificate
					? html`<div class="bytes">
						<div class="row">
							<label for="bytes-of">Certificate</label>
							<select id="bytes-of" @change=${this.#bytesChosen}>
								${report.certificates.slice(0, this.shown).map((c) => html`<option value=${c.id} .selected=${c.id === this.bytesOf}>${visible(c.title)}</option>`)}
							</select>
						</div>
						<cert-lens-asn1 .decoder=${this.decoder} .der=${certificate.der}></cert-lens-asn1>
					</div>`
					: nothing
			}
		</details>`;
	}

	#chosen = (event: CertificateChosenEvent): void => {
		void this.reveal(event.id, event.view);
	};

	#showMore = (): void => {
		this.shown += step;
	};

	#bytesToggled = (event: Event): void => {
		this.bytesOpen = (event.currentTarget as HTMLDetailsElement).open;
	};

	#bytesChosen = (event: Event): void => {
		this.bytesOf = (event.target as HTMLSelectElement).value;
	};

	static override styles = [
		tokens,
		base,
		folds,
		css`
			cert-lens-chain {
				margin: 24px 0;
			}

			.folds > * {
				display: block;
				border-top: 1px solid var(--line);
			}

			.folds > :last-child {
				border-bottom: 1px solid var(--line);
			}

			details > button {
				margin: 12px 0;
			}

			.bytes {
				display: grid;
				gap: 12px;
				padding-bottom: 16px;
			}

			.bytes select {
				min-width: 0;
				max-width: 100%;
			}

			@media print {
				.folds > * {
					break-inside: avoid;
				}
			}
		`,
	];
}

// Whether the chain to install is not what was presented.
function differs(report: Report): boolean {
	const sent = report.served.map((id) => report.certificates.find((c) => c.id === id)?.der ?? "");
	return sent.map((der) => pem(der)).join("") !== report.bundle;
}

customElements.define("cert-lens-report", CertLensReport);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-report": CertLensReport;
	}
}
