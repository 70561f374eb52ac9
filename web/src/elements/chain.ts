import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { draw } from "../chain/draw.js";
import { pictureOf, pictureOfServed, sentAt, unused } from "../chain/picture.js";
import type { Path, PathProblem, Report } from "../engine/report.gen.js";
import { CertificateChosenEvent } from "../events.js";
import { icon } from "../icons.js";
import { base, folds } from "../styles/base.js";
import { drawing } from "../styles/drawing.js";
import { tokens } from "../styles/tokens.js";
import { nextTask } from "../task.js";
import { count, name, ordinal, visible } from "../text.js";
import { classTitle } from "../words.js";
import { LaterElement } from "./later.js";

// Other paths than the best one, and unused certificates, that are shown.
const maxPaths = 12;
const maxUnused = 12;

// No picture fits into less, in pixels.
const minWidth = 120;

/**
 * The chain as a picture, left to right from the leaf to the root: in which
 * order certificates were presented, what links them, what is missing, which
 * store trusts the root. Other paths fold below.
 *
 * @event certificate-chosen - A box was followed to its certificate.
 * @csspart picture - The drawing of the best path.
 */
export class CertLensChain extends LaterElement {
	static override properties = {
		report: { attribute: false },
		width: { state: true },
		others: { state: true },
	};

	/** The report that it shows. */
	declare report: Report | undefined;
	declare width: number;
	declare others: boolean;

	// Drawing is a task of its own: the one that measures has laid out the page.
	#observer = new ResizeObserver(([entry]) => {
		void nextTask().then(() => {
			this.width = Math.floor(entry?.contentRect.width ?? 0);
		});
	});

	constructor() {
		super();
		this.width = 0;
		this.others = false;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#observer.observe(this);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#observer.disconnect();
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("report")) this.others = false;
	}

	protected override render() {
		const { report } = this;
		if (!report || report.served.length === 0) return nothing;
		const [best, ...others] = report.paths;
		const picture = best ? pictureOf(report, best) : pictureOfServed(report);
		return html`
			<h2>Chain</h2>
			<p class="small muted">${summary(report)}</p>
			<div part="picture">${this.width > minWidth ? draw(picture, this.width, "Chain, from the leaf to the root", this.#choose) : nothing}</div>
			${best ? problems(best.problems) : nothing}
			${this.#unused(report)}
			${others.length > 0 ? this.#others(report, others) : nothing}
		`;
	}

	#unused(report: Report) {
		const rest = unused(report);
		if (rest.length === 0) return nothing;
		return html`<p class="row small">
			<span class="muted">Presented, but on no path:</span>
			${rest.slice(0, maxUnused).map(
				(certificate) => html`<button class="link code" @click=${() => this.#choose(certificate.id)}>
					${name(certificate.title)} (${sentAt(report, certificate.id).map(ordinal).join(", ")})
				</button>`,
			)}
			${rest.length > maxUnused ? html`<span class="muted">and ${count(rest.length - maxUnused, "more", "more")}</span>` : nothing}
		</p>`;
	}

	#others(report: Report, others: readonly Path[]): TemplateResult {
		const trusted = others.filter((path) => path.trusted).length;
		return html`<details .open=${this.others} @toggle=${this.#toggled}>
			<summary>
				<h3>${count(others.length, "other path")}</h3>
				<span class="small muted">${trusted} trusted</span>
			</summary>
			${this.others ? html`<ol>${others.slice(0, maxPaths).map((path, i) => this.#path(report, path, i + 2))}</ol>` : nothing}
			${this.others && others.length > maxPaths ? html`<p class="small muted">${count(others.length - maxPaths, "more path")} not drawn.</p>` : nothing}
		</details>`;
	}

	#path(report: Report, path: Path, number: number): TemplateResult {
		const title = `Path ${number}, ${path.trusted ? "trusted" : "not trusted"}`;
		return html`<li>
			<p class="small muted">${title}</p>
			${draw(pictureOf(report, path), this.width, title, this.#choose)} ${problems(path.problems)}
		</li>`;
	}

	#toggled = (event: Event): void => {
		this.others = (event.currentTarget as HTMLDetailsElement).open;
	};

	#choose = (id: string): void => {
		this.dispatchEvent(new CertificateChosenEvent(id));
	};

	static override styles = [
		tokens,
		base,
		folds,
		drawing,
		css`
			h2 {
				margin-bottom: 4px;
			}

			[part="picture"] {
				margin-top: 12px;
			}

			.problems {
				display: grid;
				gap: 8px;
				margin: 12px 0;
			}

			.problems li {
				display: flex;
				gap: 8px;
				overflow-wrap: anywhere;
			}

			.problems svg {
				margin-top: 4px;
			}

			.row {
				max-width: none;
				margin-top: 12px;
			}

			details ol {
				display: grid;
				gap: 24px;
				padding-bottom: 12px;
			}
		`,
	];
}

function problems(list: readonly PathProblem[]) {
	if (list.length === 0) return nothing;
	return html`<ul class="problems" aria-label="Why this path is refused">
		${list.map(
			(problem) => html`<li>
				${icon("error")}
				<p><strong>${classTitle(problem.class)}.</strong> ${visible(problem.detail)} <span class="small muted">${problem.rule}</span></p>
			</li>`,
		)}
	</ul>`;
}

function summary(report: Report): string {
	const duplicates = report.served.length - new Set(report.served).size;
	const sent =
		report.served.length === 1
			? "One certificate was presented"
			: `${count(report.served.length, "certificate")} were presented`;
	const twice = duplicates > 0 ? `, ${duplicates} of them more than once` : "";
	return `${sent}${twice}. An arrow leads to the issuer.`;
}

customElements.define("cert-lens-chain", CertLensChain);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-chain": CertLensChain;
	}
}
