package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format"
)

const (
	fewWords  = 5   // a text of fewer words says nothing about recall
	goodShare = 0.9 // of the reference's words: the file counts as read
)

// specimen is one public file, what it was recognised as, and what its reader
// gave.
type specimen struct {
	path, digest, typ string
	size              int64
	spent             time.Duration
	outcome           reeve.Outcome
	got               *gathering
}

// gathering is a sink that counts the words that a reader gives, the rows of
// each table of a database, and the items within.
type gathering struct {
	words    map[string]int
	rows     map[string]int
	embedded []string
	notes    bool // there are notes at the foot of pages or at the end
}

func (g *gathering) Block(b reeve.Block) error {
	countWords(g.words, b.Text)
	for _, row := range append([][]string{b.Header}, b.Rows...) {
		for _, cell := range row {
			countWords(g.words, cell)
		}
	}
	g.notes = g.notes || strings.Contains(b.Part, "note")
	if b.Layer != reeve.LayerDeleted {
		g.rows[b.Part] += len(b.Rows)
	}
	return nil
}

func (g *gathering) Embed(e format.Embedded) error {
	g.embedded = append(g.embedded, strings.Join(append(slices.Clone(e.Folder), e.Name), "/"))
	_, err := io.Copy(io.Discard, e.Reader)
	if err != nil {
		return nil // a damaged member is the member's own affair
	}
	return nil
}

// sameLetters takes apart the letters that typesetters join, and drops the
// hyphen that shows at a line's end alone.
var sameLetters = strings.NewReplacer("ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st", "\u00AD", "")

// countWords counts the runs of letters and digits of a text.
func countWords(words map[string]int, text string) {
	text = sameLetters.Replace(text)
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words[w]++
	}
}

// nowhere is a sink that reads and forgets: the reader alone is timed.
type nowhere struct{}

func (nowhere) Block(reeve.Block) error { return nil }

func (nowhere) Embed(e format.Embedded) error {
	_, err := io.Copy(io.Discard, e.Reader)
	return err
}

// readSpecimens reads every file under root, in this process and uncaged: once
// for its words and once for the time that it takes.
func readSpecimens(root string) (map[string][]*specimen, error) {
	out := make(map[string][]*specimen)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		s, err := readSpecimen(path)
		if err == nil {
			out[s.typ] = append(out[s.typ], s)
		}
		return err
	})
	return out, err
}

func readSpecimen(path string) (*specimen, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	src := format.Source{Reader: bytes.NewReader(data), Size: int64(len(data))}
	typ := format.Identify(src)
	sum := sha256.Sum256(data)
	s := &specimen{path: path, digest: hex.EncodeToString(sum[:]), typ: typ.Name, size: src.Size,
		got: &gathering{words: map[string]int{}, rows: map[string]int{}}}
	s.outcome = format.Read(typ, src, format.Options{}, s.got)
	began := processorTime()
	format.Read(typ, src, format.Options{}, nowhere{})
	s.spent = processorTime() - began
	return s, nil
}

// recallTally is how the words of the files of one format compare.
type recallTally struct {
	reference        string
	compared, good   int // files with words in the reference; those at nine in ten
	plain, plainGood int // the same for words without digits
	wanted, found    int // occurrences
	missed           []string
	exact            string // a comparison of another sort, in words
}

func (r *recallTally) text() string {
	switch {
	case r.exact != "":
		return r.exact
	case r.compared == 0:
		return ""
	}
	return fmt.Sprintf("%s: %d of %d (%.1f %%), without digits %d of %d", r.reference, r.good, r.compared,
		100*float64(r.good)/float64(r.compared), r.plainGood, r.plain)
}

// add compares one file with its reference text.
func (r *recallTally) add(s *specimen, text string) {
	want := make(map[string]int)
	countWords(want, text)
	if s.got.notes {
		dropMarks(want, s.got.words)
	}
	all, missing := share(want, s.got.words, func(string) bool { return true })
	plain, plainMissing := share(want, s.got.words, func(w string) bool { return !strings.ContainsFunc(w, unicode.IsDigit) })
	if plain >= fewWords {
		r.plain++
		if float64(len(plainMissing)) <= (1-goodShare)*float64(plain)+1e-9 {
			r.plainGood++
		}
	}
	if all < fewWords {
		return
	}
	r.compared++
	for w, n := range want {
		r.wanted += n
		r.found += min(n, s.got.words[w])
	}
	if got := 1 - float64(len(missing))/float64(all); got >= goodShare-1e-9 {
		r.good++
	} else {
		slices.Sort(missing)
		r.missed = append(r.missed, fmt.Sprintf("%.3f of %5d words  %-44s %s %s  without %.120q", got, all, filepath.Base(s.path),
			s.outcome.Status, s.outcome.Reason, missing[:min(len(missing), 12)]))
	}
}

// noteMark is what LibreOffice writes of a note behind the word it belongs to,
// as if it were a part of it.
var noteMark = regexp.MustCompile(`^(\pL+?)(\d{1,3}|[ivx]{1,4})$`)

// dropMarks takes the marks of notes off words that stand in the file without.
func dropMarks(want, got map[string]int) {
	for w, n := range want {
		if m := noteMark.FindStringSubmatch(w); m != nil && got[w] == 0 && got[m[1]] > 0 {
			delete(want, w)
			want[m[1]] += n
		}
	}
}

// share counts the distinct words of a text that pass, and lists those that
// were not found.
func share(want, got map[string]int, pass func(string) bool) (all int, missing []string) {
	for w := range want {
		if !pass(w) {
			continue
		}
		all++
		if got[w] == 0 {
			missing = append(missing, w)
		}
	}
	return all, missing
}

// rate is the speed in MB a second at which the files of one format were read.
func sampleRate(list []*specimen) string {
	var bytes int64
	var spent time.Duration
	for _, s := range list {
		bytes, spent = bytes+s.size, spent+s.spent
	}
	if bytes < 100_000 || spent < time.Millisecond {
		return ""
	}
	return figure(megabytes(bytes) / spent.Seconds())
}

// recalls compares every format that a reference program reads.
func recalls(ctx context.Context, samples map[string][]*specimen, verbose bool) (map[string]*recallTally, error) {
	cache, err := openReferences()
	if err != nil {
		return nil, err
	}
	out := make(map[string]*recallTally)
	for _, p := range programs {
		version := p.version(ctx)
		if version == "" {
			fmt.Fprintf(os.Stderr, "%s is not here; its rows are left out (scripts/install-bench-needs)\n", p.command)
			continue
		}
		for _, typ := range p.formats {
			if len(samples[typ]) == 0 {
				continue
			}
			t := &recallTally{reference: version}
			if err := p.compare(ctx, cache, p, t, samples[typ]); err != nil {
				return nil, fmt.Errorf("compare %s with %s: %w", typ, version, err)
			}
			out[typ] = t
		}
	}
	account(samples, out)
	if verbose {
		printMissed(out)
	}
	return out, nil
}

func printMissed(tallies map[string]*recallTally) {
	names := make([]string, 0, len(tallies))
	for name := range tallies {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		t := tallies[name]
		if t.text() == "" {
			continue
		}
		fmt.Printf("\n%s: %s; occurrences %d of %d\n", name, t.text(), t.found, t.wanted)
		for _, line := range t.missed {
			fmt.Println("  ", line)
		}
	}
}
