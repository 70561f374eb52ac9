package policy

import (
	"cmp"
	"net/netip"
	"slices"

	"certlens/internal/probe"
	"certlens/internal/report"
)

// A reach says for whom a range of addresses is closed.
type reach int

const (
	// private addresses are those of somebody's own network; AllowPrivate opens
	// them.
	private reach = iota
	// never is for what no TLS server has: groups, nobody, and the metadata
	// services of clouds, which trust whoever can connect.
	never
	// embeds is for a range that leads to IPv4 addresses, on which it depends;
	// privately for one that somebody's own network leads there.
	embeds
	privately
)

// A block is a range of addresses that are not public.
type block struct {
	prefix netip.Prefix
	reach  reach
	what   string
	source string
}

// blocks are the ranges of the IANA IPv4 and IPv6 Special-Purpose Address
// Registries, the metadata services of clouds, and what else leads somewhere
// other than it seems. The first that holds an address decides. Some ranges of
// the registries are reachable from everywhere (AS112, AMT, the PCP and TURN
// anycast addresses); they are closed all the same, because what answers there
// is the nearest such service, and not a server that somebody asks about.
var blocks = []block{
	{cidr("169.254.169.254/32"), never, "the metadata service of a cloud", "AWS, Azure, Google, and others"},
	{cidr("169.254.0.23/32"), never, "the metadata service of a cloud", "Tencent Cloud"},
	{cidr("169.254.42.42/32"), never, "the metadata service of a cloud", "Scaleway"},
	{cidr("169.254.170.2/32"), never, "the metadata service of a cloud", "AWS ECS"},
	{cidr("169.254.170.23/32"), never, "the metadata service of a cloud", "AWS EKS"},
	{cidr("100.100.100.200/32"), never, "the metadata service of a cloud", "Alibaba Cloud"},
	{cidr("168.63.129.16/32"), never, "the metadata service of a cloud", "Azure; a public address that is none"},
	{cidr("192.0.0.192/32"), never, "the metadata service of a cloud", "Oracle Cloud"},
	{cidr("fd00:ec2::254/128"), never, "the metadata service of a cloud", "AWS"},
	{cidr("fd00:ec2::23/128"), never, "the metadata service of a cloud", "AWS EKS"},
	{cidr("fd20:ce::254/128"), never, "the metadata service of a cloud", "Google"},
	{cidr("fd00:42::42/128"), never, "the metadata service of a cloud", "Scaleway"},
	{cidr("fe80::a9fe:a9fe/128"), never, "the metadata service of a cloud", "OpenStack"},

	{cidr("0.0.0.0/8"), never, "an address of \"this network\"", "RFC 791, section 3.2"},
	{cidr("10.0.0.0/8"), private, "a private address", "RFC 1918"},
	{cidr("100.64.0.0/10"), private, "an address behind a provider's NAT", "RFC 6598"},
	{cidr("127.0.0.0/8"), private, "a loopback address", "RFC 1122, section 3.2.1.3"},
	{cidr("169.254.0.0/16"), private, "a link-local address", "RFC 3927"},
	{cidr("172.16.0.0/12"), private, "a private address", "RFC 1918"},
	{cidr("192.0.0.0/24"), private, "an address of IETF protocols", "RFC 6890, section 2.1"},
	{cidr("192.0.2.0/24"), private, "an address for documentation", "RFC 5737"},
	{cidr("192.31.196.0/24"), private, "an address of AS112", "RFC 7535"},
	{cidr("192.52.193.0/24"), private, "an address of AMT", "RFC 7450"},
	{cidr("192.88.99.0/24"), private, "an address of 6to4 relays", "RFC 7526"},
	{cidr("192.168.0.0/16"), private, "a private address", "RFC 1918"},
	{cidr("192.175.48.0/24"), private, "an address of AS112", "RFC 7534"},
	{cidr("198.18.0.0/15"), private, "an address for benchmarks", "RFC 2544"},
	{cidr("198.51.100.0/24"), private, "an address for documentation", "RFC 5737"},
	{cidr("203.0.113.0/24"), private, "an address for documentation", "RFC 5737"},
	{cidr("224.0.0.0/4"), never, "a multicast address", "RFC 1112, section 4"},
	{cidr("255.255.255.255/32"), never, "the broadcast address", "RFC 919, section 7"},
	{cidr("240.0.0.0/4"), never, "a reserved address", "RFC 1112, section 4"},

	{cidr("::/128"), never, "the unspecified address", "RFC 4291, section 2.5.2"},
	{cidr("::1/128"), private, "the loopback address", "RFC 4291, section 2.5.3"},
	{cidr("::/96"), never, "an IPv4-compatible address", "RFC 4291, section 2.5.5.1"},
	{cidr("::ffff:0:0:0/96"), never, "an IPv4-translated address", "RFC 2765, section 2.1"},
	{cidr("64:ff9b::/96"), embeds, "a NAT64 address", "RFC 6052"},
	{cidr("64:ff9b:1::/48"), privately, "an address of local NAT64", "RFC 8215"},
	{cidr("100::/64"), never, "an address that discards", "RFC 6666"},
	{cidr("100:0:0:1::/64"), never, "an address that stands for none", "RFC 9780"},
	{cidr("2001::/32"), never, "a Teredo address", "RFC 4380"},
	{cidr("2001::/23"), private, "an address of IETF protocols", "RFC 2928"},
	{cidr("2001:db8::/32"), private, "an address for documentation", "RFC 3849"},
	{cidr("2002::/16"), never, "a 6to4 address", "RFC 3056; obsolete by RFC 7526"},
	{cidr("2620:4f:8000::/48"), private, "an address of AS112", "RFC 7534"},
	{cidr("3fff::/20"), private, "an address for documentation", "RFC 9637"},
	{cidr("5f00::/16"), private, "an address of segment routing", "RFC 9602"},
	{cidr("fc00::/7"), private, "a private address", "RFC 4193"},
	{cidr("fe80::/10"), private, "a link-local address", "RFC 4291, section 2.5.6"},
	{cidr("fec0::/10"), private, "a private address", "RFC 3879"},
	{cidr("ff00::/8"), never, "a multicast address", "RFC 4291, section 2.7"},
}

// globalUnicast is what IANA gives out; the rest of IPv6 is not yet for
// anything, but for what is in blocks.
var globalUnicast = cidr("2000::/3")

func cidr(s string) netip.Prefix { return netip.MustParsePrefix(s) }

// Address refuses addresses. An address in which another one is embedded is
// judged by that.
func (p Policy) Address(address netip.Addr) *probe.Refusal {
	if address.Zone() != "" {
		return refuse(report.RefusedAddress, "%s names an interface of one machine.", address)
	}
	if what, closed := p.closed(address.Unmap()); closed {
		return refuse(report.RefusedAddress, "%s is %s, and not a public one.", address, what)
	}
	if p.isOwn(address.Unmap()) {
		return refuse(report.RefusedAddress, "%s is in a network of the worker itself, which may trust it.", address)
	}
	return nil
}

// Resolved refuses the addresses of a name as Address does, and does not tell
// what they are: the resolver may know names that are nobody else's business.
func (p Policy) Resolved(address netip.Addr) *probe.Refusal {
	if p.Address(address) == nil {
		return nil
	}
	return refuse(report.RefusedAddress, "The name leads to an address that is not public, or is the worker's own.")
}

// isOwn tells whether an address is in a network of the machine, which may have
// a public range: what is there lets through much that a firewall keeps out.
func (p Policy) isOwn(address netip.Addr) bool {
	if p.AllowPrivate || p.Own == nil {
		return false
	}
	return slices.ContainsFunc(p.Own(), func(own netip.Prefix) bool { return own.Contains(address) })
}

// closed tells whether an address is one that may not be connected to, and what
// it is.
func (p Policy) closed(address netip.Addr) (what string, closed bool) {
	for _, b := range blocks {
		if !b.prefix.Contains(address) {
			continue
		}
		if b.reach == embeds || b.reach == privately {
			inner, closed := p.closed(lastFour(address))
			return b.what + " of " + cmp.Or(inner, "a public address"), closed || b.reach == privately && !p.AllowPrivate
		}
		return b.what + " (" + b.source + ")", b.reach == never || !p.AllowPrivate
	}
	switch {
	case address.Is4():
		return "", false
	case !globalUnicast.Contains(address):
		return "an address that is given to nobody", true
	case isISATAP(address):
		inner, closed := p.closed(lastFour(address))
		return "an ISATAP address of " + inner, closed
	}
	return "", false
}

// lastFour is the IPv4 address in the last 32 bits of an IPv6 address.
func lastFour(address netip.Addr) netip.Addr {
	bytes := address.As16()
	return netip.AddrFrom4([4]byte(bytes[12:]))
}

// isISATAP tells whether the interface identifier is that of a tunnel to an
// IPv4 address: ::5EFE:a.b.c.d, with or without the universal bit (RFC 5214,
// section 6.1).
func isISATAP(address netip.Addr) bool {
	b := address.As16()
	return b[8]&^0x02 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
}
