import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { HelpPage, Saying } from "../engine/report.gen.js";
import type { HelpEntry } from "../engine/request.js";
import { sharedEngine } from "../engine/shared.js";
import { helpLink } from "../help.js";
import { base, folds } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, visible, visibleLines } from "../text.js";
import { classTitle, programName } from "../words.js";
import "./alternatives.js";
import "./fixes.js";

// Codes that a search lists, and words of clients that are not folded.
const maxFound = 200;
const maxSayings = 12;

// How long nothing is typed before the engine is asked.
const pause = 200;

// The trouble when the engine knows no page of that name.
const absent = "There is no such page.";

/**
 * The explanations of failures: one page for each class and for each code of a
 * client, and an index that can be searched. All of it comes out of the engine.
 */
export class CertLensHelp extends LitElement {
	static override properties = {
		path: {},
		address: {},
		page: { state: true },
		index: { state: true },
		search: { state: true },
		meant: { state: true },
		trouble: { state: true },
	};

	/** The page to show, as in "openssl/20"; empty for the index. */
	declare path: string;
	/** What links to help begin with. */
	declare address: string;
	declare page: HelpPage | undefined;
	declare index: readonly HelpEntry[] | undefined;
	declare search: string;
	/** The pages of what the engine recognises in the search; undefined until it did. */
	declare meant: readonly string[] | undefined;
	/** Why there is nothing to show. */
	declare trouble: string;

	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		super();
		this.path = "";
		this.address = "#/help/";
		this.search = "";
		this.meant = [];
		this.trouble = "";
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.#timer);
	}

	/** Loads what the path names, and gives its title. */
	async show(path: string): Promise<string> {
		this.path = path;
		this.trouble = "";
		if (this.page?.path !== path) this.page = undefined;
		try {
			if (path === "") this.index ??= await sharedEngine().helpIndex();
			else await this.#load(path);
		} catch (error) {
			if (this.path === path) this.trouble = error instanceof Error ? error.message : String(error);
		}
		await this.updateComplete;
		return this.page ? leading(this.page) : this.trouble === absent ? "No such help page" : "Help";
	}

	async #load(path: string): Promise<void> {
		const page = await sharedEngine().help(path);
		if (this.path !== path) return;
		this.page = page;
		if (!page) this.trouble = absent;
	}

	/** Puts the focus on the heading. */
	override focus(options?: FocusOptions): void {
		this.renderRoot.querySelector<HTMLElement>("h1")?.focus(options);
	}

	protected override updated(changed: PropertyValues<this>): void {
		if (changed.has("path")) this.#lookFor("");
	}

	protected override render() {
		return html`<nav class="row small" aria-label="Help">
				<a href="#/">To the checker</a>
				${this.path ? html`<a href=${this.address.replace(/\/$/, "")}>All help pages</a>` : nothing}
			</nav>
			${this.path === "" ? this.#index() : this.page ? this.#page(this.page) : this.#none()}`;
	}

	#none(): TemplateResult {
		if (this.trouble !== absent) return html`<h1 tabindex="-1">Help</h1>${this.#wait()}`;
		return html`<h1 tabindex="-1">There is no help page <span class="code">${visible(this.path)}</span></h1>
			<p>Search all help pages for the code or for words of the error, or paste the whole error into the checker.</p>`;
	}

	// While there is nothing to show, or why there never is.
	#wait(): TemplateResult {
		return this.trouble
			? html`<p class="error" role="alert">${this.trouble}</p>`
			: html`<p class="muted" role="status">Loading the engine, which holds the help</p>`;
	}

	#page(page: HelpPage): TemplateResult {
		const { path, title, class: failure, meaning, causes, sayings, fixes } = page;
		return html`<article>
			<h1 tabindex="-1">${breakable(leading(page))}</h1>
			${leading(page) === visible(title) ? nothing : html`<p class="code">${breakable(visible(title))}</p>`}
			${path === failure ? nothing : html`<p class="small muted">Class: ${helpLink(this.address, failure, classTitle(failure))}</p>`}
			<p class="meaning">${visible(meaning)}</p>
			<cert-lens-alternatives heading="Causes, the likeliest first" .alternatives=${causes} .help=${this.address}></cert-lens-alternatives>
			<cert-lens-fixes open .fixes=${fixes} .named=${path.split("/").slice(0, 1)}></cert-lens-fixes>
			${sayings.length > 0 ? this.#sayings(sayings) : nothing}
		</article>`;
	}

	#sayings(sayings: readonly Saying[]): TemplateResult {
		return html`<details class="sayings" ?open=${sayings.length <= maxSayings}>
			<summary><h2>How each client words it</h2><span class="small muted">${count(sayings.length, "wording")}</span></summary>
			<table>
				<thead><tr><th scope="col">Client</th><th scope="col">Words</th><th scope="col">Known from</th></tr></thead>
				${byClient(sayings).map((own) => clientRows(own))}
			</table>
		</details>`;
	}

	#index(): TemplateResult {
		const { index } = this;
		return html`<h1 tabindex="-1">What errors mean</h1>
			<div class="search">
				<label for="search">Search by code, error text, program or words, as in "openssl 20" or "hostname"</label>
				<input id="search" type="search" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${this.search} @input=${this.#searched} />
			</div>
			${index ? this.#found(index) : this.#wait()}`;
	}

	#found(index: readonly HelpEntry[]): TemplateResult {
		const isMeant = ({ path }: HelpEntry) => this.meant?.includes(path) === true;
		const found = index
			.filter((entry) => isMeant(entry) || matches(entry, this.search))
			.sort((a, b) => rank(a, this.search) - rank(b, this.search) || Number(isMeant(b)) - Number(isMeant(a)));
		if (found.length === 0)
			return this.meant ? this.#notFound(index) : html`<p class="muted" role="status">Searching</p>`;
		const classes = found.filter(({ path, class: failure }) => path === failure);
		const codes = found.filter(({ path, class: failure }) => path !== failure);
		const shown = codes.slice(0, maxFound);
		return html`<p class="small muted" role="status">${this.search ? count(found.length, "page") : `${count(classes.length, "class", "classes")}, ${count(codes.length, "code")} of clients`}</p>
			${classes.length > 0 ? html`<h2>Classes of failures</h2><ul>${classes.map((entry) => this.#entry(entry))}</ul>` : nothing}
			${shown.length > 0 ? html`<h2>Codes of clients</h2>` : nothing}
			${this.search ? html`<ul>${shown.map((entry) => this.#entry(entry))}</ul>` : this.#clients(codes)}
			${this.search && codes.length > shown.length ? html`<p class="small muted">and ${count(codes.length - shown.length, "more code")}: search for them</p>` : nothing}`;
	}

	#notFound(index: readonly HelpEntry[]): TemplateResult {
		const classes = index.filter(({ path, class: failure }) => path === failure);
		return html`<p role="status">No page has these words. Search for a code or for fewer words, or paste the whole error, as the program printed it, into <a href="#/">the checker</a>. These are all failures:</p>
			<ul class="all">${classes.map((entry) => this.#entry(entry))}</ul>`;
	}

	#clients(codes: readonly HelpEntry[]): TemplateResult[] {
		const groups = groupBy(codes, ({ path }) => path.split("/")[0] ?? "");
		return [...groups].map(
			([client, own]) => html`<details>
				<summary><span class="title">${programName(client)}</span><span class="small muted">${count(own.length, "code")}</span></summary>
				<ul>${own.map((entry) => this.#entry(entry))}</ul>
			</details>`,
		);
	}

	#entry({ path, title }: HelpEntry): TemplateResult {
		return html`<li>${helpLink(this.address, path, breakable(visible(title)))}</li>`;
	}

	#searched = (event: Event): void => this.#lookFor((event.target as HTMLInputElement).value);

	#lookFor(search: string): void {
		clearTimeout(this.#timer);
		this.search = search;
		this.meant = search.trim() ? undefined : [];
		if (!this.meant) this.#timer = setTimeout(() => void this.#recognise(search), pause);
	}

	// What people paste into a search is an error text, which the engine knows.
	async #recognise(search: string): Promise<void> {
		const report = await sharedEngine()
			.analyze({ sources: [{ data: search }] })
			.catch(() => undefined);
		if (this.search !== search) return;
		const { errors = [], topics = [] } = report ?? {};
		this.meant = [...errors.flatMap(({ keys = [], class: failure }) => [...keys, failure]), ...topics];
	}

	static override styles = [
		tokens,
		base,
		folds,
		css`
			:host {
				container-type: inline-size;
			}

			nav {
				padding-bottom: 12px;
			}

			h1 {
				max-width: 60ch;
				margin: 0;
				font-size: var(--huge);
				font-weight: 600;
				line-height: 1.3;
				overflow-wrap: anywhere;
			}

			h1 .code {
				font-size: inherit;
			}

			h2 {
				margin: 24px 0 8px;
			}

			h1 + p,
			.meaning {
				margin-top: 8px;
			}

			cert-lens-fixes {
				border-top: 1px solid var(--line);
			}

			.search {
				display: grid;
				gap: 4px;
				max-width: 560px;
				margin: 12px 0;
			}

			ul {
				columns: 2;
				gap: 24px;
			}

			.all {
				margin-top: 12px;
			}

			details {
				border-top: 1px solid var(--line);
			}

			summary {
				padding-block: 8px;
			}

			summary h2 {
				margin: 0;
			}

			details ul {
				padding: 0 0 12px 20px;
			}

			.sayings table {
				margin-bottom: 12px;
			}

			.words {
				white-space: pre-wrap;
			}

			li {
				padding: 2px 0;
				break-inside: avoid;
				overflow-wrap: anywhere;
			}

			/* A line below a symbol would hide its underscores. */
			li a:not(:hover) {
				text-decoration: none;
			}

			table {
				width: 100%;
				border-collapse: collapse;
				font-size: var(--small);
			}

			th,
			td {
				padding: 8px 16px 8px 0;
				border-top: 1px solid var(--line);
				text-align: start;
				vertical-align: top;
				overflow-wrap: anywhere;
			}

			thead th {
				border-top: 0;
				color: var(--muted);
				font-weight: 400;
			}

			tbody th {
				width: 168px;
				font-weight: 600;
			}

			td:last-child {
				width: 220px;
				padding-inline-end: 0;
				color: var(--muted);
			}

			@container (max-width: 560px) {
				ul {
					columns: 1;
				}

				thead {
					position: absolute;
					clip-path: inset(50%);
				}

				table,
				tbody,
				tr,
				tbody th,
				td,
				td:last-child {
					display: block;
					width: auto;
				}

				tr {
					padding: 8px 0;
					border-top: 1px solid var(--line);
				}

				tbody th,
				td {
					padding: 2px 0;
					border: 0;
				}
			}
		`,
	];
}

// In the order in which their first stand.
function groupBy<T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of list) {
		const group = groups.get(key(item));
		if (group) group.push(item);
		else groups.set(key(item), [item]);
	}
	return groups;
}

// A client that has several wordings has one name.
function byClient(sayings: readonly Saying[]): Saying[][] {
	return [...groupBy(sayings, ({ client }) => client).values()];
}

function clientRows(own: readonly Saying[]): TemplateResult {
	return html`<tbody>${own.map(
		({ client, versions, text, accepts, source }, i) => html`<tr>
			${i === 0 ? html`<th scope="rowgroup" rowspan=${own.length}>${programName(client)}</th>` : nothing}
			<td>${accepts ? html`<span class="muted">says nothing: it accepts this</span>` : html`<span class="code words">${visibleLines(text ?? "")}</span>`}</td>
			<td>${[versions, source]
				.filter(Boolean)
				.map((part) => visible(part ?? ""))
				.join("; ")}</td>
		</tr>`,
	)}</tbody>`;
}

// A page is led by the words of its client, where its title is a symbol.
function leading({ title, sayings }: HelpPage): string {
	const [own] = sayings;
	const isSymbol = /^(openssl|gnutls|curl) .*_/.test(title) && title.startsWith(`${own?.client} `);
	return visible((isSymbol && own?.text) || title);
}

// A long symbol breaks behind its underscores.
function breakable(text: string) {
	return text.split("_").map((part, i) => (i > 0 ? html`_<wbr />${part}` : part));
}

// The page whose code was searched for stands first, then those that begin alike.
function rank({ path, title }: HelpEntry, search: string): number {
	const wanted = words(search);
	if (words(path) === wanted) return 0;
	return words(path).startsWith(wanted) || words(title).startsWith(wanted) ? 1 : 2;
}

// Every word of the search has to be somewhere in the entry.
function matches({ path, title, class: failure }: HelpEntry, search: string): boolean {
	const text = words(`${path} ${title} ${failure} ${classTitle(failure)}`);
	return words(search)
		.split(" ")
		.every((word) => text.includes(word));
}

function words(text: string): string {
	return text
		.toLowerCase()
		.replaceAll(/[_/\s]+/g, " ")
		.trim();
}

customElements.define("cert-lens-help", CertLensHelp);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-help": CertLensHelp;
	}
}
