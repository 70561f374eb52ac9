package chain

// A chainCase is one chain, and what three verifiers say about it.
type chainCase struct {
	name string
	// certs are specs for a forge. The leaf is the last; those with the word
	// "anchor" are trusted and not served, those with "absent" are not at hand;
	// the others are served in reverse order.
	certs []string
	host  string
	// ours is "trusted", or the problems of the best path as class@certificate.
	ours string
	// golang and openssl are "ok" or "no"; OpenSSL runs at security level 2, as
	// Debian's and Ubuntu's clients do.
	golang, openssl string
	// why explains verdicts that differ.
	why string
}

const (
	root = "Root ca ku sign anchor"
	int1 = "Int by Root ca ku sign"
	leaf = "leaf by Int dns www.example.com eku server ku digital"
	host = "www.example.com"
)

// chains are the chains. What no one disputes comes first in each group.
var chains = []chainCase{
	// Chains that are in order.
	{"good", []string{root, int1, leaf}, host, "trusted", "ok", "ok", ""},
	{"no host asked", []string{root, int1, leaf}, "", "trusted", "ok", "ok", ""},
	{"issued by the root", []string{root, "leaf by Root dns www.example.com"}, host, "trusted", "ok", "ok", ""},
	{"the server's own certificate is trusted", []string{"leaf anchor dns www.example.com ku digital notca"}, host, "trusted", "ok", "ok", ""},
	{"a trusted self-signed CA as server", []string{"leaf anchor ca dns www.example.com"}, host, "trusted", "ok", "ok", ""},
	{"intermediate as anchor", []string{"Root ca absent", "Int by Root ca anchor", leaf}, host, "trusted", "ok", "ok", ""},
	{"P-384 and P-521", []string{"Root ca anchor key p521", "Int by Root ca key p384", leaf}, host, "trusted", "ok", "ok", ""},
	{"Ed25519", []string{"Root ca anchor key ed25519", "leaf by Root dns www.example.com key ed25519"}, host, "trusted", "ok", "ok", ""},
	{"RSA", []string{"Root ca anchor key rsa2048", "leaf by Root dns www.example.com key rsa2048"}, host, "trusted", "ok", "ok", ""},
	{"wrong key identifier, right signature", []string{root, int1, leaf + " badaki"}, host, "trusted", "ok", "no", "OpenSSL takes no issuer whose key identifier differs"},
	{"no key identifiers", []string{"Root ca noski anchor", "Int by Root ca noski", leaf}, host, "trusted", "ok", "ok", ""},
	{"CA without key usage", []string{"Root ca anchor", "Int by Root ca", leaf}, host, "trusted", "ok", "ok", ""},
	{"version 1 root", []string{"Root version 1 anchor", "leaf by Root dns www.example.com"}, host, "trusted", "ok", "ok", ""},

	// Time.
	{"expired", []string{root, int1, leaf + " to 2026-11-19"}, host, "expired@leaf", "no", "no", ""},
	{"not yet valid", []string{root, int1, leaf + " from 2026-11-21"}, host, "not_yet_valid@leaf", "no", "no", ""},
	{"last second", []string{root, int1, leaf + " to 2026-11-20T12:00:00Z"}, host, "trusted", "ok", "no", "OpenSSL counts the second of notAfter as expired, although RFC 5280 says inclusive"},
	{"first second", []string{root, int1, leaf + " from 2026-11-20T12:00:00Z"}, host, "trusted", "ok", "ok", ""},
	{"one second too late", []string{root, int1, leaf + " to 2026-11-20T11:59:59Z"}, host, "expired@leaf", "no", "no", ""},
	{"expired intermediate", []string{root, int1 + " to 2026-11-19", leaf}, host, "expired_intermediate@Int", "no", "no", ""},
	{"expired root", []string{root + " to 2026-11-19", int1, leaf}, host, "expired_root@Root", "no", "no", ""},
	{"all expired", []string{root + " to 2026-11-19", int1 + " to 2026-11-18", leaf + " to 2026-11-17"}, host,
		"expired@leaf expired_intermediate@Int expired_root@Root", "no", "no", ""},

	// No way to an anchor.
	{"self-signed", []string{"leaf dns www.example.com"}, host, "self_signed@leaf", "no", "no", ""},
	{"self-signed CA as server", []string{"leaf ca dns www.example.com"}, host, "wrong_purpose@leaf self_signed@leaf", "no", "no", ""},
	{"unknown root, sent", []string{"Root ca", int1, leaf}, host, "self_signed_in_chain@Root", "no", "no", ""},
	{"unknown root, not sent", []string{"Root ca absent", int1, leaf}, host, "unknown_root@Int", "no", "no", ""},
	{"unknown root of a public CA, which no public store was asked about", []string{"Root ca absent", int1 + " url", leaf + " public"}, host, "unknown_root@Int", "no", "no", ""},
	{"missing intermediate", []string{root, int1 + " absent", leaf}, host, "missing_intermediate@leaf", "no", "no", ""},
	{"another key under the issuer's name", []string{root, int1 + " absent", "Int2 by Root like Int ca", leaf}, host, "missing_intermediate@leaf", "no", "no", ""},
	{"another anchor under the root's name", []string{"Root ca absent", "Root2 ca like Root anchor", int1, leaf}, host, "unknown_root@Int", "no", "no", ""},
	{"circle", []string{"A ca absent", "B by A ca absent", "A2 by B ca like A keyof A", "B2 by A ca like B keyof B", "leaf by A dns www.example.com"}, host, "unknown_root@B2", "no", "no", ""},

	// Signatures and keys.
	{"altered leaf", []string{root, int1, leaf + " badsig"}, host, "bad_signature@leaf", "no", "no", ""},
	{"altered intermediate", []string{root, int1 + " badsig", leaf}, host, "bad_signature@Int", "no", "no", ""},
	{"altered root", []string{root + " badsig", int1, leaf}, host, "trusted", "ok", "ok", ""},
	{"SHA-1 leaf", []string{"Root ca anchor key rsa2048", "leaf by Root dns www.example.com sig sha1"}, host, "weak_signature@leaf", "no", "no", ""},
	{"MD5 leaf", []string{"Root ca anchor key rsa2048", "leaf by Root dns www.example.com sig md5"}, host, "weak_signature@leaf", "no", "no", ""},
	{"SHA-1 intermediate", []string{root, int1 + " sig sha1", leaf}, host, "weak_signature@Int", "no", "no", ""},
	{"SHA-1 root", []string{root + " sig sha1", int1, leaf}, host, "trusted", "ok", "ok", ""},
	{"RSA-1024 leaf", []string{root, int1, leaf + " key rsa1024"}, host, "weak_key@leaf", "ok", "no", "Go does not look at the size of a leaf's key here"},
	{"RSA-1024 root", []string{"Root ca anchor key rsa1024", "leaf by Root dns www.example.com"}, host, "weak_key@Root", "ok", "no", "Go takes RSA keys from 1024 bits"},
	{"P-224 leaf", []string{root, int1, leaf + " key p224"}, host, "weak_key@leaf", "ok", "ok", "browsers refuse P-224"},

	// What a CA may do.
	{"intermediate without basic constraints", []string{root, "Int by Root ku sign", leaf}, host, "issuer_not_ca@Int", "no", "no", ""},
	{"intermediate that says it is no CA", []string{root, "Int by Root notca", leaf}, host, "issuer_not_ca@Int", "no", "no", ""},
	{"intermediate that must not sign", []string{root, "Int by Root ca ku digital+crl", leaf}, host, "issuer_not_ca@Int", "no", "no", ""},
	{"version 1 intermediate", []string{root, "Int by Root version 1", leaf}, host, "issuer_not_ca@Int", "no", "no", ""},
	{"root without basic constraints", []string{"Root anchor", int1, leaf}, host, "issuer_not_ca@Root", "no", "no", ""},
	{"leaf issues a leaf", []string{root, int1, "other by Int dns other.example.com", "leaf by other dns www.example.com"}, host, "issuer_not_ca@other", "no", "no", ""},
	{"path length 0, one below", []string{"Root ca anchor pathlen 0", int1, leaf}, host, "path_length@Root", "no", "no", ""},
	{"path length 1, one below", []string{"Root ca anchor pathlen 1", int1, leaf}, host, "trusted", "ok", "ok", ""},
	{"path length and a self-issued CA", []string{"Root ca anchor pathlen 1", int1, "Int2 by Int like Int ca", "leaf by Int2 dns www.example.com"}, host, "trusted", "no", "ok", "Go counts self-issued CAs"},
	{"CA as a server's leaf", []string{root, "leaf by Root ca dns www.example.com"}, host, "wrong_purpose@leaf", "ok", "ok", "Firefox refuses it"},

	// Purposes.
	{"client certificate, no host", []string{root, int1, "leaf by Int eku client email a@example.com"}, "", "trusted", "ok", "ok", ""},
	{"client certificate as server", []string{root, int1, "leaf by Int eku client dns www.example.com"}, host, "wrong_purpose@leaf", "no", "no", ""},
	{"e-mail CA", []string{root, "Int by Root ca eku email", leaf}, host, "wrong_purpose@Int", "no", "no", ""},
	{"any usage", []string{root, int1, "leaf by Int eku any dns www.example.com"}, host, "wrong_purpose@leaf", "ok", "no", "Go takes any usage for server authentication"},
	{"any usage and server", []string{root, int1, "leaf by Int eku any+server dns www.example.com"}, host, "trusted", "ok", "ok", ""},
	{"any usage on the CA", []string{root, "Int by Root ca eku any", leaf}, host, "wrong_purpose@Int", "ok", "no", "Go takes any usage for server authentication"},
	{"any usage on the root", []string{"Root ca eku any anchor", int1, leaf}, host, "wrong_purpose@Root", "ok", "no", "Go does not look at the usages of a root"},
	{"any usage and client on the CA", []string{root, "Int by Root ca eku any+client", "leaf by Int eku client email a@example.com"}, "", "trusted", "ok", "ok", ""},
	{"any usage on the CA of a client", []string{root, "Int by Root ca eku any", "leaf by Int eku client email a@example.com"}, "", "wrong_purpose@Int", "ok", "no", "Go takes any usage for client authentication"},
	{"any usage on the CA of e-mail", []string{root, "Int by Root ca eku any", "leaf by Int eku email email a@example.com"}, "", "wrong_purpose@Int", "ok", "no", "Go takes any usage for e-mail"},
	{"any usage on the CA of code signing", []string{root, "Int by Root ca eku any", "leaf by Int eku code"}, "", "trusted", "ok", "ok", ""},
	{"client that must not sign", []string{root, int1, "leaf by Int eku client ku encipher email a@example.com"}, "", "wrong_purpose@leaf", "ok", "no", "Go does not look at the key usage of a leaf"},
	{"e-mail without a use for it", []string{root, int1, "leaf by Int eku email ku crl email a@example.com"}, "", "wrong_purpose@leaf", "ok", "no", "Go does not look at the key usage of a leaf"},
	{"e-mail for signing alone", []string{root, int1, "leaf by Int eku email ku digital email a@example.com"}, "", "trusted", "ok", "ok", ""},
	{"code signing", []string{root, int1, "leaf by Int eku code ku digital"}, "", "trusted", "ok", "ok", ""},
	{"code signing without signing", []string{root, int1, "leaf by Int eku code ku encipher"}, "", "wrong_purpose@leaf", "ok", "ok", "neither looks at the key usage; RFC 5280 wants it consistent with the purpose"},
	{"time stamping", []string{root, int1, "leaf by Int eku time critical 37 ku digital"}, "", "trusted", "ok", "ok", ""},
	{"time stamping, not critical", []string{root, int1, "leaf by Int eku time ku digital"}, "", "wrong_purpose@leaf", "ok", "no", "Go does not know RFC 3161"},
	{"time stamping and OCSP", []string{root, int1, "leaf by Int eku time+ocsp critical 37 ku digital"}, "", "wrong_purpose@leaf", "ok", "no", "Go does not know RFC 3161"},
	{"time stamping without signing", []string{root, int1, "leaf by Int eku time critical 37 ku encipher"}, "", "wrong_purpose@leaf", "ok", "no", "Go does not know RFC 3161"},
	{"EC server key for encipherment alone", []string{root, int1, "leaf by Int dns www.example.com ku encipher"}, host, "wrong_purpose@leaf", "ok", "ok", "Chrome refuses it, and TLS 1.3 does; path validation alone does not ask"},
	{"Ed25519 server key for agreement alone", []string{root, int1, "leaf by Int dns www.example.com key ed25519 ku agree"}, host, "wrong_purpose@leaf", "ok", "ok", "TLS 1.3 refuses it; path validation alone does not ask"},
	{"RSA server key for encipherment alone", []string{root, int1, "leaf by Int dns www.example.com key rsa2048 ku encipher"}, host, "trusted", "ok", "ok", ""},
	{"no usage at all", []string{root, int1, "leaf by Int eku none dns www.example.com"}, host, "malformed@leaf", "ok", "no", "Go takes an empty list for no list"},
	{"key usage of a CA on a server", []string{root, int1, "leaf by Int ku crl dns www.example.com"}, host, "wrong_purpose@leaf", "ok", "no", "Go does not look at the key usage of a leaf"},

	// Names.
	{"another name", []string{root, int1, leaf}, "mail.example.com", "hostname_mismatch@leaf", "no", "no", ""},
	{"wildcard", []string{root, int1, "leaf by Int dns *.example.com"}, host, "trusted", "ok", "ok", ""},
	{"wildcard, two labels", []string{root, int1, "leaf by Int dns *.example.com"}, "a.b.example.com", "hostname_mismatch@leaf", "no", "no", ""},
	{"wildcard, the domain itself", []string{root, int1, "leaf by Int dns *.example.com"}, "example.com", "hostname_mismatch@leaf", "no", "no", ""},
	{"wildcard within a label", []string{root, int1, "leaf by Int dns w*.example.com"}, host, "hostname_mismatch@leaf", "no", "ok", "OpenSSL matches parts of a label, which RFC 9525 rules out"},
	{"wildcard over a top-level domain", []string{root, int1, "leaf by Int dns *.com"}, "example.com", "hostname_mismatch@leaf", "ok", "no", "Go does not ask for two labels"},
	{"upper case and a dot at the end", []string{root, int1, "leaf by Int dns WWW.example.com"}, "www.EXAMPLE.com.", "trusted", "ok", "no", "OpenSSL takes the dot literally; its callers strip it"},
	{"IP address", []string{root, int1, "leaf by Int ip 192.0.2.1,2001:db8::1"}, "2001:db8:0::1", "trusted", "ok", "ok", ""},
	{"another IP address", []string{root, int1, "leaf by Int ip 192.0.2.1"}, "192.0.2.2", "ip_mismatch@leaf", "no", "no", ""},
	{"IP address as DNS name", []string{root, int1, "leaf by Int dns 192.0.2.1"}, "192.0.2.1", "ip_mismatch@leaf", "no", "no", ""},
	{"common name only", []string{root, int1, "www.example.com by Int eku server"}, host, "no_san@www.example.com", "no", "ok", "OpenSSL looks at the common name"},

	// Name constraints.
	{"permitted", []string{root, int1 + " permit dns:example.com", leaf}, host, "trusted", "ok", "ok", ""},
	{"not permitted", []string{root, int1 + " permit dns:example.org", leaf}, host, "name_constraint@leaf", "no", "no", ""},
	{"excluded", []string{root, int1 + " exclude dns:www.example.com", leaf}, host, "name_constraint@leaf", "no", "no", ""},
	{"excluded, behind a wildcard", []string{root, int1 + " exclude dns:www.example.com", "leaf by Int dns *.example.com"}, host, "name_constraint@leaf", "no", "ok", "OpenSSL compares the wildcard as a name (CVE-2025-61727 was the same in Go)"},
	{"constraint of the anchor", []string{root + " permit dns:example.org", int1, leaf}, host, "name_constraint@leaf", "no", "no", ""},
	{"constraint not critical", []string{root, int1 + " permit dns:example.org softnames", leaf}, host, "name_constraint@leaf", "no", "no", ""},
	{"IP address not permitted", []string{root, int1 + " permit ip:192.0.2.0/24", "leaf by Int ip 198.51.100.1"}, "198.51.100.1", "name_constraint@leaf", "no", "no", ""},
	{"e-mail address not permitted", []string{root, int1 + " permit email:example.com", "leaf by Int eku client email a@example.org"}, "", "name_constraint@leaf", "no", "no", ""},
	{"e-mail address of the subject not permitted", []string{root, int1 + " permit email:example.com", "leaf by Int subject CN=leaf,email=a@example.org eku client"}, "", "name_constraint@leaf", "ok", "no", "Go does not look at addresses in the subject"},
	{"e-mail address of the subject beside another", []string{root, int1 + " permit email:example.com", "leaf by Int subject CN=leaf,email=a@example.org eku client email a@example.com"}, "", "trusted", "ok", "no", "OpenSSL holds the address in the subject against constraints also when an alternative name has one; RFC 5280 does not"},
	{"URI not permitted", []string{root, int1 + " permit uri:example.com", "leaf by Int eku client uri https://example.org/a"}, "", "name_constraint@leaf", "no", "no", ""},
	{"directory name permitted", []string{root, int1 + " permit dir:O=Example", "leaf by Int subject O=Example,CN=leaf dns www.example.com"}, host, "trusted", "no", "ok", "Go does not process constraints on directory names"},
	{"directory name not permitted", []string{root, int1 + " permit dir:O=Example", leaf}, host, "name_constraint@leaf", "no", "no", ""},
	{"directory name excluded, in another string type", []string{root, int1 + " exclude dir:O=Example", "leaf by Int universal O=Example,CN=leaf dns www.example.com"}, host, "name_constraint@leaf", "no", "no", ""},
	{"IPv4 address excluded, mapped into IPv6", []string{root, int1 + " exclude ip:10.0.0.0/8", "leaf by Int dns www.example.com ip mapped:10.0.0.1"}, host, "name_constraint@leaf", "ok", "ok", "Go and OpenSSL compare addresses of the same length only"},
	{"other name excluded", []string{root, int1 + " exclude other:x", "leaf by Int dns www.example.com other x"}, host, "name_constraint@leaf", "no", "no", ""},

	// Encoding.
	{"unknown critical extension", []string{root, int1, leaf + " unknown"}, host, "unknown_critical@leaf", "no", "no", ""},
	{"unknown critical extension on the root", []string{root + " unknown", int1, leaf}, host, "unknown_critical@Root", "no", "no", ""},
	{"precertificate", []string{root, int1, leaf + " poison"}, host, "unknown_critical@leaf", "no", "no", ""},
	{"critical authority key identifier", []string{root, int1 + " critical 35", leaf}, host, "malformed@Int", "no", "no", ""},
	{"critical subject key identifier", []string{root, int1 + " critical 14", leaf}, host, "malformed@Int", "no", "no", ""},
	{"negative serial", []string{root, int1, leaf + " serial -5"}, host, "malformed@leaf", "no", "ok", "OpenSSL takes negative serial numbers"},
	{"long serial", []string{root, int1, leaf + " serial 1461501637330902918203684832716283019655932542977"}, host, "trusted", "ok", "ok", ""},
	{"critical authority information access", []string{root, int1, leaf + " aia"}, host, "malformed@leaf", "no", "no", ""},
	{"critical TLS feature", []string{root, int1, leaf + " feature"}, host, "unknown_critical@leaf", "no", "no", ""},
	{"version 2 with extensions", []string{root, int1, leaf + " version 2 withextensions"}, host, "malformed@leaf", "no", "ok", "Go does not see the extensions of a version 2 certificate"},
	{"extension twice", []string{root, int1, leaf + " twice"}, host, "malformed@leaf", "no", "ok", "OpenSSL lets a second copy of an unknown extension pass"},
	{"two signature algorithms", []string{root, int1, leaf + " odd"}, host, "malformed@leaf", "no", "no", ""},
	{"name in another encoding", []string{root, int1 + " absent", "Int2 by Root ca printable Int keyof Int", leaf}, host, "other@leaf", "no", "ok", "Go compares names byte by byte, OpenSSL as RFC 5280 says"},

	{"dates in the year 1", []string{root, int1, leaf + " from 0001-01-01 to 0001-01-01"}, host, "expired@leaf", "no", "no", ""},

	// Policies.
	{"explicit policy, none named", []string{root, "Int by Root ca explicit 0", leaf}, host, "other@leaf", "no", "ok", "OpenSSL looks at policies only when asked"},
	{"explicit policy of the leaf for itself", []string{root, int1, leaf + " explicit 0"}, host, "other@leaf", "no", "ok", "OpenSSL looks at policies only when asked"},
	{"explicit policy, named by the leaf alone", []string{root, "Int by Root ca explicit 0", leaf + " public"}, host, "other@leaf", "no", "ok", "OpenSSL looks at policies only when asked"},
	{"explicit policy, named by all", []string{root, "Int by Root ca public explicit 0", leaf + " public"}, host, "trusted", "ok", "ok", ""},
	{"explicit policy, one certificate further", []string{root, "Int by Root ca explicit 1", leaf}, host, "other@leaf", "no", "ok", "OpenSSL looks at policies only when asked"},
	{"explicit policy, two certificates further", []string{root, "Int by Root ca explicit 2", leaf}, host, "trusted", "ok", "ok", ""},
	{"explicit policy of the anchor", []string{"Root ca anchor explicit 0", int1, leaf}, host, "trusted", "ok", "ok", ""},

	// Several ways.
	{"cross-signed, old root expired", []string{"Old ca anchor to 2026-11-19", root, "Int by Root ca", "Cross by Old like Root keyof Root ca", leaf}, host, "trusted", "ok", "ok", ""},
	{"cross-signed, one way expired", []string{root, "Int by Root ca to 2026-11-19", "Int2 by Root like Int keyof Int ca", leaf}, host, "trusted", "ok", "ok", ""},
	{"two keys under one name", []string{root, int1, "Wrong by Root like Int ca", leaf}, host, "trusted", "ok", "ok", ""},
	{"several reasons", []string{root, "Int by Root notca to 2026-11-19", leaf + " unknown to 2026-11-19 sig sha1"}, "mail.example.com",
		"hostname_mismatch@leaf expired@leaf weak_signature@leaf unknown_critical@leaf expired_intermediate@Int issuer_not_ca@Int", "no", "no", ""},
}
