package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/reeve-council/reeve/internal/demo/plant"
)

// growth sweeps planted shares of 1, 4 and 16 times the size with the real
// binary and prints what each cost: processor time, wall time, peak memory of
// the sweeping process.
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
	fmt.Printf("%10s %10s %10s %10s %12s %10s\n", "documents", "items", "MB", "wall s", "processor s", "peak MB")
	factor := 1
	for range *steps {
		planted := filepath.Join(dir, fmt.Sprint(factor))
		truth, err := plant.Generate(ctx, plant.Options{Seed: 11, People: *people, Documents: *unit * factor, Dir: planted})
		if err != nil {
			return err
		}
		c, err := runBinary(ctx, *binary, planted, truth)
		if err != nil {
			return err
		}
		items, bytes := weigh(filepath.Join(planted, truth.Exhibit))
		fmt.Printf("%10d %10d %10.1f %10.1f %12.1f %10.0f\n", *unit*factor, items, float64(bytes)/1e6, c.wall.Seconds(), c.processor.Seconds(), float64(c.peak)/1e6)
		factor *= 4
	}
	return nil
}

// cost is what one run of the binary took, its reader processes included in the
// processor time.
type cost struct {
	wall, processor time.Duration
	peak            int64
	out             string
}

func runBinary(ctx context.Context, binary, dir string, truth *plant.Truth) (cost, error) {
	args := []string{"sweep", "--quiet", "--case", filepath.Join(dir, "case"), "--council", plant.Council, "--as-of", truth.AsOf, "--passwords", filepath.Join(dir, truth.Passwords)}
	for _, r := range truth.Registers {
		args = append(args, "--register", filepath.Join(dir, r.File))
	}
	return timed(ctx, binary, append(args, filepath.Join(dir, truth.Exhibit))...)
}

// timed runs a command and says what it cost.
func timed(ctx context.Context, name string, args ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	began := time.Now()
	err := cmd.Run()
	c := cost{wall: time.Since(began), out: out.String()}
	if cmd.ProcessState != nil {
		c.processor = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			c.peak = u.Maxrss * 1024
		}
	}
	if err != nil {
		return c, errors.Join(fmt.Errorf("run %s", filepath.Base(name)), err, errors.New(errs.String()))
	}
	return c, nil
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
