package ooxml

import (
	"strconv"

	"github.com/reeve-council/reeve/internal/format/figure"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// maxStyles is the most cell styles that are kept (programs stop at 65,490).
const maxStyles = 200_000

// styles tells how the numbers of a cell are shown, by the cell's style index.
type styles struct {
	formats []*figure.Format // by style index; nil is General
	known   map[int]*figure.Format
}

// format gives the number format of a style index as written in a cell.
func (t *styles) format(index []byte) *figure.Format {
	n := 0
	for _, c := range index {
		if c < '0' || c > '9' || n > maxStyles {
			return nil
		}
		n = n*10 + int(c-'0')
	}
	if n >= len(t.formats) {
		return nil
	}
	return t.formats[n]
}

// readStyles reads the number formats and the cell styles that use them (18.8).
func (b *workbook) readStyles(name string) {
	t := &b.styles
	t.known = map[int]*figure.Format{}
	b.scan(name, func(s *xmlscan.Scanner) {
		inCells := false
		for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
			local := string(s.Local())
			switch {
			case local == "cellXfs":
				inCells = kind == xmlscan.Start
			case kind != xmlscan.Start:
			case local == "numFmt":
				t.define(s.Get("numFmtId"), s.Get("formatCode"))
			case local == "xf" && inCells && len(t.formats) < maxStyles:
				id, _ := strconv.Atoi(s.Get("numFmtId"))
				t.formats = append(t.formats, t.lookup(id))
			}
		}
	})
}

func (t *styles) define(number, code string) {
	id, err := strconv.Atoi(number)
	if err != nil || len(t.known) > maxStyles {
		return
	}
	t.known[id] = shown(figure.Parse(code))
}

func (t *styles) lookup(id int) *figure.Format {
	f, ok := t.known[id]
	if !ok && len(t.known) <= maxStyles {
		f = shown(figure.Builtin(id))
		t.known[id] = f
	}
	return f
}

// shown is nil for a format that shows numbers plainly, which is most of them.
func shown(f figure.Format) *figure.Format {
	if f.General() {
		return nil
	}
	return &f
}
