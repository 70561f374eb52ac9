import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Report, Scan } from "../engine/report.gen.js";
import { AskCancelledEvent, IssuerAskedEvent, RevocationAskedEvent, ScanAskedEvent } from "../events.js";
import { icon } from "../icons.js";
import { type Ask, missingIssuer, revocable, type Standing, standing } from "../live/asks.js";
import { type Asked, type LiveState, speaksTLS } from "../live/live.js";
import { bars, base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { name, shorten, visible } from "../text.js";

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

	// Each row has a place of its own, so that no button becomes another under the
	// hand of who pressed it.
	protected override render() {
		const { report, live } = this;
		if (!report || !live) return nothing;
		return html`<ul>${this.#issuer(report, live)}${this.#revocation(report, live)}${this.#scan(report, live)}</ul>
			<p class="hidden" role="status">${announcement(report, live)}</p>`;
	}

	#issuer(report: Report, live: LiveState) {
		const ask = missingIssuer(report);
		const came = cameOf(live, "issuer");
		if (!ask) return came === nothing ? nothing : row(label("Missing intermediate"), came);
		return row(
			this.#button(live, "issuer", "Fetch the missing intermediate", () => new IssuerAskedEvent(ask)),
			html`<p class="muted">Sends the certificate of ${name(ask.certificate.title)} to ${live.edge}, which asks ${urls(ask)} for its issuer.</p>${came}`,
		);
	}

	#revocation(report: Report, live: LiveState) {
		const ask = revocable(report);
		const known = standing(report);
		const came = cameOf(live, "revocation");
		const said = html`${known ? findings(known) : nothing}${came}`;
		if (!ask) return known ? row(label("Revocation"), said) : nothing;
		return row(
			this.#button(live, "revocation", "Check revocation", () => new RevocationAskedEvent(ask)),
			html`<p class="muted">Sends the certificate of ${name(ask.certificate.title)} and that of its issuer to ${live.edge}, which asks ${urls(ask)}.</p>${said}`,
		);
	}

	#scan({ handshake, scan }: Report, live: LiveState) {
		if (!handshake || !speaksTLS(handshake)) return nothing;
		const label = scan ? "Scan the server's TLS again" : "Scan the server's TLS";
		return row(
			this.#button(live, "scan", label, () => new ScanAskedEvent()),
			html`<p class="muted">Asks ${live.edge} for some dozens of handshakes with ${name(handshake.host)}, port ${handshake.port}, to see which versions, cipher suites and groups it takes.</p>${cameOf(live, "scan")}`,
		);
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
		bars,
		css`
			li {
				display: grid;
				grid-template-columns: 232px minmax(0, 1fr);
				gap: 4px 16px;
				align-items: baseline;
				padding: 8px 0;
				border-top: 1px solid var(--line);
				font-size: var(--small);
			}

			button {
				justify-self: start;
			}

			button[aria-disabled="true"] {
				border-color: var(--line);
				color: var(--muted);
				cursor: default;
			}

			.about {
				display: grid;
				gap: 4px;
				overflow-wrap: anywhere;
			}

			.finding {
				font-size: var(--normal);
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

function row(left: TemplateResult, right: unknown): TemplateResult {
	return html`<li>${left}<div class="about">${right}</div></li>`;
}

// What stands in place of a button that has nothing left to ask.
function label(text: string): TemplateResult {
	return html`<p class="muted">${text}</p>`;
}

/** cameOf shows how far a question has come, or what came of it. */
function cameOf({ asked, isAsking, trouble, outcome, scan }: LiveState, what: Asked) {
	if (asked !== what) return nothing;
	if (isAsking && what === "scan") return bar(scan);
	const text = isAsking ? "Asking…" : trouble || outcome;
	return text ? html`<p class="said ${trouble ? "error" : ""}" tabindex="-1">${text}</p>` : nothing;
}

function bar({ handshakes = 0, expected = 0 }: Partial<Scan> = {}): TemplateResult {
	const text = expected > 0 ? `${handshakes} of about ${expected} handshakes` : "Scanning";
	return html`<div class="row">
		<progress aria-labelledby="progress" max=${Math.max(expected, handshakes, 1)} value=${handshakes}></progress>
		<span id="progress">${text}</span>
	</div>`;
}

const tones = { revoked: "error", good: "good", unknown: "notice" } as const;

function findings({ certificate, status, said }: Standing): TemplateResult {
	const of = name(certificate.title);
	const sentence = {
		revoked: html`${of} is revoked.`,
		good: html`${of} is not revoked.`,
		unknown: html`It is unknown whether ${of} is revoked.`,
	}[status];
	return html`<p class="finding">${icon(tones[status])} <strong>${sentence}</strong></p>
		${said.map(({ detail }) => html`<p>${visible(detail)}</p>`)}`;
}

// The scan tells itself what it finds, and the field for a server of a handshake.
function announcement(report: Report, { asked, isAsking, trouble, outcome }: LiveState): string {
	if (asked === "handshake" || asked === undefined) return "";
	if (isAsking) return asked === "scan" ? "" : "Asking";
	const said = asked === "revocation" ? (standing(report)?.said ?? []) : [];
	return visible([trouble || outcome, ...said.map(({ detail }) => detail)].join(" "));
}

function urls({ urls: all }: Ask): TemplateResult {
	const shown = all.slice(0, maxURLs);
	const join = (i: number) => (i === 0 ? "" : i === shown.length - 1 ? " or " : ", ");
	return html`${shown.map((url, i) => html`${join(i)}<span class="code">${shorten(visible(url), 200)}</span>`)}`;
}

customElements.define("cert-lens-asks", CertLensAsks);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-asks": CertLensAsks;
	}
}
