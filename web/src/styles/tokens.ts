import { css } from "lit";

/**
 * The palette, the type and the spacing of every element. A page can override
 * a colour by the custom property of the same name with the prefix certlens,
 * as in --certlens-accent. Whether colours are light or dark goes by the CSS
 * property color-scheme, which an element inherits from the page around it.
 */
export const tokens = css`
:host {
	--bg: var(--certlens-bg, light-dark(#fcfcfb, #131517));
	--surface: var(--certlens-surface, light-dark(#ffffff, #1a1d20));
	--sunken: var(--certlens-sunken, light-dark(#f3f3f1, #1f2327));
	--text: var(--certlens-text, light-dark(#1b1d20, #e5e7ea));
	--muted: var(--certlens-muted, light-dark(#5a6068, #a0a7ae));
	--line: var(--certlens-line, light-dark(#dddedf, #30353a));
	--edge: var(--certlens-edge, light-dark(#82888f, #767e86));
	--accent: var(--certlens-accent, light-dark(#0b5aa8, #82b6f2));
	--error: var(--certlens-error, light-dark(#b3201a, #ff9088));
	--error-tint: var(--certlens-error-tint, light-dark(#fcefee, #2e1a19));
	--warning: var(--certlens-warning, light-dark(#855300, #e8b654));
	--warning-tint: var(--certlens-warning-tint, light-dark(#fbf3e2, #2a2214));
	--notice: var(--certlens-notice, light-dark(#5c3fb2, #bba7ff));
	--notice-tint: var(--certlens-notice-tint, light-dark(#f3f0fb, #221e33));
	--info: var(--certlens-info, light-dark(#4d545c, #b3bac1));
	--good: var(--certlens-good, light-dark(#14693a, #7dd295));
	--good-tint: var(--certlens-good-tint, light-dark(#ebf5ee, #16261c));

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

:host([hidden]) {
	display: none;
}
`;
