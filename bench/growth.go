package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/reeve-council/reeve/internal/demo/plant"
)

// growth sweeps planted shares of 1, 4 and 16 times the size with the real
// binary and prints what each cost. Pictures are not recognised: every share has
// the same few, which would make the first look dear and the growth small.
func growth(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("growth", flag.ExitOnError)
	binary := set.String("reeve", "./reeve", "the binary")
	unit := set.Int("documents", 1500, "documents of the smallest share")
	people := set.Int("people", 3000, "residents, the same for all")
	steps := set.Int("steps", 3, "sizes, each four times the one before")
	if err := set.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "reeve-growth")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	t := newTable("documents", "items", "MB", "wall s", "processor s", "times the first", "items/s", "peak MB, sweep", "peak MB, readers")
	first := 0.0
	for step, factor := 0, 1; step < *steps; step, factor = step+1, factor*4 {
		planted := filepath.Join(dir, fmt.Sprint(factor))
		truth, err := plant.Generate(ctx, plant.Options{Seed: 11, People: *people, Documents: *unit * factor, Dir: planted})
		if err != nil {
			return err
		}
		c, err := sweepTruth(ctx, *binary, planted, truth, "--no-ocr")
		if err != nil {
			return err
		}
		if step == 0 {
			first = c.processor.Seconds()
		}
		t.row(append([]any{*unit * factor, len(truth.Items)}, c.columns(truth, planted, first)...)...)
	}
	t.print()
	fmt.Println("floor: 16 times the input at no more than 17 times the processor time")
	return nil
}

func (c cost) columns(truth *plant.Truth, dir string, first float64) []any {
	_, bytes := weigh(filepath.Join(dir, truth.Exhibit))
	return []any{megabytes(bytes), c.wall.Seconds(), c.processor.Seconds(), c.processor.Seconds() / max(first, 1e-9), float64(len(truth.Items)) / c.wall.Seconds(), megabytes(c.peak), megabytes(c.readersPeak())}
}

// sweepTruth sweeps a planted council with the binary and some more flags.
func sweepTruth(ctx context.Context, binary, dir string, truth *plant.Truth, flags ...string) (cost, error) {
	args := []string{"sweep", "--quiet", "--case", filepath.Join(dir, "case"), "--council", plant.Council, "--as-of", truth.AsOf, "--passwords", filepath.Join(dir, truth.Passwords)}
	for _, r := range truth.Registers {
		args = append(args, "--register", filepath.Join(dir, r.File))
	}
	return timed(ctx, binary, append(append(args, flags...), filepath.Join(dir, truth.Exhibit))...)
}

// weigh counts the files below a folder and their bytes.
func weigh(root string) (files, bytes int64) {
	filepath.WalkDir(root, func(_ string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			files++
			if info, err := e.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil
	})
	return files, bytes
}
