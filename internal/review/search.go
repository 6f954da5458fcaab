package review

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) searchSection() web.Section {
	return web.Section{Title: "Search", Path: "/search", Order: 50, Object: web.ObjectDocument, Routes: []web.Route{
		{Pattern: "GET /search", Verb: web.See, Object: web.ObjectDocument, Do: m.search},
	}}
}

var searchPage = web.NewPage[searchView](pages, "search.html")

// searchView is one page of hits.
type searchView struct {
	Asked string      `json:"asked"`
	Hits  []searchHit `json:"hits"`
	Next  string      `json:"next"`
	First bool        `json:"-"`
	Whole bool        `json:"complete"` // everything that was read is in the index
	Words []string    `json:"words"`
	Fault string      `json:"fault"` // why nothing was looked for
}

// searchHit is a hit with where it leads.
type searchHit struct{ sweep.SearchHit }

// Path opens the document at the hit.
func (h searchHit) Path() string {
	return fmt.Sprintf("/documents/%d?from=%d#block-%d", h.Item, h.Block, h.Block)
}

func (h searchHit) CopiesWords() string {
	if h.Copies == 0 {
		return ""
	}
	return count(h.Copies, "copy elsewhere", "copies elsewhere")
}

// longestSearch is how many characters are looked for.
const longestSearch = 300

func (m *Room) search(r *web.Request) (web.Answer, error) {
	v := searchView{Asked: r.Ask("q"), First: r.Ask("after") == "", Whole: true}
	if utf8.RuneCountInString(v.Asked) > longestSearch {
		v.Fault = fmt.Sprintf("Look for %d characters or fewer.", longestSearch)
		v.Asked = ""
	}
	if v.Asked == "" {
		return searchPage.With("Search", v), nil
	}
	page, err := m.kase.Search(r.Context(), sweep.SearchQuery{Scope: scopeOf(r.Visitor), Text: v.Asked, After: r.Ask("after")})
	if hint := reeve.HintOf(err); err != nil && hint != "" && !errors.Is(err, reeve.Unavailable) {
		v.Fault = sentence(hint)
		return searchPage.With("Search", v), nil
	}
	if err != nil {
		return nil, err
	}
	stopped, err := m.aside(r, each(page.Hits, func(h sweep.SearchHit) int64 { return h.Item }))
	if err != nil {
		return nil, err
	}
	for _, h := range page.Hits {
		if !stopped[h.Item] {
			v.Hits = append(v.Hits, searchHit{h})
		}
	}
	v.Whole, v.Words = page.Complete, page.Words
	if page.Next != "" {
		v.Next = "/search?" + url.Values{"q": {v.Asked}, "after": {page.Next}}.Encode()
	}
	return searchPage.With("Search", v).Show(mayShow(r, searchThing, web.ObjectDocument)), nil
}

// searchThing is the thing whose reveal shows what stands around the words.
const searchThing = "search:results"

// Start is the first page of the search.
func (v searchView) Start() string {
	if v.First {
		return ""
	}
	return "/search?" + url.Values{"q": {v.Asked}}.Encode()
}

// Thing is what is revealed to see the passages in clear.
func (v searchView) Thing() string { return searchThing }

// Columns and EachRow make the hits a table.
func (v searchView) Columns() []string {
	return []string{"item", "exhibit", "path", "type", "part", "copies", "passage"}
}

func (v searchView) EachRow(emit func(...any) error) error {
	for _, h := range v.Hits {
		if err := emit(h.Item, h.Exhibit, h.SearchHit.Path, h.Type, h.Part, h.Copies, h.Snippet); err != nil {
			return err
		}
	}
	return nil
}

// searchJob is the kind of job that indexes what was read.
const searchJob = "review.index"

func (m *Room) searchJobs() []job.Handler {
	return []job.Handler{{Kind: searchJob, Run: func(ctx context.Context, _ *job.Work) error {
		return m.kase.BuildSearch(ctx, func(int64, int64) {})
	}}}
}
