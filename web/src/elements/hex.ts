import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { bringIntoSight, heightOf, inSight, topOf } from "../window.js";

/** A Range is a stretch of bytes: its header, then its content. */
export interface Range {
	from: number;
	content: number;
	to: number;
}

/** A byte of the view was clicked. */
export class ByteChosenEvent extends Event {
	constructor(readonly offset: number) {
		super("byte-chosen", { bubbles: true, composed: true });
	}
}

/**
 * Bytes, sixteen to the row, eight where it is narrow; those of the marked
 * range stand out.
 *
 * @event byte-chosen - A byte was clicked.
 */
export class CertLensHex extends LitElement {
	static override properties = {
		bytes: { attribute: false },
		range: { attribute: false },
		columns: { state: true },
		scrolled: { state: true },
	};

	declare bytes: Uint8Array;
	declare range: Range | undefined;
	declare columns: number;
	declare scrolled: number;

	#observer = new ResizeObserver(([entry]) => {
		this.columns = (entry?.contentRect.width ?? 0) < 590 ? 8 : 16;
	});

	constructor() {
		super();
		this.bytes = new Uint8Array();
		this.columns = 16;
		this.scrolled = 0;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#observer.observe(this);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#observer.disconnect();
	}

	protected override updated(changed: PropertyValues<this>): void {
		const scroller = this.#scroller;
		if (!scroller || !this.range || !(changed.has("range") || changed.has("columns"))) return;
		bringIntoSight(scroller, Math.floor(this.range.from / this.columns));
	}

	protected override render() {
		const rows = Math.ceil(this.bytes.length / this.columns);
		const [from, to] = inSight(this.#scroller, rows);
		return html`<div class="scroller code" tabindex="0" role="group" aria-label="Bytes in hexadecimal" @scroll=${this.#scrolledTo} @click=${this.#clicked}>
			<div class="all" .style=${heightOf(rows)}>
				<div class="some" .style=${topOf(from)}>${Array.from({ length: to - from }, (_, i) => this.#row((from + i) * this.columns))}</div>
			</div>
		</div>`;
	}

	get #scroller(): HTMLElement | null {
		return this.renderRoot.querySelector(".scroller");
	}

	#row(start: number): TemplateResult {
		const bytes = Array.from(this.bytes.subarray(start, start + this.columns));
		const text = bytes.map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : "·")).join("");
		return html`<div class="row">
			<span class="muted">${start.toString(16).padStart(6, "0")}</span>
			<span class="bytes">${bytes.map((byte, i) => this.#byte(byte, start + i))}</span>
			<span class="text muted" aria-hidden="true">${text}</span>
		</div>`;
	}

	#byte(byte: number, offset: number): TemplateResult {
		const marked = this.range && offset >= this.range.from && offset < this.range.to;
		const kind = !marked ? nothing : offset < (this.range?.content ?? 0) ? "header" : "content";
		return html`<span class=${kind} data-offset=${offset}>${byte.toString(16).padStart(2, "0")} </span>`;
	}

	#scrolledTo = (): void => {
		this.scrolled = this.#scroller?.scrollTop ?? 0;
	};

	#clicked = (event: Event): void => {
		const offset = (event.target as HTMLElement).dataset?.offset;
		if (offset) this.dispatchEvent(new ByteChosenEvent(Number(offset)));
	};

	static override styles = [
		tokens,
		base,
		css`
			.scroller {
				height: 484px;
				overflow: auto;
				border: 1px solid var(--line);
				border-radius: var(--radius);
				background: var(--surface);
			}

			.all {
				position: relative;
				min-width: max-content;
				overflow: hidden;
			}

			.row {
				flex-wrap: nowrap;
				gap: 12px;
				height: 22px;
				padding: 0 8px;
				white-space: pre;
			}

			.bytes span {
				display: inline-block;
				line-height: 22px;
				cursor: pointer;
			}

			.header {
				background: var(--accent);
				color: var(--bg);
			}

			.content {
				background: var(--notice-tint);
				color: var(--notice);
			}

			@media (forced-colors: active) {
				.header,
				.content {
					forced-color-adjust: none;
					background: Highlight;
					color: HighlightText;
				}
			}
		`,
	];
}

customElements.define("cert-lens-hex", CertLensHex);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-hex": CertLensHex;
	}
	interface GlobalEventHandlersEventMap {
		"byte-chosen": ByteChosenEvent;
	}
}
