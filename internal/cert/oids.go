package cert

import "sync"

// An oidName is an object identifier in dotted form and its name for people.
type oidName struct{ oid, name string }

// allNames indexes every table of this package that names an object identifier.
// It is made at first use, as start-up time is a budget.
var allNames = sync.OnceValue(func() map[string]string {
	names := make(map[string]string, 1024)
	for _, table := range [][]oidName{usageNames, policyNames, methodNames, algorithmNames, otherNames} {
		for _, n := range table {
			names[n.oid] = n.name
		}
	}
	for _, a := range attributeTable {
		names[a.oid] = a.label
	}
	for _, s := range signatureTable {
		names[s.oid] = s.name
	}
	for _, k := range keyTable {
		if names[k.oid] == "" {
			names[k.oid] = k.name
		}
	}
	for _, c := range curveTable {
		names[c.oid] = c.name
	}
	for oid, x := range extensionIndex() {
		names[oid] = x.name
	}
	return names
})

// OIDName is the name for people of an object identifier in dotted form: of an
// attribute, algorithm, curve, extension, key usage, policy or access method. It
// is oid itself when the name is not known.
func OIDName(oid string) string {
	if name := allNames()[oid]; name != "" {
		return name
	}
	return oid
}

// nameAndOID is "name (oid)", or the oid alone.
func nameAndOID(oid string) string {
	if name := allNames()[oid]; name != "" {
		return name + " (" + oid + ")"
	}
	return oid
}

// oidAndName is "oid (name)", or the oid alone.
func oidAndName(oid string) string {
	if name := allNames()[oid]; name != "" {
		return oid + " (" + name + ")"
	}
	return oid
}

// The object identifiers that the code asks for by name.
const (
	oidCommonName     = "2.5.4.3"
	oidOrganization   = "2.5.4.10"
	oidSubjectKeyID   = "2.5.29.14"
	oidKeyUsage       = "2.5.29.15"
	oidSubjectAltName = "2.5.29.17"
	oidBasic          = "2.5.29.19"
	oidPolicies       = "2.5.29.32"
	oidAuthorityKeyID = "2.5.29.35"
	oidExtKeyUsage    = "2.5.29.37"
	oidSCTList        = "1.3.6.1.4.1.11129.2.4.2"

	oidRSA          = "1.2.840.113549.1.1.1"
	oidRSAPSS       = "1.2.840.113549.1.1.10"
	oidMGF1         = "1.2.840.113549.1.1.8"
	oidSHA1         = "1.3.14.3.2.26"
	oidEC           = "1.2.840.10045.2.1"
	oidDSA          = "1.2.840.10040.4.1"
	oidX25519       = "1.3.101.110"
	oidX448         = "1.3.101.111"
	oidEd25519      = "1.3.101.112"
	oidEd448        = "1.3.101.113"
	oidPrimeField   = "1.2.840.10045.1.1"
	oidExtensionReq = "1.2.840.113549.1.9.14"
)
