// Package daemon starts real servers for tests: the programs of Debian's
// packages, each with the least configuration that makes it speak TLS, in a
// temporary folder and on a free port of 127.0.0.1. A test that needs a program
// that is not installed is skipped, and says which package has it.
//
// One file is one program. All lists them.
package daemon

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"testing"

	"certlens/internal/lab"
)

// A Server is one that runs until the end of the test that started it.
type Server struct {
	// Name is as in All.
	Name string
	// StartTLS is the protocol that is spoken until TLS begins; empty for TLS
	// from the first byte.
	StartTLS string
	// Host is the address, 127.0.0.1, and Port the TCP port.
	Host string
	Port int
	// ServerName is the name that the certificate is for.
	ServerName string
	// Chain are the certificates that the server sends, leaf first.
	Chain []*lab.Cert
	// Root is the anchor of the chain.
	Root *lab.Cert
	// Dir holds the server's files, among them those of a folder.
	Dir string
	// stop is the signal that asks it to end; nil to kill it.
	stop os.Signal
}

// Address is host and port as a dialer takes them.
func (s Server) Address() string { return address(s.Port) }

// A Daemon is one way to start a server.
type Daemon struct {
	// Name is the program, with the protocol where it speaks several.
	Name  string
	Start func(testing.TB) Server
}

// All lists the servers that speak a protocol of their own before TLS, and some
// of the same programs with TLS from the first byte.
func All() []Daemon {
	return []Daemon{
		{"postfix", Postfix},
		{"dovecot lmtp", dovecot("lmtp")},
		{"dovecot imap", dovecot("imap")},
		{"dovecot imaps", dovecot("imaps")},
		{"dovecot pop3", dovecot("pop3")},
		{"dovecot pop3s", dovecot("pop3s")},
		{"dovecot sieve", dovecot("sieve")},
		{"proftpd", ProFTPD},
		{"vsftpd", VsFTPD},
		{"slapd", Slapd},
		{"slapd ldaps", SlapdTLS},
		{"prosody xmpp-client", prosody("xmpp-client")},
		{"prosody xmpp-server", prosody("xmpp-server")},
		{"postgresql", PostgreSQL},
		{"mariadb", MariaDB},
		{"nnrpd", Nnrpd},
		{"nnrpd nntps", NnrpdTLS},
		{"inspircd", InspIRCd},
		{"ngircd ircs", NgIRCd},
		{"xrdp", Xrdp},
	}
}

// serverName is the name in the certificate of every server.
const serverName = "daemon.test"

// The files of a folder.
const (
	leafFile  = "leaf.pem"  // the server's certificate alone
	chainFile = "chain.pem" // the same, and the intermediate
	keyFile   = "key.pem"   // the private key
	rootFile  = "root.pem"  // the anchor
)

// newServer makes the folder of a server, with a certificate chain, and finds it
// a port.
func newServer(t testing.TB, name, startTLS string) Server {
	t.Helper()
	root := lab.Issue(lab.Spec{Name: "Daemon Root", CA: true})
	intermediate := lab.Issue(lab.Spec{Name: "Daemon Intermediate", CA: true, Issuer: root})
	// Every server has its own key, so that no two are taken for each other.
	leaf := lab.Issue(lab.Spec{Name: serverName, Key: name, Issuer: intermediate, Hosts: []string{serverName, "127.0.0.1"}})
	s := Server{
		Name: name, StartTLS: startTLS, Host: "127.0.0.1", Port: FreePort(t), ServerName: serverName,
		Chain: []*lab.Cert{leaf, intermediate}, Root: root, Dir: folder(t),
	}
	s.write(t, leafFile, lab.PEM(leaf))
	s.write(t, chainFile, lab.PEM(leaf, intermediate))
	s.write(t, keyFile, lab.KeyPEM(leaf))
	s.write(t, rootFile, lab.PEM(root))
	return s
}

// path is the path of a file in the server's folder.
func (s Server) path(name string) string { return filepath.Join(s.Dir, name) }

// write writes a file into the server's folder. The key is worth nothing, but
// many programs insist that others can't read it.
func (s Server) write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// mkdir makes a folder in the server's folder and gives its path.
func (s Server) mkdir(t testing.TB, name string) string {
	t.Helper()
	if err := os.MkdirAll(s.path(name), 0o755); err != nil {
		t.Fatal(err)
	}
	return s.path(name)
}

// folder makes a temporary folder. That of a test has too long a name for the
// sockets in it (108 bytes), and only its owner may enter it.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "daemon")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// FreePort finds a port of 127.0.0.1 that nothing listens on.
func FreePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp4", address(0))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func address(port int) string {
	return (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port}).String()
}

// program finds the first of a program's names, which may be patterns of paths.
// Without it, the test is skipped and names Debian's package.
func program(t testing.TB, debian string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if found, _ := filepath.Glob(name); filepath.IsAbs(name) && len(found) > 0 {
			return found[len(found)-1]
		}
		// Daemons are in folders that not every user's PATH has.
		for _, dir := range []string{"", "/usr/sbin/", "/usr/local/sbin/"} {
			if path, err := exec.LookPath(dir + name); err == nil {
				return path
			}
		}
	}
	t.Skipf("%s not found: apt-get install %s", names[0], debian)
	return ""
}

// output runs a program that has to succeed before the server can start.
func (s Server) output(t testing.TB, c *exec.Cmd) {
	t.Helper()
	c.Dir = s.Dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", c, err, out)
	}
}

// owner is the user, with his group, that servers run as: a daemon that root
// starts would else become one that can't read the folder.
func owner(t testing.TB) (name, group string) {
	t.Helper()
	u, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	g, err := user.LookupGroupId(u.Gid)
	if err != nil {
		t.Fatal(err)
	}
	return u.Username, g.Name
}

// needsRoot skips a test of a program that only root can start.
func needsRoot(t testing.TB, name string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skipf("%s can be started by root alone", name)
	}
}

// needsFile skips a test of a program that comes in several packages.
func needsFile(t testing.TB, path, debian string) {
	t.Helper()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s not found: apt-get install %s", path, debian)
	}
}
