package notice

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var wordingPage = web.NewPage[wordingView](pages, "wording.html")

// wordingView is the form of what a council says in all its notices.
type wordingView struct {
	Council string           `json:"council"`
	W       Wording          `json:"wording"`
	Version int64            `json:"version"`
	Errors  []web.FieldError `json:"-"`
}

func (m *Room) wordingView(r *web.Request, council string) (v wordingView, err error) {
	v.Council = council
	if !sees(r.Visitor, council) {
		return v, fmt.Errorf("read wording: %w", reeve.NotFound)
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		v.W, v.Version, err = readWording(tx, council)
		return err
	})
	if isNotFound(err) {
		err = nil
	}
	return v, err
}

func (m *Room) wording(r *web.Request) (web.Answer, error) {
	v, err := m.wordingView(r, r.Ask("council"))
	return wordingPage.With("Wording", v), err
}

func (m *Room) writeWording(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.wordingView(r, f.Text("council", 40))
	if err != nil {
		return nil, err
	}
	need := func(field string) string { return f.Need(field, 1000, "Fill this in: letters need it") }
	v.W = Wording{Council: need("name"), Address: need("address"), Phone: need("phone"), Hours: need("hours"), Email: need("email"), Website: f.Text("website", 200),
		CheckPage: need("check_page"), DPO: need("dpo"), DPOEmail: need("dpo_email"), Signatory: need("signatory"), Role: need("role"), Line: need("worker_line"),
		Services: need("services"), Happened: need("happened"), Measures: need("measures"), Published: f.Text("published", 1000), Next: need("next"), Credit: f.Text("credit", 500)}
	for field, text := range map[string]string{"happened": v.W.Happened, "measures": v.W.Measures, "published": v.W.Published, "next": v.W.Next, "credit": v.W.Credit} {
		if bad, instead := NeverSaid(text); bad != "" {
			f.Fault(field, "A letter never says “"+bad+"”. Say "+instead)
		}
		if n, _ := longestSentence(text); n > mostWords {
			f.Fault(field, fmt.Sprintf("A sentence here has %d words: make it %d or fewer", n, mostWords))
		}
	}
	if bad := checkAddress(append([]string{v.W.Council}, strings.Split(v.W.Address, "\n")...)); v.W.Address != "" && bad != "" {
		f.Fault("address", "A letter would not come back to this address: "+said(string(bad)))
	}
	slices.SortStableFunc(f.Errors, func(a, b web.FieldError) int { return strings.Compare(a.Field, b.Field) })
	if !f.OK() {
		v.Errors = f.Errors
		return wordingPage.With("Wording", v).Faulty(f), nil
	}
	seen, err := strconv.ParseInt(f.Said("version"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("keep wording: %w", reeve.Invalid)
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "write", Object: "notice-wording:" + v.Council, Line: "What the council says in its notices was changed"},
			keepWording(tx, v.Council, &v.W, seen, r.Visitor.ID, r.Now.Unix())
	})
	return web.Redirect("/notices/wording", "Kept. Runs that are frozen from now on use it."), err
}
