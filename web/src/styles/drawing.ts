import { css } from "lit";

/** The lines and letters of the chain picture. */
export const drawing = css`
svg.picture {
	display: block;
	max-width: 100%;
	overflow: visible;
}

.picture text {
	fill: var(--text);
	font: var(--small) var(--sans);
	unicode-bidi: isolate;
}

.picture text.caption {
	fill: var(--muted);
}

.picture text.name {
	font-family: var(--mono);
	font-weight: 600;
}

.picture text.error {
	fill: var(--error);
}

.picture text.warning {
	fill: var(--warning);
}

.picture text.number {
	font-weight: 600;
}

.picture .box {
	fill: var(--surface);
	stroke: var(--edge);
}

.picture .box.host {
	fill: var(--sunken);
	stroke: var(--line);
}

.picture .box.error {
	stroke: var(--error);
	stroke-width: 1.5;
}

.picture .box.missing {
	fill: none;
	stroke: var(--error);
	stroke-dasharray: 6 4;
	stroke-width: 1.5;
}

.picture .badge {
	fill: var(--sunken);
	stroke: var(--edge);
}

.picture .line {
	fill: none;
	stroke: var(--edge);
	stroke-width: 1.5;
}

.picture .line.broken {
	stroke: var(--error);
	stroke-dasharray: 4 3;
}

.picture .cross {
	fill: none;
	stroke: var(--error);
	stroke-width: 2.5;
}

.picture .node {
	cursor: pointer;
	outline: none;
}

.picture .node:hover .box {
	fill: var(--sunken);
}

.picture .node:focus-visible .box {
	stroke: var(--accent);
	stroke-width: 3;
}

@media (forced-colors: active) {
	.picture text,
	.picture text.caption,
	.picture text.error {
		fill: CanvasText;
	}

	.picture .box,
	.picture .badge {
		fill: Canvas;
		stroke: CanvasText;
	}

	.picture .line,
	.picture .cross {
		stroke: CanvasText;
	}

	.picture .node:focus-visible .box {
		stroke: Highlight;
	}
}
`;
