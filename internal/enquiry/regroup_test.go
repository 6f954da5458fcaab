package enquiry

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// TestGroupsAreMergedAndSplit by staff, on both databases: the figures follow, and
// so do the reports that come later.
func TestGroupsAreMergedAndSplit(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		m, h := testRoom(t, Deps{Case: c, Limits: Limits{Sender: 100}})
		site := public(t, m)
		report := func(n int) {
			t.Helper()
			want(t, tell(t, site, "192.0.2.1:1", map[string]string{"way": "text", "words": variants[n] + ", reference " + newReference(), "copied": "yes"}, nil), 200)
			run(t, m)
		}
		report(0)
		report(0)
		report(1)
		want(t, get(t, h, "/scams"), 200, "<b>2</b> groups")
		want(t, post(t, h, "/scams/groups/2/merge", url.Values{"into": {"2"}}), 409)
		want(t, post(t, h, "/scams/groups/2/merge", url.Values{"into": {"99"}}), 404)
		want(t, post(t, h, "/scams/groups/2/merge", url.Values{}), 422, "Enter the number of the other group")
		want(t, post(t, h, "/scams/groups/2/merge", url.Values{"into": {"1"}}, "X-Deny", "write-scam"), 403)
		want(t, post(t, h, "/scams/groups/2/merge", url.Values{"into": {"1"}}), 303)
		want(t, get(t, h, "/scams"), 200, "<b>1</b> groups")
		report(1) // what the merged group was found by leads to the other now
		grouped := func(id int64) Cluster {
			return ask(t, c, func(tx *db.Tx) (Cluster, error) { return readCluster(tx, id) })
		}
		if g := grouped(1); g.Reports != 4 || g.Copied != 4 {
			t.Errorf("group 1 has %d reports, %d of them know things", g.Reports, g.Copied)
		}
		want(t, post(t, h, "/scams/groups/1/split", url.Values{}), 422, "Tick the reports")
		want(t, post(t, h, "/scams/groups/2/split", url.Values{"report": {"3"}}), 404)
		want(t, post(t, h, "/scams/groups/1/split", url.Values{"report": {"3", "4"}}), 303)
		if a, b := grouped(1), grouped(3); a.Reports != 2 || b.Reports != 2 {
			t.Errorf("after the split %d and %d", a.Reports, b.Reports)
		}
		want(t, post(t, h, "/scams/groups/3/draft", url.Values{"version": {fmt.Sprint(grouped(3).Version)}, "public_title": {"A text"}, "public_words": {"Look out."}}), 303)
		want(t, post(t, h, "/scams/groups/3/merge", url.Values{"into": {"1"}}), 409, "withdraw")
	})
}
