package daemon

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"testing"
	"time"
)

// Postfix is an SMTP server. Only its smtpd is started, with what that needs.
func Postfix(t testing.TB) Server {
	t.Helper()
	master := program(t, "postfix", "/usr/lib/postfix/sbin/master")
	needsRoot(t, "postfix")
	s := newServer(t, "postfix", "smtp")
	s.postfixQueue(t)
	s.write(t, "main.cf", fmt.Sprintf(`compatibility_level = 3.6
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = %[1]s
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
queue_directory = %[2]s/queue
data_directory = %[2]s/data
maillog_file = %[2]s/mail.log
maillog_file_prefixes = %[2]s
smtpd_tls_security_level = may
smtpd_tls_chain_files = %[2]s/`+keyFile+", %[2]s/"+chainFile+`
`, serverName, s.Dir))
	s.write(t, "master.cf", fmt.Sprintf(`%s inet n - n - - smtpd
tlsmgr  unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
anvil   unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
`, s.Address()))
	// master waits until its files are some seconds old: their writer may not
	// be done.
	long := time.Unix(0, 0)
	for _, name := range []string{"main.cf", "master.cf"} {
		if err := os.Chtimes(s.path(name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	return s.start(t, exec.Command(master, "-c", s.Dir, "-s"))
}

// postfixQueue makes the folders that a queue has, with the owner that master
// insists on.
func (s Server) postfixQueue(t testing.TB) {
	t.Helper()
	u, err := user.Lookup("postfix")
	if err != nil {
		t.Skipf("%v: apt-get install postfix", err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	for _, name := range []string{"data", "queue/private", "queue/public", "queue/incoming", "queue/active"} {
		if err := os.Chown(s.mkdir(t, name), uid, -1); err != nil {
			t.Fatal(err)
		}
	}
	s.mkdir(t, "queue/pid")
}
