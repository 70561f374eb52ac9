package engine

import (
	"slices"

	"certlens/internal/advice"
	"certlens/internal/cert"
	"certlens/internal/chain"
	"certlens/internal/evidence"
	"certlens/internal/intake"
	"certlens/internal/report"
	"certlens/internal/trust"
)

// trust gathers the stores: the user's own anchors first, because somebody who
// supplies them asks about them.
func (a *analysis) trust() {
	if anchors := a.userAnchors(); len(anchors) > 0 {
		a.stores = append(a.stores, trust.User(anchors))
	}
	names := a.req.Stores
	if names == nil {
		names = trust.Default()
	}
	for _, name := range names {
		if store, err := trust.ByName(name); err == nil {
			a.stores = append(a.stores, store)
		}
	}
	for _, store := range a.stores {
		a.report.Stores = append(a.report.Stores, store.Report())
	}
}

// userAnchors are the certificates among the user's anchor files. A file
// without one is said, so that a wrong file is not taken for a distrusted root.
func (a *analysis) userAnchors() []*cert.Certificate {
	var anchors []*cert.Certificate
	for _, source := range a.req.Anchors {
		before := len(anchors)
		for _, object := range intake.Scan(source).Objects {
			if object.Kind == intake.Certificate {
				anchors = append(anchors, cert.Parse(object.DER))
			}
		}
		if len(anchors) == before {
			a.leftOut("No certificate was found in the trust anchors given" + named(source.Name) + ".")
		}
	}
	return anchors
}

func named(file string) string {
	if file == "" {
		return ""
	}
	return " as " + file
}

// findPaths builds the paths of the leaf.
func (a *analysis) findPaths() {
	a.paths = chain.Build(a.ctx, chain.Request{
		Served: a.served, Extra: a.extra, Stores: a.stores, Host: a.report.Host, At: a.req.At,
		Purpose: a.purpose(), Sent: a.sent,
	})
	a.report.Purpose = string(a.paths.Purpose)
	a.report.Paths = append(a.report.Paths, a.paths.Paths...)
	if a.paths.Truncated {
		a.leftOut(a.paths.Note)
	}
	for _, anchor := range a.paths.Anchors {
		a.add(anchor, a.originOf(anchor))
	}
	for _, path := range a.report.Paths {
		a.mark(path)
	}
	a.revoke()
	if len(a.report.Paths) > 0 {
		a.report.Bundle = chain.Bundle(a.report.Paths[0], a.all()...)
	}
}

// revoke adds what pasted lists and responses say. A revocation whose signature
// was checked makes every path fail that needs the certificate.
func (a *analysis) revoke() {
	kinds := make([]string, len(a.report.Objects))
	for i, object := range a.report.Objects {
		kinds[i] = object.Kind
	}
	for _, v := range evidence.Status(a.all(), a.ders, kinds, a.req.At) {
		a.report.Revocations = append(a.report.Revocations, report.Revocation{
			Certificate: v.Certificate, Object: v.Object + 1, Status: v.Status,
			Verified: v.Verified, Current: v.Current, Detail: v.Detail, Rule: v.Rule,
		})
		if v.Status == "revoked" && v.Verified {
			a.refuse(report.PathProblem{Class: report.Revoked, Certificate: v.Certificate, Detail: v.Detail, Rule: v.Rule})
		}
	}
}

// refuse adds a problem to every path that holds its certificate.
func (a *analysis) refuse(problem report.PathProblem) {
	for i := range a.report.Paths {
		path := &a.report.Paths[i]
		if slices.Contains(path.Certificates, problem.Certificate) {
			path.Trusted = false
			path.Problems = append(path.Problems, problem)
		}
	}
}

// purpose is what a TLS client asked the certificate for; empty to take it from
// the certificate.
func (a *analysis) purpose() chain.Purpose {
	if a.sent {
		return chain.ServerAuth
	}
	return ""
}

// originOf tells where an anchor that was not pasted comes from.
func (a *analysis) originOf(anchor *cert.Certificate) string {
	for _, store := range a.stores {
		if store.Contains(anchor) {
			if store.Name == userStore {
				return "user"
			}
			break
		}
	}
	return "store"
}

// userStore is the name of the store of user-supplied anchors.
const userStore = "user"

// mark notes what a path tells about its certificates: which root they lead
// to, and who issued them. A path that ends in a self-signed certificate that
// is in no store leads to a private root.
func (a *analysis) mark(path report.Path) {
	last := a.certs[path.Certificates[len(path.Certificates)-1]]
	for i, id := range path.Certificates {
		switch {
		case path.Store == userStore, path.Store == "" && last.SelfSigned():
			a.private[id] = true
		case path.Store != "":
			a.public[id] = true
		}
		if i+1 < len(path.Certificates) && a.issuer[id] == nil {
			a.issuer[id] = a.certs[path.Certificates[i+1]]
			a.signed[id] = path.Trusted
		}
	}
}

// all are all certificates of the report, in its order.
func (a *analysis) all() []*cert.Certificate {
	certs := make([]*cert.Certificate, 0, len(a.certs))
	for _, c := range a.report.Certificates {
		certs = append(certs, a.certs[c.ID])
	}
	return certs
}

// diagnose puts what was found into words.
func (a *analysis) diagnose() {
	advice.NameRoots(a.report.Errors, a.stores)
	a.report.Diagnosis = advice.Diagnose(advice.In{
		Leaf: a.paths.Leaf, Served: a.served, Certificates: a.all(),
		Paths: a.report.Paths, HostProblems: a.paths.HostProblems, Host: a.report.Host,
		Purpose: a.paths.Purpose, Others: a.paths.Others,
		Stores: a.report.Stores, Transcripts: a.report.Transcripts, Handshake: a.report.Handshake, Errors: a.report.Errors, At: a.req.At,
		Bundle: a.report.Bundle, Damaged: a.damaged(), Namesake: a.namesake(),
		Beside: a.beside, ForeignKey: a.keys(),
	})
}

// namesake is the certificate at the end of the best path, where a store has a
// root with the name of its issuer, which did not sign it.
func (a *analysis) namesake() string {
	if len(a.report.Paths) == 0 || a.report.Paths[0].Store != "" {
		return ""
	}
	ids := a.report.Paths[0].Certificates
	top := a.certs[ids[len(ids)-1]]
	if top != nil && slices.ContainsFunc(a.stores, func(s *trust.Store) bool { return len(s.Find(top)) > 0 }) {
		return top.ID
	}
	return ""
}

// damaged are the certificates of pieces that reading had to mend, or that it
// has something to say about.
func (a *analysis) damaged() []string {
	var ids []string
	for _, input := range a.report.Inputs {
		if input.Note != "" || len(input.Repairs) > 0 {
			ids = append(ids, input.Certificates...)
		}
	}
	return ids
}
