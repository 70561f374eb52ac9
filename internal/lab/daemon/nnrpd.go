package daemon

import (
	"fmt"
	"os/exec"
	"strconv"
	"testing"
)

// Nnrpd is the part of INN that newsreaders talk to.
func Nnrpd(t testing.TB) Server { t.Helper(); return nnrpd(t, "nnrpd", "nntp") }

// NnrpdTLS is the same with TLS from the first byte.
func NnrpdTLS(t testing.TB) Server { t.Helper(); return nnrpd(t, "nnrpd nntps", "", "-S") }

func nnrpd(t testing.TB, name, startTLS string, flags ...string) Server {
	t.Helper()
	nnrpd := program(t, "inn2", "/usr/lib/news/bin/nnrpd")
	needsRoot(t, name) // it sets its groups
	s := newServer(t, name, startTLS)
	u, g := owner(t)
	s.write(t, "inn.conf", fmt.Sprintf(`mta: "/bin/false %%s"
organization: "lab"
pathhost: %[1]s
domain: %[1]s
pathnews: %[2]s
pathetc: %[2]s
pathdb: %[2]s
pathrun: %[2]s
pathlog: %[2]s
pathspool: %[2]s
pathoverview: %[2]s
hismethod: hisv6
ovmethod: tradindexed
runasuser: %[3]s
runasgroup: %[4]s
tlscertfile: %[2]s/`+chainFile+`
tlskeyfile: %[2]s/`+keyFile+`
tlscapath: %[2]s
`, serverName, s.Dir, u, g))
	s.write(t, "group.index", "")
	s.write(t, "storage.conf", "method trash {\n\tnewsgroups: *\n\tclass: 0\n}\n")
	s.write(t, "readers.conf", "auth all {\n\tdefault: \"<FAIL>\"\n}\naccess all {\n\tusers: \"*\"\n\tnewsgroups: \"*\"\n}\n")
	c := exec.Command(nnrpd, append(flags, "-D", "-f", "-b", "127.0.0.1", "-p", strconv.Itoa(s.Port), "-c", s.path("readers.conf"))...)
	c.Env = []string{"INNCONF=" + s.path("inn.conf")}
	return s.start(t, c)
}
