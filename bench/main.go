// Command bench measures Reeve: accuracy against planted truth, speed against
// peers and limits. docs/benchmarks.md says which command gives which row.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"

	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
)

// measure is one measurement by name.
type measure struct {
	name  string
	short string
	run   func(ctx context.Context, args []string) error
}

var measures = []measure{
	{"growth", "sweep shares of 1, 4 and 16 times the size", growth},
	{"score", "sweep a planted council and score the lists against its truth", score},
}

func main() {
	if sandbox.Called() {
		sweep.ServeReader()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(os.Args) > 1 {
		if i := slices.IndexFunc(measures, func(m measure) bool { return m.name == os.Args[1] }); i >= 0 {
			if err := measures[i].run(ctx, os.Args[2:]); err != nil {
				fmt.Fprintln(os.Stderr, "bench:", err)
				os.Exit(2)
			}
			return
		}
	}
	fmt.Fprintln(os.Stderr, "usage: go run ./bench MEASURE [flags]")
	for _, m := range measures {
		fmt.Fprintf(os.Stderr, "  %-10s %s\n", m.name, m.short)
	}
	os.Exit(1)
}
