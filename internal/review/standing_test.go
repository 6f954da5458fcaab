package review

import (
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

// neverSaid are words that no sentence about what was taken may hold.
var neverSaid = regexp.MustCompile(`(?i)\bonly\b|not affected|historical|no risk|no evidence|merely|just\b`)

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		name string
		s    progressed
		want []string
	}{
		{"nothing held", progressed{}, []string{"We hold no copied files yet", "do not know whose data"}},
		{"begun", progressed{Standing: sweep.Standing{Items: 1204, Read: 1100, PartlyRead: 40, NotRead: 64, PagesUnread: 312, People: 3210, Sealed: "0"}},
			[]string{"1,204 files and messages", "1,100 in full, 40 in part and 64 not yet", "3,210 people", "312 pages are still unread", "told nobody"}},
		{"all read", progressed{Standing: sweep.Standing{Items: 1, Read: 1, Sealed: "0"}}, []string{"1 file or message", "read all", "nobody’s data in them so far", "can still change"}},
		{"gaps and sealed", progressed{Standing: sweep.Standing{Items: 10, Read: 10, Listed: 3, People: 5, Sealed: "fewer than 10"}, Judged: 2, Told: 1},
			[]string{"3 files known to have been taken are not in our hands", "special protection who are counted apart", "told 1 person"}},
		{"sealed alone", progressed{Standing: sweep.Standing{Items: 10, Read: 10, Sealed: "12"}}, []string{"data of 0 people", "special protection"}},
	} {
		got := sentenceOf(c.s)
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q does not say %q", c.name, got, w)
			}
		}
		if strings.Count(got, ". ") > 0 || !strings.HasSuffix(got, ".") {
			t.Errorf("%s: %q is not one sentence", c.name, got)
		}
	}
}

// TestSentenceNeverPlaysDown: of every standing, the sentence keeps out words
// that would tell somebody that they need not care, and always says that it is
// not the end.
func TestSentenceNeverPlaysDown(t *testing.T) {
	few := []int64{0, 1, 7, 1000}
	for _, items := range few {
		for _, unread := range few {
			for _, people := range few {
				for _, told := range few {
					for _, sealed := range []string{"0", "fewer than 10", "40"} {
						s := progressed{Standing: sweep.Standing{Items: items + unread, Read: items, NotRead: unread, PagesUnread: unread * 2, People: people, Sealed: sealed}, Told: told}
						got := sentenceOf(s)
						if m := neverSaid.FindString(got); m != "" {
							t.Fatalf("%q says %q", got, m)
						}
						if !regexp.MustCompile(`change|do not know`).MatchString(got) {
							t.Fatalf("%q does not say that it is not the end", got)
						}
					}
				}
			}
		}
	}
}

func TestEveryReasonHasAdvice(t *testing.T) {
	for _, r := range reeve.Reasons {
		if w, ok := reasonTable[r]; !ok || w.Means == "" || !strings.HasSuffix(w.Do, ".") {
			t.Errorf("reason %q: %+v", r, w)
		}
	}
	for _, s := range reeve.Statuses {
		for _, r := range append([]reeve.Reason{"some-new-code"}, reeve.Reasons...) {
			if meaning(s, r) == "" || advice(s, r) == "" {
				t.Errorf("%s, %s: no words", s, r)
			}
		}
	}
	if got := advice(reeve.StatusNeedsOCR, reeve.ReasonNoOCR); !strings.Contains(got, "tesseract") {
		t.Error(got)
	}
}

func TestBars(t *testing.T) {
	p := picture{Bars: []bar{{"a", `<script>"&`, 3}, {"b", strings.Repeat("é", 80), 1_000_000}, {"c", "nobody", 0}}}
	got := string(p.SVG())
	for _, never := range []string{"<script", "style=", "NaN", `width="-`} {
		if strings.Contains(got, never) {
			t.Errorf("%s holds %q", got, never)
		}
	}
	for _, want := range []string{"&lt;script&gt;", "1,000,000", `aria-hidden="true"`, `width="330"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s does not hold %q", got, want)
		}
	}
}

func TestPicturesLeaveOutTheEmpty(t *testing.T) {
	s := sweep.Standing{Lanes: []sweep.Count{{Value: "other", N: 4}, {Value: "safety", N: 2}}, Newest: []sweep.Count{{Value: "", N: 1}, {Value: "2019", N: 5}}}
	got := picturesOf(s)
	if len(got) != 2 || got[0].Bars[0].Code != "safety" || got[1].Bars[0].Words != "No date in the content" {
		t.Errorf("%+v", got)
	}
}
