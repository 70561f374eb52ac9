package lint

import "certlens/internal/cert"

// exempt are rules of zlint that are not applicable to certificates which their
// own words leave out, and zlint's code does not.
var exempt = map[string]func(*cert.Certificate) bool{
	"e_ext_authority_key_identifier_no_key_identifier": selfIssuedEndEntity,
}

// selfIssuedEndEntity tells whether the certificate is a self-issued one that is
// no CA. The rule speaks of "all non-self-issued certificates", and RFC 5280,
// section 4.2.1.1, lets a self-signed one omit the identifier, because it would be
// that of the subject. zlint knows the exception for CAs alone; a self-issued CA
// is left to it, since one whose key another signed needs the identifier.
func selfIssuedEndEntity(c *cert.Certificate) bool { return c.SelfIssued() && !c.IsCA() }

// saidByOthers are rules of ours that repeat, for publicly trusted
// certificates, what a rule of the Baseline Requirements or of a root program
// says more strictly.
var saidByOthers = []exclusion{
	{"n_common_name_not_in_san", "e_subject_common_name_not_from_san"},
	{"w_server_name_only_in_common_name", "e_ext_san_missing"},
	{"w_san_wildcard_of_one_label", "e_dnsname_not_valid_tld and n_dnsname_wildcard_left_of_public_suffix"},
	{"w_server_validity_over_825_days", "e_tls_server_cert_valid_time_longer_than_398_days and its successors"},
	{"e_rsa_exponent_impossible", "e_rsa_public_exponent_not_odd and e_rsa_public_exponent_too_small"},
	{"w_signature_hash_broken", "e_sub_cert_or_sub_ca_using_sha1"},
}

// publicTLSOnly are rules of ours about obligations of public TLS certificates.
var publicTLSOnly = []exclusion{
	{"n_client_auth_ends", "the policy of Chrome's root program binds public TLS certificates alone"},
	{"n_validity_over_limit_at_renewal", "the schedule of SC-081v3 binds public TLS certificates alone"},
}

// noiseForPrivate are rules that a private CA breaks without harm to anybody.
// Under rfc5280, which holds a certificate to the letter, those of the RFCs run.
var noiseForPrivate = []exclusion{
	{"e_rfc_dnsname_underscore_in_sld", "local networks have host names with underscores, and clients match them"},
	{"w_rfc_dnsname_underscore_in_trd", "local networks have host names with underscores, and clients match them"},
	{"e_ext_san_uri_host_not_fqdn_or_ip", "the trust domain of a SPIFFE ID (spiffe://prod/...) need not be a domain name"},
	{"e_rsa_allowed_ku_no_encipherment_ca", "RFC 3279 says SHOULD NOT; common tools (kubeadm) set keyEncipherment in a CA"},
	{"w_ext_subject_key_identifier_missing_sub_cert", "nothing looks for the identifier of an end entity's key, and the Baseline Requirements advise against it"},
	{"n_san_iana_pub_suffix_empty", "it takes a local name of one label for a public suffix"},
	{"w_ian_iana_pub_suffix_empty", "it takes a local name of one label for a public suffix"},
}
