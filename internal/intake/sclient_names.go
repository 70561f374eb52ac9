package intake

import "bytes"

// nameTypes are the attribute types as openssl prints them at the start of a
// name.
var nameTypes = []string{
	"C", "ST", "L", "O", "OU", "CN", "DC", "UID", "SN", "GN", "serialNumber", "emailAddress", "street", "postalCode",
	"title", "name", "initials", "pseudonym", "description", "mail", "role", "dnQualifier", "generationQualifier",
	"businessCategory", "organizationIdentifier", "jurisdictionC", "jurisdictionL", "jurisdictionST",
	"x500UniqueIdentifier", "unstructuredName", "unstructuredAddress", "telephoneNumber", "postOfficeBox", "userId",
	"postalAddress", "houseIdentifier", "subjectAltName", "countryName", "organizationName", "commonName",
	"jurisdictionCountryName", "jurisdictionLocalityName", "jurisdictionStateOrProvinceName", "streetAddress",
}

// isName tells whether a line is a distinguished name as openssl prints it:
// "C = US, CN = Example", "C=US, CN=Example", "/C=US/CN=Example". A line of
// base64 with its padding is none.
func isName(text []byte) bool {
	if len(bytes.TrimRight(text, "=")) == runLength(text) {
		return false
	}
	kind, value, ok := bytes.Cut(bytes.TrimPrefix(text, []byte("/")), []byte("="))
	return ok && len(bytes.TrimSpace(value)) > 0 && isNameType(bytes.TrimSuffix(kind, []byte(" ")))
}

// isNameType tells whether s is one of nameTypes, or an OID.
func isNameType(s []byte) bool {
	for _, t := range nameTypes {
		if string(s) == t {
			return true
		}
	}
	dots := 0
	for i, c := range s {
		switch {
		case c == '.' && i > 0 && s[i-1] != '.':
			dots++
		case c < '0' || c > '9':
			return false
		}
	}
	return dots > 0 && s[len(s)-1] != '.'
}
