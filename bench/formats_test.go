package main

import (
	"testing"
)

// TestRecallWords: what of a reference's words counts, and how a file is judged
// by them.
func TestRecallWords(t *testing.T) {
	s := &specimen{path: "a.docx", typ: "docx", got: &gathering{words: map[string]int{}, rows: map[string]int{}, notes: true}}
	countWords(s.got.words, "Dear Ms Sample, the ﬂat at 12 Acacia Road is yours from 5 March 2001")
	r := &recallTally{reference: "other 1"}
	r.add(s, "Dear Ms Sample1, the flat at 12 Acacia Roadiv is yours from 5 March 2001")
	r.add(s, "Dear Ms Sample, another letter about something else")
	r.add(s, "too few words")
	if r.compared != 2 || r.good != 1 || len(r.missed) != 1 {
		t.Errorf("compared %d, good %d, missed %q", r.compared, r.good, r.missed)
	}
	if got := r.text(); got != "other 1: 1 of 2 (50.0 %), without digits 1 of 2" {
		t.Error(got)
	}
}

func TestReferenceTexts(t *testing.T) {
	flat := `<office:document><office:meta>maker</office:meta><office:body><text:p>One<text:s/>two &amp; three</text:p>` +
		`<text:date style="x">22/11/2026</text:date><office:binary-data>QUJD</office:binary-data><text:p>four</text:p></office:body></office:document>`
	if got := string(slideText([]byte(flat))); got != "One\ntwo & three\nfour\n" {
		t.Errorf("slides: %q", got)
	}
	if got := string(ownWords.ReplaceAll([]byte("Err:502,#VALUE!,5,Error 5"), nil)); got != ",,5,Error 5" {
		t.Errorf("own words: %q", got)
	}
}

// TestAccountable: a file that gave nothing and says nothing is missed.
func TestAccountable(t *testing.T) {
	empty := func(out string) *specimen {
		s := &specimen{got: &gathering{words: map[string]int{}, rows: map[string]int{}}}
		s.outcome.Status = "read"
		if out != "" {
			s.outcome.Reason = "no-text"
		}
		return s
	}
	if got := accountable([]*specimen{empty("no-text")}); got != "text of 0, a reason of 1: all files" {
		t.Error(got)
	}
	if got := accountable([]*specimen{empty(""), empty("no-text")}); got != "text of 0 and a reason of 1 of 2 files" {
		t.Error(got)
	}
}
