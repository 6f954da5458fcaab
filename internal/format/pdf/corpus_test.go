package pdf

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/reeve-council/reeve/internal/format/formattest"
)

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

// poppler finds pdftotext, the reference. Without it the test is skipped, but
// not where CI is set.
func poppler(t *testing.T) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pdftotext is not here: install the package poppler-utils")
		}
		t.Skip("pdftotext is not here: it is in the package poppler-utils")
	}
	return tool
}

// figures are what one folder of the corpus gave.
type figures struct {
	files, texts, good int
	found, words       int
	bytes, heavyBytes  int
	spent, heavySpent  time.Duration
	statuses           map[string]int
}

// add reads a file and compares its words with those of the reference. A file
// is heavy with text where its text is more than an eighth of its size.
func (f *figures) add(t *testing.T, tool, path string) {
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	sink, out := formattest.ReadFile(t, path, Read)
	took := time.Since(began)
	text := sink.Text()
	if bad := contractFault(out, sink); bad != "" {
		t.Errorf("%s: %s", filepath.Base(path), bad)
	}
	f.files++
	f.bytes, f.spent = f.bytes+int(info.Size()), f.spent+took
	f.statuses[strings.TrimSpace(string(out.Status)+" "+string(out.Reason))]++
	if size := int(info.Size()); len(text)*8 > size && size > 20_000 {
		f.heavyBytes, f.heavySpent = f.heavyBytes+size, f.heavySpent+took
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ref, _ := exec.CommandContext(ctx, tool, "-q", path, "-").Output()
	share, total := recall(words(string(ref)), words(text))
	if total < 5 {
		return
	}
	f.texts++
	f.words += total
	f.found += int(share*float64(total) + 0.5)
	if share >= 0.9 {
		f.good++
	} else if testing.Verbose() {
		t.Logf("%.2f of %5d words  %s: %s %s", share, total, filepath.Base(path), out.Status, out.Reason)
	}
}

// TestRecall compares the words read with those that poppler's pdftotext finds,
// in every file in which it finds five or more. Several of those missed are
// files whose fonts do not say what their letters mean; there the reference
// prints arbitrary letters.
func TestRecall(t *testing.T) {
	floors := map[string]float64{"tika": 0.90, "format-corpus": 0.98, "pdfjs": 0.87}
	texts, good := 0, 0
	for _, folder := range []string{"tika", "format-corpus", "pdfjs"} {
		paths := formattest.Files(t, ".pdf", folder)
		tool := poppler(t)
		f := &figures{statuses: map[string]int{}}
		for _, path := range paths {
			f.add(t, tool, path)
		}
		share := float64(f.good) / float64(max(f.texts, 1))
		t.Logf("%s: %d files, %d with text, %.1f %% of them at 0.9 recall, %.3f of all words, %.0f MB/s (%.0f where heavy with text) %v",
			folder, f.files, f.texts, 100*share, float64(f.found)/float64(max(f.words, 1)), rate(f.bytes, f.spent), rate(f.heavyBytes, f.heavySpent), f.statuses)
		if share < floors[folder] {
			t.Errorf("%s: %.3f of the files with text at 0.9 recall, the floor is %.2f", folder, share, floors[folder])
		}
		texts, good = texts+f.texts, good+f.good
	}
	t.Logf("all: %d of %d files with text at 0.9 recall", good, texts)
}

// rate is in MB a second.
func rate(bytes int, spent time.Duration) float64 {
	return float64(bytes) / 1e6 / max(spent.Seconds(), 1e-9)
}
