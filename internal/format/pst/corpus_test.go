package pst

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// corpusDir is the folder of public test files, which is no part of the
// repository. Without it the corpus tests are skipped, except in CI.
func corpusDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("REEVE_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(filepath.Join(dir, "files")); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no corpus at REEVE_CORPUS")
		}
		t.Skip("no corpus at REEVE_CORPUS: skipped")
	}
	return filepath.Join(dir, "files")
}

// gathered is a sink that keeps text and the names and sizes of items.
type gathered struct {
	strings.Builder
	names []string
	sizes []int64
}

func (g *gathered) Block(b reeve.Block) error {
	g.WriteString(b.Text)
	for _, r := range b.Rows {
		g.WriteString(strings.Join(r, "\t") + "\n")
	}
	return nil
}

func (g *gathered) Embed(e part.Embedded) error {
	n, err := io.Copy(io.Discard, e.Reader)
	g.names, g.sizes = append(g.names, strings.Join(append(e.Folder, e.Name), "|")), append(g.sizes, n)
	return err
}

func readFile(t *testing.T, path string) (*gathered, reeve.Outcome) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	g := &gathered{}
	return g, Read(part.Source{Reader: f, Size: info.Size()}, part.Options{}, g)
}

func TestCorpus(t *testing.T) {
	root := corpusDir(t)
	for _, pattern := range []string{"pst/*/*.pst", "tika/microsoft/*.pst"} {
		paths, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, path := range paths {
			g, out := readFile(t, path)
			t.Logf("%-40.40s %s %s text %d pages %d items %q %d", filepath.Base(path), out.Status, out.Detail, g.Len(), out.Pages, g.names, g.sizes)
			t.Log(g.String())
		}
	}
}
