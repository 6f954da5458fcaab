package sweep

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
)

// ItemsQuery asks for one page of the items of the case. Empty fields do not
// filter.
type ItemsQuery struct {
	Scope   Scope
	Exhibit string
	Folder  string // a path: what lies below the folder or in the container
	Status  string
	Reason  string
	After   int64 // Next of the page before
	Limit   int   // rows, 1 to 200; 0 is 100
}

// ItemsPage is one page of items in the order in which they were met.
type ItemsPage struct {
	Items []ItemRow `json:"items"`
	Next  int64     `json:"next"` // 0 on the last page
}

// ItemRow is an item with what became of it.
type ItemRow struct {
	ItemLine
	Digest   string `json:"digest"`
	Reason   string `json:"reason"`
	Detail   string `json:"detail"`
	Unread   int64  `json:"pages_unread"`
	document int64
	councils string // that hold data of people in it
}

// itemsLooked bounds the items that are looked at for one page: a visitor of
// some councils may see few of them, and a page then comes short.
const itemsLooked = 2000

// Items gives one page of the items that a visitor may see. A filter by folder
// leaves out items whose path is hidden, so that asking for one folder after the
// other does not tell where they lie.
func (c *Case) Items(ctx context.Context, q ItemsQuery) (ItemsPage, error) {
	q.Limit = between(q.Limit, 100, 200)
	page := ItemsPage{Items: []ItemRow{}}
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		sight, err := q.Scope.sight(tx)
		if err != nil {
			return err
		}
		after := q.After
		for looked := 0; ; {
			rows, err := q.read(tx, after)
			if err != nil {
				return err
			}
			for _, r := range rows {
				after = r.ID
				if !sight.item(r.councils, itemPath{r.Exhibit, r.Path}) {
					continue
				}
				if len(page.Items) == q.Limit {
					page.Next = page.Items[q.Limit-1].ID
					return q.hide(tx, page.Items)
				}
				page.Items = append(page.Items, r)
			}
			if len(rows) <= q.Limit {
				return q.hide(tx, page.Items)
			}
			if looked += len(rows); looked >= itemsLooked {
				page.Next = after
				return q.hide(tx, page.Items)
			}
		}
	})
	if err != nil {
		return ItemsPage{}, fmt.Errorf("show items: %w", err)
	}
	return page, nil
}

// manyItems is from how many items on those of a folder are met soon enough in
// the order of ids; fewer are quicker looked up and sorted.
const manyItems = 1000

// read reads the next rows behind an item, one more than a page has. x stands
// beside the view to say which index the order comes from: that of ids, between
// the first and the last of the exhibit or folder, unless these are few.
func (q ItemsQuery) read(tx *db.Tx, after int64) ([]ItemRow, error) {
	span, err := q.span(tx)
	if err != nil || span.n == 0 {
		return nil, err
	}
	id, exhibit, path := "x.id", "+x.exhibit", "+x.path"
	if span.n < manyItems {
		id, exhibit, path = "+x.id", "x.exhibit", "x.path"
	}
	where := id + " > ? AND " + id + " BETWEEN ? AND ?"
	args := []any{after, span.first, span.last}
	and := func(condition string, values ...any) {
		where += " AND " + condition
		args = append(args, values...)
	}
	if q.Exhibit != "" {
		and(exhibit+" = (SELECT id FROM exhibit WHERE name = ?)", q.Exhibit)
	}
	if q.Status != "" {
		and("i.status = ?", q.Status)
	}
	if q.Reason != "" {
		and("i.reason = ?", q.Reason)
	}
	if q.Folder != "" {
		and("("+inFolder(path)+") AND NOT EXISTS (SELECT 1 FROM hidden_item h WHERE h.item = x.id)", q.folder()...)
	}
	return db.All(tx, func(row db.Row) (r ItemRow, err error) {
		return r, row.Scan(&r.ID, &r.Exhibit, &r.Path, &r.Type, &r.Status, &r.Reason, &r.Detail, &r.Size, &r.Digest, &r.Unread, &r.document, &r.councils)
	}, "SELECT i.id, i.exhibit, i.path, i.type, i.status, i.reason, i.detail, i.size, i.digest, i.pages_unread, i.document, COALESCE(t.councils, '') FROM item x JOIN case_items i ON i.id = x.id LEFT JOIN document_tally t ON t.document = i.document WHERE "+
		where+" ORDER BY "+id+" LIMIT ?", append(args, q.Limit+1)...)
}

// itemSpan is where the items of an exhibit or folder lie among all.
type itemSpan struct{ first, last, n int64 }

func (q ItemsQuery) span(tx *db.Tx) (s itemSpan, err error) {
	if q.Exhibit == "" {
		return itemSpan{0, math.MaxInt64, math.MaxInt64}, nil
	}
	if q.Folder == "" {
		err = tx.One([]any{&s.first, &s.last}, `SELECT COALESCE(MIN(first), 0), COALESCE(MAX(last), 0) FROM (
			SELECT (SELECT MIN(i.id) FROM item i WHERE i.exhibit = e.id) AS first, (SELECT MAX(i.id) FROM item i WHERE i.exhibit = e.id) AS last FROM exhibit e WHERE e.name = ?) ends`, q.Exhibit)
		s.n = s.last // more than there are, but none where there are none
		return s, err
	}
	s.first = math.MaxInt64
	ends := q.folder()
	for _, r := range [][]any{ends[:2], ends[2:]} { // each range by itself is read from the index alone
		var first, last, n int64
		err = tx.One([]any{&first, &last, &n}, "SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), 0), COUNT(*) FROM item WHERE exhibit = (SELECT id FROM exhibit WHERE name = ?) AND path >= ? AND path < ?",
			q.Exhibit, r[0], r[1])
		if err != nil {
			return s, err
		}
		if n > 0 {
			s = itemSpan{min(s.first, first), max(s.last, last), s.n + n}
		}
	}
	return s, nil
}

// inFolder is the condition that a path lies in the folder or, if that is a
// container, in it: "0" follows "/" bytewise.
func inFolder(path string) string {
	return strings.ReplaceAll("path >= ? AND path < ? OR path >= ? AND path < ?", "path", path)
}

func (q ItemsQuery) folder() []any {
	return []any{q.Folder + "/", q.Folder + "0", q.Folder + "!/", q.Folder + "!0"}
}

// sight decides which items a visitor may see, by the rule of seesItem, with
// the settings of the case read once.
type sight struct {
	scope   Scope
	rules   []ControllerRule
	council string // the case's
}

func (s Scope) sight(tx *db.Tx) (*sight, error) {
	v := &sight{scope: s}
	if s.Councils == nil {
		return v, nil
	}
	return v, tx.Each(func(row db.Row) error {
		var name, value string
		err := row.Scan(&name, &value)
		if name == settingCouncil {
			v.council = value
		} else {
			v.rules = decodeControllers(value)
		}
		return err
	}, "SELECT name, value FROM setting WHERE name IN (?, ?)", settingCouncil, settingControllers)
}

// item reports whether an item may be seen, given the councils that hold data of
// people in its document.
func (v *sight) item(councils string, at itemPath) bool {
	if v.scope.Councils == nil || councils != "" && v.scope.seesCouncil(councils) {
		return true
	}
	if by := controllerOf(v.rules, at, nil); by != "" {
		return slices.Contains(v.scope.Councils, by)
	}
	return councils == "" && slices.Contains(v.scope.Councils, or(v.council, "unknown"))
}

// hide takes away the paths that must not be seen.
func (q ItemsQuery) hide(tx *db.Tx, items []ItemRow) error {
	hidden, err := q.Scope.hiddenDocuments(tx, func(yield func(int64) bool) {
		for i := range items {
			if items[i].document != 0 && !yield(items[i].document) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	for i := range items {
		if items[i].document == 0 || !hidden[items[i].document] {
			continue
		}
		items[i].Hidden = true
		if items[i].Path, err = hiddenPath(tx, items[i].ID); err != nil {
			return err
		}
	}
	return nil
}

// hiddenFolders are the top folders in which every item that was counted holds a
// sealed person: their names could tell who.
func hiddenFolders(tx *db.Tx, lines []CoverageLine) (map[[2]string]bool, error) {
	left := make(map[[2]string]int64)
	for _, l := range lines {
		left[[2]string{l.Exhibit, l.Folder}] += l.Items
	}
	hidden := make(map[[2]string]bool)
	err := tx.Each(func(row db.Row) error {
		var exhibit, path string
		if err := row.Scan(&exhibit, &path); err != nil {
			return err
		}
		k := [2]string{exhibit, topFolder(path)}
		left[k]--
		hidden[k] = left[k] <= 0
		return nil
	}, "SELECT e.name, i.path FROM hidden_item h JOIN item i ON i.id = h.item JOIN exhibit e ON e.id = i.exhibit")
	return hidden, err
}
