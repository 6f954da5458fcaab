package review

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
)

// readItems gives a page of items in the order in which they were met. A path
// is «hidden-N» where the item holds a sealed person, and a folder asked for
// does not find it: who asks for one folder after the other must not learn where
// it lies.
func readItems(tx *db.Tx, f itemFilter, limit int) ([]itemLine, error) {
	where := []string{"i.id > ?"}
	args := []any{f.After}
	add := func(condition string, values ...any) {
		where = append(where, condition)
		args = append(args, values...)
	}
	if f.Exhibit != "" {
		add("i.exhibit = ?", f.Exhibit)
	}
	if f.Folder != "" {
		// "0" follows "/", so that this is every path below the folder; and the
		// members of an archive of that name.
		add("(i.path >= ? AND i.path < ? OR i.path >= ? AND i.path < ?) AND h.item IS NULL", f.Folder+"/", f.Folder+"0", f.Folder+"!/", f.Folder+"!0")
	}
	if f.Status != "" {
		add("i.status = ?", f.Status)
	}
	if f.Reason != "" {
		add("i.reason = ?", f.Reason)
	}
	return db.All(tx, func(row db.Row) (l itemLine, err error) {
		var hidden *int64
		err = row.Scan(&l.ID, &l.Exhibit, &l.Path, &l.Type, &l.Size, &l.Status, &l.Reason, &l.Detail, &l.Pages, &l.Digest, &hidden)
		if hidden != nil {
			l.Hidden, l.Path = true, fmt.Sprintf("«hidden-%d»", *hidden)
		}
		return l, err
	}, `SELECT i.id, i.exhibit, i.path, i.type, i.size, i.status, i.reason, i.detail, i.pages_unread, i.digest, h.n
		FROM case_items i LEFT JOIN case_hidden h ON h.item = i.id WHERE `+strings.Join(where, " AND ")+" ORDER BY i.id LIMIT "+fmt.Sprint(limit), args...)
}
