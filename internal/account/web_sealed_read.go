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
	ID      int64  `json:"act"`     // its number in the record
	Opening int64  `json:"opening"` // 0: none held
	Person  string `json:"person"`  // hidden from who may not open
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
	More bool      `json:"incomplete"` // the record is not read to its end yet
}

func (v readsView) Columns() []string {
	return []string{"act", "opening", "person", "reader", "second", "reason", "at", "checker", "checked", "remark"}
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
	var err error
	if v.More, err = m.gather(r.Context()); err != nil {
		return nil, err
	}
	err = m.read(r.Context(), func(tx *db.Tx) error {
		all, err := sealedReads(tx, listed)
		if err != nil {
			return err
		}
		names, err := Names(tx)
		for _, s := range all {
			if s.seenBy(r.Visitor) {
				v.Rows = append(v.Rows, m.readRow(r, s, names))
			}
		}
		return err
	})
	return readsPage.With("Who read sealed people", v), err
}

func (m *Room) readRow(r *web.Request, s sealedRead, names map[string]string) readRow {
	row := readRow{ID: s.leaf, Opening: s.opening, Person: hidden, Reader: nameOf(names, s.reader), Second: names[s.second], Reason: s.reason, At: s.at,
		Checker: names[s.checker], Checked: s.checked, Remark: s.remark}
	if m.mayOpen(r.Visitor) {
		row.Person = s.person
	}
	row.Check = s.checked == 0 && r.May(web.Act{Verb: web.Approve, Object: objectSealedRead}) && Second(r.Visitor, s.reader, s.asker, s.second) == nil
	return row
}

// seenBy reports whether a visitor may know of the read; one without an opening
// is for those alone who are not limited to councils.
func (s sealedRead) seenBy(v *web.Visitor) bool { return reaches(v, s.councils) }

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
		s, err := oneRead(tx, id)
		if err != nil {
			return err
		}
		if !s.seenBy(r.Visitor) {
			return fmt.Errorf("find read: %w", reeve.NotFound)
		}
		if err := Second(r.Visitor, s.reader, s.asker, s.second); err != nil {
			return err
		}
		if err := checkRead(tx, id, r.Visitor.ID, remark, r.Now.Unix()); err != nil {
			return fmt.Errorf("check read: %w", err)
		}
		return m.put(tx, r, record.Leaf{Verb: "check-sealed-read", Object: fmt.Sprintf("act:%d", id), Line: "Checked a read of a sealed person. " + remark})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/sealed/reads", "Marked as checked"), nil
}

func (m *Room) readCard(ctx context.Context, v *web.Visitor) (card web.CardText, err error) {
	if v.Councils != nil || !m.May(v, web.Act{Verb: web.Approve, Object: objectSealedRead}).Allowed {
		return web.CardText{}, nil
	}
	if _, err := m.gather(ctx); err != nil {
		return web.CardText{}, err
	}
	var n int
	err = m.read(ctx, func(tx *db.Tx) (err error) {
		n, err = countUnchecked(tx)
		return err
	})
	if n == 0 || err != nil {
		return web.CardText{}, err
	}
	return web.CardText{Title: "Reads of sealed people", Big: strconv.Itoa(n), Text: "wait for somebody who had no part in them to look", Path: "/sealed/reads"}, nil
}
