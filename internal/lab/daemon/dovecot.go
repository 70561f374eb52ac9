package daemon

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// dovecotServices are the services of Dovecot that listen: the part of its
// configuration, and what has to be installed.
var dovecotServices = map[string]struct{ protocol, service, startTLS, debian string }{
	"lmtp":  {"lmtp", "lmtp", "lmtp", "dovecot-lmtpd"},
	"imap":  {"imap", "imap-login", "imap", "dovecot-imapd"},
	"imaps": {"imap", "imap-login", "", "dovecot-imapd"},
	"pop3":  {"pop3", "pop3-login", "pop3", "dovecot-pop3d"},
	"pop3s": {"pop3", "pop3-login", "", "dovecot-pop3d"},
	"sieve": {"sieve", "managesieve-login", "sieve", "dovecot-managesieved"},
}

func dovecot(listener string) func(testing.TB) Server {
	return func(t testing.TB) Server { t.Helper(); return Dovecot(t, listener) }
}

// Dovecot is a mail store with one listener: "lmtp", "imap", "imaps", "pop3",
// "pop3s" or "sieve".
func Dovecot(t testing.TB, listener string) Server {
	t.Helper()
	of := dovecotServices[listener]
	dovecot := program(t, "dovecot-core", "dovecot")
	needsFile(t, "/usr/lib/dovecot/"+of.service, of.debian)
	s := newServer(t, "dovecot "+listener, of.startTLS)
	u, g := owner(t)
	login := u
	if os.Getuid() == 0 {
		u, g, login = "dovecot", "dovecot", "dovenull" // as in the package: root may not
	}
	s.write(t, "dovecot.conf", fmt.Sprintf(`base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = /dev/stderr
default_internal_user = %[2]s
default_internal_group = %[3]s
default_login_user = %[8]s
protocols = %[4]s
ssl = yes
ssl_cert = <%[1]s/`+chainFile+`
ssl_key = <%[1]s/`+keyFile+`
passdb {
  driver = static
}
userdb {
  driver = static
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  chroot =
  inet_listener pop3 {
    port = 0
  }
  inet_listener pop3s {
    port = 0
  }
}
service managesieve-login {
  chroot =
}
service %[5]s {
  inet_listener %[6]s {
    address = 127.0.0.1
    port = %[7]d
  }
}
`, s.Dir, u, g, of.protocol, of.service, listener, s.Port, login))
	return s.start(t, exec.Command(dovecot, "-F", "-c", s.path("dovecot.conf")))
}
