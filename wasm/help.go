package main

import (
	"context"
	"encoding/json"
	"fmt"

	"certlens/internal/fix"
)

// A helpRequest names a failure class or an error code, as in "openssl/20".
type helpRequest struct {
	Path string `json:"path"`
}

// help gives the page for a path, or {} when there is none.
func help(_ context.Context, in []byte, _ func([]byte)) ([]byte, error) {
	var req helpRequest
	if err := json.Unmarshal(in, &req); err != nil {
		return nil, fmt.Errorf("wasm: bad request: %w", err)
	}
	page, found := fix.Help(req.Path)
	if !found {
		return []byte("{}"), nil
	}
	return encode(page)
}

func helpIndex(context.Context, []byte, func([]byte)) ([]byte, error) {
	return encode(fix.Index())
}
