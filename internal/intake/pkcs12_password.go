package intake

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/hmac"
	"crypto/rc4"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"unicode/utf16"
)

// Encryption by password: RFC 7292, appendix B, and PBES2 and PBMAC1 of RFC 8018
// and RFC 9579.

// A password is one in both of the forms that are used.
type password struct {
	text []byte // as typed
	wide []byte // UTF-16 with a zero after it (RFC 7292, appendix B.1)
}

// passwords gives the forms of a password. Programs disagree about whether an
// empty one has a zero after it.
func passwords(word string) []password {
	var wide []byte
	for _, u := range append(utf16.Encode([]rune(word)), 0) {
		wide = append(wide, byte(u>>8), byte(u))
	}
	list := []password{{[]byte(word), wide}}
	if word == "" {
		list = append(list, password{})
	}
	return list
}

// hashes are the hash functions by OID, as digests and for HMAC.
var hashes = map[string]func() hash.Hash{
	"\x2B\x0E\x03\x02\x1A":                 sha1.New,
	"\x60\x86\x48\x01\x65\x03\x04\x02\x04": sha256.New224,
	"\x60\x86\x48\x01\x65\x03\x04\x02\x01": sha256.New,
	"\x60\x86\x48\x01\x65\x03\x04\x02\x02": sha512.New384,
	"\x60\x86\x48\x01\x65\x03\x04\x02\x03": sha512.New,
	"\x2A\x86\x48\x86\xF7\x0D\x02\x07":     sha1.New,
	"\x2A\x86\x48\x86\xF7\x0D\x02\x08":     sha256.New224,
	"\x2A\x86\x48\x86\xF7\x0D\x02\x09":     sha256.New,
	"\x2A\x86\x48\x86\xF7\x0D\x02\x0A":     sha512.New384,
	"\x2A\x86\x48\x86\xF7\x0D\x02\x0B":     sha512.New,
}

// OIDs, encoded.
const (
	oidPBKDF2 = "\x2A\x86\x48\x86\xF7\x0D\x01\x05\x0C"
	oidPBES2  = "\x2A\x86\x48\x86\xF7\x0D\x01\x05\x0D"
	oidPBMAC1 = "\x2A\x86\x48\x86\xF7\x0D\x01\x05\x0E"
	oidPBE    = "\x2A\x86\x48\x86\xF7\x0D\x01\x0C\x01" // and one octet more
)

// A scheme is a cipher of RFC 7292, appendix C.
type scheme struct {
	key, iv int // bytes
	block   func(key []byte) (cipher.Block, error)
}

// schemes are told by the last octet of their OID.
var schemes = map[byte]scheme{
	1: {16, 0, nil}, // RC4
	2: {5, 0, nil},
	3: {24, 8, des.NewTripleDESCipher},
	4: {16, 8, twoKeys},
	5: {16, 8, newRC2},
	6: {5, 8, newRC2},
}

// twoKeys is Triple DES with two keys, of which the first is used twice.
func twoKeys(key []byte) (cipher.Block, error) {
	return des.NewTripleDESCipher(append(bytes.Clone(key), key[:8]...))
}

// blockCiphers are those of PBES2 by OID.
var blockCiphers = map[string]scheme{
	"\x60\x86\x48\x01\x65\x03\x04\x01\x02": {16, 16, aes.NewCipher},
	"\x60\x86\x48\x01\x65\x03\x04\x01\x16": {24, 16, aes.NewCipher},
	"\x60\x86\x48\x01\x65\x03\x04\x01\x2A": {32, 16, aes.NewCipher},
	"\x2A\x86\x48\x86\xF7\x0D\x03\x07":     {24, 8, des.NewTripleDESCipher},
}

// Purposes of keys (RFC 7292, appendix B.3).
const forKey, forIV, forMAC = 1, 2, 3

// decrypt gives the plain text; nil when the algorithm is not read, the password
// does not fit, or there is no time left.
func (f *pfx) decrypt(algorithm element, data []byte, word password) []byte {
	c := children(algorithm.body, 2)
	if !is(c, tagOID, tagSequence) {
		return nil
	}
	oid := string(c[0].body)
	if oid == oidPBES2 {
		return f.decryptPBES2(c[1], data, word)
	}
	if len(oid) != len(oidPBE)+1 || oid[:len(oidPBE)] != oidPBE {
		return nil
	}
	s, ok := schemes[oid[len(oidPBE)]]
	// SEQUENCE { salt OCTET STRING, iterations INTEGER }
	parameters := children(c[1].body, 2)
	if !ok || !is(parameters, tagOctets, tagInteger) {
		return nil
	}
	derive := func(purpose byte, size int) []byte {
		return f.derive(sha1.New, purpose, parameters[0].body, word.wide, small(parameters[1]), size)
	}
	key := derive(forKey, s.key)
	if key == nil {
		return nil
	}
	if s.block == nil {
		stream, err := rc4.NewCipher(key)
		if err != nil {
			return nil
		}
		plain := make([]byte, len(data))
		stream.XORKeyStream(plain, data)
		return plain
	}
	return unchain(s, key, derive(forIV, s.iv), data)
}

// decryptPBES2 is decrypt for RFC 8018, section 6.2.
func (f *pfx) decryptPBES2(e element, data []byte, word password) []byte {
	c := children(e.body, 2)
	if !is(c, tagSequence, tagSequence) {
		return nil
	}
	cipher := children(c[1].body, 2)
	if !is(cipher, tagOID, tagOctets) {
		return nil
	}
	s, ok := blockCiphers[string(cipher[0].body)]
	if !ok {
		return nil
	}
	return unchain(s, f.pbkdf2(c[0], word, s.key), cipher[1].body, data)
}

// unchain decrypts blocks in CBC and takes off the padding (RFC 8018, section
// 6.1.1, step 4); nil when that is not right, as with a wrong password.
func unchain(s scheme, key, iv, data []byte) []byte {
	if len(key) != s.key || len(iv) != s.iv || len(data) == 0 || len(data)%s.iv != 0 {
		return nil
	}
	block, err := s.block(key)
	if err != nil {
		return nil
	}
	plain := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, data)
	n := int(plain[len(plain)-1])
	if n == 0 || n > s.iv || !bytes.Equal(plain[len(plain)-n:], bytes.Repeat([]byte{byte(n)}, n)) {
		return nil
	}
	return plain[:len(plain)-n]
}

// checkMAC tells whether the MAC is right with a password (RFC 7292, section 4);
// known is false when the algorithm is not.
//
//	SEQUENCE { SEQUENCE { AlgorithmIdentifier, OCTET STRING }, salt OCTET STRING, iterations INTEGER }
func (f *pfx) checkMAC(word password) (ok, known bool) {
	if !is(f.mac, tagSequence, tagOctets) {
		return false, false
	}
	info := children(f.mac[0].body, 2)
	if !is(info, tagSequence, tagOctets) {
		return false, false
	}
	algorithm := children(info[0].body, 2)
	if !is(algorithm, tagOID) {
		return false, false
	}
	var key []byte
	newHash := hashes[string(algorithm[0].body)]
	if string(algorithm[0].body) == oidPBMAC1 {
		newHash, key = f.pbmac1(algorithm, word)
	} else if newHash != nil {
		iterations := 1
		if len(f.mac) > 2 {
			iterations = small(f.mac[2])
		}
		key = f.derive(newHash, forMAC, f.mac[1].body, word.wide, iterations, newHash().Size())
	}
	if newHash == nil || key == nil {
		return false, newHash != nil
	}
	m := hmac.New(newHash, key)
	m.Write(f.content)
	return hmac.Equal(m.Sum(nil), info[1].body), true
}

// pbmac1 reads the parameters of RFC 9579: how the key is derived, and the HMAC.
func (f *pfx) pbmac1(algorithm []element, word password) (func() hash.Hash, []byte) {
	if !is(algorithm, tagOID, tagSequence) {
		return nil, nil
	}
	c := children(algorithm[1].body, 2)
	if !is(c, tagSequence, tagSequence) {
		return nil, nil
	}
	mac := children(c[1].body, 1)
	if !is(mac, tagOID) || hashes[string(mac[0].body)] == nil {
		return nil, nil
	}
	newHash := hashes[string(mac[0].body)]
	return newHash, f.pbkdf2(c[0], word, newHash().Size())
}

// small reads an INTEGER that should be a number of rounds; 0 when it is not.
func small(e element) int {
	if e.tag != tagInteger || len(e.body) == 0 || len(e.body) > 4 || e.body[0]&0x80 != 0 {
		return 0
	}
	n := 0
	for _, b := range e.body {
		n = n<<8 | int(b)
	}
	return n
}

// spend takes rounds of hashing from what the scan has for them: so many for
// each iteration.
func (f *pfx) spend(each, iterations int) bool {
	left := f.p.t.budget.work
	if iterations > *left/each {
		f.tired = true
		return false
	}
	*left -= each * iterations
	return iterations > 0
}

// pbkdf2 derives a key as an AlgorithmIdentifier says (RFC 8018, section 5.2);
// nil when it can't be done. size is how long it is unless that says otherwise.
func (f *pfx) pbkdf2(algorithm element, word password, size int) []byte {
	c := children(algorithm.body, 2)
	if !is(c, tagOID, tagSequence) || string(c[0].body) != oidPBKDF2 {
		return nil
	}
	// SEQUENCE { salt, iterationCount, keyLength OPTIONAL, prf DEFAULT }
	parameters := children(c[1].body, 4)
	if !is(parameters, tagOctets, tagInteger) {
		return nil
	}
	newHash := sha1.New
	for _, e := range parameters[2:] {
		if e.tag == tagInteger {
			size = small(e)
		}
		if prf := children(e.body, 1); e.tag == tagSequence && is(prf, tagOID) {
			newHash = hashes[string(prf[0].body)]
		}
	}
	if newHash == nil || size <= 0 || size > maxKeySize {
		return nil
	}
	return f.rounds(hmac.New(newHash, word.text), parameters[0].body, small(parameters[1]), size)
}

// maxKeySize is the longest key that is derived, in bytes.
const maxKeySize = 64

// rounds is the sum of PBKDF2.
func (f *pfx) rounds(mac hash.Hash, salt []byte, iterations, size int) []byte {
	blocks := (size + mac.Size() - 1) / mac.Size()
	if !f.spend(2*blocks, iterations) {
		return nil
	}
	var key []byte
	for block := 1; block <= blocks; block++ {
		mac.Reset()
		mac.Write(salt)
		mac.Write([]byte{0, 0, 0, byte(block)})
		u := mac.Sum(nil)
		sum := bytes.Clone(u)
		for range iterations - 1 {
			mac.Reset()
			mac.Write(u)
			u = mac.Sum(u[:0])
			for i := range sum {
				sum[i] ^= u[i]
			}
		}
		key = append(key, sum...)
	}
	return key[:size]
}

// derive is the function of RFC 7292, appendix B.2, in whose names it is written.
func (f *pfx) derive(newHash func() hash.Hash, id byte, salt, password []byte, iterations, n int) []byte {
	h := newHash()
	u, v := h.Size(), h.BlockSize()
	if !f.spend((n+u-1)/u, iterations) {
		return nil
	}
	d := bytes.Repeat([]byte{id}, v)
	i := append(fill(salt, v), fill(password, v)...)
	var out []byte
	for {
		a := bytes.Clone(d)
		a = append(a, i...)
		for range iterations {
			h.Reset()
			h.Write(a)
			a = h.Sum(a[:0])
		}
		if out = append(out, a[:u]...); len(out) >= n {
			return out[:n]
		}
		b := fill(a[:u], v)
		for j := 0; j < len(i); j += v {
			addOne(i[j:j+v], b)
		}
	}
}

// fill repeats data up to a multiple of v bytes.
func fill(data []byte, v int) []byte {
	n := (len(data) + v - 1) / v * v
	out := make([]byte, 0, n+len(data))
	for len(data) > 0 && len(out) < n {
		out = append(out, data...)
	}
	return out[:n]
}

// addOne adds b and 1 to a, as numbers.
func addOne(a, b []byte) {
	carry := 1
	for k := len(a) - 1; k >= 0; k-- {
		sum := int(a[k]) + int(b[k]) + carry
		a[k], carry = byte(sum), sum>>8
	}
}
