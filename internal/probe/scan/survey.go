package scan

import (
	"slices"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// A survey is the strategy, and what it has found out. Its parts wait for each
// other no longer than they must, so that their questions can be asked at the
// same time.
type survey struct {
	*replay
	// contact is the answer to what a current client offers.
	contact answer
	// failure is why nothing could be scanned.
	failure *report.HandshakeFailed
	// versions are all versions, newest first.
	versions []*version
	// groups are those found in TLS 1.3 and up to TLS 1.2, in the server's order.
	// Cut says why there may be more.
	groups13, groups12 []choice
	cut                string
	chains             []report.ScanChain
	names              *report.ScanNames
	resumption         *report.ScanResumption
	// fallback and sha1 are as in report.Scan.
	fallback, sha1 *bool
}

// A choice is one thing that the server chose, with the handshake that shows it.
type choice struct {
	id uint16
	*report.Handshake
}

// ids are the numbers of choices.
func ids(choices []choice) []uint16 {
	var all []uint16
	for _, c := range choices {
		all = append(all, c.id)
	}
	return all
}

func newSurvey(r *replay) *survey {
	s := &survey{replay: r}
	for _, id := range append([]uint16{codepoint.TLS13}, append(oldVersions, codepoint.SSL2)...) {
		s.versions = append(s.versions, &version{id: id})
	}
	return s
}

// run goes through the strategy as far as there are answers.
func (s *survey) run() {
	if !s.firstContact() {
		return
	}
	for _, v := range s.versions {
		s.findVersion(v)
	}
	if s.surveyed() && s.newest() == nil {
		s.failure = s.contact.failure()
		return
	}
	s.findGroups()
	s.findNames()
	s.findResumption()
	s.findFallback()
	s.findSHA1()
	s.findChains()
}

// firstContact finds out whether the server speaks TLS at all, and how long a
// ClientHello may be. It tells whether there is anything to go on with.
func (s *survey) firstContact() bool {
	s.contact = s.ask(s.current())
	switch {
	case s.contact.state == pending:
		return false
	case s.contact.state == chosen:
		return s.tryLong()
	case s.contact.state == unknown && !s.contact.reachedTLS():
		s.failure = s.contact.failure()
		return false
	}
	return s.tryShort()
}

// tryLong finds out whether a server that answers a current client, whose
// ClientHello is longer than any here, also reads all of a long list. It is the
// first question about TLS 1.2, so that it costs nothing.
func (s *survey) tryLong() bool {
	s.length = long
	all := s.suitesOf(codepoint.TLS12)[0]
	a := s.ask(s.offering(codepoint.TLS12, all))
	common := a.Handshake != nil && slices.Contains(suitesToOffer()[codepoint.TLS12].common, suiteOf(a.Handshake))
	if a.state == pending || common || a.alert(protocolVersion) {
		return a.state != pending
	}
	s.length = usual
	return s.tryShort()
}

// tryShort finds out whether a server answers a shorter ClientHello.
func (s *survey) tryShort() bool {
	a := s.ask(s.offering(codepoint.TLS12, s.suitesOf(codepoint.TLS12)[0]))
	if a.state == pending || a.state == chosen || speaksAnother(a) {
		return a.state != pending
	}
	s.length = short
	shorter := s.ask(s.shortest())
	if shorter.state != chosen {
		s.length = usual
	}
	switch {
	case shorter.state == pending:
		return false
	case s.contact.state == unknown && a.state == unknown && shorter.state == unknown:
		s.failure = s.contact.failure()
		return false
	}
	return true
}

// shortest asks for what servers have most, in any version since TLS 1.0.
func (s *survey) shortest() report.HandshakeRequest {
	request := s.offering(codepoint.TLS12, s.suitesOf(codepoint.TLS12)[0])
	request.Offer.Versions = []uint16{codepoint.TLS12, codepoint.TLS11, codepoint.TLS10}
	return request
}

// surveyed tells whether all versions and their suites are known.
func (s *survey) surveyed() bool {
	return !slices.ContainsFunc(s.versions, func(v *version) bool { return !v.surveyed })
}

// newest is the newest version that the server speaks; nil while there is none.
func (s *survey) newest() *version { return s.newestUpTo(codepoint.TLS13) }

// newestUpTo is the newest such version that is no newer than the one given.
func (s *survey) newestUpTo(id uint16) *version {
	for _, v := range s.versions {
		if v.id <= id && v.state == chosen {
			return v
		}
	}
	return nil
}

// control makes sure that a server which closed connections still answers what
// it had answered before. It is unknown when it does not.
func (s *survey) control() state {
	if !s.shut || len(s.next) > 0 || s.failure != nil {
		return chosen
	}
	switch a := s.again(s.baseline()); a.state {
	case pending, chosen:
		return a.state
	}
	return unknown
}

// baseline asks for something that the server is known to answer.
func (s *survey) baseline() report.HandshakeRequest {
	if v := s.newest(); s.contact.state != chosen && v != nil {
		return v.first
	}
	return s.current()
}
