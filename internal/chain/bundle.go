package chain

import (
	"encoding/pem"
	"strings"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// Bundle gives the chain to install on a server: the certificates of a trusted
// path as PEM, leaf first, without the anchor at its end, which clients have
// already. It is empty when the path is not trusted. certs are where the path's
// certificates are found; one that is missing there ends the bundle empty.
//
// A path that is only an anchor (a server's own certificate, trusted as such)
// gives that certificate: a server has to send something.
func Bundle(path report.Path, certs ...*cert.Certificate) string {
	if !path.Trusted || len(path.Certificates) == 0 {
		return ""
	}
	byID := map[string]*cert.Certificate{}
	for _, c := range certs {
		byID[c.ID] = c
	}
	var out strings.Builder
	for _, id := range path.Certificates[:max(1, len(path.Certificates)-1)] {
		c := byID[id]
		if c == nil {
			return ""
		}
		out.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.DER}))
	}
	return out.String()
}
