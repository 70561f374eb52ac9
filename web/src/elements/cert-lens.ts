import { html, LitElement, nothing as none, type PropertyValues, type TemplateResult } from "lit";
import { Analysis } from "../analysis.js";
import { listen, type Taker } from "../arrivals.js";
import type { Report } from "../engine/report.gen.js";
import {
	type FileRemovedEvent,
	type FilesAddedEvent,
	type OptionsChangedEvent,
	ReportCompletedEvent,
	type TextChangedEvent,
} from "../events.js";
import { example, examples } from "../examples.js";
import { type Attachment, admit, isEmpty, maxBoxText, nothing, type Question } from "../question.js";
import { reportedKeys } from "../secrets.js";
import { base } from "../styles/base.js";
import { checker } from "../styles/checker.js";
import { tokens } from "../styles/tokens.js";
import { visible } from "../text.js";
import { isEmptyReport, plainSentence } from "./verdict.js";
import "./input.js";
import "./options.js";
import "./progress.js";
import "./report.js";
import "./strip.js";

/**
 * The whole checker in one tag: takes certificates, chains and tool output as
 * text or files, and shows what is wrong with them. Nothing leaves the page: it
 * makes no request but for its own engine.
 *
 * @slot note - The line below the box; says by default that nothing leaves the page.
 * @event report-completed - A complete report arrived.
 * @csspart question - The box and the fields beside it.
 * @csspart report - The report.
 * @csspart section - Each part of the report.
 * @cssproperty --certlens-bg - Background behind everything.
 * @cssproperty --certlens-surface - Background of fields and boxes.
 * @cssproperty --certlens-sunken - Background of what is set back.
 * @cssproperty --certlens-text - Colour of text.
 * @cssproperty --certlens-muted - Colour of text that says less.
 * @cssproperty --certlens-line - Colour of hairlines.
 * @cssproperty --certlens-edge - Colour of the edges of fields.
 * @cssproperty --certlens-accent - Colour of links, buttons and focus.
 * @cssproperty --certlens-error - Colour of errors.
 * @cssproperty --certlens-warning - Colour of warnings.
 * @cssproperty --certlens-notice - Colour of notices.
 * @cssproperty --certlens-good - Colour of what is well.
 */
export class CertLens extends LitElement {
	static override properties = {
		value: {},
		host: {},
		at: {},
		profile: {},
		question: { state: true },
		collapsed: { state: true },
		refused: { state: true },
	};

	/** Text to analyse. */
	declare value: string;
	/** Host name or IP address that the certificate should be good for. */
	declare host: string;
	/** Time to judge for (RFC 3339); empty for now. */
	declare at: string;
	/** Lint profile: auto, webpki, rfc5280, smime, codesign or private. */
	declare profile: string;
	declare question: Question;
	/** Whether the box has become a strip. */
	declare collapsed: boolean;
	/** Why files were not taken. */
	declare refused: readonly string[];

	/** Takes what arrives from outside the box; a page can hand on what it gets. */
	readonly taker: Taker = {
		files: (files) => this.#add(files, "input"),
		text: (text) => this.replaceText(text),
		dragging: (over) => this.toggleAttribute("dragging", over),
	};

	#analysis = new Analysis(this, (report) => this.#completed(report));
	// An example brings its own host, time and anchors, which go with it.
	#fromExample = false;

	constructor() {
		super();
		this.value = "";
		this.host = "";
		this.at = "";
		this.profile = "auto";
		this.question = nothing;
		this.collapsed = false;
		this.refused = [];
		listen(this, this.taker);
	}

	/** Takes text as if it had been pasted in place of all that is there. */
	replaceText(text: string): void {
		if (text.length <= maxBoxText) this.#replace({ text });
		else this.#replace({ files: [{ name: "", content: new Blob([text]) }] });
	}

	/** Puts the cursor into the box, or the focus on the strip. */
	override focus(options?: FocusOptions): void {
		this.renderRoot.querySelector<HTMLElement>("cert-lens-input, cert-lens-strip")?.focus(options);
	}

	// Attributes are a question as well; fields that a person changes are not
	// written back to them.
	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("value") && this.value) this.replaceText(this.value);
		const given: Partial<Question> = {};
		for (const key of ["host", "at", "profile"] as const) {
			if (changed.has(key) && (this[key] || changed.get(key))) given[key] = this[key];
		}
		if (this.#differs(given)) this.#ask(given, this.collapsed);
	}

	#differs(given: Partial<Question>): boolean {
		return (Object.keys(given) as (keyof Question)[]).some((key) => given[key] !== this.question[key]);
	}

	protected override render() {
		const { loading, progress, state, report } = this.#analysis;
		const { host, at, profile, anchors, anchorMode } = this.question;
		return html`
			<div
				class="question ${this.collapsed ? "collapsed" : ""}"
				part="question"
				@text-changed=${this.#textChanged}
				@files-added=${(event: FilesAddedEvent) => this.#add(event.files, event.role)}
				@file-removed=${this.#fileRemoved}
				@input-cleared=${() => this.#replace({})}
				@options-changed=${this.#optionsChanged}
				@edit-opened=${this.#edit}
			>
				${this.collapsed ? this.#strip(report) : this.#box(report)}
				<cert-lens-options ?row=${this.collapsed} .host=${host} .at=${at} .profile=${profile} .anchors=${anchors} .anchorMode=${anchorMode} .presumed=${presumedHost(report)}></cert-lens-options>
			</div>
			${this.refused.map((sentence) => html`<p class="error" role="alert">${sentence}</p>`)} ${this.collapsed ? none : this.#below()}
			<p class="hidden" role="status">${this.#announcement()}</p>
			<cert-lens-progress .loading=${loading} .progress=${progress} .running=${state === "running"} @analysis-cancelled=${() => this.#analysis.cancel()}></cert-lens-progress>
			${this.#outcome()}
			<cert-lens-report part="report" exportparts="section" .report=${report} .complete=${state === "complete"} .profile=${profile} .decoder=${this.#decode} @options-changed=${this.#optionsChanged}></cert-lens-report>
		`;
	}

	#box(report: Report | undefined): TemplateResult {
		const keys = report ? reportedKeys(report) : [];
		return html`<cert-lens-input .text=${this.question.text} .files=${this.question.files} .keys=${keys}></cert-lens-input>`;
	}

	#strip(report: Report | undefined): TemplateResult {
		return html`<cert-lens-strip .text=${this.question.text} .files=${this.question.files} .report=${report}></cert-lens-strip>`;
	}

	#below(): TemplateResult {
		return html`<p class="small"><slot name="note">Everything is computed in this page: nothing that you paste leaves it.</slot></p>
			<p class="row small">
				<span class="muted">Examples:</span>
				${examples.map(({ id, title }) => html`<button class="link" @click=${() => this.#showExample(id)}>${title}</button>`)}
			</p>`;
	}

	// What the report itself does not say: that there is none, or not all of it.
	#outcome() {
		const { state, failure } = this.#analysis;
		const again = (label: string) => html`<button @click=${() => this.#ask({}, this.collapsed)}>${label}</button>`;
		if (state === "failed") return html`<p class="error" role="alert">${failure} ${again("Try again")}</p>`;
		if (state === "cancelled")
			return html`<p>The analysis was cancelled; what is below is not complete. ${again("Analyze again")}</p>`;
		return none;
	}

	#announcement(): string {
		const { state, report } = this.#analysis;
		if (state === "running") return "Analyzing";
		if (state !== "complete" || !report) return "";
		return report.diagnosis ? visible(report.diagnosis.summary) : plainSentence(report);
	}

	#decode = (der: Uint8Array) => this.#analysis.engine.asn1(der);

	// Every change comes through here: it makes the new question and runs it.
	#ask(change: Partial<Question>, collapse: boolean): void {
		this.question = { ...this.question, ...change };
		this.#turn(collapse && !isEmpty(this.question));
		void this.#analysis.run(this.question);
	}

	// #replace forgets what was there, and what an example brought along.
	#replace(change: Partial<Question>): void {
		const { host, at, profile } = this;
		const own = this.#fromExample ? { host, at, profile, anchors: [] } : {};
		this.#fromExample = false;
		this.refused = [];
		this.#ask({ ...own, text: "", files: [], ...change }, true);
	}

	// The box and the strip take each other's place; the focus stays with them.
	#turn(collapsed: boolean): void {
		const focused = this.collapsed !== collapsed && this.matches(":focus-within");
		this.collapsed = collapsed;
		if (focused) void this.#focusLater();
	}

	async #focusLater(): Promise<void> {
		await this.updateComplete;
		if (!this.shadowRoot?.activeElement) this.focus({ preventScroll: true });
	}

	// Where nothing was found the box stays open, for another try.
	#completed(report: Report): void {
		if (isEmptyReport(report) && this.question.text) this.#turn(false);
		this.dispatchEvent(new ReportCompletedEvent(report));
	}

	#textChanged = (event: TextChangedEvent): void => {
		if (event.how === "typed" && event.text === this.question.text) return;
		this.refused = [];
		this.#ask({ text: event.text }, event.how !== "typed");
	};

	#add(files: readonly File[], role: FilesAddedEvent["role"]): void {
		const present = this.collapsed && role === "input" ? [] : this.question.files;
		const { taken, refused } = admit(files, [...present, ...this.question.anchors]);
		if (taken.length > 0 && role === "anchor")
			this.#ask({ anchors: [...this.question.anchors, ...taken] }, this.collapsed);
		else if (taken.length > 0 && this.collapsed) this.#replace({ files: taken });
		else if (taken.length > 0) this.#ask({ files: [...present, ...taken] }, true);
		this.refused = refused;
	}

	#fileRemoved = ({ index, role }: FileRemovedEvent): void => {
		const without = (list: readonly Attachment[]) => list.filter((_, i) => i !== index);
		const { anchors, files } = this.question;
		this.#ask(role === "anchor" ? { anchors: without(anchors) } : { files: without(files) }, this.collapsed);
	};

	#optionsChanged = (event: OptionsChangedEvent): void => {
		if (this.#differs(event.options)) this.#ask(event.options, this.collapsed);
	};

	#edit = (): void => {
		this.collapsed = false;
		void this.updateComplete.then(() => this.focus());
	};

	#showExample(id: string): void {
		const question = example(id);
		if (!question) return;
		this.#replace(question);
		this.#fromExample = true;
	}

	static override styles = [tokens, base, checker];
}

// The host name that a transcript names, as long as the field is empty.
function presumedHost(report: Report | undefined): string {
	return report?.hostFrom === "transcript" ? visible(report.host ?? "") : "";
}

customElements.define("cert-lens", CertLens);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens": CertLens;
	}
}
