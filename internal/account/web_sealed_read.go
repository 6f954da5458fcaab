package account

import (
	"context"
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// readRow is a read of a sealed person as the page shows it.
type readRow struct {
	ID      int64  `json:"id"`
	Opening int64  `json:"opening"`
	Person  string `json:"person"` // hidden from who may not open
	Reader  string `json:"reader"`
	Second  string `json:"second"`
	Reason  string `json:"reason"`
	At      int64  `json:"at"`
	Checker string `json:"checker"`
	Checked int64  `json:"checked"`
	Remark  string `json:"remark"`
	Check   bool   `json:"-"` // the visitor may tick it
}

type readsView struct {
	Rows []readRow `json:"reads"`
}

func (v readsView) Columns() []string {
	return []string{"id", "opening", "person", "reader", "second", "reason", "at", "checker", "checked", "remark"}
}

func (v readsView) EachRow(emit func(...any) error) error {
	for _, r := range v.Rows {
		if err := emit(r.ID, r.Opening, r.Person, r.Reader, r.Second, r.Reason, r.At, r.Checker, r.Checked, r.Remark); err != nil {
			return err
		}
	}
	return nil
}

var readsPage = web.NewPage[readsView](pages, "reads.html")

const hidden = "«hidden»"

// reads lists who was shown sealed people. Who they are is shown to those alone
// who may open them.
func (m *Room) reads(r *web.Request) (web.Answer, error) {
	var v readsView
	err := m.read(r.Context(), func(tx *db.Tx) error {
		all, err := sealedReads(tx, listed)
		if err != nil {
			return err
		}
		names, err := Names(tx)
		for _, s := range all {
			if reaches(r.Visitor, s.councils) {
				v.Rows = append(v.Rows, m.readRow(r, s, names))
			}
		}
		return err
	})
	return readsPage.With("Who read sealed people", v), err
}

func (m *Room) readRow(r *web.Request, s *SealedRead, names map[string]string) readRow {
	row := readRow{ID: s.ID, Opening: s.Opening, Person: hidden, Reader: names[s.Reader], Second: names[s.Second], Reason: s.Reason, At: s.At,
		Checker: names[s.Checker], Checked: s.Checked, Remark: s.Remark}
	if m.mayOpen(r.Visitor) {
		row.Person = s.Person
	}
	row.Check = s.Checked == 0 && r.May(web.Act{Verb: web.Approve, Object: objectSealedRead}) && Second(r.Visitor, s.Reader, s.Asker, s.Second) == nil
	return row
}

// check keeps that somebody who had no part in a read has looked at it.
func (m *Room) check(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	remark := f.Text("remark", 300)
	err = m.write(r, func(tx *db.Tx) error {
		s, err := oneSealedRead(tx, id)
		if err != nil {
			return err
		}
		if !reaches(r.Visitor, s.councils) {
			return fmt.Errorf("find read: %w", reeve.NotFound)
		}
		if err := Second(r.Visitor, s.Reader, s.Asker, s.Second); err != nil {
			return err
		}
		if err := checkRead(tx, id, r.Visitor.ID, remark, r.Now.Unix()); err != nil {
			return fmt.Errorf("check read: %w", err)
		}
		return m.put(tx, r, record.Leaf{Verb: "check-sealed-read", Object: openingThing(s.Opening), Line: "Checked a read of a sealed person. " + remark})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/sealed/reads", "Marked as checked"), nil
}

func (m *Room) readCard(ctx context.Context, v *web.Visitor) (card web.CardText, err error) {
	var n int
	err = m.read(ctx, func(tx *db.Tx) (err error) {
		n, err = countUnchecked(tx)
		return err
	})
	if n == 0 || err != nil || v.Councils != nil || !m.May(v, web.Act{Verb: web.Approve, Object: objectSealedRead}).Allowed {
		return web.CardText{}, err
	}
	return web.CardText{Title: "Reads of sealed people", Big: strconv.Itoa(n), Text: "wait for somebody who had no part in them to look", Path: "/sealed/reads"}, nil
}
