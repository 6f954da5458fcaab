package incident

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
)

const entryColumns = keptColumns + ", happened, known, kind, source, title, note, state, why"

func scanEntry(row db.Row) (e Entry, err error) {
	return e, row.Scan(e.into(&e.Happened, &e.Known, &e.Kind, &e.Source, &e.Title, &e.Note, &e.State, &e.Why)...)
}

// addEntry keeps the next version of an entry; see keep.
func addEntry(tx *db.Tx, e *Entry, seen int64) error {
	if err := keep(tx, "incident_entry", &e.Kept, seen); err != nil {
		return err
	}
	row := e.row(e.Happened, e.Known, e.Kind, e.Source, e.Title, e.Note, e.State, e.Why, e.folded())
	_, err := tx.Exec("INSERT INTO incident_entry ("+entryColumns+", words) VALUES ("+marks(len(row))+")", row...)
	return err
}

// entryQuery says which entries to list, the latest event first.
type entryQuery struct {
	Sight  Sight
	Kind   string
	Words  []string // all of them, folded
	From   int64    // event time, seconds UTC; 0: any
	Until  int64    // exclusive; 0: any
	Before entryPlace
	Limit  int
}

// entryPlace is a place in the order of entries; the zero value is the newest end.
type entryPlace struct{ Happened, ID int64 }

// listEntries gives entries in their versions of now.
func listEntries(tx *db.Tx, q entryQuery) ([]Entry, error) {
	condition, args := q.condition()
	if q.Before.ID > 0 {
		condition += " AND (e.happened < ? OR e.happened = ? AND e.id < ?)"
		args = append(args, q.Before.Happened, q.Before.Happened, q.Before.ID)
	}
	return db.All(tx, scanEntry, "SELECT "+entryColumns+" FROM incident_entry e WHERE "+condition+
		" ORDER BY e.happened DESC, e.id DESC LIMIT ?", append(args, q.Limit)...)
}

// countEntries counts what a query finds.
func countEntries(tx *db.Tx, q entryQuery) (n int64, err error) {
	condition, args := q.condition()
	err = tx.One([]any{&n}, "SELECT COUNT(*) FROM incident_entry e WHERE "+condition, args...)
	return n, err
}

func (q entryQuery) condition() (string, []any) {
	condition, args := q.Sight.where(KindEntry, "e", "id")
	condition = "e.latest = 1 AND " + condition
	add := func(more string, arg any) {
		condition += " AND " + more
		args = append(args, arg)
	}
	if q.Kind != "" {
		add("e.kind = ?", q.Kind)
	}
	if q.From > 0 {
		add("e.happened >= ?", q.From)
	}
	if q.Until > 0 {
		add("e.happened < ?", q.Until)
	}
	for _, w := range q.Words {
		add("e.words LIKE ?", "%"+w+"%")
	}
	return condition, args
}

// askedWords are the words of a question, folded, as "LIKE" takes them: a fold
// holds neither of its wildcards.
func askedWords(asked string) []string {
	return strings.Fields(strings.Map(func(c rune) rune {
		if c == '%' || c == '_' || c == '\\' {
			return ' '
		}
		return c
	}, lex.Fold(asked)))
}

// entryVersions gives all versions of an entry, the newest first;
// reeve.NotFound for none, or if the newest may not be seen.
func entryVersions(tx *db.Tx, id int64, s Sight) ([]Entry, error) {
	all, err := db.All(tx, scanEntry, "SELECT "+entryColumns+" FROM incident_entry WHERE id = ? ORDER BY version DESC", id)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, reeve.NotFound
	}
	return seen(tx, s, KindEntry, all, func(e Entry) Kept { return e.Kept })
}

// seen keeps those versions of an object that may be seen; reeve.NotFound if
// the newest, which is the first, is not among them.
func seen[T any](tx *db.Tx, s Sight, kind string, versions []T, kept func(T) Kept) ([]T, error) {
	shared, err := sharedWithOf(tx, kind, kept(versions[0]).ID)
	if err != nil {
		return nil, err
	}
	var all []T
	for i, v := range versions {
		sees := s.Sees(kept(v).Mark, shared...)
		if i == 0 && !sees {
			return nil, reeve.NotFound
		}
		if sees {
			all = append(all, v)
		}
	}
	return all, nil
}
