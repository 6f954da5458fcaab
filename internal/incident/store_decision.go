package incident

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// decisionShelf is what was decided.
var decisionShelf = shelf[Decision, *Decision]{"incident_decision", KindDecision,
	"title, question, options, reason, authority, delegation, dissent, evidence, cites, decider, decided, review, state, why, words"}

func (d *Decision) places() []any {
	var unread string
	return []any{&d.Title, &d.Question, &d.Options, &d.Reason, &d.Authority, &d.Delegation, &d.Dissent, &d.Evidence, &d.Cites, &d.Decider, &d.Decided, &d.Review, &d.State, &d.Why, &unread}
}

func (d *Decision) cells() []any {
	return []any{d.Title, d.Question, d.Options, d.Reason, d.Authority, d.Delegation, d.Dissent, d.Evidence, d.Cites, d.Decider, d.Decided, d.Review, d.State, d.Why,
		foldAll(d.Title, d.Question, d.Options, d.Reason, d.Authority, d.Decider)}
}

// putDecision keeps the next version of a decision and what it cites. s is the
// sight of who writes: what they may not see they cannot cite.
func putDecision(tx *db.Tx, d *Decision, seen int64, s Sight) error {
	if err := decisionShelf.put(tx, d, seen); err != nil {
		return err
	}
	numbers, ok := d.cites()
	if !ok {
		return fmt.Errorf("cite facts: %w", reeve.Invalid)
	}
	for _, n := range numbers {
		f, err := factAt(tx, n)
		if err == nil {
			_, err = factShelf.find(tx, s, f.ID)
		}
		if err != nil {
			return reeve.WithHint(fmt.Errorf("cite facts: %w", reeve.Invalid), fmt.Sprintf("There is no fact with version number %d.", n))
		}
		err = Cite(tx, n, Object{Kind: KindDecision, ID: fmt.Sprint(d.ID), Title: d.Title, Path: path("/decisions", d.ID), Owner: d.CreatedBy, OwnerName: d.CreatedName, Mark: d.Mark, At: d.ChangedAt})
		if err != nil {
			return err
		}
	}
	return nil
}

// addAdvice keeps legal advice about a decision. It is never changed.
func addAdvice(tx *db.Tx, decision int64, a *Advice) error {
	if err := tx.Serialise("incident_advice"); err != nil {
		return err
	}
	if err := tx.One([]any{&a.Number}, "SELECT COALESCE(MAX(number), 0) + 1 FROM incident_advice"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO incident_advice (number, decision, advice, adviser, added_by, added_name, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		a.Number, decision, a.Text, a.Adviser, a.By, a.Name, a.At)
	return err
}

// adviceOn gives the legal advice about a decision, for those who may see legal
// advice.
func adviceOn(tx *db.Tx, decision int64) ([]Advice, error) {
	return db.All(tx, func(row db.Row) (a Advice, err error) {
		return a, row.Scan(&a.Number, &a.Text, &a.Adviser, &a.By, &a.Name, &a.At)
	}, "SELECT number, advice, adviser, added_by, added_name, added_at FROM incident_advice WHERE decision = ? ORDER BY number", decision)
}
