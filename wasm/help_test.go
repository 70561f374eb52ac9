package main

import (
	"encoding/json"
	"testing"

	"certlens/internal/fix"
	"certlens/internal/report"
)

func TestHelp(t *testing.T) {
	for path, class := range map[string]report.Class{
		"missing_intermediate": report.MissingIntermediate, "openssl/20": report.MissingIntermediate,
		"node/UNABLE_TO_VERIFY_LEAF_SIGNATURE": report.MissingIntermediate, "curl/60": report.UnknownRoot, "alert/40": report.HandshakeFailure,
		"nothing": "", "openssl/": "", "": "",
	} {
		in, _ := json.Marshal(helpRequest{path})
		out, _, err := ask(t.Context(), "help", in)
		if err != nil {
			t.Fatal(err)
		}
		var page report.HelpPage
		if err := json.Unmarshal(out, &page); err != nil || page.Class != class || class == "" && string(out) != "{}" {
			t.Errorf("%q: %q, %v; want %q", path, page.Class, err, class)
		}
	}
	if _, _, err := ask(t.Context(), "help", []byte("[")); err == nil {
		t.Error("no error for a bad request")
	}
}

func TestHelpIndex(t *testing.T) {
	out, _, err := ask(t.Context(), "helpIndex", nil)
	if err != nil {
		t.Fatal(err)
	}
	var index []fix.Page
	if err := json.Unmarshal(out, &index); err != nil || len(index) < 500 || index[0].Title == "" {
		t.Errorf("%d pages, %v", len(index), err)
	}
}
