package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	fs, _ := filepath.Glob(os.Getenv("ZZ"))
	for _, f := range fs {
		b, _ := os.ReadFile(f)
		r := Scan(Source{Data: b})
		if os.Getenv("ZT") == "" {
			j, _ := json.Marshal(r.Inputs)
			fmt.Println(f, len(r.Objects), len(r.Transcripts), string(j))
			for _, o := range r.Objects {
				fmt.Println("  ", o.Kind, len(o.DER), o.Label, o.Missing, o.Encrypted)
			}
		} else {
			j, _ := json.Marshal(r.Transcripts)
			fmt.Println(f, len(r.Objects), len(r.Inputs), string(j))
		}
	}
}

func TestZPerf(t *testing.T) {
	pem, _ := os.ReadFile("/tmp/lab/leaf-rsa.pem")
	der, _ := os.ReadFile("/tmp/chain/r64.b64")
	line := strings.ReplaceAll(string(der), "\n", "")
	cases := map[string]string{
		"begin":         strings.Repeat("-----BEGIN CERTIFICATE-----\n", 1_000_000),
		"begi1_000_000": strings.Repeat("-----BEGIN X-----", 1_000_000),
		"dash":          "-----BEGIN X-----" + strings.Repeat("-", 30_000_000),
		"dashes":        strings.Repeat("-----\n", 5_000_000),
		"beginend":      strings.Repeat("-----BEGIN X----- -----END", 1_000_000),
		"prose":         strings.Repeat("The quick brown fox jumps over the lazy dog and so on and on.\n", 800_000),
		"nonewline":     strings.Repeat("The quick brown fox jumps over the lazy dog and so on and on. ", 800_000),
		"cr":            strings.Repeat("The quick brown fox\r", 2_500_000),
		"nl":            strings.Repeat("\n", 50_000_000),
		"M":             strings.Repeat("M", 50_000_000),
		"MI":            strings.Repeat("MI ", 17_000_000),
		"MIItok":        strings.Repeat(line[:100]+" ", 500_000),
		"MIIline":       strings.Repeat(line[:100]+"\n", 500_000),
		"MIItok2":       strings.Repeat(line[:60]+"!", 800_000),
		"MIA":           strings.Repeat("MIAGCSqGSIb3DQEHAqCAMIACAQExADALBgkqhkiG9w0BBwGggDCABgkq\n", 800_000),
		"bad":           "-----BEGIN CERTIFICATE-----\n" + strings.Repeat("!", 50_000_000) + "-----END CERTIFICATE-----",
		"badlines":      "-----BEGIN CERTIFICATE-----\n" + strings.Repeat(strings.Repeat("!", 200)+"\n", 250_000) + "-----END CERTIFICATE-----",
		"certs":         strings.Repeat(string(pem), 35_000),
		"connected":     strings.Repeat("CONNECTED(0)\n", 4_000_000),
		"depth":         strings.Repeat("depth=0 C = US\nverify error:num=1:x\n", 1_000_000),
		"error":         strings.Repeat("40F7:error:0A00010B:SSL routines:a:b:c:1:\n", 1_200_000),
		"sclient":       strings.Repeat("openssl s_client -connect a:443\n", 1_500_000),
		"binary":        strings.Repeat("\x30\x80\x30\x80", 12_000_000),
		"binary2":       strings.Repeat("\x30\x03\x0a\x01\x00", 10_000_000),
		"hexdigits":     strings.Repeat("0123 sabc\n", 5_000_000),
		"backslash":     "openssl s_client \\\n" + strings.Repeat("-x \\\n", 10_000_000),
		"headers":       "-----BEGIN CERTIFICATE-----\n" + strings.Repeat("A: b\n", 10_000_000),
		"ends":          "-----BEGIN CERTIFICATE-----\n" + strings.Repeat("-----END \n", 5_000_000),
		"equals":        "-----BEGIN CERTIFICATE-----\n" + strings.Repeat("AA==", 12_000_000),
		"quotes":        "-----BEGIN CERTIFICATE-----\n" + strings.Repeat("> > ", 12_000_000),
	}
	for name, s := range cases {
		if only := os.Getenv("ONLY"); only != "" && only != name {
			continue
		}
		if os.Getenv("FULL") == "" {
			s = s[:len(s)/20]
		}
		t0 := time.Now()
		r := Scan(Source{Data: []byte(s)})
		d := time.Since(t0)
		j, _ := json.Marshal(r)
		fmt.Printf("%-10s %4d MB %6.0f ms %6.0f MB/s in=%d ob=%d tr=%d trunc=%v json=%d\n", name, len(s)>>20, float64(d.Milliseconds()), float64(len(s))/1e6/d.Seconds(), len(r.Inputs), len(r.Objects), len(r.Transcripts), r.Truncated, len(j))
	}
	_ = bytes.Equal
}
