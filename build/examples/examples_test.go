package examples

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"certlens/internal/lab"
)

var update = flag.Bool("update", false, "write web/examples anew, the recorded transcript included")

const committed = "../../web/examples"

func TestCommittedExamplesAreCurrent(t *testing.T) {
	if *update {
		if err := Write(committed); err != nil {
			t.Fatal(err)
		}
	}
	fresh := t.TempDir()
	if err := Write(fresh); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(fresh)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		want, err := os.ReadFile(filepath.Join(fresh, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(committed, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what this package makes: run go test ./build/examples -update", file.Name())
		}
	}
}

func TestRecord(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
	dir := t.TempDir()
	if *update {
		dir = committed
	}
	if err := Record(dir); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "s_client.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*lab.Cert{server, issuing} {
		if !strings.Contains(string(got), strings.TrimSpace(lab.PEM(c))) {
			t.Errorf("the transcript lacks the certificate of %s", c.Subject.CommonName)
		}
	}
	if !bytes.Contains(got, []byte("Verify return code: 20 (")) {
		t.Error("the transcript does not say verify return code 20")
	}
}
