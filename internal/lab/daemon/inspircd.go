package daemon

import (
	"fmt"
	"os/exec"
	"testing"
)

// InspIRCd is an IRC server with STARTTLS.
func InspIRCd(t testing.TB) Server {
	t.Helper()
	inspircd := program(t, "inspircd", "inspircd")
	needsFile(t, "/usr/lib/inspircd/modules/m_ssl_gnutls.so", "inspircd")
	s := newServer(t, "inspircd", "irc")
	s.write(t, "inspircd.conf", fmt.Sprintf(`<path configdir=%[2]q datadir=%[2]q logdir=%[2]q runtimedir=%[2]q moduledir="/usr/lib/inspircd/modules">
<server name=%[1]q description="lab" id="001" network="lab">
<admin name="lab" nick="lab" email="lab@%[1]s">
<bind address="127.0.0.1" port="%[3]d" type="clients">
<connect allow="*" resolvehostnames="no">
<dns server="127.0.0.1" timeout="0">
<module name="cap">
<module name="ssl_gnutls">
<module name="starttls">
<sslprofile name="Clients" provider="gnutls" certfile="%[2]s/`+chainFile+`" keyfile="%[2]s/`+keyFile+`">
`, serverName, s.Dir, s.Port))
	return s.start(t, exec.Command(inspircd, "--nofork", "--nopid", "--runasroot", "--config", s.path("inspircd.conf")))
}
