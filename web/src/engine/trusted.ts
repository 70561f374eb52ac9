// What a script may be loaded from, where a policy asks (CSP
// require-trusted-types-for), and what the scripts of one page share: the page's
// own, and the one inside of it.

interface Policy {
	createScriptURL(url: string): string;
}

interface Held {
	/** A policy is made once for a page. */
	policy?: Policy;
	/** Whether a worker was started, by whichever script came first. */
	started?: boolean;
	/** The worker that was started early (early.ts), until it is taken over. */
	early?: { worker: Worker; address: string; missed: Event[] };
}

const global = globalThis as {
	certlensHeld?: Held;
	trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
};

global.certlensHeld ??= {};
export const held: Held = global.certlensHeld;

/** trusted makes an address one that a script may be loaded from. */
export function trusted(url: string): string {
	const rules = { createScriptURL: (url: string) => url };
	held.policy ??= global.trustedTypes?.createPolicy("certlens", rules) ?? rules;
	return held.policy.createScriptURL(url);
}
