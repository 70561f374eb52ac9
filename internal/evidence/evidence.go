// Package evidence reads revocation evidence.
package evidence

import (
	"time"

	"certlens/internal/report"
)

// DecodeCRL decodes a revocation list.
func DecodeCRL(der []byte, at time.Time) report.Object { return report.Object{Kind: "crl"} }

// DecodeOCSP decodes an OCSP response.
func DecodeOCSP(der []byte, at time.Time) report.Object { return report.Object{Kind: "ocsp"} }
