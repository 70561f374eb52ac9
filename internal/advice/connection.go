package advice

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	"certlens/internal/report"
)

// connection says in a sentence what failed at a connection. Classes that are
// not in the table are told in the tool's own words.
func connection(class report.Class, t report.Transcript, text string) string {
	words, ok := connectionWords[class]
	switch {
	case !ok:
		return tool(t) + " reports: " + text
	case strings.Contains(words, "%s"):
		return fmt.Sprintf(words, target(t))
	}
	return words
}

// connectionWords word the failures before and beside certificates; %s is the
// server.
var connectionWords = map[report.Class]string{
	report.DNS:                  "%s could not be found: its name does not resolve.",
	report.Refused:              "%s refused the connection: nothing listens there.",
	report.Timeout:              "%s did not answer in time.",
	report.Reset:                "%s, or something before it, reset the connection.",
	report.Closed:               "%s closed the connection without an explanation.",
	report.PlainHTTP:            "%s speaks plain HTTP on this port, not TLS.",
	report.WrongProtocol:        "%s does not speak TLS on this port, or not from the start.",
	report.ProtocolVersion:      "%s and the client have no TLS version in common.",
	report.NoSharedCipher:       "%s and the client have no cipher suite in common.",
	report.HandshakeFailure:     "%s ended the handshake without saying why.",
	report.UnrecognizedName:     "%s has no certificate for the name that the client asked for.",
	report.ALPN:                 "%s and the client have no application protocol in common (ALPN).",
	report.ClientCertRequired:   "%s requires a client certificate, and the client sent none.",
	report.ClientCertRejected:   "%s refused the client's certificate.",
	report.CAFileUnreadable:     "The CA file that was given to openssl could not be read.",
	report.ClientCertUnreadable: "The client certificate or key that was given to openssl could not be used.",
}

// target names the server of a run, as it reads at the start of a sentence.
func target(t report.Transcript) string {
	switch {
	case t.Host == "":
		return "The server"
	case t.Port == 0:
		return t.Host
	}
	return net.JoinHostPort(t.Host, strconv.Itoa(t.Port))
}
