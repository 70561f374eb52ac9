package cert

import (
	"crypto/sha1"
	"encoding/base64"
	"time"

	"certlens/internal/report"
)

// Report gives the certificate as the contract wants it, judged at the time at.
// Origin is "input"; the caller changes it for a trust anchor. The names of CT
// logs are left to the caller as well.
func (c *Certificate) Report(at time.Time) report.Certificate {
	w := &c.walk
	r := report.Certificate{
		ID: c.ID, Title: c.Title(), Origin: "input", Version: w.version,
		Subject: w.subject, Issuer: w.issuer,
		Serial:    report.Serial{Hex: hexText(w.serial), Decimal: decimal(w.serial)},
		NotBefore: w.notBefore, NotAfter: w.notAfter,
		Names: c.names(), IsCA: w.isCA, SelfIssued: c.SelfIssued(), SelfSigned: c.SelfSigned(),
		Role: c.role(), Validation: c.validation(),
		Key: w.key.report(), Signature: w.outer.report(w.signatureBits.bytes),
		IssuerUniqueID: hexText(w.issuerUID), SubjectUniqueID: hexText(w.subjectUID),
		Fingerprints: c.fingerprints(), SCTs: c.scts(),
		Size: len(c.DER), DER: base64.StdEncoding.EncodeToString(c.DER),
	}
	if r.Names == nil {
		r.Names = []report.GeneralName{}
	}
	if w.notBefore != "" && w.notAfter != "" {
		r.DaysLeft = daysLeft(at, c.NotAfter)
		r.ValidityDays = validityDays(c.NotBefore, c.NotAfter)
	}
	r.Extensions, r.Problems = c.describeExtensions()
	return r
}

// describeExtensions decodes all extensions. Problems are those of Parse and
// those inside the extensions, which Parse has told already where zcrypto
// refused the certificate.
func (c *Certificate) describeExtensions() ([]report.Extension, []report.Problem) {
	raw := decodable(c.walk.extensions)
	list := make([]report.Extension, 0, len(raw))
	problems := append([]report.Problem(nil), c.Problems...)
	items := new(int)
	for _, x := range raw {
		described, log := x.describe(items)
		list = append(list, described)
		if c.X509 != nil && len(problems) < 2*maxFaults {
			problems = append(problems, log.problems(false)...)
		}
	}
	return list, problems
}

func (c *Certificate) fingerprints() report.Fingerprints {
	if c.secret {
		return report.Fingerprints{SHA256: c.ID}
	}
	sum := sha1.Sum(c.DER)
	f := report.Fingerprints{SHA256: c.ID, SHA1: hexText(sum[:])}
	f.SPKI, f.SPKIPin = keyPin(c.RawSPKI)
	return f
}

// scts are the embedded timestamps.
func (c *Certificate) scts() []report.SCT {
	x, ok := c.find(oidSCTList)
	if !ok {
		return nil
	}
	in := x.open(new(faults))
	return in.sctList()
}
