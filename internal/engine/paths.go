package engine

import (
	"certlens/internal/advice"
	"certlens/internal/cert"
	"certlens/internal/chain"
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
	found := chain.Build(a.ctx, chain.Request{
		Served: a.served, Extra: a.extra, Stores: a.stores, Host: a.report.Host, At: a.req.At,
		Purpose: a.purpose(),
	})
	a.report.Purpose = string(found.Purpose)
	a.leaf, a.hostProblems = found.Leaf, found.HostProblems
	a.report.Paths = append(a.report.Paths, found.Paths...)
	if found.Truncated {
		a.leftOut(found.Note)
	}
	for _, anchor := range found.Anchors {
		a.add(anchor, a.originOf(anchor))
	}
	for _, path := range found.Paths {
		a.mark(path)
	}
	if len(found.Paths) > 0 {
		a.report.Bundle = chain.Bundle(found.Paths[0], a.all()...)
	}
}

// purpose is what a TLS client asked the certificate for; empty to take it from
// the certificate.
func (a *analysis) purpose() chain.Purpose {
	if a.listed() != nil {
		return chain.ServerAuth
	}
	return ""
}

// originOf tells where an anchor that was not pasted comes from.
func (a *analysis) originOf(anchor *cert.Certificate) string {
	for _, store := range a.stores {
		if store.Contains(anchor.ID) {
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
	a.report.Diagnosis = advice.Diagnose(advice.In{
		Leaf: a.leaf, Served: a.served, Certificates: a.all(),
		Paths: a.report.Paths, HostProblems: a.hostProblems, Host: a.report.Host,
		Stores: a.report.Stores, Transcripts: a.report.Transcripts, At: a.req.At,
	})
}
