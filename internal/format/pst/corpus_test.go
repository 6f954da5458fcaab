package pst

import (
	"bytes"
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

// counted is the messages of the public stores below the user's own folders, as
// readpst 0.6.76 counts them ("items done" and "items skipped" without folders
// and the hidden items of folders), and what lies outside, which it does not
// look at.
var counted = []struct {
	path             string
	messages, beyond int
}{
	{"pst/go-pst/32-bit.pst", 1, 0},
	{"pst/go-pst/support.pst", 17, 0},
	{"pst/java-libpst/dist-list.pst", 3, 1},
	{"pst/java-libpst/passworded.pst", 2, 1},
	{"tika/microsoft/testPST.pst", 7, 0},
	{"tika/microsoft/testPST_variousBodyTypes.pst", 4, 0},
}

// Every public store gives the messages that another reader finds in it.
func TestCorpus(t *testing.T) {
	root := corpusDir(t)
	for _, c := range counted {
		g, out := readFile(t, filepath.Join(root, c.path))
		own, beyond := 0, 0
		for i, name := range g.names {
			if g.sizes[i] == 0 {
				t.Errorf("%s: %s is empty", c.path, name)
			}
			if strings.HasPrefix(name, "Freebusy Data|") {
				beyond++
			} else {
				own++
			}
		}
		if out.Status != reeve.StatusRead || own != c.messages || beyond != c.beyond || out.Pages != own+beyond {
			t.Errorf("%s: %+v, %d messages and %d beyond, want %d and %d", c.path, out, own, beyond, c.messages, c.beyond)
		}
	}
}

// Half of a store still gives what it holds, and says that it is half.
func TestHalf(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(corpusDir(t), "pst/go-pst/support.pst"))
	if err != nil {
		t.Fatal(err)
	}
	g := &gathered{}
	half := b[:len(b)/2]
	out := Read(part.Source{Reader: bytes.NewReader(half), Size: int64(len(half))}, part.Options{}, g)
	if out.Status != reeve.StatusPartlyRead || out.Reason != reeve.ReasonCutShort || len(g.names) < 7 {
		t.Errorf("%+v, %q", out, g.names)
	}
}
