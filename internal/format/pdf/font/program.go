package font

import (
	"bytes"

	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

// program is what an embedded font program says of its glyphs. A nil program
// says nothing.
type program struct {
	glyphs map[int]string // text by glyph number
	codes  map[int]string // text by code of its own encoding
	cids   map[int]int    // glyph number by CID; nil where they are the same
}

// maxGlyphs is the most glyphs of a font program.
const maxGlyphs = 1 << 16

// loadProgram reads the font file that a descriptor embeds; nil for none, and
// for one that tells nothing.
func loadProgram(f *object.File, descriptor object.Dict) *program {
	for _, key := range []object.Name{"FontFile2", "FontFile3", "FontFile"} {
		s := f.Stream(descriptor[key])
		if s == nil {
			continue
		}
		data, _ := f.Data(s)
		return readProgram(data)
	}
	return nil
}

// readProgram reads a font program by what it is, not by what it is called.
func readProgram(data []byte) *program {
	p := &program{glyphs: map[int]string{}, codes: map[int]string{}}
	switch {
	case bytes.HasPrefix(data, []byte("%!")), bytes.HasPrefix(data, []byte("\x80\x01")):
		p.readType1(data)
	case bytes.HasPrefix(data, []byte("\x01\x00")) && len(data) > 4 && data[2] >= 4:
		p.readCFF(data)
	case len(data) > 12:
		p.readSFNT(data)
	}
	return p
}

func (p *program) byCode(c int) string {
	if p == nil {
		return ""
	}
	return p.codes[c]
}

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

// readType1 reads the encoding from the clear part of a Type 1 program (Adobe
// Type 1 Font Format, 2.2): "dup 65 /A put".
func (p *program) readType1(data []byte) {
	if end := bytes.Index(data, []byte("eexec")); end >= 0 {
		data = data[:end]
	}
	i := bytes.Index(data, []byte("/Encoding"))
	if i < 0 {
		return
	}
	l := object.NewLexer(data[i+len("/Encoding"):])
	code := -1
	for n := 0; n < 4096; n++ {
		switch l.Next() {
		case object.End:
			return
		case object.Number:
			code = int(l.Num)
		case object.NameToken:
			if text := GlyphText(string(l.Text)); text != "" && code >= 0 && code < 256 {
				p.codes[code] = text
			}
			code = -1
		case object.Word:
			switch string(l.Text) {
			case "def", "readonly":
				return
			case "StandardEncoding":
				for c, r := range standard() {
					if r != 0 {
						p.codes[c] = string(r)
					}
				}
				return
			}
		}
	}
}
