package publish

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/web"
)

// fullRig is a site with everything on it.
func fullRig(t testing.TB) *rig {
	t.Helper()
	g := newRig(t, dbtest.SQLite(t), Deps{
		Facts: func(*db.Tx) ([]Fact, error) {
			return []Fact{{ID: 1, Version: 11, Claim: "Files were copied <b>.", AsOf: testNow.Unix()}, {ID: 2, Version: 12, Claim: "Not all are read.", AsOf: testNow.Unix(), Unknown: true}}, nil
		},
		Scams: func(*db.Tx) ([]Scam, error) {
			return []Scam{{Title: "Text about a refund", Text: "It asks for a card.", At: testNow.Unix()}}, nil
		},
		Letter: func(_ *db.Tx, reference string) (bool, error) { return reference == "ABCDEFGH2345", nil },
		Figures: func(context.Context, int64) (Figures, error) {
			return Figures{AsOf: testNow.Unix(), Source: "the review", Steps: []Step{{Title: "Files", N: 440_000, Text: "in all"}, {Title: "People", N: 9_605, People: true}}}, nil
		}})
	g.open(t)
	webtestFigures(t, g)
	return g
}

func webtestFigures(t testing.TB, g *rig) {
	t.Helper()
	r := httptest.NewRequest("POST", "/public/figures", strings.NewReader(url.Values{"version": {"0"}, "list": {"0"}, "note": {"Counted."}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	g.desk.ServeHTTP(httptest.NewRecorder(), r)
	g.releaseAll(t)
}

// Every page is valid HTML, loads nothing from elsewhere, runs nothing, has one
// first heading, unique ids and links that lead somewhere.
func TestEveryPage(t *testing.T) {
	g := fullRig(t)
	site := g.public(t)
	paths := g.built.Load().site.Paths()
	if len(paths) < 30 {
		t.Errorf("%d addresses only", len(paths))
	}
	for _, p := range paths {
		w := ask(t, site, "GET", p)
		if w.Code != 200 || w.Header().Get("Set-Cookie") != "" || w.Header().Get("Strict-Transport-Security") == "" {
			t.Errorf("%s: status %d, headers %v", p, w.Code, w.Header())
		}
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			for _, f := range htmlFaults(w.Body.String()) {
				t.Errorf("%s: %s", p, f)
			}
			for _, l := range hrefs(w.Body.String()) {
				if to, _, _ := strings.Cut(l, "#"); strings.HasPrefix(to, "/") && to != "" && !slices.Contains(paths, to) {
					t.Errorf("%s: a link to %s, where nothing is", p, l)
				}
			}
		}
	}
	if w := ask(t, site, "GET", "/nowhere"); w.Code != 404 || htmlFaults(w.Body.String()) != nil {
		t.Errorf("no page: %d", w.Code)
	}
	if w := ask(t, site, "GET", "/"); strings.Contains(w.Body.String(), "<b>.") {
		t.Error("a fact is markup")
	}
}

// void are the elements that have no end (HTML, 13.1.2).
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// htmlFaults checks a page as the standard defines it, as far as our pages go:
// every element is closed where it was opened, attributes and ids are unique,
// what is named is there, and nothing runs or comes from elsewhere.
func htmlFaults(page string) (faults []string) {
	say := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if !strings.HasPrefix(page, "<!DOCTYPE html>") {
		say("no doctype")
	}
	z := html.NewTokenizer(strings.NewReader(page))
	var open, ids, named, labelled, controls []string
	first, level := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				say("ended with %v, open %v", z.Err(), open)
			}
			for _, n := range named {
				if !slices.Contains(ids, n) {
					say("names id %q, which is not there", n)
				}
			}
			for _, c := range controls {
				if !slices.Contains(labelled, c) {
					say("control %q has no label", c)
				}
			}
			if first != 1 {
				say("%d first headings", first)
				if strings.Contains(page, "site-banner") {
					faults = faults[:len(faults)-1] // a banner is a line in another page
				}
			}
			return faults
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			seen := make(map[string]bool)
			for _, a := range t.Attr {
				if seen[a.Key] {
					say("<%s> has %s twice", t.Data, a.Key)
				}
				seen[a.Key] = true
				switch {
				case a.Key == "id":
					if slices.Contains(ids, a.Val) || a.Val == "" {
						say("id %q twice or empty", a.Val)
					}
					ids = append(ids, a.Val)
				case a.Key == "for" || slices.Contains([]string{"aria-describedby", "aria-labelledby", "aria-controls"}, a.Key):
					if a.Key == "for" {
						labelled = append(labelled, a.Val)
					}
					named = append(named, strings.Fields(a.Val)...)
				case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
					named = append(named, a.Val[1:])
				case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
					say("<%s> has %s", t.Data, a.Key)
				case (a.Key == "src" || a.Key == "href" && t.Data == "link") && !strings.HasPrefix(a.Val, "/") && a.Val != "data:,":
					say("<%s> loads %s", t.Data, a.Val)
				}
			}
			if slices.Contains([]string{"script", "style", "iframe", "object", "font", "center"}, t.Data) {
				say("<%s>", t.Data)
			}
			if n := len(open); n > 0 && open[n-1] == "p" && slices.Contains([]string{"p", "ul", "ol", "div", "h1", "h2", "h3", "table", "dl", "form"}, t.Data) {
				say("<%s> within <p>", t.Data)
			}
			if t.Data == "h1" {
				first++
			}
			if len(t.Data) == 2 && t.Data[0] == 'h' && t.Data[1] >= '1' && t.Data[1] <= '6' {
				n := int(t.Data[1] - '0')
				if n > level+1 && first > 0 { // what stands before the first heading is the error summary
					say("<%s> below a heading of level %d", t.Data, level)
				}
				level = n
			}
			if kind := attribute(t, "type"); (t.Data == "input" && kind != "hidden" && kind != "submit") || t.Data == "select" || t.Data == "textarea" {
				controls = append(controls, attribute(t, "id"))
			}
			if !slices.Contains(void, t.Data) {
				open = append(open, t.Data)
			}
		case html.EndTagToken:
			t := z.Token()
			if len(open) == 0 || open[len(open)-1] != t.Data {
				say("</%s> closes %v", t.Data, open)
				return faults
			}
			open = open[:len(open)-1]
		}
	}
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hrefs(page string) (all []string) {
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return all
		case html.StartTagToken:
			for _, a := range z.Token().Attr {
				if a.Key == "href" || a.Key == "action" || a.Key == "src" {
					all = append(all, a.Val)
				}
			}
		}
	}
}

// Pages come squeezed to whoever can take it, and not at all to whoever has them.
func TestServing(t *testing.T) {
	g := fullRig(t)
	site := g.public(t)
	whole := ask(t, site, "GET", "/faq")
	tag := whole.Header().Get("ETag")
	squeezed := ask(t, site, "GET", "/faq", "Accept-Encoding", "br, gzip")
	z, err := gzip.NewReader(squeezed.Body)
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil || !bytes.Equal(out, whole.Body.Bytes()) || squeezed.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("squeezed: %v, %v", err, squeezed.Header())
	}
	for _, c := range []struct {
		method, path string
		header       []string
		status       int
	}{
		{"GET", "/faq", []string{"If-None-Match", `"x", W/` + tag}, 304},
		{"GET", "/faq", []string{"If-None-Match", `"x"`}, 200},
		{"GET", "/faq", []string{"Accept-Encoding", "gzip;q=0"}, 200},
		{"HEAD", "/faq", nil, 200},
		{"GET", "/faq/", nil, 301},
		{"POST", "/faq", nil, 405},
		{"DELETE", "/nowhere", nil, 404},
		{"GET", "/404", nil, 404},
		{"GET", "404", nil, 404},
		{"GET", "/people", nil, 404},
		{"GET", "/sign-in", nil, 404},
		{"GET", "/public", nil, 404},
	} {
		if c.path == "404" {
			continue // httptest makes no such request
		}
		w := ask(t, site, c.method, c.path, c.header...)
		if w.Code != c.status {
			t.Errorf("%s %s %v: %d, want %d", c.method, c.path, c.header, w.Code, c.status)
		}
		if (c.status == 304 || c.method == "HEAD") && w.Body.Len() > 0 {
			t.Errorf("%s %s: a body of %d bytes", c.method, c.path, w.Body.Len())
		}
		if c.header != nil && c.header[1] == "gzip;q=0" && w.Header().Get("Content-Encoding") != "" {
			t.Error("squeezed for one who cannot take it")
		}
	}
	for _, p := range []string{"/banner", "/banner.json"} {
		if w := ask(t, site, "GET", p); !strings.Contains(w.Header().Get("Content-Security-Policy"), "frame-ancestors *") || w.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: other sites cannot show it: %v", p, w.Header())
		}
	}
	if w := ask(t, site, "GET", "/faq"); strings.Contains(w.Header().Get("Content-Security-Policy"), "frame-ancestors *") {
		t.Error("one answer changed the headers of another")
	}
}

// The site is built once for each content, whatever the hour.
func TestBuiltOnce(t *testing.T) {
	g := fullRig(t)
	before := g.built.Load()
	g.now = g.now.Add(time.Hour)
	g.refresh(t)
	if g.built.Load() != before {
		t.Error("built again, and nothing has changed")
	}
	again, err := Build(before.s, g.options(false), before.now)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range again.Paths() {
		if !bytes.Equal(again.files[p].Body, before.site.files[p].Body) {
			t.Errorf("%s: built twice, and not the same", p)
		}
	}
}

func TestFeeds(t *testing.T) {
	g := fullRig(t)
	site := g.public(t)
	var atom atomFeed
	w := ask(t, site, "GET", "/updates.atom")
	if err := xml.Unmarshal(w.Body.Bytes(), &atom); err != nil {
		t.Fatal(err)
	}
	when := func(s string) {
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			t.Error(err)
		}
	}
	when(atom.Updated)
	if atom.ID == "" || atom.Title == "" || atom.Author.Name == "" || len(atom.Entries) != 2 || atom.Entries[0].Title != "Staff are back online" {
		t.Errorf("%+v", atom)
	}
	ids := map[string]bool{atom.ID: true}
	for _, e := range atom.Entries {
		when(e.Published)
		when(e.Updated)
		if ids[e.ID] || !strings.HasPrefix(e.ID, "urn:uuid:") || !strings.HasPrefix(e.Link.Href, testCouncil.Site+"/updates/") || e.Content.Type != "html" {
			t.Errorf("%+v", e)
		}
		ids[e.ID] = true
	}
	var feed jsonFeed
	if err := json.Unmarshal(ask(t, site, "GET", "/updates.json").Body.Bytes(), &feed); err != nil {
		t.Fatal(err)
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" || len(feed.Items) != 2 || feed.Items[0].ID != atom.Entries[0].ID || feed.Items[0].HTML == "" || feed.Feed != testCouncil.Site+"/updates.json" {
		t.Errorf("%+v", feed)
	}
	var banner bannerText
	if err := json.Unmarshal(ask(t, site, "GET", "/banner.json").Body.Bytes(), &banner); err != nil || banner.Title != "Most services work again" || banner.Link != testCouncil.Site+"/" {
		t.Errorf("%+v %v", banner, err)
	}
	// An update that is corrected keeps its id and its first day.
	first := atom.Entries[1]
	g.now = g.now.Add(48 * time.Hour)
	g.writeText(t, "update-1", 1, "Some data was copied", "We put this right. [Call us](/contact).")
	g.releaseAll(t)
	if err := xml.Unmarshal(ask(t, site, "GET", "/updates.atom").Body.Bytes(), &atom); err != nil {
		t.Fatal(err)
	}
	if last := atom.Entries[len(atom.Entries)-1]; last.ID != first.ID || last.Published != first.Published || last.Updated == first.Updated {
		t.Errorf("before %+v, after %+v", first, last)
	} else if !strings.Contains(last.Content.Text, `href="`+testCouncil.Site+`/contact"`) {
		t.Errorf("a link that leads nowhere in a reader: %s", last.Content.Text)
	}
}

func TestBulletin(t *testing.T) {
	g := fullRig(t)
	b := ask(t, g.public(t), "GET", "/bulletin.pdf")
	if !bytes.HasPrefix(b.Body.Bytes(), []byte("%PDF-")) || b.Header().Get("Content-Type") != "application/pdf" {
		t.Error("the bulletin is no PDF")
	}
	var text bytes.Buffer
	if err := g.built.Load().bulletinOf().WriteText(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Most services work again", "Staff are back online", "9,605", "020 7946 0100", "Homeless tonight"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the bulletin does not say %q", want)
		}
	}
}

// As files the site works from any folder: every link leads to a file, nothing
// can be sent in, and how to reach us stands in its place.
func TestExport(t *testing.T) {
	g := fullRig(t)
	dir := filepath.Join(t.TempDir(), "site")
	n, err := g.Export(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	err = filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		seen++
		if filepath.Ext(p) != ".html" {
			return nil
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if bytes.Contains(b, []byte("<form")) {
			t.Errorf("%s: a form", p)
		}
		for _, l := range hrefs(string(b)) {
			u, err := url.Parse(l)
			if err != nil || u.Scheme != "" || u.Path == "" {
				continue
			}
			if strings.HasPrefix(l, "/") {
				t.Errorf("%s: %s is no relative link", p, l)
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(p), filepath.FromSlash(u.Path))); err != nil {
				t.Errorf("%s: %s leads nowhere", p, l)
			}
		}
		return nil
	})
	if err != nil || seen != n {
		t.Errorf("%d files, said %d: %v", seen, n, err)
	}
	letter, err := os.ReadFile(filepath.Join(dir, "check-a-letter", "index.html"))
	if err != nil || !bytes.Contains(letter, []byte("You cannot check a reference on this copy")) || !bytes.Contains(letter, []byte("Town Hall")) {
		t.Errorf("the letter check as a file: %v", err)
	}
	if _, err := g.Export(t.Context(), filepath.Join(t.TempDir(), "site.zip")); err != nil {
		t.Error(err)
	}
}

func TestFileName(t *testing.T) {
	for p, want := range map[string]string{"/": "index.html", "/about/privacy": "about/privacy/index.html", "/updates.atom": "updates.atom", "/assets/x/site.css": "assets/x/site.css", missingPath: "404.html"} {
		if got := fileName(p); got != want || path.IsAbs(got) {
			t.Errorf("%s: %s, want %s", p, got, want)
		}
	}
}

// Forms of other rooms stand in the site's frame, and in no file.
func TestForms(t *testing.T) {
	g := newRig(t, dbtest.SQLite(t), Deps{Forms: []Link{{Title: "Ask a question", Path: "/ask"}}})
	g.open(t)
	site, err := g.Server(false, web.Route{Pattern: "GET /ask", Do: func(r *web.Request) (web.Answer, error) { return figuresPage.With("Ask", figuresForm{}), nil }})
	if err != nil {
		t.Fatal(err)
	}
	w := ask(t, site, "GET", "/ask")
	if w.Code != 200 || !strings.Contains(w.Body.String(), "Northmoor Council") || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if !strings.Contains(ask(t, site, "GET", "/contact").Body.String(), `href="/ask"`) {
		t.Error("nothing leads to the form")
	}
	files, err := g.Files(t.Context())
	if err != nil || bytes.Contains(files["contact/index.html"], []byte("ask")) && bytes.Contains(files["contact/index.html"], []byte(`>Ask a question<`)) {
		t.Errorf("a file leads to the form: %v", err)
	}
}
