package daemon

import (
	"fmt"
	"os/exec"
	"testing"
)

// ProFTPD is an FTP server.
func ProFTPD(t testing.TB) Server {
	t.Helper()
	proftpd := program(t, "proftpd-core", "proftpd")
	needsFile(t, "/usr/lib/proftpd/mod_tls.so", "proftpd-mod-crypto")
	s := newServer(t, "proftpd", "ftp")
	u, g := owner(t)
	s.write(t, "proftpd.conf", fmt.Sprintf(`ModulePath /usr/lib/proftpd
LoadModule mod_tls.c
ServerName %[1]q
ServerType standalone
DefaultAddress 127.0.0.1
SocketBindTight on
UseIPv6 off
UseReverseDNS off
Port %[2]d
User %[4]s
Group %[5]s
PidFile %[3]s/pid
ScoreboardFile %[3]s/scoreboard
DelayTable %[3]s/delay
SystemLog %[3]s/system.log
ControlsEngine off
ControlsSocket %[3]s/controls
TransferLog none
WtmpLog off
TLSEngine on
TLSECCertificateFile %[3]s/`+leafFile+`
TLSECCertificateKeyFile %[3]s/`+keyFile+`
TLSCertificateChainFile %[3]s/`+chainFile+`
`, serverName, s.Port, s.Dir, u, g))
	return s.start(t, exec.Command(proftpd, "--nodaemon", "--config", s.path("proftpd.conf")))
}
