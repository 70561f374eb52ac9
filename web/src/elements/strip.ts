import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import type { ErrorText, Handshake, Input, Report } from "../engine/report.gen.js";
import { CertificateChosenEvent, EditOpenedEvent, InputClearedEvent } from "../events.js";
import { lines, size } from "../format.js";
import { cut, type Piece } from "../pieces.js";
import { type Attachment, encode } from "../question.js";
import { blank, credentials, reportedKeys } from "../secrets.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, name, shorten, visible } from "../text.js";
import { kindName, programName } from "../words.js";

// The strip shows at most this many pieces; the rest is counted.
const maxPieces = 60;

/**
 * What the paste box becomes after an analysis: what was pasted, in short, with
 * every recognised piece marked where it stood. Private keys do not show.
 *
 * @event edit-opened - The strip was asked to become the box again.
 * @event input-cleared - The clear button was pressed.
 * @event certificate-chosen - The mark of a certificate was followed.
 * @csspart strip - The frame.
 */
export class CertLensStrip extends LitElement {
	static override properties = {
		text: { attribute: false },
		files: { attribute: false },
		handshake: { attribute: false },
		report: { attribute: false },
	};

	declare text: string;
	declare files: readonly Attachment[];
	declare handshake: Handshake | undefined;
	declare report: Report | undefined;

	#pieces: Piece[] = [];

	constructor() {
		super();
		this.text = "";
		this.files = [];
	}

	/** Puts the focus on the edit button. */
	override focus(options?: FocusOptions): void {
		void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".edit")?.focus(options));
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (!changed.has("text") && !changed.has("report")) return;
		this.#pieces =
			this.report && this.text.trim() !== "" ? cutBlanked(this.text, this.report, this.files.length === 0) : [];
	}

	protected override render() {
		return html`
			<div class="strip" part="strip">
				<div class="pasted">
					${this.handshake ? this.#server(this.handshake) : ""}
					${this.report || this.text.trim() === "" ? "" : this.#unread()}
					${this.#pieces.slice(0, maxPieces).map((piece) => this.#piece(piece))}
					${this.#pieces.length > maxPieces ? html`<span class="muted">and ${count(this.#pieces.length - maxPieces, "more piece")}</span>` : ""}
					${this.files.map((file) => this.#file(file))}
				</div>
				<div class="row buttons">
					<button class="edit" @click=${() => this.dispatchEvent(new EditOpenedEvent())}>Edit</button>
					<button @click=${() => this.dispatchEvent(new InputClearedEvent())}>Clear</button>
				</div>
			</div>
		`;
	}

	// Until the engine has told what is a private key, the text does not show.
	#unread(): TemplateResult {
		return html`<span class="file">Pasted text <span class="place">${size(encode(this.text).length)}</span></span>`;
	}

	#piece(piece: Piece): TemplateResult | string {
		const input = this.report?.inputs[piece.input];
		const error = this.report?.errors?.[piece.input - this.report.inputs.length];
		if (error) return this.#error(error, piece);
		if (!input) return this.#gap(piece.text);
		if (piece.inside.length === 0) return this.#mark(input, piece);
		return html`<span class="span">${this.#mark(input, piece)}${piece.inside.map((inner) => this.#piece(inner))}</span>`;
	}

	#error({ client, wrappers = [], where }: ErrorText, { text }: Piece): TemplateResult {
		const [first = ""] = text.trim().split("\n");
		return html`<mark><span class="kind">error of ${programName(wrappers[0] ?? client)}</span> <span class="place">line ${where.line}</span></mark>
			<span class="gap">${visible(shorten(first, 160))}</span>`;
	}

	// Text between the pieces, with its ends alone.
	#gap(text: string): TemplateResult | string {
		const short = credentials(text).replace(/\s+/g, " ").trim();
		return short === "" ? "" : html`<span class="gap">${visible(shorten(short, 64))}</span>`;
	}

	#mark(input: Input, piece: Piece): TemplateResult {
		const index = piece.input;
		const first = input.certificates?.[0];
		const title = `${this.#title(input, index)}`;
		const place = lines(input.where.line, input.where.line + newlines(piece));
		const content = html`<span class="kind">${title}</span> <span class="place">${place}</span>`;
		if (!first)
			return html`<mark class=${input.kind === "unknown" ? "unknown" : ""} title=${input.note ?? ""}>${content}</mark>`;
		return html`<mark><button class="link" @click=${() => this.dispatchEvent(new CertificateChosenEvent(first))}>${content}</button></mark>`;
	}

	#title(input: Input, index: number): string {
		const titles = [...new Set(input.certificates)].map(
			(id) => this.report?.certificates.find((c) => c.id === id)?.title ?? "certificate",
		);
		if (titles.length === 1) return visible(shorten(titles[0] ?? "", 48));
		const what = input.label && input.kind === "pem" ? input.label.toLowerCase() : kindName(input.kind);
		const object = this.report?.objects?.find((o) => o.input === index);
		if (object) return visible(object.title);
		return titles.length > 1 ? `${what}, ${count(titles.length, "certificate")}` : what;
	}

	#server({ host, port, certificates = [] }: Handshake): TemplateResult {
		return html`<span class="file">
			<span>${name(`${host}:${port}`)}</span>
			<span class="place">live, ${count(certificates.length, "certificate")}</span>
		</span>`;
	}

	#file(file: Attachment): TemplateResult {
		const found = this.report?.inputs
			.filter((input) => (input.source ?? "") === file.name)
			.reduce((sum, input) => sum + input.count, 0);
		return html`<span class="file">
			<span>${file.name ? name(file.name) : "Pasted text"}</span>
			<span class="place">${size(file.content.size)}${found === undefined ? "" : `, ${count(found, "object")}`}</span>
		</span>`;
	}

	static override styles = [
		tokens,
		base,
		css`
			.strip {
				display: flex;
				align-items: flex-start;
				gap: 16px;
				padding: 8px 12px;
				border: 1px solid var(--line);
				border-radius: var(--radius);
				background: var(--sunken);
			}

			.pasted {
				display: flex;
				flex: 1;
				flex-wrap: wrap;
				align-items: center;
				gap: 4px 8px;
				min-width: 0;
				max-height: 134px;
				padding: 2px;
				overflow: auto;
				scrollbar-width: thin;
				font-family: var(--mono);
				font-size: var(--small);
			}

			.span {
				display: contents;
			}

			.gap {
				color: var(--muted);
				overflow-wrap: anywhere;
			}

			mark,
			.file {
				padding: 0 8px;
				border: 1px solid var(--line);
				border-inline-start: 3px solid var(--accent);
				border-radius: 3px;
				background: var(--surface);
				color: var(--text);
				line-height: 24px;
				overflow-wrap: anywhere;
			}

			mark.unknown {
				border-inline-start-color: var(--warning);
			}

			mark button.link {
				color: inherit;
				text-decoration: none;
			}

			mark button.link:hover .kind {
				color: var(--accent);
				text-decoration: underline;
			}

			.place {
				color: var(--muted);
			}

			.buttons {
				flex: none;
				gap: 8px;
			}

			@container (max-width: 560px) {
				.strip {
					flex-direction: column;
					gap: 8px;
				}
			}
		`,
	];
}

// Error texts do not say in which source they stood: they are marked where the
// paste is the only one, numbered after the inputs.
function cutBlanked(text: string, report: Report, isOnly: boolean): Piece[] {
	const errors = isOnly ? (report.errors ?? []).map(({ where }) => ({ where })) : [];
	return cut(encode(blank(text, reportedKeys(report))), [...report.inputs, ...errors]);
}

function newlines(piece: Piece): number {
	const own = piece.text.trimEnd().split("\n").length - 1;
	return piece.inside.reduce((sum, inner) => sum + newlines(inner), 0) || own;
}

customElements.define("cert-lens-strip", CertLensStrip);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-strip": CertLensStrip;
	}
}
