package probe

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"strconv"
	"time"

	"golang.org/x/crypto/cryptobyte"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// The extensions that something is read from, or written into (IANA's registry
// "TLS ExtensionType Values").
const (
	extensionServerName           = 0
	extensionStatusRequest        = 5
	extensionGroups               = 10
	extensionPointFormats         = 11
	extensionSignatureAlgorithms  = 13
	extensionALPN                 = 16
	extensionTimestamps           = 18
	extensionPadding              = 21
	extensionExtendedMasterSecret = 23
	extensionSessionTicket        = 35
	extensionPreSharedKey         = 41
	extensionVersions             = 43
	extensionCookie               = 44
	extensionExchangeModes        = 45
	extensionAuthorities          = 47
	extensionKeyShare             = 51
	extensionRenegotiation        = 0xff01
)

// retryRandom is the random of a ServerHello that is a HelloRetryRequest
// (RFC 8446, section 4.1.3).
const retryRandom = "\xCF\x21\xAD\x74\xE5\x9A\x61\x11\xBE\x1D\x8C\x02\x1E\x65\xB8\x91" +
	"\xC2\xA2\x11\x16\x7A\xBB\x8C\x5E\x07\x9E\x09\xE2\xC8\xA8\x33\x9C"

// extensions reads a list of extensions; each is handed to read, which tells
// whether it was well formed.
func extensions(s *cryptobyte.String, read func(id uint16, body cryptobyte.String) bool) bool {
	var list cryptobyte.String
	if !s.ReadUint16LengthPrefixed(&list) {
		return false
	}
	for !list.Empty() {
		var id uint16
		var body cryptobyte.String
		if !list.ReadUint16(&id) || !list.ReadUint16LengthPrefixed(&body) || !read(id, body) {
			return false
		}
	}
	return true
}

// readServerHello reads a ServerHello or HelloRetryRequest (RFC 8446, section
// 4.1.3; RFC 5246, section 7.4.1.3).
func (f *flight) readServerHello(s cryptobyte.String) bool {
	var version, suite uint16
	var random []byte
	var session cryptobyte.String
	var compression uint8
	if !s.ReadUint16(&version) || !s.ReadBytes(&random, 32) || !s.ReadUint8LengthPrefixed(&session) ||
		!s.ReadUint16(&suite) || !s.ReadUint8(&compression) {
		return false
	}
	f.HelloRetry = f.HelloRetry || string(random) == retryRandom
	f.choose(version, suite)
	seen := map[uint16]bool{}
	if !s.Empty() && !extensions(&s, func(id uint16, body cryptobyte.String) bool {
		seen[id] = true
		return f.helloExtension(id, body)
	}) {
		return false
	}
	if !f.hasHello() {
		return true
	}
	if f.Version < codepoint.TLS13 {
		f.Compression = compression != 0
		f.SecureRenegotiation = found(seen[extensionRenegotiation])
		f.ExtendedMasterSecret = found(seen[extensionExtendedMasterSecret])
		f.Ticket = found(seen[extensionSessionTicket])
		f.SessionID = found(len(session) > 0)
		f.ServerTime = serverTime(random, f.now())
	}
	f.begin(report.StepServer)
	return true
}

func found(b bool) *bool { return &b }

// choose notes what the server chose.
func (f *flight) choose(version, suite uint16) {
	chosen := codepoint.Suite(suite)
	f.Suite = &chosen
	f.Version, f.Protocol = version, codepoint.Version(version)
}

// helloExtension reads an extension of a ServerHello or HelloRetryRequest.
func (f *flight) helloExtension(id uint16, body cryptobyte.String) bool {
	if f.hasHello() {
		f.Extensions = append(f.Extensions, id)
	}
	switch id {
	case extensionVersions:
		var version uint16
		if !body.ReadUint16(&version) {
			return false
		}
		f.Version, f.Protocol = version, codepoint.Version(version)
	case extensionKeyShare:
		return f.keyShare(body)
	case extensionCookie:
		return body.ReadUint16LengthPrefixed((*cryptobyte.String)(&f.cookie))
	case extensionALPN:
		return f.chosenALPN(body)
	case extensionTimestamps:
		return f.timestamps(body)
	}
	return true
}

// keyShare reads the group of the key exchange, and the server's share, which a
// HelloRetryRequest does not have.
func (f *flight) keyShare(body cryptobyte.String) bool {
	var id uint16
	if !body.ReadUint16(&id) {
		return false
	}
	f.chooseGroup(id)
	return body.Empty() || body.ReadUint16LengthPrefixed((*cryptobyte.String)(&f.share))
}

func (f *flight) chooseGroup(id uint16) {
	group := codepoint.Group(id)
	f.Group = &group
}

// chosenALPN reads the one protocol that the server chose (RFC 7301, section
// 3.1).
func (f *flight) chosenALPN(body cryptobyte.String) bool {
	var list, name cryptobyte.String
	if !body.ReadUint16LengthPrefixed(&list) || !list.ReadUint8LengthPrefixed(&name) {
		return false
	}
	f.ALPN = text(name)
	return true
}

// timestamps reads a list of SCTs (RFC 6962, section 3.3).
func (f *flight) timestamps(body cryptobyte.String) bool {
	var list cryptobyte.String
	if !body.ReadUint16LengthPrefixed(&list) {
		return false
	}
	for !list.Empty() {
		var timestamp cryptobyte.String
		if !list.ReadUint16LengthPrefixed(&timestamp) {
			return false
		}
		f.SCTs = append(f.SCTs, base64.StdEncoding.EncodeToString(timestamp))
	}
	return true
}

// serverTime is the time at the beginning of a random. RFC 5246, section
// 7.4.1.2: "Clocks are not required to be set correctly", and many a random has
// no time in it: one that is more than a day away from the client's is none.
func serverTime(random []byte, now time.Time) string {
	at := time.Unix(int64(binary.BigEndian.Uint32(random)), 0)
	if difference := at.Sub(now).Abs(); difference > 24*time.Hour {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// readEncryptedExtensions is of TLS 1.3 alone.
func (f *flight) readEncryptedExtensions(s cryptobyte.String) bool {
	return extensions(&s, func(id uint16, body cryptobyte.String) bool {
		f.Extensions = append(f.Extensions, id)
		return id != extensionALPN || f.chosenALPN(body)
	})
}

// readCertificate reads the chain, which in TLS 1.3 has extensions (RFC 8446,
// section 4.4.2; RFC 5246, section 7.4.2).
func (f *flight) readCertificate(s cryptobyte.String) bool {
	tls13 := f.Version == codepoint.TLS13
	var context, list cryptobyte.String
	if tls13 && !s.ReadUint8LengthPrefixed(&context) || !s.ReadUint24LengthPrefixed(&list) {
		return false
	}
	for !list.Empty() && len(f.Certificates) < maxCertificates {
		var der cryptobyte.String
		if !list.ReadUint24LengthPrefixed(&der) {
			return false
		}
		f.Certificates = append(f.Certificates, base64.StdEncoding.EncodeToString(der))
		if tls13 && !extensions(&list, f.certificateExtension) {
			return false
		}
	}
	return true
}

// certificateExtension reads what comes with a certificate. Only what comes with
// the first says something about the server.
func (f *flight) certificateExtension(id uint16, body cryptobyte.String) bool {
	switch {
	case len(f.Certificates) > 1:
		return true
	case id == extensionStatusRequest:
		return f.readCertificateStatus(body)
	case id == extensionTimestamps:
		return f.timestamps(body)
	}
	return true
}

// readCertificateStatus reads a stapled OCSP response (RFC 6066, section 8).
func (f *flight) readCertificateStatus(s cryptobyte.String) bool {
	const ocsp = 1
	var kind uint8
	var response cryptobyte.String
	if !s.ReadUint8(&kind) {
		return false
	}
	if kind != ocsp {
		return true
	}
	if !s.ReadUint24LengthPrefixed(&response) {
		return false
	}
	f.Staple = base64.StdEncoding.EncodeToString(response)
	return true
}

// readKeyExchange reads the parameters of an ephemeral key exchange up to TLS
// 1.2 (RFC 5246, section 7.4.3; RFC 8422, section 5.4), and the scheme of the
// signature after them.
func (f *flight) readKeyExchange(s cryptobyte.String) bool {
	suite, _ := codepoint.Of(f.suite())
	var hint cryptobyte.String
	if suite.Authentication == "PSK" && !s.ReadUint16LengthPrefixed(&hint) { // RFC 4279, section 3
		return false
	}
	switch suite.KeyExchange {
	case "ECDHE":
		if named, ok := f.readCurve(&s); !named {
			return ok
		}
	case "DHE":
		if !f.readPrime(&s) {
			return false
		}
	default:
		return true
	}
	if f.Version != codepoint.TLS12 || suite.Authentication == "anon" || suite.Authentication == "PSK" {
		return true
	}
	return f.readCertificateVerify(s)
}

// readCurve reads the group and the server's point. Curves that are not named
// (RFC 4492, section 5.4) are not read.
func (f *flight) readCurve(s *cryptobyte.String) (named, ok bool) {
	const namedCurve = 3
	var kind uint8
	var id uint16
	var point cryptobyte.String
	if !s.ReadUint8(&kind) {
		return false, false
	}
	if kind != namedCurve {
		return false, true
	}
	if !s.ReadUint16(&id) || !s.ReadUint8LengthPrefixed(&point) {
		return false, false
	}
	f.chooseGroup(id)
	return true, true
}

// readPrime reads the prime, the generator and the server's value.
func (f *flight) readPrime(s *cryptobyte.String) bool {
	var prime, generator, value cryptobyte.String
	if !s.ReadUint16LengthPrefixed(&prime) || !s.ReadUint16LengthPrefixed(&generator) || !s.ReadUint16LengthPrefixed(&value) {
		return false
	}
	for len(prime) > 0 && prime[0] == 0 {
		prime = prime[1:]
	}
	if len(prime) > 0 {
		f.DHBits = len(prime)*8 - bits.LeadingZeros8(prime[0])
	}
	return true
}

// readCertificateVerify reads the scheme of a signature.
func (f *flight) readCertificateVerify(s cryptobyte.String) bool {
	var id uint16
	var signature cryptobyte.String
	if !s.ReadUint16(&id) || !s.ReadUint16LengthPrefixed(&signature) {
		return false
	}
	scheme := codepoint.SignatureScheme(id)
	f.SignatureScheme = &scheme
	return true
}

// certificateTypes are those of IANA's registry "TLS ClientCertificateType
// Identifiers".
var certificateTypes = []struct {
	id   byte
	name string
}{
	{1, "rsa_sign"}, {2, "dss_sign"}, {3, "rsa_fixed_dh"}, {4, "dss_fixed_dh"}, {5, "rsa_ephemeral_dh"},
	{6, "dss_ephemeral_dh"}, {20, "fortezza_dms"}, {64, "ecdsa_sign"}, {65, "rsa_fixed_ecdh"},
	{66, "ecdsa_fixed_ecdh"}, {67, "gost_sign256"}, {68, "gost_sign512"},
}

// readCertificateRequest reads what the server says about the client certificate
// that it wants (RFC 8446, section 4.3.2; RFC 5246, section 7.4.4).
func (f *flight) readCertificateRequest(s cryptobyte.String) bool {
	request := &report.ClientCertificateRequest{}
	f.ClientCertificate = request
	if f.Version == codepoint.TLS13 {
		var context cryptobyte.String
		return s.ReadUint8LengthPrefixed(&context) && extensions(&s, func(id uint16, body cryptobyte.String) bool {
			switch id {
			case extensionSignatureAlgorithms:
				return readSchemes(&body, request)
			case extensionAuthorities:
				return readAuthorities(&body, request)
			}
			return true
		})
	}
	var types cryptobyte.String
	if !s.ReadUint8LengthPrefixed(&types) {
		return false
	}
	for _, id := range types {
		request.Types = append(request.Types, certificateType(id))
	}
	if f.Version == codepoint.TLS12 && !readSchemes(&s, request) {
		return false
	}
	return readAuthorities(&s, request)
}

func certificateType(id byte) string {
	for _, t := range certificateTypes {
		if t.id == id {
			return t.name
		}
	}
	return strconv.Itoa(int(id))
}

func readSchemes(s *cryptobyte.String, request *report.ClientCertificateRequest) bool {
	ids, ok := readUint16s(s)
	for _, id := range ids {
		request.SignatureAlgorithms = append(request.SignatureAlgorithms, codepoint.SignatureScheme(id))
	}
	return ok
}

func readAuthorities(s *cryptobyte.String, request *report.ClientCertificateRequest) bool {
	var list cryptobyte.String
	if !s.ReadUint16LengthPrefixed(&list) {
		return false
	}
	for !list.Empty() {
		var der cryptobyte.String
		if !list.ReadUint16LengthPrefixed(&der) {
			return false
		}
		request.Authorities = append(request.Authorities, distinguishedName(der))
		request.AuthoritiesDER = append(request.AuthoritiesDER, base64.StdEncoding.EncodeToString(der))
	}
	return true
}

// distinguishedName is the DER of a Name in the spelling of RFC 4514; what can't
// be read is "#" and the DER in hexadecimal.
func distinguishedName(der []byte) string {
	var name pkix.RDNSequence
	if rest, err := asn1.Unmarshal(der, &name); err != nil || len(rest) > 0 {
		return "#" + hex.EncodeToString(der)
	}
	return text([]byte(name.String()))
}

// readUint16s reads a list of numbers behind its length.
func readUint16s(s *cryptobyte.String) (ids []uint16, ok bool) {
	var list cryptobyte.String
	if !s.ReadUint16LengthPrefixed(&list) {
		return nil, false
	}
	for !list.Empty() {
		var id uint16
		if !list.ReadUint16(&id) {
			return ids, false
		}
		ids = append(ids, id)
	}
	return ids, true
}

// readHelloDone ends the server's first flight up to TLS 1.2.
func (f *flight) readHelloDone(cryptobyte.String) bool {
	f.end()
	return true
}

// readFinished ends the server's first flight in TLS 1.3. What follows has
// another key.
func (f *flight) readFinished(cryptobyte.String) bool {
	f.records.open = nil
	f.end()
	return true
}

// readTicket reads no ticket, but that there is one.
func (f *flight) readTicket(cryptobyte.String) bool {
	f.ticket = true
	f.Ticket = found(true)
	return true
}

// readKeyUpdate gives up: nothing that matters comes after it.
func (f *flight) readKeyUpdate(cryptobyte.String) bool {
	f.records.sealed = true
	return true
}
