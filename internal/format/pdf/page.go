package pdf

import (
	"bytes"
	"math"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

// maxTree bounds the depth of the page tree.
const maxTree = 64

// page is what a page has of its own or by inheritance.
type page struct {
	dict      object.Dict
	resources object.Dict
	box       []float64
	rotate    int
}

// readPages walks the page tree; where it leads nowhere, every page object in
// the file is read in the order of its number.
func (r *reader) readPages() {
	root := r.file.Dict(r.file.Trailer["Root"])
	t := &tree{r: r, seen: map[object.Ref]bool{}}
	t.walk(root["Pages"], page{}, 0)
	if r.pages == 0 && r.file.Rebuilt {
		r.loosePages()
	}
	if r.pages == 0 && r.file.Rebuilt {
		r.looseStreams()
	}
}

// loosePages reads the page objects of a file whose page tree is lost.
func (r *reader) loosePages() {
	for _, num := range r.file.AllNumbers() {
		d, _ := r.file.Get(object.Ref{Num: num}).(object.Dict)
		if r.file.Name(d["Type"]) == "Page" && !r.stopped() {
			r.readPage(page{}.inherit(r.file, d))
		}
	}
}

// looseStreams reads what looks like the contents of pages in a file that has
// not a page left, with any font of the name that is found.
func (r *reader) looseStreams() {
	numbers := r.file.AllNumbers()
	fonts := object.Dict{}
	for _, num := range numbers {
		for name, v := range r.file.Dict(r.file.Dict(r.file.Dict(object.Ref{Num: num})["Resources"])["Font"]) {
			fonts[name] = v
		}
	}
	resources := object.Dict{"Font": fonts}
	for _, num := range numbers {
		s := r.file.Stream(object.Ref{Num: num})
		if s == nil || s.Dict["Type"] != nil || r.file.IsPicture(s) || r.stopped() {
			continue
		}
		data, _ := r.file.Data(s)
		if bytes.Contains(data, []byte("BT")) && bytes.Contains(data, []byte("Tf")) {
			r.readPage(page{dict: object.Dict{"Contents": s}, resources: resources})
		}
	}
}

// tree walks the page tree once: a node that was met is not met again.
type tree struct {
	r    *reader
	seen map[object.Ref]bool
}

func (t *tree) walk(v any, above page, depth int) {
	if ref, ok := v.(object.Ref); ok {
		if t.seen[ref] {
			return
		}
		t.seen[ref] = true
	}
	d := t.r.file.Dict(v)
	if d == nil || depth > maxTree || t.r.stopped() {
		return
	}
	p := above.inherit(t.r.file, d)
	kids := t.r.file.Array(d["Kids"])
	if kids == nil || t.r.file.Name(d["Type"]) == "Page" {
		if d["Contents"] != nil || t.r.file.Name(d["Type"]) != "Pages" {
			t.r.readPage(p)
		}
		return
	}
	for _, kid := range kids {
		t.walk(kid, p, depth+1)
	}
}

func (p page) inherit(f *object.File, d object.Dict) page {
	p.dict = d
	if v := f.Dict(d["Resources"]); v != nil {
		p.resources = v
	}
	for _, key := range []object.Name{"MediaBox", "CropBox"} {
		if v := f.Numbers(d[key]); len(v) == 4 {
			p.box = v
		}
	}
	if d["Rotate"] != nil {
		p.rotate = f.Int(d["Rotate"], 0)
	}
	return p
}

// fewLetters is how many letters a scanned page may have of its own, as a stamp
// or a page number, and still need OCR.
const fewLetters = 60

// area is the size of the page in square points; that of A4 where it is not
// known.
func (p page) area() float64 {
	if len(p.box) == 4 {
		if a := math.Abs((p.box[2] - p.box[0]) * (p.box[3] - p.box[1])); a > 1 {
			return a
		}
	}
	return 595 * 842
}

// readPage follows the operators of a page and pushes its text.
func (r *reader) readPage(p page) {
	r.pages++
	if r.out.Page() != nil {
		return
	}
	c := newContent(r, p)
	c.run(r.contents(p.dict["Contents"]), p.resources)
	before := r.out.Letters()
	r.out.Begin(pageName(r.pages), reeve.LayerBody)
	c.finish()
	if r.placed != nil {
		r.placed(p, c)
	}
	notes := r.annotations(p, c)
	r.layout(c)
	got := r.out.Letters() - before
	r.pushNotes(notes)
	if !r.needsOCR(p, c, got) {
		r.letters += got
	}
}

// outlined is how many curves a page without text has at least if what it shows
// is letters that were turned into outlines.
const outlined = 400

// needsOCR notes a page that must be looked at to be read: a picture with few
// letters of its own, a drawing without any, or letters in a font that does not
// tell what they mean.
func (r *reader) needsOCR(p page, c *content, got int64) bool {
	stamped := got < fewLetters && c.ghosts == 0 && c.covered > 0.5*p.area()
	scan := c.pictures > 0 && (got == 0 || stamped)
	drawn := got == 0 && c.curves > outlined
	riddle := c.unknown > 20 && c.unknown > c.known
	switch {
	case scan:
		r.out.Lost(&part.Fault{Status: reeve.StatusNeedsOCR, Reason: reeve.ReasonSomePages, Detail: "some of its pages are pictures"})
	case riddle:
		r.out.Lost(&part.Fault{Status: reeve.StatusNeedsOCR, Reason: reeve.ReasonSomePages, Detail: "some of its pages are set in fonts that do not say what their letters mean"})
	case drawn:
		r.out.Lost(&part.Fault{Status: reeve.StatusNeedsOCR, Reason: reeve.ReasonSomePages, Detail: "some of its pages are drawings, which may be of letters"})
	default:
		return false
	}
	r.pictures++
	return true
}

// contents joins the streams of a page.
func (r *reader) contents(v any) []byte {
	switch v := r.file.Resolve(v).(type) {
	case *object.Stream:
		return r.data(v)
	case object.Array:
		var b bytes.Buffer
		for _, e := range v {
			if s := r.file.Stream(e); s != nil && !r.stopped() {
				b.Write(r.data(s))
				b.WriteByte('\n')
			}
		}
		return b.Bytes()
	}
	return nil
}

// data is a stream of a page's contents; damage to it is noted.
func (r *reader) data(s *object.Stream) []byte {
	data, err := r.file.Data(s)
	if err != nil {
		r.damaged = true
	}
	return data
}
