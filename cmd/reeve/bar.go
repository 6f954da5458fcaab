package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/sweep"
)

// bar shows the progress of a sweep: one line that is redrawn on a terminal, a
// line every ten seconds elsewhere.
type bar struct {
	c    Console
	last time.Duration
}

const barEvery = 10 * time.Second

func newBar(c Console) *bar { return &bar{c: c} }

func (b *bar) show(p sweep.Progress) {
	if b.c.Terminal {
		fmt.Fprintf(b.c.Err, "\r%s\x1b[K", fit(b.line(p), b.c.Width-1))
		if p.Done {
			fmt.Fprint(b.c.Err, "\r\x1b[K")
		}
		return
	}
	if p.Elapsed-b.last >= barEvery {
		b.last = p.Elapsed
		fmt.Fprintln(b.c.Err, b.line(p))
	}
}

// line is "reading  [#####.....]  1,204 of 1,530 items  12.3 MB  41 items/s  8s left".
func (b *bar) line(p sweep.Progress) string {
	if p.Phase != sweep.PhaseReading {
		return fmt.Sprintf("%s … %s", p.Phase, p.Elapsed.Round(time.Second))
	}
	parts := []string{p.Phase}
	if b.c.Terminal && b.c.Width >= 72 {
		parts = append(parts, gauge(p.Bytes, p.BytesFound, 20))
	}
	parts = append(parts, fmt.Sprintf("%s of %s items", thousands(p.Items), thousands(p.ItemsFound)), megabytes(p.Bytes))
	if s := p.Elapsed.Seconds(); s >= 1 {
		parts = append(parts, fmt.Sprintf("%.0f items/s", float64(p.Items)/s))
	}
	if p.Left >= time.Second {
		parts = append(parts, p.Left.Round(time.Second).String()+" left")
	}
	return strings.Join(parts, "  ")
}

// fit cuts a line to a number of columns: one that wrapped could not be redrawn.
func fit(line string, columns int) string {
	if r := []rune(line); len(r) > max(columns, 1) {
		return string(r[:max(columns, 1)])
	}
	return line
}

func gauge(done, all int64, width int) string {
	n := 0
	if all > 0 {
		n = int(done * int64(width) / all)
	}
	n = min(max(n, 0), width)
	return "[" + strings.Repeat("#", n) + strings.Repeat(".", width-n) + "]"
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// thousands writes a count with commas.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
