package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/sweep"
)

// spot is a finding in a document.
type spot struct{ document, n int64 }

// release is that a finding of somebody else may be shown to a person.
type release struct {
	Why    string `json:"why"`
	ByName string `json:"by_name"`
	At     int64  `json:"at"`
}

// readReleases gives what was released to a person.
func readReleases(tx *db.Tx, person string) (map[spot]release, error) {
	all := make(map[spot]release)
	return all, tx.Each(func(row db.Row) error {
		var s spot
		var r release
		err := row.Scan(&s.document, &s.n, &r.Why, &r.ByName, &r.At)
		all[s] = r
		return err
	}, "SELECT document, n, why, user_name, at FROM sar_release WHERE person = ?", person)
}

// addRelease releases one finding; reeve.Conflict if it was released before.
func addRelease(tx *db.Tx, person string, s spot, why, user, name string, at int64) error {
	n, err := tx.Exec("INSERT INTO sar_release (person, document, n, why, user_, user_name, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		person, s.document, s.n, why, user, name, at)
	if err == nil && n == 0 {
		err = fmt.Errorf("release to a person: %w", reeve.Conflict)
	}
	return err
}

// dropRelease withholds again.
func dropRelease(tx *db.Tx, person string, s spot) error {
	n, err := tx.Exec("DELETE FROM sar_release WHERE person = ? AND document = ? AND n = ?", person, s.document, s.n)
	if err == nil && n == 0 {
		err = fmt.Errorf("withhold from a person: %w", reeve.NotFound)
	}
	return err
}

// withheld stands where something is left out. It has one length, whatever it
// stands for.
const withheld = "[withheld: about somebody else]"

// stretch is bytes of a text that are somebody else's.
type stretch struct{ first, last int64 }

// blotted is a text with what is others' left out, but for what is released. A
// value that is the person's own is shown, even where it is somebody else's too.
func blotted(text reeve.Sensitive, others, own []stretch) string {
	s := text.Reveal()
	black := make([]bool, len(s))
	paint := func(all []stretch, value bool) {
		for _, x := range all {
			for i := max(x.first, 0); i < min(x.last, int64(len(s))); i++ {
				black[i] = value
			}
		}
	}
	paint(others, true)
	paint(own, false)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case !black[i]:
			b.WriteByte(s[i])
		case i == 0 || !black[i-1]:
			b.WriteString(withheld)
		}
	}
	return strings.ToValidUTF8(b.String(), "")
}

// sarEntry is one passage as the pack prints it.
type sarEntry struct {
	kind     string
	place    string
	text     string
	cells    []paper.Fact
	values   []paper.Fact
	withheld int
}

// entryOf prints a passage for the person that it is about.
func entryOf(p *sweep.SubjectPassage, released map[spot]release) (e sarEntry) {
	e.kind, e.place = p.Type, p.Place
	for _, f := range p.Own {
		e.values = append(e.values, paper.Fact{Name: sentence(kindWords(reeve.Kind(f.Kind))), Value: f.Value.Reveal()})
	}
	slices.SortFunc(e.values, func(a, b paper.Fact) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value)) })
	e.values = slices.Compact(e.values)
	if p.Values {
		return e
	}
	others, own := make(map[int64][]stretch), make(map[int64][]stretch)
	for _, f := range p.Others {
		if _, ok := released[spot{p.Document, f.N}]; !ok {
			others[f.Col] = append(others[f.Col], stretch{f.First, f.Last})
			e.withheld++
		}
	}
	for _, f := range p.Own {
		own[f.Col] = append(own[f.Col], stretch{f.First, f.Last})
	}
	if len(p.Row) == 0 {
		e.text = blotted(p.Text, merge(others), merge(own))
		if p.Before {
			e.text = "… " + e.text
		}
		if p.After {
			e.text += " …"
		}
		return e
	}
	for i, cell := range p.Row {
		name := fmt.Sprintf("Column %d", i+1)
		if i < len(p.Header) && !p.Header[i].Empty() {
			name = p.Header[i].Reveal()
		}
		e.cells = append(e.cells, paper.Fact{Name: name, Value: blotted(cell, others[int64(i)], own[int64(i)])})
	}
	return e
}

// merge is all stretches of running text, whatever column they name.
func merge(by map[int64][]stretch) (all []stretch) {
	for _, s := range by {
		all = append(all, s...)
	}
	return all
}

// personFactsFor are what the register and the list hold of a person, for them.
func personFactsFor(p *sweep.PersonView) []paper.Fact {
	facts := []paper.Fact{{Name: "Number in this case", Value: p.ID}}
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, paper.Fact{Name: name, Value: value})
		}
	}
	add("Name", p.Name.Reveal())
	add("Date of birth", p.Born.Reveal())
	add("Address in the council’s register", strings.Trim(p.Address.Reveal()+", "+p.Postcode.Reveal(), ", "))
	for _, r := range p.Registers {
		add("Number in "+r.Register, r.ID.Reveal())
	}
	add("Who held the data", strings.Join(p.Controllers, ", "))
	add("Sorts of data found", enumerate(each(kindsOf(p.Kinds), kindWords), len(p.Kinds)))
	add("Circumstances that the papers speak of", enumerate(whyWords(p.Signals), len(p.Signals)))
	add("Oldest and newest date in the papers", strings.Trim(p.DataFrom+" to "+p.DataTo, " to"))
	return facts
}
