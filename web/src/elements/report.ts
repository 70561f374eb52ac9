import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { pem } from "../bytes.js";
import { sentAt } from "../chain/picture.js";
import type { Report } from "../engine/report.gen.js";
import type { CertificateChosenEvent } from "../events.js";
import type { LiveState } from "../live/live.js";
import { remarks } from "../reading.js";
import { base, folds } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { grouped, shorten, visible } from "../text.js";
import type { Decoder } from "./asn1.js";
import { LaterElement } from "./later.js";
import "./alternatives.js";
import "./asks.js";
import "./asn1.js";
import "./bundle.js";
import "./certificate.js";
import "./chain.js";
import "./errors.js";
import "./findings.js";
import "./fixes.js";
import "./handshake.js";
import "./key-warning.js";
import "./object.js";
import "./reading.js";
import "./scan.js";
import "./transcript.js";
import "./verdict.js";

// Certificates that are listed at first, and with each press of the button.
const step = 100;
const maxTranscripts = 20;

/**
 * A report: the verdict, what else it can be, the chain, and folded below them
 * the fixes, the error texts, the chain to install, what a tool said, the
 * findings, the certificates and their bytes.
 *
 * @csspart section - Each of its parts.
 */
export class CertLensReport extends LaterElement {
	static override properties = {
		report: { attribute: false },
		complete: { type: Boolean },
		view: {},
		profile: {},
		help: {},
		decoder: { attribute: false },
		live: { attribute: false },
		shown: { state: true },
		bytesOf: { state: true },
		unfolded: { state: true },
	};

	/** The report that it shows. */
	declare report: Report | undefined;
	/** Whether the report is whole, or what is known so far. */
	declare complete: boolean;
	/** How much of it is shown; see <cert-lens>. */
	declare view: "full" | "compact" | "verdict";
	/** The profile that was asked for. */
	declare profile: string;
	/** Where failures are explained; empty for no links. */
	declare help: string;
	/** Reads DER as ASN.1. */
	declare decoder: Decoder | undefined;
	/** What is asked of a worker; undefined where there is none. */
	declare live: LiveState | undefined;
	declare shown: number;
	declare bytesOf: string;
	/** The ids of the open folds. */
	declare unfolded: ReadonlySet<string>;

	constructor() {
		super();
		this.complete = false;
		this.view = "full";
		this.profile = "auto";
		this.help = "";
		this.shown = step;
		this.bytesOf = "";
		this.unfolded = new Set();
		this.addEventListener("certificate-chosen", this.#chosen);
	}

	/** Opens a certificate, or its bytes, and puts the focus there. */
	async reveal(id: string, view: "details" | "bytes" = "details"): Promise<void> {
		const index = this.report?.certificates.findIndex((c) => c.id === id) ?? -1;
		if (index < 0) return;
		this.shown = Math.max(this.shown, Math.ceil((index + 1) / step) * step);
		this.#unfold(view === "bytes" ? "bytes" : "certificates", true);
		if (view === "bytes") this.bytesOf = id;
		await this.updateComplete;
		const target = view === "bytes" ? this.#bytesSummary : await this.#openCertificate(index);
		target?.focus();
		target?.scrollIntoView({ block: "start" });
	}

	get #bytesSummary(): HTMLElement | null {
		return this.renderRoot.querySelector("#bytes > summary");
	}

	async #openCertificate(index: number): Promise<HTMLElement | undefined> {
		const element = this.renderRoot.querySelectorAll("cert-lens-certificate")[index];
		if (!element) return undefined;
		element.open = true;
		await element.updateComplete;
		return element;
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
		this.unfolded = new Set();
	}

	protected override render() {
		const { report } = this;
		if (!report) return nothing;
		const { certificates, errors = [], fixes = [] } = report;
		const alone = certificates.length === 0;
		const verdict = html`
			${report.diagnosis || this.complete ? html`<cert-lens-verdict part="section" .report=${report} .help=${this.help}></cert-lens-verdict>` : nothing}
			<cert-lens-key-warning part="section" .report=${report}></cert-lens-key-warning>`;
		if (this.view === "verdict") return verdict;
		return html`
			${verdict}
			<cert-lens-alternatives part="section" .heading=${alternativesHeading(report)} .alternatives=${report.diagnosis?.alternatives ?? []} .help=${this.help}></cert-lens-alternatives>
			<cert-lens-chain part="section" .report=${report}></cert-lens-chain>
			${this.live ? html`<cert-lens-asks part="section" .report=${report} .live=${this.live}></cert-lens-asks>` : nothing}
			<div class="folds">
				${fixes.length > 0 ? html`<cert-lens-fixes part="section" .fixes=${fixes} .named=${named(report)} .bundle=${report.bundle ?? ""} ?open=${alone}></cert-lens-fixes>` : nothing}
				${errors.length > 0 ? html`<cert-lens-errors part="section" .errors=${errors} .help=${this.help} ?open=${alone}></cert-lens-errors>` : nothing}
				${report.handshake ? html`<cert-lens-handshake part="section" .handshake=${report.handshake} .leaf=${certificates.find((c) => c.id === report.served[0])}></cert-lens-handshake>` : nothing}
				${this.#scan(report)}
				${remarks(report.inputs).length > 0 ? html`<cert-lens-reading part="section" .inputs=${report.inputs}></cert-lens-reading>` : nothing}
				${report.bundle ? html`<cert-lens-bundle part="section" .pem=${report.bundle} .differs=${differs(report)}></cert-lens-bundle>` : nothing}
				${this.view === "full" ? this.#details(report) : nothing}
			</div>
		`;
	}

	// What a compact report leaves out.
	#details(report: Report): TemplateResult {
		const { certificates, objects = [], transcripts = [] } = report;
		return html`${transcripts.slice(0, maxTranscripts).map((t) => html`<cert-lens-transcript part="section" .transcript=${t} .help=${this.help}></cert-lens-transcript>`)}
				${report.lints.length + report.findings.length > 0 ? html`<cert-lens-findings part="section" .report=${report} .profile=${this.profile}></cert-lens-findings>` : nothing}
				${certificates.length > 0 ? this.#fold("certificates", "Certificates", grouped(certificates.length), () => this.#certificates(report)) : nothing}
				${objects.length > 0 ? this.#fold("objects", "Other objects", grouped(objects.length), () => this.#objects(objects)) : nothing}
				${certificates.length > 0 ? this.#fold("bytes", "Bytes", "ASN.1 and hexadecimal", () => this.#bytes(report)) : nothing}`;
	}

	// While a scan runs, what it knows so far stands before what was analyzed.
	#scan(report: Report) {
		const running = this.live?.isAsking === true && this.live.asked === "scan";
		const scan = running ? this.live?.scan : (report.scan ?? this.live?.scan);
		if (!scan && !running) return nothing;
		return html`<cert-lens-scan part="section" .scan=${scan} .report=${report} .running=${running}></cert-lens-scan>`;
	}

	// The contents of a fold are made when it opens.
	#fold(id: string, title: string, aside: string, contents: () => unknown): TemplateResult {
		const open = this.unfolded.has(id);
		const toggled = (event: Event) => this.#unfold(id, (event.currentTarget as HTMLDetailsElement).open);
		return html`<details id=${id} part="section" .open=${open} @toggle=${toggled}>
			<summary><h2>${title}</h2><span class="small muted">${aside}</span></summary>
			${open ? contents() : nothing}
		</details>`;
	}

	#unfold(id: string, open: boolean): void {
		if (this.unfolded.has(id) === open) return;
		const others = [...this.unfolded].filter((other) => other !== id);
		this.unfolded = new Set(open ? [...others, id] : others);
	}

	#certificates(report: Report): TemplateResult {
		const { certificates } = report;
		const rest = certificates.length - this.shown;
		return html`${repeat(
			certificates.slice(0, this.shown),
			(c) => c.id,
			(c) =>
				html`<cert-lens-certificate .certificate=${c} .at=${report.at} .sent=${sentAt(report, c.id)}></cert-lens-certificate>`,
		)}
		${rest > 0 ? html`<button @click=${this.#showMore}>Show ${grouped(Math.min(rest, step))} more of ${grouped(certificates.length)}</button>` : nothing}`;
	}

	#objects(objects: NonNullable<Report["objects"]>): TemplateResult {
		const rest = objects.length - this.shown;
		return html`${objects.slice(0, this.shown).map((object) => html`<cert-lens-object .object=${object}></cert-lens-object>`)}
		${rest > 0 ? html`<button @click=${this.#showMore}>Show ${grouped(Math.min(rest, step))} more of ${grouped(objects.length)}</button>` : nothing}`;
	}

	#bytes(report: Report): TemplateResult {
		const chosen = report.certificates.find((c) => c.id === this.bytesOf);
		return html`<div class="contents">
			<div class="row">
				<label for="bytes-of">Certificate</label>
				<select id="bytes-of" @change=${this.#bytesChosen}>
					${report.certificates.slice(0, this.shown).map((c) => html`<option value=${c.id} .selected=${c === chosen}>${visible(shorten(c.title, 120))}</option>`)}
				</select>
			</div>
			<cert-lens-asn1 .decoder=${this.decoder} .der=${chosen?.der ?? ""}></cert-lens-asn1>
		</div>`;
	}

	#chosen = (event: CertificateChosenEvent): void => {
		void this.reveal(event.id, event.view);
	};

	#showMore = (): void => {
		this.shown += step;
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

			cert-lens-asks {
				margin-bottom: 24px;
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

			select {
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

// The likeliest cause may be among them, with what would prove it.
function alternativesHeading({ diagnosis }: Report): string {
	const isAmong = diagnosis?.alternatives?.some((a) => a.class === diagnosis.class);
	return isAmong ? "What it can be, the likeliest first" : "What else it can be";
}

// The programs that the paste names, those that the person called first.
function named({ errors = [], transcripts = [] }: Report): string[] {
	const programs = errors.flatMap(({ client, wrappers = [] }) => [...wrappers, client]);
	return [...new Set([...programs, ...transcripts.map(({ tool }) => tool)])];
}

// Whether the chain to install is not what was presented.
function differs({ served, certificates, bundle = "" }: Report): boolean {
	if (served.length !== bundle.split("-----BEGIN ").length - 1) return true;
	return served.map((id) => pem(certificates.find((c) => c.id === id)?.der ?? "")).join("") !== bundle;
}

customElements.define("cert-lens-report", CertLensReport);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-report": CertLensReport;
	}
}
