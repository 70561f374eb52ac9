//go:build !js

// Command wasm is the engine of the page. It only does something in a browser;
// go run ./build dist compiles it for one.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "wasm: this program runs in a browser: go run ./build start")
	os.Exit(2)
}
