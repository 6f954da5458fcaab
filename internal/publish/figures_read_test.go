package publish

import (
	"context"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// TestCheckingNeverSaysThatNothingIsLeft, and gives its day with every number.
func TestCheckingNeverSaysThatNothingIsLeft(t *testing.T) {
	for _, c := range []struct {
		unread, total int64
		want          string
	}{
		{0, 0, "Other files are still being checked."},
		{0, 100, "We are still checking what we have read (as of 12 January 2026)."},
		{1, 1_000_000, "About 1 % are still being checked (as of 12 January 2026)."},
		{4, 100, "About 4 % are still being checked (as of 12 January 2026)."},
		{999_999, 1_000_000, "About 99 % are still being checked (as of 12 January 2026)."},
	} {
		if got := (Read{c.unread, c.total, testNow.Unix()}).Checking(); got != c.want {
			t.Errorf("%d of %d: %q", c.unread, c.total, got)
		}
	}
	if got := ReadOf(sweep.Standing{Items: 10, Read: 7, PartlyRead: 1, NotRead: 2}, 5); got != (Read{3, 10, 5}) {
		t.Errorf("%+v", got)
	}
}

// TestWhoeverAsksIsToldWhatIsUnread: on both pages on which somebody asks, with
// the number that two people released and no other, and never that they are not
// affected.
func TestWhoeverAsksIsToldWhatIsUnread(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		counted := Read{4, 100, testNow.Unix()}
		g := newRig(t, d, Deps{Figures: func(context.Context, int64) (Figures, error) {
			return Figures{AsOf: testNow.Unix(), Source: "the review", Steps: []Step{{Title: "Files", N: 100}}, Read: counted}, nil
		}})
		g.open(t)
		says := func(sentence string) {
			t.Helper()
			for _, path := range []string{"/is-my-data-affected", "/faq"} {
				page := html.UnescapeString(ask(t, g.public(t), "GET", path).Body.String())
				if !strings.Contains(page, "we have not found you in the files we have been able to read so far. "+sentence+" We will write if that changes.") || strings.Contains(page, "[[") {
					t.Errorf("%s does not say %q:\n%s", path, sentence, page)
				}
			}
		}
		says("Other files are still being checked.")
		webtest.Post(t, g.desk, "/public/figures", url.Values{"version": {"0"}, "list": {"0"}, "note": {"Counted."}}, 303)
		says("Other files are still being checked.") // one person alone
		counted = Read{90, 100, testNow.Unix()}
		g.releaseAll(t)
		says("About 4 % are still being checked (as of 12 January 2026).")
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			read, err := ReleasedRead(tx, g.now.Unix())
			if read != (Read{4, 100, testNow.Unix()}) {
				t.Errorf("released: %+v", read)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
