package advice

import "strings"

// commonName finds the last common name in a distinguished name as tools write
// it: "/C=US/CN=Example", "C = US, CN = Example" or "C=US,CN=Example". The whole
// name is returned when it has none.
func commonName(dn string) string {
	found := dn
	for _, part := range splitName(dn) {
		key, value, ok := strings.Cut(part, "=")
		if ok && strings.TrimSpace(key) == "CN" {
			found = unquote(strings.TrimSpace(value))
		}
	}
	return found
}

// splitName splits at slashes, when the name starts with one, or else at commas
// that are neither escaped nor in quotes (RFC 4514, section 2.4).
func splitName(dn string) []string {
	if rest, ok := strings.CutPrefix(dn, "/"); ok {
		return strings.Split(rest, "/")
	}
	var parts []string
	start, quoted := 0, false
	for i := 0; i < len(dn); i++ {
		switch dn[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case ',':
			if !quoted {
				parts = append(parts, dn[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, dn[start:])
}

// unquote takes quotes and escapes off a value.
func unquote(s string) string {
	if strings.HasPrefix(s, `"`) {
		s = strings.TrimSuffix(s[1:], `"`)
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
