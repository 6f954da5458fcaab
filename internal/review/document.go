package review

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) documentSection() web.Section {
	return web.Section{Object: web.ObjectDocument, Routes: []web.Route{
		{Pattern: "GET /documents/{item}", Verb: web.See, Object: web.ObjectDocument, Do: m.document},
		{Pattern: "GET /documents/{item}/pictures/{n}", Verb: web.SeePersonal, Object: web.ObjectDocument, Do: m.documentPicture},
		{Pattern: "GET /documents/{item}/pages/{n}", Verb: web.SeePersonal, Object: web.ObjectDocument, Do: m.pageImage},
	}}
}

var (
	documentPage = web.NewPage[documentView](pages, "document.html")
	picturePage  = web.NewPage[pictureView](pages, "picture.html")
)

// documentView is a document as it was read. Text is there only under a grant;
// without one the page lists what was found, masked. Nothing of the file itself
// ever reaches the browser: no bytes, no links, no pictures but our own.
type documentView struct {
	Item     sweep.ItemView `json:"item"`
	Title    string         `json:"-"`
	Status   string         `json:"-"`
	Holds    string         `json:"-"`      // how much was found in it
	Unread   string         `json:"unread"` // what could not be read here, "" if nothing
	Thing    string         `json:"-"`
	Back     string         `json:"-"`
	Stop     string         `json:"-"`
	Notice   string         `json:"-"`
	Granted  bool           `json:"-"`
	Reveals  bool           `json:"-"`
	Sections []section      `json:"sections"`
	Found    []foundLine    `json:"found"` // on this page of the document
	Anchors  int            `json:"-"`     // marks on this page
	First    string         `json:"-"`     // the first mark
	Here     position       `json:"-"`
	Previous string         `json:"-"`
	Next     string         `json:"-"`
	Picture  string         `json:"-"` // the first page as a picture, "" where there is none
	People   []personLine   `json:"-"`
	Whole    bool           `json:"-"`       // all of the document is on this page
	Verdict  *verdictPiece  `json:"verdict"` // on the item; nil where its content is not for the visitor
}

// Columns are those of the findings on the page: text has no table.
func (v documentView) Columns() []string {
	return []string{"item", "finding", "kind", "confidence", "value", "place", "rule", "denied"}
}

// EachRow gives the findings on the page.
func (v documentView) EachRow(emit func(...any) error) error {
	for _, f := range v.Found {
		if err := emit(v.Item.ID, f.ID, f.Kind, f.Confidence, f.Value, f.Place, f.Rule, f.Negated); err != nil {
			return err
		}
	}
	return nil
}

// documentPath is the viewer of an item.
func documentPath(item int64) string { return "/documents/" + strconv.FormatInt(item, 10) }

// findingPath is the viewer at a finding: its block, its offset or row, and its
// mark.
func findingPath(item int64, f *sweep.FoundView) string {
	return fmt.Sprintf("%s?finding=%d#%s", documentPath(item), f.N, anchor(f))
}

// readItem reads the item of the address. What is likely privileged is set
// aside before it is shown for the first time; answer stands in the place of
// what the visitor must not see.
func (m *Room) readItem(r *web.Request) (it *sweep.ItemView, s *stop, answer web.Answer, err error) {
	id, err := r.Number("item")
	if err != nil {
		return nil, nil, nil, err
	}
	scope := scopeOf(r.Visitor)
	if it, err = m.kase.Item(r.Context(), id, scope); err != nil {
		return nil, nil, nil, err
	}
	if err = m.siftThese(r.Context(), scope, id); err != nil {
		return nil, nil, nil, err
	}
	answer, s, err = m.stopped(r, id, "")
	return it, s, answer, err
}

func (m *Room) document(r *web.Request) (web.Answer, error) {
	it, s, answer, err := m.readItem(r)
	if err != nil || answer != nil {
		return answer, err
	}
	v := documentView{Item: *it, Title: "Item " + strconv.FormatInt(it.ID, 10), Status: readWords(it), Unread: unreadWords(it),
		Thing: "item:" + strconv.FormatInt(it.ID, 10), Back: documentPath(it.ID)}
	v.Holds = count(it.Findings, "value", "values") + " of " + count(it.People, "person", "people")
	if q := r.URL.RawQuery; q != "" {
		v.Back += "?" + q
	}
	v.Stop = stopPath(v.Thing, "/today")
	degree := degreeOfDocument(it)
	v.Granted = mayShowUpTo(r, v.Thing, web.ObjectDocument, degree) && !it.Hidden
	v.Reveals = !v.Granted && mayReveal(r, web.ObjectDocument, degree) && !it.Hidden && it.Document > 0
	if s != nil {
		v.Notice = "/stops/" + strconv.FormatInt(s.ID, 10)
	}
	if it.Picture && v.Granted {
		v.Picture = picturePath(it.ID, 1)
	}
	if !v.Granted {
		v.Item.Headers = nil
	}
	if err := m.noteSealed(r, sealedIn(linesOf(it.Linked))...); err != nil {
		return nil, err
	}
	if v.People, err = m.personLines(r, linesOf(it.Linked)); err != nil {
		return nil, err
	}
	if err := m.fillDocument(r, &v); err != nil {
		return nil, err
	}
	if !v.Item.Hidden {
		piece, err := m.verdictPieceOf(r, aboutDocument, strconv.FormatInt(it.ID, 10))
		if err != nil {
			return nil, err
		}
		v.Verdict = &piece
	}
	return documentPage.With(v.Title, v).Show(v.Granted), nil
}

// degreeOfDocument is how grave it is to read a document: it may hold anything,
// and it holds sealed people where any are named that were opened.
func degreeOfDocument(it *sweep.ItemView) web.Degree {
	if len(sealedIn(linesOf(it.Linked))) > 0 {
		return web.Sealed
	}
	return web.Special
}

func linesOf(linked []sweep.DocumentPerson) []sweep.PersonLine {
	lines := make([]sweep.PersonLine, len(linked))
	for i := range linked {
		lines[i] = linked[i].PersonLine
	}
	return lines
}

// fillDocument adds the page of the document that was asked for.
func (m *Room) fillDocument(r *web.Request, v *documentView) error {
	it := &v.Item
	if it.Hidden || it.Document == 0 {
		return nil
	}
	scope := scopeOf(r.Visitor)
	at, err := m.positionAsked(r, it, scope)
	if err != nil {
		return err
	}
	p, err := m.readPage(r.Context(), it, at, scope)
	if errors.Is(err, reeve.Denied) {
		it.Hidden, v.Granted, v.Reveals = true, false, false
		return nil
	}
	if err != nil {
		return fmt.Errorf("read document: %w", err)
	}
	v.Here = at
	var categories []string
	for i := range p.found {
		v.Found = append(v.Found, lineOf(&p.found[i]))
		categories = append(categories, p.found[i].Category)
	}
	v.Whole = at == position{} && p.next == nil
	if at != (position{}) {
		v.Previous = m.previousPage(r, it, at, scope)
	}
	if p.next != nil {
		v.Next = documentPath(it.ID) + "?at=" + p.next.String()
	}
	if !v.Granted {
		return nil
	}
	v.Sections = p.sections
	anchors := chain(p.pieces())
	v.Anchors = len(anchors)
	if len(anchors) > 0 {
		v.First = anchors[0]
	}
	return m.noteSpecial(r, v.Thing, categories)
}

// readWords says how far an item was read.
func readWords(it *sweep.ItemView) string {
	s := statusWords(reeve.Status(it.Status))
	if it.Pages > 0 {
		s += ", " + count(it.Pages, "page or part", "pages or parts")
	}
	return s
}

// unreadWords says what could not be read of an item.
func unreadWords(it *sweep.ItemView) string {
	status := reeve.Status(it.Status)
	if status == reeve.StatusRead {
		return ""
	}
	s := statusWords(status)
	if it.Detail != "" {
		s += ": " + it.Detail
	}
	if it.PagesUnread > 0 {
		s += fmt.Sprintf(" (%s of %s gave no text)", digits(it.PagesUnread), count(it.Pages, "page", "pages"))
	}
	return s
}

var layerTable = map[string]string{
	"": "", "body": "", "header": "Header", "comment": "Comment or note", "hidden": "Hidden in the file", "deleted": "Deleted text that is still in the file",
	"cache": "Kept copy of data from elsewhere", "metadata": "About the file", "form": "Form field", "ocr": "Recognised from a picture",
}

// layerWords says from which layer of a document text comes; "" for its body.
func layerWords(layer string) string { return wordsOf(layerTable, layer) }

// pictureView is one page of a document as a picture.
type pictureView struct {
	Item     int64  `json:"item"`
	Page     int64  `json:"page"`
	Pages    int64  `json:"pages"`
	Image    string `json:"-"`
	Document string `json:"-"`
	Stop     string `json:"-"`
	Previous string `json:"-"`
	Next     string `json:"-"`
}

func picturePath(item, page int64) string {
	return fmt.Sprintf("/documents/%d/pictures/%d", item, page)
}

// readPicture reads the item and the page number of a picture's address. Where
// nothing was revealed there is no picture.
func (m *Room) readPicture(r *web.Request) (it *sweep.ItemView, page int64, answer web.Answer, err error) {
	if page, err = r.Number("n"); err != nil {
		return nil, 0, nil, err
	}
	it, _, answer, err = m.readItem(r)
	if err != nil || answer != nil {
		return it, page, answer, err
	}
	if it.Hidden || !it.Picture || page < 1 || page > max(it.Pages, 1) {
		return nil, 0, nil, fmt.Errorf("find picture: %w", reeve.NotFound)
	}
	if !mayShowUpTo(r, "item:"+strconv.FormatInt(it.ID, 10), web.ObjectDocument, degreeOfDocument(it)) {
		return it, page, web.Redirect(documentPath(it.ID), "Show the values of this document first, with a reason: a picture of it shows them all."), nil
	}
	return it, page, nil, nil
}

func (m *Room) documentPicture(r *web.Request) (web.Answer, error) {
	it, page, answer, err := m.readPicture(r)
	if err != nil || answer != nil {
		return answer, err
	}
	v := pictureView{Item: it.ID, Page: page, Pages: max(it.Pages, 1), Image: fmt.Sprintf("/documents/%d/pages/%d", it.ID, page), Document: documentPath(it.ID),
		Stop: stopPath("item:"+strconv.FormatInt(it.ID, 10), "/today")}
	if page > 1 {
		v.Previous = picturePath(it.ID, page-1)
	}
	if page < v.Pages {
		v.Next = picturePath(it.ID, page+1)
	}
	return picturePage.With(fmt.Sprintf("Page %d of item %d as a picture", page, it.ID), v), nil
}

// pageImage is the picture itself, drawn anew by a caged program: never bytes
// of the file.
func (m *Room) pageImage(r *web.Request) (web.Answer, error) {
	it, page, answer, err := m.readPicture(r)
	if err != nil || answer != nil {
		return answer, err
	}
	b, err := m.kase.PageImage(r.Context(), it.ID, int(page), scopeOf(r.Visitor))
	if err != nil {
		return nil, err
	}
	return web.Picture{Type: "image/png", Bytes: b}, nil
}

// position is where a page of a document begins: a block, and in it a byte of
// its text or a row of its table.
type position struct{ Block, Offset int64 }

func (p position) String() string { return fmt.Sprintf("%d.%d", p.Block, p.Offset) }

// number is the position as sweep counts: the block, and above it the rest.
func (p position) number() int { return int(p.Block | p.Offset<<32) }

// positionNumbered is the inverse of number.
func positionNumbered(n int64) position { return position{n & math.MaxUint32, n >> 32} }

// parsePosition reads what String wrote; anything else is the beginning.
func parsePosition(s string) position {
	block, offset, _ := strings.Cut(s, ".")
	b, err := strconv.ParseInt(block, 10, 32)
	o, err2 := strconv.ParseInt(offset, 10, 31)
	if err != nil || err2 != nil || b < 0 || o < 0 {
		return position{}
	}
	return position{b, o}
}

// positionAsked is where the page begins that was asked for: by place, or by a
// finding that must be on it.
func (m *Room) positionAsked(r *web.Request, it *sweep.ItemView, s sweep.Scope) (position, error) {
	if n, err := strconv.ParseInt(r.Ask("finding"), 10, 64); err == nil {
		return m.positionOf(r.Context(), it, n, s)
	}
	return parsePosition(r.Ask("at")), nil
}
