import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { Report, Scan, ScanChain, ScanProfile, ScanStatement } from "../engine/report.gen.js";
import { CertificateChosenEvent } from "../events.js";
import { icon } from "../icons.js";
import { briefly, legend, type Matrix, matrixOf, type Row } from "../live/matrix.js";
import { base, folds, terms } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { count, name, visible } from "../text.js";
import { toneOf } from "../words.js";
import "./copy.js";

// The profile and the server that are shown first.
const firstProfile = "intermediate";

type Facts = Array<[string, unknown]>;

/**
 * How a server speaks TLS, as many handshakes show it: versions, suites in their
 * order, groups, chains, what is obsolete, and how it compares with Mozilla's
 * profiles. While the scan runs, what is known so far.
 *
 * @event certificate-chosen - A certificate of a chain was followed.
 */
export class CertLensScan extends LitElement {
	static override properties = {
		scan: { attribute: false },
		report: { attribute: false },
		running: { type: Boolean },
		profile: { state: true },
		platform: { state: true },
	};

	declare scan: Scan | undefined;
	/** The report that has the certificates of the chains. */
	declare report: Report | undefined;
	declare running: boolean;
	/** The profile that was chosen. */
	declare profile: string;
	/** The program that was chosen for the configuration. */
	declare platform: string;

	constructor() {
		super();
		this.running = false;
		this.profile = firstProfile;
		this.platform = "";
	}

	protected override render() {
		const { scan } = this;
		if (!scan && !this.running) return nothing;
		return html`<details open>
			<summary>
				<h2>Versions and cipher suites</h2>
				<span class="small muted">${scan ? visible(this.#aside(scan)) : "starting"}</span>
			</summary>
			<div class="contents">
				<p class="hidden" role="status">${this.#announcement(scan)}</p>
				${scan ? this.#results(scan) : nothing}
			</div>
		</details>`;
	}

	#aside({ handshakes, vantage }: Scan): string {
		const made = `${this.running ? "so far " : ""}${count(handshakes, "handshake")}`;
		return [made, vantage ? `seen from ${vantage}` : ""].filter(Boolean).join(", ");
	}

	// Versions are told as they are found, and the end; not every handshake.
	#announcement(scan: Scan | undefined): string {
		const found = supported(scan, "yes");
		if (this.running) return found ? `Scanning; found ${found}` : "Scanning";
		return scan?.done
			? `The scan is complete: ${found || "no version of TLS"}`
			: "The scan was ended before it was done";
	}

	#results(scan: Scan): TemplateResult {
		const matrix = matrixOf(scan);
		return html`
			${scan.failure ? html`<p class="error">${visible(scan.failure.detail)}</p>` : nothing}
			${scan.done || this.running ? nothing : html`<p>${icon("warning")} The scan was ended before it was done; what is below is what was found until then.</p>`}
			${described(this.#summary(scan))}
			${matrix.rows.length > 0 ? this.#suites(matrix) : nothing}
			${scan.statements.length > 0 ? this.#statements(scan.statements) : nothing}
			${described(this.#details(scan))}
			${scan.profiles.length > 0 ? this.#profiles(scan.profiles) : nothing}
		`;
	}

	#summary(scan: Scan): Facts {
		return [
			["Offered", supported(scan, "yes")],
			["Not offered", supported(scan, "no")],
			["Not known", notKnown(scan)],
			["Post-quantum", postQuantum(scan)],
		];
	}

	#suites(matrix: Matrix): TemplateResult {
		const { versions, rows } = matrix;
		return html`<table>
			<caption>
				<h3>Cipher suites</h3>
				<span class="small muted">${visible(legend(matrix))}</span>
			</caption>
			<thead>
				<tr>
					<th scope="col">Suite<span class="narrow"> and key exchange</span></th>
					<th scope="col" class="exchange">Key exchange</th>
					${versions.map(({ protocol }) => html`<th scope="col" class="place"><span class="hidden">${protocol}</span><span aria-hidden="true">${briefly(protocol)}</span></th>`)}
				</tr>
			</thead>
			<tbody>
				${rows.map((row) => this.#suite(row))}
			</tbody>
		</table>`;
	}

	#suite({ suite, exchange, places }: Row): TemplateResult {
		const how = exchange || html`<span class="muted">RSA or none</span>`;
		return html`<tr>
			<th scope="row">
				<span class="code">${suite.name.split("_").map((word, i) => (i > 0 ? html`_<wbr />${word}` : word))}</span>
				${suite.weakness ? html`<span class="weakness">${icon(toneOf(suite.severity ?? "info"))} ${visible(suite.weakness)}</span>` : nothing}
				<span class="narrow">${how}</span>
				${suite.openssl && suite.openssl !== suite.name ? html`<span class="code muted openssl">${suite.openssl}</span>` : nothing}
			</th>
			<td class="exchange">${how}</td>
			${places.map((place) => html`<td class="place">${place || html`<span class="muted" aria-label="no">·</span>`}</td>`)}
		</tr>`;
	}

	#statements(statements: readonly ScanStatement[]): TemplateResult {
		return html`<h3>What to know</h3>
			<ul class="statements">
				${statements.map(
					({ severity, title, detail, citation }) => html`<li>
						${icon(toneOf(severity))}
						<div>
							<p>${visible(title)}</p>
							${detail ? html`<p class="small">${visible(detail)}</p>` : nothing}
							<p class="small muted">${visible(citation)}</p>
						</div>
					</li>`,
				)}
			</ul>`;
	}

	#details(scan: Scan): Facts {
		const { namePolicy: names, resumption } = scan;
		return [
			["Groups", scan.groups.length > 0 ? groups(scan) : ""],
			["Certificates", scan.certificates.length > 0 ? this.#chains(scan.certificates) : ""],
			[
				"Server names",
				names ? `without a name: ${policies[names.withoutName]}; an unknown name: ${policies[names.unknownName]}` : "",
			],
			["Resumption", resumption ? resumed(resumption) : ""],
			["Downgrades", yesNo(scan.fallbackSCSV, "refused (TLS_FALLBACK_SCSV)", "not refused (TLS_FALLBACK_SCSV)")],
			["Renegotiation", yesNo(scan.secureRenegotiation, "secure", "not secure (RFC 5746)")],
			["Master secret", yesNo(scan.extendedMasterSecret, "extended", "not extended (RFC 7627)")],
			["Compression", yesNo(scan.compression, "offered, which no server should do (CRIME)", "not offered")],
		];
	}

	#chains(chains: readonly ScanChain[]): TemplateResult {
		return html`<ul class="list">${chains.map((chain) => html`<li>${this.#leaf(chain)} <span class="small muted">${chain.when.map(visible).join(", ")}; ${count(chain.certificates.length, "certificate")}</span></li>`)}</ul>`;
	}

	// A chain is known by its first certificate, which is in the report once the
	// scan has been analyzed.
	#leaf({ certificates: [der] }: ScanChain) {
		const known = this.report?.certificates.find((c) => c.der === der);
		if (!known) return nothing;
		const choose = () => this.dispatchEvent(new CertificateChosenEvent(known.id));
		return html`<button class="link code" @click=${choose}>${name(known.title)}</button>`;
	}

	#profiles(profiles: readonly ScanProfile[]): TemplateResult {
		const chosen = profiles.find((p) => p.name === this.profile) ?? profiles[0];
		return html`<h3>Compared with Mozilla's profiles</h3>
			<ul class="list">
				${profiles.map(({ name: title, meets, differences }) => html`<li>${icon(meets ? "good" : "info")} ${visible(title)}: ${meets ? "met" : count(differences.length, "difference")}</li>`)}
			</ul>
			<div class="row">
				<label for="profile">Profile</label>
				<select id="profile" @change=${this.#profileChosen}>
					${profiles.map(({ name: title }) => html`<option value=${title} .selected=${title === chosen?.name}>${visible(title)}</option>`)}
				</select>
			</div>
			${chosen ? this.#profile(chosen) : nothing}`;
	}

	#profile({ name: title, meets, differences, source, configurations }: ScanProfile): TemplateResult {
		const shown = configurations.find((c) => c.platform === this.platform) ?? configurations[0];
		return html`${meets ? html`<p>The server is as strict as it, or stricter.</p>` : html`<ul class="differences">${differences.map((sentence) => html`<li>${visible(sentence)}</li>`)}</ul>`}
			${
				shown
					? html`<div class="row">
							<label for="platform">Configuration that meets it, for</label>
							<select id="platform" @change=${this.#platformChosen}>
								${configurations.map(({ platform }) => html`<option value=${platform} .selected=${platform === shown.platform}>${visible(platform)}</option>`)}
							</select>
							<cert-lens-copy button label="Copy the configuration" .value=${shown.text}></cert-lens-copy>
						</div>
						<pre role="group" tabindex="0" aria-label="Configuration of ${shown.platform} for the profile ${title}">${shown.text}</pre>`
					: nothing
			}
			<p class="small muted">${visible(source)}</p>`;
	}

	#profileChosen = (event: Event): void => {
		this.profile = (event.target as HTMLSelectElement).value;
	};

	#platformChosen = (event: Event): void => {
		this.platform = (event.target as HTMLSelectElement).value;
	};

	static override styles = [
		tokens,
		base,
		folds,
		terms,
		css`
			h3 {
				margin-top: 12px;
			}

			table {
				width: 100%;
				border-collapse: collapse;
			}

			caption {
				padding-bottom: 4px;
				text-align: start;
			}

			th,
			td {
				padding: 4px 16px 4px 0;
				border-top: 1px solid var(--line);
				font-size: var(--small);
				font-weight: 400;
				text-align: start;
				vertical-align: baseline;
				overflow-wrap: anywhere;
			}

			thead th {
				border-top: 0;
				color: var(--muted);
			}

			tbody tr:last-child > * {
				border-bottom: 1px solid var(--line);
			}

			.place {
				width: 44px;
				padding-inline-end: 0;
				text-align: end;
				overflow-wrap: normal;
				white-space: nowrap;
			}

			.openssl {
				display: block;
			}

			.narrow {
				display: none;
			}

			.weakness {
				white-space: nowrap;
				color: var(--muted);
			}

			.statements > li {
				display: flex;
				gap: 8px;
				padding: 8px 0;
				border-top: 1px solid var(--line);
			}

			.statements div {
				min-width: 0;
				overflow-wrap: anywhere;
			}

			.statements svg {
				margin-top: 3px;
			}

			.differences {
				display: grid;
				gap: 4px;
				max-width: 75ch;
				padding-inline-start: 20px;
				list-style: disc;
				overflow-wrap: anywhere;
			}

			pre {
				max-height: 320px;
				padding: 12px;
				overflow: auto;
				border: 1px solid var(--line);
				border-radius: var(--radius);
				background: var(--sunken);
				white-space: pre;
			}

			@container (max-width: 560px) {
				.openssl,
				.exchange {
					display: none;
				}

				.narrow {
					display: inline;
				}

				tbody .narrow {
					display: block;
					color: var(--muted);
				}

				.place {
					width: 34px;
				}
			}
		`,
	];
}

function described(facts: Facts): TemplateResult | typeof nothing {
	const said = facts.filter(([, value]) => value);
	if (said.length === 0) return nothing;
	return html`<dl class="terms">${said.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;
}

// The versions that are not known, each reason once.
function notKnown({ versions }: Scan): string {
	const unknown = versions.filter((v) => v.supported === "unknown");
	const groups = [...new Set(unknown.map(({ detail = "" }) => detail))].map((reason) => {
		const named = unknown.flatMap(({ protocol, detail = "" }) => (detail === reason ? protocol : []));
		return `${named.join(", ")}${reason ? ` (${visible(reason)})` : ""}`;
	});
	return groups.join("; ");
}

function supported(scan: Scan | undefined, answer: string): string {
	const versions = scan?.versions.filter((v) => v.supported === answer) ?? [];
	return versions.map(({ protocol }) => protocol).join(", ");
}

function postQuantum({ postQuantum: { ready, detail } }: Scan) {
	if (ready === "unknown" && !detail) return "";
	const tone = ready === "yes" ? "good" : ready === "no" ? "notice" : "info";
	const word = { yes: "ready", no: "not ready" }[ready] ?? "not known";
	return html`${icon(tone)} ${word}. ${visible(detail)}`;
}

function groups({ groups: all }: Scan): string {
	return all.map((g) => `${visible(g.name)}${g.postQuantum ? " (post-quantum)" : ""}`).join(", ");
}

const policies: Record<string, string> = {
	same: "the same certificate",
	other: "another certificate",
	refused: "refused",
	unknown: "not known",
};

const resumptions: Record<string, string> = {
	yes: "yes",
	no: "no",
	offered: "offered, and not tried",
	declined: "offered, and not taken back",
	unknown: "not known",
};

function resumed({ tls13, ticket, session }: NonNullable<Scan["resumption"]>): string {
	const ways = [
		["TLS 1.3", tls13],
		["before, by ticket", ticket],
		["before, by session id", session],
	];
	return ways.flatMap(([way, value]) => (value ? [`${way}: ${resumptions[value] ?? value}`] : [])).join("; ");
}

function yesNo(seen: boolean | undefined, yes: string, no: string): string {
	return seen === undefined ? "" : seen ? yes : no;
}

customElements.define("cert-lens-scan", CertLensScan);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-scan": CertLensScan;
	}
}
