package formattest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

var update = flag.Bool("update", false, "write the golden files")

// Update reports whether the tests were asked to write their golden files.
func Update() bool { return *update }

// Golden compares what a reader makes of testdata/name with the golden file
// beside it, or writes that with -update.
func Golden(t *testing.T, name string, read Reader) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	k := &Kept{}
	out := read(Source(raw), part.Options{}, k)
	got := k.print() + fmt.Sprintf("== %s %s\n", out.Status, out.Reason)
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s: %s", name, firstDifference(string(want), got))
	}
}

// firstDifference is the first line that two texts do not share, and the number
// of lines of each.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	n := 0
	for n < min(len(w), len(g)) && w[n] == g[n] {
		n++
	}
	at := func(lines []string) string {
		if n < len(lines) {
			return lines[n]
		}
		return "the end"
	}
	return fmt.Sprintf("line %d of %d is %q, want %q (of %d)", n+1, len(g), at(g), at(w), len(w))
}

// print writes blocks, then items, as readable text.
func (k *Kept) print() string {
	var b strings.Builder
	for _, block := range k.Blocks {
		printBlock(&b, block)
	}
	for i, name := range k.Names {
		fmt.Fprintf(&b, "== embedded %q %d bytes\n", name, k.Sizes[i])
	}
	return b.String()
}

func printBlock(b *strings.Builder, block reeve.Block) {
	if block.Table == 0 {
		fmt.Fprintf(b, "== %q layer %d line %d\n%s", block.Part, block.Layer, block.Line, block.Text)
		if !strings.HasSuffix(block.Text, "\n") {
			b.WriteString("\n")
		}
		return
	}
	fmt.Fprintf(b, "== %q layer %d table %d row %d header %q\n", block.Part, block.Layer, block.Table, block.First, block.Header)
	for _, r := range block.Rows {
		fmt.Fprintf(b, "%q\n", r)
	}
}
