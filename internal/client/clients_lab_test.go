package client

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/binary"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"certlens/internal/codepoint"
	"certlens/internal/lab"
	"certlens/internal/report"
)

// A failure is one broken server on loopback, and what is wrong with it.
type failure struct {
	name  string
	class report.Class
	host  string // what clients ask for
	port  int
	// pg and my are the ports of the same server behind the first lines of
	// PostgreSQL's and of MySQL's protocol; 0 where there is none.
	pg, my int
	// chain is what the server sends, and crl revocation lists to check; empty
	// for a failure that is not about a certificate.
	chain []byte
	crl   string
	// ca is the file of trusted CAs, where it is not the usual one.
	ca string
	// cert is the file of a client certificate with its key, and pin a pinned key.
	cert, pin string
	// only names the clients that look for this; all when empty.
	only string
}

// A bench makes certificates and servers, in a folder.
type bench struct {
	testing.TB
	dir      string
	anchors  string // the file of all trusted roots
	good     tls.Certificate
	failures []failure
	// silence says why the last command failed without a word, and silent lists all
	// such answers.
	silence string
	silent  []string
}

// now is the moment around which everything is made: real clients take no other.
var now = time.Now().Truncate(time.Second)

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

func (b *bench) write(name, text string) string {
	if err := os.WriteFile(b.path(name), []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return b.path(name)
}

// authority makes a CA certificate that is valid now.
func authority(name string, issuer *lab.Cert, edit func(*x509.Certificate)) *lab.Cert {
	return lab.Issue(lab.Spec{Name: name, CA: true, Issuer: issuer, From: now.AddDate(-1, 0, 0), Until: now.AddDate(1, 0, 0), Edit: edit})
}

// server makes a server's certificate that is valid now, for localhost and its
// address.
func server(name string, issuer *lab.Cert, edit func(*x509.Certificate)) *lab.Cert {
	return lab.Issue(lab.Spec{Name: name, Issuer: issuer, Hosts: []string{"localhost", "127.0.0.1"}, From: now.AddDate(0, 0, -10), Until: now.AddDate(0, 0, 10), Edit: edit})
}

// newBench makes all failures.
func newBench(t testing.TB) *bench {
	b := &bench{TB: t, dir: t.TempDir()}
	b.certificates()
	b.handshakes()
	b.connections()
	b.files()
	return b
}

// certificates are the failures of certificates.
func (b *bench) certificates() {
	root := authority("Trusted Root", nil, nil)
	inter := authority("Trusted Intermediate", root, nil)
	other := authority("Other Root", nil, nil)
	otherInter := authority("Other Intermediate", other, nil)
	old := lab.Issue(lab.Spec{Name: "Expired Root", CA: true, From: now.AddDate(-2, 0, 0), Until: now.AddDate(0, 0, -5)})
	roots := []*lab.Cert{root, old}

	edit := func(f func(*x509.Certificate)) *lab.Cert { return server("localhost", inter, f) }
	b.add("good", "", "localhost", edit(nil), inter)
	b.add("expired", report.Expired, "localhost", edit(func(c *x509.Certificate) { c.NotBefore, c.NotAfter = now.AddDate(0, 0, -40), now.AddDate(0, 0, -3) }), inter)
	b.add("not yet valid", report.NotYetValid, "localhost", edit(func(c *x509.Certificate) { c.NotBefore, c.NotAfter = now.AddDate(0, 0, 3), now.AddDate(0, 0, 40) }), inter)
	b.add("self-signed", report.SelfSigned, "localhost", server("localhost", nil, nil))
	b.add("self-signed root sent", report.SelfSignedInChain, "localhost", server("localhost", otherInter, nil), otherInter, other)
	b.add("unknown root", report.UnknownRoot, "localhost", server("localhost", otherInter, nil), otherInter)
	b.add("missing intermediate", report.MissingIntermediate, "localhost", edit(nil))
	b.add("wrong host", report.HostnameMismatch, "localhost", edit(func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = []string{"example.com", "www.example.com"}, nil }), inter)
	b.add("no alternative names", report.NoSAN, "localhost", edit(func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = nil, nil }), inter)
	b.add("wrong address", report.IPMismatch, "127.0.0.1", edit(func(c *x509.Certificate) { c.IPAddresses = nil }), inter)

	oldInter := lab.Issue(lab.Spec{Name: "Expired Intermediate", CA: true, Issuer: root, From: now.AddDate(-2, 0, 0), Until: now.AddDate(0, 0, -5)})
	b.add("expired intermediate", report.ExpiredIntermediate, "localhost", server("localhost", oldInter, nil), oldInter)
	b.add("expired root", report.ExpiredRoot, "localhost", server("localhost", old, nil))
	b.add("wrong purpose", report.WrongPurpose, "localhost", edit(func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }), inter)
	notCA := lab.Issue(lab.Spec{Name: "Not A CA", Issuer: root, From: now.AddDate(-1, 0, 0), Until: now.AddDate(1, 0, 0)})
	b.add("issuer is no CA", report.IssuerNotCA, "localhost", server("localhost", notCA, nil), notCA)
	short := authority("Path Length 0", root, func(c *x509.Certificate) { c.MaxPathLen, c.MaxPathLenZero = 0, true })
	below := authority("Below", short, nil)
	b.add("path too long", report.PathLength, "localhost", server("localhost", below, nil), below, short)
	permitted := authority("Permits example.com", root, func(c *x509.Certificate) {
		c.PermittedDNSDomains, c.PermittedDNSDomainsCritical = []string{"example.com"}, true
	})
	b.add("name not permitted", report.NameConstraint, "localhost", server("localhost", permitted, nil), permitted)
	excluded := authority("Excludes localhost", root, func(c *x509.Certificate) {
		c.ExcludedDNSDomains, c.PermittedDNSDomainsCritical = []string{"localhost"}, true
	})
	b.add("name excluded", report.NameConstraint, "localhost", server("localhost", excluded, nil), excluded)
	b.add("unknown critical extension", report.UnknownCritical, "localhost", edit(func(c *x509.Certificate) {
		c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 3, 4, 5}, Critical: true, Value: []byte{5, 0}}}
	}), inter)
	sha1 := edit(func(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA1 })
	b.add("SHA-1 signature", report.WeakSignature, "localhost", sha1, inter)

	bad := edit(nil)
	bad.Raw[len(bad.Raw)-1] ^= 1
	b.add("bad signature", report.BadSignature, "localhost", bad, inter)

	b.rsa(root, inter)
	revoked := edit(nil)
	b.add("revoked", report.Revoked, "localhost", revoked, inter)
	f := b.last()
	f.crl, f.only = b.write("crl.pem", crl(b, inter, revoked)+crl(b, root)), "openssl verify,curl,curl -v,wget,python"
	b.add("staple missing", report.StapleMissing, "localhost", edit(func(c *x509.Certificate) {
		// RFC 7633, section 4.1: a SEQUENCE of one INTEGER, status_request (5).
		c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 24}, Value: []byte{0x30, 3, 2, 1, 5}}}
	}), inter)
	b.last().only = "curl,gnutls"
	b.add("pinned key", report.PinMismatch, "localhost", edit(nil), inter)
	b.last().pin, b.last().only = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "curl"
	b.anchors = b.write("anchors.pem", lab.PEM(roots...)+b.rsaRoot())
}

func (b *bench) last() *failure { return &b.failures[len(b.failures)-1] }

// crl is a revocation list that is current now.
func crl(t testing.TB, issuer *lab.Cert, revoked ...*lab.Cert) string {
	t.Helper()
	list := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: now.AddDate(0, 0, -1), NextUpdate: now.AddDate(0, 0, 6)}
	for _, c := range revoked {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: c.SerialNumber, RevocationTime: list.ThisUpdate, ReasonCode: 1})
	}
	der, err := x509.CreateRevocationList(rand.Reader, list, issuer.Certificate, issuer.Key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: der}))
}

// rsa adds the failures that need keys of RSA: a small one, and a signature with
// MD5, which only openssl still makes.
func (b *bench) rsa(root, inter *lab.Cert) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		b.Fatal(err)
	}
	template := *server("localhost", inter, nil).Certificate
	template.SignatureAlgorithm, template.PublicKeyAlgorithm, template.PublicKey = 0, 0, nil
	der, err := x509.CreateCertificate(rand.Reader, &template, inter.Certificate, &small.PublicKey, inter.Key)
	if err != nil {
		b.Fatal(err)
	}
	b.serve("small RSA key", report.WeakKey, "localhost", small, der, inter.Raw)

	openssl, err := exec.LookPath("openssl")
	if err != nil {
		return
	}
	script := `set -e
openssl req -x509 -newkey rsa:2048 -nodes -keyout md5root.key -out md5root.pem -days 30 -subj "/CN=RSA Root" -sha256
openssl req -newkey rsa:2048 -nodes -keyout md5.key -out md5.csr -subj /CN=localhost
printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' > md5.ext
openssl x509 -req -in md5.csr -CA md5root.pem -CAkey md5root.key -CAcreateserial -days 20 -md5 -extfile md5.ext -out md5.pem`
	c := exec.Command("sh", "-c", strings.ReplaceAll(script, "openssl ", openssl+" "))
	c.Dir = b.dir
	if out, err := c.CombinedOutput(); err != nil {
		b.Logf("no certificate with MD5: %v\n%s", err, out)
		return
	}
	pair, err := tls.LoadX509KeyPair(b.path("md5.pem"), b.path("md5.key"))
	if err != nil {
		b.Fatal(err)
	}
	b.serve("MD5 signature", report.WeakSignature, "localhost", pair.PrivateKey.(crypto.Signer), pair.Certificate...)
}

func (b *bench) rsaRoot() string {
	text, _ := os.ReadFile(b.path("md5root.pem"))
	return string(text)
}

// add serves certificates.
func (b *bench) add(name string, class report.Class, host string, chain ...*lab.Cert) {
	var der [][]byte
	for _, c := range chain {
		der = append(der, c.Raw)
	}
	b.serve(name, class, host, chain[0].Key, der...)
}

func (b *bench) serve(name string, class report.Class, host string, key crypto.Signer, chain ...[]byte) {
	pair := tls.Certificate{Certificate: chain, PrivateKey: key}
	if name == "good" {
		b.good = pair
	}
	config := &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	var text []byte
	for _, der := range chain {
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	b.failures = append(b.failures, failure{name: name, class: class, host: host, chain: text,
		port: b.tls(config, nil), pg: b.tls(config, postgres), my: b.tls(config, mysql)})
}

// handshakes are the failures of the handshake.
func (b *bench) handshakes() {
	config := func(edit func(*tls.Config)) *tls.Config {
		c := &tls.Config{Certificates: []tls.Certificate{b.good}, MinVersion: tls.VersionTLS12}
		edit(c)
		return c
	}
	for _, f := range []struct {
		name  string
		class report.Class
		edit  func(*tls.Config)
	}{
		{"TLS 1.0 only", report.ProtocolVersion, func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10 }},
		{"TLS 1.1 only", report.ProtocolVersion, func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS11, tls.VersionTLS11 }},
		{"no shared cipher", report.NoSharedCipher, func(c *tls.Config) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA}
		}},
		{"client certificate, TLS 1.2", report.ClientCertRequired, func(c *tls.Config) {
			c.MaxVersion, c.ClientAuth = tls.VersionTLS12, tls.RequireAnyClientCert
		}},
		{"client certificate, TLS 1.3", report.ClientCertRequired, func(c *tls.Config) {
			c.MinVersion, c.ClientAuth = tls.VersionTLS13, tls.RequireAnyClientCert
		}},
	} {
		c := config(f.edit)
		b.failures = append(b.failures, failure{name: f.name, class: f.class, host: "localhost", port: b.tls(c, nil), pg: b.tls(c, postgres), my: b.tls(c, mysql)})
	}
	for n := 10; n <= 120; n++ {
		name := codepoint.AlertName(n)
		if name == "" || n == 41 || n == 90 || n == 100 || n == 111 || n == 114 || n == 117 || n == 52 {
			continue // of old versions, warnings, or without a class
		}
		class := codepoint.AlertClass(n)
		if class == "" {
			class = report.Other
		}
		record := []byte{21, 3, 3, 0, 2, 2, byte(n)}
		answer := func(c net.Conn) { hello(c); c.Write(record); linger(c) }
		b.failures = append(b.failures, failure{name: "alert " + strconv.Itoa(n) + " " + name, class: class, host: "localhost",
			port: b.listen(answer), pg: b.listen(func(c net.Conn) { postgres(c); answer(c) })})
	}
}

// connections are the failures below TLS, and of what is spoken instead.
func (b *bench) connections() {
	say := func(text string) func(net.Conn) {
		return func(c net.Conn) { io.WriteString(c, text); hello(c); linger(c) }
	}
	b.failures = append(b.failures,
		failure{name: "plain HTTP", class: report.PlainHTTP, host: "localhost", port: b.http()},
		failure{name: "SSH", class: report.WrongProtocol, host: "localhost", port: b.listen(say("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"))},
		failure{name: "SMTP", class: report.WrongProtocol, host: "localhost", port: b.listen(say("220 mx.example.com ESMTP Postfix\r\n"))},
		failure{name: "closed", class: report.Closed, host: "localhost", port: b.listen(func(c net.Conn) { hello(c) })},
		failure{name: "reset", class: report.Reset, host: "localhost", port: b.listen(func(c net.Conn) { hello(c); c.(*net.TCPConn).SetLinger(0) })},
		failure{name: "refused", class: report.Refused, host: "localhost", port: b.closedPort()},
		failure{name: "timeout", class: report.Timeout, host: "localhost", port: b.listen(func(c net.Conn) { io.Copy(io.Discard, c) })},
		failure{name: "no such name", class: report.DNS, host: "no-such-host.invalid", port: 443},
	)
}

// files are the failures of the client's own files.
func (b *bench) files() {
	good := b.failures[0]
	good.name, good.class, good.ca, good.only = "CA file missing", report.CAFileUnreadable, b.path("missing.pem"), "openssl,curl,curl -v,git,python,requests,psql,mysql,java,kubectl,docker,perl"
	b.failures = append(b.failures, good)
	good.name, good.ca = "CA file empty", b.write("empty.pem", "nothing\n")
	good.only = "curl,curl -v,python,docker"
	b.failures = append(b.failures, good)
	good.name, good.class, good.ca, good.cert = "client certificate unreadable", report.ClientCertUnreadable, "", b.write("garbage.pem", "nothing\n")
	good.only = "openssl,curl,curl -v,python,node https,psql,docker"
	b.failures = append(b.failures, good)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	der, _ := x509.MarshalPKCS8PrivateKey(key)
	good.name = "key of another certificate"
	good.cert = b.write("mismatch.pem", string(good.chain)+string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
	b.failures = append(b.failures, good)
}

// listen serves each connection and gives the port.
func (b *bench) listen(serve func(net.Conn)) int {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.SetDeadline(time.Now().Add(20 * time.Second))
			go func() {
				defer c.Close()
				serve(c)
			}()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

// tls serves HTTP over TLS, or after the first lines of another protocol an error
// of that protocol.
func (b *bench) tls(config *tls.Config, first func(net.Conn)) int {
	if first == nil {
		l, err := tls.Listen("tcp4", "127.0.0.1:0", config)
		if err != nil {
			b.Fatal(err)
		}
		return b.web(l)
	}
	return b.listen(func(c net.Conn) {
		first(c)
		t := tls.Server(c, config)
		if t.Handshake() != nil {
			return
		}
		t.Read(make([]byte, 4<<10))
		// What PostgreSQL says when it does not know the database. To MySQL's client
		// it is no packet, and it says so.
		io.WriteString(t, "E\x00\x00\x00\x17SFATAL\x00C3D000\x00Mno\x00\x00")
		t.Close()
	})
}

// web serves HTTP on a listener.
func (b *bench) web(l net.Listener) int {
	s := &http.Server{ErrorLog: log.New(io.Discard, "", 0), Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.NotFound(w, nil) })}
	go s.Serve(l)
	b.Cleanup(func() { s.Close() })
	return l.Addr().(*net.TCPAddr).Port
}

func (b *bench) http() int {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	return b.web(l)
}

func (b *bench) closedPort() int {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// hello reads what looks like one record of TLS.
func hello(c net.Conn) {
	var header [5]byte
	if _, err := io.ReadFull(c, header[:]); err == nil {
		io.CopyN(io.Discard, c, int64(binary.BigEndian.Uint16(header[3:])))
	}
}

// linger lets the client read before the connection goes.
func linger(c net.Conn) {
	c.(*net.TCPConn).CloseWrite()
	c.SetDeadline(time.Now().Add(2 * time.Second))
	io.Copy(io.Discard, c)
}

// postgres answers the request for TLS of PostgreSQL's protocol.
func postgres(c net.Conn) {
	io.ReadFull(c, make([]byte, 8))
	io.WriteString(c, "S")
}

// mysql says the greeting of MySQL's protocol, which offers TLS, and reads the
// request for it.
func mysql(c net.Conn) {
	// Protocol 10, version, thread, salt, capabilities with CLIENT_SSL (0x0800) and
	// CLIENT_PROTOCOL_41 (0x0200), character set, status.
	body := "\x0a8.0.0-lab\x00" + "\x01\x00\x00\x00" + "12345678\x00" + "\xff\xff" + "\x21" + "\x02\x00" + "\xff\xc1" + "\x15" +
		strings.Repeat("\x00", 10) + "123456789012\x00" + "mysql_native_password\x00"
	c.Write(append([]byte{byte(len(body)), 0, 0, 0}, body...))
	header := make([]byte, 4)
	if _, err := io.ReadFull(c, header); err == nil {
		io.CopyN(io.Discard, c, int64(header[0]))
	}
}
