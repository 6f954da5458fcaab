package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
)

// Explanation is why a person is on the list: who, what, and every link with
// its evidence. Values are masked as in the lists.
type Explanation struct {
	Person   string   // the id that stands now
	Asked    string   // the id asked for, if a redirect led here
	Cells    []string // the row of the people list
	Reasons  []string // of severity, signals, completeness
	Links    []ExplainedLink
	Decided  []string // human decisions that name the person's records or mentions
	Unplaced int      // mentions of the same household that could not be told apart
}

// ExplainedLink is one link: where the mention stands, what it says, and why it
// is tied to the person.
type ExplainedLink struct {
	Mention   string
	Exhibit   string
	Item      string
	Place     string
	Posterior string
	Findings  []ExplainedFinding
	linkage.Explanation
}

// ExplainedFinding is one value of a mention.
type ExplainedFinding struct {
	Place, Kind, Confidence, Value, Rule, Capacity string
}

// maxExplained bounds the links shown of one person; the rest are counted.
const maxExplained = 25

// Explain tells why a person is on the list. An id that is unknown and one that
// is sealed answer alike.
func (c *Case) Explain(ctx context.Context, id string, opt ListOptions) (*Explanation, error) {
	params, err := c.params(ctx)
	if err != nil {
		return nil, err
	}
	var e *Explanation
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		v := &view{tx: tx, opt: opt}
		if err := v.prepare(); err != nil {
			return err
		}
		p, err := personOf(tx, id, opt.Sealed)
		if err != nil {
			return err
		}
		e = &Explanation{Person: p.id, Reasons: strings.Split(p.reasons, "\n")}
		if p.id != id {
			e.Asked = id
		}
		place, err := v.printedPlace(p)
		if err != nil {
			return err
		}
		e.Cells = v.personCells(p, place)
		if e.Links, err = v.explainLinks(p.id, params); err != nil {
			return err
		}
		e.Decided, err = v.decisionsOn(p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	return e, nil
}

// printedPlace is a person's priority among the rows that may be seen.
func (v *view) printedPlace(p personRow) (int, error) {
	n := 0
	query := "SELECT COUNT(*) FROM person WHERE place <= ?"
	if !v.opt.Sealed {
		query += " AND sealed = 0"
	}
	return n, v.tx.One([]any{&n}, query, p.place)
}

func (v *view) explainLinks(person string, params *linkage.Params) ([]ExplainedLink, error) {
	type row struct {
		document int64
		ordinal  int64
		link     reeve.Link
		digest   string
	}
	rows, err := db.All(v.tx, func(r db.Row) (x row, err error) {
		var posterior int64
		var rivals string
		err = r.Scan(&x.document, &x.ordinal, &x.link.Mention, &posterior, &x.link.Weight, &x.link.Levels, &rivals, &x.link.Decided, &x.digest)
		x.link.Person, x.link.Posterior = person, float64(posterior)/1e6
		if err == nil {
			err = json.Unmarshal([]byte(rivals), &x.link.Rivals)
		}
		return x, err
	}, `SELECT l.document, l.ordinal, m.mark, l.posterior, l.weight, l.levels, l.rivals, l.decided, d.digest FROM link l
		JOIN mention m ON m.document = l.document AND m.ordinal = l.ordinal JOIN document d ON d.id = l.document
		WHERE l.person = ? ORDER BY l.posterior DESC, m.mark`, person)
	if err != nil {
		return nil, err
	}
	var out []ExplainedLink
	for _, x := range rows[:min(len(rows), maxExplained)] {
		v.hideRivals(&x.link)
		at := v.first[x.digest]
		l := ExplainedLink{Mention: x.link.Mention, Exhibit: at.exhibit, Item: v.path(at), Posterior: probability(int64(x.link.Posterior*1e6 + 0.5)),
			Explanation: linkage.Explain(x.link, params)}
		if l.Findings, err = v.mentionFindings(x.document, x.ordinal); err != nil {
			return nil, err
		}
		if len(l.Findings) > 0 {
			l.Place = l.Findings[0].Place
		}
		out = append(out, l)
	}
	return out, nil
}

// hideRivals leaves sealed people out of a competition.
func (v *view) hideRivals(l *reeve.Link) {
	var seen []reeve.Rival
	for _, r := range l.Rivals {
		if v.visible(r.Person) {
			seen = append(seen, r)
		}
	}
	l.Rivals = seen
}

func (v *view) mentionFindings(document, ordinal int64) ([]ExplainedFinding, error) {
	return db.All(v.tx, func(r db.Row) (f ExplainedFinding, err error) {
		var held, capacity int64
		err = r.Scan(&f.Place, &f.Kind, &f.Confidence, &f.Value, &f.Rule, &capacity, &held)
		if held != 0 {
			f.Confidence = reeve.ConfidenceA.String()
		}
		f.Capacity = reeve.Capacity(capacity).String()
		f.Value = v.mask(reeve.Kind(f.Kind), f.Value)
		return f, err
	}, "SELECT place, kind, confidence, value, rule, capacity, held FROM finding WHERE document = ? AND mention = ? AND negated = 0 ORDER BY n", document, ordinal)
}

// decisionsOn lists the human decisions that name a person.
func (v *view) decisionsOn(p personRow) ([]string, error) {
	all, err := decisionsNaming(v.tx, p.id)
	var out []string
	for _, d := range all {
		words := fmt.Sprintf("%s is %s as %s", d.A, d.What, d.B)
		if d.What == withdrawn {
			words = "withdraws decision " + d.A
		}
		out = append(out, fmt.Sprintf("decision %d: %s (by %s, %s)", d.ID, words, d.Actor, stamp(d.At)))
	}
	return out, err
}

// params are the parameters that the lists were made with.
func (c *Case) params(ctx context.Context) (*linkage.Params, error) {
	have, err := c.settings(ctx)
	if err != nil {
		return nil, err
	}
	if have[settingParams] == "" {
		return nil, nil
	}
	var p linkage.Params
	if err := json.Unmarshal([]byte(have[settingParams]), &p); err != nil {
		return nil, errors.Join(errors.New("the case's parameters cannot be read"), reeve.Invalid)
	}
	return &p, nil
}
