package policy

import "slices"

// Port25 is SMTP between servers. Cloudflare lets no worker connect to it.
const Port25 = 25

// ports are the ports on which servers speak TLS, at once or after STARTTLS:
// those of IANA's Service Name and Transport Protocol Port Number Registry, and
// what is widely used beside them.
var ports = []int{
	21, 990, // FTP, at once
	24,                                 // LMTP
	Port25, 465, 587, 2465, 2525, 2587, // SMTP, submission and their usual second ports
	110, 995, // POP3
	119, 433, 563, // NNTP
	143, 993, // IMAP
	389, 636, 3268, 3269, // LDAP, and that of the Global Catalog
	443, 4433, 4443, 4444, 7443, 8443, 8444, 9443, 10443, // HTTPS
	591, 832, 1311, 2083, 2087, 2096, 5001, 5986, 6443, 8006, 8140, 8448, 8834, 10000, 10250, // services over HTTPS
	853,                    // DNS over TLS
	992,                    // telnet
	1194,                   // OpenVPN over TCP
	2376, 2377, 2379, 2380, // Docker, etcd
	3306, 33060, // MySQL
	3389,                               // RDP
	4190,                               // ManageSieve
	5061,                               // SIP
	5222, 5223, 5269, 5270, 5280, 5281, // XMPP
	5349,       // STUN and TURN
	5432, 6432, // PostgreSQL, and in front of it PgBouncer
	5671,       // AMQP
	6379, 6380, // Redis
	6514,                         // syslog
	6667, 6679, 6697, 7000, 9999, // IRC
	8883, 8884, // MQTT
	9092, 9093, 9094, // Kafka
	9200, 9300, // Elasticsearch
	11207, 18091, // Couchbase
	27017, // MongoDB
}

// Ports gives the ports of TLS without those named.
func Ports(without ...int) []int {
	kept := slices.DeleteFunc(slices.Clone(ports), func(port int) bool { return slices.Contains(without, port) })
	slices.Sort(kept)
	return kept
}
