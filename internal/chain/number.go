package chain

import (
	"net/netip"
	"strconv"
	"strings"

	"certlens/internal/report"
)

const ruleNumber = "WHATWG URL, section 3.5 (ends-in-a-number checker)"

// endsInNumber tells whether the last label of a host is a number, decimal or
// 0x-hexadecimal. URLs take such a host for an IPv4 address in a short form, or
// for none at all, and never for a DNS name.
func endsInNumber(host string) bool {
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	last := labels[len(labels)-1]
	if last == "" {
		return false
	}
	if strings.Trim(last, "0123456789") == "" {
		return true
	}
	digits, hex := cutHex(last)
	return hex && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
}

// cutHex removes the prefix of a hexadecimal number.
func cutHex(s string) (digits string, hex bool) {
	if len(s) >= 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') {
		return s[2:], true
	}
	return s, false
}

// numberHost says why such a host is no host name, and which address it is for
// clients that read short forms.
func numberHost(host string) (report.Class, string) {
	say := strconv.Quote(host) + " is not a host name: its last part is a number, so browsers take it for an IPv4 address"
	if addr, ok := shortIPv4(host); ok {
		return report.IPMismatch, say + ", " + addr.String() + "; check that address instead."
	}
	return report.HostnameMismatch, say + ", and it is none."
}

// shortIPv4 reads an IPv4 address as URLs do: one to four numbers, decimal, octal
// or hexadecimal, of which the last fills all bytes that are left.
func shortIPv4(host string) (netip.Addr, bool) {
	parts := strings.Split(strings.TrimSuffix(host, "."), ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var sum uint64
	for i, p := range parts {
		n, ok := partNumber(p)
		if i < len(parts)-1 {
			ok = ok && n < 1<<8
			sum |= n << (8 * (3 - i)) & (1<<32 - 1)
		} else {
			ok = ok && n < 1<<(8*(5-len(parts)))
			sum |= n
		}
		if !ok {
			return netip.Addr{}, false
		}
	}
	return netip.AddrFrom4([4]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}), true
}

// partNumber reads one number of an address: 0x and nothing after it is zero.
func partNumber(s string) (uint64, bool) {
	base := 10
	digits, hex := cutHex(s)
	switch {
	case hex && digits == "":
		return 0, true
	case hex:
		base = 16
	case len(s) > 1 && s[0] == '0':
		base = 8
	}
	n, err := strconv.ParseUint(digits, base, 64)
	return n, err == nil
}
