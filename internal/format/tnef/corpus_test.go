package tnef

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
)

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
	root := formattest.Corpus(t, "files")
	found := 0
	for _, dir := range []string{"tnef", "poi/hmef"} {
		for name, want := range expected {
			path := filepath.Join(root, dir, name)
			if _, err := os.Stat(path); err != nil {
				continue
			}
			found++
			g, out := formattest.ReadFile(t, path, Read)
			status := reeve.StatusRead
			if want.damaged {
				status = reeve.StatusPartlyRead
			}
			if out.Status != status || strings.TrimSpace(g.Text()) == "" || strings.Join(g.Names, " ") != want.names {
				t.Errorf("%s: %+v, %d bytes of text, %q", name, out, len(g.Text()), g.Names)
			}
		}
	}
	if found != len(expected) {
		t.Errorf("%d streams found of %d", found, len(expected))
	}
	if _, out := formattest.ReadFile(t, filepath.Join(root, "poi/hmef/oom.tnef"), Read); out.Status != reeve.StatusDamaged {
		t.Errorf("oom.tnef: %+v", out)
	}
}
