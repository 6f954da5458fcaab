package publish

import (
	"context"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// TestDeskNamesEachTextOnce: the council's details and the page that shows them
// have titles of their own, also where the details were kept under the page's.
func TestDeskNamesEachTextOnce(t *testing.T) {
	for _, kept := range []string{titleCouncil, "Contact and emergency numbers"} {
		g := newRig(t, dbtest.SQLite(t), Deps{})
		g.open(t)
		err := g.db.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE publish_text SET title = ? WHERE slug = ?", kept, slugCouncil)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		shown := ask(t, g.desk, "GET", "/public").Body.String()
		for _, title := range []string{titleCouncil, "Contact and emergency numbers"} {
			if n := strings.Count(shown, ">"+title+"</a>"); n != 1 {
				t.Errorf("details kept as %q: the desk lists %q %d times", kept, title, n)
			}
		}
	}
}
