package fix

import (
	"bytes"

	"certlens/internal/report"
	"certlens/internal/target"
)

// An Off is a place where verification is switched off.
type Off struct {
	// Program is the one that it is switched off for, and Switch what does it.
	Program, Switch string
	Where           report.Where
	// Host and Port are those of a URL on the same line.
	Host    string
	Port    int
	instead string
}

// A switched is one way to switch verification off. Instead is what to do, as a
// block of a procedure.
type switched struct{ program, text, instead string }

// The safe equivalents of more than one switch.
const (
	trustInGit  = `git config --global {urlkey} "$PWD/{ca}"`
	trustInJava = "keytool -importcert -cacerts -alias private-ca -file {ca}"
)

// switches are the ways in which people switch verification off. A text with a
// space in it stands for the first word with the second one after it on the same
// line.
var switches = [...]switched{
	{"curl", "curl --insecure", "curl --cacert {ca} {url}"},
	{"curl", "curl -k", "curl --cacert {ca} {url}"},
	{"wget", "--no-check-certificate", "wget --ca-certificate={ca} {url}"},
	{"git", "http.sslVerify false", trustInGit},
	{"git", "http.sslVerify=false", trustInGit},
	{"git", "GIT_SSL_NO_VERIFY", trustInGit},
	{"python", "verify=False", `verify="ca-all.pem"`},
	{"python", "ssl._create_unverified_context", "ssl.create_default_context(cafile=\"{ca}\")"},
	{"python", "CERT_NONE", "ssl.create_default_context(cafile=\"{ca}\")"},
	{"python", "PYTHONHTTPSVERIFY=0", "export SSL_CERT_FILE=ca-all.pem"},
	{"pip", "--trusted-host", "pip config set global.cert ca-all.pem"},
	{"node", "NODE_TLS_REJECT_UNAUTHORIZED", "export NODE_EXTRA_CA_CERTS={ca}"},
	{"node", "rejectUnauthorized: false", "export NODE_EXTRA_CA_CERTS={ca}"},
	{"npm", "strict-ssl false", "export NODE_EXTRA_CA_CERTS={ca}"},
	{"npm", "strict-ssl=false", "export NODE_EXTRA_CA_CERTS={ca}"},
	{"go", "InsecureSkipVerify: true", "tls.Config{RootCAs: pool}"},
	{"kubectl", "--insecure-skip-tls-verify", "kubectl config set-cluster CLUSTER --certificate-authority={ca} --embed-certs=true"},
	{"docker", "insecure-registries", "/etc/docker/certs.d/{registry}/ca.crt"},
	{"docker", "--tls-verify=false", "/etc/docker/certs.d/{registry}/ca.crt"},
	{"php", "CURLOPT_SSL_VERIFYPEER, false", "curl.cainfo in php.ini"},
	{"ruby", "VERIFY_NONE", "export SSL_CERT_FILE={ca}"},
	{"dotnet", "DangerousAcceptAnyServerCertificateValidator", "X509ChainPolicy.CustomTrustStore"},
	{"dotnet", "TrustServerCertificate=True", "the CA in the system's store"},
	{"powershell", "-SkipCertificateCheck", "Import-Certificate -FilePath {ca} -CertStoreLocation Cert:\\LocalMachine\\Root"},
	{"java", "NoopHostnameVerifier", trustInJava},
	{"maven", "maven.wagon.http.ssl.insecure=true", trustInJava},
	{"rust", "danger_accept_invalid_certs(true)", "ClientBuilder::add_root_certificate"},
	{"aws", "--no-verify-ssl", "export AWS_CA_BUNDLE={ca}"},
	{"ldap", "TLS_REQCERT never", "TLS_CACERT {ca}"},
	{"ldap", "LDAPTLS_REQCERT=never", "export LDAPTLS_CACERT={ca}"},
}

// The limits of what is looked through, and of what is given.
const (
	maxSearched = 256 << 10
	maxSwitches = 10
)

// SwitchedOff finds where verification is switched off, each way once.
func SwitchedOff(text []byte) []Off {
	var found []Off
	text = text[:min(len(text), maxSearched)]
	for _, s := range switches {
		at, length := s.find(text)
		if at < 0 || len(found) == maxSwitches {
			continue
		}
		line := bytes.LastIndexByte(text[:at], '\n') + 1
		_, url, _ := bytes.Cut(restOfLine(text[line:]), []byte("https://"))
		if end := bytes.IndexAny(url, "/ \"'`);,"); end >= 0 {
			url = url[:end]
		}
		server, _ := target.Parse(string(url), target.None)
		found = append(found, Off{s.program, string(text[at : at+length]), report.Where{
			Line: bytes.Count(text[:at], []byte("\n")) + 1, Column: at - line + 1, Offset: at, Length: length,
		}, server.Host, server.Port, s.instead})
	}
	return found
}

// find gives the first place of a switch, or -1. Of curl it is an option among
// others, as in -skL.
func (s switched) find(text []byte) (at, length int) {
	if s.program != "curl" {
		at := bytes.Index(text, []byte(s.text))
		if s.text == "NODE_TLS_REJECT_UNAUTHORIZED" && at >= 0 && !setToZero(text[at+len(s.text):]) {
			return -1, 0
		}
		return at, len(s.text)
	}
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte("curl "))
		if i < 0 {
			return -1, 0
		}
		from += i
		end := from + 5
		for word := range bytes.FieldsSeq(restOfLine(text[end:])) {
			if s.text == "curl --insecure" && string(word) == "--insecure" || s.text == "curl -k" && isShortK(word) {
				start := end + bytes.Index(text[end:], word)
				return start, len(word)
			}
		}
		from = end + len(restOfLine(text[end:]))
	}
}

// maxLine is how much of a line of a command is looked at.
const maxLine = 4096

func restOfLine(text []byte) []byte {
	text = text[:min(len(text), maxLine)]
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return text[:i]
	}
	return text
}

// isShortK tells whether a word is -k, alone or among options without a value.
func isShortK(word []byte) bool {
	options, isOption := bytes.CutPrefix(word, []byte("-"))
	return isOption && bytes.ContainsRune(options, 'k') && len(bytes.Trim(options, "kfgilsvILNSO")) == 0
}

// setToZero tells whether the value of a variable is 0.
func setToZero(rest []byte) bool {
	rest = bytes.TrimLeft(rest[:min(len(rest), 8)], "=: \"']")
	return len(rest) > 0 && rest[0] == '0'
}

// Detail says what is given up, and what to do instead.
func (o Off) Detail(v Values) string {
	return o.Switch + " switches verification off: the connection is then encrypted to whoever answers, who can read and change all of it, passwords and tokens included. What was sent that way should be replaced. Instead, name the CA to trust: " + v.filler().fill("$ "+o.instead)
}
