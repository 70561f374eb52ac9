package scan

import (
	"strconv"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// fieldFile is where the finite field of the configurations is, as seen from
// that of the server, and how it is made. RFC 7919 has the fields by name.
const (
	fieldFile = "ffdhe2048.pem"
	makeField = "openssl genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048 -out "
)

// A platform is one program whose configuration is written here.
type platform struct {
	name string
	// text is the configuration. What stands in braces is filled in; a line with
	// something that the profile does not have is left out.
	text string
}

// platforms are the programs. Their texts need no version newer than Debian 12
// has, but for the comments.
//
// {min} is the oldest version, {min.0} that in the spelling of HAProxy; {versions}, {suites13}, {suites} and {groups} are
// lists in the spelling of OpenSSL; {prefer} is "on" where the server's order
// counts, and {yes} "yes"; {level} allows what OpenSSL 3 forbids by itself;
// {field} is there where the profile has finite fields.
var platforms = []platform{
	{"nginx", `
# in the context http or server
ssl_protocols {versions};
ssl_ciphers {suites}{level};
# with OpenSSL 3.5 or newer, X25519MLKEM768 goes first: it withstands quantum computers
ssl_ecdh_curve {groups};
ssl_prefer_server_ciphers {prefer};
ssl_session_cache shared:TLS:10m;
ssl_session_tickets off;
{field}# made with: ` + makeField + `/etc/nginx/` + fieldFile + `
{field}ssl_dhparam ` + fieldFile + `;
`},
	{"apache", `
# outside of any VirtualHost
SSLProtocol -all {+versions}
SSLCipherSuite {suites}{level}
# with OpenSSL 3.5 or newer, X25519MLKEM768 goes first: it withstands quantum computers
SSLOpenSSLConfCmd Curves {groups}
SSLHonorCipherOrder {prefer}
SSLSessionTickets off
{field}# made with: ` + makeField + `/etc/ssl/` + fieldFile + `
{field}SSLOpenSSLConfCmd DHParameters /etc/ssl/` + fieldFile + `
`},
	{"haproxy", `
global
    ssl-default-bind-ciphersuites {suites13}
    ssl-default-bind-ciphers {suites}{level}
    ssl-default-bind-options {client}ssl-min-ver {min.0} no-tls-tickets
    {field}tune.ssl.default-dh-param 2048

# with OpenSSL 3.5 or newer, X25519MLKEM768 goes first: it withstands quantum computers
# and on every line with bind and ssl: curves {groups}
`},
	{"postfix", `
# main.cf, Postfix 3.6 or newer
smtpd_tls_protocols = >={min}
smtpd_tls_mandatory_protocols = >={min}
smtpd_tls_ciphers = medium
smtpd_tls_mandatory_ciphers = medium
tls_medium_cipherlist = {suites}{level}
# with OpenSSL 3.5 or newer, X25519MLKEM768 goes first: it withstands quantum computers
tls_eecdh_auto_curves = {groups }
tls_preempt_cipherlist = {yes}
tls_ssl_options = NO_TICKET
{field}# made with: ` + makeField + `/etc/postfix/` + fieldFile + `
{field}smtpd_tls_dh1024_param_file = /etc/postfix/` + fieldFile + `
`},
	{"dovecot", `
# dovecot.conf, Dovecot 2.3
ssl = required
ssl_min_protocol = {min}
ssl_cipher_list = {suites}{level}
# with OpenSSL 3.5 or newer, X25519MLKEM768 goes first: it withstands quantum computers
ssl_curve_list = {groups}
ssl_prefer_server_ciphers = {yes}
ssl_options = no_ticket
{field}# made with: ` + makeField + `/etc/dovecot/` + fieldFile + `
{field}ssl_dh = </etc/dovecot/` + fieldFile + `
`},
}

// configurations write the profile down for each platform.
func (p profile) configurations() []report.ServerConfiguration {
	configurations := []report.ServerConfiguration{}
	for _, pl := range platforms {
		text := p.keepLines(strings.TrimPrefix(pl.text, "\n"))
		configurations = append(configurations, report.ServerConfiguration{Platform: pl.name, Text: p.fill(text)})
	}
	return configurations
}

// keepLines leaves out the lines that are about what the profile does not have.
func (p profile) keepLines(text string) string {
	var kept strings.Builder
	for line := range strings.Lines(text) {
		old := strings.Contains(line, "{field}") || strings.Contains(line, "{suites}")
		if len(p.suites) > 0 || !old {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// fill fills in what stands in braces.
func (p profile) fill(text string) string {
	prefer, yes, client, level := "off", "no", "prefer-client-ciphers ", ""
	if p.serverOrder {
		prefer, yes, client = "on", "yes", ""
	}
	// Debian's OpenSSL 3 takes versions before TLS 1.2 at security level 0 alone.
	if p.versions[0] < codepoint.TLS12 {
		level = ":@SECLEVEL=0"
	}
	versions := names(p.versions, codepoint.Version)
	groups := names(mozillaGroups, groupOfOpenSSL)
	return strings.NewReplacer(
		"{min}", versions[0],
		"{min.0}", minorVersion(p.versions[0]),
		"{versions}", strings.Join(versions, " "),
		"{+versions}", "+"+strings.Join(versions, " +"),
		"{suites13}", strings.Join(names(mozillaTLS13, suiteOfOpenSSL), ":"),
		"{suites}", strings.Join(names(p.suites, suiteOfOpenSSL), ":"),
		"{groups}", strings.Join(groups, ":"),
		"{groups }", strings.Join(groups, " "),
		"{prefer}", prefer,
		"{yes}", yes,
		"{client}", client,
		"{level}", level,
		"{field}", "",
	).Replace(text)
}

// names gives the names of numbers.
func names(ids []uint16, name func(uint16) string) []string {
	var all []string
	for _, id := range ids {
		all = append(all, name(id))
	}
	return all
}

// minorVersion is as in "TLSv1.0".
func minorVersion(id uint16) string { return "TLSv1." + strconv.Itoa(int(id-codepoint.TLS10)) }

func suiteOfOpenSSL(id uint16) string { return codepoint.Suite(id).OpenSSL }

// groupOfOpenSSL is the name that every version of OpenSSL knows.
func groupOfOpenSSL(id uint16) string {
	switch name := codepoint.Group(id).Name; name {
	case "x25519":
		return "X25519"
	case "secp256r1":
		return "prime256v1"
	default:
		return name
	}
}
