package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/demo"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/sweep"
)

// score plants councils, sweeps them and prints how the lists compare with the
// truth: everything for a single one, the floors for several. Rules may be
// tuned on seeds up to 100 and styles A to C; the others are for judging.
func score(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("score", flag.ExitOnError)
	seed := set.Uint64("seed", 1, "seed of the council")
	people := set.Int("people", 0, "residents (0: demo size)")
	documents := set.Int("documents", 0, "documents (0: demo size)")
	style := set.String("style", "", "writing styles, letters A to F: empty for all")
	misses := set.String("misses", "", "print the causes of the misses of this measure")
	keep := set.String("dir", "", "folder to plant in and keep")
	seeds := set.String("seeds", "", "several seeds, with commas: a summary against the floors")
	styles := set.String("styles", "DEF", "with --seeds: sets of styles, with commas; each with each seed")
	converted := set.Bool("converted", false, "turn the planted office files into others with LibreOffice first: DOC, XLS, PPT, RTF, OpenDocument, PDF")
	if err := set.Parse(args); err != nil {
		return err
	}
	opt := plant.Options{Seed: *seed, People: *people, Documents: *documents, Style: *style, Dir: *keep}
	if *seeds != "" {
		return scoreSeveral(ctx, opt, strings.Split(*seeds, ","), strings.Split(*styles, ","), *converted)
	}
	scores, took, err := scoreOne(ctx, opt, *converted)
	if err != nil {
		return err
	}
	fmt.Printf("seed %d, style %q, swept in %.1f s\n%s", *seed, *style, took.Seconds(), scores)
	if *misses != "" {
		fmt.Printf("\nmisses of %q, by cause\n%s", *misses, scores.MissesBy(*misses))
	}
	return nil
}

// scoreSeveral prints a row for each figure and a column for each council.
func scoreSeveral(ctx context.Context, opt plant.Options, seeds, styles []string, converted bool) error {
	header := []string{"figure", "floor"}
	var runs []*plant.Scores
	for _, style := range styles {
		for _, seed := range seeds {
			var err error
			if opt.Seed, err = strconv.ParseUint(seed, 10, 64); err != nil {
				return fmt.Errorf("--seeds: %w", err)
			}
			opt.Style = style
			scores, _, err := scoreOne(ctx, opt, converted)
			if err != nil {
				return err
			}
			runs, header = append(runs, scores), append(header, style+" "+seed)
		}
	}
	t := newTable(append(header, "")...)
	for _, f := range scoreFloors {
		f.print(t, runs)
	}
	t.print()
	return nil
}

// scoreOne plants a council, converts its office files where that is asked for,
// sweeps it and scores the lists; took is the time of the sweep.
func scoreOne(ctx context.Context, opt plant.Options, converted bool) (scores *plant.Scores, took time.Duration, err error) {
	if opt.Dir == "" {
		if opt.Dir, err = os.MkdirTemp("", "reeve-score"); err != nil {
			return nil, 0, err
		}
		defer os.RemoveAll(opt.Dir)
	}
	truth, err := plant.Generate(ctx, opt)
	if err != nil {
		return nil, 0, err
	}
	if converted {
		made, err := convertPlanted(ctx, opt.Dir, truth)
		if err != nil {
			return nil, 0, err
		}
		fmt.Printf("seed %d, style %q: files converted %v\n", opt.Seed, opt.Style, made)
	}
	began := time.Now()
	kase, err := sweepPlanted(ctx, truth, opt.Dir, filepath.Join(opt.Dir, "case"))
	if err != nil {
		return nil, 0, err
	}
	defer kase.Close()
	took = time.Since(began)
	lists, err := demo.Lists(ctx, kase)
	if err != nil {
		return nil, 0, err
	}
	return plant.Score(truth, lists), took, nil
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
