import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { end, openAtFirst, pathTo, type Row, visibleRows } from "../asn1/rows.js";
import { fromBase64 } from "../bytes.js";
import type { ASN1 } from "../engine/report.gen.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, shorten, visible, whole } from "../text.js";
import { bringIntoSight, heightOf, inSight, rowHeight, topOf } from "../window.js";
import "./copy.js";
import "./hex.js";
import type { ByteChosenEvent, Range } from "./hex.js";

/** A Decoder gives the ASN.1 tree of some DER. */
export type Decoder = (der: Uint8Array) => Promise<ASN1>;

/**
 * The ASN.1 tree of some DER, and beside it the bytes; the bytes of the chosen
 * node stand out. The arrow keys walk the tree.
 *
 * @csspart tree - The tree.
 * @csspart value - The whole value of the chosen node.
 */
export class CertLensASN1 extends LitElement {
	static override properties = {
		der: { attribute: false },
		decoder: { attribute: false },
		tree: { state: true },
		chosen: { state: true },
		failure: { state: true },
		scrolled: { state: true },
	};

	/** The DER, in base64. */
	declare der: string;
	declare decoder: Decoder | undefined;
	declare tree: ASN1 | undefined;
	declare chosen: ASN1 | undefined;
	declare failure: string;
	declare scrolled: number;

	#bytes = new Uint8Array();
	#open = new Set<ASN1>();
	#rows: Row[] = [];

	constructor() {
		super();
		this.der = "";
		this.failure = "";
		this.scrolled = 0;
	}

	protected override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has("der")) void this.#load();
	}

	async #load(): Promise<void> {
		const { der, decoder } = this;
		this.tree = undefined;
		this.failure = "";
		if (!der || !decoder) return;
		this.#bytes = fromBase64(der);
		try {
			const tree = await decoder(this.#bytes);
			if (this.der === der) this.#show(tree);
		} catch (error) {
			this.failure = error instanceof Error ? error.message : String(error);
		}
	}

	#show(tree: ASN1): void {
		this.#open = openAtFirst(tree);
		this.#rows = visibleRows(tree, this.#open);
		this.tree = tree;
		this.chosen = tree;
	}

	protected override render() {
		if (this.failure) return html`<p class="error">${visible(this.failure)}</p>`;
		const { chosen } = this;
		if (!this.tree || !chosen) return html`<p class="muted">Reading the bytes</p>`;
		const range: Range = { from: chosen.offset, content: chosen.offset + chosen.header, to: end(chosen) };
		return html`<div class="both">
			<p class="small muted legend">Type, offset + header + content length, value</p>
			${this.#tree(chosen)}
			<cert-lens-hex .bytes=${this.#bytes} .range=${range} @byte-chosen=${this.#byteChosen}></cert-lens-hex>
			${this.#value(chosen)}
		</div>`;
	}

	#tree(chosen: ASN1): TemplateResult {
		const [from, to] = inSight(this.#scroller, this.#rows.length);
		const active = this.#rows.findIndex((row) => row.node === chosen);
		return html`<div class="tree code" part="tree" role="tree" tabindex="0" aria-label="ASN.1" aria-activedescendant=${active >= from && active < to ? `row-${active}` : nothing} @keydown=${this.#keyed} @scroll=${this.#scrolledTo}>
			<div class="all" role="presentation" .style=${heightOf(this.#rows.length)}>
				<div role="presentation" .style=${topOf(from)}>${this.#rows.slice(from, to).map((row, i) => this.#row(row, from + i, row.node === chosen))}</div>
			</div>
		</div>`;
	}

	#row({ node, level, position, siblings }: Row, index: number, chosen: boolean): TemplateResult {
		const open = this.#open.has(node);
		const folded = node.children?.length ? (open ? "true" : "false") : nothing;
		return html`<div
			id="row-${index}"
			class="row ${node.error ? "broken" : ""}"
			role="treeitem"
			aria-level=${level}
			aria-posinset=${position}
			aria-setsize=${siblings}
			aria-selected=${chosen ? "true" : "false"}
			aria-expanded=${folded}
			.style=${`padding-inline-start:${8 + Math.min(level - 1, 24) * 14}px`}
			@click=${(event: Event) => this.#clicked(node, event)}
		>
			<span class="fold" aria-hidden="true">${folded === nothing ? "" : open ? "▾" : "▸"}</span>
			<span class="type">${node.type}</span>
			<span class="muted">${node.offset}+${node.header}+${node.length}</span>
			<bdi class="text">${visible(shorten(node.value ?? "", 120))}</bdi>
		</div>`;
	}

	#value(node: ASN1): TemplateResult {
		const { offset, header, length, type } = node;
		return html`<div class="value" part="value">
			<span class="small muted">${type} at ${offset}: ${count(header, "byte")} of header, ${count(length, "byte")} of content${node.encapsulated ? ", read as ASN.1 once more" : ""}</span>
			${node.value ? html`<bdi class="code">${whole(node.value)}</bdi>` : nothing}
			${node.error ? html`<span class="error">${visible(node.error)}</span>` : nothing}
		</div>`;
	}

	get #scroller(): HTMLElement | null {
		return this.renderRoot.querySelector(".tree");
	}

	#scrolledTo = (): void => {
		this.scrolled = Math.floor((this.#scroller?.scrollTop ?? 0) / rowHeight);
	};

	#clicked(node: ASN1, event: Event): void {
		if (node === this.chosen || (event.target as Element).classList.contains("fold"))
			this.#fold(node, !this.#open.has(node));
		this.chosen = node;
	}

	#fold(node: ASN1, open: boolean): void {
		if (!this.tree || !node.children?.length) return;
		if (open) this.#open.add(node);
		else this.#open.delete(node);
		this.#rows = visibleRows(this.tree, this.#open);
		this.requestUpdate();
	}

	#byteChosen = (event: ByteChosenEvent): void => {
		if (!this.tree) return;
		const path = pathTo(this.tree, event.offset);
		for (const node of path.slice(0, -1)) this.#open.add(node);
		this.#rows = visibleRows(this.tree, this.#open);
		this.#choose(this.#rows.findIndex((row) => row.node === path.at(-1)));
	};

	#choose(index: number): void {
		const row = this.#rows[index];
		const scroller = this.#scroller;
		if (!row || !scroller) return;
		this.chosen = row.node;
		this.requestUpdate();
		void this.updateComplete.then(() => bringIntoSight(scroller, index));
	}

	#keyed = (event: KeyboardEvent): void => {
		const index = this.#rows.findIndex((row) => row.node === this.chosen);
		const row = this.#rows[index];
		if (!row) return;
		const open = this.#open.has(row.node);
		const moves: Record<string, () => void> = {
			ArrowDown: () => this.#choose(index + 1),
			ArrowUp: () => this.#choose(index - 1),
			Home: () => this.#choose(0),
			End: () => this.#choose(this.#rows.length - 1),
			ArrowRight: () => (open ? this.#choose(index + 1) : this.#fold(row.node, true)),
			ArrowLeft: () => (open ? this.#fold(row.node, false) : this.#choose(row.parent)),
			Enter: () => this.#fold(row.node, !open),
		};
		const move = moves[event.key];
		if (!move) return;
		event.preventDefault();
		move();
	};

	static override styles = [
		tokens,
		base,
		css`
			.both {
				display: grid;
				grid-template-columns: minmax(0, 1fr) 612px;
				gap: 12px;
			}

			.tree {
				height: 484px;
				overflow: auto;
				border: 1px solid var(--line);
				border-radius: var(--radius);
				background: var(--surface);
			}

			.all {
				position: relative;
				overflow: hidden;
			}

			.row {
				flex-wrap: nowrap;
				gap: 8px;
				height: 22px;
				padding-inline-end: 8px;
				white-space: pre;
				cursor: pointer;
			}

			.row:hover {
				background: var(--sunken);
			}

			.row[aria-selected="true"] {
				background: var(--notice-tint);
				box-shadow: inset 3px 0 var(--accent);
			}

			.row.broken .type {
				color: var(--error);
			}

			.fold {
				flex: none;
				width: 12px;
				color: var(--muted);
			}

			.text {
				overflow: hidden;
				text-overflow: ellipsis;
			}

			.type {
				font-weight: 600;
			}

			.legend {
				grid-column: 1 / -1;
			}

			.value {
				display: grid;
				grid-column: 1 / -1;
				gap: 4px;
				min-height: 48px;
				overflow-wrap: anywhere;
			}

			@container (max-width: 960px) {
				.both {
					grid-template-columns: minmax(0, 1fr);
				}

				.tree {
					height: 330px;
				}
			}
		`,
	];
}

customElements.define("cert-lens-asn1", CertLensASN1);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-asn1": CertLensASN1;
	}
}
