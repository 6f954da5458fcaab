package sweep

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve/internal/db"
)

// TriageRow is an item that somebody should look at, and why.
type TriageRow struct {
	Item     int64    `json:"item"`
	Document int64    `json:"document"`
	Exhibit  string   `json:"exhibit"`
	Path     string   `json:"path"` // «hidden-N» where it holds a sealed person
	Type     string   `json:"type"`
	Status   string   `json:"status"`
	Level    string   `json:"level"` // now, today, soon, routine
	Reasons  []string `json:"reasons"`
	People   int64    `json:"people"` // who may be seen
	Hidden   bool     `json:"hidden"`
}

// Triage gives the items to look at first, the most urgent first, at most limit
// (0: 50, most 500). Before the lists of a case are first written it is reckoned
// from what has been read so far.
func (c *Case) Triage(ctx context.Context, s Scope, limit int) ([]TriageRow, error) {
	limit = between(limit, 50, 500)
	out := []TriageRow{}
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		stamp, err := stampOf(tx)
		if err != nil {
			return err
		}
		if stamp.Lists == 0 {
			out, err = triageNow(tx, limit, s)
			return err
		}
		sight, err := s.sight(tx)
		if err != nil {
			return err
		}
		after, chunk := [2]int64{-1, 0}, limit
		if s.Councils != nil {
			chunk = triageChunk
		}
		for looked := 0; len(out) < limit && looked < triageLooked; looked += chunk {
			rows, err := s.triagePage(tx, sight, &after, chunk)
			if err != nil {
				return err
			}
			if rows == nil {
				return nil
			}
			out = append(out, rows[:min(len(rows), limit-len(out))]...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("show triage: %w", err)
	}
	return out, nil
}

// Bounds of what is looked at for a visitor of some councils, of whom the most
// urgent items of the case may show none.
const (
	triageChunk  = 1000
	triageLooked = 20_000
)

// triagePage reads the next rows behind a level and item; nil at the end. Rows
// of items that may not be seen are left out.
func (s Scope) triagePage(tx *db.Tx, sight *sight, after *[2]int64, limit int) ([]TriageRow, error) {
	type row struct {
		TriageRow
		level, n int64
		councils string
	}
	rows, err := db.All(tx, func(r db.Row) (x row, err error) {
		var reasons string
		err = r.Scan(&x.Item, &x.level, &x.Document, &reasons, &x.Exhibit, &x.Path, &x.Type, &x.Status, &x.People, &x.n, &x.councils)
		x.Reasons = cellList(reasons)
		return x, err
	}, `SELECT t.item, t.level, t.document, t.reasons, i.exhibit, i.path, i.type, i.status, COALESCE(d.people, 0), COALESCE(h.n, 0), COALESCE(d.councils, '') FROM
		(SELECT item, level, document, reasons FROM item_triage WHERE level > ? OR level = ? AND item > ? ORDER BY level, item LIMIT ?) t
		JOIN case_items i ON i.id = t.item LEFT JOIN document_tally d ON d.document = t.document LEFT JOIN hidden_item h ON h.item = t.item
		ORDER BY t.level, t.item`, after[0], after[0], after[1], limit)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	last := rows[len(rows)-1]
	*after = [2]int64{last.level, last.Item}
	hidden, err := s.hiddenDocuments(tx, func(yield func(int64) bool) {
		for i := range rows {
			if rows[i].n > 0 && !yield(rows[i].Document) {
				return
			}
		}
	})
	if err != nil {
		return nil, err
	}
	out := []TriageRow{}
	for i := range rows {
		x := &rows[i]
		if !sight.item(x.councils, itemPath{x.Exhibit, x.Path}) {
			continue
		}
		if x.Hidden = hidden[x.Document]; x.Hidden {
			x.Path = hiddenName(x.n)
		}
		x.Level = levelNames[min(max(x.level, 0), levelRoutine)]
		out = append(out, x.TriageRow)
	}
	return out, nil
}

// triageNow reckons triage from what has been read, while the first lists are
// still to come. A visitor of some councils waits for those.
func triageNow(tx *db.Tx, limit int, s Scope) ([]TriageRow, error) {
	out := []TriageRow{}
	if s.Councils != nil {
		return out, nil
	}
	v := &view{tx: tx}
	if err := v.prepare(); err != nil {
		return nil, err
	}
	sums, err := v.documentSums()
	if err != nil {
		return nil, err
	}
	levels := make(map[int64]int)
	err = v.eachItem(func(m itemView) error {
		var part *documentPart
		if d := sums[m.document]; d != nil {
			p := d.part()
			part = &p
		}
		level, reasons := triage(m.item, part)
		if level == levelRoutine {
			return nil
		}
		levels[m.id] = level
		out = append(out, TriageRow{Item: m.id, Document: m.document, Exhibit: m.at.exhibit, Path: v.path(m.at), Type: m.item.Type, Status: string(m.item.Status),
			Level: levelNames[level], Reasons: cellList(joined(reasons))})
		return nil
	})
	slices.SortStableFunc(out, func(a, b TriageRow) int { return cmp.Or(levels[a.Item]-levels[b.Item], cmp.Compare(a.Item, b.Item)) })
	return out[:min(limit, len(out))], err
}
