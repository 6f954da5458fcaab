package sweep

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// hiddenDocuments are those of some documents that hold a sealed person who is
// not opened to the visitor.
func (s Scope) hiddenDocuments(tx *db.Tx, documents iter.Seq[int64]) (map[int64]bool, error) {
	hidden := make(map[int64]bool)
	var args []any
	flush := func() error {
		if len(args) == 0 {
			return nil
		}
		err := tx.Each(func(row db.Row) error {
			var id int64
			var person string
			err := row.Scan(&id, &person)
			if !slices.Contains(s.Opened, person) {
				hidden[id] = true
			}
			return err
		}, "SELECT document, person FROM sealed_document WHERE document IN ("+marks(len(args))+")", args...)
		args = args[:0]
		return err
	}
	for id := range documents {
		if args = append(args, id); len(args) == 100 {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	return hidden, flush()
}

// hides reports whether one document is hidden from the visitor.
func (s Scope) hides(tx *db.Tx, document int64) (bool, error) {
	hidden, err := s.hiddenDocuments(tx, func(yield func(int64) bool) { yield(document) })
	return hidden[document], err
}

// hiddenPath is what is printed for the path of an item that holds a sealed
// person.
func hiddenPath(tx *db.Tx, item int64) (string, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT n FROM hidden_item WHERE item = ?", item)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return "", err
	}
	return hiddenName(n), nil
}

func hiddenName(n int64) string { return fmt.Sprintf("«hidden-%d»", n) }

// errHidden is the answer to whoever wants to read a document that holds a
// sealed person.
var errHidden = reeve.WithHint(fmt.Errorf("the document holds a sealed person: %w", reeve.Denied), "Ask for the person to be opened to you.")
