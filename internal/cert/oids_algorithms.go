package cert

import "crypto"

// A family is a kind of signature scheme, as far as verifying goes.
type family int

const (
	otherFamily family = iota
	rsaPKCS1
	rsaPSS
	ecdsaFamily
	dsaFamily
	ed25519Family
)

// A signatureAlgorithm is one signature algorithm. hash is the name of its hash
// function; hashID is zero when this program does not compute it.
type signatureAlgorithm struct {
	oid, name, hash string
	hashID          crypto.Hash
	family          family
}

// signatureTable is from RFC 3279, 4055, 5754, 5758, 8410, 8692, 9802, 9814,
// 9881, FIPS 204 and 205, the NIST object registry, RFC 9215 (GOST), GM/T 0006
// (SM2) and, for the oldest, OIW and TeleTrusT.
var signatureTable = []signatureAlgorithm{
	{"1.2.840.113549.1.1.2", "MD2 with RSA", "MD2", 0, rsaPKCS1},
	{"1.2.840.113549.1.1.3", "MD4 with RSA", "MD4", 0, rsaPKCS1},
	{"1.2.840.113549.1.1.4", "MD5 with RSA", "MD5", crypto.MD5, rsaPKCS1},
	{"1.2.840.113549.1.1.5", "SHA-1 with RSA", "SHA-1", crypto.SHA1, rsaPKCS1},
	{"1.2.840.113549.1.1.11", "SHA-256 with RSA", "SHA-256", crypto.SHA256, rsaPKCS1},
	{"1.2.840.113549.1.1.12", "SHA-384 with RSA", "SHA-384", crypto.SHA384, rsaPKCS1},
	{"1.2.840.113549.1.1.13", "SHA-512 with RSA", "SHA-512", crypto.SHA512, rsaPKCS1},
	{"1.2.840.113549.1.1.14", "SHA-224 with RSA", "SHA-224", crypto.SHA224, rsaPKCS1},
	{"1.2.840.113549.1.1.15", "SHA-512/224 with RSA", "SHA-512/224", 0, rsaPKCS1},
	{"1.2.840.113549.1.1.16", "SHA-512/256 with RSA", "SHA-512/256", 0, rsaPKCS1},
	{oidRSAPSS, "RSA-PSS", "", 0, rsaPSS},
	{"1.3.14.3.2.3", "MD5 with RSA (OIW)", "MD5", crypto.MD5, rsaPKCS1},
	{"1.3.14.3.2.15", "SHA with RSA (OIW)", "SHA", 0, rsaPKCS1},
	{"1.3.14.3.2.29", "SHA-1 with RSA (OIW)", "SHA-1", crypto.SHA1, rsaPKCS1},
	{"1.3.36.3.3.1.2", "RIPEMD-160 with RSA", "RIPEMD-160", 0, rsaPKCS1},
	{"2.16.840.1.101.3.4.3.13", "SHA3-224 with RSA", "SHA3-224", 0, rsaPKCS1},
	{"2.16.840.1.101.3.4.3.14", "SHA3-256 with RSA", "SHA3-256", 0, rsaPKCS1},
	{"2.16.840.1.101.3.4.3.15", "SHA3-384 with RSA", "SHA3-384", 0, rsaPKCS1},
	{"2.16.840.1.101.3.4.3.16", "SHA3-512 with RSA", "SHA3-512", 0, rsaPKCS1},
	{"1.3.6.1.5.5.7.6.30", "RSA-PSS with SHAKE128", "SHAKE128", 0, otherFamily},
	{"1.3.6.1.5.5.7.6.31", "RSA-PSS with SHAKE256", "SHAKE256", 0, otherFamily},

	{"1.2.840.10045.4.1", "ECDSA with SHA-1", "SHA-1", crypto.SHA1, ecdsaFamily},
	{"1.2.840.10045.4.2", "ECDSA with recommended hash", "", 0, ecdsaFamily},
	{"1.2.840.10045.4.3", "ECDSA with specified hash", "", 0, ecdsaFamily},
	{"1.2.840.10045.4.3.1", "ECDSA with SHA-224", "SHA-224", crypto.SHA224, ecdsaFamily},
	{"1.2.840.10045.4.3.2", "ECDSA with SHA-256", "SHA-256", crypto.SHA256, ecdsaFamily},
	{"1.2.840.10045.4.3.3", "ECDSA with SHA-384", "SHA-384", crypto.SHA384, ecdsaFamily},
	{"1.2.840.10045.4.3.4", "ECDSA with SHA-512", "SHA-512", crypto.SHA512, ecdsaFamily},
	{"2.16.840.1.101.3.4.3.9", "ECDSA with SHA3-224", "SHA3-224", 0, ecdsaFamily},
	{"2.16.840.1.101.3.4.3.10", "ECDSA with SHA3-256", "SHA3-256", 0, ecdsaFamily},
	{"2.16.840.1.101.3.4.3.11", "ECDSA with SHA3-384", "SHA3-384", 0, ecdsaFamily},
	{"2.16.840.1.101.3.4.3.12", "ECDSA with SHA3-512", "SHA3-512", 0, ecdsaFamily},
	{"1.3.6.1.5.5.7.6.32", "ECDSA with SHAKE128", "SHAKE128", 0, ecdsaFamily},
	{"1.3.6.1.5.5.7.6.33", "ECDSA with SHAKE256", "SHAKE256", 0, ecdsaFamily},
	{"0.4.0.127.0.7.1.1.4.1.1", "Plain ECDSA with SHA-1", "SHA-1", 0, otherFamily},
	{"0.4.0.127.0.7.1.1.4.1.2", "Plain ECDSA with SHA-224", "SHA-224", 0, otherFamily},
	{"0.4.0.127.0.7.1.1.4.1.3", "Plain ECDSA with SHA-256", "SHA-256", 0, otherFamily},
	{"0.4.0.127.0.7.1.1.4.1.4", "Plain ECDSA with SHA-384", "SHA-384", 0, otherFamily},
	{"0.4.0.127.0.7.1.1.4.1.5", "Plain ECDSA with SHA-512", "SHA-512", 0, otherFamily},

	{"1.2.840.10040.4.3", "DSA with SHA-1", "SHA-1", crypto.SHA1, dsaFamily},
	{"1.3.14.3.2.13", "DSA with SHA (OIW)", "SHA", 0, dsaFamily},
	{"1.3.14.3.2.27", "DSA with SHA-1 (OIW)", "SHA-1", crypto.SHA1, dsaFamily},
	{"2.16.840.1.101.3.4.3.1", "DSA with SHA-224", "SHA-224", crypto.SHA224, dsaFamily},
	{"2.16.840.1.101.3.4.3.2", "DSA with SHA-256", "SHA-256", crypto.SHA256, dsaFamily},
	{"2.16.840.1.101.3.4.3.3", "DSA with SHA-384", "SHA-384", crypto.SHA384, dsaFamily},
	{"2.16.840.1.101.3.4.3.4", "DSA with SHA-512", "SHA-512", crypto.SHA512, dsaFamily},
	{"2.16.840.1.101.3.4.3.5", "DSA with SHA3-224", "SHA3-224", 0, dsaFamily},
	{"2.16.840.1.101.3.4.3.6", "DSA with SHA3-256", "SHA3-256", 0, dsaFamily},
	{"2.16.840.1.101.3.4.3.7", "DSA with SHA3-384", "SHA3-384", 0, dsaFamily},
	{"2.16.840.1.101.3.4.3.8", "DSA with SHA3-512", "SHA3-512", 0, dsaFamily},

	{oidEd25519, "Ed25519", "", 0, ed25519Family},
	{oidEd448, "Ed448", "", 0, otherFamily},

	{"2.16.840.1.101.3.4.3.17", "ML-DSA-44", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.18", "ML-DSA-65", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.19", "ML-DSA-87", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.20", "SLH-DSA-SHA2-128s", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.21", "SLH-DSA-SHA2-128f", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.22", "SLH-DSA-SHA2-192s", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.23", "SLH-DSA-SHA2-192f", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.24", "SLH-DSA-SHA2-256s", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.25", "SLH-DSA-SHA2-256f", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.26", "SLH-DSA-SHAKE-128s", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.27", "SLH-DSA-SHAKE-128f", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.28", "SLH-DSA-SHAKE-192s", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.29", "SLH-DSA-SHAKE-192f", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.30", "SLH-DSA-SHAKE-256s", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.31", "SLH-DSA-SHAKE-256f", "", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.32", "HashML-DSA-44 with SHA-512", "SHA-512", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.33", "HashML-DSA-65 with SHA-512", "SHA-512", 0, otherFamily},
	{"2.16.840.1.101.3.4.3.34", "HashML-DSA-87 with SHA-512", "SHA-512", 0, otherFamily},
	{"1.2.840.113549.1.9.16.3.17", "HSS/LMS", "", 0, otherFamily},
	{"1.3.6.1.5.5.7.6.34", "XMSS", "", 0, otherFamily},
	{"1.3.6.1.5.5.7.6.35", "XMSS^MT", "", 0, otherFamily},
	{"1.3.6.1.5.5.7.6.36", "Unsigned", "", 0, otherFamily},

	{"1.2.643.2.2.3", "GOST R 34.10-2001 with GOST R 34.11-94", "GOST R 34.11-94", 0, otherFamily},
	{"1.2.643.2.2.4", "GOST R 34.10-94 with GOST R 34.11-94", "GOST R 34.11-94", 0, otherFamily},
	{"1.2.643.7.1.1.3.2", "GOST R 34.10-2012 (256 bits) with Streebog-256", "Streebog-256", 0, otherFamily},
	{"1.2.643.7.1.1.3.3", "GOST R 34.10-2012 (512 bits) with Streebog-512", "Streebog-512", 0, otherFamily},
	{"1.2.156.10197.1.501", "SM2 with SM3", "SM3", 0, otherFamily},
	{"1.2.840.113533.7.66.13", "Password-based MAC", "", 0, otherFamily},
}

// A keyAlgorithm is an algorithm of a subject public key.
type keyAlgorithm struct {
	oid, name string
	// bits is the size where the algorithm alone fixes it.
	bits int
}

// keyTable is from RFC 3279, 4055, 5480, 8410, 9881, 9909, 9935 and others. An
// algorithm that is in signatureTable under the same identifier, as ML-DSA is,
// need not be here.
var keyTable = []keyAlgorithm{
	{oidRSA, "RSA", 0},
	{oidRSAPSS, "RSA-PSS", 0},
	{"1.2.840.113549.1.1.7", "RSA-OAEP", 0},
	{"2.5.8.1.1", "RSA (X.509)", 0},
	{oidEC, "ECDSA", 0},
	{"1.3.132.1.12", "ECDH", 0},
	{"1.3.132.1.13", "ECMQV", 0},
	{oidDSA, "DSA", 0},
	{"1.3.14.3.2.12", "DSA (OIW)", 0},
	{"1.2.840.10046.2.1", "DH", 0},
	{"1.2.840.113549.1.3.1", "DH", 0},
	{oidX25519, "X25519", 256},
	{oidX448, "X448", 448},
	{oidEd25519, "Ed25519", 256},
	{oidEd448, "Ed448", 456},
	{"2.16.840.1.101.3.4.4.1", "ML-KEM-512", 0},
	{"2.16.840.1.101.3.4.4.2", "ML-KEM-768", 0},
	{"2.16.840.1.101.3.4.4.3", "ML-KEM-1024", 0},
	{"2.16.840.1.101.2.1.1.22", "KEA", 0},
	{"1.2.643.2.2.19", "GOST R 34.10-2001", 256},
	{"1.2.643.2.2.20", "GOST R 34.10-94", 1024},
	{"1.2.643.7.1.1.1.1", "GOST R 34.10-2012 (256 bits)", 256},
	{"1.2.643.7.1.1.1.2", "GOST R 34.10-2012 (512 bits)", 512},
}

// A curve is a named elliptic curve.
type curve struct {
	oid, name string
	bits      int
}

// curveTable is from SEC 2, RFC 5480, RFC 5639, ANSI X9.62, GM/T 0006 and
// ANSSI. The NIST curves have their NIST names.
var curveTable = []curve{
	{"1.2.840.10045.3.1.1", "P-192", 192},
	{"1.2.840.10045.3.1.2", "prime192v2", 192},
	{"1.2.840.10045.3.1.3", "prime192v3", 192},
	{"1.2.840.10045.3.1.4", "prime239v1", 239},
	{"1.2.840.10045.3.1.5", "prime239v2", 239},
	{"1.2.840.10045.3.1.6", "prime239v3", 239},
	{"1.2.840.10045.3.1.7", "P-256", 256},
	{"1.3.132.0.1", "sect163k1", 163},
	{"1.3.132.0.2", "sect163r1", 163},
	{"1.3.132.0.3", "sect239k1", 239},
	{"1.3.132.0.4", "sect113r1", 113},
	{"1.3.132.0.5", "sect113r2", 113},
	{"1.3.132.0.6", "secp112r1", 112},
	{"1.3.132.0.7", "secp112r2", 112},
	{"1.3.132.0.8", "secp160r1", 160},
	{"1.3.132.0.9", "secp160k1", 160},
	{"1.3.132.0.10", "secp256k1", 256},
	{"1.3.132.0.15", "sect163r2", 163},
	{"1.3.132.0.16", "sect283k1", 283},
	{"1.3.132.0.17", "sect283r1", 283},
	{"1.3.132.0.22", "sect131r1", 131},
	{"1.3.132.0.23", "sect131r2", 131},
	{"1.3.132.0.24", "sect193r1", 193},
	{"1.3.132.0.25", "sect193r2", 193},
	{"1.3.132.0.26", "sect233k1", 233},
	{"1.3.132.0.27", "sect233r1", 233},
	{"1.3.132.0.28", "secp128r1", 128},
	{"1.3.132.0.29", "secp128r2", 128},
	{"1.3.132.0.30", "secp160r2", 160},
	{"1.3.132.0.31", "secp192k1", 192},
	{"1.3.132.0.32", "secp224k1", 224},
	{"1.3.132.0.33", "P-224", 224},
	{"1.3.132.0.34", "P-384", 384},
	{"1.3.132.0.35", "P-521", 521},
	{"1.3.132.0.36", "sect409k1", 409},
	{"1.3.132.0.37", "sect409r1", 409},
	{"1.3.132.0.38", "sect571k1", 571},
	{"1.3.132.0.39", "sect571r1", 571},
	{"1.3.36.3.3.2.8.1.1.1", "brainpoolP160r1", 160},
	{"1.3.36.3.3.2.8.1.1.2", "brainpoolP160t1", 160},
	{"1.3.36.3.3.2.8.1.1.3", "brainpoolP192r1", 192},
	{"1.3.36.3.3.2.8.1.1.4", "brainpoolP192t1", 192},
	{"1.3.36.3.3.2.8.1.1.5", "brainpoolP224r1", 224},
	{"1.3.36.3.3.2.8.1.1.6", "brainpoolP224t1", 224},
	{"1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", 256},
	{"1.3.36.3.3.2.8.1.1.8", "brainpoolP256t1", 256},
	{"1.3.36.3.3.2.8.1.1.9", "brainpoolP320r1", 320},
	{"1.3.36.3.3.2.8.1.1.10", "brainpoolP320t1", 320},
	{"1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1", 384},
	{"1.3.36.3.3.2.8.1.1.12", "brainpoolP384t1", 384},
	{"1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1", 512},
	{"1.3.36.3.3.2.8.1.1.14", "brainpoolP512t1", 512},
	{"1.2.156.10197.1.301", "SM2", 256},
	{"1.2.250.1.223.101.256.1", "FRP256v1", 256},
}

// algorithmNames are algorithms that stand inside others: hashes, mask
// generation, ciphers, key derivation.
var algorithmNames = []oidName{
	{"1.2.840.113549.2.2", "MD2"},
	{"1.2.840.113549.2.4", "MD4"},
	{"1.2.840.113549.2.5", "MD5"},
	{oidSHA1, "SHA-1"},
	{"1.3.36.3.2.1", "RIPEMD-160"},
	{"2.16.840.1.101.3.4.2.1", "SHA-256"},
	{"2.16.840.1.101.3.4.2.2", "SHA-384"},
	{"2.16.840.1.101.3.4.2.3", "SHA-512"},
	{"2.16.840.1.101.3.4.2.4", "SHA-224"},
	{"2.16.840.1.101.3.4.2.5", "SHA-512/224"},
	{"2.16.840.1.101.3.4.2.6", "SHA-512/256"},
	{"2.16.840.1.101.3.4.2.7", "SHA3-224"},
	{"2.16.840.1.101.3.4.2.8", "SHA3-256"},
	{"2.16.840.1.101.3.4.2.9", "SHA3-384"},
	{"2.16.840.1.101.3.4.2.10", "SHA3-512"},
	{"2.16.840.1.101.3.4.2.11", "SHAKE128"},
	{"2.16.840.1.101.3.4.2.12", "SHAKE256"},
	{"1.2.156.10197.1.401", "SM3"},
	{"1.2.643.2.2.9", "GOST R 34.11-94"},
	{"1.2.643.7.1.1.2.2", "Streebog-256"},
	{"1.2.643.7.1.1.2.3", "Streebog-512"},
	{oidMGF1, "MGF1"},
	{"1.2.840.113549.1.1.9", "RSA-OAEP PSpecified"},
	{"1.2.840.113549.1.5.12", "PBKDF2"},
	{"1.2.840.113549.1.5.13", "PBES2"},
	{"1.2.840.113549.1.5.14", "PBMAC1"},
	{"1.3.6.1.4.1.11591.4.11", "scrypt"},
	{"1.2.840.113549.1.12.1.3", "PBE with SHA-1 and 3-key 3DES"},
	{"1.2.840.113549.1.12.1.6", "PBE with SHA-1 and 40-bit RC2"},
	{"1.2.840.113549.2.7", "HMAC with SHA-1"},
	{"1.2.840.113549.2.9", "HMAC with SHA-256"},
	{"1.2.840.113549.2.10", "HMAC with SHA-384"},
	{"1.2.840.113549.2.11", "HMAC with SHA-512"},
	{"1.2.840.113549.3.2", "RC2-CBC"},
	{"1.2.840.113549.3.4", "RC4"},
	{"1.2.840.113549.3.7", "3DES-CBC"},
	{"1.3.14.3.2.7", "DES-CBC"},
	{"2.16.840.1.101.3.4.1.2", "AES-128-CBC"},
	{"2.16.840.1.101.3.4.1.5", "AES-128 key wrap"},
	{"2.16.840.1.101.3.4.1.6", "AES-128-GCM"},
	{"2.16.840.1.101.3.4.1.7", "AES-128-CCM"},
	{"2.16.840.1.101.3.4.1.22", "AES-192-CBC"},
	{"2.16.840.1.101.3.4.1.25", "AES-192 key wrap"},
	{"2.16.840.1.101.3.4.1.26", "AES-192-GCM"},
	{"2.16.840.1.101.3.4.1.42", "AES-256-CBC"},
	{"2.16.840.1.101.3.4.1.45", "AES-256 key wrap"},
	{"2.16.840.1.101.3.4.1.46", "AES-256-GCM"},
	{"2.16.840.1.101.3.4.1.47", "AES-256-CCM"},
	{"1.2.840.113549.1.9.16.3.6", "3DES key wrap"},
	{"1.2.840.113549.1.9.16.3.7", "RC2 key wrap"},
	{"1.2.840.113549.1.9.16.3.18", "ChaCha20-Poly1305"},
	{"1.2.392.200011.61.1.1.1.2", "Camellia-128-CBC"},
	{"1.2.392.200011.61.1.1.1.4", "Camellia-256-CBC"},
	{"1.3.133.16.840.63.0.2", "ECDH with SHA-1 KDF"},
	{"1.3.132.1.11.1", "ECDH with SHA-256 KDF"},
	{"1.3.132.1.11.2", "ECDH with SHA-384 KDF"},
	{"1.3.132.1.11.3", "ECDH with SHA-512 KDF"},
	{oidPrimeField, "Prime field"},
	{"1.2.840.10045.1.2", "Characteristic-two field"},
}
