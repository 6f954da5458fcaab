package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/linkage"
)

// haystack is text to scan, in blocks.
type haystack struct {
	name   string
	blocks []string
}

// scan measures, on one goroutine and a register of many people, the scan alone,
// with the findings, and with the mentions made of them; then what Go regexp and
// ripgrep take for a part of that.
func scan(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("scan", flag.ExitOnError)
	people := set.Int("people", 300_000, "people on the register")
	limit := set.Int("mb", 24, "megabytes of each text at most")
	rounds := set.Int("rounds", 3, "times that each text is read; the best counts")
	rivals := set.Bool("rivals", true, "measure Go regexp and ripgrep too")
	if err := set.Parse(args); err != nil {
		return err
	}
	t, err := newTown(7, *people)
	if err != nil {
		return err
	}
	hay, err := t.haystacks(ctx, *limit<<20)
	if err != nil {
		return err
	}
	detectors, err := detect.New(nil)
	if err != nil {
		return err
	}
	ix := t.compile(detectors)
	rows := newTable("text", "MB", "marks/kB", "findings/kB", "scan MB/s", "with findings MB/s", "with mentions MB/s", "floor 80")
	for _, h := range hay {
		s := speedOf(ix, detectors, h, *rounds)
		size := totalSize(h.blocks)
		kb := float64(size) / 1000
		rows.row(h.name, megabytes(size), float64(s.marks)/kb, float64(s.findings)/kb, s.scan.perSecond(size), s.detect.perSecond(size), s.group.perSecond(size), verdict(s.detect.perSecond(size) >= 80))
	}
	rows.print()
	if !*rivals {
		return nil
	}
	return scanRivals(ctx, t, hay[0])
}

// compile makes the index and says what it took and keeps.
func (t *town) compile(detectors *detect.Set) *lex.Index {
	records := t.records()
	words := detectors.Words()
	before := heldMemory()
	var ix *lex.Index
	c := spent(func() { ix = lex.Compile(records, words) })
	fmt.Printf("index of %d people: %.1f s of processor time, keeps %.0f MB (floor 300 MB in all)\n", len(records), c.processor.Seconds(), megabytes(heldMemory()-before))
	runtime.KeepAlive(records)
	return ix
}

// haystacks are office mail with people of the town named in it, the same
// without its header lines, and the plain letters and mails of a planted share.
func (t *town) haystacks(ctx context.Context, limit int) ([]haystack, error) {
	mail, err := officeMail(limit)
	if err != nil {
		return nil, err
	}
	letters, err := plantedText(ctx, limit)
	if err != nil {
		return nil, err
	}
	plain := bodies(mail)
	for _, blocks := range [][]string{mail, plain} {
		for i := range blocks {
			blocks[i] = t.sprinkle(blocks[i], 2048)
		}
	}
	return []haystack{{"office mail, a resident every 2 kB", mail}, {"the same without header lines", plain}, {"planted letters and mails", letters}}, nil
}

// sprinkle puts a line about a resident after about every so many bytes.
func (t *town) sprinkle(text string, every int) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/every*120)
	for text != "" {
		n := len(text)
		if n > every {
			n = every + 1 + strings.IndexByte(text[every:]+"\n", '\n')
			n = min(n, len(text))
		}
		b.WriteString(text[:n])
		text = text[n:]
		b.WriteString(t.sentence(t.IntN(len(t.people))))
	}
	return b.String()
}

// sentence says something of a resident in one of a few ways.
func (t *town) sentence(i int) string {
	r := &t.people[i]
	line, postcode := t.address(r.house)
	name := t.name(r)
	switch t.IntN(5) {
	case 0:
		return fmt.Sprintf("%s (born %02d/%02d/%d) called about the repair.\n", name, r.born.Day, r.born.Month, r.born.Year)
	case 1:
		return fmt.Sprintf("%s of %s, %s has not replied.\n", name, line, postcode)
	case 2:
		return fmt.Sprintf("NI number: %s, %s\n", nino(i), name)
	case 3:
		return fmt.Sprintf("Council tax account %s is held by %s, %s\n", taxRef(i), strings.ToUpper(t.surname.words[r.surname]), t.given.words[r.given])
	}
	return fmt.Sprintf("Dear %s, thank you for your letter.\n", name)
}

// plantedText is the plain text and mail of a planted share, dense with
// personal data, up to the limit.
func plantedText(ctx context.Context, limit int) ([]string, error) {
	dir, err := os.MkdirTemp("", "reeve-scan")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	truth, err := plant.Generate(ctx, plant.Options{Seed: 11, People: 3000, Documents: 6000, Dir: dir})
	if err != nil {
		return nil, err
	}
	var out []string
	err = filepath.WalkDir(filepath.Join(dir, truth.Exhibit), func(path string, e os.DirEntry, err error) error {
		if ext := filepath.Ext(path); err != nil || limit <= 0 || ext != ".txt" && ext != ".eml" {
			return err
		}
		data, err := os.ReadFile(path)
		out, limit = append(out, string(data)), limit-len(data)
		return err
	})
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out, err
}

// speed is what reading a text once took, by how much was done with it.
type speed struct {
	scan, detect, group cost
	marks, findings     int
}

// speedOf takes the best of some rounds: the least that other work disturbed.
func speedOf(ix *lex.Index, detectors *detect.Set, h haystack, rounds int) speed {
	var s speed
	var marks []lex.Mark
	for range rounds {
		s.scan = s.scan.better(spent(func() {
			s.marks = 0
			for _, text := range h.blocks {
				marks = ix.Scan(text, marks[:0])
				s.marks += len(marks)
			}
		}))
		s.detect = s.detect.better(spent(func() {
			s.findings = 0
			for _, text := range h.blocks {
				s.findings += len(detectors.Open(ix).Block(0, &reeve.Block{Text: text, Line: 1}))
			}
		}))
		s.group = s.group.better(spent(func() { group(ix, detectors, h.blocks) }))
	}
	return s
}

// better is the cheaper of two costs of the same work.
func (c cost) better(d cost) cost {
	if c.processor == 0 || d.processor < c.processor {
		return d
	}
	return c
}

// group does all that a sweep does with a text before it is stored.
func group(ix *lex.Index, detectors *detect.Set, blocks []string) {
	for _, text := range blocks {
		g := linkage.NewGrouper("", ix)
		g.Add(detectors.Open(ix).Block(0, &reeve.Block{Text: text, Line: 1}))
		g.Close()
	}
}
