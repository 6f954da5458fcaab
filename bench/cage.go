package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/format"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// cage reads many small planted files one after the other, in this process and
// through one caged reader process, and prints what the cage costs.
func cage(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("cage", flag.ExitOnError)
	count := set.Int("files", 10_000, "files to read")
	if err := set.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "reeve-cage")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	files, err := smallFiles(ctx, dir, *count)
	if err != nil {
		return err
	}
	began := time.Now()
	for _, path := range files {
		if err := readHere(path); err != nil {
			return err
		}
	}
	open := time.Since(began)
	pool, err := sandbox.New(sandbox.Options{Workers: 1})
	if err != nil {
		return err
	}
	defer pool.Close()
	began = time.Now()
	for _, path := range files {
		if err := readCaged(ctx, pool, path); err != nil {
			return err
		}
	}
	caged := time.Since(began)
	t := newTable("", "files", "wall s", "files/s")
	t.row("in this process", len(files), open.Seconds(), float64(len(files))/open.Seconds())
	t.row("caged: "+pool.Cage().String(), len(files), caged.Seconds(), float64(len(files))/caged.Seconds())
	t.print()
	fmt.Printf("ratio caged to uncaged %.2f\n", caged.Seconds()/open.Seconds())
	return nil
}

// nothing is a sink that lets everything go.
type nothing struct{}

func (nothing) Block(reeve.Block) error     { return nil }
func (nothing) Embed(format.Embedded) error { return nil }

func readHere(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	src := format.Source{Reader: f, Size: info.Size()}
	if typ := format.Identify(src); !typ.Container {
		format.Read(typ, src, format.Options{}, nothing{})
	}
	return nil
}

func readCaged(ctx context.Context, pool *sandbox.Pool, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	req, err := json.Marshal(map[string]any{"Size": info.Size(), "Name": filepath.Base(path), "Allowance": int64(1) << 30, "Entries": 1 << 20})
	if err != nil {
		return err
	}
	return pool.Do(ctx, req, f, func(byte, []byte) error { return nil })
}

// smallFiles plants a council and gives its files, as often as it takes.
func smallFiles(ctx context.Context, dir string, count int) ([]string, error) {
	truth, err := plantInto(ctx, dir)
	if err != nil {
		return nil, err
	}
	var files []string
	err = filepath.WalkDir(filepath.Join(dir, truth), func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil && info.Size() < 64<<10 {
				files = append(files, path)
			}
		}
		return nil
	})
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no small files were planted: %w", err)
	}
	for n := len(files); len(files) < count; {
		files = append(files, files[len(files)-n])
	}
	return files[:count], nil
}

// plantInto plants the demo's council and gives the name of its exhibit.
func plantInto(ctx context.Context, dir string) (string, error) {
	truth, err := plant.Generate(ctx, plant.Options{Seed: 3, Dir: filepath.Join(dir, "council")})
	if err != nil {
		return "", err
	}
	return filepath.Join("council", truth.Exhibit), nil
}
