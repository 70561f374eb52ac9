package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// asked prints what the edited functions give, for every entry of their lists.
const asked = `package main

import (
	"fmt"
	"sort"
	"time"

	"github.com/weppos/publicsuffix-go/publicsuffix"
	"github.com/zmap/zlint/v3/lint"
	_ "github.com/zmap/zlint/v3"
	"github.com/zmap/zlint/v3/util"
)

func main() {
	rules := publicsuffix.DefaultRules()
	sort.Slice(rules[:], func(i, j int) bool { return rules[i].Value < rules[j].Value })
	for _, r := range rules {
		for _, name := range []string{r.Value, "a." + r.Value, "b.a." + r.Value, r.Value + "x", "x" + r.Value} {
			found := publicsuffix.DefaultList.Find(name, nil)
			domain, err := publicsuffix.Domain(name)
			fmt.Println(name, *found, domain, err, util.IsInTLDMap(name), util.HasValidTLD(name, time.Unix(1e9, 0)), util.HasValidTLD(name, time.Unix(17e8, 0)), util.IsInPrefSyn(name))
		}
	}
	fmt.Println(lint.GlobalRegistry().Names())
}
`

func TestEditedModulesGiveTheSame(t *testing.T) {
	p, err := findProject()
	if err != nil {
		t.Fatal(err)
	}
	work, err := p.workspace(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// Inside of the checkout, so that its go.mod counts.
	dir := p.path("dist", "test", "asked")
	if err := write(filepath.Join(dir, "main.go"), []byte(asked)); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	run := func(work string) string {
		c := exec.CommandContext(t.Context(), "go", "run", "./dist/test/asked")
		c.Dir, c.Env = string(p), append(os.Environ(), "GOWORK="+work)
		out, err := c.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	module, edited := run("off"), run(work)
	if len(module) < 1e6 || module != edited {
		t.Errorf("the edited modules give something else: %d bytes, %d bytes", len(module), len(edited))
	}
}
