package engine

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"net"
	"strings"

	"certlens/internal/lab"
)

// A vector is one input, and through its file in testdata what it must give.
// The page's tests read the same files.
type vector struct {
	name, why string
	host      string
	anchors   string
	input     string
}

// The small PKI that the vectors are made of.
var (
	root    = lab.Issue(lab.Spec{Name: "Example Root", CA: true})
	issuing = lab.Issue(lab.Spec{Name: "Example Issuing CA", CA: true, Issuer: root})
	leaf    = lab.Issue(lab.Spec{Name: "www.example.com", Issuer: issuing})
	other   = lab.Issue(lab.Spec{Name: "unrelated.example.net"})
	loopA   = lab.Issue(lab.Spec{Name: "Example Loop A", CA: true})
	loopB   = lab.Issue(lab.Spec{Name: "Example Loop B", CA: true, Issuer: loopA})
	loopAB  = lab.Issue(lab.Spec{Name: "Example Loop A", CA: true, Issuer: loopB})
)

func vectors() []vector {
	const host = "www.example.com"
	trusted := lab.PEM(root)
	return []vector{
		{"good-chain", "a complete chain to a private root that the user trusts", host, trusted, lab.PEM(leaf, issuing)},
		{"missing-intermediate", "the leaf alone", host, trusted, lab.PEM(leaf)},
		{"unknown-root", "a complete chain to a root that is in no store", host, "", lab.PEM(leaf, issuing, root)},
		{"wrong-order", "the root first and the leaf last", host, trusted, lab.PEM(root, issuing, leaf)},
		{"duplicate-and-unrelated", "a leaf sent twice, and a certificate of somebody else", host, trusted, lab.PEM(leaf, leaf, other, issuing)},
		{"hostname-mismatch", "a good chain for another name", "mail.example.com", trusted, lab.PEM(leaf, issuing)},
		{"ip-mismatch", "a good chain, asked for by address", "192.0.2.1", trusted, lab.PEM(leaf, issuing)},
		{"expired-leaf", "validity ended a week ago", host, trusted, lab.PEM(expiredLeaf(), issuing)},
		{"expired-intermediate", "the leaf outlives its issuer", host, trusted, lab.PEM(oldChain()...)},
		{"self-signed", "a certificate that signs itself", "nas.example.com", "", lab.PEM(lab.Issue(lab.Spec{Name: "nas.example.com"}))},
		{"loop", "two CAs that certify each other, and no root", "", "", lab.PEM(lab.Issue(lab.Spec{Name: host, Issuer: loopB}), loopB, loopAB)},
		{"script-in-subject", "markup, an escape sequence and a bidirectional override in names stay text", "", "", lab.PEM(hostile())},
		{"negative-serial", "RFC 5280, 4.1.2.2 wants a positive serial number", "", "", armour(negativeSerial())},
		{"trailing-bytes", "three bytes after the certificate, inside the PEM block", host, trusted, armour(append(leaf.Raw[:len(leaf.Raw):len(leaf.Raw)], 0, 1, 2)) + lab.PEM(issuing)},
		{"cut-der", "the last hundred bytes are missing, inside the PEM block", host, trusted, armour(leaf.Raw[:len(leaf.Raw)-100]) + lab.PEM(issuing)},
		{"truncated-pem", "the paste stops in the middle", host, trusted, lab.PEM(issuing) + lab.PEM(leaf)[:400]},
		{"half-self-signed", "half of a self-signed certificate: nothing is said of an issuer", "", "", lab.PEM(lab.Issue(lab.Spec{Name: "nas.example.com"}))[:560]},
		{"private-key", "a key beside its certificate is recognised and not shown", host, trusted, lab.KeyPEM(leaf) + lab.PEM(leaf, issuing)},
		{"foreign-key", "a key beside a certificate of another one", host, trusted, lab.KeyPEM(lab.Issue(lab.Spec{Name: host, Key: "another"})) + lab.PEM(leaf, issuing)},
		{"run-and-text", "s_client could not connect to one port, and curl met an expired certificate", "", "", "$ openssl s_client -connect www.example.com:443\nCONNECTED(00000003)\nwrite:errno=0\n---\nno peer certificate available\n---\nSSL handshake has read 0 bytes and written 300 bytes\n---\n" +
			"\n$ curl https://www.example.com/\ncurl: (60) SSL certificate problem: certificate has expired\n"},
		{"url-beside", "the host and port stand in the command alone", "", "", "$ curl https://shop.example:8443/cart\ncurl: (60) SSL certificate problem: unable to get local issuer certificate\nMore details here: https://curl.se/docs/sslcerts.html\n"},
		{"postfix-public-root", "Postfix was not told which CAs to trust", "", "", "postfix/smtp[4711]: certificate verification failed for mx.example.com[192.0.2.1]:25: untrusted issuer /C=US/O=Internet Security Research Group/CN=ISRG Root X1\n" +
			"postfix/smtp[4711]: Untrusted TLS connection established to mx.example.com[192.0.2.1]:25: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\n"},
		{"keystore-password", "keytool is given another password than the key store has", "", "", "keytool error: java.io.IOException: keystore password was incorrect\n"},
		{"well-kept-host", "a proxy on the way cuts connections to a public service", "", "", "curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to github.com:443\n"},
		{"prose", "certificates between lines of an e-mail", host, trusted, "Hi,\n\nour chain is this one:\n\n" + lab.PEM(leaf) + "\nand then\n\n" + lab.PEM(issuing) + "\nThanks\n"},
		{"base64", "the bare base64 of one certificate", host, trusted, base64.StdEncoding.EncodeToString(leaf.Raw) + "\n"},
		{"name-constraint", "an issuer that may not speak for the name", host, trusted, lab.PEM(constrained()...)},
		{"revoked", "a revocation list of the issuer, beside the chain, names the leaf", host, trusted, lab.PEM(leaf, issuing) + lab.CRL(issuing, leaf)},
		{"not-revoked", "a revocation list of the issuer, beside the chain, names another certificate", host, trusted, lab.PEM(leaf, issuing) + lab.CRL(issuing, other)},
		{"empty", "nothing", "", "", ""},
		{"nothing", "text without anything to read", "", "", "My site is broken, please help.\n"},
		{"refused", "s_client could not connect", "", "", "$ openssl s_client -connect www.example.com:443\n" +
			"4097AB5D0E7F0000:error:8000006F:system library:BIO_connect:Connection refused:../crypto/bio/bio_sock2.c:114:calling connect()\n" +
			"4097AB5D0E7F0000:error:10000067:BIO routines:BIO_connect:connect error:../crypto/bio/bio_sock2.c:116:\nconnect:errno=111\n"},
		{"error-line", "one line of curl, and nothing else", "", "", "curl: (60) SSL certificate problem: unable to get local issuer certificate\n"},
		{"error-and-chain", "what npm says, and the chain that the server sends", "", "", "npm error code UNABLE_TO_VERIFY_LEAF_SIGNATURE\n" +
			"npm error request to https://www.example.com/left-pad failed, reason: unable to verify the first certificate\n\n" + lab.PEM(leaf)},
		{"error-contradicts", "an error about dates, and a chain that is in date", host, trusted, "requests.exceptions.SSLError: HTTPSConnectionPool(host='www.example.com', port=443): Max retries exceeded with url: / " +
			"(Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1006)')))\n" + lab.PEM(leaf, issuing)},
		{"interception", "a company's proxy re-signed the connection", host, "", lab.PEM(resigned()...)},
		{"switched-off", "curl was told not to verify", "", "", "$ curl -sk https://www.example.com/\ncurl: (7) Failed to connect to www.example.com port 443: Connection refused\n"},
		{"kubernetes-secret", "a Secret of Kubernetes with its key", host, trusted, secret()},
	}
}

// secret is what kubectl get secret -o yaml prints.
func secret() string {
	encode := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	return "apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata:\n  name: www\ndata:\n" +
		"  tls.crt: " + encode(lab.PEM(leaf, issuing)) + "\n  tls.key: " + encode(lab.KeyPEM(leaf)) + "\n"
}

func resigned() []*lab.Cert {
	top := lab.Issue(lab.Spec{Name: "Zscaler Root CA", CA: true})
	middle := lab.Issue(lab.Spec{Name: "Zscaler Intermediate Root CA (example.net)", CA: true, Issuer: top})
	return []*lab.Cert{lab.Issue(lab.Spec{Name: "www.example.com", Issuer: middle}), middle}
}

func expiredLeaf() *lab.Cert {
	return lab.Issue(lab.Spec{Name: "www.example.com", Issuer: issuing, Until: lab.At.AddDate(0, 0, -7)})
}

func oldChain() []*lab.Cert {
	old := lab.Issue(lab.Spec{Name: "Example Old CA", CA: true, Issuer: root, Until: lab.At.AddDate(0, 0, -7)})
	return []*lab.Cert{lab.Issue(lab.Spec{Name: "www.example.com", Issuer: old}), old}
}

func hostile() *lab.Cert {
	return lab.Issue(lab.Spec{Name: `<script>alert(1)</script>`, Hosts: []string{"x.example.com"}, Edit: func(t *x509.Certificate) {
		t.Subject = pkix.Name{
			CommonName:         `<script>alert(1)</script>`,
			Organization:       []string{"\x1b[31mred\u202Egnp.exe"},
			OrganizationalUnit: []string{`"><img src=x onerror=alert(2)>`},
		}
	}})
}

func negativeSerial() []byte {
	made := lab.Issue(lab.Spec{Name: "negative.example.com", Edit: func(t *x509.Certificate) {
		t.SerialNumber = big.NewInt(0x7f)
	}})
	// The serial number follows the version: 02 01 7F, which 02 01 81 turns
	// into -127. The signature no longer fits, which is a second problem.
	return []byte(strings.Replace(string(made.Raw), "\x02\x01\x7f", "\x02\x01\x81", 1))
}

func constrained() []*lab.Cert {
	ca := lab.Issue(lab.Spec{Name: "Example Constrained CA", CA: true, Issuer: root, Edit: func(t *x509.Certificate) {
		t.PermittedDNSDomainsCritical = true
		t.PermittedDNSDomains = []string{"example.net"}
		t.ExcludedIPRanges = []*net.IPNet{{IP: net.IPv4zero, Mask: net.CIDRMask(0, 32)}}
	}})
	return []*lab.Cert{lab.Issue(lab.Spec{Name: "www.example.com", Issuer: ca}), ca}
}

// armour is DER as PEM, whatever the DER is.
func armour(der []byte) string {
	text := base64.StdEncoding.EncodeToString(der)
	var out strings.Builder
	out.WriteString("-----BEGIN CERTIFICATE-----\n")
	for len(text) > 64 {
		out.WriteString(text[:64] + "\n")
		text = text[64:]
	}
	out.WriteString(text + "\n-----END CERTIFICATE-----\n")
	return out.String()
}
