package compound_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format"
	"github.com/reeve-council/reeve/internal/format/doc"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/ppt"
	"github.com/reeve-council/reeve/internal/format/xls"
)

type readFunc = func(part.Source, part.Options, part.Sink) reeve.Outcome

// readers by extension; folder is where the reference texts of its files are,
// and types are the formats that they are recognised as: some files go by a
// name that is not theirs.
var readers = []struct {
	ext, folder, types string
	read               readFunc
}{
	{"xls", "csvshown", "xls", xls.Read},
	{"doc", "txt", "doc word6", doc.Read},
	{"ppt", "ppt", "ppt", ppt.Read},
}

// catcher keeps the words that a reader gives, and checks its blocks.
type catcher struct {
	words map[string]bool
	bad   string
	torn  int // embedded items that end early
}

func (c *catcher) Block(b reeve.Block) error {
	if len(b.Text) > reeve.MaxBlockText || len(b.Rows) > reeve.MaxBlockRows || (b.Text == "") == (len(b.Rows) == 0) {
		c.bad = "a block is not as agreed"
	}
	c.add(b.Text)
	for _, row := range slices.Concat([][]string{b.Header}, b.Rows) {
		for _, cell := range row {
			c.add(cell)
		}
	}
	return nil
}

func (c *catcher) add(text string) {
	for _, w := range words(text) {
		c.words[w] = true
	}
}

func (c *catcher) Embed(e part.Embedded) error {
	if _, err := io.Copy(io.Discard, e.Reader); err != nil {
		c.torn++ // a damaged member is the member's own affair
	}
	return nil
}

// words are the runs of letters and digits of a text; a hyphen that only shows
// at a line's end is no part of a word.
func words(text string) []string {
	text = strings.ReplaceAll(text, "\u00AD", "")
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// TestRecall compares the words of every public file with those of a second
// program. Its texts take minutes to make, so that they are made beforehand,
// one folder of texts for each file ("/" and " " in its path become "_"):
//
//	soffice --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' --outdir $REEVE_REFERENCE/csv/poi_spreadsheet_x.xls.d x.xls
//	soffice --headless --convert-to 'txt:Text (encoded):UTF8' --outdir $REEVE_REFERENCE/txt/poi_document_x.doc.d x.doc
//	catppt -d utf-8 x.ppt > $REEVE_REFERENCE/ppt/poi_slideshow_x.ppt.d/x.txt
func TestRecall(t *testing.T) {
	reference := os.Getenv("REEVE_REFERENCE")
	if reference == "" {
		t.Skip("no reference texts: set REEVE_REFERENCE")
	}
	root := os.Getenv("REEVE_CORPUS")
	if root == "" {
		root = "../../../../shared/corpus"
	}
	for _, r := range readers {
		t.Run(r.ext, func(t *testing.T) {
			score := tally{t: t}
			for _, folder := range []string{"poi", "tika", "format-corpus"} {
				filepath.WalkDir(filepath.Join(root, "files", folder), func(path string, d os.DirEntry, err error) error {
					if err == nil && d.Type().IsRegular() && strings.EqualFold(filepath.Ext(path), "."+r.ext) {
						name, _ := filepath.Rel(filepath.Join(root, "files"), path)
						score.file(r.types, path, filepath.Join(reference, r.folder, strings.NewReplacer("/", "_", " ", "_").Replace(name)+".d"), r.read)
					}
					return nil
				})
			}
			score.report()
		})
	}
}

// tally counts the files of one kind.
type tally struct {
	t              *testing.T
	files, good    int
	plain, plainOK int // files with 5 words of letters alone, and those of them with nine in ten
	sum            float64
	allGot, allRef int
	statuses       map[string]int
}

func (y *tally) file(types, path, reference string, read readFunc) {
	in, err := os.Open(path)
	if err != nil {
		y.t.Fatal(err)
	}
	defer in.Close()
	info, _ := in.Stat()
	sink := &catcher{words: map[string]bool{}}
	if !slices.Contains(strings.Fields(types), format.Identify(part.Source{Reader: in, Size: info.Size()}).Name) {
		return
	}
	out := read(part.Source{Reader: in, Size: info.Size()}, part.Options{Passwords: strings.Fields(os.Getenv("REEVE_PASSWORDS"))}, sink)
	if sink.bad != "" {
		y.t.Errorf("%s: %s", path, sink.bad)
	}
	if y.statuses == nil {
		y.statuses = map[string]int{}
	}
	y.statuses[string(out.Status)+" "+string(out.Reason)]++
	if sink.torn > 0 {
		y.t.Logf("%s: %d embedded items are damaged", filepath.Base(path), sink.torn)
	}
	want := referenceWords(reference)
	var missing []string
	letters, lettersMissing := 0, 0
	for w := range want {
		plain := !strings.ContainsFunc(w, unicode.IsDigit)
		if plain {
			letters++
		}
		if !sink.words[w] {
			missing = append(missing, w)
			if plain {
				lettersMissing++
			}
		}
	}
	if letters >= 5 {
		y.plain++
		if lettersMissing*10 <= letters {
			y.plainOK++
		}
	}
	recall := 1.0
	if len(want) >= 5 {
		recall = 1 - float64(len(missing))/float64(len(want))
		y.files++
		y.sum += recall
		y.allRef += len(want)
		y.allGot += len(want) - len(missing)
		if recall >= 0.9 {
			y.good++
		}
	}
	if recall < 0.9 || out.Status != reeve.StatusRead {
		slices.Sort(missing)
		y.t.Logf("%.3f of %d  %s %s (%s)  %s  missing %.90q", recall, len(want), out.Status, out.Reason, out.Detail, filepath.Base(path), missing[:min(len(missing), 12)])
	}
}

func (y *tally) report() {
	y.t.Logf("statuses %v", y.statuses)
	if y.files == 0 {
		y.t.Fatal("no reference texts found")
	}
	y.t.Logf("%d files with 5 words without digits or more: %d (%.1f %%) at 0.9 or above", y.plain, y.plainOK, 100*float64(y.plainOK)/float64(max(1, y.plain)))
	y.t.Logf("%d files with 5 words or more: %d (%.1f %%) at 0.9 or above, mean %.3f, of all words %.3f",
		y.files, y.good, 100*float64(y.good)/float64(y.files), y.sum/float64(y.files), float64(y.allGot)/float64(y.allRef))
}

func referenceWords(folder string) map[string]bool {
	set := map[string]bool{}
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		text, _ := os.ReadFile(filepath.Join(folder, e.Name()))
		if bytes.HasPrefix(text, []byte("\u00D0\u00CF")) {
			continue // the other program took the file for text
		}
		for _, w := range words(string(text)) {
			set[w] = true
		}
	}
	return set
}
