import { css } from "lit";

/** Where the parts of the checker stand. */
export const checker = css`
:host {
	container-type: inline-size;
}

:host([theme="light"]) {
	color-scheme: light;
}

:host([theme="dark"]) {
	color-scheme: dark;
}

cert-lens-host,
cert-lens-unreached {
	margin-bottom: 16px;
}

.question {
	display: grid;
	grid-template-columns: minmax(0, 1fr) 240px;
	gap: 16px 24px;
	border-radius: var(--radius);
}

.question.collapsed {
	grid-template-columns: minmax(0, 1fr);
}

:host([dragging]) .question {
	outline: 2px dashed var(--accent);
	outline-offset: 6px;
}

p {
	margin-top: 12px;
}

.note {
	max-width: none;
}

.row {
	max-width: none;
	gap: 0 16px;
}

cert-lens-progress {
	margin: 8px 0;
}

p.error,
p.cancelled {
	margin-bottom: 12px;
}

.aside {
	margin-top: -8px;
}

.aside:not(:has(details)) {
	display: none;
}

.aside details {
	display: flex;
	flex-wrap: wrap;
	min-width: 0;
}

.aside summary {
	padding-block: 2px;
	line-height: 20px;
	color: var(--muted);
}

.aside details button {
	margin: 4px 16px 0 0;
}

.aside .fields {
	display: none;
}

@container (max-width: 560px) {
	.aside,
	.aside:not(:has(details)) {
		display: flex;
	}

	.aside .fields {
		display: inline;
	}

	.folded {
		display: none;
	}
}

@container (max-width: 760px) {
	.question {
		grid-template-columns: minmax(0, 1fr);
	}
}

@media print {
	:host {
		color-scheme: light;
	}

	cert-lens-host,
	cert-lens-unreached,
	.question,
	cert-lens-progress {
		display: none;
	}
}
`;
