import { css, html, LitElement, nothing as none, type TemplateResult } from "lit";
import { sharedEngine } from "../engine/shared.js";
import { isOff, note, noted, onNetwork, switchOff } from "../network.js";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, visible } from "../text.js";

/**
 * A line that counts the requests since the page was loaded, says how to check
 * that, and, where there is a worker to ask, has a switch after which none can be
 * made. It is for the page, and no part of the checker.
 */
export class CertLensSilence extends LitElement {
	static override properties = { probe: {}, since: { state: true } };

	/** Address of a worker's API, as the checker has it. */
	declare probe: string;
	/** When the page was loaded, its engine included; 0 before that. */
	declare since: number;

	#stop = () => {};

	constructor() {
		super();
		this.probe = "";
		this.since = 0;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#stop = onNetwork(() => this.requestUpdate());
		observer.observe({ type: "resource", buffered: true });
		const loaded = () => {
			this.since = performance.timeOrigin + performance.now();
		};
		sharedEngine().ready.then(loaded, loaded);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#stop();
	}

	protected override render() {
		if (this.since === 0) return none;
		const requests = noted(this.since);
		return html`<p>
				<span role="status">${count(requests.length, "request")} since loading${isOff() ? "; the network is switched off until you reload" : ""}</span>
				${this.probe && !isOff() ? html`<button class="link" @click=${switchOff}>Switch the network off</button>` : none}
			</p>
			<details>
				<summary>How to check this</summary>
				<p>Counted is what this browser says (Resource Timing) of the page and of the engine's worker, each request when it ends. Reports, help and examples need none.</p>
				${requests.length > 0 ? html`<ul>${requests.map(row)}</ul>` : none}
				<p>Better than our count is the browser's own: open its developer tools (F12, on a Mac ⌥⌘I), choose Network, and paste something. Or take this machine off the network: all but live servers works the same.</p>
				<p>${this.probe ? online : alone}</p>
			</details>`;
	}

	static override styles = [
		tokens,
		base,
		css`
			:host {
				color: inherit;
				font-size: inherit;
				line-height: inherit;
			}

			:host,
			p:first-child {
				display: flex;
				flex-wrap: wrap;
				gap: 0 12px;
			}

			details[open] {
				flex: 1 0 100%;
			}

			details p {
				margin: 4px 0;
				line-height: 1.5;
			}

			summary {
				cursor: pointer;
			}
		`,
	];
}

const online =
	"Not counted is what the browser does by itself: once it puts the files of this page aside for use without a network, and at a visit it looks for a newer version. Switched off, this page can ask no server at all; the browser refuses it by a policy (connect-src 'none').";
const alone =
	"This file has no server to ask, and no request is allowed to it: the policy is near the top of its source.";

function row({ url, at }: { url: string; at: number }): TemplateResult {
	return html`<li><time>${new Date(at).toLocaleTimeString()}</time> <span class="code">${visible(url)}</span></li>`;
}

// The icon is part of loading, and browsers take their time with it.
function isLoading(url: string): boolean {
	return [...document.querySelectorAll("link")].some(({ href }) => href === url);
}

const observer = new PerformanceObserver((list) => {
	const entries = list.getEntries().filter(({ name }) => !isLoading(name));
	note(entries.map(({ name, startTime }) => ({ url: name, at: performance.timeOrigin + startTime })));
});

customElements.define("cert-lens-silence", CertLensSilence);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-silence": CertLensSilence;
	}
}
