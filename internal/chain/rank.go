package chain

import (
	"cmp"
	"slices"

	"certlens/internal/report"
)

// weights say how far each class is from a path that works: how much has to
// change before a client accepts it. The best path is the one that needs least.
var weights = map[report.Class]int{
	report.BadSignature:        1000,
	report.SelfSigned:          900,
	report.MissingIntermediate: 900,
	report.UnknownRoot:         900,
	report.SelfSignedInChain:   890,
	report.IssuerNotCA:         500,
	report.Distrusted:          400,
	report.Malformed:           300,
	report.UnknownCritical:     300,
	report.PathLength:          200,
	report.NameConstraint:      200,
	report.WrongPurpose:        150,
	report.ExpiredIntermediate: 100,
	report.ExpiredRoot:         90,
}

// weight of a class that is not in the table: the leaf's own troubles, which all
// paths share, and small ones.
const usualWeight = 50

// A ranked path carries what it is sorted by.
type ranked struct {
	report.Path
	walk  *walk
	cost  int
	store int
}

// cost adds up the weights of the problems.
func cost(p report.Path) int {
	sum := 0
	for _, q := range p.Problems {
		w, ok := weights[q.Class]
		if !ok {
			w = usualWeight
		}
		sum += w
	}
	return sum
}

// rank sorts paths: trusted, then the least problems, then the shortest (the
// longest, where none reached an anchor), then the order of the stores, then the
// ids, so that the order never depends on chance.
func rank(paths []ranked) {
	slices.SortFunc(paths, func(a, b ranked) int {
		return cmp.Or(
			boolCompare(b.Trusted, a.Trusted),
			boolCompare(b.Store != "", a.Store != ""),
			cmp.Compare(a.cost, b.cost),
			compareLength(a, b),
			cmp.Compare(a.store, b.store),
			slices.Compare(a.Certificates, b.Certificates),
		)
	})
}

// compareLength prefers short paths to an anchor and long ones to nowhere.
func compareLength(a, b ranked) int {
	if a.Store == "" {
		return cmp.Compare(len(b.Certificates), len(a.Certificates))
	}
	return cmp.Compare(len(a.Certificates), len(b.Certificates))
}

// boolCompare orders false before true.
func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
