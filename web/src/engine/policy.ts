// What a policy (CSP) lacks that kept the elements from loading, or the engine
// from starting.

/** onRefusal tells, in page or worker, the line that a policy lacks. Node has none. */
export function onRefusal(tell: (line: string) => void): void {
	globalThis.addEventListener?.("securitypolicyviolation", (event) => {
		const { effectiveDirective, blockedURI, originalPolicy, sample } = event as SecurityPolicyViolationEvent;
		// A line for script elements alone would take the place of script-src.
		const directive = effectiveDirective.replace("-elem", "");
		tell(`${directive} ${directive === "trusted-types" ? names(originalPolicy, sample) : source(blockedURI)}`);
	});
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
