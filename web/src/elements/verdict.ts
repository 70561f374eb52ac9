import { css, html, nothing, type TemplateResult } from "lit";
import type { Cause, Diagnosis, Finding, Report } from "../engine/report.gen.js";
import { CertificateChosenEvent } from "../events.js";
import { moment } from "../format.js";
import { helpLink, indexLink } from "../help.js";
import { icon } from "../icons.js";
import { type Remark, remarks, remarksOn } from "../reading.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, name, shorten, visible } from "../text.js";
import { classTitle, purposes, type Tone } from "../words.js";
import "./copy.js";
import { LaterElement } from "./later.js";
import { lockedInputs } from "./password.js";
import { remarkList } from "./reading.js";

// A sentence loses its middle beyond this length, so that its end, which says
// what is wrong, stays; the names in it are whole in the certificate below.
const maxSentence = 600;

/**
 * The verdict: one plain sentence, and the one thing to do. Its severity shows
 * as a shape, a word and a colour.
 *
 * @event certificate-chosen - The certificate at fault was followed.
 * @csspart sentence - The sentence.
 * @csspart action - The one thing to do.
 */
export class CertLensVerdict extends LaterElement {
	static override properties = {
		report: { attribute: false },
		help: {},
	};

	/** The report that it shows. */
	declare report: Report | undefined;
	/** Where failures are explained; empty for no link. */
	declare help: string;

	constructor() {
		super();
		this.help = "";
	}

	protected override render() {
		if (!this.report) return nothing;
		const { diagnosis } = this.report;
		if (diagnosis) return this.#verdict(this.report, diagnosis);
		if (switches(this.report).length > 0) return this.#switchedOff(this.report);
		return isEmptyReport(this.report) ? this.#nothingFound(this.report) : this.#noChain(this.report);
	}

	#verdict(report: Report, diagnosis: Diagnosis): TemplateResult {
		const tone = verdictTone(diagnosis);
		return html`
			<div class="verdict ${tone}">
				<p class="word">${icon(tone)} ${verdictWord(report, diagnosis)}</p>
				<h2 part="sentence">${visible(shorten(diagnosis.summary, maxSentence))}</h2>
				${diagnosis.action ? html`<p part="action" class="action">${visible(diagnosis.action)}${this.#bundle(report, diagnosis)}</p>` : nothing}
				${diagnosis.class === "malformed" ? someRemarks(remarksOn(report, diagnosis.certificate ?? "")) : nothing}
				${this.#others(diagnosis.causes.slice(1).filter((cause) => cause.from !== "path"))}
				${this.#about(diagnosis)}
				${this.#basis(report)}
				${leftOut(report)}
			</div>
		`;
	}

	#bundle(report: Report, { class: failure }: Diagnosis) {
		if (failure !== "missing_intermediate" || !report.bundle) return nothing;
		return html` <cert-lens-copy label="Copy the whole chain" .value=${report.bundle} button></cert-lens-copy>`;
	}

	#others(causes: readonly Cause[]) {
		if (causes.length === 0) return nothing;
		return html`<ul class="others" aria-label="Also found">
			${causes.map((cause) => html`<li>${visible(shorten(cause.summary, maxSentence))} ${this.#jump(cause)}</li>`)}
		</ul>`;
	}

	#jump({ certificate }: Cause) {
		if (!certificate) return nothing;
		return html`<button class="link small" @click=${() => this.dispatchEvent(new CertificateChosenEvent(certificate))}>Show it</button>`;
	}

	#about({ class: failure }: Diagnosis) {
		if (!this.help || failure === "ok") return nothing;
		return html`<p class="small">${helpLink(this.help, failure, `What “${classTitle(failure).toLowerCase()}” means`)}</p>`;
	}

	#basis(report: Report) {
		const certainty = sureness(report);
		if (report.certificates.length === 0) return certainty ? html`<p class="small muted">${certainty}</p>` : nothing;
		const host = report.host ? html` for <span class="code">${name(report.host)}</span>` : "";
		const purpose = purposes[report.purpose ?? ""];
		const stores = report.stores.map(
			({ title, date }, i) =>
				html`${i > 0 ? "; " : ", against "}<span class="store">${title}${date ? `, ${date}` : ""}</span>`,
		);
		return html`<p class="small muted">${certainty}Judged${host}${purpose ? ` ${purpose}` : ""}${host || purpose ? "," : ""} as of ${moment(report.at)}${seenFrom(report)}${stores}.</p>`;
	}

	#noChain(report: Report): TemplateResult {
		return html`<div class="verdict info">
			<p class="word">${icon("info")} Nothing to judge</p>
			<h2 part="sentence">${plainSentence(report)}</h2>
			${leftOut(report)}
		</div>`;
	}

	#nothingFound(report: Report): TemplateResult {
		return html`
			<div class="verdict warning">
				<p class="word">${icon("warning")} Nothing to analyze</p>
				<h2 part="sentence">${plainSentence(report)}</h2>
				<p part="action" class="action">Paste the whole error message, a certificate or file that holds one, or all that a tool such as openssl s_client or curl -v printed.</p>
				${someRemarks(remarks(report.inputs))}
				${this.#topics(report)}
				${leftOut(report)}
			</div>
		`;
	}

	// Where nothing was recognised, the words may still say what it is about.
	#topics({ topics = [] }: Report) {
		if (!this.help) return nothing;
		const links = topics.map((topic, i) => html`${i > 0 ? ", " : ""}${helpLink(this.help, topic, classTitle(topic))}`);
		return html`${links.length > 0 ? html`<p>It speaks of: ${links}</p>` : nothing}
			<p class="small">${indexLink(this.help, "All that is explained here")}</p>`;
	}

	#switchedOff(report: Report): TemplateResult {
		return html`<div class="verdict notice">
			<p class="word">${icon("notice")} Notice: this protects nothing</p>
			<h2 part="sentence">${plainSentence(report)}</h2>
			${switches(report).map(({ detail }) => html`<p part="action">${visible(detail ?? "")}</p>`)}
		</div>`;
	}

	static override styles = [
		tokens,
		base,
		css`
			.verdict {
				display: grid;
				gap: 8px;
				padding: 16px 20px;
				border-inline-start: 4px solid currentColor;
				border-radius: var(--radius);
			}

			.verdict > :not(.word) {
				color: var(--text);
			}

			.verdict > .muted {
				color: var(--muted);
			}

			.verdict.error {
				background: var(--error-tint);
			}

			.verdict.warning {
				background: var(--warning-tint);
			}

			.verdict.notice {
				background: var(--notice-tint);
			}

			.verdict.good {
				background: var(--good-tint);
			}

			.verdict.info {
				background: var(--sunken);
			}

			.word {
				font-size: var(--small);
				font-weight: 600;
			}

			h2 {
				max-width: 60ch;
				font-size: var(--huge);
				line-height: 1.3;
				overflow-wrap: anywhere;
			}

			.action {
				font-size: var(--large);
				line-height: 1.4;
			}

			.action cert-lens-copy {
				display: inline-block;
				vertical-align: 1px;
			}

			.store {
				display: inline-block;
			}

			.others {
				display: grid;
				gap: 4px;
				max-width: 75ch;
				padding-inline-start: 20px;
				list-style: disc;
				overflow-wrap: anywhere;
			}

			@container (max-width: 480px) {
				.verdict {
					padding: 12px 16px;
				}

				h2 {
					font-size: 20px;
				}
			}
		`,
	];
}

function sureness({ diagnosis, handshake }: Report): string {
	if (diagnosis?.confidence === "likely") return `Likely, not proven${handshake ? "" : " by what was pasted"}. `;
	if (diagnosis?.confidence === "unknown") return "What was pasted leaves the cause open. ";
	return "";
}

function someRemarks(all: readonly Remark[]) {
	return all.length > 0 ? remarkList(all.slice(0, 10)) : nothing;
}

function leftOut({ notes }: Report) {
	if (!notes?.length) return nothing;
	return html`<ul class="others small" aria-label="Left out">${notes.map((note) => html`<li>${visible(note)}</li>`)}</ul>`;
}

/** verdictTone is the tone of a diagnosis: nothing wrong is good. */
export function verdictTone(diagnosis: Diagnosis): Tone {
	return diagnosis.severity === "info" ? "good" : diagnosis.severity;
}

function verdictWord({ certificates }: Report, diagnosis: Diagnosis): string {
	if (certificates.length === 0 && diagnosis.severity === "error") return "Error: the connection failed";
	const words: Record<Tone, string> = {
		error: "Error: clients refuse this",
		warning: "Warning: some clients may refuse this",
		notice: "Notice: clients accept this, something is to be done",
		info: "Good",
		good: "Good: nothing wrong was found",
	};
	return words[verdictTone(diagnosis)];
}

function seenFrom({ handshake }: Report): string {
	return handshake?.vantage ? `, as seen from ${visible(handshake.vantage)}` : "";
}

// What the input switches verification off with.
function switches({ findings }: Report): Finding[] {
	return findings.filter(({ id }) => id === "n_verification_switched_off");
}

/** isEmptyReport tells whether nothing at all was recognised. */
export function isEmptyReport(report: Report): boolean {
	const { certificates, objects, transcripts, errors, handshake, inputs } = report;
	const found = [certificates, objects, transcripts, errors, switches(report)].some((list) => list && list.length > 0);
	return !found && !handshake && !inputs.some(({ password, secret }) => password || secret);
}

/** plainSentence says what there is, where there is no verdict. */
export function plainSentence(report: Report): string {
	if (switches(report).length > 0) return "Verification is switched off here.";
	if (lockedInputs(report.inputs).length > 0) return "What is here is encrypted; its password opens it.";
	if (report.certificates.length > 0) return "There is no chain to judge.";
	if (!isEmptyReport(report)) return "There is no certificate to judge; what is here is decoded below.";
	const unread = report.inputs.filter((input) => input.kind === "unknown").length;
	if (unread > 0) return `Nothing here can be read as a certificate; ${count(unread, "piece")} looked like one.`;
	return "There is no certificate and no known error message in this input.";
}

customElements.define("cert-lens-verdict", CertLensVerdict);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-verdict": CertLensVerdict;
	}
}
