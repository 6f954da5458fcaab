package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve/internal/sweep"
)

// formats sweeps the public sample files and says of each format how many were
// read, partly read and not read, and why not.
func formats(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("formats", flag.ExitOnError)
	root := set.String("files", "", "folder to sweep (default: the corpus's files)")
	compare := set.Bool("recall", false, "compare what is read with reference readers, and give the speed of each reader")
	verbose := set.Bool("v", false, "with --recall: name the files below nine words in ten, and words that they miss")
	only := set.String("only", "", "with --recall: these formats alone, with commas, and no sweep")
	if err := set.Parse(args); err != nil {
		return err
	}
	if *root == "" {
		var err error
		if *root, err = corpus("files"); err != nil {
			return err
		}
	}
	if *only != "" {
		return printRecall(ctx, *root, strings.Split(*only, ","), *verbose)
	}
	if err := sweepFormats(ctx, *root); err != nil || !*compare {
		return err
	}
	return printRecall(ctx, *root, nil, *verbose)
}

// sweepFormats sweeps the files as any exhibit and prints what became of them.
func sweepFormats(ctx context.Context, root string) error {
	dir, err := os.MkdirTemp("", "reeve-formats")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	kase, err := sweep.Make(ctx, filepath.Join(dir, "case"), "")
	if err != nil {
		return err
	}
	defer kase.Close()
	sum, err := kase.Sweep(ctx, sweep.Options{Exhibits: []sweep.ExhibitFlag{{Path: root}}, NoOCR: true})
	if err != nil {
		return err
	}
	tallies, err := tally(ctx, kase)
	if err != nil {
		return err
	}
	t := newTable("format", "items", "read", "partly", "not read", "why not or only partly")
	for _, name := range slices.Sorted(maps.Keys(tallies)) {
		f := tallies[name]
		t.row(name, f.items, f.read, f.partly, f.items-f.read-f.partly, f.reasons())
	}
	t.print()
	f := sum.Funnel
	fmt.Printf("\n%d items seen = %d read + %d partly read + %d not read, in %.0f s\n", f.Items, f.Read, f.PartlyRead, f.NotRead, sum.Seconds)
	if f.Items != f.Read+f.PartlyRead+f.NotRead {
		return fmt.Errorf("the items do not add up")
	}
	return nil
}

// printRecall says of each format how its files compare with a reference
// reader: the files in which nine in ten of the reference's different words
// are found, of those in which the reference finds five or more.
// Only, unless empty, limits the formats.
func printRecall(ctx context.Context, root string, only []string, verbose bool) error {
	samples, err := readSpecimens(root)
	if err != nil {
		return err
	}
	if len(only) > 0 {
		maps.DeleteFunc(samples, func(name string, _ []*specimen) bool { return !slices.Contains(only, name) })
	}
	tallies, err := recalls(ctx, samples, verbose)
	if err != nil {
		return err
	}
	t := newTable("\nformat", "files", "MB/s a core", "against a reference reader: files with nine words in ten")
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		text := ""
		if r := tallies[name]; r != nil {
			text = r.text()
		}
		if rate := sampleRate(samples[name]); rate != "" || text != "" {
			t.row(name, len(samples[name]), rate, text)
		}
	}
	t.print()
	return nil
}

// formatTally is what became of the items of one format.
type formatTally struct {
	items, read, partly int
	why                 map[string]int
}

func tally(ctx context.Context, kase *sweep.Case) (map[string]*formatTally, error) {
	list, err := sweep.FindList("items")
	if err != nil {
		return nil, err
	}
	column := func(name string) int { return slices.Index(list.Columns, name) }
	typ, status, reason := column("type"), column("status"), column("reason")
	out := make(map[string]*formatTally)
	err = kase.Rows(ctx, list, sweep.ListOptions{}, func(row []string) error {
		name := cmp.Or(row[typ], "(not opened)")
		f := out[name]
		if f == nil {
			f = &formatTally{why: make(map[string]int)}
			out[name] = f
		}
		f.items++
		switch row[status] {
		case "read":
			f.read++
			return nil
		case "partly-read":
			f.partly++
		}
		f.why[strings.Trim(row[status]+"/"+row[reason], "/")]++
		return nil
	})
	return out, err
}

func (f *formatTally) reasons() string {
	var parts []string
	for _, why := range slices.Sorted(maps.Keys(f.why)) {
		parts = append(parts, why+" "+strconv.Itoa(f.why[why]))
	}
	return strings.Join(parts, ", ")
}
