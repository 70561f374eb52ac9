// Package service is the table of the services that speak TLS: what their URLs
// begin with, the protocol in which TLS is started, and the ports where they
// listen. Whoever reads a port, speaks a protocol or allows a connection looks
// here.
package service

import (
	"slices"
	"strings"
)

// A Service is one that speaks TLS, from the first byte or after asking for it.
type Service struct {
	// Schemes are what its URLs begin with, separated by blanks. For one without
	// TLS it is the service with TLS that people ask about.
	Schemes string
	// StartTLS is the protocol in which TLS is started, as in
	// report.HandshakeRequest; empty for TLS from the first byte.
	StartTLS string
	// HTTP tells that it speaks HTTP, where clients offer h2 and http/1.1. A
	// server of something else may refuse a client that does (RFC 7301, section
	// 3.2).
	HTTP bool
	// Ports are those of IANA's Service Name and Transport Protocol Port Number
	// Registry, and what is widely used beside them; the usual one is first.
	Ports []int
}

// Table are all services. Those with STARTTLS come first, in the order in which
// people are offered them.
var Table = []Service{
	{"smtp", "smtp", false, []int{25}},
	{"submission", "submission", false, []int{587, 2525, 2587}},
	{"lmtp", "lmtp", false, []int{24}},
	{"imap", "imap", false, []int{143}},
	{"pop3 pop", "pop3", false, []int{110}},
	{"sieve", "sieve", false, []int{4190, 2000}},
	{"ftp", "ftp", false, []int{21}},
	{"ldap", "ldap", false, []int{389, 3268}}, // and the Global Catalog
	{"xmpp", "xmpp-client", false, []int{5222}},
	{"", "xmpp-server", false, []int{5269}},
	{"postgres postgresql", "postgres", false, []int{5432, 6432}}, // and PgBouncer
	{"mysql", "mysql", false, []int{3306}},
	{"nntp news", "nntp", false, []int{119, 433}},
	{"irc", "irc", false, []int{6667, 6666, 6668, 6669}},
	{"rdp", "rdp", false, []int{3389}},

	{"https http wss ws", "", true, []int{
		443, 4433, 4443, 4444, 7443, 8443, 8444, 9443, 10443,
		591, 832, 1311, 2087, 2096, 5001, 8834, 10000, // what is managed in a browser
		2376, 2379, 2380, 6443, 10250, // Docker, etcd, Kubernetes
		5280, 5281, 8448, // XMPP and Matrix over HTTPS
		5986, 8006, 8140, 8531, // WinRM, Proxmox, Puppet, Windows updates
		9200, 18091, // Elasticsearch, Couchbase
	}},
	{"smtps", "", false, []int{465, 2465}},
	{"imaps", "", false, []int{993}},
	{"pop3s", "", false, []int{995}},
	{"ftps", "", false, []int{990}},
	{"ldaps", "", false, []int{636, 3269}},
	{"nntps snews", "", false, []int{563}},
	{"ircs", "", false, []int{6697, 994, 6679, 7000, 9999}},
	{"amqps", "", false, []int{5671}},
	{"mqtts", "", false, []int{8883, 8884}},
	{"rediss", "", false, []int{6379, 6380}},
	{"sips", "", false, []int{5061}},
	{"turns", "", false, []int{5349}},
	{"", "", false, []int{
		853, 992, 2083, 6514, // DNS, telnet, RADIUS, syslog
		1194, 2377, // OpenVPN, Docker Swarm
		5223, 5270, // XMPP from the first byte
		9092, 9093, 9094, 9300, 11207, 27017, 33060, // Kafka, Elasticsearch, Couchbase, MongoDB, MySQL X
	}},
}

// Starting gives the service in which TLS is started by a protocol.
func Starting(protocol string) (s Service, known bool) {
	return find(func(s *Service) bool { return protocol != "" && s.StartTLS == protocol })
}

// At gives the service that is usual at a port.
func At(port int) (s Service, known bool) {
	return find(func(s *Service) bool { return slices.Contains(s.Ports, port) })
}

// Of gives the service of a URL's scheme, which is in lower case.
func Of(scheme string) (s Service, known bool) {
	return find(func(s *Service) bool { return slices.Contains(strings.Fields(s.Schemes), scheme) })
}

func find(is func(*Service) bool) (s Service, known bool) {
	for i := range Table {
		if is(&Table[i]) {
			return Table[i], true
		}
	}
	return Service{}, false
}

// Port is the usual port; 0 for no service.
func (s Service) Port() int {
	if len(s.Ports) == 0 {
		return 0
	}
	return s.Ports[0]
}
