package report

import (
	"encoding/json"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

const memoColumns = "id, kind, audience, council, tlp, title, list, footer, digest, made_by, made_name, made_at"

func (p *Memo) into(more ...any) []any {
	return append([]any{&p.ID, &p.Kind, (*string)(&p.Audience), &p.Council, (*string)(&p.TLP), &p.Title, &p.List, &p.Footer, &p.Digest, &p.MadeBy, &p.MadeName, &p.MadeAt}, more...)
}

// readMemos gives the papers that were made, the newest first, without what
// stands in them.
func readMemos(tx *db.Tx) ([]Memo, error) {
	return db.All(tx, func(row db.Row) (p Memo, err error) { return p, row.Scan(p.into()...) },
		"SELECT "+memoColumns+" FROM report_paper ORDER BY made_at DESC, id DESC")
}

// readMemo gives one paper, whole; reeve.NotFound if there is none.
func readMemo(tx *db.Tx, id int64) (p Memo, err error) {
	var pieces string
	if err := tx.One(p.into(&pieces), "SELECT "+memoColumns+", pieces FROM report_paper WHERE id = ?", id); err != nil {
		return p, fmt.Errorf("read paper: %w", err)
	}
	if err := json.Unmarshal([]byte(pieces), &p.Pieces); err != nil {
		return p, fmt.Errorf("read paper %d: %w", id, err)
	}
	if p.sum() != p.Digest {
		return p, reeve.WithHint(fmt.Errorf("read paper %d: it is not as it was made: %w", id, reeve.Invalid), "the database was changed behind Reeve's back: tell whoever runs it")
	}
	p.Facts, err = db.All(tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) }, "SELECT fact FROM report_paper_fact WHERE paper = ? ORDER BY fact", id)
	return p, err
}

// addMemo keeps a paper and gives it its number and digest.
func addMemo(tx *db.Tx, p *Memo) error {
	if err := tx.Serialise("report_paper"); err != nil {
		return err
	}
	if err := tx.One([]any{&p.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM report_paper"); err != nil {
		return err
	}
	p.Digest = p.sum()
	_, err := tx.Exec("INSERT INTO report_paper ("+memoColumns+", pieces) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		p.ID, p.Kind, string(p.Audience), p.Council, string(p.TLP), p.Title, p.List, p.Footer, p.Digest, p.MadeBy, p.MadeName, p.MadeAt, packed(p.Pieces))
	if err != nil {
		return err
	}
	b := tx.LoadNew("report_paper_fact", "paper", "fact")
	for _, n := range p.Facts {
		if err := b.Add(p.ID, n); err != nil {
			return err
		}
	}
	return b.Close()
}
