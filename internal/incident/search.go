package incident

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// searchHits is how many of each kind one search shows.
const searchHits = 25

// hit is something of the book that holds what was looked for.
type hit struct {
	Kind  string `json:"kind"`
	ID    int64  `json:"id"`
	Title string `json:"title"`
	Path  string `json:"path"`
	At    int64  `json:"at"`
	TLP   TLP    `json:"tlp"`
}

var searchViewPage = web.NewPage[searchView](pages, "incident_search.html")

// searchView is what a search of the book found, the newest first.
type searchView struct {
	Asked  string           `json:"asked"`
	Hits   []hit            `json:"hits"`
	More   bool             `json:"more"` // of some kind there are more than are shown
	Errors []web.FieldError `json:"-"`    // none: the field asks for it
}

// searchBook looks for words in entries, facts, decisions and tasks, each as far
// as the visitor may see it. Legal advice is never looked through.
func (m *Room) searchBook(r *web.Request) (web.Answer, error) {
	v := searchView{Asked: cut(r.Ask("q"), lineLength)}
	words := askedWords(v.Asked)
	if len(words) > 0 {
		err := m.db.Read(r.Context(), func(tx *db.Tx) error { return v.find(tx, r, words) })
		if err != nil {
			return nil, fmt.Errorf("search the book: %w", err)
		}
	}
	slices.SortStableFunc(v.Hits, func(a, b hit) int { return cmp.Compare(b.At, a.At) })
	return searchViewPage.With("Search the book", v), nil
}

func (v *searchView) find(tx *db.Tx, r *web.Request, words []string) error {
	sees := func(o web.Object) bool { return r.May(web.Act{Verb: web.See, Object: o}) }
	q := query{limit: searchHits + 1, order: "x.changed_at DESC, x.id DESC"}
	for i, w := range words {
		if i > 0 {
			q.where += " AND "
		}
		q.where += "x.words LIKE ?"
		q.args = append(q.args, "%"+w+"%")
	}
	if sees(web.ObjectEntry) {
		all, err := listEntries(tx, entryQuery{Sight: SightOf(r, web.ObjectEntry), Words: words, Limit: searchHits + 1})
		if err != nil {
			return err
		}
		add(v, all, func(e Entry) hit { return hit{KindEntry, e.ID, e.Title, path("/timeline", e.ID), e.Happened, e.TLP} })
	}
	if sees(web.ObjectFact) {
		all, err := factShelf.list(tx, SightOf(r, web.ObjectFact), q)
		if err != nil {
			return err
		}
		add(v, all, func(f Fact) hit { return hit{KindFact, f.ID, f.Said(), path("/facts", f.ID), f.ChangedAt, f.TLP} })
	}
	if sees(web.ObjectDecision) {
		all, err := decisionShelf.list(tx, SightOf(r, web.ObjectDecision), q)
		if err != nil {
			return err
		}
		add(v, all, func(d Decision) hit {
			return hit{KindDecision, d.ID, d.Title, path("/decisions", d.ID), d.ChangedAt, d.TLP}
		})
	}
	if sees(web.ObjectTask) {
		all, err := taskShelf.list(tx, SightOf(r, web.ObjectTask), q)
		if err != nil {
			return err
		}
		add(v, all, func(t Task) hit { return hit{KindTask, t.ID, t.Title, path("/tasks", t.ID), t.ChangedAt, t.TLP} })
	}
	return nil
}

// add puts up to searchHits of what was found among the hits.
func add[T any](v *searchView, found []T, as func(T) hit) {
	if len(found) > searchHits {
		found, v.More = found[:searchHits], true
	}
	v.Hits = append(v.Hits, each(found, as)...)
}

// Columns and EachRow make the hits a table.
func (v searchView) Columns() []string { return []string{"kind", "id", "title", "path", "at", "tlp"} }

func (v searchView) EachRow(emit func(...any) error) error {
	for _, h := range v.Hits {
		if err := emit(h.Kind, h.ID, h.Title, h.Path, stamp(h.At), h.TLP); err != nil {
			return err
		}
	}
	return nil
}
