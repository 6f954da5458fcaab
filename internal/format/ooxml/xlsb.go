package ooxml

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"
	"unicode/utf16"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/figure"
	"github.com/reeve-council/reeve/internal/format/part"
)

const xlsbReader = "xlsb/1"

// ReadXLSB reads a workbook whose cells are stored as binary records
// ([MS-XLSB]) in the same kind of package; drawings, charts and properties are
// XML as in XLSX.
func ReadXLSB(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	f, err := open(src, opt, sink)
	if err != nil {
		return f.finish(xlsbReader, err)
	}
	main, lost := f.mainPart("xl/workbook.bin")
	b := &binaryBook{workbook: workbook{file: f}}
	if lost == nil {
		b.read(main)
	}
	f.orphans("xl/", func(string) {})
	b.unusedStrings()
	f.properties()
	return f.finish(xlsbReader, lost)
}

// Records that are read ([MS-XLSB] 2.3).
const (
	brtRow         = 0
	brtCellRk      = 2
	brtCellError   = 3
	brtCellBool    = 4
	brtCellReal    = 5
	brtCellString  = 6
	brtCellShared  = 7
	brtFmlaString  = 8
	brtFmlaNumber  = 9
	brtFmlaBool    = 10
	brtFmlaError   = 11
	brtSharedItem  = 19
	brtFormat      = 44
	brtStyle       = 47
	brtRichCell    = 62
	brtProperties  = 153
	brtSheet       = 156
	brtHeader      = 479
	brtCellStyles  = 617
	brtStylesEnd   = 618
	brtAuthor      = 632
	brtComment     = 635
	brtCommentText = 637

	maxRecord = 4 << 20 // bytes of a record that are read; the rest is passed over
)

// binaryBook is a workbook in records.
type binaryBook struct{ workbook }

// records visits the records of a part.
func (b *binaryBook) records(name string, visit func(kind int, data []byte)) {
	in, err := b.pack.Stream(name)
	if err != nil {
		b.out.Lost(err)
		return
	}
	defer in.Close()
	r := bufio.NewReaderSize(in, 1<<15)
	var data []byte
	for b.out.Err() == nil {
		kind, err := varint(r, 2)
		if errors.Is(err, io.EOF) {
			return
		}
		size, sizeErr := varint(r, 4)
		if err == nil {
			err = sizeErr
		}
		if err == nil {
			data, err = take(r, data[:0], size)
		}
		if err != nil {
			b.out.Lost(notEnded(err))
			return
		}
		visit(kind, data)
	}
}

// notEnded makes the end of the part in the middle of a record a fault.
func notEnded(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return part.CutShort("a part ends before its own structure does")
	}
	return err
}

// varint reads a number of at most n bytes, seven bits in each (2.1.4).
func varint(r *bufio.Reader, n int) (v int, err error) {
	for i := range n {
		c, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		v |= int(c&0x7F) << (7 * i)
		if c < 0x80 {
			break
		}
	}
	return v, nil
}

// take reads the content of a record into buf.
func take(r *bufio.Reader, buf []byte, size int) ([]byte, error) {
	want := min(size, maxRecord)
	for len(buf) < want {
		n := min(want-len(buf), 1<<16)
		from := len(buf)
		buf = append(buf, make([]byte, n)...)
		if _, err := io.ReadFull(r, buf[from:]); err != nil {
			return buf[:from], err
		}
	}
	_, err := r.Discard(size - want)
	return buf, err
}

// wideString reads a counted UTF-16 string (2.5.169) and gives what follows.
func wideString(b []byte) (text string, rest []byte) {
	if len(b) < 4 {
		return "", nil
	}
	n := binary.LittleEndian.Uint32(b)
	b = b[4:]
	if n == math.MaxUint32 {
		return "", b
	}
	n = min(n, uint32(len(b)/2))
	units := make([]uint16, n)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units)), b[2*n:]
}

// richString is a string behind a byte of flags (2.5.122).
func richString(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	text, _ := wideString(b[1:])
	return text
}

func (b *binaryBook) read(main string) {
	b.records(main, func(kind int, data []byte) {
		switch {
		case kind == brtProperties && len(data) > 0:
			b.late = data[0]&1 != 0
		case kind == brtSheet && len(data) >= 8 && len(b.sheets) < maxSheets:
			id, rest := wideString(data[8:])
			name, _ := wideString(rest)
			b.sheets = append(b.sheets, sheetEntry{name: name, id: id, hidden: data[0]&3 != 0})
		}
	})
	list := b.relations(main)
	for _, r := range list {
		switch {
		case r.external || !b.pack.Has(r.target):
		case r.kind == "sharedStrings":
			b.readStrings(r.target)
		case r.kind == "styles":
			b.readStyles(r.target)
		}
	}
	index := byID(list)
	for _, sheet := range b.sheets {
		if r, ok := index[sheet.id]; ok && !r.external {
			b.sheet(r.target, sheet)
		} else {
			b.out.Lost(part.Broken("a sheet that the workbook lists is missing"))
		}
	}
	b.attach(list, "")
}

func (b *binaryBook) readStrings(name string) {
	b.records(name, func(kind int, data []byte) {
		if kind == brtSharedItem && !b.strings.over {
			b.strings.add([]byte(richString(data)))
		}
	})
	b.strings.seal()
	if b.strings.over {
		b.out.Lost(part.Over(reeve.ReasonTooLarge, "more shared strings than can be held"))
	}
}

func (b *binaryBook) readStyles(name string) {
	t := &b.styles
	t.known = map[int]*figure.Format{}
	inCells := false
	b.records(name, func(kind int, data []byte) {
		switch {
		case kind == brtCellStyles:
			inCells = true
		case kind == brtStylesEnd:
			inCells = false
		case kind == brtFormat && len(data) > 2:
			code, _ := wideString(data[2:])
			t.define(strconv.Itoa(int(binary.LittleEndian.Uint16(data))), code)
		case kind == brtStyle && inCells && len(data) >= 4 && len(t.formats) < maxStyles:
			t.formats = append(t.formats, t.lookup(int(binary.LittleEndian.Uint16(data[2:]))))
		}
	})
}

// sheet reads the cells of a sheet and what hangs on it.
func (b *binaryBook) sheet(name string, entry sheetEntry) {
	if !b.once("sheet", name) {
		return
	}
	layer := reeve.LayerBody
	if entry.hidden {
		layer = reeve.LayerHidden
	}
	place := "sheet " + entry.name
	b.out.Page()
	b.out.Begin(place, layer)
	r := &sheetReader{workbook: &b.workbook, layer: layer, next: 1}
	b.records(name, r.record)
	r.endRow()
	b.out.Shade(layer)
	b.out.EndTable()
	list := b.relations(name)
	for _, rel := range list {
		switch {
		case rel.external || !b.pack.Has(rel.target):
		case rel.kind == "comments":
			b.binaryComments(rel.target, place)
		default:
			b.sheetPart(rel, place, layer, false)
		}
	}
	b.attach(list, place+" ")
	b.margin.Flush()
}

// record takes a record of a sheet.
func (r *sheetReader) record(kind int, data []byte) {
	le := binary.LittleEndian
	switch {
	case kind == brtRow && len(data) >= 12:
		r.endRow()
		r.row = int(min(le.Uint32(data), maxSheetRows-1)) + 1
		r.hidden = data[11]&0x10 != 0
	case kind == brtHeader && len(data) > 2:
		for text, rest := wideString(data[2:]); rest != nil; text, rest = wideString(rest) {
			if line := figure.HeaderText([]byte(text)); len(line) > 0 {
				r.margin.Add("headers", reeve.LayerHeader, line)
			}
		}
	case (kind > brtRow && kind <= brtFmlaError || kind == brtRichCell) && len(data) > 8:
		if r.col = int(le.Uint32(data)); r.col < maxSheetColumns {
			r.binaryCell(kind, int(le.Uint32(data[4:])&0xFFFFFF), data[8:])
		}
	}
}

// binaryCell adds a cell to the row; formula cells begin with their value.
func (r *sheetReader) binaryCell(kind, style int, v []byte) {
	le := binary.LittleEndian
	span := cellSpan{col: r.col, from: len(r.buf)}
	switch {
	case kind == brtCellShared && len(v) >= 4:
		span.text, _ = r.strings.get(strconv.AppendUint(nil, uint64(le.Uint32(v)), 10))
	case kind == brtCellString || kind == brtFmlaString:
		span.text, _ = wideString(v)
	case kind == brtRichCell:
		span.text = richString(v)
	case kind == brtCellBool || kind == brtFmlaBool:
		span.text = truth([]byte{'0' + v[0]&1})
	case kind == brtCellError || kind == brtFmlaError:
		span.text = figure.ErrorText(v[0])
	case kind == brtCellRk && len(v) >= 4:
		r.shownNumber(figure.RK(le.Uint32(v)), style)
	case (kind == brtCellReal || kind == brtFmlaNumber) && len(v) >= 8:
		r.shownNumber(math.Float64frombits(le.Uint64(v)), style)
	}
	if span.to = len(r.buf); span.text != "" || span.to > span.from {
		r.spans = append(r.spans, span)
	}
}

// shownNumber adds a number to the row as its style shows it.
func (r *sheetReader) shownNumber(v float64, style int) {
	if style < len(r.styles.formats) && r.styles.formats[style] != nil {
		r.buf = r.styles.formats[style].Append(r.buf, v, r.late)
		return
	}
	r.buf = figure.AppendPlain(r.buf, v)
}

// binaryComments reads the notes of a sheet.
func (b *binaryBook) binaryComments(name, place string) {
	if !b.once("comments", name) {
		return
	}
	var authors []string
	ref := ""
	b.out.Begin(place+" comments", reeve.LayerComment)
	b.records(name, func(kind int, data []byte) {
		le := binary.LittleEndian
		switch {
		case kind == brtAuthor && len(authors) < maxRelations:
			author, _ := wideString(data)
			authors = append(authors, author)
			b.margin.Person("Comment by", author)
		case kind == brtComment && len(data) >= 20:
			ref = reeve.ColumnName(int(le.Uint32(data[12:])&0x3FFF)) + strconv.Itoa(int(le.Uint32(data[4:])&0xFFFFF)+1)
			b.noteAuthor(authors, strconv.Itoa(int(le.Uint32(data))))
		case kind == brtCommentText:
			b.note(ref, []byte(richString(data)))
		}
	})
}
