package daemon

import (
	"os/exec"
	"strconv"
	"testing"
)

// MariaDB is a database server. It is started without its system tables, which
// nobody needs before the login, and which take seconds to make.
func MariaDB(t testing.TB) Server {
	t.Helper()
	mariadb := program(t, "mariadb-server", "mariadbd")
	u, _ := owner(t)
	s := newServer(t, "mariadb", "mysql")
	return s.start(t, exec.Command(mariadb, "--no-defaults", "--user="+u, "--datadir="+s.mkdir(t, "data"),
		"--bind-address=127.0.0.1", "--port="+strconv.Itoa(s.Port), "--socket="+s.path("socket"), "--pid-file="+s.path("pid"),
		"--skip-grant-tables", "--skip-innodb", "--default-storage-engine=Aria", "--skip-name-resolve", "--skip-networking=0",
		"--ssl-cert="+s.path(chainFile), "--ssl-key="+s.path(keyFile)))
}
