package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// typicalPatterns are what people search for by hand after a breach: the forms
// of UK identifiers as regular expressions, without checks or context.
var typicalPatterns = []string{
	`(?i)\b[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b`,
	`\b\d{3}[ -]?\d{3}[ -]?\d{4}\b`,
	`(?i)\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b`,
	`(?i)\b[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}\b`,
	`\b(?:0|\+44 ?)\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b`,
	`\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}\b`,
	`(?i)\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}\b`,
	`\b\d{2}-\d{2}-\d{2}\b`,
	`\b\d{8}\b`,
	`\b(?:\d{4}[ -]?){3}\d{4}\b`,
	`\bGB\d{2} ?(?:[A-Z0-9]{4} ?){4}[A-Z0-9]{2}\b`,
	`\b[A-Z]{2}\d{2} ?[A-Z]{3}\b`,
	`\b[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2}\b`,
	`\b\d{9}\b`,
	`\b\d{1,3}(?:\.\d{1,3}){3}\b`,
	`\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? [A-Z][a-z]+(?: [A-Z][a-z]+)?\b`,
}

// scanRivals gives the patterns to Go regexp and to ripgrep, and the names of
// the town to ripgrep: less than Reeve does, since no rival knows whose a value
// is.
func scanRivals(ctx context.Context, t *town, h haystack) error {
	rows := newTable("rival on office mail", "MB", "MB/s", "peak MB", "what it gives")
	sample := h.blocks[:min(4, len(h.blocks))]
	size := totalSize(sample)
	rows.row("Go regexp, patterns one by one", megabytes(size), regexpOneByOne(sample).perSecond(size), "", "matches")
	joined := regexp.MustCompile("(?:" + strings.Join(typicalPatterns, ")|(?:") + ")")
	rows.row("Go regexp, one alternation", megabytes(size), spent(func() { matches(joined, sample) }).perSecond(size), "", "matches")
	err := t.ripgrepRows(ctx, rows, h)
	rows.print()
	return err
}

func regexpOneByOne(blocks []string) cost {
	return spent(func() {
		for _, p := range typicalPatterns {
			matches(regexp.MustCompile(p), blocks)
		}
	})
}

func matches(r *regexp.Regexp, blocks []string) (n int) {
	for _, text := range blocks {
		n += len(r.FindAllStringIndex(text, -1))
	}
	return n
}

// ripgrepRows has ripgrep count the lines that match, on one thread, in a file
// of ten times the text, so that building its automaton weighs little.
func (t *town) ripgrepRows(ctx context.Context, rows *table, h haystack) error {
	rg, err := findRipgrep()
	if err != nil {
		rows.row("ripgrep", "not run:", "rg is missing")
		return nil
	}
	dir, err := os.MkdirTemp("", "reeve-rivals")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	hay, patterns, names := filepath.Join(dir, "text"), filepath.Join(dir, "patterns"), filepath.Join(dir, "names")
	size, err := writeText(hay, slices.Repeat(h.blocks, 10))
	if err != nil {
		return err
	}
	if _, err := writeText(patterns, []string{strings.Join(typicalPatterns, "\n")}); err != nil {
		return err
	}
	if _, err := writeText(names, t.fullNames()); err != nil {
		return err
	}
	for _, r := range []struct {
		name, gives string
		args        []string
	}{
		{"rg -c -f patterns", "lines", []string{"-c", "-j1", "-f", patterns, hay}},
		{"rg --count-matches -f patterns", "matches", []string{"--count-matches", "-j1", "-f", patterns, hay}},
		{"rg -c -F -f names", "lines; names in one exact form", []string{"-c", "-j1", "-F", "-f", names, hay}},
	} {
		c, err := timed(ctx, rg, r.args...)
		if err != nil {
			return err
		}
		rows.row(r.name, megabytes(size), c.perSecond(size), megabytes(c.peak), r.gives)
	}
	return nil
}

func findRipgrep() (string, error) {
	if path, err := exec.LookPath("rg"); err == nil {
		return path, nil
	}
	return exec.LookPath(filepath.Join(".tools", "usr", "bin", "rg"))
}

// fullNames are the distinct names of the town, a line each.
func (t *town) fullNames() []string {
	var out []string
	for i := range t.people {
		out = append(out, t.name(&t.people[i])+"\n")
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// writeText writes texts one after the other and gives their size.
func writeText(path string, texts []string) (int64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, fmt.Errorf("write text: %w", err)
	}
	defer f.Close()
	for _, text := range texts {
		if _, err := f.WriteString(text); err != nil {
			return 0, fmt.Errorf("write text: %w", err)
		}
	}
	return totalSize(texts), f.Close()
}
