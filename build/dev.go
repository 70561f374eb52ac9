package main

import "context"

func dev(ctx context.Context, p project, args []string) error { return nil }
