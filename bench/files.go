package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/reeve-council/reeve/internal/demo/plant"
)

// files sweeps very many tiny files, a resident in one of ten, and then the
// share of the demo: files a second.
func files(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("files", flag.ExitOnError)
	binary := set.String("reeve", "./reeve", "the binary")
	count := set.Int("count", 100_000, "tiny files")
	if err := set.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "reeve-files")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	t := newTable("share", "files", "MB", "wall s", "processor s", "files/s", "files/processor s", "peak MB, sweep", "peak MB, readers")
	tiny, err := sweepTiny(ctx, *binary, filepath.Join(dir, "tiny"), *count)
	if err != nil {
		return err
	}
	filesRow(t, "tiny texts", filepath.Join(dir, "tiny", "share"), tiny)
	planted := filepath.Join(dir, "demo")
	truth, err := plant.Generate(ctx, plant.Options{Seed: 1, Dir: planted})
	if err != nil {
		return err
	}
	demo, err := sweepTruth(ctx, *binary, planted, truth)
	if err != nil {
		return err
	}
	filesRow(t, "the demo's, every format", filepath.Join(planted, truth.Exhibit), demo)
	t.print()
	return nil
}

func filesRow(t *table, name, share string, c cost) {
	n, bytes := weigh(share)
	t.row(name, n, megabytes(bytes), c.wall.Seconds(), c.processor.Seconds(), float64(n)/c.wall.Seconds(), float64(n)/c.processor.Seconds(), megabytes(c.peak), megabytes(c.readersPeak()))
}

// sweepTiny writes tiny files, a thousand to a folder and no two alike, and
// sweeps them with a register of 3,000 people.
func sweepTiny(ctx context.Context, binary, dir string, count int) (cost, error) {
	town, err := newTown(5, 3000)
	if err != nil {
		return cost{}, err
	}
	for i := range count {
		folder := filepath.Join(dir, "share", fmt.Sprintf("%04d", i/1000))
		if i%1000 == 0 {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return cost{}, err
			}
		}
		text := fmt.Sprintf("Job %d was closed. The meter reads %d and the gate code was changed.\n", i, i*17)
		if i%10 == 0 {
			text += town.sentence(town.IntN(3000))
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%06d.txt", i)), []byte(text), 0o644); err != nil {
			return cost{}, err
		}
	}
	return town.sweep(ctx, binary, dir, filepath.Join(dir, "share"))
}

// sweep sweeps an exhibit with the town as the register, in a case below dir.
func (t *town) sweep(ctx context.Context, binary, dir, exhibit string) (cost, error) {
	register := filepath.Join(dir, "register.csv")
	if err := t.writeRegister(register); err != nil {
		return cost{}, err
	}
	return timed(ctx, binary, "sweep", "--quiet", "--case", filepath.Join(dir, "case"), "--council", "TOWN", "--as-of", "2026-01-12", "--register", register, exhibit)
}
