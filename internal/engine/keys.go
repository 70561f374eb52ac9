package engine

import (
	"bytes"
	"slices"

	"certlens/internal/report"
)

// rsaPSS is the object identifier id-RSASSA-PSS. A key for it can be written with
// parameters and without (RFC 4055, section 3.1).
var rsaPSS = []byte{6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10}

// keys says of each private key to which certificate of the paste it belongs, and
// tells whether none is that of the leaf. What a server sent has its key elsewhere,
// and so has what a CA issued.
func (a *analysis) keys() (foreign bool) {
	leaf := a.paths.Leaf
	if leaf == nil {
		return false
	}
	isOwn := false
	for _, object := range a.report.Objects {
		if object.Kind != "private-key" || object.ID == "" {
			continue
		}
		finding := report.Finding{Source: "certlens", Citation: "RFC 8446, section 4.4.3", Where: &a.report.Inputs[object.Input].Where}
		at := slices.IndexFunc(a.report.Certificates, func(c report.Certificate) bool { return c.Origin == "input" && c.Fingerprints.SPKI == object.ID })
		switch {
		case at >= 0:
			owner := a.report.Certificates[at]
			isOwn = isOwn || bytes.Equal(a.certs[owner.ID].RawSPKI, leaf.RawSPKI)
			finding.ID, finding.Severity, finding.Title = "n_private_key_fits", report.Info, "The private key belongs to a certificate here"
			finding.Certificate, finding.Detail = owner.ID, "It is the key of "+owner.Title+": their public keys are the same."
		case a.sent || leaf.RawSPKI == nil || bytes.Contains(leaf.RawSPKI, rsaPSS):
			continue
		default:
			foreign = true
			finding.ID, finding.Severity, finding.Title = "e_private_key_of_another_certificate", report.Error, "The private key belongs to none of the certificates"
			finding.Detail = "Its public key is not that of any certificate here. A server that is given both does not start (\"key values mismatch\")."
		}
		a.report.Findings = append(a.report.Findings, finding)
	}
	return foreign && !isOwn && (!leaf.IsCA() || leaf.SelfSigned())
}
