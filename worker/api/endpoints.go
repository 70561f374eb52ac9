package api

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/probe"
	"certlens/internal/report"
	"certlens/worker/policy"
)

// The limits of an offer, beside that of the whole request.
const (
	maxOffered = 512 // entries of one list
	maxALPN    = 255 // bytes of one name (RFC 7301, section 3.1)
)

// about serves /v1/about.
func (s *server) about(context.Context, []byte) (any, *probe.Refusal) {
	about := report.About{
		Version: s.Version, Vantage: s.Client.Vantage, Ports: s.Policy.Ports,
		AllowPrivate: s.Policy.AllowPrivate, Limits: s.Limits.report(),
	}
	if s.Policy.AnyPort {
		about.Ports = nil
	}
	return about, nil
}

// handshake serves /v1/handshake.
func (s *server) handshake(ctx context.Context, body []byte) (any, *probe.Refusal) {
	var request report.HandshakeRequest
	if refusal := parse(body, &request); refusal != nil {
		return nil, refusal
	}
	asked := request.Host
	refusal := s.checkHandshake(&request)
	if refusal != nil {
		return nil, s.Policy.Advise(refusal, asked)
	}
	// The port of a STARTTLS protocol is filled in by the probe, and is known for
	// certain when it is dialled.
	client := s.Client
	client.Dial = func(ctx context.Context, address netip.AddrPort) (net.Conn, error) {
		if refusal = s.Policy.Port(int(address.Port())); refusal != nil {
			return nil, refusal
		}
		return s.dial(ctx, address)
	}
	answer, err := client.Handshake(ctx, request)
	if refusal != nil || errors.As(err, &refusal) {
		return nil, s.Policy.Advise(refusal, asked)
	}
	if err != nil {
		return nil, refuse(report.RefusedRequest, "The handshake cannot be made: %v.", err)
	}
	return answer, nil
}

// checkHandshake refuses what can be refused before a name is resolved.
func (s *server) checkHandshake(request *report.HandshakeRequest) (refusal *probe.Refusal) {
	if request.Host, refusal = s.Policy.Host(request.Host); refusal != nil {
		return refusal
	}
	if request.Port != 0 {
		if refusal := s.Policy.Port(request.Port); refusal != nil {
			return refusal
		}
	}
	if request.SNI != "" {
		if refusal := policy.Name(strings.TrimSuffix(request.SNI, ".")); refusal != nil {
			return refusal
		}
	}
	return checkOffer(request.Offer)
}

// checkOffer refuses what is no offer. A ClientHello goes to a server in clear,
// and one that holds bytes as the caller likes could be a command to a server
// of another protocol.
func checkOffer(offer report.Offer) *probe.Refusal {
	longest := max(len(offer.Versions), len(offer.Suites), len(offer.Groups), len(offer.SignatureAlgorithms), len(offer.ALPN))
	if longest > maxOffered {
		return refuse(report.RefusedRequest, "A list of the offer has more than %d entries.", maxOffered)
	}
	for _, name := range offer.ALPN {
		if name == "" || len(name) > maxALPN {
			return refuse(report.RefusedRequest, "The name of an application protocol has between 1 and %d bytes.", maxALPN)
		}
		if strings.ContainsFunc(name, isControl) {
			return refuse(report.RefusedRequest, "The name of an application protocol has a control character.")
		}
	}
	for _, list := range []struct {
		what  string
		ids   []uint16
		known func(uint16) bool
	}{
		{"a cipher suite", offer.Suites, codepoint.IsSuite},
		{"a group", offer.Groups, codepoint.IsGroup},
		{"a signature algorithm", offer.SignatureAlgorithms, codepoint.IsSignatureScheme},
	} {
		for _, id := range list.ids {
			if !list.known(id) {
				return refuse(report.RefusedRequest, "0x%04X is not the number of %s.", id, list.what)
			}
		}
	}
	return nil
}

// isControl tells whether a character ends a line or a command in protocols of
// text.
func isControl(r rune) bool { return r < 0x20 || r == 0x7f }

// issuer serves /v1/issuer.
func (s *server) issuer(ctx context.Context, body []byte) (any, *probe.Refusal) {
	var request report.IssuerRequest
	if refusal := parse(body, &request); refusal != nil {
		return nil, refusal
	}
	certificate, refusal := decode("certificate", request.Certificate)
	if refusal != nil {
		return nil, refusal
	}
	return orRefusal(s.fetcher.Issuer(ctx, certificate))
}

// revocation serves /v1/revocation.
func (s *server) revocation(ctx context.Context, body []byte) (any, *probe.Refusal) {
	var request report.RevocationRequest
	if refusal := parse(body, &request); refusal != nil {
		return nil, refusal
	}
	certificate, refusal := decode("certificate", request.Certificate)
	if refusal != nil {
		return nil, refusal
	}
	issuer, refusal := decode("issuer", request.Issuer)
	if refusal != nil {
		return nil, refusal
	}
	return orRefusal(s.fetcher.Revocation(ctx, certificate, issuer))
}

// orRefusal keeps a nil pointer from becoming an answer.
func orRefusal[T any](answer *T, refusal *probe.Refusal) (any, *probe.Refusal) {
	if refusal != nil {
		return nil, refusal
	}
	return answer, nil
}

// read reads the body of a request.
func (s *server) read(r *http.Request) ([]byte, *probe.Refusal) {
	tooLarge := refuse(report.RefusedSize, "The request has more than %d bytes.", s.Limits.Request)
	if r.ContentLength > int64(s.Limits.Request) {
		return nil, tooLarge
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, int64(s.Limits.Request)+1))
	switch {
	case len(body) > s.Limits.Request:
		return nil, tooLarge
	case err != nil:
		return nil, refuse(report.RefusedRequest, "The request could not be read to its end.")
	}
	return body, nil
}

// parse reads the JSON of a request, which must be as the contract has it.
func parse(body []byte, into any) *probe.Refusal {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return refuse(report.RefusedRequest, "The request is not the JSON that this path takes: %v.", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return refuse(report.RefusedRequest, "The request goes on after its JSON.")
	}
	return nil
}

// decode reads the base64 of a field.
func decode(field, text string) ([]byte, *probe.Refusal) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, refuse(report.RefusedRequest, "The field %s is not base64.", field)
	}
	return data, nil
}
