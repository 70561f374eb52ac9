// The plain facts of a certificate, as labelled values.

import { html, nothing, type TemplateResult } from "lit";
import type { Certificate, GeneralName, Key, Name, Report } from "../engine/report.gen.js";
import { algorithm, colons, moment, validity } from "../format.js";
import { count, grouped, name, visible, whole } from "../text.js";
import { nameTypes, roles } from "../words.js";

/** facts are the subject, issuer, serial, validity, names, key and signature. */
export function facts(certificate: Certificate, at: Report["at"], names: TemplateResult): TemplateResult {
	const { serial, key, signature } = certificate;
	return html`<dl class="terms">
		<dt>Subject</dt>
		<dd>${distinguished(certificate.subject)}</dd>
		<dt>Issuer</dt>
		<dd>${distinguished(certificate.issuer)}</dd>
		<dt>Names</dt>
		<dd>${names}</dd>
		<dt>Valid</dt>
		<dd>${period(certificate, at)}</dd>
		<dt>Purpose</dt>
		<dd>${purpose(certificate)}</dd>
		<dt>Serial number</dt>
		<dd>
			${serial.hex ? html`<cert-lens-copy label="serial number" .value=${serial.hex} .shown=${colons(serial.hex)}></cert-lens-copy>` : unreadable}
			${serial.decimal ? html`<div class="small muted code">${serial.decimal}</div>` : nothing}
		</dd>
		<dt>Key</dt>
		<dd>${keyFacts(key)}</dd>
		<dt>Signature</dt>
		<dd>${visible(signature.algorithm) || unreadable} ${long("Show the signature", signature.value)}</dd>
	</dl>`;
}

const unreadable = html`<span class="muted">unreadable</span>`;

function distinguished({ attributes, text }: Name): TemplateResult {
	if (attributes.length === 0) return html`<span class="muted">${visible(text) || "empty"}</span>`;
	return html`<ul>${attributes.map(
		(attribute, i) => html`<li title="${attribute.oid}, ${attribute.encoding}">
			<span class="muted small" >${attribute.label || attribute.short}${attributes[i - 1]?.rdn === attribute.rdn ? " (same RDN)" : ""}:</span> <bdi>${whole(attribute.value)}</bdi>
		</li>`,
	)}</ul>`;
}

function period(certificate: Certificate, at: Report["at"]): TemplateResult {
	const { notBefore, notAfter, validityDays } = certificate;
	const { text, state } = validity(certificate, at);
	const tone = { valid: "good", soon: "warning", expired: "error", future: "error", unknown: "warning" }[state];
	if (!notBefore && !notAfter) return unreadable;
	return html`${moment(notBefore) || "?"} to ${moment(notAfter) || "?"} <span class="small muted">(${count(validityDays, "day")})</span>
		<span class=${tone}>${text}</span>`;
}

function purpose({ role, validation, version, isCA, selfSigned }: Certificate): string {
	const parts = [
		roles[role] ?? role,
		validation ? `${validation}` : "",
		isCA ? "CA" : "not a CA",
		selfSigned ? "self-signed" : "",
		version ? `X.509 version ${version}` : "",
	];
	return parts.filter(Boolean).join(", ");
}

function keyFacts(key: Key): TemplateResult {
	const exponent = key.exponent ? `, exponent ${grouped(Number(key.exponent))}` : "";
	return html`${visible(algorithm(key))}${key.exponent && key.exponent.length > 12 ? `, exponent ${key.exponent}` : exponent}
		${long(key.modulus ? "Show the modulus" : "Show the key", key.modulus || key.point || "")}`;
}

// Long hexadecimal folds, and is whole when opened.
function long(title: string, hex: string) {
	if (!hex) return nothing;
	return html`<details class="long">
		<summary><span class="title small">${title}</span></summary>
		<cert-lens-copy .value=${hex} .shown=${colons(hex)}></cert-lens-copy>
	</details>`;
}

/** generalName is one alternative name with its kind. */
export function generalName({ type, value, unicode }: GeneralName): TemplateResult {
	const kind = type === "dns" ? nothing : html`<span class="small muted">${nameTypes[type] ?? type}</span> `;
	return html`${kind}<bdi class="code">${whole(value)}</bdi>${unicode ? html` <span class="small muted">(${name(unicode)})</span>` : nothing}`;
}

/** fingerprints are the hashes, each to be copied. */
export function fingerprints({ fingerprints: f }: Certificate): TemplateResult {
	return html`<dl class="terms">
		${hash("SHA-256", f.sha256)} ${hash("SHA-1", f.sha1)} ${f.spki ? hash("Key SHA-256", f.spki) : nothing}
		${f.spkiPin ? html`<dt>Pin for curl</dt><dd><cert-lens-copy label="pin" .value=${f.spkiPin}></cert-lens-copy></dd>` : nothing}
	</dl>`;
}

function hash(label: string, value: string): TemplateResult {
	return html`<dt>${label}</dt><dd><cert-lens-copy .label=${label} .value=${value} .shown=${colons(value)}></cert-lens-copy></dd>`;
}
