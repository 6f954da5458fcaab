package tnef

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
	g.names, g.sizes = append(g.names, e.Name), append(g.sizes, n)
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

// expected is what the public streams hold, as their makers and the reader of
// another project give it: the names of attachments, and the streams that are
// damaged.
var expected = map[string]struct {
	names   string
	damaged bool
}{
	"MAPI_ATTACH_DATA_OBJ.tnef":             {names: "VIA_Nytt_1402.doc VIA_Nytt_1402.pdf VIA_Nytt_14021.htm"},
	"MAPI_OBJECT.tnef":                      {names: "Untitled_Attachment"},
	"badchecksum.tnef":                      {names: "zappa_av1.jpg bookmark.htm", damaged: true},
	"body.tnef":                             {},
	"data-before-name.tnef":                 {names: "AUTOEXEC.BAT CONFIG.SYS boot.ini"},
	"garbage-at-end.tnef":                   {},
	"long-filename.tnef":                    {names: "allproductsmar2000.dat"},
	"missing-filenames.tnef":                {names: "generpts.src TechlibDEC99.doc TechlibDEC99-JAN00.doc TechlibNOV99.doc"},
	"multi-name-property.tnef":              {},
	"multi-value-attribute.tnef":            {names: "208225__5_seconds__Voice_Mail.mp3"},
	"one-file.tnef":                         {names: "AUTHORS"},
	"panic.tnef":                            {names: "image001.jpg image002.jpg image003.png", damaged: true},
	"rtf.tnef":                              {},
	"triples.tnef":                          {},
	"two-files.tnef":                        {names: "AUTHORS README"},
	"unicode-mapi-attr-name.tnef":           {names: "spaconsole2.cfg image001.png image002.png image003.png"},
	"unicode-mapi-attr.tnef":                {names: "example.dat"},
	"quick-winmail.dat":                     {names: "quick.doc quick.html quick.pdf quick.txt quick.xml"},
	"winmail-sample1.dat":                   {names: "zappa_av1.jpg bookmark.htm"},
	"bug52400-winmail-simple.dat":           {},
	"bug52400-winmail-with-attachments.dat": {names: "scion_tc_2007_maintenanceguide.pdf Duke_Wave.png"},
	"bug63955-winmail.dat":                  {names: "SI-61597.pdf SI-61598.pdf"},
}

// Every public stream gives text and its attachments.
func TestCorpus(t *testing.T) {
	root := corpusDir(t)
	found := 0
	for _, dir := range []string{"tnef", "poi/hmef"} {
		for name, want := range expected {
			path := filepath.Join(root, dir, name)
			if _, err := os.Stat(path); err != nil {
				continue
			}
			found++
			g, out := readFile(t, path)
			status := reeve.StatusRead
			if want.damaged {
				status = reeve.StatusPartlyRead
			}
			if out.Status != status || strings.TrimSpace(g.String()) == "" || strings.Join(g.names, " ") != want.names {
				t.Errorf("%s: %+v, %d bytes of text, %q", name, out, g.Len(), g.names)
			}
		}
	}
	if found != len(expected) {
		t.Errorf("%d streams found of %d", found, len(expected))
	}
	if _, out := readFile(t, filepath.Join(root, "poi/hmef/oom.tnef")); out.Status != reeve.StatusDamaged {
		t.Errorf("oom.tnef: %+v", out)
	}
}
