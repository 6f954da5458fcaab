package plain

import (
	"io"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// ReadTable reads values separated by comma, semicolon, tab or bar (RFC 4180
// and what programs write instead): quotes that are doubled, line ends within
// quotes, quotes that never close, rows of uneven length, a "sep=" line. Every
// record is a row, the first one too: whether it is a header is not for the
// reader to say.
func ReadTable(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	return w.Finish("csv/1", readTable(charset.NewReader(src.Stream(), ""), w))
}

const (
	tableChunk = 512 << 10
	longQuote  = 256 << 10 // a quoted cell that is longer was not meant as one
	leastQuote = 1 << 10   // how far a quote reaches after many did not close
	longRecord = 1 << 20   // a record that is longer is cut: no block could hold it
)

// table is the state of one reading.
type table struct {
	w     *part.Writer
	sep   byte
	width int // cells of the row before: the likely number of the next
	reach int // how far the closing quote is looked for; halves when there is none
}

func readTable(r io.Reader, w *part.Writer) error {
	t := &table{w: w, reach: longQuote}
	buf := make([]byte, 0, tableChunk)
	for first := true; w.Err() == nil; first = false {
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		last := err != nil
		text := string(buf)
		if first {
			text = t.begin(text)
		}
		rest := t.rows(text, last)
		if last {
			return failure(err)
		}
		buf = append(buf[:0], rest...)
		if cap(buf)-len(buf) < tableChunk/4 {
			buf = append(make([]byte, 0, 2*cap(buf)), buf...)
		}
	}
	return w.Err()
}

func failure(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil
	}
	return err
}

// begin finds the separator and takes a "sep=" line away.
func (t *table) begin(text string) string {
	t.w.BeginTable(nil)
	if len(text) > 5 && strings.EqualFold(text[:4], "sep=") && (text[5] == '\r' || text[5] == '\n') {
		t.sep = text[4]
		_, text, _ = strings.Cut(text, "\n")
		return text
	}
	head := text[:min(len(text), 64<<10)]
	sep, ok := Separator(strings.Split(part.Clean(head), "\n"))
	if !ok {
		sep = commonest(head)
	}
	t.sep = sep
	return text
}

// commonest is the separator that a text has most of.
func commonest(text string) byte {
	best, most := byte(','), 0
	for _, sep := range []byte{',', '\t', ';', '|'} {
		if n := strings.Count(text, string(sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}

// rows pushes the records of text and gives back what may go on in the next
// chunk.
func (t *table) rows(text string, last bool) string {
	for text != "" && t.w.Err() == nil {
		end := strings.IndexByte(text, '\n')
		if end < 0 {
			if !last && len(text) < longRecord {
				return text
			}
			end = len(text)
		}
		if strings.IndexByte(text[:end], '"') < 0 {
			t.push(t.split(strings.TrimSuffix(text[:end], "\r")))
			text = text[min(end+1, len(text)):]
			continue
		}
		cells, used, ok := t.quoted(text, end, last)
		if !ok {
			return text
		}
		t.push(cells)
		text = text[used:]
	}
	return text
}

func (t *table) push(cells []string) {
	t.width = len(cells)
	t.w.Row(cells)
}

// split cuts a record without quotes. Old Macintosh line ends within it make
// further records.
func (t *table) split(line string) []string {
	for {
		i := strings.IndexByte(line, '\r')
		if i < 0 {
			break
		}
		t.push(t.split(line[:i]))
		line = line[i+1:]
	}
	cells := make([]string, 0, max(t.width, 1))
	for {
		i := strings.IndexByte(line, t.sep)
		if i < 0 {
			return append(cells, line)
		}
		cells = append(cells, line[:i])
		line = line[i+1:]
	}
}

// quoted reads a record with quotes, of which the first line ends at end. It
// gives the cells and the bytes used, or false when the record may go on beyond
// the text.
func (t *table) quoted(text string, end int, last bool) (cells []string, used int, ok bool) {
	cells = make([]string, 0, max(t.width, 1))
	for i := 0; ; {
		cell, next, closed := t.cell(text, i, last)
		if !closed {
			if len(text)-i < t.reach && !last {
				return nil, 0, false
			}
			t.reach = max(t.reach/2, leastQuote)
			return t.split(strings.TrimSuffix(text[:end], "\r")), min(end+1, len(text)), true
		}
		cells = append(cells, cell)
		if next >= len(text) {
			return cells, len(text), last
		}
		i = next + 1
		if text[next] == '\n' {
			return cells, i, true
		}
		if i == len(text) && !last {
			return nil, 0, false
		}
	}
}

// cell reads one cell from i and gives the place of the separator or line end
// after it; closed is false when its quote does not close.
func (t *table) cell(text string, i int, last bool) (cell string, next int, closed bool) {
	rest := text[i:]
	if strings.HasPrefix(strings.TrimLeft(rest[:min(len(rest), 8)], " "), `"`) {
		return t.quotedCell(text, i+strings.IndexByte(rest, '"')+1, last)
	}
	n := strings.IndexAny(rest, string([]byte{t.sep, '\n'}))
	if n < 0 {
		return strings.TrimSuffix(rest, "\r"), len(text), last
	}
	return strings.TrimSuffix(rest[:n], "\r"), i + n, true
}

// quotedCell reads behind an opening quote. A quote closes the cell when a
// separator or line end follows; two stand for one; any other is text.
func (t *table) quotedCell(text string, start int, last bool) (cell string, next int, closed bool) {
	doubled := false
	for i := start; i-start < t.reach; i++ {
		n := strings.IndexByte(text[i:], '"')
		if n < 0 {
			return "", 0, false
		}
		i += n
		after := strings.TrimLeft(text[i+1:min(len(text), i+9)], " ")
		switch {
		case i+1 < len(text) && text[i+1] == '"':
			doubled = true
			i++
		case after == "" && !last && i+9 > len(text):
			return "", 0, false
		case after == "" || after[0] == t.sep || after[0] == '\n' || after[0] == '\r':
			cell = text[start:i]
			if doubled {
				cell = strings.ReplaceAll(cell, `""`, `"`)
			}
			return cell, t.behind(text, i+1), true
		}
	}
	return "", 0, false
}

// behind is the place of the separator or line end at or after i.
func (t *table) behind(text string, i int) int {
	n := strings.IndexAny(text[i:], string([]byte{t.sep, '\n'}))
	if n < 0 {
		return len(text)
	}
	return i + n
}
