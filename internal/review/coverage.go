package review

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) coverageSection() web.Section {
	return web.Section{Object: web.ObjectCase, Routes: []web.Route{
		{Pattern: "GET /coverage", Verb: web.See, Object: web.ObjectCase, Do: m.coverage},
		{Pattern: "GET /items", Verb: web.See, Object: web.ObjectCase, Do: m.items},
	}}
}

var (
	coveragePage = web.NewPage[coverageView](pages, "coverage.html")
	itemsPage    = web.NewPage[itemsView](pages, "coverage_items.html")
)

// coverageView is what could not be read: by reason with what to do about it,
// and by folder with how much of it matters.
type coverageView struct {
	Items   int64       `json:"items"`
	Read    int64       `json:"read"`
	Gaps    []gap       `json:"gaps"`
	Folders []folderGap `json:"folders"`
	More    int         `json:"more_folders"`
	Part    bool        `json:"part"` // folders are left out: the visitor works for some councils
	lines   []sweep.CoverageLine
}

// gap is what was not fully read for one reason.
type gap struct {
	Status string `json:"status"`
	Reason string `json:"reason"`
	Items  int64  `json:"items"`
	Bytes  int64  `json:"bytes"`
	Pages  int64  `json:"pages_unread"`
	Urgent int64  `json:"urgent"` // triage puts them at now or today, by name, folder or what was read
	Means  string `json:"means"`
	Do     string `json:"do"`
}

// folderGap is what was not fully read below one top folder.
type folderGap struct {
	Exhibit string `json:"exhibit"`
	Folder  string `json:"folder"`
	Service string `json:"service"`
	Items   int64  `json:"items"` // all
	Unread  int64  `json:"unread"`
	Partly  int64  `json:"partly"`
	Pages   int64  `json:"pages_unread"`
	Urgent  int64  `json:"urgent"`
}

// Title says how many are not fully read, and why.
func (g gap) Title() string {
	how := count(g.Items, "item", "items")
	if reeve.Status(g.Status) == reeve.StatusPartlyRead {
		how += ", read in part"
	}
	if g.Items == 1 {
		return how + ": it " + g.Means
	}
	return how + ": each " + g.Means
}

// Size says how much it is.
func (g gap) Size() string {
	if g.Pages == 0 {
		return sizeWords(g.Bytes)
	}
	return sizeWords(g.Bytes) + ", " + count(g.Pages, "unread page", "unread pages")
}

func (g gap) Path() string { return itemsPath(url.Values{"status": {g.Status}, "reason": {g.Reason}}) }

// Path lists the folder's items.
func (f folderGap) Path() string {
	return itemsPath(url.Values{"exhibit": {f.Exhibit}, "folder": {f.Folder}})
}

func itemsPath(q url.Values) string { return "/items?" + q.Encode() }

// foldersShown bounds the folders of the page; all are in the .csv.
const foldersShown = 100

func (m *Room) coverage(r *web.Request) (web.Answer, error) {
	lines, err := m.coverageLines(r.Context())
	if err != nil {
		return nil, err
	}
	v := coverageOf(lines)
	if r.Visitor.Councils != nil { // folders of other councils are not theirs to see
		v.Folders, v.More, v.lines, v.Part = nil, 0, nil, true
	}
	return coveragePage.With("What could not be read", v), nil
}

// counted keeps the coverage of the lists as they stand: counting it takes more
// than a second of a large case, and it changes with the lists alone.
type counted struct {
	mu    sync.Mutex
	lists int64
	lines []sweep.CoverageLine
}

// coverageLines gives the coverage; nobody may change it.
func (m *Room) coverageLines(ctx context.Context) ([]sweep.CoverageLine, error) {
	stamp, err := m.kase.Stamp(ctx)
	if err != nil {
		return nil, err
	}
	m.counted.mu.Lock()
	defer m.counted.mu.Unlock()
	if m.counted.lines != nil && m.counted.lists == stamp.Lists {
		return m.counted.lines, nil
	}
	lines, err := m.kase.Coverage(ctx)
	if err == nil {
		m.counted.lists, m.counted.lines = stamp.Lists, lines
	}
	return lines, err
}

// coverageOf sums up the lines, what matters most first.
func coverageOf(lines []sweep.CoverageLine) coverageView {
	v := coverageView{lines: lines}
	gaps := make(map[[2]string]*gap)
	folders := make(map[[2]string]*folderGap)
	for _, l := range lines {
		v.Items += l.Items
		where := [2]string{l.Exhibit, l.Folder}
		if folders[where] == nil {
			folders[where] = &folderGap{Exhibit: l.Exhibit, Folder: l.Folder, Service: l.Service}
		}
		folders[where].add(l)
		if reeve.Status(l.Status) == reeve.StatusRead {
			v.Read += l.Items
			continue
		}
		why := [2]string{l.Status, l.Reason}
		if gaps[why] == nil {
			s, reason := reeve.Status(l.Status), reeve.Reason(l.Reason)
			gaps[why] = &gap{Status: l.Status, Reason: l.Reason, Means: meaning(s, reason), Do: advice(s, reason)}
		}
		g := gaps[why]
		g.Items, g.Bytes, g.Pages, g.Urgent = g.Items+l.Items, g.Bytes+l.Bytes, g.Pages+l.Unread, g.Urgent+l.Urgent
	}
	v.Gaps = sorted(gaps, func(a, b gap) int {
		return cmp.Or(cmp.Compare(b.Urgent, a.Urgent), cmp.Compare(b.Items, a.Items), cmp.Compare(a.Status+a.Reason, b.Status+b.Reason))
	})
	all := sorted(folders, func(a, b folderGap) int {
		return cmp.Or(cmp.Compare(b.Urgent, a.Urgent), cmp.Compare(b.Pages, a.Pages), cmp.Compare(b.Unread+b.Partly, a.Unread+a.Partly),
			cmp.Compare(a.Exhibit, b.Exhibit), cmp.Compare(a.Folder, b.Folder))
	})
	all = slices.DeleteFunc(all, func(f folderGap) bool { return f.Unread+f.Partly == 0 })
	v.Folders, v.More = all[:min(len(all), foldersShown)], max(0, len(all)-foldersShown)
	return v
}

func (f *folderGap) add(l sweep.CoverageLine) {
	f.Items += l.Items
	switch reeve.Status(l.Status) {
	case reeve.StatusRead:
		return
	case reeve.StatusPartlyRead:
		f.Partly += l.Items
	default:
		f.Unread += l.Items
	}
	f.Pages, f.Urgent = f.Pages+l.Unread, f.Urgent+l.Urgent
}

// sorted gives the values of a map in an order that leaves no two alike.
func sorted[K comparable, T any](m map[K]*T, order func(a, b T) int) []T {
	return slices.SortedFunc(func(yield func(T) bool) {
		for v := range maps.Values(m) {
			if !yield(*v) {
				return
			}
		}
	}, order)
}

// Columns and EachRow give every folder with every reason.
func (v coverageView) Columns() []string {
	return []string{"exhibit", "folder", "service", "status", "reason", "items", "bytes", "pages_unread", "urgent"}
}

func (v coverageView) EachRow(emit func(...any) error) error {
	for _, l := range v.lines {
		if err := emit(l.Exhibit, l.Folder, l.Service, l.Status, l.Reason, l.Items, l.Bytes, l.Unread, l.Urgent); err != nil {
			return err
		}
	}
	return nil
}

// itemsView is one page of the items of the case.
type itemsView struct {
	Items    []itemLine `json:"items"`
	Next     string     `json:"next"`
	First    bool       `json:"-"`
	Filter   itemFilter `json:"filter"`
	Exhibits []string   `json:"-"`
	Statuses []choice   `json:"-"`
	Reasons  []choice   `json:"-"`
}

// itemFilter says which items; empty fields do not filter.
type itemFilter struct {
	Exhibit string `json:"exhibit"`
	Folder  string `json:"folder"` // a path, whose items and folders below are meant
	Status  string `json:"status"`
	Reason  string `json:"reason"`
	After   int64  `json:"after"`
}

// itemLine is an item in the list. Where it holds a sealed person its path is
// not told.
type itemLine struct{ sweep.ItemRow }

func (i itemLine) StatusWords() string { return statusWords(reeve.Status(i.Status)) }
func (i itemLine) Means() string       { return meaning(reeve.Status(i.Status), reeve.Reason(i.Reason)) }
func (i itemLine) SizeWords() string   { return sizeWords(i.Size) }

// itemsShown is how many items a page shows.
const itemsShown = 100

func (m *Room) items(r *web.Request) (web.Answer, error) {
	v := itemsView{Filter: itemFilter{Exhibit: r.Ask("exhibit"), Folder: r.Ask("folder"), Status: r.Ask("status"), Reason: r.Ask("reason"), After: askNumber(r, "after")}}
	v.First = v.Filter.After == 0
	v.Statuses = each(reeve.Statuses, func(s reeve.Status) choice { return choice{string(s), statusWords(s)} })
	for _, reason := range reeve.Reasons[1:] {
		v.Reasons = append(v.Reasons, choice{string(reason), "It " + meaning(reeve.StatusDamaged, reason)})
	}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		list, err := readExhibits(tx)
		v.Exhibits = each(list, func(e exhibit) string { return e.Name })
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read exhibits: %w", err)
	}
	f := v.Filter
	page, err := m.kase.Items(r.Context(), sweep.ItemsQuery{Scope: scopeOf(r.Visitor), Exhibit: f.Exhibit, Folder: f.Folder, Status: f.Status, Reason: f.Reason,
		After: f.After, Limit: itemsShown})
	if err != nil {
		return nil, err
	}
	v.Items = each(page.Items, func(i sweep.ItemRow) itemLine { return itemLine{i} })
	if page.Next > 0 {
		v.Next = f.path(page.Next)
	}
	return itemsPage.With("Items", v), nil
}

// path is the page of the filter behind an item.
func (f itemFilter) path(after int64) string {
	q := url.Values{}
	for name, value := range map[string]string{"exhibit": f.Exhibit, "folder": f.Folder, "status": f.Status, "reason": f.Reason} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if after > 0 {
		q.Set("after", strconv.FormatInt(after, 10))
	}
	return itemsPath(q)
}

// Start is the first page of the filter.
func (v itemsView) Start() string {
	if v.First {
		return ""
	}
	return v.Filter.path(0)
}

// askNumber is a number of the query; what is none is 0.
func askNumber(r *web.Request, name string) int64 {
	n, err := strconv.ParseInt(r.Ask(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// Columns and EachRow make the page of items a table.
func (v itemsView) Columns() []string {
	return []string{"item", "exhibit", "path", "digest", "size", "type", "status", "reason", "pages_unread", "detail"}
}

func (v itemsView) EachRow(emit func(...any) error) error {
	for _, i := range v.Items {
		if err := emit(i.ID, i.Exhibit, i.Path, i.Digest, i.Size, i.Type, i.Status, i.Reason, i.Unread, i.Detail); err != nil {
			return err
		}
	}
	return nil
}
