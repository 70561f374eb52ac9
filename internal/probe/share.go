package probe

import (
	"crypto/ecdh"
	"crypto/mlkem"
	"errors"
	"io"
)

// A share is the client's half of a key exchange in TLS 1.3 (RFC 8446, section
// 4.2.8). Its secret takes the server's half.
type share struct {
	group  uint16
	public []byte
	secret func(server []byte) ([]byte, error)
}

// exchange makes shares of a group; nil for one that the standard library can't
// compute. The shares and secrets of a hybrid are those of its parts, one behind
// the other (draft-ietf-tls-ecdhe-mlkem, section 4).
func exchange(group uint16) func(random io.Reader) (*share, error) {
	p256, p384 := curve(ecdh.P256(), 32, 0xff), curve(ecdh.P384(), 48, 0xff)
	x25519 := curve(ecdh.X25519(), 32, 0xff)
	switch group {
	case 0x0017:
		return p256
	case 0x0018:
		return p384
	case 0x0019:
		return curve(ecdh.P521(), 66, 0x01)
	case 0x001D:
		return x25519
	case 0x0201:
		return mlkem768
	case 0x0202:
		return mlkem1024
	case 0x11EB:
		return both(p256, 65, mlkem768)
	case 0x11EC:
		return both(mlkem768, mlkem.CiphertextSize768, x25519)
	case 0x11ED:
		return both(p384, 97, mlkem1024)
	}
	return nil
}

// newShare makes a share; nil for a group that can't be computed here.
func newShare(group uint16, random io.Reader) (*share, error) {
	draw := exchange(group)
	if draw == nil {
		return nil, nil
	}
	s, err := draw(random)
	if err != nil {
		return nil, err
	}
	s.group = group
	return s, nil
}

// curve is Diffie-Hellman on an elliptic curve, with private keys of so many
// bytes; mask keeps the first of them below the order of the curve.
func curve(c ecdh.Curve, length int, mask byte) func(io.Reader) (*share, error) {
	return func(random io.Reader) (*share, error) {
		key, err := newKey(c, length, mask, random)
		if err != nil {
			return nil, err
		}
		return &share{public: key.PublicKey().Bytes(), secret: func(server []byte) ([]byte, error) {
			public, err := c.NewPublicKey(server)
			if err != nil {
				return nil, err
			}
			return key.ECDH(public)
		}}, nil
	}
}

// newKey draws a private key, again when it is not below the order of the curve,
// which is rare on each of these curves.
func newKey(c ecdh.Curve, length int, mask byte, random io.Reader) (*ecdh.PrivateKey, error) {
	scalar := make([]byte, length)
	for range 64 {
		if _, err := io.ReadFull(random, scalar); err != nil {
			return nil, err
		}
		scalar[0] &= mask
		if key, err := c.NewPrivateKey(scalar); err == nil {
			return key, nil
		}
	}
	return nil, errors.New("probe: no randomness")
}

func mlkem768(random io.Reader) (*share, error) {
	seed := make([]byte, mlkem.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, err
	}
	key, err := mlkem.NewDecapsulationKey768(seed)
	if err != nil {
		return nil, err
	}
	return &share{public: key.EncapsulationKey().Bytes(), secret: key.Decapsulate}, nil
}

func mlkem1024(random io.Reader) (*share, error) {
	seed := make([]byte, mlkem.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, err
	}
	key, err := mlkem.NewDecapsulationKey1024(seed)
	if err != nil {
		return nil, err
	}
	return &share{public: key.EncapsulationKey().Bytes(), secret: key.Decapsulate}, nil
}

// both is a hybrid: the server's half of the first is cut bytes long.
func both(first func(io.Reader) (*share, error), cut int, second func(io.Reader) (*share, error)) func(io.Reader) (*share, error) {
	return func(random io.Reader) (*share, error) {
		a, err := first(random)
		if err != nil {
			return nil, err
		}
		b, err := second(random)
		if err != nil {
			return nil, err
		}
		return &share{public: append(a.public, b.public...), secret: func(server []byte) ([]byte, error) {
			if len(server) < cut {
				return nil, errors.New("probe: the share is too short")
			}
			one, err := a.secret(server[:cut])
			if err != nil {
				return nil, err
			}
			other, err := b.secret(server[cut:])
			return append(one, other...), err
		}}, nil
	}
}
