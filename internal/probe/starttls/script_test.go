package starttls

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A script is what a server does, a line for each thing:
//
//	S: text     sends a line; those that follow each other go in one packet
//	S! hex      sends bytes, likewise
//	S* n text   sends a line n times, until the client has gone
//	S+ text     sends text without the end of a line
//	C: text     waits for this line
//	C! n        waits for n bytes
//	C> n        waits for the nth ">"
//	close       closes the connection
//	reset       resets it
//	silence     says nothing until the client's deadline, which is near
//	leave       closes the client's side
//
// At its end, the client has to close the connection without another word.
type script string

// play makes a server of a script, and gives the client's side of a connection
// to it. What was not as written is an error of the test.
func play(t *testing.T, text script) net.Conn {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	server, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	conn.SetDeadline(time.Now().Add(patience))
	done := make(chan error, 1)
	go func() {
		defer server.Close()
		done <- text.run(server.(*net.TCPConn), conn)
	}()
	t.Cleanup(func() {
		conn.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return conn
}

// run does what the script says, on the server's side of a connection but for
// the end of the client's.
func (s script) run(conn *net.TCPConn, client net.Conn) error {
	in := bufio.NewReader(conn)
	var out []byte // what is to go in one packet
	for line := range strings.Lines(string(s)) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !strings.HasPrefix(verb, "S") || verb == "S*" {
			conn.Write(out) // the client may be gone
			out = nil
		}
		switch verb {
		case "S:":
			out = append(out, rest+"\r\n"...)
		case "S+":
			out = append(out, rest...)
		case "S!":
			data, err := hex.DecodeString(strings.ReplaceAll(rest, " ", ""))
			if err != nil {
				return err
			}
			out = append(out, data...)
		case "S*":
			count, text, _ := strings.Cut(rest, " ")
			n, _ := strconv.Atoi(count)
			for i := 0; i < n; i++ {
				if _, err := conn.Write([]byte(text + "\r\n")); err != nil {
					return nil // the client has gone
				}
			}
		case "C:":
			if said, err := in.ReadString('\n'); said != rest+"\r\n" {
				return fmt.Errorf("the client said %q (%v), not %q", said, err, rest)
			}
		case "C!":
			n, _ := strconv.Atoi(rest)
			if _, err := io.ReadFull(in, make([]byte, n)); err != nil {
				return fmt.Errorf("the client said less than %d bytes: %v", n, err)
			}
		case "C>":
			n, _ := strconv.Atoi(rest)
			for range n {
				if said, err := in.ReadString('>'); err != nil {
					return fmt.Errorf("the client said %q: %v", said, err)
				}
			}
		case "close":
			conn.CloseWrite()
		case "reset":
			conn.SetLinger(0)
			return nil
		case "silence":
			client.SetDeadline(time.Now().Add(100 * time.Millisecond))
		case "leave":
			client.Close()
		case "":
		default:
			return fmt.Errorf("unknown line of a script: %s", line)
		}
	}
	conn.Write(out)
	if rest, _ := io.ReadAll(in); len(rest) > 0 {
		return fmt.Errorf("the client went on with %q", rest)
	}
	return nil
}
