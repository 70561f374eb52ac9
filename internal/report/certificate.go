package report

// A Certificate is one decoded X.509 certificate (RFC 5280, section 4.1). What
// could not be read is empty, and Problems says where reading broke.
type Certificate struct {
	// ID is the SHA-256 of the DER (hex).
	ID string `json:"id"`
	// Title is the shortest name that tells the certificate apart for a person:
	// common name, else first DNS name, else organisation, else its serial.
	Title string `json:"title"`
	// Origin is "input" for a pasted certificate, "store" for a trust anchor
	// that certlens brought along, "user" for an anchor that the user supplied.
	Origin string `json:"origin"`
	// Version is the X.509 version: 1, 2 or 3; 0 when unreadable.
	Version int    `json:"version"`
	Subject Name   `json:"subject"`
	Issuer  Name   `json:"issuer"`
	Serial  Serial `json:"serial"`
	// NotBefore and NotAfter bound the validity, both inclusive (RFC 5280,
	// section 4.1.2.5); empty when unreadable.
	NotBefore string `json:"notBefore"`
	NotAfter  string `json:"notAfter"`
	// DaysLeft is the number of whole days from Report.At to NotAfter, rounded
	// down; negative when expired, 0 when validity is unreadable.
	DaysLeft int `json:"daysLeft"`
	// ValidityDays is the length of the validity period in days, rounded up,
	// the way the Baseline Requirements count it (BR 6.3.2).
	ValidityDays int `json:"validityDays"`
	// Names are the subject alternative names, in order.
	Names []GeneralName `json:"names"`
	// IsCA tells whether basic constraints say cA:TRUE.
	IsCA bool `json:"isCA"`
	// SelfIssued tells whether subject and issuer are the same name.
	SelfIssued bool `json:"selfIssued"`
	// SelfSigned tells whether the certificate's own key verifies its signature.
	SelfSigned bool `json:"selfSigned"`
	// Role is what the certificate is for, as read from it: "root",
	// "intermediate", "server", "client", "email", "code-signing",
	// "ocsp-responder", "time-stamping" or "other"; empty when the part that
	// would say it could not be read.
	Role string `json:"role"`
	// Validation is the level of identity checking that the policies declare:
	// "DV", "OV", "IV" or "EV"; empty when they declare none.
	Validation string `json:"validation,omitempty"`
	Key        Key    `json:"key"`
	// IssuerUniqueID and SubjectUniqueID are the unique identifiers of version
	// 2 (hex), which hardly any certificate has.
	IssuerUniqueID  string       `json:"issuerUniqueID,omitempty"`
	SubjectUniqueID string       `json:"subjectUniqueID,omitempty"`
	Signature       Signature    `json:"signature"`
	Fingerprints    Fingerprints `json:"fingerprints"`
	Extensions      []Extension  `json:"extensions"`
	// SCTs are the embedded signed certificate timestamps (RFC 6962).
	SCTs []SCT `json:"scts,omitempty"`
	// Size is the length of the DER in bytes.
	Size int `json:"size"`
	// DER is the certificate itself (base64).
	DER string `json:"der"`
	// Problems say where and why decoding broke or was tolerant; empty for a
	// well-formed certificate.
	Problems []Problem `json:"problems,omitempty"`
}

// A Name is a distinguished name (RFC 5280, section 4.1.2.4).
type Name struct {
	// Text is the whole name, most significant part first as encoded, as in
	// "C=US, O=Let's Encrypt, CN=R11".
	Text string `json:"text"`
	// CommonName is the last common name, if any.
	CommonName string `json:"commonName,omitempty"`
	// Attributes are all attributes in the order of the encoding.
	Attributes []Attribute `json:"attributes"`
}

// An Attribute is one attribute of a distinguished name.
type Attribute struct {
	// OID is the type in dotted form.
	OID string `json:"oid"`
	// Short is the short name ("CN"), or the OID when it has none.
	Short string `json:"short"`
	// Label is the name for people ("Common name").
	Label string `json:"label"`
	Value string `json:"value"`
	// Encoding is the ASN.1 string type, as in "UTF8String".
	Encoding string `json:"encoding"`
	// RDN is the index of the relative distinguished name that holds the
	// attribute; two attributes with the same RDN form one multi-valued RDN.
	RDN int `json:"rdn"`
}

// A Serial is a certificate serial number.
type Serial struct {
	// Hex is the number as encoded (two's complement, at least one byte).
	Hex string `json:"hex"`
	// Decimal is the number in base 10, with a sign when negative.
	Decimal string `json:"decimal"`
}

// A GeneralName is one alternative name (RFC 5280, section 4.2.1.6).
type GeneralName struct {
	// Type is "dns", "ip", "email", "uri", "directory", "rid", "other",
	// "x400" or "edi".
	Type string `json:"type"`
	// Value is the name as text; an IP address in its usual notation.
	Value string `json:"value"`
	// Unicode is the value of a DNS name with its A-labels decoded, where that
	// differs from Value.
	Unicode string `json:"unicode,omitempty"`
}

// A Key is a subject public key.
type Key struct {
	// Algorithm is "RSA", "ECDSA", "Ed25519", "Ed448", "DSA", "X25519", "DH",
	// "ML-DSA-44" and so on, or the OID's name when it is none of these.
	Algorithm string `json:"algorithm"`
	OID       string `json:"oid"`
	// Bits is the size in bits: of the modulus for RSA and DSA, of the curve
	// for elliptic curves; 0 when unknown.
	Bits int `json:"bits"`
	// Curve is the name of the curve, as in "P-256".
	Curve string `json:"curve,omitempty"`
	// Exponent is the RSA public exponent in base 10.
	Exponent string `json:"exponent,omitempty"`
	// Modulus is the RSA modulus (hex).
	Modulus string `json:"modulus,omitempty"`
	// Point is the public point or raw key of other algorithms (hex).
	Point string `json:"point,omitempty"`
	// Parameters says what else a reader should know about the key, as in
	// "explicit curve parameters" or "256-bit subgroup" (DSA); usually empty.
	Parameters string `json:"parameters,omitempty"`
}

// A Signature is the signature on a certificate.
type Signature struct {
	// Algorithm is the name for people, as in "ECDSA with SHA-384".
	Algorithm string `json:"algorithm"`
	OID       string `json:"oid"`
	// Hash is the hash function, as in "SHA-256"; empty when the algorithm has
	// none of its own (Ed25519) or is unknown.
	Hash string `json:"hash,omitempty"`
	// Parameters are those of the algorithm in words, as in "MGF1 with SHA-256,
	// salt of 32 bytes" for RSA-PSS; empty for most algorithms.
	Parameters string `json:"parameters,omitempty"`
	// Value is the signature (hex).
	Value string `json:"value"`
}

// Fingerprints are hashes that identify a certificate or its key.
type Fingerprints struct {
	// SHA256 and SHA1 are over the whole DER (hex).
	SHA256 string `json:"sha256"`
	SHA1   string `json:"sha1"`
	// SPKI is the SHA-256 of the SubjectPublicKeyInfo (hex); empty when that
	// could not be found.
	SPKI string `json:"spki,omitempty"`
	// SPKIPin is SPKI in the form that curl's --pinnedpubkey takes:
	// "sha256//" and base64.
	SPKIPin string `json:"spkiPin,omitempty"`
}

// An Extension is one extension of a certificate, CRL or request.
type Extension struct {
	OID string `json:"oid"`
	// Name is the name for people; the OID when the extension is unknown.
	Name     string `json:"name"`
	Critical bool   `json:"critical"`
	// Known tells whether the value was decoded into Fields.
	Known bool `json:"known"`
	// Fields are the contents in words.
	Fields []Field `json:"fields,omitempty"`
	// Tree is the value as an ASN.1 tree, for extensions that are unknown or
	// could not be decoded.
	Tree *ASN1 `json:"tree,omitempty"`
	// Value is the content of the OCTET STRING (hex).
	Value string `json:"value"`
	// Offset is where the extension starts in the DER, in bytes.
	Offset int `json:"offset"`
	// Length is the whole extension's length in bytes.
	Length int `json:"length"`
	// Problem says why decoding broke, if it did.
	Problem *Problem `json:"problem,omitempty"`
}

// A Field is one labelled statement; Items nest.
type Field struct {
	// Label may be empty for an item of a list.
	Label string `json:"label,omitempty"`
	Value string `json:"value,omitempty"`
	// Code is true when Value is a hash, an OID or the like, and should be set
	// in a monospaced face.
	Code  bool    `json:"code,omitempty"`
	Items []Field `json:"items,omitempty"`
}

// An SCT is a signed certificate timestamp (RFC 6962, section 3.2).
type SCT struct {
	// Version is the SCT version; 0 is v1.
	Version int `json:"version"`
	// LogID is the SHA-256 of the log's public key (hex).
	LogID string `json:"logID"`
	// Log is the log's name where it is known.
	Log string `json:"log,omitempty"`
	// Time is when the log saw the certificate (RFC 3339, UTC, milliseconds).
	Time string `json:"time"`
	// Algorithm is the signature algorithm, as in "ECDSA with SHA-256".
	Algorithm string `json:"algorithm"`
	// Extensions is the extension field (hex), usually empty.
	Extensions string `json:"extensions,omitempty"`
	// Signature is the signature (hex).
	Signature string `json:"signature"`
}

// A Problem says that decoding an object broke, or succeeded only because the
// decoder was tolerant.
type Problem struct {
	// Field is the path of the field in the terms of its RFC, as in
	// "tbsCertificate.validity.notAfter".
	Field string `json:"field"`
	// Offset is where it broke, in bytes from the start of the DER.
	Offset int `json:"offset"`
	// Detail says what was found, in a sentence.
	Detail string `json:"detail"`
	// Fatal is true when the object could not be fully decoded, so that rules
	// that need the whole could not run.
	Fatal bool `json:"fatal"`
}

// An ASN1 is one node of the tag-length-value tree of some DER (X.690).
type ASN1 struct {
	// Offset is where the node starts, in bytes from the start of the DER that
	// the tree was made of.
	Offset int `json:"offset"`
	// Header is the length of identifier and length octets, in bytes.
	Header int `json:"header"`
	// Length is the length of the content in bytes.
	Length int `json:"length"`
	// Class is "universal", "application", "context" or "private".
	Class string `json:"class"`
	Tag   int    `json:"tag"`
	// Constructed tells whether the content is itself a list of nodes.
	Constructed bool `json:"constructed,omitempty"`
	// Type is the name of the type, as in "SEQUENCE" or "[0]".
	Type string `json:"type"`
	// Value is the decoded content for people: an OID with its name, a number,
	// a time, a string; hex, cut after 64 bytes, when it is none of these.
	Value string `json:"value,omitempty"`
	// Encapsulated is true when the children were found by reading the content
	// of an OCTET STRING or BIT STRING as ASN.1 again.
	Encapsulated bool `json:"encapsulated,omitempty"`
	// Children are the nodes inside.
	Children []ASN1 `json:"children,omitempty"`
	// Error says why reading stopped at this node, if it did.
	Error string `json:"error,omitempty"`
}
