// Command bench measures Reeve: accuracy against planted truth and public data
// sets, speed and memory against floors and peers, growth. Each measure is one
// file; docs/benchmarks.md holds the results and says which command gives which
// row.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
)

// measure is one measurement by name. Args are what "all" gives it.
type measure struct {
	name  string
	short string
	args  string
	run   func(ctx context.Context, args []string) error
}

var measures = []measure{
	{"score", "sweep planted councils and score the lists against their truth", "--seeds 101,102,103 --styles D,E,F", score},
	{"link", "public data sets of people with truth: pairs found", "", link},
	{"million", "a million mentions against 400,000 residents", "", million},
	{"decide", "decisions on a case of a million mentions: how soon the lists are right again", "", decide},
	{"scan", "speed of the scan and of detection, beside Go regexp and ripgrep", "", scan},
	{"text", "sweep one huge text and one huge table: speed and memory", "", text},
	{"files", "sweep very many tiny files, and the demo's share", "", files},
	{"growth", "sweep shares of 1, 4 and 16 times the size", "", growth},
	{"converted", "score files that LibreOffice converted to other formats", "--seeds 101 --styles DEF", scoreConverted},
	{"formats", "the public sample files by format: read, partly, not, and why; beside reference readers", "--recall", formats},
	{"cage", "many small files read in a cage and without", "", cage},
	{"serve", "the workspace: size, time to the first page, memory when idle", "", serveMeasure},
	{"record", "a record of a million acts: appended, written as a bundle, verified", "", recordMeasure},
	{"bigcase", "make a case of 440,000 items, 280,000 people and 3 million findings", "--scale 0.05", bigcase},
	{"views", "what pages ask of a case: how long each answer takes", "", views},
	{"stand", "what the guard is asked for every notice as it leaves", "", standMeasure},
	{"pages", "walk every page of the workspace of a large case: how long, how large", "", pagesMeasure},
	{"verdict", "from nothing to the first verdict on the demo", "", verdictMeasure},
	{"public", "the public site after a mailing, beside nginx with the same files, over TLS", "", publicMeasure},
	{"notices", "letters set, read back and checked; a run whose senders are killed ten times", "", notices},
	{"peer", "the pattern recognisers of Presidio on the same text", "", peer},
}

func main() {
	if sandbox.Called() {
		sweep.ServeReader()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if len(os.Args) < 2 {
		usage()
	}
	if err := run(ctx, os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

// run runs a measure under the command that gives it again.
func run(ctx context.Context, name string, args []string) error {
	if name == "all" {
		return all(ctx)
	}
	i := slices.IndexFunc(measures, func(m measure) bool { return m.name == name })
	if i < 0 {
		usage()
	}
	fmt.Println("$ go run ./bench " + strings.Join(append([]string{name}, args...), " "))
	defer fmt.Println()
	return measures[i].run(ctx, args)
}

// all runs each measure in a process of its own, so that none is charged for
// the memory of another. One that fails does not keep the others from running.
func all(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var failed []error
	for _, m := range measures {
		cmd := exec.CommandContext(ctx, self, append([]string{m.name}, strings.Fields(m.args)...)...)
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", m.name, err))
		}
	}
	return errors.Join(failed...)
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: go run ./bench MEASURE [flags]; go run ./bench all\nMeasures sweep with ./reeve: run make build first.")
	for _, m := range measures {
		fmt.Fprintf(os.Stderr, "  %-10s %s\n", m.name, m.short)
	}
	os.Exit(1)
}
