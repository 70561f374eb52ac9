package intake

import (
	"bytes"
	"encoding/binary"
)

// Keys of SSH: public ones in a line ("ssh-ed25519 AAAA..."), in the blocks of
// RFC 4716 and of PuTTY, and private ones in the format of OpenSSH
// (PROTOCOL.key). Only public halves are read.

// A wire is data in the encoding of RFC 4251, section 5.
type wire struct {
	rest []byte
	bad  bool
}

func (w *wire) string() []byte {
	if w.bad || len(w.rest) < 4 {
		w.bad = true
		return nil
	}
	n := binary.BigEndian.Uint32(w.rest)
	if uint64(n) > uint64(len(w.rest)-4) {
		w.bad = true
		return nil
	}
	s := w.rest[4 : 4+n]
	w.rest = w.rest[4+n:]
	return s
}

// sshHalf reads a public key (RFC 4253, section 6.6; RFC 5656, section 3.1;
// RFC 8709, section 4).
func sshHalf(blob []byte) (h half, ok bool) {
	w := wire{rest: blob}
	switch kind := w.string(); string(kind) {
	case "ssh-rsa":
		e, n := w.string(), w.string()
		h = rsaHalf(n, e)
	case "ssh-dss":
		p, q, g, y := w.string(), w.string(), w.string(), w.string()
		h = dsaHalf(p, q, g, y)
	case "ssh-ed25519", "sk-ssh-ed25519@openssh.com":
		h = edwardsHalf(oidEd25519, w.string())
	default:
		if !bytes.HasPrefix(kind, []byte("ecdsa-sha2-")) && !bytes.HasPrefix(kind, []byte("sk-ecdsa-sha2-")) {
			return half{}, false
		}
		c := curveNamed(string(w.string()))
		if c == nil {
			return half{}, false
		}
		h = curveHalf(c, w.string())
	}
	return h, !w.bad && len(h.key) > 2
}

// openSSHMagic begins a private key of OpenSSH.
var openSSHMagic = []byte("openssh-key-v1\x00")

// takeOpenSSH adds a private key of OpenSSH by its public half, which stands in
// the open; false when data is none.
func (p *piece) takeOpenSSH(data []byte) bool {
	rest, ok := bytes.CutPrefix(data, openSSHMagic)
	if !ok {
		return false
	}
	w := wire{rest: rest}
	cipher, _, _ := w.string(), w.string(), w.string()
	if w.bad || len(w.rest) < 4 {
		return false
	}
	w.rest = w.rest[4:] // the number of keys, which is 1
	h, ok := sshHalf(w.string())
	if !ok {
		return false
	}
	p.takeKey(PrivateKey, &h, "OpenSSH")
	if string(cipher) != "none" {
		p.objects[len(p.objects)-1].Encrypted = true
		p.note("The private key is encrypted.")
	}
	return true
}

// sshPublicBlock takes the body of a block of RFC 4716.
func sshPublicBlock(p *piece, data []byte) string {
	h, ok := sshHalf(data)
	if !ok {
		return "A public key of SSH that is not readable."
	}
	p.takeKey(PublicKey, &h, "SSH")
	return "A public key of SSH."
}

// nextSSH finds a token that starts like the base64 of a short string.
func nextSSH(t *text, from int) int {
	for {
		i := bytes.Index(t.data[from:], []byte("AAAA"))
		if i < 0 {
			return -1
		}
		at := from + i
		n := runLength(t.data[at:])
		if n >= minBare && !inRun(t, at) {
			return at
		}
		from = at + n
	}
}

func claimSSH(t *text, start int) (*piece, int) {
	n := runLength(t.data[start:])
	d := newDecoder(t.data, start, start+n)
	d.fill(headerPeek)
	if !bytes.Contains(d.out, []byte("ssh-")) && !bytes.Contains(d.out, []byte("ecdsa-")) {
		return nil, start + n
	}
	h, ok := sshHalf(d.all())
	if !ok {
		return nil, start + n
	}
	p := newPiece(t, start, "ssh")
	p.end = start + n
	p.takeKey(PublicKey, &h, "SSH")
	return p, 0
}
