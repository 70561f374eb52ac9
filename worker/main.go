//go:build !js

// Command worker is the edge program: the API (package api) on Cloudflare
// Workers. The build makes it for GOOS=js; worker.mjs starts it there.
//
// On one's own machine, certlens serve has the same API.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "This program runs on Cloudflare Workers: go run ./build worker makes it. On this machine, run certlens serve.")
	os.Exit(2)
}
