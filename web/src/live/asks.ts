// What the worker could still be asked about a report, and where it would ask.

import type { Certificate, Class, Field, Report, Revocation } from "../engine/report.gen.js";

/** An Ask is one certificate, and the URLs in it that would be asked. */
export interface Ask {
	certificate: Certificate;
	urls: string[];
}

/** A RevocationAsk has the issuer beside the certificate. */
export interface RevocationAsk extends Ask {
	issuer: Certificate;
}

// Object identifiers of RFC 5280, sections 4.2.2.1 and 4.2.1.13.
const authorityInfoAccess = "1.3.6.1.5.5.7.1.1";
const distributionPoints = "2.5.29.31";

const noIssuer: readonly Class[] = ["missing_intermediate", "unknown_root"];

/**
 * missingIssuer is the certificate of the best path whose issuer is not at hand
 * and that says where it is.
 */
export function missingIssuer({ paths, certificates }: Report): Ask | undefined {
	const [path] = paths;
	if (!path || path.store) return undefined;
	const problem = path.problems.find(({ class: failure }) => noIssuer.includes(failure));
	const certificate = certificates.find(({ id }) => id === problem?.certificate);
	if (!certificate || certificate.selfSigned) return undefined;
	const urls = addresses(certificate, authorityInfoAccess, "CA issuers");
	return urls.length > 0 ? { certificate, urls } : undefined;
}

/**
 * revocable is the leaf, where its issuer is at hand, it says where its
 * revocation is told, and nothing of that is known yet.
 */
export function revocable({ paths, certificates, revocations = [] }: Report): RevocationAsk | undefined {
	const [certificate, issuer] = (paths[0]?.certificates ?? []).map((id) => certificates.find((c) => c.id === id));
	if (!certificate || !issuer) return undefined;
	const isKnown = revocations.some((r) => r.certificate === certificate.id && r.verified && r.current);
	const urls = [...addresses(certificate, authorityInfoAccess, "OCSP"), ...addresses(certificate, distributionPoints)];
	return isKnown || urls.length === 0 ? undefined : { certificate, issuer, urls };
}

/** A Standing is what is known of a certificate's revocation, and who said it. */
export interface Standing {
	certificate: Certificate;
	/** "unknown" as well when it is said by who may not, or was long ago. */
	status: "revoked" | "good" | "unknown";
	said: readonly Revocation[];
}

/** standing is that of the leaf; undefined when nothing at hand speaks of its revocation. */
export function standing({ paths, certificates, revocations = [] }: Report): Standing | undefined {
	const certificate = certificates.find(({ id }) => id === paths[0]?.certificates[0]);
	const said = revocations.filter((r) => r.certificate === certificate?.id);
	if (!certificate || said.length === 0) return undefined;
	const is = (status: string) =>
		said.some((r) => r.status === status && r.verified && (r.current || status === "revoked"));
	return { certificate, status: is("revoked") ? "revoked" : is("good") ? "good" : "unknown", said };
}

// The http addresses in an extension, those under a label alone where one is given.
function addresses({ extensions }: Certificate, oid: string, label?: string): string[] {
	const all: string[] = [];
	const collect = (fields: readonly Field[], isWanted: boolean): void => {
		for (const field of fields) {
			const wanted = isWanted || field.label === label;
			if (wanted && /^https?:\/\//i.test(field.value ?? "")) all.push(field.value ?? "");
			collect(field.items ?? [], wanted);
		}
	};
	for (const extension of extensions.filter((e) => e.oid === oid)) collect(extension.fields ?? [], !label);
	return [...new Set(all)];
}
