package publish

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/web"
)

//go:embed layout
var layoutFiles embed.FS

var layout = template.Must(template.ParseFS(layoutFiles, "layout/*.html"))

// Link is a place to go on the site.
type Link struct {
	Title string
	Path  string
	Here  bool
}

// Options are what of the program around it the site must know.
type Options struct {
	Letters bool   // references of letters can be checked
	Forms   []Link // public forms of other rooms
	Case    string // the case's id, for names in feeds that stay the same for ever
	Files   bool   // built as files: nothing can be sent in
	// Renamed gives a text with the names that bodies have at a moment; nil: as
	// it is.
	Renamed func(text string, at int64) string
}

// builder makes a site out of a snapshot.
type builder struct {
	s     Snapshot
	o     Options
	now   int64
	words map[string]string
	facts map[int64]Fact
	site  *Site
}

// Build renders the whole site as it is at a moment, seconds UTC.
func Build(s Snapshot, o Options, now int64) (*Site, error) {
	b, err := build(s, o, now)
	if err != nil {
		return nil, err
	}
	return b.site, nil
}

func build(s Snapshot, o Options, now int64) (*builder, error) {
	b := &builder{s: s, o: o, now: now, words: s.words(), facts: s.facts(),
		site: &Site{Stamp: s.stamp(), files: make(map[string]*File), uses: make(map[int64][]string)}}
	b.site.add(stylePath, fileOf("text/css; charset=utf-8", style, forEver))
	if !s.Open() {
		return b, b.closed()
	}
	b.site.open = true
	for _, step := range []func() error{b.pages, b.home, b.news, b.timeline, b.figures, b.letter, b.changes, b.missing, b.feeds, b.banner, b.bulletin, b.robots} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("build public site: %w", err)
		}
	}
	return b, nil
}

// sheet is what stands around a page.
type sheet struct {
	Title   string
	Council string
	Phone   string
	Hours   string
	Email   string
	Style   string
	Menu    []Link
	Foot    []Link
	Above   *Link
	Exit    bool
	Hidden  bool // not for search engines
	Updated string
	Errors  []web.FieldError
	Content template.HTML
}

// frame is the page around content at a path.
func (b *builder) frame(path, title string, content template.HTML) sheet {
	c := b.s.Council
	f := sheet{Title: title, Council: c.Name, Phone: c.Phone, Hours: c.Hours, Email: c.Email, Style: stylePath, Content: content}
	menu := []Link{{Title: "Home", Path: "/"}, {Title: "Updates", Path: "/updates"}, {Title: "What was taken", Path: "/what-was-taken"},
		{Title: "Check a letter", Path: "/check-a-letter"}, {Title: "Protect yourself", Path: "/protect-yourself"}, {Title: "Contact", Path: "/contact"}}
	foot := []Link{{Title: "Changes to this site", Path: "/about/changes"}, {Title: "Bulletin to print (PDF)", Path: "/bulletin.pdf"}}
	for _, p := range pages {
		if p.Group == groupAbout {
			foot = append(foot, Link{Title: b.s.Texts[p.Slug].Title, Path: p.Path})
		}
	}
	f.Menu, f.Foot = b.there(menu), b.there(foot)
	for i := range f.Menu {
		f.Menu[i].Here = f.Menu[i].Path == path
	}
	return f
}

// there leaves out links to pages whose text is not released.
func (b *builder) there(all []Link) []Link {
	return slices.DeleteFunc(all, func(l Link) bool {
		i := slices.IndexFunc(pages, func(p page) bool { return p.Path == l.Path })
		if i < 0 {
			return false
		}
		_, shown := b.s.Texts[pages[i].Slug]
		return !shown
	})
}

// put renders one page and adds it to the site.
func (b *builder) put(path string, f sheet) error {
	var out bytes.Buffer
	if err := layout.ExecuteTemplate(&out, "page", f); err != nil {
		return err
	}
	b.site.add(path, fileOf("text/html; charset=utf-8", out.Bytes(), shortly))
	return nil
}

// part renders one of layout/parts.html.
func part(name string, data any) (template.HTML, error) {
	var out bytes.Buffer
	err := layout.ExecuteTemplate(&out, name, data)
	return template.HTML(out.String()), err
}

// render gives the body of a text at a path; what it cites is noted.
func (b *builder) render(body, path string, at int64) (template.HTML, error) {
	for _, id := range cited(body) {
		if f, there := b.facts[id]; there {
			b.site.use(f.Version, path)
		}
	}
	filled, _, _ := fill(body, b.words, b.facts)
	if b.o.Renamed != nil {
		filled = b.o.Renamed(filled, at)
	}
	if updateNumber(slugAt(path)) > 0 {
		return renderMarkdown(unnamed, filled)
	}
	return renderMarkdown(markdown, filled)
}

// textView is a page that is a text.
type textView struct {
	Title    string
	Body     template.HTML
	Contents []heading
	Day      string
	Path     string
}

// manyHeadings is from when a page begins with a list of its sections.
const manyHeadings = 5

// pages puts the pages of the table that are released; what some of them show
// besides their text comes behind it.
func (b *builder) pages() error {
	for _, p := range pages {
		t, shown := b.s.Texts[p.Slug]
		if !shown || p.Slug == "home" {
			continue
		}
		body, err := b.render(t.Body, p.Path, b.now)
		if err != nil {
			return err
		}
		more, err := b.more(p)
		if err != nil {
			return err
		}
		v := textView{Title: t.Title, Body: body + more}
		if h := headings(t.Body); len(h) >= manyHeadings {
			v.Contents = h
		}
		content, err := part("text", v)
		if err != nil {
			return err
		}
		f := b.frame(p.Path, t.Title, content)
		f.Exit, f.Updated = p.Exit, day(b.changed(p))
		if p.Exit {
			f.Title = plainTitle
		}
		if above := pageOf(p.Below); above != nil && b.s.Texts[above.Slug].Title != "" {
			f.Above = &Link{Title: b.s.Texts[above.Slug].Title, Path: above.Path}
		}
		if err := b.put(p.Path, f); err != nil {
			return err
		}
	}
	return nil
}

// plainTitle is what the browser's tab and history say of a page that somebody
// reads who is watched.
const plainTitle = "Advice"

// more is what a page of the table shows besides its text.
func (b *builder) more(p page) (template.HTML, error) {
	switch p.Slug {
	case "what-happened":
		var v struct{ Known, Unknown []Fact }
		for _, f := range b.s.Facts {
			b.site.use(f.Version, p.Path)
			if f.Unknown {
				v.Unknown = append(v.Unknown, f)
			} else {
				v.Known = append(v.Known, f)
			}
		}
		return part("known", v)
	case "scams":
		var v []struct{ Title, Text, Day string }
		for _, s := range b.s.Scams {
			v = append(v, struct{ Title, Text, Day string }{s.Title, s.Text, day(s.At)})
		}
		return part("seen", v)
	case "contact":
		return part("reach", b.reach())
	case "partners":
		return part("partners", b.s.Council.Partners)
	}
	return "", nil
}

// changed is when a page of the table changed last: the newest of its text and of
// what it shows besides, in UTC seconds.
func (b *builder) changed(p page) int64 {
	text := b.s.Texts[p.Slug]
	at := text.From()
	if strings.Contains(text.Body, "[[unread]]") {
		at = max(at, b.s.Texts[slugFigures].From())
	}
	switch p.Slug {
	case "what-happened":
		for _, f := range b.s.Facts {
			at = max(at, f.AsOf)
		}
	case "scams":
		for _, s := range b.s.Scams {
			at = max(at, s.At)
		}
	case "contact", "partners":
		at = max(at, b.s.Texts[slugCouncil].From())
	}
	return at
}

// reachView is how people reach the council.
type reachView struct {
	Rows      []Number
	Forms     []Link
	Emergency []Number
}

func (b *builder) reach() reachView {
	c := b.s.Council
	v := reachView{Emergency: c.Emergency}
	for _, n := range []Number{{"Telephone", strings.TrimSpace(c.Phone + " " + c.Hours)}, {"E-mail", c.Email}, {"Post and visits", strings.ReplaceAll(c.Address, "\n", ", ")},
		{"Data protection officer", c.Officer}, {"Press", c.Press}} {
		if n.At != "" {
			v.Rows = append(v.Rows, n)
		}
	}
	if !b.o.Files {
		v.Forms = b.o.Forms
	}
	return v
}

// homeView is the first page.
type homeView struct {
	textView
	Status  *textView
	Updates []textView
	Groups  []groupView
}

type groupView struct {
	Title string
	Links []Link
}

// newsAtHome is how many updates the first page shows.
const newsAtHome = 3

func (b *builder) home() error {
	t := b.s.Texts["home"]
	body, err := b.render(t.Body, "/", b.now)
	if err != nil {
		return err
	}
	v := homeView{textView: textView{Title: t.Title, Body: body}}
	if s, shown := b.s.Texts[slugStatus]; shown {
		words, err := b.render(s.Body, "/", b.now)
		if err != nil {
			return err
		}
		v.Status = &textView{Title: s.Title, Body: words, Day: moment(s.From())}
	}
	for i, u := range b.s.updates() {
		if i < newsAtHome {
			v.Updates = append(v.Updates, textView{Title: u.Title, Path: u.Path(), Day: day(u.From())})
		}
	}
	v.Groups = b.groups()
	content, err := part("home", v)
	if err != nil {
		return err
	}
	return b.put("/", b.frame("/", t.Title, content))
}

// groups are the lists of pages on the first page.
func (b *builder) groups() (all []groupView) {
	for _, g := range groups {
		v := groupView{Title: g}
		for _, p := range pages {
			if t, shown := b.s.Texts[p.Slug]; shown && p.Group == g {
				v.Links = append(v.Links, Link{Title: t.Title, Path: p.Path})
			}
		}
		switch g {
		case groupNews:
			v.Links = append(v.Links, Link{Title: "Timeline", Path: "/timeline"}, Link{Title: "What data was taken", Path: "/what-was-taken"})
		case groupYou:
			v.Links = append(v.Links, Link{Title: "Check that a letter is real", Path: "/check-a-letter"})
		case groupHelp:
			if !b.o.Files {
				v.Links = append(v.Links, b.o.Forms...)
			}
		}
		if len(v.Links) > 0 {
			all = append(all, v)
		}
	}
	return all
}

// news puts the list of updates and each of them.
func (b *builder) news() error {
	var list []textView
	for _, u := range b.s.updates() {
		body, err := b.render(u.Body, u.Path(), u.From())
		if err != nil {
			return err
		}
		v := textView{Title: u.Title, Body: body, Path: u.Path(), Day: moment(u.From())}
		list = append(list, v)
		content, err := part("update", v)
		if err == nil {
			err = b.put(u.Path(), b.frame(u.Path(), u.Title, content))
		}
		if err != nil {
			return err
		}
	}
	return b.putPart("/updates", "Updates", "updates", list)
}

// putPart puts a page that is one part.
func (b *builder) putPart(path, title, name string, data any) error {
	content, err := part(name, data)
	if err != nil {
		return err
	}
	return b.put(path, b.frame(path, title, content))
}

// line is one line of the timeline.
type line struct {
	At   int64
	Day  string
	Text string
	Path string
}

func (b *builder) timeline() error {
	var all []line
	for _, f := range b.s.Facts {
		if !f.Unknown {
			b.site.use(f.Version, "/timeline")
			text := f.Claim
			if f.Disputed {
				text += " Other statements differ. We are checking which is right."
			}
			all = append(all, line{At: f.AsOf, Day: day(f.AsOf), Text: text})
		}
	}
	for _, u := range b.s.updates() {
		all = append(all, line{At: u.From(), Day: day(u.From()), Text: u.Title, Path: u.Path()})
	}
	slices.SortStableFunc(all, func(x, y line) int { return int(y.At - x.At) })
	return b.putPart("/timeline", "Timeline", "timeline", all)
}

func (b *builder) figures() error {
	v := struct {
		Figures *Figures
		Day     string
	}{Figures: b.s.Figures}
	if v.Figures != nil {
		v.Day = day(v.Figures.AsOf)
	}
	return b.putPart("/what-was-taken", "What data was taken", "figures", v)
}

// changeLine is one line of the public change log.
type changeLine struct {
	Day, Title, Path, Note, Gone string
	Version                      int64
}

func (b *builder) changes() error {
	var all []changeLine
	for _, t := range b.s.Changes {
		c := changeLine{Day: day(t.From()), Title: t.Title, Path: t.Path(), Note: t.Note, Version: t.Version}
		if t.State == Withdrawn {
			c.Gone, c.Path = day(t.EndedAt), ""
		}
		all = append(all, c)
	}
	return b.putPart("/about/changes", "Changes to this site", "changes", all)
}

func (b *builder) missing() error {
	content, err := part("missing", nil)
	if err != nil {
		return err
	}
	f := b.frame("/404", "Page not found", content)
	f.Hidden = true
	return b.put(missingPath, f)
}

func (b *builder) closed() error {
	content, err := part("closed", stylePath)
	if err == nil {
		b.site.add(missingPath, fileOf("text/html; charset=utf-8", []byte(content), shortly))
	}
	return err
}

func (b *builder) robots() error {
	lines := "User-agent: *\nAllow: /\n"
	b.site.add("/robots.txt", fileOf("text/plain; charset=utf-8", []byte(lines), shortly))
	return nil
}

// writeFrame writes a page of another room, or an answer, in the site's frame.
func (b *builder) writeFrame(w io.Writer, p web.PublicPage) error {
	f := b.frame(p.Path, p.Title, p.Content)
	f.Errors, f.Hidden = p.Errors, true
	return layout.ExecuteTemplate(w, "page", f)
}

// idOf is the name of an update that stays the same wherever the site is.
func (b *builder) idOf(u Text) string {
	return "urn:uuid:" + uuidOf(b.o.Case+" public "+u.Slug)
}
