package review

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// noticeWays are the ways of notices in words.
var noticeWays = map[string]string{"post": "by post", "email": "by e-mail", "text": "by text message", "hand": "by hand", "call": "by telephone", "worker": "through their worker"}

// doubtWords are what made a way doubtful.
var doubtWords = map[string]string{"returned": "a letter came back", "permanent-failure": "the address or number does not exist", "wrong-number": "the number is not theirs",
	"moved": "they do not live there", "asked-for-letter": "they asked for a letter", "not-theirs": "the worker is not theirs any more", "not-safe": "it was not safe to tell them"}

// Words say what made a way doubtful.
func (d doubtRow) Words() string {
	words := doubtWords[d.Why]
	if words == "" {
		words = "it did not arrive"
	}
	return sentence(words) + ", " + noticeWays[d.How]
}

// noticeOutcomes are what became of a notice, in words.
var noticeOutcomes = map[string]string{"on-its-way": "on its way", "arrived": "arrived, as far as can be told", "returned": "came back", "failed": "did not arrive"}

// tryWords are what came of a try to tell somebody.
var tryWords = map[string]string{"told": "told", "no-answer": "nobody answered", "not-them": "somebody else answered", "later": "asked to be called at another time",
	"wrong-number": "the number is not theirs", "asked-for-letter": "asked for a letter", "declined": "did not want to be told", "not-safe": "it was not safe",
	"not-in": "not in", "moved": "does not live there", "not-yet": "the worker could not tell them yet", "not-theirs": "the worker is not theirs any more",
	"withdrawn": "it was entered in error that they were told"}

// sentNotice is a notice that left to a person.
type sentNotice struct {
	Run                                        int64
	Kind, How, Reference, Status, Outcome, Who string
	At, StatusAt                               int64
}

// noticeHistory is what was sent to a person, and what came of it: of everybody
// who was merged into them, too.
func noticeHistory(_ *Room, tx *db.Tx, _ *web.Request, p *sweep.PersonView) (lines []historyLine, err error) {
	before, err := formerly(tx, p.ID)
	if err != nil {
		return nil, err
	}
	people := append([]string{p.ID}, slices.Sorted(maps.Keys(before))...)
	sent, err := noticesTo(tx, people)
	if err != nil {
		return nil, err
	}
	for _, n := range sent {
		what := fmt.Sprintf("Notice %s %s, run %d: %s", n.Reference, noticeWays[n.How], n.Run, noticeOutcomes[n.Outcome])
		if n.Who != p.ID {
			what += " (to " + n.Who + ", before the two were merged)"
		}
		lines = append(lines, historyLine{At: n.At, Who: "a run of notices", What: what, Why: reeve.Private(sweep.KindText, settledWords(n))})
	}
	tries, err := triesOn(tx, people)
	return append(lines, tries...), err
}

// settledWords says when it was known what became of a notice.
func settledWords(n sentNotice) string {
	if n.Outcome == "" || n.Outcome == "on-its-way" || n.StatusAt == 0 {
		return ""
	}
	return "Known since " + dayWords(time.Unix(n.StatusAt, 0).In(london).Format(time.DateOnly)) + "."
}
