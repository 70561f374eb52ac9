package main

import (
	"strings"
	"testing"
)

func TestServeIsUsedWrongly(t *testing.T) {
	for _, test := range []struct {
		args []string
		err  string
	}{
		{[]string{"serve", "--origin", "certlens.example.com"}, "not an origin"},
		{[]string{"serve", "--origin", "*"}, "not an origin"},
		{[]string{"serve", "--allow-privat"}, "allow-privat"},
		{[]string{"serve", "/tmp"}, `no argument "/tmp"`},
	} {
		status, _, errors := execute("", test.args...)
		if status != statusUsage || !strings.Contains(errors, test.err) {
			t.Errorf("%q: status %d, %s", test.args, status, errors)
		}
	}
}
