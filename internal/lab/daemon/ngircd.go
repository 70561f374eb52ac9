package daemon

import (
	"fmt"
	"os/exec"
	"testing"
)

// NgIRCd is an IRC server with TLS from the first byte; it has no STARTTLS.
func NgIRCd(t testing.TB) Server {
	t.Helper()
	ngircd := program(t, "ngircd", "ngircd")
	s := newServer(t, "ngircd ircs", "")
	u, g := owner(t)
	s.write(t, "ngircd.conf", fmt.Sprintf(`[Global]
Name = %s
Info = lab
Listen = 127.0.0.1
Ports = %d
ServerUID = %s
ServerGID = %s
[Options]
DNS = no
Ident = no
PAM = no
[SSL]
Ports = %d
CertFile = %s
KeyFile = %s
`, serverName, FreePort(t), u, g, s.Port, s.path(chainFile), s.path(keyFile)))
	return s.start(t, exec.Command(ngircd, "--nodaemon", "--config", s.path("ngircd.conf")))
}
