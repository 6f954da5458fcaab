package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
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
	lists, err := readLists(ctx, kase)
	if err != nil {
		return err
	}
	fmt.Printf("seed %d, style %q, swept in %.1f s\n%s", *seed, *style, took.Seconds(), plant.Score(truth, lists))
	return nil
}

func sweepPlanted(ctx context.Context, truth *plant.Truth, dir, caseDir string) (*sweep.Case, error) {
	if err := os.RemoveAll(caseDir); err != nil {
		return nil, err
	}
	kase, err := sweep.Make(ctx, caseDir, "")
	if err != nil {
		return nil, err
	}
	asOf, err := reeve.ParseISODate(truth.AsOf)
	if err != nil {
		return nil, err
	}
	secrets, err := os.ReadFile(filepath.Join(dir, truth.Passwords))
	if err != nil {
		return nil, err
	}
	opt := sweep.Options{Council: "NVB", AsOf: asOf, Passwords: strings.Fields(string(secrets)),
		Exhibits: []sweep.ExhibitFlag{{Path: filepath.Join(dir, truth.Exhibit)}}}
	for _, r := range truth.Registers {
		opt.Registers = append(opt.Registers, sweep.RegisterFlag{Path: filepath.Join(dir, r.File)})
	}
	_, err = kase.Sweep(ctx, opt)
	return kase, err
}

// readLists takes the lists as a user gets them: CSV, revealed and sealed.
func readLists(ctx context.Context, kase *sweep.Case) (plant.Lists, error) {
	var texts [3]bytes.Buffer
	for i, name := range []string{"people", "findings", "items"} {
		list, err := sweep.FindList(name)
		if err != nil {
			return plant.Lists{}, err
		}
		w := csv.NewWriter(&texts[i])
		if err := w.Write(list.Columns); err != nil {
			return plant.Lists{}, err
		}
		if err := kase.Rows(ctx, list, sweep.ListOptions{Reveal: true, Sealed: true}, w.Write); err != nil {
			return plant.Lists{}, err
		}
		w.Flush()
	}
	var lists plant.Lists
	var errs [3]error
	lists.People, errs[0] = plant.ReadPeople(&texts[0])
	lists.Findings, errs[1] = plant.ReadFindings(&texts[1])
	lists.Items, errs[2] = plant.ReadItems(&texts[2])
	return lists, errors.Join(errs[:]...)
}
