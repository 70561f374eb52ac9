package client

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"certlens/internal/report"
)

// A Saying is what one client says of a failure, word for word.
type Saying struct {
	Client string
	// Text is the wording; what varies is in braces, see Fill. It is empty when
	// the client accepts.
	Text string
	// Accepts is true for a client that does not see the failure.
	Accepts bool
	// Key is the name under which the error is explained; empty when it has none.
	Key string
	// Sure is true when the text means this failure and no other.
	Sure bool
	// Versions are those that word it so; empty for all.
	Versions string
	Side     report.Side
	// Source says how the wording is known, as in "measured with Go 1.26.8".
	Source string
}

// clientOrder is the order in which clients are listed; others follow.
var clientOrder = [...]string{
	"curl", "openssl", "git", "wget", "go", "node", "npm", "python", "requests", "pip", "java", "dotnet", "ruby", "php", "rust",
	"chrome", "firefox", "apple", "windows", "gnutls", "psql", "mysql", "ldap",
}

// passed are the ways in which programs pass on a verdict of OpenSSL's verifier:
// {reason} is its text, {code} its number and {node} Node's name for it.
var passed = [...]struct {
	client, text, source string
	// own tells that the program has its own words for a wrong name or address.
	own bool
}{
	{"curl", "curl: (60) SSL certificate problem: {reason}", "measured with curl 7.88.1", true},
	{"openssl", "verify error:num={code}:{reason}", "measured with OpenSSL 3.0.19", false},
	{"git", "fatal: unable to access 'https://{host}/': SSL certificate problem: {reason}", "seen in public reports", true},
	{"node", "Error: {reason} (code: '{node}')", "measured with Node.js 20.20.2", true},
	{"npm", "npm error code {node}\nnpm error request to https://{host}/ failed, reason: {reason}", "measured with npm 10", true},
	{"python", "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {reason} (_ssl.c:{n})", "measured with Python 3.11.7", true},
	{"requests", "requests.exceptions.SSLError: HTTPSConnectionPool(host='{host}', port={port}): Max retries exceeded with url: / (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {reason} (_ssl.c:{n})')))", "measured with requests 2", true},
	{"pip", "Could not fetch URL https://{host}/: There was a problem confirming the ssl certificate: HTTPSConnectionPool(host='{host}', port={port}): Max retries exceeded with url: / (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {reason} (_ssl.c:{n})'))) - skipping", "measured with pip 23.2.1", true},
	{"ruby", "SSL_connect returned=1 errno=0 state=error: certificate verify failed ({reason}) (OpenSSL::SSL::SSLError)", "seen in public reports", true},
	{"mysql", "ERROR 2026 (HY000): TLS/SSL error: {reason}", "from recall", true},
}

// accepted are the clients that were measured to accept a failure, and with what.
var accepted = [...]struct {
	class         report.Class
	with, clients string
}{
	{report.NoSAN, "a common name alone", "curl openssl git wget node python java gnutls"},
	{report.WeakKey, "an RSA key of 1,024 bits", "git wget go node java gnutls"},
	{report.WrongPurpose, "a certificate for clients", "git wget gnutls"},
	{report.ExpiredRoot, "an expired anchor", "java"},
	{report.WeakSignature, "a SHA-1 signature", "java"},
}

// mostAmbiguous is how far down in the possibilities of a text a failure may stand
// for the text to be listed: further down it is there for completeness.
const mostAmbiguous = 3

// Says gives the words of each client for a failure, the clients that people use
// most first, and for each client the surest words first.
func Says(class report.Class) []Saying {
	var list []Saying
	c := load()
	for _, r := range c.rows {
		list = append(list, r.says(c, class)...)
	}
	eachAlert(func(a alertWord) {
		list = append(list, c.byKey["alert/"+strconv.Itoa(a.number)].alertSays(a, class)...)
	})
	for _, a := range accepted {
		for client := range strings.FieldsSeq(a.clients) {
			if a.class == class {
				list = append(list, Saying{Client: client, Accepts: true, Side: report.SideClient, Source: "measured with " + a.with})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Saying) int {
		return cmp.Or(cmp.Compare(order(a.Client), order(b.Client)), cmp.Compare(unsure(a), unsure(b)))
	})
	return slices.CompactFunc(list, func(a, b Saying) bool { return a.Client == b.Client && a.Text == b.Text })
}

func order(client string) int {
	if i := slices.Index(clientOrder[:], client); i >= 0 {
		return i
	}
	return len(clientOrder)
}

func unsure(s Saying) int {
	if s.Sure {
		return 0
	}
	return 1
}

// says are the sayings of one row.
func (r *row) says(c *catalogue, class report.Class) []Saying {
	at := slices.Index(r.classes, class)
	switch {
	case at < 0 || r.role == 'f' || r.role == 't' || r.quoted || r.rare || r.kind == "alert" || r.client == "system":
		return nil
	case at > 0 && (r.role == 'g' || at >= mostAmbiguous && r.basis != 'M'):
		return nil
	case c.isVerdict(r):
		return r.verdictSays(c, class)
	case r.client == "node" && len(r.texts) == 0:
		return nil // its name is in what verdictSays gives
	}
	return []Saying{r.saying(r.client, r.shown())}
}

// isVerdict tells whether a row is a verdict of OpenSSL's verifier.
func (c *catalogue) isVerdict(r *row) bool {
	n, err := strconv.Atoi(r.code)
	return r.kind == "openssl" && err == nil && c.verdicts[n] == r
}

// shown is the first wording of a row, or its name.
func (r *row) shown() string {
	switch {
	case r.kind == "chrome" && strings.HasPrefix(r.code, "ERR_CERT"):
		return "NET::" + r.code
	case r.kind == "chrome":
		return r.code
	case len(r.names) > 0 && (r.kind == "windows" || r.kind == "apple" || r.kind == "gnutls"):
		return strings.TrimSpace(r.names[0] + " (" + r.code + ") " + strings.Join(r.texts[:min(1, len(r.texts))], ""))
	case r.kind == "firefox" && len(r.texts) > 0:
		return r.code + ": " + r.texts[0]
	case len(r.texts) == 0:
		return r.code
	}
	return r.texts[0]
}

func (r *row) saying(client, text string) Saying {
	return Saying{Client: client, Text: text, Key: r.key(), Sure: len(r.classes) == 1, Versions: r.versions, Side: r.side, Source: r.source}
}

// verdictSays are the words of all programs that pass on a verdict.
func (r *row) verdictSays(c *catalogue, class report.Class) []Saying {
	var list []Saying
	if len(r.texts) == 0 {
		return nil
	}
	for _, p := range passed {
		if p.own && (r.code == "62" || r.code == "64") {
			continue
		}
		node := strings.TrimPrefix(r.names[0], "X509_V_ERR_")
		classes := r.classes
		if n := c.byKey["node/"+node]; n == nil {
			node = "UNSPECIFIED"
		} else if p.client == "node" || p.client == "npm" {
			classes = n.classes
		}
		if !slices.Contains(classes, class) {
			continue
		}
		s := r.saying(p.client, strings.NewReplacer("{reason}", r.texts[0], "{code}", r.code, "{node}", node).Replace(p.text))
		s.Sure, s.Source = len(classes) == 1, p.source
		if node != "UNSPECIFIED" && strings.Contains(p.text, "{node}") {
			s.Key = "node/" + node
		}
		list = append(list, s)
	}
	return list
}

// alertSays are the words of all stacks for an alert.
func (r *row) alertSays(a alertWord, class report.Class) []Saying {
	var list []Saying
	if r.classes[0] != class {
		return nil
	}
	for _, w := range alertWordings(r, a) {
		if strings.HasPrefix(w.text, "AlertReceived(") || strings.HasPrefix(w.text, "alert ") {
			continue
		}
		s := r.saying(w.client, w.text)
		s.Source = alertSource(w.client)
		list = append(list, s)
	}
	return list
}

// alertSource says how a client's wording of alerts is known.
func alertSource(client string) string {
	switch client {
	case "rust":
		return "read in rustls's source"
	case "java":
		return "measured with OpenJDK 17.0.15"
	case "go":
		return "measured with Go 1.26.8"
	case "gnutls":
		return "measured with GnuTLS 3.7.9"
	}
	return "measured with OpenSSL 3.0.19"
}

// Fill puts what is known into the wording of a Saying; what is not known becomes
// an ellipsis.
func Fill(text, host string, port string) string {
	var out strings.Builder
	for text != "" {
		literal, rest := cutHole(text)
		out.WriteString(literal)
		if text = rest; text == "" {
			break
		}
		h, after := holeOf(text)
		known := map[string]string{"host": host, "port": port}[h.name]
		out.WriteString(cmp.Or(known, "…"))
		text = after
	}
	return out.String()
}
