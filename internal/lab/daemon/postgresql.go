package daemon

import (
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// PostgreSQL is a database server.
func PostgreSQL(t testing.TB) Server {
	t.Helper()
	postgres := program(t, "postgresql", "/usr/lib/postgresql/*/bin/postgres")
	s := newServer(t, "postgresql", "postgres")
	// Killed, it would leave shared memory behind. SIGINT ends its sessions.
	s.stop = syscall.SIGINT
	s.output(t, s.as(t, "postgres", exec.Command(filepath.Join(filepath.Dir(postgres), "initdb"),
		"--pgdata", s.path("data"), "--auth", "trust", "--no-sync", "--encoding", "UTF8", "--locale", "C")))
	return s.start(t, s.as(t, "postgres", exec.Command(postgres, "-D", s.path("data"),
		"-p", strconv.Itoa(s.Port), "-h", "127.0.0.1", "-k", "", "-F",
		"-c", "ssl=on", "-c", "ssl_cert_file="+s.path(chainFile), "-c", "ssl_key_file="+s.path(keyFile))))
}
