package main

import (
	"context"
	_ "embed"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/lex"
)

//go:embed peer.py
var peerScript string

// peer gives the same text, with values planted in it, to the pattern
// recognisers of Presidio and to the detectors, and compares speed and how many
// of the planted values each found.
func peer(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("peer", flag.ExitOnError)
	python := set.String("python", "python3", "a Python with presidio-analyzer: python3 -m venv v && v/bin/pip install presidio-analyzer")
	kb := set.Int("kb", 1000, "kilobytes of text")
	if err := set.Parse(args); err != nil {
		return err
	}
	t, err := newTown(3, 3000)
	if err != nil {
		return err
	}
	mail, err := officeMail(*kb * 1000)
	if err != nil {
		return err
	}
	text, planted := t.hideValues(ascii(strings.Join(bodies(mail), "")))
	rows := newTable("on the same text", "MB", "MB/processor s", "found, of planted")
	if err := reevePeer(rows, t, text, planted); err != nil {
		return err
	}
	if err := exec.CommandContext(ctx, *python, "-c", "import presidio_analyzer").Run(); err != nil {
		rows.row("Presidio", "not run:", "not there; see --python")
	} else if err := presidioPeer(ctx, rows, *python, text, planted); err != nil {
		return err
	}
	rows.print()
	return nil
}

// span is where a value stands, in bytes.
type span struct{ start, end int }

// ascii makes bytes and characters the same, so that both sides count alike.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 126 || r < 32 && r != '\n' {
			return ' '
		}
		return r
	}, s)
}

// hideValues puts a labelled value into the text about every kilobyte.
func (t *town) hideValues(text string) (string, map[string][]span) {
	var b strings.Builder
	planted := map[string][]span{}
	for at := 0; at < len(text); {
		n := lineEnd(text[at:], 1024)
		b.WriteString(text[at : at+n])
		at += n
		kind, label, value := t.value()
		b.WriteString("\n" + label + " ")
		planted[kind] = append(planted[kind], span{b.Len(), b.Len() + len(value)})
		b.WriteString(value + ".\n")
	}
	return b.String(), planted
}

// value draws a value with the words before it. The NHS number is the first
// that is published as an example, the others are in ranges of nobody.
func (t *town) value() (kind, label, value string) {
	i := t.IntN(len(t.people))
	switch n := nino(i); t.IntN(6) {
	case 0:
		return "nino", "Her National Insurance number is", n
	case 1:
		return "nino, spaced", "NI no", n[:2] + " " + n[2:4] + " " + n[4:6] + " " + n[6:8] + " " + n[8:]
	case 2:
		return "nhs_number", "NHS number", "943 476 5919"
	case 3:
		return "email", "write to", t.email(i)
	case 4:
		return "postcode", "of 12 Acacia Road,", "W8 7NX"
	}
	return "phone", "Tel:", "020 7946 0" + strconv.Itoa(100+t.IntN(900))
}

// reevePeer is the detectors on the text in blocks, with a small register.
func reevePeer(rows *table, t *town, text string, planted map[string][]span) error {
	detectors, err := detect.New(nil)
	if err != nil {
		return err
	}
	ix := lex.Compile(t.records(), detectors.Words())
	var found []span
	c := spent(func() {
		for at := 0; at < len(text); {
			n := lineEnd(text[at:], reeve.MaxBlockText)
			for _, f := range detectors.Open(ix).Block(0, &reeve.Block{Text: text[at : at+n], Line: 1}) {
				found = append(found, span{at + int(f.Place.Start), at + int(f.Place.End)})
			}
			at += n
		}
	})
	size := int64(len(text))
	rows.row("Reeve, detectors", megabytes(size), c.perSecond(size), recall(planted, found))
	return nil
}

// presidioPeer runs the recognisers in Python; the time is that of the
// analysis alone, as Python reports it.
func presidioPeer(ctx context.Context, rows *table, python, text string, planted map[string][]span) error {
	dir, err := os.MkdirTemp("", "reeve-peer")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "text")
	if _, err := writeText(path, []string{text}); err != nil {
		return err
	}
	c, err := timed(ctx, python, "-c", peerScript, path)
	if err != nil {
		return err
	}
	lines, err := csv.NewReader(strings.NewReader(c.out)).ReadAll()
	if err != nil || len(lines) == 0 {
		return fmt.Errorf("read what Presidio found: %w", err)
	}
	seconds, _ := strconv.ParseFloat(lines[0][0], 64)
	var found []span
	for _, line := range lines[1:] {
		start, _ := strconv.Atoi(line[0])
		end, _ := strconv.Atoi(line[1])
		found = append(found, span{start, end})
	}
	size := int64(len(text))
	c.processor = time.Duration(seconds * 1e9)
	rows.row("Presidio "+lines[0][1]+", UK pattern recognisers", megabytes(size), c.perSecond(size), recall(planted, found))
	return nil
}

// recall says of each kind how many of its values some finding covers.
func recall(planted map[string][]span, found []span) string {
	ends := map[int]int{} // byte → end of the longest finding that starts there
	for _, f := range found {
		ends[f.start] = max(ends[f.start], f.end)
	}
	var cells []string
	for _, kind := range []string{"nino", "nino, spaced", "nhs_number", "email", "postcode", "phone"} {
		hit := 0
		for _, p := range planted[kind] {
			if covered(ends, p) {
				hit++
			}
		}
		cells = append(cells, fmt.Sprintf("%s %.2f", kind, float64(hit)/float64(max(len(planted[kind]), 1))))
	}
	return strings.Join(cells, "; ")
}

// covered reports a finding that starts at the value or up to 60 bytes before
// it and reaches its end.
func covered(ends map[int]int, p span) bool {
	for start := p.start; start > p.start-60; start-- {
		if ends[start] >= p.end {
			return true
		}
	}
	return false
}
