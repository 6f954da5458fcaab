package enquiry

import (
	"fmt"
	"math"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// mergeGroup puts a group into another.
func (m *Room) mergeGroup(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	into := f.Number("into", "Enter the number of the other group", 1, math.MaxInt64)
	if !f.OK() {
		return m.backToGroup(r, f)
	}
	if err := mayScam(r, ""); err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "scam-merge", Object: fmt.Sprintf("scam-group:%d", id), Line: fmt.Sprintf("Put scam group %d into %d", id, into)}, mergeClusters(tx, id, into)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/scams/groups/%d", into), "They are one group now"), nil
}

// splitGroup puts the reports that were ticked into a group of their own. It
// touches those alone that the visitor sees.
func (m *Room) splitGroup(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	ticked := r.PostForm["report"]
	if len(ticked) == 0 || len(ticked) > memberRows {
		f.Fault("split", "Tick the reports that do not belong here")
		return m.backToGroup(r, f)
	}
	var to int64
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		var reports []Report
		for _, text := range ticked {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return leaf, fmt.Errorf("split group: %w", reeve.Invalid)
			}
			v, err := readReport(tx, n)
			if err == nil && (!sees(r.Visitor, v.Council) || v.Cluster != id) {
				err = fmt.Errorf("split group: %w", reeve.NotFound)
			}
			if err == nil {
				err = mayScam(r, v.Council)
			}
			if err != nil {
				return leaf, err
			}
			reports = append(reports, v)
		}
		to, err = regroup(tx, reports, 0)
		return record.Leaf{Verb: "scam-split", Object: fmt.Sprintf("scam-group:%d", id), Rows: int64(len(reports)), Line: fmt.Sprintf("Put %d reports of scam group %d into group %d", len(reports), id, to)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/scams/groups/%d", to), "This is their group now"), nil
}

// backToGroup gives a form of a group back with what is wrong.
func (m *Room) backToGroup(r *web.Request, f *web.Form) (web.Answer, error) {
	v, err := m.groupView(r)
	if err != nil {
		return nil, err
	}
	v.Errors = f.Errors
	return m.showGroup(r, v).Faulty(f), nil
}
