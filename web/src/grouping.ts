// Findings, grouped the way they are read: by severity, then by rule. A rule
// that hits fifty certificates is one entry.

import type { Finding, LintCounts, LintRun } from "./engine/report.gen.js";
import { type Tone, toneOf, tones } from "./words.js";

/** A RuleGroup is one rule with everything that it hit. */
export interface RuleGroup {
	id: string;
	/** The first finding, which speaks for the rule. */
	rule: Finding;
	findings: Finding[];
	/** What was found, when it is the same everywhere. */
	detail: string;
}

/** A ToneGroup is all rules of one severity. */
export interface ToneGroup {
	tone: Tone;
	/** The number of findings, not of rules. */
	count: number;
	rules: RuleGroup[];
}

/** group sorts findings into groups, worst first; order inside stays. */
export function group(findings: readonly Finding[]): ToneGroup[] {
	return tones.flatMap((tone) => {
		const own = findings.filter((finding) => toneOf(finding.severity) === tone);
		return own.length > 0 ? [{ tone, count: own.length, rules: byRule(own) }] : [];
	});
}

function byRule(findings: readonly Finding[]): RuleGroup[] {
	const rules = new Map<string, RuleGroup>();
	for (const finding of findings) {
		const known = rules.get(finding.id);
		if (known) known.findings.push(finding);
		else rules.set(finding.id, { id: finding.id, rule: finding, findings: [finding], detail: "" });
	}
	return [...rules.values()].map((rule) => ({ ...rule, detail: common(rule.findings) }));
}

function common(findings: readonly Finding[]): string {
	const detail = findings[0]?.detail ?? "";
	return findings.every((finding) => (finding.detail ?? "") === detail) ? detail : "";
}

/** total adds up the counts of all runs. */
export function total(runs: readonly LintRun[]): LintCounts {
	const sum: LintCounts = { pass: 0, notApplicable: 0, notEffective: 0, notice: 0, warning: 0, error: 0 };
	for (const { counts } of runs) {
		for (const key of Object.keys(sum) as (keyof LintCounts)[]) sum[key] += counts[key];
	}
	return sum;
}

/** A ProfileGroup is the runs that used one profile for one reason. */
export interface ProfileGroup {
	profile: string;
	reason: string;
	linter: string;
	runs: LintRun[];
}

/** byProfile groups the runs by what was chosen and why. */
export function byProfile(runs: readonly LintRun[]): ProfileGroup[] {
	const groups = new Map<string, ProfileGroup>();
	for (const run of runs) {
		const key = `${run.profile}\n${run.reason}`;
		const known = groups.get(key);
		if (known) known.runs.push(run);
		else groups.set(key, { profile: run.profile, reason: run.reason, linter: run.linter, runs: [run] });
	}
	return [...groups.values()];
}
