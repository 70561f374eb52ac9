package advice

import (
	"certlens/internal/report"
	"certlens/internal/trust"
)

// fromKey says that a private key stands beside the certificate of another one.
func (d *diagnosis) fromKey() {
	if !d.ForeignKey {
		return
	}
	d.add(finding{report.Cause{
		Class: report.ClientCertUnreadable, Certificate: d.Leaf.ID, From: "key", Rule: "RFC 8446, section 4.4.3",
		Summary: "The private key does not belong to " + d.Leaf.Title() + ": their public keys differ, and no program can use the two together.",
	}, report.Error, certain})
}

// NameRoots narrows down the texts that name the issuer that was not trusted, where
// that is a root of a store: then the server sent all, and the program has no such
// store.
func NameRoots(errors []report.ErrorText, stores []*trust.Store) {
	for i := range errors {
		e := &errors[i]
		name := commonName(e.Subject)
		for _, s := range stores {
			if e.Client != "postfix" || e.Class != report.UnknownRoot || !s.Named(name) {
				continue
			}
			e.Possible, e.LeavesOpen, e.Task = nil, "", "store"
			e.Proves = "It does not know " + name + "; " + s.Owner + " " + verb(s.Owner, "trust", "trusts") + " a root of that name."
			e.Action = "Give Postfix the roots of the system: smtp_tls_CAfile is not set, or its file is old."
		}
	}
}
