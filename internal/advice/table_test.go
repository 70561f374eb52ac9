package advice

import (
	"time"

	"certlens/internal/lab"
	"certlens/internal/report"
)

// diagnoses are questions and what must be said. want is class, severity and
// confidence; other are the classes of the causes after the main one.
var diagnoses = []struct {
	name    string
	q       question
	want    string
	summary string
	other   string
}{
	// All is well.
	{"good", question{served: certs{site, middle}, anchors: certs{root}, host: "www.example.com"}, "ok info certain",
		"www.example.com's chain is complete and ends in Example Root, which you trust. It expires in 59 days.", ""},
	{"a root alone", question{served: certs{root}, anchors: certs{root}}, "ok info certain",
		"Example Root is a root certificate that you trust. It expires in 1460 days.", ""},
	{"an intermediate alone", question{served: certs{middle}, anchors: certs{root}}, "ok info certain",
		"Example CA is an intermediate certificate; its chain is complete and ends in Example Root, which you trust. It expires in 1460 days.", ""},
	{"a server's own certificate, trusted", question{served: certs{lone}, anchors: certs{lone}}, "ok info certain",
		"lone.example.com is a certificate that you trust itself. It expires in 59 days.", ""},
	{"dates of another millennium", question{served: certs{ages, middle}, anchors: certs{root}, at: time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)}, "expired_intermediate error certain",
		"The intermediate certificate Example CA expired on 2030-11-20, 2545416 days ago.", "expired_root"},
	{"a date after centuries", question{served: certs{ages}, anchors: certs{ages}}, "ok info certain",
		"ages.example.com is a certificate that you trust itself. It expires in 2912119 days.", ""},
	{"a date before centuries", question{served: certs{ur, middle}, anchors: certs{root}}, "expired error certain",
		"ur.example.com expired on 0001-01-01, 739939 days ago.", ""},
	{"a CA first, pasted", question{served: certs{middle, site}, anchors: certs{root}}, "other warning certain",
		"The chain of www.example.com is complete, but www.example.com does not come first; clients refuse a server that sends it in this order.", ""},
	{"a CA first, sent", question{served: certs{middle, site}, anchors: certs{root}, sent: true, host: "www.example.com", runs: runs(run(0, "ok", 2, middle, site))}, "other error certain",
		"The server sends the CA certificate Example CA first, and clients take the first certificate for its own; www.example.com must come first. Beside it stands another certificate, which was not judged: www.example.com.", "no_san wrong_purpose wrong_purpose"},
	{"the last day", question{served: certs{site, middle}, anchors: certs{root}, at: site.NotAfter.Add(-time.Hour)}, "ok info certain",
		"www.example.com's chain is complete and ends in Example Root, which you trust. It expires in less than a day.", ""},

	{"an intermediate expires first", question{served: certs{long, short}, anchors: certs{root}}, "ok info certain",
		"long.example.com's chain is complete and ends in Example Root, which you trust. It expires in 59 days, but Short CA, which its chain needs, in 4 days already.", ""},
	{"a client", question{served: certs{client, middle}, anchors: certs{root}}, "ok info certain",
		"As a TLS client, Example Client's chain is complete and ends in Example Root, which you trust. It expires in 59 days.", ""},
	{"code signing", question{served: certs{signer, middle}, anchors: certs{root}}, "ok info certain",
		"As a certificate for code signing, Example Signer's chain is complete and ends in Example Root, which you trust. It expires in 59 days.", ""},
	{"two certificates", question{served: certs{lone, site, middle}, anchors: certs{root}, host: "www.example.com"}, "ok info certain",
		"www.example.com's chain is complete and ends in Example Root, which you trust. It expires in 59 days. Beside it stands another certificate, which was not judged: lone.example.com.", ""},
	{"three certificates, the first expired", question{served: certs{old, site, lone, middle}, anchors: certs{root}}, "expired error certain",
		"old.example.com expired on 2026-11-17, 3 days ago. Beside it stand 2 other certificates, which were not judged: www.example.com, lone.example.com.", ""},

	// Paths and names.
	{"expired", question{served: certs{old, middle}, anchors: certs{root}}, "expired error certain", "old.example.com expired on 2026-11-17, 3 days ago.", ""},
	{"not yet valid", question{served: certs{early, middle}, anchors: certs{root}}, "not_yet_valid error certain", "early.example.com is not valid before 2026-11-21, 1 day from now.", ""},
	{"expired intermediate", question{served: certs{under, stale}, anchors: certs{root}}, "expired_intermediate error certain", "The intermediate certificate Stale CA expired on 2026-10-11, 40 days ago.", ""},
	{"another host", question{served: certs{site, middle}, anchors: certs{root}, host: "mail.example.com"}, "hostname_mismatch error certain",
		"www.example.com is not good for mail.example.com; its names are www.example.com.", ""},
	{"expired, for another host", question{served: certs{old, middle}, anchors: certs{root}, host: "mail.example.com"}, "hostname_mismatch error certain",
		"old.example.com is not good for mail.example.com; its names are old.example.com.", "expired"},
	{"self-signed", question{served: certs{lone}, mozilla: true, host: "lone.example.com"}, "self_signed error certain", "lone.example.com is self-signed, and Mozilla does not trust it.", ""},
	{"two stores", question{served: certs{lone}, anchors: certs{root}, mozilla: true}, "self_signed error certain", "lone.example.com is self-signed, and neither you nor Mozilla trusts it.", ""},
	{"unknown root, sent", question{served: certs{site, middle, root}, mozilla: true}, "self_signed_in_chain error certain", "The chain ends in Example Root, and Mozilla does not trust it.", ""},
	{"unknown root, not sent", question{served: certs{site, middle}, mozilla: true}, "unknown_root error likely", "Example CA was issued by Example Root, whose certificate is not here: if Example Root is an intermediate, the server must send it; if it is a private root, clients must trust it.", ""},
	{"a root that no one trusts", question{served: certs{root}, mozilla: true}, "unknown_root error certain", "Example Root is a root certificate, and it is not among the roots that Mozilla trusts for web servers.", ""},
	{"missing intermediate", question{served: certs{site}, anchors: certs{root}}, "missing_intermediate error likely",
		"www.example.com was issued by Example CA, whose certificate is not here: if Example CA is an intermediate, the server must send it; if it is a private root, clients must trust it.", ""},
	{"missing intermediate of a public CA", question{served: certs{public}, mozilla: true}, "missing_intermediate error likely",
		"Example CA, which issued the certificate of public.example.com, is missing from the chain (it should be at http://ca.example.com/ca.cer).", ""},
	{"missing second intermediate of a public CA", question{served: certs{public, middle}, mozilla: true}, "missing_intermediate error likely",
		"Example Root, which issued Example CA, is missing from the chain.", ""},
	{"missing intermediate of a client", question{served: certs{client}, mozilla: true}, "missing_intermediate error likely",
		"Example Client was issued by Example CA, whose certificate is not here: if Example CA is an intermediate, it must be sent along; if it is a root, clients must trust it.", ""},
	{"a client with a root that no one trusts", question{served: certs{client, middle, root}, mozilla: true}, "self_signed_in_chain error certain",
		"The chain ends in Example Root, and it is not among the roots that Mozilla trusts for web servers.", ""},
	{"code signing with a root that is for web servers in no store", question{served: certs{signer, middle, root}, mozilla: true}, "self_signed_in_chain notice unknown",
		"The chain ends in Example Root, and it is not among the roots that Mozilla trusts for web servers.", ""},
	{"a CA for e-mail with a root that is for web servers in no store", question{served: certs{mailer, root}, mozilla: true}, "self_signed_in_chain notice unknown",
		"The chain ends in Example Root, and it is not among the roots that Mozilla trusts for web servers.", ""},
	{"a signature that cannot be checked", question{served: certs{ed448[0]}, anchors: certs{ed448[1]}, at: lab.At.AddDate(1, 0, 0)}, "other error unknown",
		"Whether ed448 Root signed www.example.com is unknown: certlens cannot compute this signature algorithm or key type.", ""},
	{"a name that tells nothing", question{served: certs{unit}, mozilla: true}, "unknown_root error certain",
		"Example (Root R7) is a root certificate, and it is not among the roots that Mozilla trusts for web servers.", ""},
	{"expired and incomplete", question{served: certs{old}, anchors: certs{root}}, "expired error certain", "old.example.com expired on 2026-11-17, 3 days ago.", "missing_intermediate"},
	{"no store", question{served: certs{lone}}, "self_signed notice unknown", "lone.example.com is self-signed, and no trust store was asked about it.", ""},

	// Tool runs with certificates.
	{"a run agrees", question{served: certs{site}, anchors: certs{root}, runs: runs(run(21, "unable to verify the first certificate", 1, site))},
		"missing_intermediate error likely", "The server did not send Example CA, which issued its certificate.", ""},
	{"depth 0 alone", question{served: certs{site}, anchors: certs{root}, runs: runs(withErrors(run(20, "unable to get local issuer certificate", 1, site),
		report.VerifyError{Code: 20, Text: "unable to get local issuer certificate"}))},
		"missing_intermediate error likely", "The server did not send Example CA, which issued its certificate.", ""},
	{"a run that does not tell", question{served: certs{site}, anchors: certs{root}, runs: runs(run(-1, "", 1, site))},
		"missing_intermediate error unknown", "The paste lacks Example CA, which issued the certificate of www.example.com; whether the server sent it is open (openssl s_client -showcerts tells).", ""},
	{"listed by name, verified", question{served: certs{site}, anchors: certs{root}, runs: runs(run(0, "ok", 1, site, middle))},
		"ok info likely", "openssl accepted the chain of www.example.com; the paste lacks Example CA, which certlens could not check (-showcerts prints it).", ""},
	{"listed by name, root unknown", question{served: certs{site}, anchors: certs{root}, runs: runs(run(20, "unable to get local issuer certificate", 1, site, middle))},
		"unknown_root error likely", "Example CA was issued by Example Root, which openssl does not know.", ""},
	{"listed by name, root sent", question{served: certs{site}, anchors: certs{root}, runs: runs(run(19, "self-signed certificate in certificate chain", 1, site, middle, root))},
		"self_signed_in_chain error likely", "The chain ends in Example Root, a self-signed certificate that openssl does not know.", ""},
	{"listed by name, no verdict", question{served: certs{site}, anchors: certs{root}, runs: runs(run(-1, "", 1, site, middle))},
		"other notice unknown", "The server sent Example CA as well, which the paste does not hold; openssl s_client -showcerts prints it.", ""},
	{"listed by name, expired leaf", question{served: certs{old}, anchors: certs{root}, runs: runs(run(10, "certificate has expired", 1, old, middle))},
		"expired error certain", "old.example.com expired on 2026-11-17, 3 days ago.", ""},
	{"the tool's store is old", question{served: certs{site, middle}, anchors: certs{root}, runs: runs(run(20, "unable to get local issuer certificate", 2, site, middle))},
		"unknown_root error likely", "openssl does not know Example Root, which you trust: the trust store that it used is old or missing.", ""},
	{"the tool has a store of its own", question{served: certs{site, middle}, mozilla: true, runs: runs(run(0, "ok", 2, site, middle))},
		"unknown_root error likely", "Example CA was issued by Example Root, whose certificate is not here: if Example Root is an intermediate, the server must send it; if it is a private root, clients must trust it; openssl accepted the chain, with a trust store of its own.", ""},
	{"the intermediate was pasted, not sent", question{served: certs{site}, extra: certs{middle}, anchors: certs{root}, runs: runs(run(21, "unable to verify the first certificate", 1, site))},
		"missing_intermediate error certain", "The server did not send Example CA, which issued the certificate of www.example.com; the paste holds it.", ""},
	{"the clocks differ", question{served: certs{site, middle}, anchors: certs{root}, runs: runs(run(9, "certificate is not yet valid", 2, site, middle))},
		"clock_skew error likely", `openssl says "certificate is not yet valid", but www.example.com is valid from 2026-10-21 to 2027-01-19: the clock of that machine differs from the time of this check.`, ""},
	{"another verdict", question{served: certs{site, middle}, anchors: certs{root}, runs: runs(run(62, "hostname mismatch", 2, site, middle))},
		"hostname_mismatch error likely", "openssl reports: hostname mismatch (code 62); the names of www.example.com are www.example.com.", ""},
	{"the clocks differ about an intermediate, root unknown", question{served: certs{site, middle}, mozilla: true, runs: runs(withErrors(run(10, "certificate has expired", 2, site, middle),
		report.VerifyError{Code: 10, Depth: 1, Text: "certificate has expired", Subject: "O = Example, CN = Example CA"}))}, "clock_skew error likely",
		`openssl says "certificate has expired", but Example CA is valid from 2022-11-20 to 2030-11-20: the clock of that machine differs from the time of this check.`, "unknown_root"},
	{"an expired certificate that is not at hand", question{served: certs{site, middle}, mozilla: true, runs: runs(withErrors(run(10, "certificate has expired", 2, site, middle),
		report.VerifyError{Code: 10, Depth: 2, Text: "certificate has expired", Subject: "O = Example, CN = Example Root"}))}, "expired_intermediate error likely",
		"openssl reports: certificate has expired (Example Root).", "unknown_root"},
	{"a client certificate is asked for", question{served: certs{site, middle}, anchors: certs{root}, runs: runs(withLine(run(0, "ok", 2, site, middle), report.ClientCertRequired))},
		"client_cert_required error certain", "www.example.com:443 requires a client certificate, and the client sent none.", ""},
	{"missing intermediate and a client certificate", question{served: certs{site}, anchors: certs{root}, runs: runs(withLine(run(21, "unable to verify the first certificate", 1, site), report.ClientCertRequired))},
		"missing_intermediate error likely", "The server did not send Example CA, which issued its certificate.", "client_cert_required"},

	// Tool runs without.
	{"no certificate, code 0", question{runs: runs(failed())}, "handshake_failure error certain", "The handshake ended before the server sent a certificate.", ""},
	{"an alert", question{runs: runs(failed(report.ErrorLine{Class: report.ProtocolVersion}))}, "protocol_version error certain", "www.example.com:443 and the client have no TLS version in common.", ""},
	{"an unknown error", question{runs: runs(failed(report.ErrorLine{Text: "no cipher match"}))}, "other error certain", "openssl reports: no cipher match", ""},
	{"a class without words", question{runs: runs(failed(report.ErrorLine{Text: "dh key too small", Class: report.WeakKey}))}, "weak_key error certain", "openssl reports: dh key too small", ""},
	{"verified, nothing printed", question{runs: runs(run(0, "ok", 0, site, middle))}, "ok info likely", "openssl reports no error; the paste holds no certificate to check.", ""},
	{"expired, nothing printed", question{runs: runs(run(10, "certificate has expired", 0, old, middle))}, "expired error likely", "openssl reports: certificate has expired.", ""},
	{"a connection and no more", question{runs: runs(report.Transcript{Tool: "s_client", Connected: true, VerifyCode: -1})}, "other notice unknown",
		"The paste shows a connection, and neither an error nor a certificate.", ""},
	{"TLS 1.2 and a client certificate", question{runs: runs(asked(failed(report.ErrorLine{Class: report.HandshakeFailure})))}, "client_cert_required error likely",
		"www.example.com:443 asked for a client certificate and ended the handshake, most likely because it got none that it takes.", ""},
	{"the client broke off", question{runs: runs(brokeOff())}, "unknown_root error likely", "openssl does not know the issuer of Example CA.", ""},
}
