import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Fix } from "../engine/report.gen.js";
import { icon } from "../icons.js";
import { base, folds } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { capital, count, visible } from "../text.js";
import { audienceName, programName } from "../words.js";
import { commandBlock, commandBlocks } from "./command.js";
import "./copy.js";

// Fixes that are shown for an audience, if they are not for what was chosen; the
// others are folded.
const maxShown = 3;

/**
 * Ways to put a failure right: who can do it, where, what to type, and what it
 * changes for others.
 */
export class CertLensFixes extends LitElement {
	static override properties = {
		fixes: { attribute: false },
		named: { attribute: false },
		bundle: { attribute: false },
		open: { type: Boolean },
		chosen: { state: true },
	};

	declare fixes: readonly Fix[];
	/** Programs that the paste names; their fixes are shown first. */
	declare named: readonly string[];
	/** The chain to install, PEM; empty when there is none to offer. */
	declare bundle: string;
	/** Whether it is unfolded. */
	declare open: boolean;
	/** The platform that was chosen for each audience. */
	declare chosen: Readonly<Record<string, string>>;

	constructor() {
		super();
		this.fixes = [];
		this.named = [];
		this.bundle = "";
		this.open = false;
		this.chosen = {};
	}

	// A choice belongs to the fixes that it was made among.
	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("fixes")) this.chosen = {};
	}

	protected override render() {
		if (this.fixes.length === 0) return nothing;
		return html`<details .open=${this.open} @toggle=${this.#toggled}>
			<summary>
				<h2>How to fix it</h2>
				<span class="small muted">${this.#audiences().map(audienceName).join(", ")}</span>
			</summary>
			${this.open ? html`<div class="contents">${this.#audiences().map((audience) => this.#group(audience))}</div>` : nothing}
		</details>`;
	}

	#toggled = (event: Event): void => {
		this.open = (event.currentTarget as HTMLDetailsElement).open;
	};

	// In the order in which their first fixes stand: the safe one first.
	#audiences(): string[] {
		return [...new Set(this.fixes.map(({ audience }) => audience))];
	}

	#group(audience: string): TemplateResult {
		const own = this.fixes.filter((fix) => fix.audience === audience);
		const platforms = [...new Set(own.flatMap(({ platform }) => platform || []))];
		const chosen = this.chosen[audience] ?? firstOf(platforms, this.named);
		const general = own.filter(({ platform }) => !platform);
		const first = general.slice(0, 1).concat(own.filter(({ platform }) => platform && platform === chosen));
		const others = general.slice(1);
		const more = others.splice(Math.max(maxShown - first.length, 0));
		return html`<section>
			<div class="row head">
				<h3>${capital(audienceName(audience))}</h3>
				${platforms.length > 1 ? this.#platforms(audience, platforms, chosen) : nothing}
			</div>
			${audience === "server" && this.bundle ? this.#chain() : nothing}
			${[...first, ...others].map((fix) => this.#fix(fix))}
			${
				more.length > 0
					? html`<details>
						<summary><span class="title">${count(more.length, "more fix", "more fixes")}</span></summary>
						<div class="contents">${more.map((fix) => this.#fix(fix))}</div>
					</details>`
					: nothing
			}
		</section>`;
	}

	#platforms(audience: string, platforms: readonly string[], chosen: string): TemplateResult {
		const choose = (event: Event) => {
			this.chosen = { ...this.chosen, [audience]: (event.target as HTMLSelectElement).value };
		};
		return html`<label class="row">for
			<select @change=${choose}>
				${platforms.map((platform) => html`<option value=${platform} .selected=${platform === chosen}>${programName(platform)}</option>`)}
			</select>
		</label>`;
	}

	#chain(): TemplateResult {
		return html`<p class="row small">
			<cert-lens-copy button label="Copy the corrected chain" .value=${this.bundle}></cert-lens-copy>
			<span class="muted">${count(this.bundle.split("-----BEGIN ").length - 1, "certificate")}, the leaf first, without the root</span>
		</p>`;
	}

	#fix({ title, risk, commands = [], explanation }: Fix): TemplateResult {
		return html`<article>
			<h4>${visible(title)}</h4>
			<p>${visible(explanation)}</p>
			${commands.map((command, i) => commandBlock(command, `${title}${commands.length > 1 ? `, ${i + 1} of ${commands.length}` : ""}`))}
			${risk ? html`<p class="small">${icon("notice")} Mind: ${visible(risk)}</p>` : nothing}
		</article>`;
	}

	static override styles = [
		tokens,
		base,
		folds,
		commandBlocks,
		css`
			.contents,
			section,
			article {
				display: grid;
				grid-template-columns: minmax(0, 1fr);
			}

			details details .contents {
				gap: 16px;
				padding-bottom: 0;
			}

			.contents {
				gap: 32px;
				padding-bottom: 24px;
			}

			section {
				gap: 16px;
			}

			article {
				gap: 8px;
				padding-inline-start: 12px;
				border-inline-start: 1px solid var(--line);
				overflow-wrap: anywhere;
			}

			h4 {
				font-size: var(--normal);
			}

			select {
				max-width: 100%;
			}
		`,
	];
}

// The platform that the paste names, or else the first.
function firstOf(platforms: readonly string[], named: readonly string[]): string {
	for (const program of named) {
		const found = platforms.find((platform) => platform.toLowerCase() === program.toLowerCase());
		if (found) return found;
	}
	return platforms[0] ?? "";
}

customElements.define("cert-lens-fixes", CertLensFixes);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-fixes": CertLensFixes;
	}
}
