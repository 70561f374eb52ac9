package client

import (
	"slices"
	"strings"
	"sync"

	"certlens/internal/report"
)

// A family is a table of texts of one client, or of programs of one kind. One
// line is one error:
//
//	basis and marks | classes | codes | texts
//
// The basis is M (measured), S (read in its source), W (seen in public) or R (from
// recall). The marks are
//
//	f  the text stands in front of what matters, which counts; the client's name
//	   is kept, and the classes hold when nothing follows
//	t  the text stands behind what matters
//	g  the text is general: one beside it that says more counts instead
//	d  the text is decisive: it counts rather than another beside it
//	n  the text is made of ordinary words, and counts only as a whole message
//	q  the text is too ordinary to be looked for by itself
//	x  the error is rare, and is not listed among what clients say
//
// The classes are what the text means, most likely first; @verify and @shake
// stand for several. Of the codes the first is the key; a line of a table without
// a client names it there. Texts are separated by " / " and have holes in braces.
//
// A line that begins with "=" says what the text above proves, one with "?" what
// it leaves open, where that differs from what its classes say; one with "!" names
// the task of the fixes that it needs, and the action. A line that begins with "@"
// gives the versions for those below.
type family struct {
	client string
	kind   string // the first part of its keys; empty for none
	side   report.Side
	// measured and read are what M and S stand for.
	measured, read string
	// template makes the text of a line that has none, from {code}.
	template string
	table    string
}

// families are all tables.
var families = [...]family{
	{client: "openssl", kind: "openssl", measured: "OpenSSL 3.0.19", read: "OpenSSL's source", table: opensslVerify},
	{client: "openssl", kind: "openssl", measured: "OpenSSL 3.0.19", read: "OpenSSL's source", table: opensslReasons},
	{client: "openssl", measured: "OpenSSL 3.0.19", read: "OpenSSL's source", table: opensslTexts},
	{client: "gnutls", kind: "gnutls", measured: "GnuTLS 3.7.9", read: "GnuTLS's library", table: gnutlsTexts},
	{client: "curl", kind: "curl", measured: "curl 7.88.1", read: "curl's source", table: curlExits},
	{client: "curl", measured: "curl 7.88.1", read: "curl's source", table: curlTexts},
	{client: "go", measured: "Go 1.26.8", read: "Go's source", table: goTexts},
	{client: "go", side: report.SideServer, read: "Go's source", table: goServerTexts},
	{client: "node", kind: "node", measured: "Node.js 20.20.2", read: "Node's source", table: nodeTexts},
	{measured: "npm 10", table: nodePackagers},
	{client: "python", measured: "Python 3.11.7", read: "Python's source", table: pythonTexts},
	{measured: "Python 3.11.7, requests 2, pip 23.2.1", table: pythonWrappers},
	{client: "java", measured: "OpenJDK 17.0.15", table: javaTexts},
	{table: javaWrappers},
	{client: "dotnet", table: dotnetTexts},
	{client: "dotnet", kind: "dotnet", template: "The remote certificate is invalid because of errors in the certificate chain: {code}", table: dotnetFlags},
	{table: dotnetWrappers},
	{client: "rust", read: "rustls's source", table: rustTexts},
	{client: "rust", kind: "rustls", read: "rustls's and webpki's source", template: "invalid peer certificate: {code}", table: rustlsErrors},
	{table: rustWrappers},
	{client: "ruby", table: rubyTexts},
	{client: "php", read: "PHP's source", table: phpTexts},
	{client: "wget", measured: "wget 1.21.3", read: "wget's source", table: wgetTexts},
	{measured: "git 2.39.5, kubectl 1.32, Terraform 1.11", table: toolWrappers},
	{read: "their source", table: toolTexts},
	{read: "libpq 15, MariaDB Connector/C and libldap 2.5", table: databaseTexts},
	{client: "chrome", kind: "chrome", read: "Chromium's list of network errors", table: chromeErrors},
	{client: "chrome", table: chromeTexts},
	{client: "firefox", kind: "firefox", measured: "NSS 3.87", read: "Firefox's source", table: firefoxErrors},
	{client: "firefox", table: firefoxTexts},
	{client: "apple", kind: "apple", table: appleErrors},
	{client: "apple", kind: "apple", table: nsurlErrors},
	{client: "apple", table: appleTexts},
	{client: "windows", kind: "windows", read: "Windows' headers", table: windowsErrors},
	{client: "windows", table: windowsTexts},
	{side: report.SideServer, measured: "nginx 1.22", read: "nginx 1.22, HAProxy 2.6, Postfix 3.7, Dovecot 2.3 and PostgreSQL 15", table: serverTexts},
	{side: report.SideGateway, measured: "nginx 1.22", read: "nginx 1.22 and Postfix 3.7", table: gatewayTexts},
	{client: "apache", kind: "apache", side: report.SideServer, table: apacheTexts},
	{client: "apache", kind: "apache", side: report.SideGateway, table: apacheProxyTexts},
	{client: "http", kind: "http", side: report.SideServer, read: "nginx's source", table: httpStatuses},
	{client: "cloudflare", kind: "http", side: report.SideGateway, table: cloudflareStatuses},
	{client: "system", measured: "glibc 2.36", read: "the C libraries", table: systemTexts},
}

// A row is one error of the catalogue.
type row struct {
	client, kind, code string
	// names are other codes of the same error.
	names   []string
	classes []report.Class
	// server are the classes for the side that takes connections, where they
	// differ.
	server   []report.Class
	texts    []string
	versions string
	side     report.Side
	role     byte // 0, or one of the marks f, t, g, d
	natural  bool
	quoted   bool
	rare     bool
	basis    byte
	source   string
	proves   string
	open     string
	task     string
	action   string
}

// key is the name under which the row is looked up; empty when it has none.
func (r *row) key() string {
	if r.kind == "" || r.code == "" {
		return ""
	}
	return r.kind + "/" + r.code
}

// macros stand for several classes in a table.
var macros = [...]struct{ name, classes string }{
	{"@verify", "unknown_root missing_intermediate self_signed interception expired self_signed_in_chain not_yet_valid expired_intermediate expired_root revoked distrusted wrong_purpose weak_key weak_signature issuer_not_ca path_length name_constraint unknown_critical bad_signature malformed"},
	{"@shake", "no_shared_cipher protocol_version client_cert_required plain_http wrong_protocol unrecognized_name closed reset"},
}

// classLists remembers lists that were read: most stand in many lines.
type classLists map[string][]report.Class

func (m classLists) list(text string) []report.Class {
	list, ok := m[text]
	if !ok {
		list = classList(text)
		m[text] = list
	}
	return list
}

// classList reads the classes of a line.
func classList(text string) []report.Class {
	for _, m := range macros {
		text = strings.ReplaceAll(text, m.name, m.classes)
	}
	var list []report.Class
	for name := range strings.FieldsSeq(text) {
		if c := report.Class(name); !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// rows reads the table of a family.
func (f *family) rows(lists classLists) []*row {
	var list []*row
	versions := ""
	for line := range strings.SplitSeq(f.table, "\n") {
		switch {
		case line == "":
		case line[0] == '@':
			versions = strings.TrimSpace(line[1:])
		case line[0] == '=':
			list[len(list)-1].proves = strings.TrimSpace(line[1:])
		case line[0] == '!':
			list[len(list)-1].task, list[len(list)-1].action, _ = strings.Cut(line[2:], " ")
		case line[0] == '?':
			list[len(list)-1].open = strings.TrimSpace(line[1:])
		default:
			r := f.row(line, lists)
			r.versions = versions
			list = append(list, r)
		}
	}
	return list
}

// row reads one line.
func (f *family) row(line string, lists classLists) *row {
	var field [4]string
	for i, part := range strings.SplitN(line, "|", len(field)) {
		field[i] = strings.TrimSpace(part)
	}
	marks := field[0]
	r := &row{client: f.client, kind: f.kind, side: f.side, classes: lists.list(field[1]), basis: marks[0]}
	r.natural, r.quoted, r.rare = strings.Contains(marks, "n"), strings.Contains(marks, "q"), strings.Contains(marks, "x")
	if i := strings.IndexAny(marks, "ftgd"); i >= 0 {
		r.role = marks[i]
	}
	codes := strings.Fields(field[2])
	if r.side == "" {
		r.side = report.SideClient
	}
	switch {
	case r.client == "":
		r.client = codes[0]
	case len(codes) > 0:
		r.code, r.names = codes[0], codes[1:]
	}
	if field[3] != "" {
		r.texts = strings.Split(field[3], " / ")
	} else if f.template != "" {
		r.texts = []string{strings.Replace(f.template, "{code}", r.code, 1)}
	}
	if r.classes == nil && r.role != 'f' && r.role != 't' {
		r.classes = []report.Class{report.Other}
	}
	r.source = f.source(r.basis)
	return r
}

// source says what a basis stands for.
func (f *family) source(basis byte) string {
	switch {
	case basis == 'M' && f.measured != "":
		return "measured with " + f.measured
	case basis == 'S' && f.read != "":
		return "read in " + f.read
	case basis == 'W':
		return "seen in public reports"
	}
	return "from recall"
}

// A catalogue is everything, read and indexed.
type catalogue struct {
	*index
	press    press
	patterns []pattern
	rows     []*row
	byKey    map[string]*row
	// reasons and alerts are OpenSSL's reasons and the alerts of TLS, by the
	// letters and digits of their names; verdictTexts and verdicts are OpenSSL's
	// verdicts, by those of their texts and by number.
	reasons, alerts, verdictTexts map[string]*row
	verdicts                      map[int]*row
}

var (
	once   sync.Once
	loaded *catalogue
)

// load reads the tables when they are first needed: a program that never sees an
// error text pays nothing.
func load() *catalogue {
	once.Do(func() { loaded = newCatalogue() })
	return loaded
}

func newCatalogue() *catalogue {
	c := &catalogue{patterns: make([]pattern, 0, 3<<10), byKey: make(map[string]*row, 1<<10), reasons: map[string]*row{}, alerts: map[string]*row{}, verdictTexts: map[string]*row{}, verdicts: map[int]*row{}}
	lists := classLists{}
	for i := range families {
		c.rows = append(c.rows, families[i].rows(lists)...)
	}
	c.rows = append(c.rows, alertRows()...)
	for _, r := range c.rows {
		c.name(r)
	}
	c.rows = append(c.rows, c.nodeRows()...)
	for _, r := range c.rows {
		c.addRow(r)
	}
	c.addAlerts()
	c.addReaders()
	c.index = newIndex(c.patterns)
	return c
}

// name enters a row under its keys.
func (c *catalogue) name(r *row) {
	if r.kind == "" || r.code == "" {
		return
	}
	c.byKey[r.kind+"/"+r.code] = r
	for _, name := range r.names {
		c.byKey[r.kind+"/"+name] = r
	}
	switch r.kind {
	case "openssl":
		c.nameOpenSSL(r)
	case "alert":
		c.nameAlert(r)
	}
}

// add enters a pattern.
func (c *catalogue) add(text string, r *row) *pattern {
	c.patterns = append(c.patterns, newPattern(text, r, &c.press))
	return &c.patterns[len(c.patterns)-1]
}

// addRow enters the wordings of a row, and its names where they are unlike any
// other word.
func (c *catalogue) addRow(r *row) {
	if r.kind != "alert" && !r.quoted {
		for _, text := range r.texts {
			c.add(text, r)
		}
	}
	c.addName(r.code, r)
	for _, name := range r.names {
		c.addName(name, r)
	}
}

func (c *catalogue) addName(name string, r *row) {
	if isName(name) && r.kind != "alert" {
		p := c.add(name, r)
		p.natural, p.exact = false, true
	}
}

// isName tells whether a code can stand for itself in a text: several words in
// one, as in SEC_E_UNTRUSTED_ROOT or errSSLUnknownRootCert, but not a word like
// "Revoked".
func isName(code string) bool {
	return len(code) >= 8 && (strings.Contains(code, "_") || strings.HasPrefix(code, "err") || strings.HasPrefix(code, "NSURL") || strings.HasPrefix(code, "ECONN")) ||
		code == "ENOTFOUND" || code == "ETIMEDOUT" || len(code) == len("AH02565") && strings.HasPrefix(code, "AH0")
}
