package review

import (
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// exhibit is a set of copied files: added in the browser, swept, or both.
type exhibit struct {
	Name     string      `json:"name"`
	Path     string      `json:"-"` // of this machine: for sweeps, not for pages
	From     string      `json:"from"`
	By       string      `json:"by"`
	Taken    reeve.Taken `json:"taken"`
	Called   string      `json:"called"`
	Digest   string      `json:"digest"` // of the whole exhibit once swept; before, of the upload
	Size     int64       `json:"size"`   // of the upload
	AddedBy  string      `json:"added_by"`
	Added    int64       `json:"added"`
	Uploaded bool        `json:"uploaded"`
	Swept    bool        `json:"swept"`

	// What was read of it; filled for pages.
	Items       int64 `json:"items"`
	Bytes       int64 `json:"bytes"`
	Read        int64 `json:"read"`
	PartlyRead  int64 `json:"partly_read"`
	NotRead     int64 `json:"not_read"`
	PagesUnread int64 `json:"pages_unread"`
}

// readExhibits gives every exhibit by name: those of the case, and those that
// wait for a sweep.
func readExhibits(tx *db.Tx) ([]exhibit, error) {
	return db.All(tx, func(row db.Row) (e exhibit, err error) {
		var size, added, swept *int64
		err = row.Scan(&e.Name, &e.Path, &e.From, &e.By, &e.Taken, &e.Called, &e.Digest, &size, &e.AddedBy, &added, &swept)
		e.Size, e.Added = number(size), number(added)
		e.Swept, e.Uploaded = number(swept) != 0, e.Called != ""
		return e, err
	}, `SELECT c.name, c.path, COALESCE(r.origin, c.origin), COALESCE(r.holder, c.holder), COALESCE(r.taken, c.taken), COALESCE(r.called, ''),
		c.digest, r.size, COALESCE(r.user_name, ''), r.kept, 1
		FROM case_exhibits c LEFT JOIN review_exhibit r ON r.name = c.name
		UNION ALL SELECT r.name, r.path, r.origin, r.holder, r.taken, r.called, r.digest, r.size, r.user_name, r.kept, 0
		FROM review_exhibit r WHERE NOT EXISTS (SELECT 1 FROM case_exhibits c WHERE c.name = r.name) ORDER BY 1`)
}

func number(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

// addExhibit keeps an exhibit for the next sweep; reeve.Conflict if the name is
// taken.
func addExhibit(tx *db.Tx, e exhibit, user string) error {
	if err := tx.Serialise("review: exhibit"); err != nil {
		return err
	}
	var there int64
	err := tx.One([]any{&there}, "SELECT 1 FROM case_exhibits WHERE name = ? UNION ALL SELECT 1 FROM review_exhibit WHERE name = ?", e.Name, e.Name)
	if err == nil {
		return fmt.Errorf("add exhibit: %w", errNameTaken)
	}
	if !errors.Is(err, reeve.NotFound) {
		return err
	}
	_, err = tx.Exec("INSERT INTO review_exhibit (name, path, origin, holder, taken, called, digest, size, user_id, user_name, kept) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e.Name, e.Path, e.From, e.By, e.Taken, e.Called, e.Digest, e.Size, user, e.AddedBy, e.Added)
	return err
}

// errNameTaken is the answer to a reference that another exhibit has.
var errNameTaken = fmt.Errorf("another exhibit has that reference: %w", reeve.Conflict)

// dropExhibit takes back an exhibit that no sweep has read; reeve.NotFound if
// there is none.
func dropExhibit(tx *db.Tx, name string) error {
	n, err := tx.Exec("DELETE FROM review_exhibit WHERE name = ? AND NOT EXISTS (SELECT 1 FROM case_exhibits c WHERE c.name = review_exhibit.name)", name)
	if err == nil && n == 0 {
		err = fmt.Errorf("take back exhibit: %w", reeve.NotFound)
	}
	return err
}
