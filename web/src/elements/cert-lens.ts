import { html, nothing as none, type PropertyValues, type TemplateResult } from "lit";
import { Analysis } from "../analysis.js";
import { listen, type Taker } from "../arrivals.js";
import type { Handshake, Report } from "../engine/report.gen.js";
import { aborted } from "../engine/run.js";
import {
	AnalysisFailedEvent,
	AnalysisStartedEvent,
	type FileRemovedEvent,
	type FilesAddedEvent,
	type HostAskedEvent,
	type IssuerAskedEvent,
	type OptionsChangedEvent,
	type PasswordGivenEvent,
	ReportCompletedEvent,
	type RevocationAskedEvent,
	type TextChangedEvent,
} from "../events.js";
import { example, examples } from "../examples.js";
import { isUnreached, Live } from "../live/live.js";
import { type Attachment, admit, isEmpty, maxBoxText, nothing, pasted, type Question } from "../question.js";
import { reportedKeys } from "../secrets.js";
import { base, folds } from "../styles/base.js";
import { checker } from "../styles/checker.js";
import { tokens } from "../styles/tokens.js";
import { count, visible } from "../text.js";
import { LaterElement } from "./later.js";
import { lockedInputs } from "./password.js";
import { isEmptyReport, plainSentence } from "./verdict.js";
import "./host.js";
import "./input.js";
import "./options.js";
import "./progress.js";
import "./report.js";
import "./strip.js";
import "./unreached.js";

// As many passwords as the engine tries.
const maxPasswords = 16;

/**
 * The whole checker in one tag: takes certificates, chains and tool output as
 * text or files, and shows what is wrong with them. Nothing leaves the page: it
 * makes no request but for its own engine. With the attribute probe it can also
 * ask a worker for handshakes with live servers, for a missing issuer and for the
 * state of revocation, each when a person presses a button that says so.
 *
 * @attr {string} [lang=en] - The language of the words; there is English alone.
 *
 * @slot note - The line below the box; says by default that nothing leaves the page.
 * @event text-changed - The text in the box changed; the event has it as text.
 * @event files-added - Files were dropped, picked or pasted.
 * @event options-changed - Host, time, rules or anchors were changed.
 * @event analysis-started - An analysis began.
 * @event report-completed - A complete report arrived; the event has it as report.
 * @event analysis-failed - There is no report; the event says why as message.
 * @csspart live - The field for a live server.
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
export class CertLens extends LaterElement {
	static override properties = {
		value: {},
		host: {},
		at: {},
		profile: {},
		stores: {},
		anchors: {},
		probe: {},
		help: {},
		view: { reflect: true },
		theme: { reflect: true },
		question: { state: true },
		collapsed: { state: true },
		refused: { state: true },
		unfolded: { state: true },
	};

	/** Text to analyse. */
	declare value: string;
	/** Host name or IP address that the certificate should be good for. */
	declare host: string;
	/** Time to judge for (RFC 3339); empty for now. */
	declare at: string;
	/** Lint profile: auto, webpki, rfc5280, smime, codesign or private. */
	declare profile: string;
	/** Root stores to trust: names with commas between, as in "mozilla", or "none"; empty for the default. */
	declare stores: string;
	/** Trust anchors of your own (PEM), beside the root stores. */
	declare anchors: string;
	/** Address of a worker's API, as in "/v1"; without it the page makes no request. */
	declare probe: string;
	/** Address of the page's help, as in "#/help/"; without it nothing links there. */
	declare help: string;
	/** How much is shown: full, compact (no options, and a report without details) or verdict (no box either). */
	declare view: "full" | "compact" | "verdict";
	/** light or dark; auto for what the page around has (CSS color-scheme). */
	declare theme: "auto" | "light" | "dark";
	/** @internal */
	declare question: Question;
	/** @internal Whether the box has become a strip. */
	declare collapsed: boolean;
	/** @internal Why files were not taken. */
	declare refused: readonly string[];
	/** @internal Whether the fields around a strip show where there is little room. */
	declare unfolded: boolean;

	/** Takes what arrives from outside the box; a page can hand on what it gets. */
	readonly taker: Taker = {
		files: (files) => this.#add(files, "input"),
		text: (text) => this.replaceText(text),
		dragging: (over) => this.toggleAttribute("dragging", over),
	};

	#analysis = new Analysis(
		this,
		(report) => this.#completed(report),
		(reason) => this.dispatchEvent(new AnalysisFailedEvent(reason)),
	);
	#live = new Live(this, () => this.#analysis.engine);
	// An example brings its own host, time and anchors, and what is pasted for a
	// server that could not be reached has its host; they go with it.
	#brought = false;
	// Whether what is judged is one of the examples.
	#isExample = false;

	constructor() {
		super();
		this.value = "";
		this.host = "";
		this.at = "";
		this.profile = "auto";
		this.probe = "";
		this.stores = "";
		this.anchors = "";
		this.help = "";
		this.view = "full";
		this.theme = "auto";
		this.question = nothing;
		this.collapsed = false;
		this.refused = [];
		this.unfolded = false;
		listen(this, this.taker);
	}

	// The words are English, whatever the language of the page around.
	override connectedCallback(): void {
		super.connectedCallback();
		this.lang ||= "en";
	}

	/** Takes text as if it had been pasted in place of all that is there. */
	replaceText(text: string): void {
		this.#replace(asInput(text));
	}

	/**
	 * Analyzes what is there once more, and gives the report. Rejects when there is
	 * nothing to analyze, when it fails, and when another question comes first.
	 */
	async analyze(): Promise<Report> {
		await this.updateComplete;
		if (isEmpty(this.question)) throw new Error("There is nothing to analyze.");
		const report = await this.#ask({}, this.collapsed);
		if (report) return report;
		throw this.#analysis.failure ? new Error(this.#analysis.failure) : aborted();
	}

	/** Forgets what is there. */
	clear(): void {
		this.#replace({});
	}

	/** Puts the cursor into the box, or the focus on the strip. */
	override focus(options?: FocusOptions): void {
		this.renderRoot.querySelector<HTMLElement>("cert-lens-input, cert-lens-strip")?.focus(options);
	}

	// Attributes are a question as well; fields that a person changes are not
	// written back to them.
	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("probe")) this.#live.connect(this.probe);
		const given: Partial<Question> = {};
		for (const key of ["host", "at", "profile", "stores"] as const) {
			if (changed.has(key) && (this[key] || changed.get(key))) given[key] = this[key];
		}
		if (changed.has("anchors") && (this.anchors || changed.get("anchors"))) given.anchors = this.#given();
		if (changed.has("value") && (this.value || changed.get("value")))
			this.#replace({ ...given, ...asInput(this.value) });
		else if (this.#differs(given)) void this.#ask(given, this.collapsed);
	}

	// The anchors of the attribute.
	#given(): Attachment[] {
		return this.anchors ? [pasted(this.anchors)] : [];
	}

	#differs(given: Partial<Question>): boolean {
		return (Object.keys(given) as (keyof Question)[]).some((key) => given[key] !== this.question[key]);
	}

	protected override render() {
		const { loading, progress, state, report } = this.#analysis;
		return html`
			${this.view === "verdict" ? none : this.#question(report)}
			<p class="hidden" role="status">${this.#announcement()}</p>
			<cert-lens-progress .loading=${loading} .progress=${progress} .running=${state === "running"} @analysis-cancelled=${this.#cancel}></cert-lens-progress>
			${this.#outcome()} ${this.#password(report)}
			${report ? this.#report(report) : none}
		`;
	}

	#report(report: Report): TemplateResult {
		return html`<cert-lens-report
			part="report"
			exportparts="section"
			.report=${report}
			.complete=${this.#analysis.state === "complete"}
			.view=${this.view}
			.profile=${this.question.profile}
			.help=${this.help}
			.decoder=${this.#decode}
			.live=${this.probe ? this.#live.state : undefined}
			@options-changed=${this.#optionsChanged}
			@scan-asked=${this.#scan}
			@issuer-asked=${async ({ ask }: IssuerAskedEvent) => this.#addText(await this.#live.issuer(ask))}
			@revocation-asked=${async ({ ask }: RevocationAskedEvent) => this.#addText(await this.#live.revocation(ask))}
			@ask-cancelled=${() => this.#live.cancel()}
		></cert-lens-report>`;
	}

	// The button that was pressed goes, and the focus with it.
	#cancel = (): void => {
		this.#analysis.cancel();
		this.focus({ preventScroll: true });
	};

	// What a person fills in.
	#question(report: Report | undefined): TemplateResult {
		const { host, at, profile, anchors, anchorMode } = this.question;
		const isFull = this.view !== "compact";
		const folded = this.collapsed && !this.unfolded ? "folded" : "";
		return html`
			${this.probe ? this.#server() : none}
			<div
				class="question ${this.collapsed ? "collapsed" : ""}"
				part="question"
				@text-changed=${this.#textChanged}
				@files-added=${(event: FilesAddedEvent) => this.#add(event.files, event.role)}
				@file-removed=${this.#fileRemoved}
				@input-cleared=${() => this.#replace({ host: this.host })}
				@options-changed=${this.#optionsChanged}
				@edit-opened=${this.#edit}
			>
				${this.collapsed ? this.#strip(report) : this.#box(report)}
				${this.collapsed && isFull ? this.#aside() : none}
				${isFull ? html`<cert-lens-options class=${folded} ?row=${this.collapsed} .host=${host} .at=${at} .profile=${profile} .anchors=${anchors} .anchorMode=${anchorMode} .presumed=${presumedHost(report)}></cert-lens-options>` : none}
			</div>
			${this.refused.map((sentence) => html`<p class="error" role="alert">${sentence}</p>`)} ${this.collapsed ? none : this.#below()}
		`;
	}

	// The field for a live server, and below it why there was no way to it.
	#server(): TemplateResult {
		const { edge, problem, trouble, asked, aim } = this.#live.state;
		const { handshake } = this.question;
		const isRefused = asked === "handshake" && trouble !== "";
		const isUnseen = handshake !== undefined && isUnreached(handshake);
		const why = this.#analysis.report?.diagnosis?.summary ?? handshake?.failure?.detail ?? "";
		const folded = this.collapsed && !this.unfolded ? "folded" : "";
		return html`<cert-lens-host class=${folded} part="live" .edge=${edge} .problem=${problem} .notes=${aim?.target.notes ?? []} .waiting=${this.#waiting()} @host-asked=${this.#hostAsked} @ask-cancelled=${() => this.#live.cancel()} @text-changed=${this.#textTyped}></cert-lens-host>
			${isRefused || isUnseen ? html`<cert-lens-unreached .sentence=${isRefused ? trouble : visible(why)} .command=${aim?.command ?? ""}></cert-lens-unreached>` : none}`;
	}

	#box(report: Report | undefined): TemplateResult {
		const keys = report ? reportedKeys(report) : [];
		return html`<div>
			<cert-lens-input .text=${this.question.text} .files=${this.question.files} .keys=${keys}></cert-lens-input>
			${this.question.handshake?.certificates ? this.#beside(this.question.handshake) : none}
		</div>`;
	}

	// The handshake that is judged together with what is in the box.
	#beside({ host, port, certificates = [] }: Handshake): TemplateResult {
		return html`<p class="row small">
			<span>Beside it: the handshake with <span class="code">${visible(host)}</span>, port ${port}, ${count(certificates.length, "certificate")}</span>
			<button class="link" @click=${() => this.#ask({ handshake: undefined, scan: undefined }, false)}>Remove it</button>
		</p>`;
	}

	#strip(report: Report | undefined): TemplateResult {
		return html`<cert-lens-strip .text=${this.question.text} .files=${this.question.files} .handshake=${this.question.handshake} .report=${report}></cert-lens-strip>`;
	}

	// What stands beside the strip: the way to the other examples, and where there
	// is little room the way to the fields.
	#aside(): TemplateResult {
		return html`<div class="row small aside">
			<button class="link fields" aria-expanded=${this.unfolded} @click=${() => {
				this.unfolded = !this.unfolded;
			}}>${this.probe ? "Live server, host, time and rules" : "Host, time and rules"}</button>
			${this.#isExample ? html`<details><summary><span class="title">Other examples</span></summary>${this.#examples()}</details>` : none}
		</div>`;
	}

	#examples(): TemplateResult[] {
		return examples.map(
			({ id, title }) => html`<button class="link" @click=${() => this.#showExample(id)}>${title}</button>`,
		);
	}

	#below(): TemplateResult {
		const note = this.probe
			? "Everything is computed in this page: what you paste leaves it only by a button that says so."
			: "Everything is computed in this page: nothing that you paste leaves it.";
		return html`<p class="small note"><slot name="note">${note}</slot></p>
			${this.view === "full" ? html`<p class="row small"><span class="muted">Examples:</span> ${this.#examples()}</p>` : none}`;
	}

	// What the report itself does not say: that there is none, or not all of it.
	#outcome() {
		const { state, failure, report } = this.#analysis;
		const again = (label: string) => html`<button @click=${() => this.#ask({}, this.collapsed)}>${label}</button>`;
		if (state === "failed") return html`<p class="error" role="alert">${visible(failure)} ${again("Try again")}</p>`;
		if (state === "cancelled")
			return html`<p class="cancelled">The analysis was cancelled${report ? "; what is below is not complete" : ""}. ${again("Analyze again")}</p>`;
		return none;
	}

	// Asked again when none of those that were given fits.
	#password(report: Report | undefined) {
		if (!report || lockedInputs(report.inputs).length === 0) return none;
		return html`<cert-lens-password .inputs=${report.inputs} @password-given=${this.#passwordGiven}></cert-lens-password>`;
	}

	#announcement(): string {
		const { state, report } = this.#analysis;
		if (this.#waiting()) return this.#waiting();
		if (state === "running") return "Analyzing";
		if (state !== "complete" || !report) return "";
		return report.diagnosis ? visible(report.diagnosis.summary) : plainSentence(report);
	}

	#waiting(): string {
		const { asked, isAsking, aim } = this.#live.state;
		if (!isAsking || asked !== "handshake" || !aim) return "";
		return `Handshake with ${aim.target.host}, port ${aim.target.port}`;
	}

	#decode = (der: Uint8Array) => this.#analysis.engine.asn1(der);

	// Every change comes through here: it makes the new question and runs it.
	#ask(change: Partial<Question>, collapse: boolean): Promise<Report | undefined> {
		this.question = { ...this.question, ...change };
		this.#turn(collapse && !isEmpty(this.question));
		if (!isEmpty(this.question)) this.dispatchEvent(new AnalysisStartedEvent());
		return this.#analysis.run(this.question);
	}

	// #replace forgets what was there, and what an example brought along.
	#replace(change: Partial<Question>): void {
		const { host, at, profile, stores } = this;
		const own = this.#brought ? { host, at, profile, stores, anchors: this.#given() } : {};
		this.#brought = false;
		this.#isExample = false;
		this.unfolded = false;
		this.refused = [];
		const empty = { text: "", files: [], passwords: [], handshake: undefined, scan: undefined };
		void this.#ask({ ...own, ...empty, ...this.#awaited(), ...change }, true);
		this.#live.forget();
	}

	// What arrives after a server could not be reached is about its host.
	#awaited(): Partial<Question> {
		const { aim, asked, trouble } = this.#live.state;
		const { handshake } = this.question;
		const isAwaited = handshake ? isUnreached(handshake) : asked === "handshake" && trouble !== "";
		if (!aim || !isAwaited) return {};
		this.#live.forget();
		this.#brought = true;
		return { host: aim.target.host, handshake: undefined };
	}

	#textTyped = (event: TextChangedEvent): void => {
		event.stopPropagation();
		this.replaceText(event.text);
	};

	#hostAsked = async ({ text, starttls }: HostAskedEvent): Promise<void> => {
		// What is known of another server is no answer to this question.
		if (this.question.handshake) this.#replace({ host: this.host });
		else this.#live.forget();
		const aim = await this.#live.aim(text, starttls);
		if (aim) this.#replace({ host: this.host });
		const handshake = aim && (await this.#live.handshake(aim));
		if (handshake) this.#ask({ handshake }, !!handshake.certificates?.length);
		else if (this.#live.state.problem || this.#live.state.trouble) void this.#showOutcome();
	};

	// What a scan found until it was ended is worth keeping as well.
	#scan = async (): Promise<void> => {
		const { handshake } = this.question;
		if (!handshake) return;
		await this.#live.scan(handshake);
		const { scan } = this.#live.state;
		if (scan && handshake === this.question.handshake) this.#ask({ scan }, this.collapsed);
	};

	// Adds to the input what was fetched for it.
	#addText(text: string | undefined): void {
		if (!text) return;
		const { text: present, files } = this.question;
		const whole = present.trim() === "" ? text : `${present.trimEnd()}\n${text}`;
		if (whole.length <= maxBoxText) this.#ask({ text: whole }, this.collapsed);
		else this.#ask({ files: [...files, pasted(text)] }, this.collapsed);
	}

	// The box and the strip take each other's place; the focus stays with them.
	#turn(collapsed: boolean): void {
		const focused = this.collapsed !== collapsed && this.matches(":focus-within");
		if (this.collapsed !== collapsed) this.unfolded = false;
		this.collapsed = collapsed;
		if (focused) void this.#focusLater();
	}

	async #focusLater(): Promise<void> {
		await this.updateComplete;
		if (!this.shadowRoot?.activeElement) this.focus({ preventScroll: true });
	}

	// Where nothing was found the box stays open, for another try.
	#completed(report: Report): void {
		const isUnread = isEmptyReport(report) && this.question.text !== "";
		if (isUnread) this.#turn(false);
		if (isUnread || (report.certificates.length === 0 && report.handshake)) void this.#showOutcome();
		this.dispatchEvent(new ReportCompletedEvent(report));
	}

	// The verdict may be below the fold of a small screen, and above it what is said
	// at the field for a server.
	async #showOutcome(): Promise<void> {
		await this.updateComplete;
		const report = this.renderRoot.querySelector("cert-lens-report");
		await report?.updateComplete;
		const place = this.#live.state.problem ? "cert-lens-host" : "cert-lens-unreached";
		const said = this.renderRoot.querySelector(place) ?? report?.renderRoot.querySelector("cert-lens-verdict");
		await said?.updateComplete;
		said?.scrollIntoView({ block: "nearest" });
	}

	// The text holds what the box hides: it goes no further.
	#textChanged = (event: TextChangedEvent): void => {
		event.stopPropagation();
		const { text } = this.question;
		if (event.how === "typed" && event.text === text) return;
		if (this.#brought && event.how !== "typed" && !event.text.includes(text)) {
			this.#replace({ text: event.text });
			return;
		}
		this.refused = [];
		void this.#ask({ text: event.text, passwords: [], ...this.#awaited() }, event.how !== "typed");
	};

	#add(files: readonly File[], role: FilesAddedEvent["role"]): void {
		const present = this.collapsed && role === "input" ? [] : this.question.files;
		const { taken, refused } = admit(files, [...present, ...this.question.anchors]);
		if (taken.length > 0 && role === "anchor")
			void this.#ask({ anchors: [...this.question.anchors, ...taken] }, this.collapsed);
		else if (taken.length > 0 && this.collapsed) this.#replace({ files: taken });
		else if (taken.length > 0) this.#ask({ files: [...present, ...taken], ...this.#awaited() }, true);
		this.refused = refused;
	}

	#passwordGiven = ({ password }: PasswordGivenEvent): void => {
		void this.#ask({ passwords: [...this.question.passwords, password].slice(-maxPasswords) }, this.collapsed);
	};

	#fileRemoved = ({ index, role }: FileRemovedEvent): void => {
		const without = (list: readonly Attachment[]) => list.filter((_, i) => i !== index);
		const { anchors, files } = this.question;
		void this.#ask(role === "anchor" ? { anchors: without(anchors) } : { files: without(files) }, this.collapsed);
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
		this.#brought = this.#isExample = true;
	}

	static override styles = [tokens, base, folds, checker];
}

// Text goes into the box, unless it is too much for it.
function asInput(text: string): Partial<Question> {
	return text.length <= maxBoxText ? { text } : { files: [pasted(text)] };
}

// The host name that the input names, as long as the field is empty.
function presumedHost(report: Report | undefined): string {
	return report && report.hostFrom !== "request" ? visible(report.host ?? "") : "";
}

customElements.define("cert-lens", CertLens);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens": CertLens;
	}
}
