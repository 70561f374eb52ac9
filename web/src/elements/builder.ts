import { css, html, LitElement, type TemplateResult } from "lit";
import { base } from "../styles/base.js";
import { tokens } from "../styles/tokens.js";
import { commandBlock, commandBlocks } from "./command.js";

const ways = {
	script: "One script",
	npm: "npm and a bundler",
	frame: "A frame",
};

type Way = keyof typeof ways;

// The attributes that a site is likely to set, what they can be, and which of
// them a frame is told by its page.
const choices: ReadonlyArray<{ name: string; label: string; words?: readonly string[]; hint?: string }> = [
	{ name: "host", label: "For the host", hint: "shop.example.com" },
	{ name: "view", label: "View", words: ["full", "compact", "verdict"] },
	{ name: "profile", label: "Rules", words: ["auto", "webpki", "rfc5280", "smime", "codesign", "private"] },
	{ name: "theme", label: "Colours", words: ["auto", "light", "dark"] },
];

/**
 * Writes what a site needs to show the checker, for the options that are chosen.
 */
export class CertLensBuilder extends LitElement {
	static override properties = {
		address: {},
		integrity: {},
		way: { state: true },
		chosen: { state: true },
	};

	/** Where this page is served, with a slash at the end. */
	declare address: string;
	/** The integrity value of certlens.js. */
	declare integrity: string;
	/** @internal */
	declare way: Way;
	/** @internal */
	declare chosen: Readonly<Record<string, string>>;

	constructor() {
		super();
		this.address = new URL(".", document.baseURI).href;
		this.integrity = "";
		this.way = "script";
		this.chosen = {};
	}

	protected override render() {
		return html`
			<div class="fields">
				<label>
					<span>Way</span>
					<select @change=${(event: Event) => {
						this.way = value(event) as Way;
					}}>
						${Object.entries(ways).map(([way, title]) => html`<option value=${way} ?selected=${way === this.way}>${title}</option>`)}
					</select>
				</label>
				${choices.map(({ name, label, words, hint }) => html`<label><span>${label}</span>${this.#field(name, words, hint)}</label>`)}
			</div>
			${commandBlock(this.#snippet(), "What to write into the page")}
		`;
	}

	#field(name: string, words: readonly string[] | undefined, hint = ""): TemplateResult {
		const choose = (event: Event) => {
			this.chosen = { ...this.chosen, [name]: value(event).trim() };
		};
		return words
			? html`<select @change=${choose}>${words.map((word) => html`<option>${word}</option>`)}</select>`
			: html`<input placeholder=${hint} autocapitalize="off" spellcheck="false" @input=${choose} />`;
	}

	// What differs from the default.
	#given(): [name: string, value: string][] {
		return Object.entries(this.chosen).filter(
			([name, word]) => word !== "" && !choices.some((c) => c.name === name && c.words?.[0] === word),
		);
	}

	#snippet(): string {
		if (this.way === "frame") return this.#frame();
		const attributes = this.#given().map(([name, word]) => ` ${name}="${escaped(word)}"`);
		const tag = markup("cert-lens", attributes.join(""));
		if (this.way === "npm")
			return `npm install certlens\n\n// in a script\nimport "certlens/elements";\n\n<!-- in the page -->\n${tag}`;
		const integrity = this.integrity ? ` integrity="${this.integrity}" crossorigin` : "";
		return `${markup("script", ` type="module" src="${this.address}certlens.js"${integrity}`)}\n${tag}`;
	}

	#frame(): string {
		const options = Object.fromEntries(this.#given());
		const message = JSON.stringify({ certlens: 1, type: "analyze", value: "PEM", ...options });
		const { origin } = new URL(this.address);
		const listen = `
\taddEventListener("message", ({ source, origin, data }) => {
\t\tif (source !== document.getElementById("certlens").contentWindow || origin !== "${origin}") return;
\t\tif (data.type === "ready") source.postMessage(${message.replaceAll("<", "\\u003c")}, origin);
\t\tif (data.type === "height") document.getElementById("certlens").height = data.height;
\t});
`;
		const source = `${this.address}embed.html#origin=https://YOUR.SITE`;
		return `${markup("iframe", ` id="certlens" src="${source}" loading="lazy" width="100%" height="480"`)}
${markup("script", "", listen)}`;
	}

	static override styles = [
		tokens,
		base,
		commandBlocks,
		css`
			.fields {
				display: flex;
				flex-wrap: wrap;
				gap: 8px 16px;
				margin: 8px 0 12px;
			}

			label {
				display: grid;
				gap: 4px;
				font-size: var(--small);
			}
		`,
	];
}

// The tag of a script must not stand in a script that is part of a page.
function markup(name: string, attributes: string, contents = ""): string {
	return `<${name}${attributes}>${contents}</${name}>`;
}

function value(event: Event): string {
	return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

customElements.define("cert-lens-builder", CertLensBuilder);

declare global {
	interface HTMLElementTagNameMap {
		"cert-lens-builder": CertLensBuilder;
	}
}
