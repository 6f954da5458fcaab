package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/web"
)

// returnFile hands out a version in the order of the body's form.
func (m *Room) returnFile(r *web.Request) (web.Answer, error) {
	v, err := m.returnView(r)
	if err != nil {
		return nil, err
	}
	if err := must(r, web.Export, web.ObjectReturn, v.Mark); err != nil {
		return nil, err
	}
	if v.TLP == incident.Red {
		return nil, reeve.WithHint(fmt.Errorf("write return: %w", reeve.Denied), "what is marked red stays on the screen")
	}
	s := sheet{Title: v.form().Title, Subtitle: "To: " + v.To + ". " + v.Sort() + ", version " + fmt.Sprint(v.Number) + ".", Author: m.Author, Date: r.Now}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		leaving := incident.SightOf(r, web.ObjectFact).Leaving()
		cited, err := citedFacts(tx, leaving, v.Facts)
		s.Pieces = append(v.pieces(r.Now.Unix()), annex(cited)...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return m.handOut(r, s, fmt.Sprintf("%s-version-%d", v.Kind, v.Number), fmt.Sprintf("return:%d", v.ID), 0)
}

// pieces are a version as a document.
func (f Filing) pieces(now int64) []piece {
	all := []piece{{Pairs: f.facing(now)}}
	if f.State != sent {
		all = append(all, warning("Not sent: "+strings.ToLower(f.StateWords())+"."))
	}
	for _, p := range f.answered() {
		all = append(all, head(1, p.Title))
		for _, a := range p.Answers {
			all = append(all, head(2, a.Label))
			if a.Figures {
				all = append(all, f.Figures.pieces()...)
				continue
			}
			all = append(all, plain(cmp.Or(strings.Join(a.Lines, "\n"), "Not answered.")))
		}
	}
	return all
}

// facing is what stands on top of a return.
func (f Filing) facing(now int64) [][2]string {
	pairs := [][2]string{{"For", cmp.Or(f.Council, "the whole incident")}, {"State", f.StateWords()}}
	if f.form().Clock {
		pairs = append(pairs, [2]string{"Aware since", cmp.Or(shown(f.Aware), "not decided")})
		if h := f.hours(now); h >= 0 {
			pairs = append(pairs, [2]string{"Hours since aware", digits(h)})
		}
		if f.late(cmp.Or(f.SentAt, now)) {
			pairs = append(pairs, [2]string{"Reason for delay", cmp.Or(f.Answers["delay"], "not given")})
		}
	}
	for _, s := range f.Signed {
		pairs = append(pairs, [2]string{"Approved by", s.Name + ", " + shown(s.At)})
	}
	if f.State == sent {
		pairs = append(pairs, [2]string{"Sent", shown(f.SentAt) + ", " + f.SentHow + ", by " + f.SentName}, [2]string{"Reference", cmp.Or(f.Reference, "none given")})
	}
	return append(pairs, [2]string{"Marking", f.TLP.Label()}, [2]string{"Digest of the answers", f.sum()})
}

// pieces are the figures as tables, with where they come from; nil figures are
// none.
func (f *figures) pieces() []piece {
	if f == nil {
		return []piece{plain("Not yet known: no version of the list has been taken for it.")}
	}
	all := []piece{
		plain(fmt.Sprintf("Number of people: at least %s, likely %s, at most %s. Number of records: at least %s, likely %s, at most %s.",
			digits(f.People.Least), digits(f.People.Likely), digits(f.People.Most), digits(f.Records.Least), digits(f.Records.Likely), digits(f.Records.Most))),
		plain(fmt.Sprintf("People who have died are not among them: at least %s, likely %s, at most %s. %s of those who are may have died.",
			digits(f.Deceased.Least), digits(f.Deceased.Likely), digits(f.Deceased.Most), digits(f.Maybe))),
		small(fmt.Sprintf("All figures are counted from list version %d, frozen on %s, digest %s. At least: matched beyond reasonable doubt or confirmed by a person. Likely: those and probable matches. At most: those and possible matches. A record is one person's data in one document. %s were left out because a person judged that the data is not theirs or not personal. People whose records are sealed for their safety are in no figure.",
			f.List, shown(f.MadeAt), f.Digest, digits(f.Out))),
	}
	for _, split := range []struct {
		caption string
		rows    []slice
	}{{"How sure it is that the data was taken", f.Taken}, {"Types of people (somebody can be of several)", f.Type}, {"Categories of data (somebody can have several)", f.Category}} {
		t := table{Caption: split.caption, Columns: []string{"", "At least", "Likely", "At most"}, Numbers: []int{1, 2, 3}}
		for _, s := range split.rows {
			t.Rows = append(t.Rows, []string{s.Name, digits(s.Least), digits(s.Likely), digits(s.Most)})
		}
		all = append(all, piece{Table: &t})
	}
	for _, c := range f.Red {
		all = append(all, warning("When the list was frozen: "+c.Words+" Reason given: "+c.Why))
	}
	return all
}

// annex lists the facts that a document rests on, each in its version.
func annex(cited []citedFact) []piece {
	all := []piece{head(1, "Annex: facts that this rests on")}
	if len(cited) == 0 {
		return append(all, plain("It cites no fact of the ledger."))
	}
	t := table{Caption: "Facts, each in the version that was used", Columns: []string{"Version", "Fact", "Source", "As of", "How sure"}, Numbers: []int{0}}
	for _, c := range cited {
		sure := c.Confidence
		if !c.Stands {
			sure += "; changed since"
		}
		if c.Disputed {
			sure += "; contradicted by another fact"
		}
		t.Rows = append(t.Rows, []string{fmt.Sprint(c.Version), c.Claim, c.Source, shown(c.AsOf), sure})
	}
	return append(all, piece{Table: &t})
}
