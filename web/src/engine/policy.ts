// What a policy (CSP) lacks that kept the engine from starting.

/** onRefusal tells, in page or worker, the line that a policy lacks. Node has none. */
export function onRefusal(tell: (line: string) => void): void {
	globalThis.addEventListener?.("securitypolicyviolation", (event) => {
		const { effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent;
		tell(`${effectiveDirective} ${source(blockedURI)}`);
	});
}

// Browsers tell the kind in place of an address, where there is none.
function source(blocked: string): string {
	if (/^https?:/.test(blocked)) return blocked.startsWith(`${origin}/`) ? "'self'" : new URL(blocked).origin;
	return /eval$/.test(blocked) ? "'wasm-unsafe-eval'" : "blob:";
}
