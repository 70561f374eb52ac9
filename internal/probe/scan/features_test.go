package scan

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"certlens/internal/codepoint"
	"certlens/internal/lab"
	"certlens/internal/lab/daemon"
	"certlens/internal/report"
)

// said writes what a scan says beside versions, suites and groups, in one line.
func said(scan *report.Scan) string {
	flag := func(name string, value *bool) string {
		return name + " " + map[bool]string{false: "no", true: "yes"}[value != nil && *value] + map[bool]string{true: "?"}[value == nil]
	}
	line := []string{}
	for _, c := range scan.Certificates {
		line = append(line, "chain "+strings.Join(c.When, "+"))
	}
	if n := scan.NamePolicy; n != nil {
		line = append(line, "names "+n.WithoutName+" "+n.UnknownName)
	}
	if r := scan.Resumption; r != nil {
		line = append(line, fmt.Sprintf("resumption %s %s %s", cmp.Or(r.TLS13, "-"), cmp.Or(r.Ticket, "-"), cmp.Or(r.Session, "-")))
	}
	line = append(line, flag("fallback", scan.FallbackSCSV), flag("renegotiation", scan.SecureRenegotiation),
		flag("ems", scan.ExtendedMasterSecret), flag("compression", scan.Compression), flag("sha1", scan.SHA1Signatures),
		"pq "+scan.PostQuantum.Ready)
	for _, s := range scan.Statements {
		line = append(line, s.ID)
	}
	return strings.Join(line, ", ")
}

// Real servers are configured, and the scan says so.
func TestFeatures(t *testing.T) {
	for _, c := range []struct {
		name  string
		start func(*testing.T) int
		want  string
	}{
		{"as it comes", func(t *testing.T) int { return openssl(t) },
			"chain RSA+without a server name+with an unknown server name, names same same, resumption yes offered unknown, " +
				"fallback yes, renegotiation yes, ems yes, compression no, sha1 no, pq no, w_scan_client_order, n_scan_no_forward_secrecy, i_scan_cbc"},
		{"TLS 1.2 with tickets", func(t *testing.T) int { return openssl(t, "-tls1_2", "-cipher", "ECDHE+AESGCM") },
			"chain RSA+without a server name+with an unknown server name, names same same, resumption - yes unknown, " +
				"fallback no?, renegotiation yes, ems yes, compression no, sha1 no, pq no, n_scan_no_tls13"},
		{"TLS 1.2 with session ids", func(t *testing.T) int { return openssl(t, "-tls1_2", "-no_ticket", "-cipher", "ECDHE+AESGCM") },
			"chain RSA+without a server name+with an unknown server name, names same same, resumption - no offered, " +
				"fallback no?, renegotiation yes, ems yes, compression no, sha1 no, pq no, n_scan_no_tls13"},
		{"without resumption", func(t *testing.T) int {
			return openssl(t, "-tls1_2", "-no_ticket", "-no_cache", "-cipher", "ECDHE+AESGCM")
		},
			"chain RSA+without a server name+with an unknown server name, names same same, resumption - no no, " +
				"fallback no?, renegotiation yes, ems yes, compression no, sha1 no, pq no, n_scan_no_tls13"},
		{"another certificate for the name", func(t *testing.T) int {
			return openssl(t, "-cert2", "ed25519.pem", "-servername", serverName, "-cipher", "ECDHE+AESGCM")
		},
			"chain EdDSA, chain without a server name+with an unknown server name, names other other, resumption yes offered unknown, " +
				"fallback yes, renegotiation yes, ems yes, compression no, sha1 no, pq no"},
		{"a field of 1024 bits, SHA-1", func(t *testing.T) int {
			file := filepath.Join(t.TempDir(), "dh.pem")
			if out, err := exec.Command(program(t, "openssl", "openssl"), "genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:dh_1024_160", "-out", file).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			return openssl(t, "-dhparam", file, "-cipher", "DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0", "-tls1_2")
		},
			"chain RSA+without a server name+with an unknown server name, names same same, resumption - offered unknown, " +
				"fallback no?, renegotiation yes, ems yes, compression no, sha1 yes, pq no, e_scan_logjam, w_scan_sha1_signatures, n_scan_no_tls13"},
		{"names of its own", func(t *testing.T) int {
			return golang(t, &tls.Config{MinVersion: tls.VersionTLS13, GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
				name := cmp.Or(hello.ServerName, "default.test")
				if name == unknownName {
					return nil, fmt.Errorf("no such name") // crypto/tls says internal_error then
				}
				leaf := lab.Issue(lab.Spec{Name: name})
				return &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{{Certificate: [][]byte{leaf.Raw}, PrivateKey: leaf.Key}}}, nil
			}})
		},
			"chain ECDSA, chain without a server name, names other refused, resumption yes - -, " +
				"fallback no?, renegotiation no?, ems no?, compression no?, sha1 no?, pq yes"},
		{"an Ed25519 key", func(t *testing.T) int { return openssl(t, "-cert", "ed25519.pem", "-cipher", "ECDHE+AESGCM") },
			"chain EdDSA+without a server name+with an unknown server name, names same same, resumption yes offered unknown, " +
				"fallback yes, renegotiation yes, ems yes, compression no, sha1 no, pq no"},
		{"RSA and Ed25519", func(t *testing.T) int { return openssl(t, "-dcert", "ed25519.pem", "-cipher", "ECDHE+AESGCM") },
			"chain RSA+without a server name+with an unknown server name, chain EdDSA, names same same, resumption yes offered unknown, " +
				"fallback yes, renegotiation yes, ems yes, compression no, sha1 no, pq no"},
	} {
		t.Run(c.name, func(t *testing.T) {
			scan := Run(t.Context(), local, at(c.start(t)), 4, nil)
			if !scan.Done || scan.Failure != nil {
				t.Fatalf("%v, %v", scan.Done, scan.Failure)
			}
			if got := said(scan); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// A server that is an address is sent no name, so that none can be missed.
func TestAddressHasNoName(t *testing.T) {
	target := at(openssl(t, "-cipher", "ECDHE+AESGCM"))
	target.SNI = ""
	h := handshaker(func(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
		if request.NoSNI {
			t.Error("a handshake was made without a name that there never was")
		}
		return local.Handshake(ctx, request)
	})
	scan := Run(t.Context(), h, target, 4, nil)
	if scan.SNI != "" || scan.NamePolicy == nil || *scan.NamePolicy != (report.ScanNames{WithoutName: "same", UnknownName: "same"}) {
		t.Errorf("%q, %+v", scan.SNI, scan.NamePolicy)
	}
}

// Who asks for no server name gets a scan without one, but for the question about
// unknown names, and the same chains by their keys.
func TestScanWithoutAName(t *testing.T) {
	target := at(openssl(t, "-cipher", "ECDHE+AESGCM"))
	target.SNI, target.NoSNI = "", true
	named := 0
	h := handshaker(func(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
		if !request.NoSNI {
			named++
			if request.SNI != unknownName {
				t.Errorf("a handshake was made with the name %q", request.SNI)
			}
		}
		return local.Handshake(ctx, request)
	})
	scan := Run(t.Context(), h, target, 4, nil)
	if !scan.Done || scan.SNI != "" || named != 1 || len(scan.Certificates) != 1 || slices.Contains(scan.Certificates[0].When, "without a server name") {
		t.Errorf("done: %t, %q, %d with a name, %+v", scan.Done, scan.SNI, named, scan.Certificates)
	}
}

// Up to TLS 1.2, an ECDSA certificate is of no use to a client that does not
// offer its curve, but the RSA certificate beside it is.
func TestCurvesBesideAnECDSACertificate(t *testing.T) {
	port := openssl(t, "-dcert", "ecdsa.pem", "-tls1_2", "-serverpref", "-cipher", "ECDHE+AESGCM", "-groups", "P-256:X25519:P-384")
	if got := groupsFound(Run(t.Context(), local, at(port), 4, nil), codepoint.TLS12); !slices.Equal(got, []uint16{0x0017, 0x001D, 0x0018}) {
		t.Errorf("%04X", got)
	}
}

// A server that is not there, or that speaks something else, fails at once.
func TestNoServer(t *testing.T) {
	scan := Run(t.Context(), local, at(daemon.FreePort(t)), 4, nil)
	if scan.Failure == nil || scan.Failure.Class != report.Refused || len(scan.Versions) > 0 || scan.Handshakes != 2 {
		t.Errorf("%+v, %d handshakes", scan.Failure, scan.Handshakes)
	}
}
