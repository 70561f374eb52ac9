// Lines for a shell, or of a configuration, to be copied whole.

import { css, html, type TemplateResult } from "lit";
import { visibleLines } from "../text.js";
import "./copy.js";

/** commandBlock shows a command with a button that copies it. */
export function commandBlock(command: string, label: string): TemplateResult {
	return html`<div class="command">
		<pre role="group" tabindex="0" aria-label=${label}>${words(command)}</pre>
		<cert-lens-copy button .value=${command}></cert-lens-copy>
	</div>`;
}

/** words is a command that wraps between its words, and not behind the hyphen of an option. */
export function words(command: string) {
	return visibleLines(command)
		.split(/(\s+)/)
		.map((word) => (/\S/.test(word) ? html`<span>${word}</span>` : word));
}

/** The style of such blocks. */
export const commandBlocks = css`
	.command {
		display: flex;
		align-items: flex-start;
		gap: 8px;
		min-width: 0;
	}

	.command pre {
		flex: 1;
		min-width: 0;
		max-height: 320px;
		padding: 5px 12px;
		overflow: auto;
		border-radius: var(--radius);
		background: var(--sunken);
		white-space: pre-wrap;
		overflow-wrap: anywhere;
		tab-size: 4;
	}

	.command span {
		display: inline-block;
		max-width: 100%;
	}

	.command cert-lens-copy {
		flex: none;
	}

	@media print {
		.command pre {
			max-height: none;
		}
	}
`;
