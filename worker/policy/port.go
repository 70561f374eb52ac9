package policy

import (
	"slices"

	"certlens/internal/service"
)

// Port25 is SMTP between servers. Cloudflare lets no worker connect to it.
const Port25 = 25

// Ports gives the ports on which servers speak TLS, at once or after STARTTLS,
// without those named.
func Ports(without ...int) []int {
	var ports []int
	for _, s := range service.Table {
		ports = append(ports, s.Ports...)
	}
	ports = slices.DeleteFunc(ports, func(port int) bool { return slices.Contains(without, port) })
	slices.Sort(ports)
	return ports
}
