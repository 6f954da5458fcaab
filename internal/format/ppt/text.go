package ppt

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
)

// maxSaid is how many different lines are remembered, so that earlier forms of
// a slide say only what is theirs alone.
const maxSaid = 1 << 20

// writer writes the text of one page.
type writer struct {
	*presentation
	place   string
	layer   reeve.Layer
	outline []string // texts that shapes refer to
	master  bool     // leave out placeholders: text that says "click to add"
	fresh   bool     // leave out what has been said
	held    bool     // the shape at hand is a placeholder
}

// write takes a record and those in it.
func (w *writer) write(r record, depth int) {
	if depth > maxNested || w.out.Step(1) != nil {
		return
	}
	switch r.kind {
	case recWideText, recNarrowText:
		if !w.master || !w.held {
			w.text(textOf(r))
		}
	case recOutlineRef:
		if n := int(u32(r.body, 0)); n >= 0 && n < len(w.outline) {
			w.text(w.outline[n])
			w.outline[n] = ""
		}
	case recPlaceholder:
		w.held = true
	case recComment:
		w.comment(r.body)
	case recMargins, recLink, recString:
		w.beside(r, depth)
	default:
		w.inside(r, depth)
	}
}

// inside takes the records in a container. Tags keep records too, though they
// do not say so.
func (w *writer) inside(r record, depth int) {
	if r.version != containerVersion && r.kind != recTagData {
		return
	}
	if r.kind == recShape {
		w.held = false
	}
	each(r.body, func(child record) { w.write(child, depth+1) })
}

// text gives out the paragraphs of a text as lines.
func (w *writer) text(s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	for line := range strings.SplitSeq(s, "\r") {
		line = strings.ReplaceAll(line, "\v", "\n")
		if w.say(line) || !w.fresh {
			w.out.Line(line)
		}
	}
	w.out.Blank()
}

// say notes a line; true where it is met for the first time.
func (p *presentation) say(line string) bool {
	sum := digest(strings.TrimSpace(line))
	if p.said[sum] || len(p.said) >= maxSaid {
		return false
	}
	p.said[sum] = true
	return true
}

func digest(s string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	sum := uint64(offset)
	for i := range len(s) {
		sum = (sum ^ uint64(s[i])) * prime
	}
	return sum
}

// unusedOutline gives out the texts of the outline that no shape refers to.
func (w *writer) unusedOutline() {
	for _, text := range w.outline {
		w.text(text)
	}
}

// texts are the texts of an outline.
func texts(list []record) (all []string) {
	for _, r := range list {
		if r.kind == recTextHeader {
			all = append(all, "")
		} else if n := len(all); n > 0 {
			all[n-1] += textOf(r)
		}
	}
	return all
}

// textOf decodes a text: in UTF-16, or its lower bytes where the upper are all
// zero (2.9.42, 2.9.44).
func textOf(r record) string {
	if r.kind == recNarrowText {
		return string(compound.AppendLow(nil, r.body))
	}
	return compound.Wide(r.body)
}

// comment writes a remark (2.5.24): strings for its author, text and initials.
func (w *writer) comment(b []byte) {
	var author, text string
	each(b, func(r record) {
		switch {
		case r.kind == recString && r.instance == 0:
			author = compound.Wide(r.body)
		case r.kind == recString && r.instance == 1:
			text = compound.Wide(r.body)
		}
	})
	if w.fresh && !w.say(text) {
		return
	}
	w.margin.Person("Comment by", author)
	layer := reeve.LayerComment
	place := strings.Replace(w.place, "slide", "comments", 1)
	if author != "" {
		w.margin.Add(place, layer, []byte("Comment by: "+author))
	}
	w.margin.Add(place, layer, []byte(strings.ReplaceAll(text, "\r", "\n")))
	w.say(text)
}

// beside takes what stands beside the text of pages: headers and footers,
// links, names.
func (p *presentation) beside(r record, depth int) {
	switch {
	case depth > maxNested || p.out.Step(1) != nil:
	case r.kind == recMargins:
		each(r.body, func(s record) {
			if text := compound.Wide(s.body); s.kind == recString && p.margin.Fresh("header", text) {
				p.margin.Add("header", reeve.LayerHeader, []byte(text))
			}
		})
	case r.kind == recLink:
		each(r.body, func(s record) {
			if s.kind == recString && s.instance > 0 {
				p.margin.Link("hyperlink", compound.Wide(s.body))
			}
		})
	case r.kind == recString:
		if text := compound.Wide(r.body); !strings.HasPrefix(text, "___") && p.margin.Fresh("name", text) {
			p.margin.Add("names", reeve.LayerMetadata, []byte(text))
		}
	case r.version == containerVersion:
		each(r.body, func(child record) { p.beside(child, depth+1) })
	}
}
