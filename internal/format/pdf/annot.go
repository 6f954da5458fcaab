package pdf

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pdf/font"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

// maxAnnotations is the most annotations of one page.
const maxAnnotations = 20_000

// str is a text string, decoded and folded to one line.
func (r *reader) str(v any) string {
	switch v := r.file.Resolve(v).(type) {
	case string:
		return oneLine(font.DocText(v))
	case object.Name:
		return string(v)
	case *object.Stream:
		data, _ := r.file.Data(v)
		return oneLine(font.DocText(string(data)))
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// annotations reads what is pinned to a page (12.5): appearances are shown as
// part of the page, comments pushed after it.
func (r *reader) annotations(p page, c *content) (notes []string) {
	list := r.file.Array(p.dict["Annots"])
	for _, v := range list[:min(len(list), maxAnnotations)] {
		d := r.file.Dict(v)
		if d == nil || r.stopped() {
			continue
		}
		kind := r.file.Name(d["Subtype"])
		if kind == "Widget" || kind == "FreeText" || kind == "Stamp" {
			r.appearance(d, c)
		}
		notes = append(notes, r.note(d, kind)...)
	}
	return notes
}

// appearance shows the form that an annotation is drawn with.
func (r *reader) appearance(d object.Dict, c *content) {
	if r.file.Int(d["F"], 0)&2 != 0 {
		return // hidden
	}
	normal := r.file.Resolve(r.file.Dict(d["AP"])["N"])
	if states, ok := normal.(object.Dict); ok {
		normal = r.file.Resolve(states[r.file.Name(d["AS"])])
	}
	s, ok := normal.(*object.Stream)
	box := r.file.Numbers(d["Rect"])
	if !ok || len(box) != 4 {
		return
	}
	c.state = state{ctm: c.base, width: 1, size: 1}
	form := r.file.Numbers(s.Dict["BBox"])
	m := toMatrix(r.file.Numbers(s.Dict["Matrix"]))
	x, y := 0.0, 0.0
	if len(form) == 4 {
		x, y = m.apply(min(form[0], form[2]), min(form[1], form[3]))
	}
	c.state.ctm = matrix{1, 0, 0, 1, min(box[0], box[2]) - x, min(box[1], box[3]) - y}.mul(c.base)
	c.form(s)
	c.finish()
}

// note gives the words of an annotation: who wrote what, where it leads.
func (r *reader) note(d object.Dict, kind object.Name) (out []string) {
	if kind != "Widget" && kind != "Popup" {
		text := r.str(d["Contents"])
		if text == "" {
			text = plainText(r.str(d["RC"]))
		}
		if who := r.str(d["T"]); who != "" && text != "" {
			out = append(out, "Comment by: "+who)
		}
		if text != "" {
			out = append(out, text)
		}
	}
	for _, key := range []object.Name{"A", "PA"} {
		if link := r.action(r.file.Dict(d[key])); link != "" {
			out = append(out, link)
		}
	}
	if kind == "FileAttachment" {
		r.attach(r.file.Dict(d["FS"]), "")
	}
	return out
}

// action is the address that an action leads to (12.6).
func (r *reader) action(d object.Dict) string {
	if uri := r.str(d["URI"]); uri != "" {
		return "Link: " + strings.TrimPrefix(uri, "mailto:")
	}
	switch v := r.file.Resolve(d["F"]).(type) {
	case string:
		return "Link: " + oneLine(font.DocText(v))
	case object.Dict:
		if name := r.str(v["UF"]); name != "" {
			return "Link: " + name
		}
	}
	return ""
}

// plainText drops the markup of rich text.
func plainText(s string) string {
	var b strings.Builder
	tag := false
	for _, c := range s {
		switch {
		case c == '<':
			tag = true
			b.WriteByte(' ')
		case c == '>':
			tag = false
		case !tag:
			b.WriteRune(c)
		}
	}
	return oneLine(b.String())
}

// pushNotes pushes the words of a page's annotations.
func (r *reader) pushNotes(notes []string) {
	if len(notes) == 0 {
		return
	}
	r.out.Begin(pageName(r.pages), reeve.LayerComment)
	for _, n := range notes {
		r.out.Line(n)
	}
}
