package main

import (
	"strings"
	"testing"
	"time"

	"certlens/internal/site"
	"certlens/worker/api"
)

// A client that does not read its answer may not keep it, and one that sends its
// request as slowly as it may still gets one.
func TestServerEndsAnswers(t *testing.T) {
	s := site.NewServer(nil)
	if least := s.ReadTimeout + api.DefaultLimits.Deadline; s.WriteTimeout <= least || s.WriteTimeout > 5*time.Minute {
		t.Errorf("%v, want more than %v, and not for ever", s.WriteTimeout, least)
	}
}

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
