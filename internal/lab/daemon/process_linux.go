package daemon

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	// startLimit is how long a server may take until its port answers. All take
	// less than two seconds on an idle machine.
	startLimit = 60 * time.Second
	// stopLimit is how long a server may take to end by itself.
	stopLimit = 5 * time.Second
	// pollEvery is how often the port is tried.
	pollEvery = 20 * time.Millisecond
	// logTail is how much of a server's output a failed test shows.
	logTail = 4 << 10
)

// start runs a program until the end of the test, and returns when the server's
// port answers.
func (s Server) start(t testing.TB, c *exec.Cmd) Server {
	t.Helper()
	done := s.run(t, c)
	for deadline := time.Now().Add(startLimit); ; time.Sleep(pollEvery) {
		conn, err := net.Dial("tcp4", s.Address())
		if err == nil {
			conn.Close()
			return s
		}
		select {
		case <-done:
			t.Fatalf("%s ended before its port answered: %v\n%s", s.Name, c.ProcessState, s.log())
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("the port of %s does not answer\n%s", s.Name, s.log())
		}
	}
}

// run starts a program in the server's folder. At the end of the test it is
// ended, with all that it started; the channel is closed when it ended by itself.
func (s Server) run(t testing.TB, c *exec.Cmd) (done chan struct{}) {
	t.Helper()
	out, err := os.Create(s.path("log"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	c.Dir, c.Stdout, c.Stderr = s.Dir, out, out
	c.Env = append([]string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TZ=UTC", "LC_ALL=C", "HOME=" + s.Dir}, c.Env...)
	if c.SysProcAttr == nil {
		c.SysProcAttr = &syscall.SysProcAttr{}
	}
	// A test that is killed can clean up no more: the kernel does.
	c.SysProcAttr.Pdeathsig = s.deathSignal()
	// Postfix makes a session of its own unless it has one; the terminal's
	// signals would reach the others.
	c.SysProcAttr.Setsid = true
	adopt()
	if err := c.Start(); err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	done = make(chan struct{})
	go func() {
		c.Wait()
		close(done)
	}()
	t.Cleanup(func() {
		s.end(c.Process.Pid, done)
		if t.Failed() {
			t.Logf("%s said:\n%s", s.Name, s.log())
		}
	})
	return done
}

// deathSignal asks a server to end that nobody will kill.
func (s Server) deathSignal() syscall.Signal {
	if signal, ok := s.stop.(syscall.Signal); ok {
		return signal
	}
	return syscall.SIGTERM
}

// end ends a server and all that it started. It is killed, as that is quick and
// all that it has is in its folder; but one with a signal of its own is asked
// first.
func (s Server) end(pid int, done chan struct{}) {
	signals := []syscall.Signal{syscall.SIGKILL}
	if signal, ok := s.stop.(syscall.Signal); ok {
		signals = []syscall.Signal{signal, syscall.SIGKILL}
	}
	// Those that left its session can be found while it lives, and those that it
	// starts meanwhile are in its session.
	family := relatives(pid)
	for _, signal := range signals {
		select {
		case <-done:
			continue
		default:
		}
		syscall.Kill(pid, signal)
		select {
		case <-done:
		case <-time.After(stopLimit):
		}
	}
	for _, p := range append(family, relatives(pid)...) {
		remove(p)
	}
}

// remove kills a process and waits until it is gone. One that has another
// parent, which is being removed as well, becomes a child of this process soon.
func remove(pid int) {
	syscall.Kill(pid, syscall.SIGKILL)
	for range int(stopLimit / time.Millisecond) {
		syscall.Wait4(pid, nil, syscall.WNOHANG, nil)
		if syscall.Kill(pid, 0) != nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// adopt makes this process the parent of orphans below it, so that it can wait
// for them to be gone: not every process 1 does.
var adopt = sync.OnceFunc(func() {
	const setChildSubreaper = 36 // PR_SET_CHILD_SUBREAPER of prctl(2)
	syscall.RawSyscall(syscall.SYS_PRCTL, setChildSubreaper, 1, 0)
})

// relatives are the processes that a server started: those below it, and those
// in its session, whose parents may be gone.
func relatives(pid int) []int {
	var session []int
	children := map[int][]int{}
	names, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		// proc(5): "pid (comm) state ppid pgrp session"; comm may hold anything.
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		child, _ := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		parent, _ := strconv.Atoi(fields[1])
		children[parent] = append(children[parent], child)
		if fields[3] == strconv.Itoa(pid) && child != pid {
			session = append(session, child)
		}
	}
	found := slices.Concat(session, children[pid])
	for i := 0; i < len(found); i++ {
		for _, child := range children[found[i]] {
			if !slices.Contains(found, child) {
				found = append(found, child)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// log is the end of what the program said.
func (s Server) log() string {
	text, _ := os.ReadFile(s.path("log"))
	return string(text[max(0, len(text)-logTail):])
}

// as makes a program run as another user where the tests run as root: some
// programs refuse to. The server's folder becomes that user's.
func (s Server) as(t testing.TB, name string, c *exec.Cmd) *exec.Cmd {
	t.Helper()
	if os.Getuid() != 0 {
		return c
	}
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	err = filepath.WalkDir(s.Dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, uid, gid)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
