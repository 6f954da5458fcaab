package review

import (
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// reportedAll are residents who reported the same of whoever is asked about.
type reportedAll []Reported

func (a reportedAll) Reported(*db.Tx, string) ([]Reported, error) { return a, nil }

func (a reportedAll) Misused(*db.Tx, sweep.Scope) (n int64, err error) {
	for _, r := range a {
		if r.Scam {
			n++
		}
	}
	return n, nil
}

// TestReportsOnThePageOfAPerson: that a scam uses what was copied is said first,
// and counted where the case stands; who may not see reports reads that it is so
// and gets no way to one.
func TestReportsOnThePageOfAPerson(t *testing.T) {
	c := testCase(t)
	id := somebody(t, c, sweep.Scope{})[0].ID
	_, none := testRoom(t, Deps{Case: c})
	if body := get(t, none, "/people/"+id).Body.String(); strings.Contains(body, "is being used") || strings.Contains(body, "What residents sent") {
		t.Error("a page says that residents sent something, and nobody did")
	}
	m, h := testRoom(t, Deps{Case: c, Residents: reportedAll{{Scam: true, ID: 7, Path: "/scams/7", At: 1}, {ID: 3, Path: "/enquiries/3", At: 1}}})
	want(t, get(t, h, "/people/"+id), 200, "is being used: 1 scam report", `href="/scams/7"`, `href="/enquiries/3"`)
	var piece reportPiece
	door := &webtest.Door{Visitor: &web.Visitor{ID: "reviewer", Name: "A Reviewer"}, Deny: []web.Verb{web.See}}
	house := webtest.House(t, door, web.Section{Routes: []web.Route{{Pattern: "GET /piece", Verb: web.Write, Object: web.ObjectPerson, Do: func(r *web.Request) (_ web.Answer, err error) {
		piece, err = m.reportPieceOf(r, id)
		return web.Redirect("/", ""), err
	}}}})
	want(t, get(t, house, "/piece"), 303)
	if piece.Misuse == "" || len(piece.Reports) != 1 || piece.Reports[0].Path != "" {
		t.Errorf("who may not see reports: %+v", piece)
	}
	want(t, get(t, h, "/standing"), 200, "reports of scams that use data that was copied")
	if strings.Contains(get(t, none, "/standing").Body.String(), "reports of scams") {
		t.Error("scams are counted where nobody takes reports")
	}
}
