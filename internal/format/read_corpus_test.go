package format

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
)

// tally is a sink that checks every block against the limits of its contract
// and counts what it gets.
type tally struct {
	blocks, letters, rows, embedded int
	fault                           string
}

func (y *tally) Block(b reeve.Block) error {
	y.blocks++
	switch {
	case len(b.Text) > reeve.MaxBlockText, len(b.Rows) > reeve.MaxBlockRows:
		y.fault = "a block is too large"
	case (b.Text == "") == (len(b.Rows) == 0):
		y.fault = "a block holds neither or both of text and rows"
	case len(b.Rows) > 0 && (b.Table == 0 || b.First == 0):
		y.fault = "a table block without its number"
	case !utf8.ValidString(b.Text), strings.ContainsAny(b.Text, "\x00\r"):
		y.fault = "text that is not clean"
	}
	y.letters += visible(b.Text)
	for _, r := range b.Rows {
		y.rows++
		for _, c := range r {
			y.letters += visible(c)
		}
	}
	return nil
}

// visible counts the bytes that are not white space or controls.
func visible(s string) (n int) {
	for i := range len(s) {
		if s[i] > ' ' {
			n++
		}
	}
	return n
}

func (y *tally) Embed(e Embedded) error {
	y.embedded++
	_, err := io.Copy(io.Discard, e.Reader)
	return err
}

// check fails a test when an outcome breaks the contract.
func (y *tally) check(out reeve.Outcome) string {
	known := false
	for _, s := range reeve.Statuses {
		known = known || out.Status == s
	}
	reason := false
	for _, r := range reeve.Reasons {
		reason = reason || out.Reason == r
	}
	switch {
	case y.fault != "":
		return y.fault
	case !known || !reason:
		return fmt.Sprintf("status %q reason %q", out.Status, out.Reason)
	case out.Status != reeve.StatusRead && out.Reason == reeve.ReasonNone:
		return "not read, and no reason"
	case out.Reason == reeve.ReasonCrash:
		return "its reader panicked"
	case out.Status == reeve.StatusRead && y.letters == 0 && y.embedded == 0 && out.Reason == reeve.ReasonNone && !out.Container:
		return "read, but nothing came and no reason"
	}
	return ""
}

// TestReadCorpus reads every file of the folders whose formats this room owns.
func TestReadCorpus(t *testing.T) {
	root := formattest.Corpus(t, "files")
	statuses := map[string]int{}
	for _, dir := range []string{"tika/text", "tika/html", "tika/xml", "tika/mail", "tika/mixed", "tika/news", "tika/sqlite", "tika/image", "enmime", "tika/microsoft", "format-corpus/office", "poi/hmef/quick-contents"} {
		filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			src := openSource(t, path)
			typ := Identify(src)
			y := &tally{}
			out := Read(typ, src, Options{}, y)
			rel, _ := filepath.Rel(root, path)
			if bad := y.check(out); bad != "" {
				t.Errorf("%s (%s): %s", rel, typ.Name, bad)
			}
			statuses[string(out.Status)+" "+string(out.Reason)]++
			if testing.Verbose() {
				t.Logf("%-60s %-12s %s %s letters %d rows %d embedded %d", rel, typ.Name, out.Status, out.Reason, y.letters, y.rows, y.embedded)
			}
			return nil
		})
	}
	t.Log(statuses)
}
