package main

import (
	"bytes"
	"context"
)

// binaryTest builds the binary around dist/web, and uses it where there is nothing
// else. The test has a build tag of its own, because it needs the built page.
func binaryTest(ctx context.Context, p project) outcome {
	const tag = "-tags=alone"
	c := p.command(ctx, "go", "test", "-json", tag, "-vet=off", "-count=1", "-run=^TestAlone$", "./cmd/certlens")
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	o := readTests(&out)
	if err != nil && o.failed == 0 {
		o = o.and(verdict(errs.String(), err))
	}
	return p.single(ctx, "go", "vet", tag, "./cmd/certlens").and(o)
}
