package account

import (
	"net/http/httptest"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestInABrowser walks from the one-time link to a second user and back through
// the door, and looks at every page on a narrow screen.
func TestInABrowser(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	server := httptest.NewServer(w.house)
	t.Cleanup(server.Close)
	token, err := FirstLink(t.Context(), w.db)
	if err != nil {
		t.Fatal(err)
	}
	b := browser.Open(t)
	look := func(name string) {
		t.Helper()
		b.Shot("account-" + name)
		b.Size(320, 640) // where pages break first
		b.Accessible()
		b.Shot("account-" + name + "-narrow")
		b.Size(1200, 900)
	}
	b.Go(server.URL + LinkPath(token))
	look("first")
	secret := browser.Eval[string](b, `document.querySelector('[name=code_secret]').value`)
	b.Submit("form .govuk-button", "name", "Ada Byron", "sign_in", "ada", "password", "short", "password_again", "short", "code", "1")
	look("first-faults")
	b.Submit("main form .govuk-button", "password", goodPassword, "password_again", goodPassword, "code", codeAt(t, secret, w.clock.Now()))
	look("codes")
	w.write(func(tx *db.Tx) error {
		_, err := record.Append(tx, record.Leaf{Actor: program, Verb: "sweep", Object: "exhibit 1", Rows: 4405, Line: "Swept an exhibit"})
		return err
	})
	w.addStaff("grace", []string{"E09000033"}, Senior, Scribe)
	for name, path := range map[string]string{"me": "/me", "factor": "/me/second-factor", "password": "/me/password", "staff": "/staff", "invite": "/staff/new",
		"settings": "/staff/settings", "policy": "/staff/policy?role=dpo", "record": "/record", "sealed": "/sealed", "reads": "/sealed/reads"} {
		b.Go(server.URL + path)
		look(name)
	}
	b.Go(server.URL + "/sealed")
	b.Submit("main form .govuk-button", "person", sealed, "reason", "A call about her safety")
	look("asked")
	b.Follow("header button")
	look("sign-in")
	b.Submit("main form .govuk-button", "name", "ada", "password", goodPassword)
	look("code")
}
