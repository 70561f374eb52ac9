import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Report } from "../engine/report.gen.js";
import { AskCancelledEvent, IssuerAskedEvent, RevocationAskedEvent, ScanAskedEvent } from "../events.js";
import { type Ask, missingIssuer, revocable } from "../live/asks.js";
import { type Asked, type LiveState, speaksTLS } from "../live/live.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { name, visible } from "../text.js";

// Addresses of one certificate that are named.
const maxURLs = 3;

/**
 * What can still be asked of the network about a report. Each button stands
 * beside a sentence that says what it sends, and where.
 *
 * @event issuer-asked - The missing intermediate was asked for.
 * @event revocation-asked - The state of revocation was asked for.
 * @event scan-asked - A scan was asked for.
 * @event ask-cancelled - What is being asked was cancelled.
 */
export class CertLensAsks extends LitElement {
	static override properties = {
		report: { attribute: false },
		live: { attribute: false },
	};

	declare report: Report | undefined;
	declare live: LiveState | undefined;

	#hadFocus = false;

	protected override willUpdate(): void {
		this.#hadFocus = this.shadowRoot?.activeElement instanceof HTMLButtonElement;
	}

	// A button that has done its work goes away; the focus stays with what it gave.
	protected override updated(_changed: PropertyValues<this>): void {
		if (this.#hadFocus && !this.shadowRoot?.activeElement)
			this.renderRoot.querySelector<HTMLElement>(".said")?.focus({ preventScroll: true });
	}

	protected override render() {
		const { report, live } = this;
		if (!report || !live) return nothing;
		const asks = [this.#issuer(report, live), this.#revocation(report, live), this.#scan(report, live)];
		return html`<ul>${asks.filter(Boolean).map((ask) => html`<li>${ask}</li>`)}</ul>
			${live.asked === "handshake" ? nothing : said(live)}`;
	}

	#issuer(report: Report, live: LiveState) {
		const ask = missingIssuer(report);
		if (!ask) return undefined;
		return html`${this.#button(live, "issuer", "Fetch the missing intermediate", () => new IssuerAskedEvent(ask))}
			<p class="small muted">Sends the certificate of ${name(ask.certificate.title)} to ${live.edge}, which asks ${urls(ask)} for its issuer.</p>`;
	}

	#revocation(report: Report, live: LiveState) {
		const ask = revocable(report);
		if (!ask) return undefined;
		return html`${this.#button(live, "revocation", "Check revocation", () => new RevocationAskedEvent(ask))}
			<p class="small muted">Sends the certificate of ${name(ask.certificate.title)} and that of its issuer to ${live.edge}, which asks ${urls(ask)}.</p>`;
	}

	#scan({ handshake, scan }: Report, live: LiveState) {
		if (!handshake || !speaksTLS(handshake)) return undefined;
		const label = scan ? "Scan the server's TLS again" : "Scan the server's TLS";
		return html`${this.#button(live, "scan", label, () => new ScanAskedEvent())}
			<p class="small muted">Asks ${live.edge} for some dozens of handshakes with ${name(handshake.host)}, port ${handshake.port}, to see which versions, cipher suites and groups it takes.</p>`;
	}

	// A button stays where it is while its question is open, and then cancels it.
	#button({ asked, isAsking }: LiveState, what: Asked, label: string, event: () => Event): TemplateResult {
		const isOwn = isAsking && asked === what;
		const press = () => {
			if (isOwn) this.dispatchEvent(new AskCancelledEvent());
			else if (!isAsking) this.dispatchEvent(event());
		};
		return html`<button aria-disabled=${isAsking && !isOwn} @click=${press}>${isOwn ? "Cancel" : label}</button>`;
	}

	static override styles = [
		tokens,
		base,
		css`

			li {
				display: grid;
				grid-template-columns: 232px minmax(0, 1fr);
				gap: 4px 16px;
				align-items: baseline;
				padding: 8px 0;
				border-top: 1px solid var(--line);
			}

			button {
				justify-self: start;
			}

			button[aria-disabled="true"] {
				border-color: var(--line);
				color: var(--muted);
				cursor: default;
			}

			p {
				overflow-wrap: anywhere;
			}

			.said {
				padding: 8px 0;
			}

			@container (max-width: 560px) {
				li {
					grid-template-columns: minmax(0, 1fr);
				}
			}

			@media print {
				:host {
					display: none;
				}
			}
		`,
	];
}

function said({ isAsking, trouble, outcome }: LiveState): TemplateResult {
	const text = isAsking ? "Asking…" : trouble || outcome;
	return html`<p class="small ${text ? "said" : "hidden"} ${trouble ? "error" : ""}" role="status" tabindex="-1">${text}</p>`;
}

function urls({ urls: all }: Ask): TemplateResult {
	const shown = all.slice(0, maxURLs);
	const join = (i: number) => (i === 0 ? "" : i === shown.length - 1 ? " or " : ", ");
	return html`${shown.map((url, i) => html`${join(i)}<span class="code">${visible(url)}</span>`)}`;
}

customElements.define("cert-lens-asks", CertLensAsks);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-asks": CertLensAsks;
	}
}
