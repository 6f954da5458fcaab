package font

import "github.com/reeve-council/reeve/internal/format/pdf/object"

// program is what an embedded font program says of its glyphs. A nil program
// says nothing.
type program struct {
	glyphs map[int]string    // text by glyph number
	codes  map[int]string    // text by code of its own encoding
	named  map[string]string // text by glyph name
	cids   map[int]int       // glyph number by CID; nil where they are the same
}

// loadProgram reads the font file that a descriptor embeds; nil for none.
func loadProgram(f *object.File, descriptor object.Dict) *program {
	return nil
}

// program reads the embedded font of a simple font.
func (l *simpleLoader) program() *program { return loadProgram(l.f, l.descriptor) }

func (p *program) byName(name string) string {
	if p == nil {
		return ""
	}
	return p.named[name]
}

func (p *program) byCode(c int) string {
	if p == nil {
		return ""
	}
	return p.codes[c]
}

func (p *program) knows(c int) bool { return p.byCode(c) != "" }

// byGlyph is the text of a glyph by number, or by CID where the program has a
// charset of its own.
func (p *program) byGlyph(gid, cid int) string {
	if p == nil {
		return ""
	}
	if p.cids != nil {
		gid = p.cids[cid]
	}
	return p.glyphs[gid]
}
