package sweep

import (
	"context"
	"fmt"
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

// manyItems is from how many items on a folder is met soon enough in the order
// of ids; a smaller one is quicker looked up and sorted.
const manyItems = 5000

// read reads the next rows behind an item, one more than a page has. x stands
// beside the view to say which index the order comes from.
func (q ItemsQuery) read(tx *db.Tx, after int64) ([]ItemRow, error) {
	var where strings.Builder
	args := []any{after}
	and := func(condition string, values ...any) {
		where.WriteString(" AND " + condition)
		args = append(args, values...)
	}
	exhibit := "+x.exhibit" // the order of ids, from the first of the exhibit to the last
	if q.Exhibit != "" {
		and("x.id BETWEEN (SELECT MIN(id) FROM item WHERE exhibit = (SELECT id FROM exhibit WHERE name = ?)) AND (SELECT MAX(id) FROM item WHERE exhibit = (SELECT id FROM exhibit WHERE name = ?))",
			q.Exhibit, q.Exhibit)
	}
	if q.Status != "" {
		and("i.status = ?", q.Status)
	}
	if q.Reason != "" {
		and("i.reason = ?", q.Reason)
	}
	id := "x.id"
	if q.Folder != "" {
		in, span := q.folder()
		path := "x.path"
		if few, err := q.few(tx, in, span); err != nil {
			return nil, err
		} else if few {
			id, exhibit = "+x.id", "x.exhibit"
		} else {
			path = "+x.path"
		}
		and("("+strings.ReplaceAll(in, "path", path)+") AND NOT EXISTS (SELECT 1 FROM hidden_item h WHERE h.item = x.id)", span...)
	}
	if q.Exhibit != "" {
		and(exhibit+" = (SELECT id FROM exhibit WHERE name = ?)", q.Exhibit)
	}
	return db.All(tx, func(row db.Row) (r ItemRow, err error) {
		return r, row.Scan(&r.ID, &r.Exhibit, &r.Path, &r.Type, &r.Status, &r.Reason, &r.Detail, &r.Size, &r.Digest, &r.Unread, &r.document, &r.councils)
	}, "SELECT i.id, i.exhibit, i.path, i.type, i.status, i.reason, i.detail, i.size, i.digest, i.pages_unread, i.document, COALESCE(t.councils, '') FROM item x JOIN case_items i ON i.id = x.id LEFT JOIN document_tally t ON t.document = i.document WHERE "+
		id+" > ?"+where.String()+" ORDER BY "+id+" LIMIT ?", append(args, q.Limit+1)...)
}

// folder is the condition that a path lies in the folder or, if it is a
// container, in it: "0" follows "/" bytewise.
func (q ItemsQuery) folder() (condition string, span []any) {
	return "path >= ? AND path < ? OR path >= ? AND path < ?", []any{q.Folder + "/", q.Folder + "0", q.Folder + "!/", q.Folder + "!0"}
}

// few reports whether a folder holds so few items that they are best looked up.
func (q ItemsQuery) few(tx *db.Tx, in string, span []any) (bool, error) {
	if q.Exhibit == "" {
		return false, nil
	}
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM item WHERE exhibit = (SELECT id FROM exhibit WHERE name = ?) AND ("+in+") LIMIT ?) some",
		append(append([]any{q.Exhibit}, span...), manyItems)...)
	return n < manyItems, err
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
