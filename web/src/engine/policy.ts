// What a policy (CSP) lacks that kept the elements from loading, or the engine
// from starting.

/** A Lack is the first line that was found to be missing from a policy. */
export interface Lack {
	line?: string | undefined;
}

/** lackOf watches, in page or worker, for lines of some directives that the policy
 * lacks. It is told after what failed for it. Node has no policy. */
export function lackOf(directives: RegExp): Lack {
	const lack: Lack = {};
	globalThis.addEventListener?.("securitypolicyviolation", (event) => {
		const { effectiveDirective, blockedURI, originalPolicy, sample } = event as SecurityPolicyViolationEvent;
		// A line for script elements alone would take the place of script-src.
		const directive = effectiveDirective.replace("-elem", "");
		if (!directives.test(directive)) return;
		lack.line ??= `${directive} ${directive === "trusted-types" ? names(originalPolicy, sample) : source(blockedURI)}`;
	});
	return lack;
}

/** lacking says it in words, after what could not be done. */
export function lacking(line: string): string {
	return `the Content-Security-Policy does not allow it. Add to the policy: ${line}`;
}

// A name that is in the list, and yet refused, another script has taken.
function names(policy: string, refused: string): string {
	return `certlens lit-html${policy.includes(` ${refused}`) ? " 'allow-duplicates'" : ""}`;
}

// Browsers tell the kind in place of an address, where there is none.
function source(blocked: string): string {
	if (/^https?:/.test(blocked)) return blocked.startsWith(`${origin}/`) ? "'self'" : new URL(blocked).origin;
	return /eval$/.test(blocked) ? "'wasm-unsafe-eval'" : "blob:";
}
