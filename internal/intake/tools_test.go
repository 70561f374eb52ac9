package intake

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"certlens/internal/report"
)

// The tests of this file run real clients against a real openssl s_server on
// the loopback interface.

// A toolCase is one run of a client; PORT stands for the port of the server.
type toolCase struct {
	name, tool string
	server     string // one of toolServers
	command    string
	// want holds what must be read: fields as "name=value".
	want string
}

// toolServers are the options of the servers.
var toolServers = map[string]string{
	"good":  "-cert leaf.pem -key leaf.key -cert_chain intermediate.pem -alpn http/1.1 -www",
	"tls12": "-cert leaf.pem -key leaf.key -cert_chain intermediate.pem -tls1_2 -www",
	"alone": "-cert leaf.pem -key leaf.key -www",
	"mtls":  "-cert leaf.pem -key leaf.key -cert_chain intermediate.pem -Verify 2 -verify_return_error -CAfile root.pem -www",
}

const javaClient = `import javax.net.ssl.*; import java.net.*;
public class Client { public static void main(String[] a) throws Exception {
  SSLSocket s = (SSLSocket) SSLSocketFactory.getDefault().createSocket("localhost", Integer.parseInt(a[0]));
  SSLParameters p = s.getSSLParameters(); p.setServerNames(java.util.List.of(new SNIHostName("www.example.com"))); s.setSSLParameters(p);
  s.setSoTimeout(4000); s.startHandshake(); s.getInputStream().read(); } }`

var toolCases = []toolCase{
	{"curl", "curl", "good", "curl -sv --max-time 4 --cacert root.pem -o /dev/null https://localhost:PORT/",
		"host=localhost port=PORT protocol=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 alpn=http/1.1 code=0 chain=1 errors=0"},
	{"curl untrusted", "curl", "good", "curl -sSv --max-time 4 --cacert client.pem https://localhost:PORT/", "host=localhost verify=20 sent=48 exit=60"},
	{"curl alone", "curl", "alone", "curl -sSv --max-time 4 --cacert root.pem https://localhost:PORT/", "verify=20 exit=60"},
	{"curl insecure", "curl", "tls12", "curl -kv --max-time 4 --cacert client.pem -o /dev/null https://localhost:PORT/", "protocol=TLSv1.2 verify=20 code=20"},
	{"curl name", "curl", "good", "curl -sSv --max-time 4 --cacert root.pem --resolve other.example.com:PORT:127.0.0.1 https://other.example.com:PORT/", "host=other.example.com verify=62 exit=60"},
	{"curl version", "curl", "tls12", "curl -sSv --max-time 4 --tlsv1.3 --cacert root.pem https://localhost:PORT/", "received=70 class=protocol_version"},
	{"curl mtls", "curl", "mtls", "curl -sSv --max-time 4 --cacert root.pem https://localhost:PORT/", "requested=true received=116 class=client_cert_required"},
	{"curl refused", "curl", "", "curl -sSv --max-time 4 https://localhost:PORT/", "class=refused exit=7"},
	{"curl plain", "curl", "plain", "curl -sSv --max-time 4 https://localhost:PORT/", "class=wrong_protocol exit=35"},
	{"curl certs", "curl", "good", "curl -sv --max-time 4 -w %{certs} --cacert root.pem -o /dev/null https://localhost:PORT/", "chain=2 linked=2"},
	{"curl traced", "curl", "good", "curl -sSv --trace-time --max-time 4 --cacert client.pem https://localhost:PORT/", "host=localhost verify=20"},
	{"gnutls-cli", "gnutls-cli", "good", "gnutls-cli --x509cafile root.pem -p PORT localhost", "host=localhost port=PORT protocol=TLSv1.3 code=0 chain=2"},
	{"gnutls-cli untrusted", "gnutls-cli", "tls12", "gnutls-cli --print-cert --x509cafile client.pem -p PORT localhost", "verify=20 chain=2 linked=2"},
	{"gnutls-cli name", "gnutls-cli", "good", "gnutls-cli --x509cafile root.pem --verify-hostname other.example.com -p PORT localhost", "verify=62"},
	{"gnutls-cli mtls", "gnutls-cli", "mtls", "gnutls-cli --x509cafile root.pem -p PORT localhost", "requested=true received=116"},
	{"gnutls-cli version", "gnutls-cli", "tls12", "gnutls-cli --x509cafile root.pem --priority NORMAL:-VERS-ALL:+VERS-TLS1.3 -p PORT localhost", "received=70"},
	{"gnutls-cli plain", "gnutls-cli", "plain", "gnutls-cli -p PORT localhost", "class=wrong_protocol"},
	{"wget", "wget", "good", "wget -T 4 -t 1 -O /dev/null --ca-certificate=root.pem https://localhost:PORT/", "host=localhost port=PORT errors=0"},
	{"wget untrusted", "wget", "good", "wget -T 4 -t 1 -O /dev/null --ca-certificate=client.pem --ca-directory=/nowhere https://localhost:PORT/", "host=localhost verify=20"},
	{"wget refused", "wget", "", "wget -T 4 -t 1 -O /dev/null https://localhost:PORT/", "class=refused"},
	{"verify", "openssl", "", "openssl verify -CAfile root.pem leaf.pem", "verify=20 code=20"},
	{"verify good", "openssl", "", "echo '$ openssl verify -CAfile root.pem'; openssl verify -CAfile root.pem -untrusted intermediate.pem leaf.pem", "code=0"},
	{"s_client with all", "openssl", "mtls", "openssl s_client -connect localhost:PORT -CAfile root.pem -cert client.pem -key client.key -showcerts -status -debug -msg -state -tlsextdebug",
		"protocol=TLSv1.3 requested=true chain=2 linked=2 code=0"},
	{"s_client with all, TLS 1.2", "openssl", "tls12", "openssl s_client -connect localhost:PORT -CAfile client.pem -showcerts -debug -msg -state -tlsextdebug", "protocol=TLSv1.2 chain=2 linked=2 verify=20"},
	{"java", "java", "good", "java -Djavax.net.debug=ssl:handshake Client.java PORT", "sni=www.example.com protocol=TLSv1.3 chain=2 verify=20 sent=46"},
	{"java mtls", "java", "mtls", "java -Djavax.net.debug=ssl:handshake:verbose Client.java PORT", "requested=true verify=20"},
}

func TestTools(t *testing.T) {
	needOpenSSL(t)
	l := newLab(t, "ecdsa")
	dir := l.write(t)
	if err := os.WriteFile(filepath.Join(dir, "Client.java"), []byte(javaClient), 0o600); err != nil {
		t.Fatal(err)
	}
	ports := map[string]int{"": closedPort(t)}
	for name, options := range toolServers {
		ports[name] = serve(t, dir, strings.Fields(options)...)
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	ports["plain"] = plain.Listener.Addr().(*net.TCPAddr).Port
	for _, c := range toolCases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := exec.LookPath(c.tool); err != nil {
				t.Skipf("%s not found: apt-get install curl gnutls-bin wget default-jdk-headless", c.tool)
			}
			port := strconv.Itoa(ports[c.server])
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, "sh", "-c", strings.ReplaceAll(c.command, "PORT", port)+" 2>&1 </dev/null")
			cmd.Dir = dir
			out, _ := cmd.Output() // most of them fail, as they should
			r := Scan(Source{Data: out})
			if len(r.Transcripts) != 1 {
				t.Fatalf("%d transcripts in\n%s", len(r.Transcripts), out)
			}
			for want := range strings.FieldsSeq(strings.ReplaceAll(c.want, "PORT", port)) {
				name, value, _ := strings.Cut(want, "=")
				if got := toolField(r.Transcripts[0], name); got != value {
					t.Errorf("%s: got %q, want %q", name, got, value)
				}
			}
			if t.Failed() {
				t.Logf("%s\n%s", render(r), out)
			}
		})
	}
}

// TestCertificateTools reads certificates as the tools of this machine write
// them.
func TestCertificateTools(t *testing.T) {
	l := newLab(t, "ecdsa")
	dir := l.write(t)
	leaf, intermediate := ID(l.leaf.cert.Raw), ID(l.intermediate.cert.Raw)
	for _, c := range []struct {
		tool, command string
		want          []string
	}{
		{"openssl", "openssl x509 -in leaf.pem -outform der", []string{leaf}},
		{"openssl", "openssl x509 -in leaf.pem -text", []string{leaf}},
		{"openssl", "openssl x509 -in leaf.pem -trustout -addtrust serverAuth", []string{leaf}},
		{"openssl", "openssl crl2pkcs7 -nocrl -certfile leaf.pem -certfile intermediate.pem", []string{leaf, intermediate}},
		{"openssl", "openssl crl2pkcs7 -nocrl -certfile leaf.pem -outform der", []string{leaf}},
		{"openssl", "openssl crl2pkcs7 -nocrl -certfile leaf.pem -certfile intermediate.pem | openssl pkcs7 -print_certs", []string{leaf, intermediate}},
		{"openssl", "openssl pkcs12 -export -nokeys -in leaf.pem -passout pass: | openssl pkcs12 -nokeys -passin pass:", []string{leaf}},
		{"openssl", "openssl base64 -in leaf.pem", []string{leaf}},
		{"openssl", "openssl storeutl -certs leaf.pem", []string{leaf}},
		{"base64", "base64 -w 0 leaf.pem; echo; base64 intermediate.pem", []string{leaf, intermediate}},
		{"base64", "openssl x509 -in leaf.pem -outform der | base64 -w 40", []string{leaf}},
		{"xxd", "openssl x509 -in leaf.pem -outform der | xxd", []string{leaf}},
		{"xxd", "openssl x509 -in leaf.pem -outform der | xxd -p", []string{leaf}},
		{"xxd", "openssl x509 -in leaf.pem -outform der | xxd -g 1 -u", []string{leaf}},
		{"xxd", "openssl x509 -in leaf.pem -outform der > leaf.der; xxd -i leaf.der", []string{leaf}},
		{"hexdump", "openssl x509 -in leaf.pem -outform der | hexdump -v -C", []string{leaf}},
		{"hexdump", "openssl x509 -in leaf.pem -outform der | hexdump -v", []string{leaf}},
		{"od", "openssl x509 -in leaf.pem -outform der | od -v -A x -t x1", []string{leaf}},
		{"od", "od -v -A d -t x1 leaf.pem", []string{leaf}},
		{"cat", "cat -n leaf.pem; cat -A intermediate.pem", []string{leaf, intermediate}},
		{"grep", "grep -n '' leaf.pem intermediate.pem", []string{leaf, intermediate}},
		{"diff", "diff -u /dev/null leaf.pem", []string{leaf}},
		{"keytool", "keytool -printcert -rfc -file leaf.pem", []string{leaf}},
		{"keytool", "keytool -importcert -noprompt -file leaf.pem -keystore k -storepass secret && keytool -list -rfc -keystore k -storepass secret", []string{leaf}},
		{"certtool", "certtool -i --infile leaf.pem", []string{leaf}},
		{"jq", "jq -Rs '{pem: .}' leaf.pem", []string{leaf}},
		{"python3", `python3 -c 'import json,urllib.parse; p=open("leaf.pem").read(); print(json.dumps({"a": json.dumps([p])}), urllib.parse.quote_plus(open("intermediate.pem").read()))'`, []string{leaf, intermediate}},
		{"awk", `awk '{printf "%s\\n", $0}' leaf.pem`, []string{leaf}},
		{"tr", `tr '\n' ' ' < leaf.pem; tr -d '\n' < intermediate.pem`, []string{leaf, intermediate}},
		{"iconv", `iconv -t UTF-16 leaf.pem`, []string{leaf}},
	} {
		t.Run(c.command, func(t *testing.T) {
			if _, err := exec.LookPath(c.tool); err != nil {
				t.Skipf("%s not found: apt-get install openssl xxd bsdextrautils gnutls-bin default-jre-headless jq python3", c.tool)
			}
			cmd := exec.Command("sh", "-c", c.command)
			cmd.Dir = dir
			out, _ := cmd.Output() // diff says that files differ
			var got []string
			r := Scan(Source{Data: out})
			for _, o := range r.Objects {
				got = append(got, ID(o.DER))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s of\n%.800s", render(r), out)
			}
		})
	}
}

// toolField gives one thing of a transcript as text.
func toolField(tr report.Transcript, name string) string {
	alert := func(sent bool) string {
		for _, a := range tr.Alerts {
			if a.Sent == sent {
				return strconv.Itoa(a.Number)
			}
		}
		return ""
	}
	linked := 0
	for _, c := range tr.Chain {
		if c.Certificate != "" {
			linked++
		}
	}
	switch name {
	case "host":
		return tr.Host
	case "port":
		return strconv.Itoa(tr.Port)
	case "sni":
		return tr.SNI
	case "protocol":
		return tr.Protocol
	case "cipher":
		return tr.Cipher
	case "alpn":
		return tr.ALPN
	case "code":
		return strconv.Itoa(tr.VerifyCode)
	case "exit":
		return strconv.Itoa(tr.Exit)
	case "chain":
		return strconv.Itoa(len(tr.Chain))
	case "linked":
		return strconv.Itoa(linked)
	case "errors":
		return strconv.Itoa(len(tr.Errors))
	case "requested":
		return strconv.FormatBool(tr.ClientCertRequested)
	case "class":
		return string(firstClass(tr))
	case "received":
		return alert(false)
	case "sent":
		return alert(true)
	case "verify":
		if len(tr.VerifyErrors) > 0 {
			return strconv.Itoa(tr.VerifyErrors[0].Code)
		}
		return ""
	}
	return "no such field"
}
