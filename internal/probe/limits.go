package probe

import "time"

const (
	// maxDuration bounds a handshake from the first step to the last, whatever
	// the caller allows.
	maxDuration = 30 * time.Second
	// maxAddresses bounds the addresses of a name that are tried.
	maxAddresses = 4
	// maxConnect bounds the connection to an address that others follow.
	maxConnect = 3 * time.Second
	// maxName bounds a host name (RFC 1035, section 2.3.4: 255 octets on the
	// wire, which are 253 characters).
	maxName = 253
	// maxReceived bounds the bytes that are read of one server.
	maxReceived = 512 << 10
	// maxMessage bounds one handshake message. The longest is a Certificate: a
	// hundred of them with RSA keys are 150 kB.
	maxMessage = 256 << 10
	// maxCertificates bounds the certificates of a chain.
	maxCertificates = 250
	// maxBanner bounds what is kept of a server that speaks no TLS.
	maxBanner = 1 << 10
	// maxSession bounds the session of an offer.
	maxSession = 64 << 10
	// maxVersions, maxNumbers and maxALPN bound the lists of an offer, the last in
	// bytes. There are some 400 suites.
	maxVersions, maxNumbers, maxALPN = 16, 1024, 1024
	// maxAlerts bounds the alerts that are kept. Warnings may come in any number.
	maxAlerts = 16
)

// After the handshake, a server may have more to say (RFC 8446, section 4.6),
// and tells nobody whether it will.
const (
	// lastWords is how long a server may take to end the connection that the
	// client has ended, beside what the network takes.
	lastWords = 300 * time.Millisecond
	// verdict is how long a server that asked for a client certificate may take
	// to refuse the want of one.
	verdict = 2 * time.Second
	// furtherText is how long a server that speaks no TLS may take for the rest
	// of its first line.
	furtherText = time.Second
)
