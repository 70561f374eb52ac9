package intake

import (
	"crypto/cipher"
	"encoding/binary"
	"math/bits"
)

// RC2 (RFC 2268), which PKCS#12 files of old programs use for certificates. It
// only decrypts.

// rc2Table is PITABLE of RFC 2268, section 2: digits of pi.
const rc2Table = "" +
	"\xD9\x78\xF9\xC4\x19\xDD\xB5\xED\x28\xE9\xFD\x79\x4A\xA0\xD8\x9D" +
	"\xC6\x7E\x37\x83\x2B\x76\x53\x8E\x62\x4C\x64\x88\x44\x8B\xFB\xA2" +
	"\x17\x9A\x59\xF5\x87\xB3\x4F\x13\x61\x45\x6D\x8D\x09\x81\x7D\x32" +
	"\xBD\x8F\x40\xEB\x86\xB7\x7B\x0B\xF0\x95\x21\x22\x5C\x6B\x4E\x82" +
	"\x54\xD6\x65\x93\xCE\x60\xB2\x1C\x73\x56\xC0\x14\xA7\x8C\xF1\xDC" +
	"\x12\x75\xCA\x1F\x3B\xBE\xE4\xD1\x42\x3D\xD4\x30\xA3\x3C\xB6\x26" +
	"\x6F\xBF\x0E\xDA\x46\x69\x07\x57\x27\xF2\x1D\x9B\xBC\x94\x43\x03" +
	"\xF8\x11\xC7\xF6\x90\xEF\x3E\xE7\x06\xC3\xD5\x2F\xC8\x66\x1E\xD7" +
	"\x08\xE8\xEA\xDE\x80\x52\xEE\xF7\x84\xAA\x72\xAC\x35\x4D\x6A\x2A" +
	"\x96\x1A\xD2\x71\x5A\x15\x49\x74\x4B\x9F\xD0\x5E\x04\x18\xA4\xEC" +
	"\xC2\xE0\x41\x6E\x0F\x51\xCB\xCC\x24\x91\xAF\x50\xA1\xF4\x70\x39" +
	"\x99\x7C\x3A\x85\x23\xB8\xB4\x7A\xFC\x02\x36\x5B\x25\x55\x97\x31" +
	"\x2D\x5D\xFA\x98\xE3\x8A\x92\xAE\x05\xDF\x29\x10\x67\x6C\xBA\xC9" +
	"\xD3\x00\xE6\xCF\xE1\x9E\xA8\x2C\x63\x16\x01\x3F\x58\xE2\x89\xA9" +
	"\x0D\x38\x34\x1B\xAB\x33\xFF\xB0\xBB\x48\x0C\x5F\xB9\xB1\xCD\x2E" +
	"\xC5\xF3\xDB\x47\xE5\xA5\x9C\x77\x0A\xA6\x20\x68\xFE\x7F\xC1\xAD"

// An rc2 holds the expanded key, K of RFC 2268.
type rc2 [64]uint16

// newRC2 expands a key of 1 to 128 bytes (section 2). All of its bits count.
func newRC2(key []byte) (cipher.Block, error) {
	var l [128]byte
	copy(l[:], key)
	t := len(key)
	for i := t; i < 128; i++ {
		l[i] = rc2Table[l[i-1]+l[i-t]]
	}
	l[128-t] = rc2Table[l[128-t]]
	for i := 127 - t; i >= 0; i-- {
		l[i] = rc2Table[l[i+1]^l[i+t]]
	}
	var k rc2
	for i := range k {
		k[i] = binary.LittleEndian.Uint16(l[2*i:])
	}
	return &k, nil
}

func (k *rc2) BlockSize() int { return 8 }

// Encrypt is not needed to read anything.
func (k *rc2) Encrypt(_, _ []byte) { panic("intake: RC2 does not encrypt") }

// Decrypt takes the rounds of section 4 in turn.
func (k *rc2) Decrypt(dst, src []byte) {
	var r [4]uint16
	for i := range r {
		r[i] = binary.LittleEndian.Uint16(src[2*i:])
	}
	j := 63
	for _, mixes := range [...]int{5, 6, 5} {
		for range mixes {
			k.unmix(&r, j)
			j -= 4
		}
		if j > 0 {
			k.unmash(&r)
		}
	}
	for i := range r {
		binary.LittleEndian.PutUint16(dst[2*i:], r[i])
	}
}

// unmix is the r-mixing round; j is the index of the last word of the key that
// it uses.
func (k *rc2) unmix(r *[4]uint16, j int) {
	shifts := [4]int{1, 2, 3, 5}
	for i := 3; i >= 0; i-- {
		r[i] = bits.RotateLeft16(r[i], -shifts[i])
		r[i] -= k[j] + r[(i+3)%4]&r[(i+2)%4] + ^r[(i+3)%4]&r[(i+1)%4]
		j--
	}
}

// unmash is the r-mashing round.
func (k *rc2) unmash(r *[4]uint16) {
	for i := 3; i >= 0; i-- {
		r[i] -= k[r[(i+3)%4]&63]
	}
}
