package pst

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

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
	root := formattest.Corpus(t, "files")
	for _, c := range counted {
		g, out := formattest.ReadFile(t, filepath.Join(root, c.path), Read)
		own, beyond := 0, 0
		for i, name := range g.Names {
			if g.Sizes[i] == 0 {
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
	b, err := os.ReadFile(filepath.Join(formattest.Corpus(t, "files"), "pst/go-pst/support.pst"))
	if err != nil {
		t.Fatal(err)
	}
	g := &formattest.Kept{}
	half := b[:len(b)/2]
	out := Read(part.Source{Reader: bytes.NewReader(half), Size: int64(len(half))}, part.Options{}, g)
	if out.Status != reeve.StatusPartlyRead || out.Reason != reeve.ReasonCutShort || len(g.Names) < 7 {
		t.Errorf("%+v, %q", out, g.Names)
	}
}
