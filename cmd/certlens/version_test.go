package main

import (
	"bytes"
	"encoding/json"
	"os"
	"runtime/debug"
	"testing"

	"certlens"
)

func TestVersion(t *testing.T) {
	text, err := os.ReadFile("../../package.json")
	if err != nil {
		t.Fatal(err)
	}
	var npm struct{ Version string }
	if err := json.Unmarshal(text, &npm); err != nil || npm.Version == "" || certlens.Version() != npm.Version {
		t.Errorf("%q, and package.json has %q, %v", certlens.Version(), npm.Version, err)
	}
	build := func(settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: "go1.26", Settings: settings, Deps: []*debug.Module{{Path: "github.com/zmap/zlint/v3", Version: "v3.7.3"}}}
	}
	revision, changed := debug.BuildSetting{Key: "vcs.revision", Value: "a1b2"}, debug.BuildSetting{Key: "vcs.modified", Value: "true"}
	for _, test := range []struct {
		info *debug.BuildInfo
		page certlens.Identity
		want string
	}{
		{nil, certlens.Identity{}, "certlens 1.2.3\n"},
		{build(), certlens.Identity{}, "certlens 1.2.3\ngo1.26\nzlint v3.7.3\n"},
		{build(revision), certlens.Identity{}, "certlens 1.2.3, commit a1b2\ngo1.26\nzlint v3.7.3\n"},
		{build(revision, changed), certlens.Identity{Version: "1.2.2", Commit: "c3", Build: "d4"}, "certlens 1.2.3, commit a1b2+changes\npage 1.2.2, commit c3, build d4\ngo1.26\nzlint v3.7.3\n"},
	} {
		var out bytes.Buffer
		if writeVersion(&out, "1.2.3", test.info, test.page); out.String() != test.want {
			t.Errorf("%q, want %q", out.String(), test.want)
		}
	}
}
