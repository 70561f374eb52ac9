package daemon

import (
	"fmt"
	"os/exec"
	"testing"
)

func prosody(protocol string) func(testing.TB) Server {
	return func(t testing.TB) Server { t.Helper(); return Prosody(t, protocol) }
}

// Prosody is an XMPP server, for "xmpp-client" or "xmpp-server". It serves
// ServerName alone.
func Prosody(t testing.TB, protocol string) Server {
	t.Helper()
	prosody := program(t, "prosody", "prosody")
	s := newServer(t, "prosody "+protocol, protocol)
	use, leave := "c2s", "s2s"
	if protocol == "xmpp-server" {
		use, leave = leave, use
	}
	s.write(t, "prosody.cfg.lua", fmt.Sprintf(`run_as_root = true
data_path = %[1]q
log = { info = "*console" }
interfaces = { "127.0.0.1" }
%[2]s_ports = { %[3]d }
modules_enabled = { "tls", "saslauth", "dialback" }
modules_disabled = { %[4]q, "offline", "posix" }
VirtualHost %[5]q
	ssl = { certificate = %[6]q, key = %[7]q }
`, s.mkdir(t, "data"), use, s.Port, leave, serverName, s.path(chainFile), s.path(keyFile)))
	return s.start(t, exec.Command(prosody, "--config", s.path("prosody.cfg.lua"), "-F"))
}
