import { css } from "lit";

/**
 * The palette, the type and the spacing of every element. A page can override
 * a colour by the custom property of the same name with the prefix certlens,
 * as in --certlens-accent.
 */
export const tokens = css`
:host {
	--bg: var(--certlens-bg, #fcfcfb);
	--surface: var(--certlens-surface, #ffffff);
	--sunken: var(--certlens-sunken, #f3f3f1);
	--text: var(--certlens-text, #1b1d20);
	--muted: var(--certlens-muted, #5a6068);
	--line: var(--certlens-line, #dddedf);
	--edge: var(--certlens-edge, #82888f);
	--accent: var(--certlens-accent, #0b5aa8);
	--error: var(--certlens-error, #b3201a);
	--error-tint: var(--certlens-error-tint, #fcefee);
	--warning: var(--certlens-warning, #855300);
	--warning-tint: var(--certlens-warning-tint, #fbf3e2);
	--notice: var(--certlens-notice, #5c3fb2);
	--notice-tint: var(--certlens-notice-tint, #f3f0fb);
	--info: var(--certlens-info, #4d545c);
	--good: var(--certlens-good, #14693a);
	--good-tint: var(--certlens-good-tint, #ebf5ee);

	--sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
	--mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
	--small: 13px;
	--normal: 15px;
	--large: 18px;
	--huge: 24px;
	--radius: 6px;

	display: block;
	color: var(--text);
	font: var(--normal) / 1.5 var(--sans);
	font-variant-numeric: tabular-nums;
}

@media (prefers-color-scheme: dark) {
	:host {
		--bg: var(--certlens-bg, #131517);
		--surface: var(--certlens-surface, #1a1d20);
		--sunken: var(--certlens-sunken, #1f2327);
		--text: var(--certlens-text, #e5e7ea);
		--muted: var(--certlens-muted, #a0a7ae);
		--line: var(--certlens-line, #30353a);
		--edge: var(--certlens-edge, #767e86);
		--accent: var(--certlens-accent, #82b6f2);
		--error: var(--certlens-error, #ff9088);
		--error-tint: var(--certlens-error-tint, #2e1a19);
		--warning: var(--certlens-warning, #e8b654);
		--warning-tint: var(--certlens-warning-tint, #2a2214);
		--notice: var(--certlens-notice, #bba7ff);
		--notice-tint: var(--certlens-notice-tint, #221e33);
		--info: var(--certlens-info, #b3bac1);
		--good: var(--certlens-good, #7dd295);
		--good-tint: var(--certlens-good-tint, #16261c);
	}
}

:host([hidden]) {
	display: none;
}
`;
