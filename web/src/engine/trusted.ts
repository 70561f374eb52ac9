// What a script may be loaded from, where a policy asks (CSP
// require-trusted-types-for), and what two scripts of one page share.

interface Policy {
	createScriptURL(url: string): string;
}

/** An Early worker was started by the page itself (early.ts). */
export interface Early {
	worker: Worker;
	/** Empty when it was taken over. */
	address: string;
	/** What it said until then. */
	missed: Event[];
	policy: Policy | undefined;
}

export const held = globalThis as {
	certlensEarly?: Early;
	trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
};

/** A policy is made once for a page. */
export let policy = held.certlensEarly?.policy;

/** trusted makes an address one that a script may be loaded from. */
export function trusted(url: string): string {
	const rules = { createScriptURL: (url: string) => url };
	policy ??= held.trustedTypes?.createPolicy("certlens", rules) ?? rules;
	return policy.createScriptURL(url);
}
