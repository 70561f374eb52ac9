package scan

import (
	"slices"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// findGroups finds the groups of TLS 1.3, and of the newest older version that
// has elliptic curves with keys for one connection.
func (s *survey) findGroups() {
	if v := s.versions[0]; v.state == chosen {
		suites := s.suitesOf(v.id)[0]
		s.groups13 = s.eliminateGroups(v, suites, s.groupsOf(v.id), nil)
	}
	if v := s.newestUpTo(codepoint.TLS12); v != nil && v.surveyed {
		s.findCurves(v)
		s.findOldField(v)
	}
}

// findCurves finds the groups of ECDHE in a version up to TLS 1.2.
func (s *survey) findCurves(v *version) {
	suites, first := ephemeral(v.suites)
	if len(suites) == 0 {
		return
	}
	curves := slices.DeleteFunc(slices.Clone(s.groupsOf(v.id)), isField)
	// What the server chose with all groups on offer is its first choice.
	var found []choice
	if g := groupOf(first.Handshake); slices.Contains(curves, g) {
		found = []choice{{g, first.Handshake}}
	}
	s.groups12 = s.eliminateGroups(v, suites, curves, found)
}

func (s *survey) eliminateGroups(v *version, suites, groups []uint16, found []choice) []choice {
	found, end := s.eliminate(groups, found, func(rest []uint16) report.HandshakeRequest {
		request := s.offering(v.id, suites)
		request.Offer.Groups = rest
		return request
	}, groupOf)
	if end.state == unknown {
		s.cut = end.why
	}
	return found
}

// ephemeral gives the ECDHE suites to try curves with: those with RSA where
// there are any, because up to TLS 1.2 an ECDSA certificate needs its own curve
// among those offered (RFC 8422, section 5.3), and the server may choose it then.
func ephemeral(suites []choice) (ids []uint16, first choice) {
	for _, authentication := range []string{"RSA", "ECDSA", "anon"} {
		for _, c := range suites {
			p, _ := codepoint.Of(c.id)
			if p.KeyExchange != "ECDHE" || p.Authentication != authentication {
				continue
			}
			if len(ids) == 0 {
				first = c
			}
			ids = append(ids, c.id)
		}
		if len(ids) > 0 {
			break
		}
	}
	return ids, first
}

// findOldField asks a server that chose one of the fields of RFC 7919 because
// they were offered, which it takes for older clients, and notes that one.
func (s *survey) findOldField(v *version) {
	var fields []uint16
	for _, c := range v.suites {
		if p, _ := codepoint.Of(c.id); p.KeyExchange == "DHE" && isField(groupOf(c.Handshake)) {
			fields = append(fields, c.id)
		}
	}
	if len(fields) == 0 {
		return
	}
	request := s.offering(v.id, fields)
	request.Offer.Groups = slices.DeleteFunc(slices.Clone(request.Offer.Groups), isField)
	if a := s.ask(request); a.state == chosen {
		for i, c := range v.suites {
			if c.id == suiteOf(a.Handshake) && a.DHBits > 0 && a.DHBits < c.DHBits {
				v.suites[i].Handshake = a.Handshake
			}
		}
	}
}
