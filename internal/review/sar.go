package review

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) sarSection() web.Section {
	return web.Section{Object: web.ObjectPerson, Routes: []web.Route{
		{Pattern: "GET /people/{id}/sar", Verb: web.Export, Object: web.ObjectPerson, Do: m.sar},
		{Pattern: "POST /people/{id}/sar/release", Verb: web.Export, Object: web.ObjectPerson, Do: m.releaseSar},
		{Pattern: "POST /people/{id}/sar/withhold", Verb: web.Export, Object: web.ObjectPerson, Do: m.withholdSar},
		{Pattern: "POST /people/{id}/sar/pack", Verb: web.Export, Object: web.ObjectPerson, Do: m.packSar},
	}}
}

var sarPage = web.NewPage[sarView](pages, "sar.html")

// sarView is what would go to a person who asks what is held of them.
type sarView struct {
	ID       string           `json:"person"`
	Passages []sarPassage     `json:"passages"`
	From     int              `json:"from"` // number of the first one shown, from 1
	All      int              `json:"all"`
	Withheld int              `json:"withheld"` // findings of others, in all passages
	Previous string           `json:"-"`
	Next     string           `json:"next"`
	Thing    string           `json:"-"`
	Back     string           `json:"-"`
	Granted  bool             `json:"-"`
	Reveals  bool             `json:"-"`
	Errors   []web.FieldError `json:"-"`
	person   *sweep.PersonView
}

// sarPassage is a passage with what is others' marked.
type sarPassage struct {
	sweep.SubjectPassage
	Number int         `json:"number"`
	Pieces []piece     `json:"-"`
	Cells  []cellLine  `json:"-"`
	Thirds []thirdLine `json:"others_found"`
}

// thirdLine is a finding of somebody else, withheld or released.
type thirdLine struct {
	N        int64           `json:"n"`
	Document int64           `json:"document"`
	Kind     string          `json:"kind"`
	Value    reeve.Sensitive `json:"value"`
	Release  *release        `json:"release"`
	Hidden   bool            `json:"hidden"` // blacked out before: whose it is must not show
}

// sarOnPage is how many passages a page shows.
const sarOnPage = 20

func (m *Room) sarView(r *web.Request) (v sarView, err error) {
	scope := scopeOf(r.Visitor)
	if v.person, err = m.kase.Person(r.Context(), r.Part("id"), scope); err != nil {
		return v, err
	}
	p := v.person
	degree := degreeOf(p.Sealed, p.Categories)
	if err = r.Must(web.Act{Verb: web.Export, Object: web.ObjectPerson, Degree: min(degree, web.Special)}); err != nil {
		return v, err
	}
	if err = m.noteSealed(r, sealedIn([]sweep.PersonLine{p.PersonLine})...); err != nil {
		return v, err
	}
	v.ID, v.Thing, v.Back = p.ID, personThing(p.ID), r.URL.RequestURI()
	v.Granted, v.Reveals = mayShowUpTo(r, v.Thing, web.ObjectPerson, degree), mayReveal(r, web.ObjectPerson, degree)
	if v.Granted {
		err = m.noteSpecial(r, v.Thing, p.Categories)
	}
	return v, err
}

// fill puts the passages of one page into the view and counts them all.
func (m *Room) fillSar(r *web.Request, v *sarView) error {
	released, err := m.releases(r.Context(), v.ID)
	if err != nil {
		return err
	}
	page, _ := strconv.Atoi(r.Ask("page"))
	page = max(page, 1)
	v.From = (page-1)*sarOnPage + 1
	err = m.kase.Subject(r.Context(), v.ID, scopeOf(r.Visitor), func(p sweep.SubjectPassage) error {
		v.All++
		one := sarPassage{SubjectPassage: p, Number: v.All}
		for _, f := range p.Others {
			line := thirdLine{N: f.N, Document: p.Document, Kind: kindWords(reeve.Kind(f.Kind)), Value: f.Value, Hidden: f.Kind == ""}
			if rel, ok := released[spot{p.Document, f.N}]; ok {
				line.Release = &rel
			} else {
				v.Withheld++
			}
			one.Thirds = append(one.Thirds, line)
		}
		if v.All < v.From || v.All >= v.From+sarOnPage {
			return nil
		}
		one.mark()
		v.Passages = append(v.Passages, one)
		return nil
	})
	here := personPath(v.ID) + "/sar?page="
	if page > 1 {
		v.Previous = here + strconv.Itoa(page-1)
	}
	if v.All >= v.From+sarOnPage {
		v.Next = here + strconv.Itoa(page+1)
	}
	return err
}

// mark cuts the text at what is others'.
func (p *sarPassage) mark() {
	if len(p.Row) == 0 {
		p.Pieces = cut(p.Text, p.Others)
		return
	}
	for i, cell := range p.Row {
		var line cellLine
		if i < len(p.Header) {
			line.Head = p.Header[i]
		}
		var inside []sweep.FoundView
		for _, f := range p.Others {
			if f.Col == int64(i) {
				inside = append(inside, f)
			}
		}
		line.Pieces = cut(cell, inside)
		p.Cells = append(p.Cells, line)
	}
}

func (m *Room) releases(ctx context.Context, person string) (released map[spot]release, err error) {
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		released, err = readReleases(tx, person)
		return err
	})
	return released, err
}

func (v sarView) page() *web.View {
	return sarPage.With("What is held of this person", v).Show(v.Granted)
}

func (m *Room) sar(r *web.Request) (web.Answer, error) {
	v, err := m.sarView(r)
	if err == nil {
		err = m.fillSar(r, &v)
	}
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// sarChoice reads which finding a form is about: one that stands in a passage
// about the person and is somebody else's.
func (m *Room) sarChoice(r *web.Request, v *sarView, f *web.Form) (s spot, err error) {
	s = spot{f.Number("document", "", 1, 1<<53), f.Number("n", "", 0, 1<<53)}
	found := errors.New("found")
	err = m.kase.Subject(r.Context(), v.ID, scopeOf(r.Visitor), func(p sweep.SubjectPassage) error {
		for _, o := range p.Others {
			if p.Document == s.document && o.N == s.n && o.Kind != "" {
				return found
			}
		}
		return nil
	})
	switch {
	case errors.Is(err, found):
		return s, nil
	case err == nil:
		err = fmt.Errorf("find what is withheld: %w", reeve.NotFound)
	}
	return s, err
}

// releaseSar shows one finding of somebody else to the person, with the reason:
// they consented, or it is reasonable without (DPA 2018, schedule 2, paragraph 16).
func (m *Room) releaseSar(r *web.Request) (web.Answer, error) {
	v, err := m.sarView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s, err := m.sarChoice(r, &v, f)
	if err != nil {
		return nil, err
	}
	field := fmt.Sprintf("why-%d-%d", f.Number("passage", "", 1, 1<<53), s.n)
	why := f.Need(field, noteLength, "Say why this may be shown: they consented, or it is reasonable without")
	if !f.OK() {
		if err := m.fillSar(r, &v); err != nil {
			return nil, err
		}
		v.Errors = f.Errors
		return v.page().Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "release", Object: v.Thing, Line: fmt.Sprintf("released finding %d of document %d, which is somebody else’s, to %s", s.n, s.document, v.ID)},
			addRelease(tx, v.ID, s, why, r.Visitor.ID, r.Visitor.Name, r.Now.Unix())
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(personPath(v.ID)+"/sar", "Released: the pack shows it."), nil
}

func (m *Room) withholdSar(r *web.Request) (web.Answer, error) {
	v, err := m.sarView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s, err := m.sarChoice(r, &v, f)
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "withhold", Object: v.Thing, Line: fmt.Sprintf("withheld finding %d of document %d from %s again", s.n, s.document, v.ID)}, dropRelease(tx, v.ID, s)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(personPath(v.ID)+"/sar", "Withheld again."), nil
}

// packSar writes the pack: the same document as PDF and HTML, in a ZIP file, put
// on record with its digest before it is handed out.
func (m *Room) packSar(r *web.Request) (web.Answer, error) {
	v, err := m.sarView(r)
	if err != nil {
		return nil, err
	}
	if !v.Granted {
		return nil, reeve.WithHint(fmt.Errorf("pack for a person: %w", reeve.Denied), "Ask to see this person’s values first: the pack holds them in clear.")
	}
	d, withheld, err := m.sarDocument(r, &v)
	if err != nil {
		return nil, err
	}
	file, digest, err := m.spool(func(w io.Writer) error { return zipDocument(w, d) })
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "export", Object: v.Thing, Rows: int64(v.All), Digest: digest,
			Line: fmt.Sprintf("packed what is held of %s for them: %d passages, %d findings of others withheld", v.ID, v.All, withheld)}, nil
	})
	if err != nil {
		os.Remove(file)
		return nil, err
	}
	return spooled("subject-access-"+v.ID+".zip", "application/zip", file), nil
}

func (m *Room) sarDocument(r *web.Request, v *sarView) (d *paper.Document, withheldIn int, err error) {
	released, err := m.releases(r.Context(), v.ID)
	if err != nil {
		return nil, 0, err
	}
	d = &paper.Document{Title: "What was found about you", Author: "Reeve", Date: r.Now.UTC(), Blocks: []paper.Block{
		paper.Paragraph{Text: "This is what the council found about you in files that were copied without permission. Where a passage is also about somebody else, what is theirs is withheld and marked so."},
		paper.Heading{Level: 1, Text: "What is held of you"}, paper.Facts{Rows: personFactsFor(v.person)}, paper.Heading{Level: 1, Text: "Where it was found"}}}
	numbers := make(map[int64]int)
	err = m.kase.Subject(r.Context(), v.ID, scopeOf(r.Visitor), func(p sweep.SubjectPassage) error {
		v.All++
		if numbers[p.Document] == 0 {
			numbers[p.Document] = len(numbers) + 1
			d.Blocks = append(d.Blocks, paper.Heading{Level: 2, Text: fmt.Sprintf("Document %d (%s)", numbers[p.Document], p.Type)})
		}
		e := entryOf(&p, released)
		withheldIn += e.withheld
		d.Blocks = append(d.Blocks, e.blocks()...)
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	return d, withheldIn, m.db.Read(r.Context(), func(tx *db.Tx) error {
		d.Footer, err = checkpointOf(tx)
		return err
	})
}

// blocks are a passage on paper.
func (e *sarEntry) blocks() []paper.Block {
	blocks := []paper.Block{paper.Heading{Level: 3, Text: "At " + e.place}}
	switch {
	case len(e.cells) > 0:
		blocks = append(blocks, paper.Facts{Rows: e.cells})
	case e.text != "":
		blocks = append(blocks, paper.Paragraph{Style: paper.Exact, Text: e.text})
	default:
		blocks = append(blocks, paper.Paragraph{Style: paper.Small, Text: "The text around these values is withheld."})
	}
	if len(e.values) > 0 {
		blocks = append(blocks, paper.Facts{Rows: e.values})
	}
	return blocks
}

// zipDocument writes a document as PDF and HTML into one file.
func zipDocument(w io.Writer, d *paper.Document) error {
	z := zip.NewWriter(w)
	for _, part := range []struct {
		name  string
		write func(io.Writer) error
	}{{"what-was-found.pdf", d.WritePDF}, {"what-was-found.html", func(w io.Writer) error { return writePage(w, d) }}} {
		into, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: d.Date})
		if err == nil {
			err = part.write(into)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// writePage makes a page of a document that stands alone, for screen readers.
func writePage(w io.Writer, d *paper.Document) error {
	title := html.EscapeString(d.Title)
	_, err := io.WriteString(w, `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>`+title+"</title></head><body><main><h1>"+title+"</h1>\n")
	if err == nil {
		err = d.WriteHTML(w)
	}
	if err == nil {
		_, err = io.WriteString(w, "</main></body></html>\n")
	}
	return err
}
