package enquiry

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var groupPage = web.NewPage[groupView](pages, "scam_group.html")

// groupView is a group of reports and what the public may learn of it.
type groupView struct {
	Cluster
	Members []Report         `json:"members"`
	Next    string           `json:"next"`
	Forward Forward          `json:"forward"`
	May     bool             `json:"-"`
	MayOK   bool             `json:"-"` // approve: has the right, and did not write it
	Typed   publicWords      `json:"-"`
	Errors  []web.FieldError `json:"-"`
}

// publicWords is what is published of a group.
type publicWords struct{ Title, Words string }

const memberRows = 50

func (m *Room) group(r *web.Request) (web.Answer, error) {
	v, err := m.groupView(r)
	if err != nil {
		return nil, err
	}
	return m.showGroup(r, v), nil
}

func (m *Room) showGroup(r *web.Request, v groupView) *web.View {
	may := r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectScam, Degree: web.Personal})
	return groupPage.With(fmt.Sprintf("Group %d", v.ID), v).Show(may)
}

func (m *Room) groupView(r *web.Request) (v groupView, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	before := int64(math.MaxInt64)
	if r.Ask("before") != "" {
		if _, err := fmt.Sscan(r.Ask("before"), &before); err != nil {
			return v, fmt.Errorf("read page: %w", reeve.Invalid)
		}
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Cluster, err = readCluster(tx, id); err != nil {
			return err
		}
		v.Members, err = listReports(tx, id, "", r.Visitor.Councils, before, memberRows+1)
		return err
	})
	if err != nil {
		return v, err
	}
	if len(v.Members) > memberRows {
		v.Members = v.Members[:memberRows]
		v.Next = fmt.Sprintf("/scams/groups/%d?before=%d", id, v.Members[memberRows-1].ID)
	}
	v.Forward, v.May = forwardOf(v.Way), mayScam(r, "") == nil
	v.MayOK = v.State == "drafted" && v.DraftedBy != r.Visitor.ID && r.May(web.Act{Verb: web.Approve, Object: web.ObjectScam})
	v.Typed = publicWords{v.PublicTitle, v.PublicWords}
	return v, nil
}

// checkPublic refuses what must not go to the public: an address that works, or
// what could be somebody's: a mail address, a long number, a postcode.
func checkPublic(f *web.Form, field, text string) {
	switch {
	case defang(text) != text:
		f.Fault(field, "Write addresses so that nobody can follow them: hxxp and [.] instead of http and a dot")
	case strings.Contains(text, "@"):
		f.Fault(field, "Take out the mail address")
	case slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && r != ' ' }), func(s string) bool {
		return len(strings.ReplaceAll(s, " ", "")) >= 8
	}):
		f.Fault(field, "Take out the long number: it could be somebody’s")
	}
}

// onGroup reads the form of a group, runs the act, and goes back to it.
func (m *Room) onGroup(r *web.Request, f *web.Form, saying string, do func(tx *db.Tx, id, seen int64) (record.Leaf, error)) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	seen := f.Number("version", "Open the page again: the form is not whole", 1, 1<<53)
	if !f.OK() {
		return nil, fmt.Errorf("change group: %w", reeve.Invalid)
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		leaf, err := do(tx, id, seen)
		leaf.Object = fmt.Sprintf("scam-group:%d", id)
		return leaf, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/scams/groups/%d", id), saying), nil
}

// draftGroup writes what is to be published of a group.
func (m *Room) draftGroup(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	if err := mayScam(r, ""); err != nil {
		return nil, err
	}
	p := publicWords{f.Need("public_title", 100, "Write a title, such as Text about a council tax refund"), f.Need("public_words", 1500, "Write what to look out for, in our own words")}
	checkPublic(f, "public_title", p.Title)
	checkPublic(f, "public_words", p.Words)
	if !f.OK() {
		v, err := m.groupView(r)
		if err != nil {
			return nil, err
		}
		v.Errors, v.Typed = f.Errors, p
		return m.showGroup(r, v).Faulty(f), nil
	}
	return m.onGroup(r, f, "A second person has to read it now", func(tx *db.Tx, id, seen int64) (record.Leaf, error) {
		return record.Leaf{Verb: "scam-draft", Line: fmt.Sprintf("Wrote what the public may learn of scam group %d", id)}, draft(tx, id, seen, p.Title, p.Words, r.Visitor.ID, r.Visitor.Name, r.Now.Unix())
	})
}

func (m *Room) approveGroup(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	return m.onGroup(r, f, "Published", func(tx *db.Tx, id, seen int64) (record.Leaf, error) {
		return record.Leaf{Verb: "scam-publish", Line: fmt.Sprintf("Approved what the public may learn of scam group %d", id)}, approve(tx, id, seen, r.Visitor.ID, r.Visitor.Name, r.Now.Unix())
	})
}

func (m *Room) withdrawGroup(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	if err := mayScam(r, ""); err != nil {
		return nil, err
	}
	return m.onGroup(r, f, "Withdrawn", func(tx *db.Tx, id, seen int64) (record.Leaf, error) {
		return record.Leaf{Verb: "scam-withdraw", Line: fmt.Sprintf("Took scam group %d off the public site", id)}, withdraw(tx, id, seen)
	})
}
