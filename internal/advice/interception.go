package advice

import (
	"fmt"
	"strings"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// resigners are programs that sign certificates of their own for the hosts that
// they stand before, by what the names of their CAs contain. Ask is what to ask
// those who run it for.
var resigners = []struct{ contains, product, ask string }{
	{"zscaler", "Zscaler", company}, {"netskope", "Netskope", company}, {"goskope", "Netskope", company},
	{"palo alto networks", "Palo Alto Networks", company}, {"prisma access", "Palo Alto Prisma Access", company},
	{"fortinet", "Fortinet", company}, {"fortigate", "Fortinet FortiGate", company},
	{"blue coat", "Blue Coat (Symantec)", company}, {"bluecoat", "Blue Coat (Symantec)", company}, {"symantec web security", "Symantec Web Security", company},
	{"proxysg", "Blue Coat (Symantec)", company}, {"cisco umbrella", "Cisco Umbrella", company}, {"opendns", "Cisco Umbrella", company},
	{"cisco secure access", "Cisco Secure Access", company}, {"ironport", "Cisco Web Security", company},
	{"sophos", "Sophos", company}, {"check point", "Check Point", company}, {"checkpoint", "Check Point", company},
	{"barracuda", "Barracuda", company}, {"watchguard", "WatchGuard", company}, {"fireware", "WatchGuard", company}, {"untangle", "Untangle", company},
	{"sonicwall", "SonicWall", company}, {"forcepoint", "Forcepoint", company}, {"websense", "Forcepoint", company},
	{"skyhigh", "Skyhigh", company}, {"mcafee web", "McAfee", company}, {"trend micro", "Trend Micro", company}, {"iboss", "iboss", company},
	{"menlo security", "Menlo Security", company}, {"lightspeed", "Lightspeed", company}, {"securly", "Securly", company}, {"smoothwall", "Smoothwall", company},
	{"gateway ca - cloudflare managed", "Cloudflare Gateway", company}, {"cloudflare for teams", "Cloudflare Gateway", company}, {"cato networks", "Cato Networks", company},
	{"kaspersky", "Kaspersky", machine}, {"eset ssl", "ESET", machine}, {"eset, spol", "ESET", machine}, {"avast", "Avast", machine}, {"avg technologies", "AVG", machine},
	{"avg web", "AVG", machine}, {"norton web", "Norton", machine}, {"bitdefender", "Bitdefender", machine}, {"dr.web", "Dr.Web", machine}, {"adguard", "AdGuard", machine},
	{"mitmproxy", "mitmproxy", debugger}, {"fiddler", "Fiddler", debugger}, {"do_not_trust", "Fiddler", debugger}, {"charles proxy", "Charles", debugger},
	{"portswigger", "Burp", debugger}, {"proxyman", "Proxyman", debugger}, {"http toolkit", "HTTP Toolkit", debugger}, {"owasp zap", "ZAP", debugger},
	{"owasp root ca", "ZAP", debugger}, {"whistle.", "whistle", debugger}, {"superfish", "Superfish", "Remove it: everybody has the key of this CA."},
}

// What to ask for, by who runs it.
const (
	company  = "Ask your IT for the root certificate of this inspection and trust it in the program that complains, or ask for an exception for this host."
	machine  = "It runs on the machine itself: take this program off its inspection of encrypted connections, or trust its root, as it exports it itself, in the program that complains."
	debugger = "It is a tool for debugging: stop it, or trust its root, as it exports it itself, in the program that is being looked at."
)

// fromIssuer recognises who re-signed the connection, by the names of the issuers.
// A path that ends in a public root was not re-signed: the makers of these programs
// have web sites of their own.
func (d *diagnosis) fromIssuer() {
	leaf, names := d.issuers()
	if leaf == nil && len(names) == 0 || leaf != nil && leaf.IsCA() {
		return
	}
	for _, name := range names {
		product, ask := resigner(name)
		if product == "" || leaf != nil && mentions(leaf, product) {
			continue
		}
		cause := report.Cause{Class: report.Interception, From: "path", Summary: fmt.Sprintf("By the name of the issuer, the connection was re-signed by %s: the certificate was issued by %s, and not by a public CA.", product, commonName(name))}
		if leaf != nil {
			cause.Certificate = leaf.ID
			cause.Summary = fmt.Sprintf("By the name of the issuer, the connection was re-signed by %s: the certificate of %s was issued by %s, and not by a public CA.", product, d.title(leaf.ID), commonName(name))
		} else {
			cause.From = "transcript"
		}
		d.add(finding{cause, report.Error, likely})
		d.ask = ask
		return
	}
}

// issuers are the names above the leaf: of our best path where no store has its
// root, or else of what tools listed.
func (d *diagnosis) issuers() (*cert.Certificate, []string) {
	var names []string
	if d.Leaf != nil {
		if len(d.Paths) == 0 || d.Paths[0].Store != "" {
			return nil, nil
		}
		for _, id := range d.Paths[0].Certificates {
			if c := d.byID[id]; c != nil {
				names = append(names, known(c.Issuer()), known(c.Subject()), c.Issuer().Text)
			}
		}
		return d.Leaf, names
	}
	for i := range d.Transcripts {
		t := &d.Transcripts[i]
		if accepted(t) {
			continue
		}
		for _, c := range t.Chain {
			names = append(names, c.Issuer)
		}
	}
	for i := range d.Errors {
		if e := &d.Errors[i]; e.Depth != 0 { // The leaf's own name may be that of such a product.
			names = append(names, e.Subject)
		}
	}
	return nil, names
}

func resigner(name string) (product, ask string) {
	name = strings.ToLower(name)
	for _, r := range resigners {
		if strings.Contains(name, r.contains) {
			return r.product, r.ask
		}
	}
	return "", ""
}

// mentions tells whether a certificate is one of the product itself, as that of its
// own administration page.
func mentions(c *cert.Certificate, product string) bool {
	own, _ := resigner(known(c.Subject()))
	return own == product
}
