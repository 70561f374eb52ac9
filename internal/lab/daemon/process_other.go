//go:build !linux

package daemon

import (
	"os/exec"
	"testing"
)

func (s Server) start(t testing.TB, _ *exec.Cmd) Server {
	t.Helper()
	t.Skipf("%s: the servers are those of Debian, and run on Linux", s.Name)
	return s
}

func (s Server) as(_ testing.TB, _ string, c *exec.Cmd) *exec.Cmd { return c }
