package lint

// A shortcut tells, faster than its rule, that the rule passes. False means that
// the shortcut can't tell, and that the rule itself has to run: a shortcut never
// says anything but "pass", so that every finding is the rule's own.
type shortcut func(Subject) bool

// shortcuts are for the three rules of zlint v3.7.3 that take more time than all
// others together: of 27 ms for an ECDSA certificate in WebAssembly they take
// 25, and on the first certificate another 350. Each computes what the rule
// computes, by a shorter way; the tests compare the two.
var shortcuts = map[string]shortcut{
	"e_cert_issued_by_compromised_emudhra_ca": notSignedBySmallKey,
	"e_ecdsa_small_private_key":               notSmallKey,
	"e_rsa_fermat_factorization":              notFermatWeak,
}
