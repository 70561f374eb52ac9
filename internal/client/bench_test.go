package client

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

// benchInputs are the shapes of input that are measured; the sizes grow so that a
// reader sees whether time grows with them.
func benchInputs(t testing.TB) map[string]string {
	t.Helper()
	texts, err := os.ReadFile("testdata/texts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	certificate := "-----BEGIN CERTIFICATE-----\n" + strings.Repeat("MIIBszCCAVmgAwIBAgIUYk0q1n2v8hYx3lq9bq3pXH1c0aUwCgYIKoZIzj0EAwIw\n", 20) + "-----END CERTIFICATE-----\n"
	return map[string]string{
		"log": "2026-11-20T12:00:00Z INFO  GET /index.html 200 512 \"Mozilla/5.0\" 192.0.2.1\n2026-11-20T12:00:01Z DEBUG certificate loaded from /etc/ssl/certs/site.pem\n",
		"failing log": "2026-11-20T12:00:00Z ERROR fetch https://a.example/x: tls: failed to verify certificate: x509: certificate signed by unknown authority\n" +
			"2024/01/01 12:00:00 [info] 1#1: *1 SSL_do_handshake() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking, client: 192.0.2.1, server: 0.0.0.0:443\n",
		"every text":    string(texts),
		"certificates":  certificate,
		"dashes":        "-",
		"one long line": "certificate verify ",
		"near misses":   "certificate has expire certificate verify faile x509: certificate is valid for error:0A00008 curl: (6 ",
		"open holes":    "Certificate for <a x509: certificate is valid for a, SSL: certificate subject name 'a Hostname/IP does not match certificate's altnames: Host: a ",
		"quotes":        "\\\\\\\"'`&quot;\"",
		"escapes":       "\x1b[31m\x1b[1\x1b[",
		"tags":          "<span <b <a ",
		"backslashes":   "\\",
		"entities":      "&quo&",
		"frames":        "curl: (60) fatal: unable to access 'https://a.example/': npm error code ",
		"general":       "certificate verify failed: SSL_ERROR_SSL ",
		"verdicts":      "verify error:num=20:unable to get local issuer certificate\nerror 26 at 1 depth lookup: x\n",
		"hex":           "3082015d30820103a0030201020214",
		"base64":        "MIIBszCCAVmgAwIBAgIUYk0q1n2v8hYx3lq9bq3pXH1c0aUwCgYIKoZIzj0EAwIw",
		"percent":       "%2D%2d%252D",
		"BEGIN":         "-----BEGIN CERTIFICATE-----",
		"numbers":       "0x80090-98-2146(60)",
	}
}

func BenchmarkRecognise(b *testing.B) {
	for name, piece := range benchInputs(b) {
		for _, size := range []int{1 << 10, 32 << 10, 1 << 20, 5 << 20} {
			text := bytes.Repeat([]byte(piece), size/len(piece)+1)[:size]
			b.Run(fmt.Sprintf("%s/%dk", name, size>>10), func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					Recognise(text)
				}
			})
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newCatalogue()
	}
}
