package web

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

//go:embed layout
var layoutFiles embed.FS

// layout is the frame and the pieces that every page may use.
var layout = template.Must(template.New("layout").Funcs(valueFuncs(false)).Funcs(pieceFuncs).ParseFS(layoutFiles, "layout/*.html"))

// frame is what stands around a page's own view.
type frame struct {
	Title   string // of the page
	House   string // of the case
	Visitor *Visitor
	Menu    []menuLine
	Inside  []menuLine // the links of the section that the page is in
	Saying  string
	Errors  []FieldError
	Footer  []string
	Style   string
	Script  string
	Path    string
	Data    any
}

// menuLine is a link of a menu. Here is what aria-current says of it: "page" of
// the very page that is shown, "true" of the one that it stands below, "" of all
// others.
type menuLine struct {
	Link
	Here string
}

func (h *House) frame(w http.ResponseWriter, r *Request, v *View) frame {
	f := frame{Title: v.title, House: h.opt.Title, Visitor: r.Visitor, Errors: v.errors, Data: v.data,
		Style: stylePath, Script: scriptPath, Saying: takeSaying(w, r), Path: r.URL.Path}
	f.Menu, f.Inside = h.menu(r)
	if h.opt.Footer != nil {
		f.Footer = h.opt.Footer(r.Request)
	}
	return f
}

// menu gives the sections that the visitor may see and the links of the one
// they are in. One of each at most is where they are.
func (h *House) menu(r *Request) (lines, inside []menuLine) {
	if r.Visitor == nil {
		return nil, nil
	}
	here, deep := -1, 0
	var seen []Section
	for _, s := range h.sections {
		if s.Title == "" || !r.May(Act{Verb: See, Object: s.Object}) {
			continue
		}
		lines = append(lines, menuLine{Link: Link{Title: s.Title, Path: s.Path}})
		seen = append(seen, s)
		if _, n := deepest(r.URL.Path, append([]Link{{Path: s.Path}}, s.Links...)); n > deep {
			here, deep = len(lines)-1, n
		}
	}
	if here < 0 {
		return lines, nil
	}
	lines[here].Here = "true"
	return lines, h.links(r, seen[here])
}

func (h *House) links(r *Request, s Section) (lines []menuLine) {
	for _, l := range s.Links {
		if l.Object == "" || r.May(Act{Verb: See, Object: l.Object}) {
			lines = append(lines, menuLine{Link: l})
		}
	}
	links := make([]Link, len(lines))
	for i, l := range lines {
		links[i] = l.Link
	}
	if i, n := deepest(r.URL.Path, links); n > 0 {
		lines[i].Here = "true"
		if links[i].Path == r.URL.Path {
			lines[i].Here = "page"
		}
	}
	return lines
}

// deepest gives the link to the page itself, or else to the nearest page above
// it, and how deep that is; 0 where there is none.
func deepest(path string, links []Link) (at, deep int) {
	for i, l := range links {
		if n := len(l.Path); n > deep && within(path, l.Path) {
			at, deep = i, n
		}
	}
	return at, deep
}

// within reports whether a path is a page or stands below it.
func within(path, page string) bool {
	return path == page || page != "/" && strings.HasPrefix(path, page+"/")
}

func withSuffix(ctx context.Context, s string) context.Context {
	return context.WithValue(ctx, suffixKey{}, s)
}

// signInPath is where somebody signs in, and comes back from.
func signInPath(r *http.Request) string {
	if r.Method != http.MethodGet || r.URL.Path == "/" {
		return "/sign-in"
	}
	return "/sign-in?to=" + url.QueryEscape(r.URL.RequestURI())
}

// pieceFuncs is what templates may call.
var pieceFuncs = template.FuncMap{
	"date":    func(d reeve.Date) string { return d.String() },
	"day":     func(t time.Time) string { return t.In(london).Format("2 January 2006") },
	"moment":  func(unix int64) string { return moment(unix) },
	"clock":   func(t time.Time) string { return t.In(london).Format("2 January 2006, 15:04") },
	"join":    strings.Join,
	"number":  groupDigits,
	"percent": percent,
	"dict":    dict,
	"faultOn": faultOn,
	"list":    func(v ...any) []any { return v },
}
