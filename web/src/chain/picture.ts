// What the picture of a path shows, before it has a place on the screen: the
// certificates from the leaf to the anchor, what links them, and what is not
// there.

import type { Certificate, Class, Path, PathProblem, Report } from "../engine/report.gen.js";
import { validity } from "../format.js";
import { classTitle, roles, type Tone } from "../words.js";

/** A Node is one box of the picture. */
export interface Node {
	kind: "host" | "certificate" | "missing";
	/** The certificate's id; empty for a box that is none. */
	id: string;
	/** What the box is: "server", "root", "missing". */
	caption: string;
	title: string;
	/** The places in the order in which the certificates were presented, from 1. */
	sent: number[];
	/** What there is to say about it, in a few words. */
	note: string;
	tone: Tone;
	/** The name of the store that trusts it; empty for all but anchors. */
	store: string;
	/** Why the path fails at this box, in sentences. */
	reasons: string[];
}

/** A Link joins a box to the next one. */
export type Link = "issued" | "named" | "broken" | "none";

/** A Picture is a row of boxes; links[i] joins boxes i and i+1. */
export interface Picture {
	nodes: Node[];
	links: Link[];
}

// More boxes than this say nothing to the eye.
const maxNodes = 12;

const wrongName: readonly Class[] = ["hostname_mismatch", "ip_mismatch", "no_san"];
const noIssuer: readonly Class[] = ["missing_intermediate", "unknown_root", "bad_signature"];
const privateRoot: readonly Class[] = ["self_signed", "self_signed_in_chain"];
const badIssuer: readonly Class[] = ["issuer_not_ca", "path_length", "name_constraint"];
const onLink: readonly Class[] = [...wrongName, ...noIssuer, ...privateRoot];

/** pictureOf draws one path of a report. */
export function pictureOf(report: Report, path: Path): Picture {
	const ids = path.certificates.slice(0, maxNodes);
	const nodes = ids.map((id, i) => certificateNode(report, path, id, i === path.certificates.length - 1));
	const links = ids.slice(1).map((id, i) => issuerLink(report, path, ids[i] ?? "", id));
	const end = endNode(report, path);
	if (end) {
		nodes.push(end);
		links.push("broken");
	}
	return withHost(report, path, { nodes, links });
}

/** pictureOfServed draws what was presented, before any path is known. */
export function pictureOfServed(report: Report): Picture {
	const path: Path = { certificates: [], trusted: false, problems: [] };
	const nodes = [...new Set(report.served)].slice(0, maxNodes).map((id) => certificateNode(report, path, id, false));
	return { nodes, links: nodes.slice(1).map(() => "none") };
}

/** unused are the presented certificates that are on no path. */
export function unused(report: Report): Certificate[] {
	const used = new Set(report.paths.flatMap((path) => path.certificates));
	if (used.size === 0) return [];
	const ids = new Set(report.served.filter((id) => !used.has(id)));
	return report.certificates.filter((certificate) => ids.has(certificate.id));
}

/** sentAt are the places at which a certificate was presented, from 1. */
export function sentAt(report: Report, id: string): number[] {
	return report.served.flatMap((served, i) => (served === id ? [i + 1] : []));
}

function certificateNode(report: Report, path: Path, id: string, last: boolean): Node {
	const certificate = report.certificates.find((c) => c.id === id);
	const sent = sentAt(report, id);
	const anchor = last && path.store ? storeTitle(report, path.store) : "";
	const problems = path.problems.filter((problem) => problem.certificate === id);
	const absent = sent.length === 0 && !anchor;
	return {
		kind: absent ? "missing" : "certificate",
		id,
		caption: absent ? "not sent" : (roles[certificate?.role ?? ""] ?? ""),
		title: certificate?.title ?? id.slice(0, 16),
		sent,
		...standing(problems, certificate, report.at),
		store: anchor,
		reasons: problems.map((problem) => problem.detail),
	};
}

// What is wrong with the certificate itself comes before how long it lasts; what
// is wrong with a link shows there.
function standing(
	problems: readonly PathProblem[],
	certificate: Certificate | undefined,
	at: string,
): Pick<Node, "note" | "tone"> {
	if (!certificate) return { note: "", tone: "info" };
	const { text, state } = validity(certificate, at);
	if (state === "expired" || state === "future") return { note: text, tone: "error" };
	const own = problems.find((problem) => !onLink.includes(problem.class));
	if (own) return { note: classTitle(own.class).toLowerCase(), tone: "error" };
	return { note: text, tone: state === "valid" ? "good" : "warning" };
}

// A path that ends without an anchor ends in a box for what is not there.
function endNode(report: Report, path: Path): Node | undefined {
	if (path.store || path.certificates.length > maxNodes) return undefined;
	const last = report.certificates.find((c) => c.id === path.certificates.at(-1));
	if (!last) return undefined;
	const stores = report.stores.map((store) => store.title).join(", ") || "no trust store";
	const own = last.selfSigned || path.problems.some((p) => p.certificate === last.id && privateRoot.includes(p.class));
	if (own) return { ...ghost, caption: "trust store", title: stores, note: "does not hold it" };
	const title = last.issuer.commonName || last.issuer.text || "issuer";
	return { ...ghost, caption: "missing", title, note: "not sent, not known" };
}

const ghost: Node = {
	kind: "missing",
	id: "",
	caption: "",
	title: "",
	sent: [],
	note: "",
	tone: "error",
	store: "",
	reasons: [],
};

function issuerLink(report: Report, path: Path, from: string, to: string): Link {
	const broken = path.problems.some(
		(problem) =>
			(problem.certificate === from && noIssuer.includes(problem.class)) ||
			(problem.certificate === to && badIssuer.includes(problem.class)),
	);
	const last = to === path.certificates.at(-1) && path.store;
	return broken || (!last && !report.served.includes(to)) ? "broken" : "issued";
}

// The host name stands before the leaf, joined to it when the names match.
function withHost(report: Report, path: Path, picture: Picture): Picture {
	if (!report.host || picture.nodes.length === 0) return picture;
	const mismatch = [...path.problems, ...(report.diagnosis?.causes ?? [])].some((problem) =>
		wrongName.includes(problem.class),
	);
	const note = mismatch ? "not among its names" : "among its names";
	const host: Node = {
		...ghost,
		kind: "host",
		caption: "host",
		title: report.host,
		note,
		tone: mismatch ? "error" : "good",
	};
	return { nodes: [host, ...picture.nodes], links: [mismatch ? "broken" : "named", ...picture.links] };
}

function storeTitle(report: Report, store: string): string {
	return report.stores.find((s) => s.name === store)?.title ?? store;
}
