import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Alert, Class, Transcript } from "../engine/report.gen.js";
import { CertificateChosenEvent } from "../events.js";
import { helpLink } from "../help.js";
import { icon } from "../icons.js";
import { base, folds, terms } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, visible } from "../text.js";
import { classTitle, toolName } from "../words.js";

// Lines of one kind that are shown; a transcript can hold thousands.
const maxLines = 50;

/**
 * What a pasted tool run said: the connection, the certificates as the tool
 * listed them, its errors, and statements that cannot both hold.
 *
 * @event certificate-chosen - A listed certificate was followed.
 */
export class CertLensTranscript extends LitElement {
	static override properties = {
		transcript: { attribute: false },
		help: {},
	};

	declare transcript: Transcript | undefined;
	/** Where failures are explained; empty for no links. */
	declare help: string;

	constructor() {
		super();
		this.help = "";
	}

	protected override render() {
		const { transcript: t } = this;
		if (!t) return nothing;
		return html`<details>
			<summary>
				<h2>What ${toolName(t.tool)} said</h2>
				<span class="small muted">${visible(short(t))}</span>
			</summary>
			<div class="contents">${contradictions(t)} ${connection(t)} ${this.#errors(t)} ${this.#chain(t)}</div>
		</details>`;
	}

	#errors(t: Transcript) {
		const lines = [
			...(t.verifyErrors ?? []).map(
				(e) =>
					html`${helpLink(this.help, `openssl/${e.code}`, `Verify error ${e.code}`)}${e.depth >= 0 ? ` at depth ${e.depth}` : ""}: ${visible(e.text)} ${place(e.line)}`,
			),
			...(t.alerts ?? []).map(
				(a) =>
					html`${helpLink(this.help, `alert/${a.number}`, alertName(a))}, ${a.sent ? "sent by the client" : "sent by the server"} ${place(a.line)}`,
			),
			...(t.errors ?? []).map(
				(e) => html`<span class="code">${visible(e.text)}</span>${this.#proven(e.class)} ${place(e.line)}`,
			),
		];
		if (lines.length === 0) return nothing;
		return html`<h3>Errors</h3>
			<ul class="list">${lines.slice(0, maxLines).map((line) => html`<li>${line}</li>`)}</ul>
			${lines.length > maxLines ? html`<p class="small muted">and ${count(lines.length - maxLines, "more line")}</p>` : nothing}`;
	}

	#proven(failure: Class | undefined) {
		return failure ? html` (${helpLink(this.help, failure, classTitle(failure).toLowerCase())})` : nothing;
	}

	#chain({ chain = [], clientCANames = [] }: Transcript) {
		return html`${
			chain.length > 0
				? html`<h3>Certificates as listed</h3>
					<ol class="list">${chain.slice(0, maxLines).map((c) => this.#listed(c))}</ol>`
				: nothing
		}
		${
			clientCANames.length > 0
				? html`<h3>CAs that the server accepts for client certificates</h3>
					<ul class="list code">${clientCANames.slice(0, maxLines).map((ca) => html`<li>${visible(ca)}</li>`)}</ul>`
				: nothing
		}`;
	}

	#listed({ depth, subject, issuer, certificate }: NonNullable<Transcript["chain"]>[number]): TemplateResult {
		const text = html`<span class="muted">${depth}</span> <span class="code">${visible(subject)}</span>`;
		return html`<li>
			${certificate ? html`<button class="link" @click=${() => this.dispatchEvent(new CertificateChosenEvent(certificate))}>${text}</button>` : text}
			<div class="small muted">issued by <span class="code">${visible(issuer)}</span></div>
		</li>`;
	}

	static override styles = [tokens, base, folds, terms];
}

function contradictions({ contradictions: list = [] }: Transcript) {
	return list.map((text) => html`<p>${icon("warning")} ${visible(text)}</p>`);
}

function connection(t: Transcript): TemplateResult {
	const facts: Array<[string, string]> = [
		["Written by", t.flavour ?? ""],
		["Target", t.host ? `${t.host}${t.port ? `:${t.port}` : ""}` : ""],
		["Server name sent", t.sni ?? ""],
		["STARTTLS", t.starttls ?? ""],
		["Protocol", t.protocol ?? ""],
		["Cipher", t.cipher ?? ""],
		["Key exchange", t.group ?? ""],
		["Peer signature", [t.signatureType, t.signatureDigest].filter(Boolean).join(", ")],
		["Server key", t.serverKeyBits ? count(t.serverKeyBits, "bit") : ""],
		["ALPN", t.alpn ?? (t.alpnNone ? "none negotiated" : "")],
		["OCSP staple", t.ocspStaple ?? ""],
		["Certificate", t.noPeerCertificate ? "none was received" : ""],
		["Client certificate", t.clientCertRequested ? "asked for by the server" : ""],
		["Its key", (t.clientCertTypes ?? []).join(", ")],
		["Its signature", (t.clientSignatureAlgorithms ?? []).join(", ")],
		["Verify return code", t.verifyCode >= 0 ? `${t.verifyCode} (${t.verifyText ?? ""})` : ""],
		["Exit code", t.exit ? String(t.exit) : ""],
	];
	const said = facts.filter(([, value]) => value);
	if (said.length === 0)
		return html`<p class="muted">${t.connected ? "Connected, and nothing more." : "It says nothing of the connection."}</p>`;
	return html`<dl class="terms">${said.map(([label, value]) => html`<dt>${label}</dt><dd>${visible(value)}</dd>`)}</dl>`;
}

function alertName({ name, number }: Alert): string {
	return `Alert ${visible(name)} (${number})`;
}

function place(line: number) {
	return line > 0 ? html`<span class="small muted">line ${line}</span>` : nothing;
}

function short(t: Transcript): string {
	const target = t.host ? `${t.host}${t.port ? `:${t.port}` : ""}` : "";
	const code = t.verifyCode >= 0 ? `verify return code ${t.verifyCode}` : "";
	const exit = t.exit ? `exit code ${t.exit}` : "";
	return [target, t.protocol, code, exit].filter(Boolean).join(", ");
}

customElements.define("cert-lens-transcript", CertLensTranscript);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-transcript": CertLensTranscript;
	}
}
