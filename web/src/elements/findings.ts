import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Finding, Report } from "../engine/report.gen.js";
import { CertificateChosenEvent, OptionsChangedEvent } from "../events.js";
import { byProfile, group, type RuleGroup, type ToneGroup, total } from "../grouping.js";
import { icon } from "../icons.js";
import { base, folds } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, grouped, link, name, visible } from "../text.js";
import { profileName, profiles, toneWords } from "../words.js";
import { LaterElement } from "./later.js";

// How much is shown before "Show all".
const maxRules = 100;
const maxHits = 10;

/**
 * The findings of all rules: by severity, then by rule; what, why, where to
 * read it, which certificates. Says which rules ran and why.
 *
 * @event certificate-chosen - A certificate was followed.
 * @event options-changed - Another profile was chosen.
 */
export class CertLensFindings extends LaterElement {
	static override properties = {
		report: { attribute: false },
		profile: {},
		open: { state: true },
		opened: { state: true },
	};

	/** The report that it shows. */
	declare report: Report | undefined;
	/** The profile that was asked for. */
	declare profile: string;
	declare open: boolean;
	/** What was asked to be shown whole: rule ids, or "" for all rules. */
	declare opened: ReadonlySet<string>;

	#groups: ToneGroup[] = [];

	constructor() {
		super();
		this.profile = "auto";
		this.open = false;
		this.opened = new Set();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (!changed.has("report")) return;
		this.#groups = group(this.report?.findings ?? []);
		const worst = this.#groups[0]?.tone;
		if (worst === "error" || worst === "warning") this.open = true;
	}

	protected override render() {
		const { report } = this;
		if (!report) return nothing;
		return html`<details .open=${this.open} @toggle=${this.#toggled}>
			<summary>
				<h2>Findings</h2>
				<span class="row small">${this.#counts(report)}</span>
			</summary>
			${this.open ? this.#contents(report) : nothing}
		</details>`;
	}

	#counts(report: Report) {
		const passed = total(report.lints).pass;
		const unchecked = this.#unchecked(report);
		return html`${this.#groups.map(({ tone, count: n }) => html`<span class="badge">${icon(tone)} ${count(n, ...toneWords[tone])}</span>`)}
			<span class="muted">${count(passed, "rule")} passed${unchecked ? `, ${unchecked}` : ""}</span>`;
	}

	// A certificate that no rule could look at has passed none.
	#unchecked({ lints }: Report): string {
		const none = lints.filter((run) => run.certificate && Object.values(run.counts).every((n) => n === 0)).length;
		return none > 0 ? `${count(none, "certificate")} could not be checked` : "";
	}

	#contents(report: Report): TemplateResult {
		const unchecked = this.#unchecked(report);
		const none = html`<p class="muted">No rule found anything${unchecked ? `; ${unchecked}` : ""}.</p>`;
		return html`${this.#groups.length > 0 ? this.#groups.map((tone) => this.#tone(report, tone)) : none} ${this.#runs(report)}`;
	}

	#tone(report: Report, { tone, rules }: ToneGroup): TemplateResult {
		const shown = this.opened.has("") ? rules : rules.slice(0, maxRules);
		return html`<section>
			<h3 class=${tone}>${icon(tone)} ${toneHeading(tone)}</h3>
			<ul class="rules">
				${shown.map((rule) => this.#rule(report, rule))}
			</ul>
			${shown.length < rules.length ? html`<button @click=${() => this.#showWhole("")}>Show all ${grouped(rules.length)} rules</button>` : nothing}
		</section>`;
	}

	#rule(report: Report, { id, rule, findings, detail }: RuleGroup): TemplateResult {
		return html`<li>
			<h4>${visible(rule.title)}</h4>
			${detail ? html`<p>${visible(detail)}</p>` : nothing} ${this.#hits(report, id, findings, detail === "" && findings.some((f) => f.detail))}
			<p class="small muted authority">
				<span class="code">${id}</span>
				<span>${rule.source.replaceAll("_", " ")}</span>
				${rule.citation ? citation(rule.citation) : nothing}
				${rule.effective ? html`<span>since ${rule.effective}</span>` : nothing}
			</p>
		</li>`;
	}

	#hits(report: Report, id: string, findings: readonly Finding[], details: boolean): TemplateResult {
		const shown = this.opened.has(id) ? findings : findings.slice(0, maxHits);
		return html`<ul class="hits ${details ? "" : "row"}">
			${shown.map((finding) => html`<li>${this.#subject(report, finding)}${details && finding.detail ? html`: ${visible(finding.detail)}` : nothing}</li>`)}
			${shown.length < findings.length ? html`<li><button class="link small" @click=${() => this.#showWhole(id)}>Show all ${grouped(findings.length)}</button></li>` : nothing}
		</ul>`;
	}

	#subject(report: Report, { id, certificate, object }: Finding) {
		if (certificate) {
			const title = report.certificates.find((c) => c.id === certificate)?.title ?? certificate.slice(0, 16);
			return html`<button class="link code" @click=${() => this.dispatchEvent(new CertificateChosenEvent(certificate))}>${name(title)}</button>`;
		}
		const title = object ? report.objects?.[object - 1]?.title : undefined;
		return html`<span class="small">${visible(title ?? (id.includes("_scan_") ? "The server" : "The chain as a whole"))}</span>`;
	}

	#runs(report: Report): TemplateResult {
		const sum = total(report.lints);
		return html`<section class="runs">
			<h3>Rules that ran</h3>
			<div class="row">
				<label for="profile">Rules</label>
				<select id="profile" @change=${this.#choose}>
					${profiles.map(([id, title]) => html`<option value=${id} .selected=${id === this.profile}>${title}</option>`)}
				</select>
			</div>
			<ul class="small">
				${byProfile(report.lints).map(
					({ profile, reason, linter, runs }) =>
						html`<li><strong>${profileName(profile)}</strong>, ${linter}, ${count(runs.length, "object")}. <span class="muted">${visible(reason)}</span></li>`,
				)}
			</ul>
			<p class="small muted">
				${grouped(sum.pass)} passed, ${grouped(sum.notApplicable)} about other kinds of certificates, ${grouped(sum.notEffective)} not in force at issuance,
				${count(sum.notice, "notice")}, ${count(sum.warning, "warning")}, ${count(sum.error, "error")}.
			</p>
		</section>`;
	}

	#toggled = (event: Event): void => {
		this.open = (event.currentTarget as HTMLDetailsElement).open;
	};

	#showWhole(id: string): void {
		this.opened = new Set([...this.opened, id]);
	}

	#choose = (event: Event): void => {
		this.dispatchEvent(new OptionsChangedEvent({ profile: (event.target as HTMLSelectElement).value }));
	};

	static override styles = [
		tokens,
		base,
		folds,
		css`
			.badge {
				white-space: nowrap;
			}

			h3 {
				display: flex;
				align-items: center;
				gap: 8px;
				margin: 16px 0 4px;
			}

			section:first-of-type h3,
			.runs h3 {
				margin-top: 0;
			}

			.rules > li {
				display: grid;
				gap: 4px;
				padding: 12px 0;
				border-top: 1px solid var(--line);
				overflow-wrap: anywhere;
			}

			h4 {
				max-width: 75ch;
				font-size: var(--normal);
				font-weight: 500;
			}

			.hits {
				display: grid;
				gap: 4px;
				max-width: 75ch;
			}

			.hits.row {
				display: flex;
				gap: 4px 16px;
			}

			.authority {
				display: flex;
				flex-wrap: wrap;
				gap: 0 16px;
				max-width: none;
			}

			.runs {
				display: grid;
				gap: 8px;
				margin-top: 16px;
				padding: 12px 0 16px;
				border-top: 1px solid var(--line);
			}

			.runs ul {
				display: grid;
				gap: 4px;
				max-width: 75ch;
			}
		`,
	];
}

function toneHeading(tone: keyof typeof toneWords): string {
	const headings = { error: "Errors", warning: "Warnings", notice: "Notices", info: "Remarks", good: "Good" };
	return headings[tone];
}

function citation(text: string): TemplateResult {
	const address = link(text);
	return address
		? html`<a href=${address} target="_blank" rel="noopener noreferrer">${visible(text)}</a>`
		: html`<span>${visible(text)}</span>`;
}

customElements.define("cert-lens-findings", CertLensFindings);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-findings": CertLensFindings;
	}
}
