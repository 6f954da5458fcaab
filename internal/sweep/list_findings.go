package sweep

import (
	"cmp"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

var findingsList = List{
	Name:    "findings",
	Columns: []string{"exhibit", "item", "place", "kind", "category", "confidence", "value", "person", "rule", "household", "mention"},
	rows:    findingRows,
}

// findingView is a finding on the way to its row.
type findingView struct {
	block, line, col, first          int64
	place, kind, confidence, value   string
	person, rule, household, mention string
	held                             int64
}

// findingRows lists findings document by document, each document under its
// first item.
func findingRows(v *view, emit func([]string) error) error {
	type doc struct {
		at itemPath
		id int64
	}
	var docs []doc
	err := v.eachItem(func(m itemView) error {
		if m.first && m.document != 0 {
			docs = append(docs, doc{at: m.at, id: m.document})
		}
		return nil
	})
	if err != nil {
		return err
	}
	homes, err := v.homeOfPeople()
	if err != nil {
		return err
	}
	for _, d := range docs {
		found, err := v.findingsOf(d.id)
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.person != "" && !v.visible(f.person) {
				continue
			}
			if f.person != "" && f.household == "" {
				f.household = homes[f.person]
			}
			kind := reeve.Kind(f.kind)
			confidence := f.confidence
			if f.held != 0 {
				confidence = reeve.ConfidenceA.String()
			}
			err := emit([]string{d.at.exhibit, v.path(d.at), f.place, f.kind, string(kind.Category()), confidence, v.mask(kind, f.value),
				f.person, f.rule, f.household, f.mention})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *view) homeOfPeople() (map[string]string, error) {
	homes := make(map[string]string)
	err := v.tx.Each(func(row db.Row) error {
		var person, home string
		err := row.Scan(&person, &home)
		homes[person] = home
		return err
	}, "SELECT id, household FROM person")
	return homes, err
}

func (v *view) findingsOf(document int64) ([]findingView, error) {
	found, err := db.All(v.tx, func(row db.Row) (f findingView, err error) {
		return f, row.Scan(&f.block, &f.line, &f.col, &f.first, &f.place, &f.kind, &f.confidence, &f.value, &f.rule, &f.held, &f.person, &f.household, &f.mention)
	}, `SELECT f.block, f.line, f.col, f.first, f.place, f.kind, f.confidence, f.value, f.rule, f.held, COALESCE(l.person, ''), COALESCE(l.household, ''),
		COALESCE(m.mark, '') FROM finding f LEFT JOIN link l ON l.document = f.document AND l.ordinal = f.mention AND f.mention > 0
		LEFT JOIN mention m ON m.document = f.document AND m.ordinal = f.mention AND f.mention > 0
		WHERE f.document = ? AND f.negated = 0`, document)
	slices.SortStableFunc(found, func(a, b findingView) int {
		return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(a.line, b.line), cmp.Compare(a.col, b.col), cmp.Compare(a.first, b.first),
			cmp.Compare(a.kind, b.kind), cmp.Compare(a.person, b.person), cmp.Compare(a.rule, b.rule), cmp.Compare(a.mention, b.mention))
	})
	return found, err
}
