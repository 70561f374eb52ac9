import { css } from "lit";

/** What every element shares: type, links, controls, folds, hidden text. */
export const base = css`
*,
*::before,
*::after {
	box-sizing: border-box;
}

h2,
h3,
h4,
p,
ul,
ol,
dl,
dd,
pre,
figure {
	margin: 0;
	padding: 0;
}

h2 {
	font-size: var(--large);
	font-weight: 600;
	line-height: 1.35;
}

h3 {
	font-size: var(--normal);
	font-weight: 600;
}

h4 {
	font-size: var(--small);
	font-weight: 600;
}

ul,
ol {
	list-style: none;
}

p {
	max-width: 75ch;
}

p,
h2 {
	text-wrap: pretty;
}

code,
pre,
.code {
	font-family: var(--mono);
	font-size: var(--small);
	overflow-wrap: anywhere;
}

a,
button.link {
	color: var(--accent);
	text-decoration: underline;
	text-decoration-thickness: 1px;
	text-underline-offset: 3px;
}

a:hover,
button.link:hover {
	text-decoration-thickness: 2px;
}

button,
input,
select,
textarea {
	color: inherit;
	font: inherit;
}

button {
	padding: 4px 12px;
	border: 1px solid var(--edge);
	border-radius: var(--radius);
	background: var(--surface);
	font-size: var(--small);
	line-height: 20px;
	cursor: pointer;
}

button:hover {
	border-color: var(--accent);
	color: var(--accent);
}

button.main {
	border-color: var(--accent);
	background: var(--accent);
	color: var(--bg);
}

button.main:hover {
	border-color: var(--text);
}

button.link {
	min-height: 24px;
	padding: 0;
	border: 0;
	background: none;
	font-size: inherit;
	line-height: inherit;
	text-align: start;
}

button:disabled {
	border-color: var(--line);
	background: none;
	color: var(--muted);
	cursor: default;
}

input,
select {
	height: 30px;
	padding: 0 8px;
	border: 1px solid var(--edge);
	border-radius: var(--radius);
	background: var(--surface);
	color: var(--text);
	font-size: var(--small);
}

::placeholder {
	color: var(--muted);
	opacity: 1;
}

:focus-visible,
input:focus-within {
	outline: 2px solid var(--accent);
	outline-offset: 2px;
}

label {
	color: var(--muted);
	font-size: var(--small);
}

.muted {
	color: var(--muted);
}

.small,
button.link.small,
button.link.code {
	font-size: var(--small);
}

.row {
	display: flex;
	flex-wrap: wrap;
	align-items: center;
	gap: 8px 12px;
}

.hidden {
	position: absolute;
	width: 1px;
	height: 1px;
	margin: -1px;
	overflow: hidden;
	clip-path: inset(50%);
	white-space: nowrap;
}

svg.icon {
	flex: none;
	width: 16px;
	height: 16px;
	vertical-align: -3px;
}

.error {
	color: var(--error);
}

.warning {
	color: var(--warning);
}

.notice {
	color: var(--notice);
}

.info {
	color: var(--info);
}

.good {
	color: var(--good);
}

@media (prefers-reduced-motion: no-preference) {
	button,
	a {
		transition:
			color 100ms,
			border-color 100ms;
	}
}

@media (forced-colors: active) {
	button.main {
		background: ButtonFace;
		color: ButtonText;
	}
}
`;

/** A fold: a summary that looks like a heading with a count beside it. */
export const folds = css`
summary {
	display: flex;
	flex-wrap: wrap;
	align-items: baseline;
	gap: 4px 12px;
	padding: 12px 0 12px 24px;
	list-style: none;
	cursor: pointer;
}

summary > span {
	min-width: 0;
	overflow-wrap: anywhere;
}

summary::-webkit-details-marker {
	display: none;
}

/* Beside the first line, however many there are. */
summary::before {
	position: absolute;
	width: 7px;
	height: 7px;
	margin: 0.55em 0 0 -23px;
	border: solid var(--muted);
	border-width: 0 1.5px 1.5px 0;
	transform: rotate(-45deg);
	content: "";
}

details[open] > summary::before {
	transform: translateY(-2px) rotate(45deg);
}

summary:hover h2,
summary:hover h3,
summary:hover .title {
	color: var(--accent);
}

summary:focus-visible {
	border-radius: var(--radius);
}

.contents {
	display: grid;
	grid-template-columns: minmax(0, 1fr);
	gap: 12px;
	padding-bottom: 16px;
}

@media (prefers-reduced-motion: no-preference) {
	summary::before {
		transition: transform 100ms;
	}
}
`;

/** A bar that shows how far something has come. */
export const bars = css`
progress {
	flex: 1;
	max-width: 320px;
	height: 4px;
	border: 0;
	border-radius: 2px;
	background: var(--line);
	appearance: none;
}

progress::-webkit-progress-bar {
	border-radius: 2px;
	background: var(--line);
}

progress::-webkit-progress-value {
	border-radius: 2px;
	background: var(--accent);
}

progress::-moz-progress-bar {
	border-radius: 2px;
	background: var(--accent);
}

@media (forced-colors: active) {
	progress {
		forced-color-adjust: none;
		background: CanvasText;
	}

	progress::-webkit-progress-value {
		background: Highlight;
	}
}
`;

/** Labelled values, in a list of terms that stacks where it is narrow; and values without labels. */
export const terms = css`
dl.terms {
	display: grid;
	grid-template-columns: minmax(110px, 164px) minmax(0, 1fr);
	gap: 4px 16px;
}

dl.terms > dt {
	color: var(--muted);
	font-size: var(--small);
	line-height: 22px;
}

/* Several values of one term stand below each other. */
dl.terms > dd {
	grid-column: -2;
	min-width: 0;
	overflow-wrap: anywhere;
}

.list {
	display: grid;
	gap: 4px;
	overflow-wrap: anywhere;
}

/* What unfolds in a list of objects, below its title. */
.details {
	display: grid;
	gap: 12px;
	padding: 4px 0 24px 24px;
	overflow-wrap: anywhere;
}

@container (max-width: 560px) {
	dl.terms {
		grid-template-columns: minmax(0, 1fr);
		gap: 0;
	}

	dl.terms > dd + dt {
		margin-top: 8px;
	}

	.details {
		padding-inline-start: 0;
	}
}
`;
