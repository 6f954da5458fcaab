package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/reeve-council/reeve/internal/demo"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/sweep"
)

// score plants a council, or takes one that was planted, sweeps it and prints
// how the lists compare with the truth.
func score(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("score", flag.ExitOnError)
	seed := set.Uint64("seed", 1, "seed of the council")
	people := set.Int("people", 0, "residents (0: demo size)")
	documents := set.Int("documents", 0, "documents (0: demo size)")
	style := set.String("style", "", "writing style: empty for all")
	misses := set.String("misses", "", "print the causes of the misses of this measure")
	keep := set.String("dir", "", "folder to plant in and keep")
	if err := set.Parse(args); err != nil {
		return err
	}
	dir := *keep
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "reeve-score"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	truth, err := plant.Generate(ctx, plant.Options{Seed: *seed, People: *people, Documents: *documents, Style: *style, Dir: dir})
	if err != nil {
		return err
	}
	began := time.Now()
	kase, err := sweepPlanted(ctx, truth, dir, filepath.Join(dir, "case"))
	if err != nil {
		return err
	}
	defer kase.Close()
	took := time.Since(began)
	lists, err := demo.Lists(ctx, kase)
	if err != nil {
		return err
	}
	scores := plant.Score(truth, lists)
	fmt.Printf("seed %d, style %q, swept in %.1f s\n%s", *seed, *style, took.Seconds(), scores)
	if *misses != "" {
		fmt.Printf("\nmisses of %q, by cause\n%s", *misses, scores.MissesBy(*misses))
	}
	return nil
}

func sweepPlanted(ctx context.Context, truth *plant.Truth, dir, caseDir string) (*sweep.Case, error) {
	if err := os.RemoveAll(caseDir); err != nil {
		return nil, err
	}
	opt, err := demo.Sweep(dir, truth)
	if err != nil {
		return nil, err
	}
	kase, err := sweep.Make(ctx, caseDir, "")
	if err != nil {
		return nil, err
	}
	_, err = kase.Sweep(ctx, opt)
	return kase, err
}
