package probe

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"hash"

	"golang.org/x/crypto/chacha20poly1305"
)

// A protection is what a cipher suite of TLS 1.3 means for records and secrets
// (RFC 8446, appendix B.4).
type protection struct {
	hash func() hash.Hash
	key  int // length in bytes
	aead func(key []byte) (cipher.AEAD, error)
}

// protectionOf is what a suite means; ok is false for CCM, which the standard
// library does not have: what such a server seals stays unread.
func protectionOf(suite uint16) (p protection, ok bool) {
	switch suite {
	case 0x1301:
		return protection{sha256.New, 16, newGCM}, true
	case 0x1302:
		return protection{sha512.New384, 32, newGCM}, true
	case 0x1303:
		return protection{sha256.New, 32, chacha20poly1305.New}, true
	}
	return protection{}, false
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// expandLabel is HKDF-Expand-Label (RFC 8446, section 7.1).
func (p protection) expandLabel(secret []byte, label string, context []byte, length int) []byte {
	label = "tls13 " + label
	info := []byte{byte(length >> 8), byte(length), byte(len(label))}
	info = append(append(info, label...), byte(len(context)))
	info = append(info, context...)
	out, err := hkdf.Expand(p.hash, secret, string(info), length)
	if err != nil {
		panic("probe: " + err.Error()) // the lengths are constants
	}
	return out
}

// sum is the hash of a transcript.
func (p protection) sum(transcript []byte) []byte {
	h := p.hash()
	h.Write(transcript)
	return h.Sum(nil)
}

// handshakeSecrets are the secrets of the handshake, client's and server's
// (RFC 8446, section 7.1). The transcript ends with the ServerHello.
func (p protection) handshakeSecrets(shared, transcript []byte) (client, server []byte, err error) {
	zero := make([]byte, p.hash().Size())
	early, err := hkdf.Extract(p.hash, zero, zero)
	if err != nil {
		return nil, nil, err
	}
	secret, err := hkdf.Extract(p.hash, shared, p.expandLabel(early, "derived", p.sum(nil), len(zero)))
	if err != nil {
		return nil, nil, err
	}
	sum := p.sum(transcript)
	return p.expandLabel(secret, "c hs traffic", sum, len(zero)), p.expandLabel(secret, "s hs traffic", sum, len(zero)), nil
}

// A sealer wraps and unwraps the records of one side under one traffic secret
// (RFC 8446, section 5.2).
type sealer struct {
	aead     cipher.AEAD
	iv       []byte
	sequence uint64
}

// newSealer gives the sealer of a traffic secret; nil when the suite is none
// that can be opened.
func newSealer(suite uint16, secret []byte) *sealer {
	p, ok := protectionOf(suite)
	if !ok {
		return nil
	}
	aead, err := p.aead(p.expandLabel(secret, "key", nil, p.key))
	if err != nil {
		return nil
	}
	return &sealer{aead: aead, iv: p.expandLabel(secret, "iv", nil, aead.NonceSize())}
}

// nonce is RFC 8446, section 5.3: the sequence number, "padded to the left with
// zeros", xor the iv.
func (s *sealer) nonce() []byte {
	nonce := make([]byte, len(s.iv))
	binary.BigEndian.PutUint64(nonce[len(nonce)-8:], s.sequence)
	for i, b := range s.iv {
		nonce[i] ^= b
	}
	s.sequence++
	return nonce
}

// unwrap opens a record. Its type is the last byte that is not zero (RFC 8446,
// section 5.4).
func (s *sealer) unwrap(header, body []byte) (record, error) {
	inner, err := s.aead.Open(nil, s.nonce(), body, header)
	if err != nil {
		return record{}, malformed("sent a record that its own key does not open")
	}
	for i := len(inner) - 1; i >= 0; i-- {
		if inner[i] != 0 {
			return record{inner[i], inner[:i], true}, nil
		}
	}
	return record{}, malformed("sent a sealed record of no type")
}

// wrap makes a sealed record.
func (s *sealer) wrap(kind byte, body []byte) []byte {
	inner := append(append([]byte(nil), body...), kind)
	length := len(inner) + s.aead.Overhead()
	header := []byte{recordApplicationData, 3, 3, byte(length >> 8), byte(length)}
	return s.aead.Seal(header, s.nonce(), inner, header)
}
