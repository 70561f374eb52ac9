package daemon

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestAll starts every server, and sees that it listens on the loopback alone
// and leaves neither process nor folder behind.
func TestAll(t *testing.T) {
	for _, d := range All() {
		t.Run(d.Name, func(t *testing.T) {
			var s Server
			var family []int
			t.Run("run", func(t *testing.T) {
				s = d.Start(t)
				family = relatives(os.Getpid())
				ports := listening(t, family)
				// Root alone sees the sockets of a process that changed its user.
				if !slices.Contains(ports, s.Port) && os.Getuid() == 0 {
					t.Errorf("nothing of ours listens on %d: %v", s.Port, ports)
				}
			})
			if s.Dir == "" {
				t.SkipNow()
			}
			for _, pid := range family {
				if _, err := os.Stat("/proc/" + strconv.Itoa(pid)); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("process %d is left: %v", pid, err)
				}
			}
			if _, err := os.Stat(s.Dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s is left: %v", s.Dir, err)
			}
		})
	}
}

// listening gives the TCP ports on which processes listen. Any that is open to
// other machines is an error.
func listening(t *testing.T, pids []int) (ports []int) {
	t.Helper()
	ours := sockets(pids)
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, err := os.ReadFile(table)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			// proc(5): sl, local address, remote address, state, ..., inode.
			fields := strings.Fields(line)
			const listen = "0A"
			if len(fields) < 10 || fields[3] != listen || !ours["socket:["+fields[9]+"]"] {
				continue
			}
			address, port, _ := strings.Cut(fields[1], ":")
			if !isLoopback(address) {
				t.Errorf("a process of ours listens on %s", fields[1])
			}
			number, _ := strconv.ParseUint(port, 16, 16)
			ports = append(ports, int(number))
		}
	}
	return ports
}

// sockets are the names of the sockets that processes have open.
func sockets(pids []int) map[string]bool {
	names := map[string]bool{}
	for _, pid := range pids {
		files, _ := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/fd/*")
		for _, file := range files {
			if name, err := os.Readlink(file); err == nil {
				names[name] = true
			}
		}
	}
	return names
}

// isLoopback tells whether an address is 127.0.0.0/8 or ::1, each 32 bits in the
// order of the machine.
func isLoopback(address string) bool {
	bytes, _ := hex.DecodeString(address)
	for i := 0; i+4 <= len(bytes); i += 4 {
		slices.Reverse(bytes[i : i+4])
	}
	switch len(bytes) {
	case 4:
		return bytes[0] == 127
	case 16:
		return bytes[15] == 1 && !slices.ContainsFunc(bytes[:15], func(b byte) bool { return b != 0 })
	}
	return false
}
