package daemon

import (
	"fmt"
	"os/exec"
	"testing"
)

// Xrdp is a remote desktop server.
func Xrdp(t testing.TB) Server {
	t.Helper()
	xrdp := program(t, "xrdp", "xrdp")
	s := newServer(t, "xrdp", "rdp")
	s.write(t, "xrdp.ini", fmt.Sprintf(`[Globals]
ini_version=1
fork=true
port=tcp://%s
security_layer=negotiate
ssl_protocols=TLSv1.2, TLSv1.3
certificate=%s
key_file=%s
[Logging]
LogFile=%s
LogLevel=INFO
EnableSyslog=false
EnableConsole=true
ConsoleLevel=INFO
`, s.Address(), s.path(chainFile), s.path(keyFile), s.path("xrdp.log")))
	return s.start(t, exec.Command(xrdp, "--nodaemon", "--config", s.path("xrdp.ini")))
}
