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

// seesItem reports whether a visitor of some councils may see an item: somebody
// of theirs is in it, or the case's rules give its folder to one of them, or
// nobody is in it and the case is theirs.
func (s Scope) seesItem(tx *db.Tx, document int64, at itemPath) (bool, error) {
	if s.Councils == nil {
		return true, nil
	}
	councils := ""
	err := tx.One([]any{&councils}, "SELECT councils FROM document_tally WHERE document = ?", document)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return false, err
	}
	if councils != "" && s.seesCouncil(councils) {
		return true, nil
	}
	var rules, council string
	err = tx.Each(func(row db.Row) error {
		var name, value string
		err := row.Scan(&name, &value)
		if name == settingCouncil {
			council = value
		} else {
			rules = value
		}
		return err
	}, "SELECT name, value FROM setting WHERE name IN (?, ?)", settingCouncil, settingControllers)
	if err != nil {
		return false, err
	}
	if by := controllerOf(decodeControllers(rules), at, nil); by != "" {
		return slices.Contains(s.Councils, by), nil
	}
	return councils == "" && slices.Contains(s.Councils, or(council, "unknown")), nil
}

// readable says whether the text of a document may be shown: reeve.NotFound
// where nothing of it may be seen, reeve.Denied where it holds a sealed person.
func (s Scope) readable(tx *db.Tx, document int64) error {
	if s.Councils != nil {
		places, err := db.All(tx, func(row db.Row) (p itemPath, err error) { return p, row.Scan(&p.exhibit, &p.path) },
			"SELECT e.name, i.path FROM document d JOIN item i ON i.digest = d.digest JOIN exhibit e ON e.id = i.exhibit WHERE d.id = ? ORDER BY e.name, i.path LIMIT 100", document)
		if err != nil {
			return err
		}
		seen := false
		for _, p := range places {
			if seen, err = s.seesItem(tx, document, p); seen || err != nil {
				break
			}
		}
		if err != nil {
			return err
		}
		if !seen {
			return errNoItem
		}
	}
	hidden, err := s.hides(tx, document)
	if err == nil && hidden {
		return errHidden
	}
	return err
}
