package advice

import (
	"slices"

	"certlens/internal/report"
)

// order lists the classes in the order in which a person should deal with them,
// when several hold at once. A failure comes before another when putting it
// right makes the other one moot, or when nothing can be tried before.
var order = []report.Class{
	// The input does not reach the server at all.
	report.CAFileUnreadable,
	report.ClientCertUnreadable,
	report.DNS,
	report.Refused,
	report.Timeout,
	report.PlainHTTP,
	report.WrongProtocol,
	// The certificate as such is unusable: there will be another one.
	report.BadSignature,
	report.Malformed,
	report.Revoked,
	// It is somebody else's certificate: nothing that it lacks is the server's.
	report.Interception,
	// It is the wrong certificate, or has to be issued anew.
	report.HostnameMismatch,
	report.IPMismatch,
	report.SelfSigned,
	report.NoSAN,
	report.Expired,
	report.NotYetValid,
	report.Distrusted,
	// The certificate is right, and the server sends it in the wrong company.
	report.MissingIntermediate,
	report.ExpiredIntermediate,
	report.IssuerNotCA,
	report.PathLength,
	// It may not be used like this.
	report.WrongPurpose,
	report.NameConstraint,
	report.UnknownCritical,
	report.WeakSignature,
	report.WeakKey,
	// The server is in order, and the client is not: a tool stumbled over dates
	// that are right, or does not know the CA.
	report.ClockSkew,
	report.SelfSignedInChain,
	report.UnknownRoot,
	report.ExpiredRoot,
	// The handshake fails for other reasons than certificates.
	report.ProtocolVersion,
	report.NoSharedCipher,
	report.UnrecognizedName,
	report.ALPN,
	report.ClientCertRequired,
	report.ClientCertRejected,
	report.Reset,
	report.Closed,
	report.HandshakeFailure,
	report.RevocationUnknown,
	report.CTRequired,
}

// rank is the place of a finding in the order. Mere hints come after failures,
// and classes that are not listed after those that are.
func rank(f finding) int {
	class := f.Class
	if isOrder(f) {
		class = report.BadSignature
	}
	r := slices.Index(order, class)
	if r < 0 {
		r = len(order)
	}
	if f.severity != report.Error {
		r += 1 << 10
	}
	return r
}

// noAnchor are the classes that all say that a path reaches no anchor. Tools
// name the same situation by different ones: OpenSSL says 20 both where the
// server left out an intermediate and where the root is unknown.
var noAnchor = []report.Class{
	report.MissingIntermediate, report.UnknownRoot, report.SelfSigned, report.SelfSignedInChain,
}

// outOfDate are the classes about dates.
var outOfDate = []report.Class{
	report.Expired, report.NotYetValid, report.ExpiredIntermediate, report.ExpiredRoot,
}
