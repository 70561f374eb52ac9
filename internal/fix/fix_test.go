package fix

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"certlens/internal/client"
	"certlens/internal/report"
)

// classes reads the names of all classes from the contract's source.
func classes(t *testing.T) []report.Class {
	t.Helper()
	source, err := os.ReadFile("../report/judgement.go")
	if err != nil {
		t.Fatal(err)
	}
	var list []report.Class
	for _, m := range regexp.MustCompile(`Class += "([a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		list = append(list, report.Class(m[1]))
	}
	if len(list) < 40 {
		t.Fatalf("found only %d classes", len(list))
	}
	return list
}

func TestEveryClassHasFixesAndHelp(t *testing.T) {
	for _, class := range classes(t) {
		fixes := For(Question{Classes: []report.Class{class}})
		if len(fixes) == 0 && class != report.OK {
			t.Errorf("%s has no fix", class)
		}
		page, found := Help(string(class))
		if !found || page.Title == "" || page.Meaning == "" || page.Class != class {
			t.Errorf("%s: page %+v", class, page)
		}
		if class != report.OK && (len(page.Causes) == 0 || Alternative(class, Values{}).Summary == "") {
			t.Errorf("%s has no causes, or no sentence as one of several", class)
		}
	}
}

// The tables refer to each other by name.
func TestTables(t *testing.T) {
	tasks, ids := []string{}, map[string]bool{}
	for _, p := range catalogue().procedures {
		tasks = append(tasks, p.task.name)
		if p.task.title == "" || p.task.why == "" || !slices.Contains([]string{"server", "client", "ca"}, p.task.audience) {
			t.Errorf("task %+v", p.task)
		}
		f := p.fix(Values{}.filler())
		if ids[f.ID] {
			t.Errorf("%s is there twice", f.ID)
		}
		ids[f.ID] = true
		if len(f.Commands) == 0 && p.note == "" || (p.platform == "") != (p.name == "") {
			t.Errorf("%s: %+v", f.ID, p)
		}
		for _, command := range append(f.Commands, f.Title, f.Explanation, f.Risk) {
			if regexp.MustCompile(`\{(host|port|server|url|urlkey|san|file|ca|chain|key|registry|s_client)\}|↵| ;; `).MatchString(command) {
				t.Errorf("%s: %q is not filled in", f.ID, command)
			}
		}
	}
	known := classes(t)
	for class, f := range catalogue().failures {
		if !slices.Contains(known, class) {
			t.Errorf("%s is no class", class)
		}
		for _, name := range f.tasks {
			if !slices.Contains(tasks, name) {
				t.Errorf("%s: %s is no task", class, name)
			}
		}
		for _, c := range f.causes {
			if !slices.Contains(known, c.class) {
				t.Errorf("%s: cause %q is of no class", class, c.summary)
			}
		}
	}
	for _, name := range tasks {
		if name != "build" && !slices.ContainsFunc(known, func(c report.Class) bool { return slices.Contains(tasksOf(c), name) }) {
			t.Errorf("task %s is for no class", name)
		}
	}
}

// switchesOff matches what makes a program accept any certificate.
var switchesOff = regexp.MustCompile(`--insecure|\bcurl [^\n]*-[a-z]*k\b|verify *= *([Ff]alse|[Nn]one|0)|verify\(false\)|CERT_NONE|NODE_TLS_REJECT_UNAUTHORIZED|rejectUnauthorized|strict-ssl|InsecureSkipVerify|insecure-skip|sslVerify[ =]+(false|0)|http.sslVerify|no-check-certificate|trusted-host|ssl_verify +(off|false)|_ssl_verify off|SSL_VERIFY_NONE|VERIFYPEER|TrustAll|DangerousAccept|sslmode=(require|disable|prefer)\b|TLS_REQCERT|insecure-registr|GIT_SSL_NO_VERIFY|ignore-certificate-errors`)

func TestNoFixSwitchesVerificationOff(t *testing.T) {
	for _, p := range catalogue().procedures {
		f := p.fix(Values{}.filler())
		if found := switchesOff.FindString(strings.Join(f.Commands, "\n") + "\n" + f.Explanation); found != "" {
			t.Errorf("%s: %s", f.ID, found)
		}
	}
	for _, command := range []string{"curl -sk https://x", "requests.get(u, verify=False)", "npm config set strict-ssl false"} {
		if !switchesOff.MatchString(command) {
			t.Errorf("%s is not found", command)
		}
	}
}

// What comes from a paste reaches the shell as the word that it is.
func TestQuote(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("sh not found: install a POSIX shell")
	}
	for _, word := range []string{"a", "a b", "it's", "''", "$(touch x)", "`id`", "a;b|c&d>e", `back\slash`, "*", "~", "new\nline", "-rf", `"`, "!!", "#", "é", ""} {
		out, err := exec.Command(shell, "-c", "printf %s "+Quote(word)).Output()
		if err != nil || string(out) != word && word != "" {
			t.Errorf("%q: got %q, %v", word, out, err)
		}
	}
}

func TestHostileValues(t *testing.T) {
	for _, v := range []Values{
		{Host: "x; rm -rf ~", File: "/tmp/$(id)"}, {Host: "-oProxyCommand=id", File: "-rf"}, {Host: "a\nb", File: "a\nb"},
		{Host: "x'y", File: "it's"}, {Host: "`id`", File: "a\u202eb"}, {Host: "a}b{c", File: `"; id; "`}, {Host: "https://x/", File: "\x1b[31m"},
	} {
		if host := v.host(); host != unknownHost {
			t.Errorf("%q is taken for a host: %q", v.Host, host)
		}
		for _, p := range catalogue().procedures {
			for _, command := range p.fix(v.filler()).Commands {
				for _, bad := range []string{"rm -rf ~", "ProxyCommand", "\u202e", "\x1b", "a\nb", v.Host} {
					if strings.Contains(command, bad) {
						t.Errorf("%q holds %q", command, bad)
					}
				}
				if file := v.file(true); strings.Contains(command, file) && file != unknownFile && !strings.Contains(command, Quote(file)) {
					t.Errorf("%q does not quote %q", command, file)
				}
			}
		}
	}
	for host, want := range map[string]string{"www.example.com": "www.example.com:8443", "2001:db8::1": "'[2001:db8::1]:8443'", "": "HOST:8443"} {
		if got := (Values{Host: host, Port: 8443}).filler().fill("$ {server}"); got != want {
			t.Errorf("%q: %s, want %s", host, got, want)
		}
	}
}

// A line that connects starts TLS the way that the port has it, and names the host
// where that is a name.
func TestHandshakeLine(t *testing.T) {
	for want, v := range map[string]Values{
		"openssl s_client -connect www.example.com:443 -servername www.example.com -status":                   {Host: "www.example.com"},
		"openssl s_client -connect mx.example.com:25 -servername mx.example.com -starttls smtp -status":       {Host: "mx.example.com", Port: 25},
		"openssl s_client -connect db.example.com:5432 -servername db.example.com -starttls postgres -status": {Host: "db.example.com", Port: 5432},
		"openssl s_client -connect 192.0.2.1:465 -status":                                                     {Host: "192.0.2.1", Port: 465},
		"openssl s_client -connect HOST:443 -servername HOST -status":                                         {},
	} {
		if got := v.filler().fill("$ {handshake} -status"); got != want {
			t.Errorf("%+v: %s, want %s", v, got, want)
		}
	}
}

// Every line for a shell is one that a shell can read.
func TestShellReadsCommands(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("sh not found: install a POSIX shell")
	}
	for _, p := range catalogue().procedures {
		for _, block := range p.blocks {
			if !strings.HasPrefix(block, "$ ") {
				continue
			}
			command := Values{Host: "www.example.com", Port: 8443, File: "it's $(here).pem"}.filler().fill(block)
			if out, err := exec.Command(shell, "-n", "-c", command).CombinedOutput(); err != nil {
				t.Errorf("%s: %s", command, out)
			}
		}
	}
}

func TestProgramsFirst(t *testing.T) {
	for program, want := range map[string]string{"nginx": "server-chain-nginx", "npm": "client-trust-node", "java": "server-chain", "": "server-chain"} {
		fixes := For(Question{Classes: []report.Class{report.MissingIntermediate, report.UnknownRoot}, Programs: []string{program}})
		if fixes[0].ID != "server-chain" {
			t.Errorf("%s: %s comes first", program, fixes[0].ID)
		}
		if at := slices.IndexFunc(fixes, func(f report.Fix) bool { return f.ID == want }); at < 0 || at > 4 {
			t.Errorf("%s: %s is in place %d", program, want, at)
		}
	}
}

// No public CA issues for an address or for a name that is not in the public DNS.
func TestLocalNames(t *testing.T) {
	for host, isLocal := range map[string]bool{"": false, "www.example.com": false, "192.0.2.1": true, "::1": true, "localhost": true, "nas.local": true, "nas.lan": true, "a.b.svc": true, "db.internal": true, "local.example.com": false} {
		fixes := For(Question{Classes: []report.Class{report.HostnameMismatch, report.Expired}, Values: Values{Host: host}})
		has := func(id string) int { return slices.IndexFunc(fixes, func(f report.Fix) bool { return f.ID == id }) }
		if (has("ca-issue-certbot") < 0) != isLocal || (has("server-renew-certbot") < 0) != isLocal || (has("ca-issue-private-ca") == 1) != isLocal {
			t.Errorf("%q: %d %d %d", host, has("ca-issue-certbot"), has("server-renew-certbot"), has("ca-issue-private-ca"))
		}
	}
	if got := (Values{Host: "::1"}).filler().fill("$ curl --resolve {server}:ADDRESS {url}"); got != "curl --resolve '[::1]:443':ADDRESS 'https://[::1]/'" {
		t.Error(got)
	}
}

func TestHelpForEveryCode(t *testing.T) {
	index := Index()
	if len(index) != len(client.Codes())+len(catalogue().order) {
		t.Errorf("the index has %d pages", len(index))
	}
	for _, entry := range index {
		page, found := Help(entry.Path)
		if !found || page.Path != entry.Path || page.Title != entry.Title || page.Class != entry.Class || page.Meaning == "" || page.Fixes == nil || page.Sayings == nil {
			t.Errorf("%+v: page %s %s %s", entry, page.Path, page.Title, page.Class)
		}
		if len(page.Fixes) == 0 && page.Class != report.OK {
			t.Errorf("%s has no fixes", entry.Path)
		}
	}
	for path, class := range map[string]report.Class{"openssl/20": report.MissingIntermediate, "node/UNABLE_TO_VERIFY_LEAF_SIGNATURE": report.MissingIntermediate, "alert/40": report.HandshakeFailure, "alert/handshake_failure": report.HandshakeFailure} {
		if page, _ := Help(path); page.Class != class {
			t.Errorf("%s: %q, want %s", path, page.Class, class)
		}
	}
	for _, path := range []string{"", "/", "openssl/", "openssl/123456", "nothing", "chrome/", "../x", "windows/"} {
		if page, found := Help(path); found {
			t.Errorf("%q has a page: %s", path, page.Path)
		}
	}
}
