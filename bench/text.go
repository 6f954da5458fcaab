package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/reeve-council/reeve/internal/sweep"
)

// text sweeps one huge plain text and one huge table, and shows for each phase
// the time and, in four quarters, the memory of the sweep and of its readers:
// while reading it must not grow with what was read.
func text(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("text", flag.ExitOnError)
	prose := set.Int64("prose", 1000, "megabytes of the plain text, 0 for none")
	rows := set.Int64("table", 2000, "megabytes of the table, 0 for none")
	people := set.Int("people", 300_000, "people on the register")
	if err := set.Parse(args); err != nil {
		return err
	}
	t, err := newTown(9, *people)
	if err != nil {
		return err
	}
	out := newTable("", "phase", "wall s", "processor s", "MB/processor s", "MB/wall s", "MB held in each quarter, sweep + readers")
	for _, h := range []struct {
		name string
		size int64
		make func(w *bufio.Writer, size int64) error
	}{{"prose.txt", *prose * 1e6, t.writeProse}, {"table.csv", *rows * 1e6, t.writeTable}} {
		if h.size == 0 {
			continue
		}
		phases, err := t.sweepHuge(ctx, h.name, h.size, h.make)
		if err != nil {
			return err
		}
		for _, p := range phases {
			cells := []any{fmt.Sprintf("%s, %.0f MB", h.name, megabytes(h.size)), p.name, p.wall.Seconds(), p.processor.Seconds(), "", "", p.quarters()}
			if p.name == sweep.PhaseReading {
				cells[4], cells[5] = p.perSecond(h.size), megabytes(h.size)/p.wall.Seconds()
			}
			out.row(cells...)
		}
	}
	out.print()
	fmt.Println("floor: reading plain text at 27 MB/s or more of processor time; memory flat while reading")
	return nil
}

// sweepHuge writes a file of a size and sweeps it.
func (t *town) sweepHuge(ctx context.Context, name string, size int64, write func(w *bufio.Writer, size int64) error) ([]phase, error) {
	dir, err := os.MkdirTemp("", "reeve-text")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, name)
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	if err := write(w, size); err != nil {
		return nil, err
	}
	if err := w.Flush(); err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	return t.sweepHere(ctx, dir, path)
}

// writeProse repeats office mail without its header lines, each time with other
// residents in it.
func (t *town) writeProse(w *bufio.Writer, size int64) error {
	mail, err := officeMail(int(min(size, 24<<20)))
	if err != nil {
		return err
	}
	mail = bodies(mail)
	for i, written := 0, int64(0); written < size; i++ {
		n, err := w.WriteString(t.sprinkle(mail[i%len(mail)], 8192))
		if err != nil {
			return err
		}
		written += int64(n)
	}
	return nil
}

// writeTable writes a ledger; one row in a hundred names a resident.
func (t *town) writeTable(w *bufio.Writer, size int64) error {
	w.WriteString("entry,date,amount,method,batch,posted by,surname,forename,dob,postcode,note\n")
	for entry, written := 0, int64(0); written < size; entry++ {
		who := ",,,"
		if entry%100 == 0 {
			r := &t.people[t.IntN(len(t.people))]
			_, postcode := t.address(r.house)
			who = strings.Join([]string{t.surname.words[r.surname], t.given.words[r.given], r.born.String(), postcode}, ",")
		}
		n, err := fmt.Fprintf(w, "%d,2019-%02d-%02d,%d.%02d,direct debit,B%04d,system,%s,taken over from the ledger of the year before in the overnight run\n",
			entry, 1+entry/28%12, 1+entry%28, entry*7%900, entry%100, entry%7919, who)
		if err != nil {
			return err
		}
		written += int64(n)
	}
	return nil
}
