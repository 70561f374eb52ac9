// Private keys that were pasted never show: not in the box, not in the strip.
// The box shows a line in their place, and the text that is analysed gets them
// back.

// A block that lost its END line ends where base64 and PEM headers end.
const privateKey =
	/-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----(?:(?:(?!-----)[\s\S])*-----END \1-----|(?:\s+[A-Za-z0-9+/=]{16,}|\s+[\w-]+: [^\n]*)*(?:\s+[A-Za-z0-9+/]{1,15}={0,2}(?=\s|$))?)/g;

const mask = (n: number): string => `[private key ${n}: kept, not shown]`;

/** A Vault remembers the private keys that the box does not show. */
export class Vault {
	#keys: string[] = [];

	/** hide replaces the private keys in some text by a line each. */
	hide(text: string): string {
		return text.replace(privateKey, (block) => {
			const known = this.#keys.indexOf(block);
			if (known >= 0) return mask(known + 1);
			this.#keys.push(block);
			return mask(this.#keys.length);
		});
	}

	/** reveal puts the private keys back, for the analysis alone. */
	reveal(text: string): string {
		return this.#keys.reduce((shown, key, i) => shown.replaceAll(mask(i + 1), () => key), text);
	}

	/** forget drops every key. */
	forget(): void {
		this.#keys = [];
	}
}

/** blank hides private keys in text that is shown and never read back. */
export function blank(text: string): string {
	return text.replace(privateKey, "[private key]");
}
