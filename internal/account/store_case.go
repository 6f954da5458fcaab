package account

import (
	"strings"

	"github.com/reeve-council/reeve/internal/db"
)

// openPeople gives those of some people who may be named to everybody who may
// see people: they are in the case and not sealed. With councils they must also
// be one of theirs.
func openPeople(tx *db.Tx, ids, councils []string) (map[string]bool, error) {
	named := make(map[string]bool)
	if len(ids) == 0 {
		return named, nil
	}
	query := "SELECT id FROM case_people WHERE sealed = 0 AND id IN (" + marks(len(ids)) + ")"
	args := anys(ids)
	if councils != nil {
		query += " AND EXISTS (SELECT 1 FROM case_controllers c WHERE c.person = case_people.id AND c.council IN (" + marks(len(councils)) + "))"
		args = append(args, anys(councils)...)
	}
	err := tx.Each(func(r db.Row) error {
		var id string
		err := r.Scan(&id)
		named[id] = true
		return err
	}, query, args...)
	return named, err
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

func anys(list []string) []any {
	all := make([]any, len(list))
	for i, s := range list {
		all[i] = s
	}
	return all
}
