package scan

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"certlens/internal/codepoint"
	"certlens/internal/lab/daemon"
)

// findings are the suites that a tool found in each version that it found.
type findings map[string][]uint16

// servers are as different as they can be on one machine.
var servers = []struct {
	name string
	// quick servers are compared in each run, with sslscan alone.
	quick bool
	start func(*testing.T) int
}{
	{"OpenSSL, TLS 1.2, two kinds of keys", true, func(t *testing.T) int {
		return openssl(t, "-dcert", "ecdsa.pem", "-tls1_2", "-serverpref", "-cipher", "ECDHE+AESGCM:DHE+CHACHA20:ECDHE+SHA:AES128-SHA")
	}},
	{"OpenSSL, all suites", false, func(t *testing.T) int {
		return openssl(t, "-dcert", "ecdsa.pem", "-cipher", "ALL:COMPLEMENTOFALL:eNULL:@SECLEVEL=0")
	}},
	{"OpenSSL, TLS 1.0", false, func(t *testing.T) int {
		return openssl(t, "-tls1", "-cipher", "AES:CAMELLIA:@SECLEVEL=0")
	}},
	{"OpenSSL, TLS 1.3, CCM, other groups", false, func(t *testing.T) int {
		return openssl(t, "-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256:TLS_CHACHA20_POLY1305_SHA256", "-groups", "P-521:ffdhe3072:X448")
	}},
	{"crypto/tls, TLS 1.3, X25519MLKEM768", true, func(t *testing.T) int {
		return golang(t, &tls.Config{MinVersion: tls.VersionTLS13, CurvePreferences: []tls.CurveID{tls.X25519MLKEM768, tls.X25519}})
	}},
	{"nginx, Mozilla's intermediate", false, func(t *testing.T) int { return platformServers["nginx"](t, "intermediate", "ecdsa.pem", "rsa.pem") }},
	{"HAProxy, Mozilla's old", false, func(t *testing.T) int { return platformServers["haproxy"](t, "old", "rsa.pem") }},
	{"GnuTLS, 3DES and Camellia", false, func(t *testing.T) int {
		dir, port := t.TempDir(), daemon.FreePort(t)
		writeKeyPairs(t, dir)
		run(t, dir, port, program(t, "gnutls-serv", "gnutls-bin"), "--port", strconv.Itoa(port), "--x509certfile", "rsa.pem", "--x509keyfile", "rsa.pem",
			"--priority", "NORMAL:+3DES-CBC:+CAMELLIA-128-GCM:+CAMELLIA-256-CBC:+RSA:-VERS-TLS1.3", "--noticket")
		return port
	}},
}

// The scan finds what sslscan and testssl.sh find, with fewer handshakes. Whole
// servers take testssl.sh minutes.
func TestAgainstOtherScanners(t *testing.T) {
	var table bytes.Buffer
	rows := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(rows, "server\ttool\tversions\tsuites\thandshakes\ttime")
	for _, s := range servers {
		t.Run(s.name, func(t *testing.T) {
			if testing.Short() && !s.quick {
				t.Skip("takes long: run without -short")
			}
			port, count := counted(t, s.start(t))
			tool := func(name string, find func(*testing.T, int) findings) findings {
				count.Store(0)
				began := time.Now()
				found := find(t, port)
				fmt.Fprintf(rows, "%s\t%s\t%d\t%d\t%d\t%.1f s\n", s.name, name, len(found), found.suites(), count.Load(), time.Since(began).Seconds())
				return found
			}
			ours := tool("certlens", scanned)
			handshakes := count.Load()
			tools := map[string]func(*testing.T, int) findings{"sslscan": sslscan}
			if !testing.Short() {
				tools["testssl.sh"] = testssl
			}
			for _, name := range slices.Sorted(maps.Keys(tools)) {
				compareFindings(t, name, ours, tool(name, tools[name]))
				if count.Load() <= handshakes {
					t.Errorf("%s made %d handshakes, and we %d", name, count.Load(), handshakes)
				}
			}
		})
	}
	rows.Flush()
	t.Logf("\n%s", &table)
}

func (f findings) suites() (n int) {
	for _, ids := range f {
		n += len(ids)
	}
	return n
}

func compareFindings(t *testing.T, name string, ours, theirs findings) {
	t.Helper()
	all := maps.Clone(ours)
	maps.Copy(all, theirs)
	for _, version := range slices.Sorted(maps.Keys(all)) {
		us, they := ours[version], theirs[version]
		slices.Sort(us)
		slices.Sort(they)
		if !slices.Equal(us, they) {
			t.Errorf("%s: we found %s, %s %s", version, suiteNames(us), name, suiteNames(they))
		}
	}
}

func suiteNames(ids []uint16) string {
	return strings.Join(names(ids, func(id uint16) string { return codepoint.Suite(id).Name }), " ")
}

func scanned(t *testing.T, port int) findings {
	scan := Run(t.Context(), local, at(port), 4, nil)
	if !scan.Done || scan.Failure != nil {
		t.Fatalf("done: %v, %v", scan.Done, scan.Failure)
	}
	found := findings{}
	for _, v := range scan.Versions {
		if v.Supported == "unknown" || v.Supported == "yes" && v.Detail != "" {
			t.Errorf("%s: %s, %s", v.Protocol, v.Supported, v.Detail)
		}
		if v.Supported == "yes" {
			found[v.Protocol] = suitesFound(scan, v.Version)
		}
	}
	return found
}

// sslscan reads the XML of sslscan.
func sslscan(t *testing.T, port int) findings {
	file := filepath.Join(t.TempDir(), "out.xml")
	c := exec.Command(program(t, "sslscan", "sslscan"), "--show-cipher-ids", "--sni-name="+serverName, "--xml="+file, address(port))
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Protocols []struct {
			Type    string `xml:"type,attr"`
			Version string `xml:"version,attr"`
			Enabled string `xml:"enabled,attr"`
		} `xml:"ssltest>protocol"`
		Ciphers []struct {
			Version string `xml:"sslversion,attr"`
			ID      string `xml:"id,attr"`
		} `xml:"ssltest>cipher"`
	}
	if err := xml.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	found := findings{}
	for _, p := range document.Protocols {
		if p.Enabled == "1" {
			found[strings.TrimSuffix(strings.ToUpper(p.Type)+"v"+p.Version, ".0")] = nil
		}
	}
	for _, c := range document.Ciphers {
		id, err := strconv.ParseUint(c.ID, 0, 16)
		if err != nil {
			t.Fatal(err)
		}
		version := strings.TrimSuffix(c.Version, ".0")
		found[version] = append(found[version], uint16(id))
	}
	return found
}

// testssl reads the JSON of testssl.sh.
func testssl(t *testing.T, port int) findings {
	file := filepath.Join(t.TempDir(), "out.json")
	// A server that never stops talking fills the memory of this shell script.
	c := exec.Command("sh", "-c", `ulimit -v 4000000; exec "$@"`, "sh", program(t, "testssl", "testssl.sh"),
		"--quiet", "--color", "0", "--warnings", "off", "--nodns", "none", "--protocols", "--cipher-per-proto", "--jsonfile", file, address(port))
	out, err := c.CombinedOutput()
	text, readErr := os.ReadFile(file)
	if readErr != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var lines []struct{ ID, Finding string }
	if err := json.Unmarshal(text, &lines); err != nil {
		t.Fatalf("%v\n%s\n%s", err, text, out)
	}
	spelling := map[string]string{"tls1": "TLSv1", "tls1_1": "TLSv1.1", "tls1_2": "TLSv1.2", "tls1_3": "TLSv1.3", "sslv3": "SSLv3", "ssl3": "SSLv3", "sslv2": "SSLv2"}
	found := findings{}
	for _, line := range lines {
		// As in "TLS1_2": "offered", and "cipher-tls1_2_xc02f".
		if version, ok := spelling[strings.ToLower(line.ID)]; ok && strings.HasPrefix(line.Finding, "offered") {
			found[version] = append(found[version], []uint16{}...)
		}
		if protocol, hex, ok := cutLast(strings.TrimPrefix(line.ID, "cipher-"), "_x"); ok && spelling[protocol] != "" {
			id, err := strconv.ParseUint(hex, 16, 16)
			if err != nil {
				t.Fatal(err)
			}
			found[spelling[protocol]] = append(found[spelling[protocol]], uint16(id))
		}
	}
	return found
}

func cutLast(s, separator string) (before, after string, ok bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}
