package demo

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/sweep"
)

// Seed is the council that reeve demo shows.
const Seed = 1

// Plant makes the invented council in a folder, or finds the one that an
// earlier run made there.
func Plant(ctx context.Context, dir string, opt plant.Options) (*plant.Truth, error) {
	truth, err := plant.ReadTruth(dir)
	if err == nil && truth.Seed == opt.Seed {
		return truth, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, reeve.WithHint(fmt.Errorf("the sample council in the case folder is not whole: %w", reeve.Conflict), "Remove the demo's folder and run reeve demo again.")
	}
	opt.Dir = dir
	return plant.Generate(ctx, opt)
}

// Sweep is what a council that was planted in dir would ask of a sweep.
func Sweep(dir string, truth *plant.Truth) (sweep.Options, error) {
	opt := sweep.Options{Council: plant.Council,
		Exhibits: []sweep.ExhibitFlag{{Path: filepath.Join(dir, truth.Exhibit), Name: truth.Exhibit, From: "file server of the invented council", By: "reeve demo", Taken: reeve.TakenLikely}}}
	var err error
	if opt.AsOf, err = reeve.ParseISODate(truth.AsOf); err != nil {
		return opt, err
	}
	secrets, err := os.ReadFile(filepath.Join(dir, truth.Passwords))
	if err != nil {
		return opt, fmt.Errorf("read the sample passwords: %w", err)
	}
	opt.Passwords = strings.Fields(string(secrets))
	for _, r := range truth.Registers {
		opt.Registers = append(opt.Registers, sweep.RegisterFlag{Path: filepath.Join(dir, r.File)})
	}
	return opt, nil
}

// Lists takes the lists of a case as plant.Score wants them: everything
// revealed and nobody sealed, since the people are invented.
func Lists(ctx context.Context, c *sweep.Case) (plant.Lists, error) {
	var lists plant.Lists
	for name, read := range map[string]func(*bytes.Buffer) error{
		"people":   func(b *bytes.Buffer) (err error) { lists.People, err = plant.ReadPeople(b); return err },
		"findings": func(b *bytes.Buffer) (err error) { lists.Findings, err = plant.ReadFindings(b); return err },
		"items":    func(b *bytes.Buffer) (err error) { lists.Items, err = plant.ReadItems(b); return err },
	} {
		list, err := sweep.FindList(name)
		if err != nil {
			return lists, err
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.Write(list.Columns); err != nil {
			return lists, err
		}
		if err := c.Rows(ctx, list, sweep.ListOptions{Reveal: true, Sealed: true}, w.Write); err != nil {
			return lists, err
		}
		w.Flush()
		if err := read(&b); err != nil {
			return lists, err
		}
	}
	return lists, nil
}
