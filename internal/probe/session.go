package probe

import (
	"crypto/tls"
	"encoding/base64"

	"golang.org/x/crypto/cryptobyte"
)

// sessions is the cache of one handshake: it holds the session to be resumed,
// and the one that the server gave.
type sessions struct {
	resume *tls.ClientSessionState
	given  *tls.ClientSessionState
}

func (s *sessions) Get(string) (*tls.ClientSessionState, bool) {
	return s.resume, s.resume != nil
}

func (s *sessions) Put(_ string, session *tls.ClientSessionState) {
	if s.given == nil && session != nil { // nil forgets what is not ours to keep
		s.given = session
	}
}

// encoded is the session that the server gave, to be resumed later; empty when
// there is none, or one that is too long to be handed around.
func (s *sessions) encoded() string {
	ticket, state, err := s.given.ResumptionState()
	if err != nil || state == nil {
		return ""
	}
	raw, err := state.Bytes()
	if err != nil {
		return ""
	}
	var b cryptobyte.Builder
	b.AddUint16LengthPrefixed(bytesOf(ticket))
	b.AddBytes(raw)
	blob, err := b.Bytes()
	if err != nil || base64.StdEncoding.EncodedLen(len(blob)) > maxSession {
		return ""
	}
	return base64.StdEncoding.EncodeToString(blob)
}

// decodeSession reads what encoded wrote; nil for anything else. It comes back
// from a stranger: the worst that a forged one does is to be refused by the
// server.
func decodeSession(text string) *tls.ClientSessionState {
	blob, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	s := cryptobyte.String(blob)
	var ticket cryptobyte.String
	if !s.ReadUint16LengthPrefixed(&ticket) || !isClientSession(s) {
		return nil
	}
	state, err := tls.ParseSessionState(s)
	if err != nil {
		return nil
	}
	session, err := tls.NewResumptionState(ticket, state)
	if err != nil {
		return nil
	}
	return session
}

// isClientSession looks at the second field of a SessionState, its type: that of
// a server may be without certificates, which crypto/tls takes for granted when
// a client resumes.
func isClientSession(state []byte) bool {
	const client = 2
	return len(state) > 2 && state[2] == client
}
