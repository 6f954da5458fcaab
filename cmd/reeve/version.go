package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// version and commit are stamped by the Makefile (-ldflags -X).
var version, commit string

func versionCommand() Command {
	return Command{
		Name:  "version",
		Short: "print the version",
		Long:  "Prints the version, the commit it was built from, and the Go release and platform it was built with.",
		Run: func(_ context.Context, c Console, args []string) error {
			if len(args) > 0 {
				return usageError{"version takes no arguments"}
			}
			_, err := fmt.Fprintln(c.Out, versionLine())
			return err
		},
	}
}

// versionLine is "reeve 1.2.0 (commit 0123456789ab, go1.26.8 linux/amd64)". A
// binary built by go install without stamps answers from its build information.
func versionLine() string {
	v, rev := version, commit
	if info, ok := debug.ReadBuildInfo(); ok {
		if v == "" && info.Main.Version != "" {
			v = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && rev == "" {
				rev = s.Value
			}
		}
	}
	if v == "" {
		v = "(devel)"
	}
	if rev == "" {
		rev = "unknown"
	}
	return fmt.Sprintf("reeve %s (commit %.12s, %s %s/%s)", v, rev, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
