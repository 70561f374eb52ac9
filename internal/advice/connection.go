package advice

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	"certlens/internal/report"
)

// connection says in a sentence what failed at a connection with a server.
// Classes that are not in the table are told in other words.
func connection(class report.Class, server, otherwise string) string {
	words, ok := connectionWords[class]
	switch {
	case !ok:
		return otherwise
	case strings.Contains(words, "%s"):
		return fmt.Sprintf(words, server)
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

// target names a server, as it reads at the start of a sentence.
func target(host string, port int) string {
	switch {
	case host == "":
		return "The server"
	case port == 0:
		return host
	}
	return net.JoinHostPort(host, strconv.Itoa(port))
}
