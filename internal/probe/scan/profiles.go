package scan

import (
	"fmt"
	"slices"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// guidelines is the edition of what the profiles are taken from:
// https://ssl-config.mozilla.org/guidelines/5.7.json.
const guidelines = "Mozilla, Server Side TLS, guidelines 5.7: versions, suites, groups, finite fields, kinds of keys and the order; not lifetimes and stapling"

// A profile is one of Mozilla's recommended configurations.
type profile struct {
	name string
	// versions are the protocol versions, oldest first.
	versions []uint16
	// suites are those up to TLS 1.2; in TLS 1.3 the same three are in all
	// profiles.
	suites []uint16
	// keys are the kinds of keys that certificates may have.
	keys []string
	// dhBits is the size of finite fields; 0 where there are none.
	dhBits int
	// serverOrder tells that the server's order of suites counts.
	serverOrder bool
}

// The suites and groups of the profiles, in Mozilla's order.
var (
	mozillaTLS13  = []uint16{0x1301, 0x1302, 0x1303}
	mozillaTLS12  = []uint16{0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0x009E, 0x009F, 0xCCAA}
	mozillaOld    = []uint16{0xC023, 0xC027, 0xC009, 0xC013, 0xC024, 0xC028, 0xC00A, 0xC014, 0x0067, 0x006B, 0x009C, 0x009D, 0x003C, 0x003D, 0x002F, 0x0035, 0x000A}
	mozillaGroups = []uint16{0x001D, 0x0017, 0x0018}
)

// profiles are the recommended configurations, strictest first.
var profiles = []profile{
	{
		name:     "modern",
		versions: []uint16{codepoint.TLS13},
		keys:     []string{"ECDSA"},
	},
	{
		name:     "intermediate",
		versions: []uint16{codepoint.TLS12, codepoint.TLS13},
		suites:   mozillaTLS12,
		keys:     []string{"ECDSA", "RSA"},
		dhBits:   2048,
	},
	{
		name:     "old",
		versions: []uint16{codepoint.TLS10, codepoint.TLS11, codepoint.TLS12, codepoint.TLS13},
		suites:   slices.Concat(mozillaTLS12, mozillaOld),
		// The profile asks for RSA, for the sake of old clients. Its suites have
		// ECDSA as well: a server that has no other key is stricter.
		keys:        []string{"RSA", "ECDSA"},
		dhBits:      1024,
		serverOrder: true,
	},
}

// compare compares a scan that is done with each profile. A server that is
// stricter than a profile meets it: whom it serves is for its owner to decide.
func compare(scan *report.Scan) []report.ScanProfile {
	compared := []report.ScanProfile{}
	for _, p := range profiles {
		differences := p.differences(scan)
		compared = append(compared, report.ScanProfile{
			Name:           p.name,
			Meets:          len(differences) == 0,
			Differences:    differences,
			Source:         guidelines,
			Configurations: p.configurations(),
		})
	}
	return compared
}

// differences say in sentences what would have to change.
func (p profile) differences(scan *report.Scan) []string {
	found := []string{}
	for _, differ := range []func(*report.Scan) []string{
		p.differentVersions, p.differentSuites, p.differentGroups, p.differentKeys, p.differentFields, p.differentOrder,
	} {
		found = append(found, differ(scan)...)
	}
	return found
}

func (p profile) differentVersions(scan *report.Scan) (found []string) {
	for _, v := range scan.Versions {
		allowed := slices.Contains(p.versions, v.Version)
		switch {
		case v.Supported == "yes" && !allowed:
			found = append(found, v.Protocol+" would have to be switched off.")
		case v.Supported == "unknown" && !allowed:
			found = append(found, "It is not known whether "+v.Protocol+" is switched off.")
		case v.Supported == "yes" && v.Detail != "":
			found = append(found, "It is not known which other suites "+v.Protocol+" has.")
		case v.Supported == "no" && v.Version == codepoint.TLS13:
			found = append(found, v.Protocol+" would have to be switched on.")
		}
	}
	return found
}

// differentSuites names suites beyond those of the profile, in versions that may
// stay.
func (p profile) differentSuites(scan *report.Scan) []string {
	var names []string
	for _, v := range scan.Versions {
		for _, s := range v.Suites {
			wanted := slices.Contains(p.suites, s.ID) || slices.Contains(mozillaTLS13, s.ID)
			if slices.Contains(p.versions, v.Version) && !wanted && !slices.Contains(names, s.Name) {
				names = append(names, s.Name)
			}
		}
	}
	return switchedOff(names)
}

// differentGroups names groups beyond those of the profile. Those that withstand
// a quantum computer were not there yet when it was written.
func (p profile) differentGroups(scan *report.Scan) []string {
	var names []string
	for _, g := range scan.Groups {
		// Up to TLS 1.2, a finite field goes with its suites.
		field := isField(g.ID) && !slices.Contains(g.Versions, codepoint.TLS13)
		if !g.PostQuantum && !field && !slices.Contains(mozillaGroups, g.ID) {
			names = append(names, g.Name)
		}
	}
	return switchedOff(names)
}

// switchedOff is as in "a and b would have to be switched off."
func switchedOff(names []string) []string {
	if len(names) == 0 {
		return nil
	}
	return []string{list(names) + " would have to be switched off."}
}

func (p profile) differentKeys(scan *report.Scan) (found []string) {
	for _, c := range scan.Certificates {
		for _, key := range c.When {
			if isKey := order(key) <= order("DSA"); isKey && !slices.Contains(p.keys, key) {
				found = append(found, fmt.Sprintf("The %s certificate would have to give way to one of %s.", key, strings.Join(p.keys, " or ")))
			}
		}
	}
	return found
}

func (p profile) differentFields(scan *report.Scan) []string {
	for _, v := range scan.Versions {
		for _, s := range v.Suites {
			if slices.Contains(p.versions, v.Version) && s.DHBits > 0 && s.DHBits < p.dhBits {
				return []string{fmt.Sprintf("The finite field of %d bits would have to give way to one of %d.", s.DHBits, p.dhBits)}
			}
		}
	}
	return nil
}

// differentOrder minds the order of suites where there are some that a server
// should rather not choose.
func (p profile) differentOrder(scan *report.Scan) []string {
	for _, v := range scan.Versions {
		better := func(s report.ScanSuite) bool { return slices.Contains(mozillaTLS12, s.ID) }
		mixed := slices.ContainsFunc(v.Suites, better) && slices.ContainsFunc(v.Suites, func(s report.ScanSuite) bool { return !better(s) })
		if p.serverOrder && v.Version <= codepoint.TLS12 && v.Order == "client" && mixed {
			return []string{"In " + v.Protocol + ", the server's order of suites would have to count."}
		}
	}
	return nil
}
