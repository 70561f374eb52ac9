package starttls

// implicitPorts are the ports on which TLS begins with the first byte, by IANA's
// registry of service names or by wide use.
var implicitPorts = [...]uint16{
	443,   // https
	465,   // submissions (RFC 8314)
	563,   // nntps
	636,   // ldaps
	853,   // DNS over TLS (RFC 7858)
	989,   // ftps-data
	990,   // ftps
	992,   // telnets
	993,   // imaps
	994,   // ircs
	995,   // pop3s
	2083,  // radsec, and a control panel
	2087,  // a control panel
	2096,  // webmail
	2376,  // Docker
	2379,  // etcd
	3269,  // the global catalogue of Active Directory
	5061,  // sips
	5223,  // xmpp-client with TLS
	5270,  // xmpp-server with TLS
	5349,  // turns
	5671,  // amqps
	5986,  // WinRM
	6380,  // Redis with TLS
	6443,  // Kubernetes
	6514,  // syslog (RFC 5425)
	6697,  // ircs-u (RFC 7194)
	8443,  // https
	8531,  // Windows updates
	8883,  // mqtts
	9443,  // https
	10250, // kubelet
}

// startPorts are further ports on which a protocol is usual.
var startPorts = [...]struct {
	port     uint16
	protocol string
}{
	{433, "nntp"}, {2525, "submission"}, {2000, "sieve"}, {3268, "ldap"}, {6666, "irc"}, {6668, "irc"}, {6669, "irc"},
}

// Usual says what is usual on a port: TLS from the first byte, or a protocol in
// which TLS is started. Of other ports, nothing is known.
func Usual(port int) (protocol string, implicit bool, known bool) {
	for _, p := range implicitPorts {
		if int(p) == port {
			return "", true, true
		}
	}
	for _, p := range protocols() {
		if p.port == port {
			return p.id, false, true
		}
	}
	for _, p := range startPorts {
		if int(p.port) == port {
			return p.protocol, false, true
		}
	}
	return "", false, false
}
