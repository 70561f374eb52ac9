package main

import "context"

func bench(ctx context.Context, p project, args []string) error { return nil }
