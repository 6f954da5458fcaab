package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// text sweeps one huge plain text and one huge table, and shows the memory of
// the sweep and of its readers in each quarter of the run: it must not grow
// with what was read.
func text(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("text", flag.ExitOnError)
	binary := set.String("reeve", "./reeve", "the binary")
	prose := set.Int64("prose", 1000, "megabytes of the plain text")
	rows := set.Int64("table", 2000, "megabytes of the table")
	people := set.Int("people", 300_000, "people on the register")
	if err := set.Parse(args); err != nil {
		return err
	}
	t, err := newTown(9, *people)
	if err != nil {
		return err
	}
	mail, err := officeMail(24 << 20)
	if err != nil {
		return err
	}
	mail = bodies(mail)
	out := newTable("", "MB", "wall s", "processor s", "MB/processor s", "peak MB, sweep", "MB in each quarter of the run, sweep + readers")
	empty, err := t.sweepHuge(ctx, *binary, "empty.txt", 0, func(w *bufio.Writer) int { n, _ := w.WriteString("Nothing.\n"); return n })
	if err != nil {
		return err
	}
	out.row("the register alone", "", empty.wall.Seconds(), empty.processor.Seconds(), "", megabytes(empty.peak), empty.quarters())
	next := 0
	for _, h := range []struct {
		name string
		size int64
		more func(w *bufio.Writer) int
	}{
		{"prose.txt", *prose * 1e6, func(w *bufio.Writer) int {
			next++
			n, _ := w.WriteString(t.sprinkle(mail[next%len(mail)], 8192))
			return n
		}},
		{"table.csv", *rows * 1e6, t.tableRow},
	} {
		c, err := t.sweepHuge(ctx, *binary, h.name, h.size, h.more)
		if err != nil {
			return err
		}
		c.wall, c.processor = c.wall-empty.wall, c.processor-empty.processor
		out.row(h.name+", without the register", megabytes(h.size), c.wall.Seconds(), c.processor.Seconds(), c.perSecond(h.size), megabytes(c.peak), c.quarters())
	}
	out.print()
	return nil
}

// sweepHuge writes a file piece by piece until it has the size, and sweeps it.
func (t *town) sweepHuge(ctx context.Context, binary, name string, size int64, more func(w *bufio.Writer) int) (cost, error) {
	dir, err := os.MkdirTemp("", "reeve-text")
	if err != nil {
		return cost{}, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, name)
	f, err := os.Create(path)
	if err != nil {
		return cost{}, err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	if strings.HasSuffix(name, ".csv") {
		w.WriteString("entry,date,account,amount,method,batch,officer,surname,forename,dob,postcode,note\n")
	}
	for written := int64(more(w)); written < size; {
		written += int64(more(w))
	}
	if err := w.Flush(); err != nil {
		return cost{}, fmt.Errorf("write %s: %w", name, err)
	}
	return t.sweep(ctx, binary, dir, path)
}

// tableRow writes a row of a ledger; one in a hundred names a resident.
func (t *town) tableRow(w *bufio.Writer) int {
	n := t.IntN(10_000_000)
	who := ",,,"
	if t.IntN(100) == 0 {
		r := &t.people[t.IntN(len(t.people))]
		_, postcode := t.address(r.house)
		who = fmt.Sprintf("%s,%s,%s,%s", t.surname.words[r.surname], t.given.words[r.given], r.born, postcode)
	}
	size, _ := fmt.Fprintf(w, "%d,2019-%02d-%02d,L%07d,%d.%02d,direct debit,B%04d,system,%s,posted by the overnight run to the general ledger\n", n, 1+n%12, 1+n%28, n%9_999_991, n%900, n%100, n%7919, who)
	return size
}

// quarters is the most memory in each quarter of a run.
func (c cost) quarters() string {
	var cells []string
	for q := range 4 {
		var most memory
		for _, m := range c.memory[len(c.memory)*q/4 : len(c.memory)*(q+1)/4] {
			most = memory{max(most.own, m.own), max(most.readers, m.readers)}
		}
		cells = append(cells, fmt.Sprintf("%.0f+%.0f", megabytes(most.own), megabytes(most.readers)))
	}
	return strings.Join(cells, "  ")
}
