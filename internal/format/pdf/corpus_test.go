package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catcher is a sink that keeps what it gets.
type catcher struct {
	blocks []reeve.Block
	names  []string
}

func (c *catcher) Block(b reeve.Block) error { c.blocks = append(c.blocks, b); return nil }

func (c *catcher) Embed(e part.Embedded) error { c.names = append(c.names, e.Name); return nil }

// text is all that was caught, of the layers of pages alone where pages is set.
func (c *catcher) text() string {
	var b strings.Builder
	for _, k := range c.blocks {
		b.WriteString(k.Text)
		for _, row := range k.Rows {
			b.WriteString(strings.Join(row, " ") + "\n")
		}
	}
	return b.String()
}

// corpusFiles lists the public PDF files. Without the corpus the test is
// skipped, but not where CI is set.
func corpusFiles(t *testing.T, folders ...string) (paths []string) {
	t.Helper()
	root := os.Getenv("REEVE_CORPUS")
	if root == "" {
		root = "../../../../shared/corpus"
	}
	for _, folder := range folders {
		filepath.WalkDir(filepath.Join(root, "files", folder), func(path string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && strings.EqualFold(filepath.Ext(path), ".pdf") {
				paths = append(paths, path)
			}
			return nil
		})
	}
	if len(paths) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("the corpus is not here")
		}
		t.Skip("the corpus is not here: set REEVE_CORPUS")
	}
	return paths
}

// words counts the words of a text.
func words(s string) map[string]int {
	m := map[string]int{}
	for _, w := range strings.FieldsFunc(norm.NFKC.String(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		m[strings.ToLower(w)]++
	}
	return m
}

// recall is the share of the reference's words that were found.
func recall(want, got map[string]int) (share float64, total int) {
	found := 0
	for w, n := range want {
		total += n
		found += min(n, got[w])
	}
	if total == 0 {
		return 1, 0
	}
	return float64(found) / float64(total), total
}

func readFile(t *testing.T, path string) (reeve.Outcome, *catcher) {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		t.Fatal(err)
	}
	sink := &catcher{}
	return Read(part.Source{Reader: in, Size: info.Size()}, part.Options{}, sink), sink
}

// TestRecall compares the words with those that poppler's pdftotext finds.
func TestRecall(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	for _, folder := range []string{"tika", "format-corpus", "pdfjs"} {
		paths := corpusFiles(t, folder)
		if err != nil {
			t.Skip("pdftotext is not here: it is in the package poppler-utils")
		}
		var good, texts, found, all, size int
		var spent time.Duration
		var heavy int // bytes of files of which most is text
		var heavyTime time.Duration
		statuses := map[string]int{}
		for _, path := range paths {
			info, _ := os.Stat(path)
			began := time.Now()
			out, sink := readFile(t, path)
			took := time.Since(began)
			spent += took
			size += int(info.Size())
			statuses[string(out.Status)+" "+string(out.Reason)]++
			ref, _ := exec.Command("timeout", "20", tool, "-q", path, "-").Output()
			want := words(string(ref))
			share, total := recall(want, words(sink.text()))
			if len(sink.text())*8 > int(info.Size()) && info.Size() > 20_000 {
				heavy += int(info.Size())
				heavyTime += took
			}
			if total >= 5 {
				texts++
				all += total
				found += int(share*float64(total) + 0.5)
				if share >= 0.9 {
					good++
				}
			}
			if testing.Verbose() && (total >= 5 && share < 0.9 || took > time.Second || slices.Contains(os.Args, "all")) {
				fmt.Printf("%.2f %6d %-70s %s %s %v\n", share, total, strings.TrimPrefix(path, "../../../../shared/corpus/files/"), out.Status, out.Reason, took.Round(time.Millisecond))
			}
		}
		t.Logf("%s: %d files, %d with text, %d good (%.1f %%), words %.3f, %.1f MB/s (%.1f of %d KB heavy with text) %v", folder, len(paths), texts, good, 100*float64(good)/float64(texts), float64(found)/float64(all), float64(size)/1e6/spent.Seconds(), float64(heavy)/1e6/max(heavyTime.Seconds(), 1e-9), heavy/1000, statuses)
	}
}
