package main

import (
	"crypto/x509"
	"fmt"

	"certlens/internal/lab"
)

// warmPEM is the chain that the engine reads while the user does not wait yet
// (wasm/warm.go): what a public server sends, with its root, so that most of
// what a first real chain would touch was touched before.
func warmPEM(project) ([]byte, error) {
	root := lab.Issue(lab.Spec{Name: "Example Warm-up Root", CA: true})
	issuing := lab.Issue(lab.Spec{Name: "Example Warm-up CA", CA: true, Issuer: root, Edit: public})
	leaf := lab.Issue(lab.Spec{Name: "www.example.com", Issuer: issuing, Edit: public})
	return []byte(lab.PEM(leaf, issuing, root)), nil
}

// domainValidated is the policy of most server certificates (BR 7.1.6.1).
var domainValidated, _ = x509.ParseOID("2.23.140.1.2.1")

// public adds what the Baseline Requirements want in the certificates under a
// root (CA/B Forum BR 7.1.2).
func public(t *x509.Certificate) {
	t.CRLDistributionPoints = []string{"http://crl.example.com/warm.crl"}
	t.IssuingCertificateURL = []string{"http://ca.example.com/warm.der"}
	t.OCSPServer = []string{"http://ocsp.example.com"}
	t.Policies = []x509.OID{domainValidated}
}

// manyPEM is a paste of count different certificates: servers of one CA, which
// comes first with its root.
func manyPEM(count int) string {
	root := lab.Issue(lab.Spec{Name: "Example Fleet Root", CA: true})
	issuing := lab.Issue(lab.Spec{Name: "Example Fleet CA", CA: true, Issuer: root, Edit: public})
	certs := []*lab.Cert{root, issuing}
	for i := len(certs); i < count; i++ {
		certs = append(certs, lab.Issue(lab.Spec{
			Name: fmt.Sprintf("host-%d.example.com", i), Key: "fleet", Issuer: issuing, Edit: public,
		}))
	}
	return lab.PEM(certs...)
}
