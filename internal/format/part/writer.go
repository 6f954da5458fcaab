package part

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// Writer turns what a reader finds into blocks and counts it. Its first error
// (a limit, or the sink's refusal) sticks: every later call returns it, so that
// a reader may check now and then.
type Writer struct {
	sink   Sink
	limits Limits
	err    error

	part  string
	layer reeve.Layer
	text  []byte // the block being built
	line  int    // number of the first line in text
	next  map[place]int

	rows      [][]string
	header    []string
	first     int // number of rows[0]
	rowBytes  int // of the rows that wait, a byte more for each cell
	rowText   int // bytes of their text alone
	table     int // tables so far
	inTable   bool
	written   int64 // bytes pushed
	letters   int64 // bytes of them that are not white space
	cells     int64
	steps     int64
	pages     int
	embedded  int
	expanded  int64
	lost      int    // parts that gave nothing
	complaint *Fault // first thing that went wrong without stopping the reader
}

// place is where line numbers go on: a document may return to a part.
type place struct {
	part  string
	layer reeve.Layer
}

// NewWriter makes a writer that pushes to sink; it begins in the body, Part "".
func NewWriter(sink Sink, limits Limits) *Writer {
	return &Writer{sink: sink, limits: limits.WithDefaults(), line: 1, next: map[place]int{}}
}

// Limits are the limits in force, defaults filled in.
func (w *Writer) Limits() Limits { return w.limits }

// Err is the first error, which sticks.
func (w *Writer) Err() error { return w.err }

// Begin ends the block being built and goes on in another part and layer. Lines
// of a part that is begun again number on.
func (w *Writer) Begin(name string, layer reeve.Layer) error {
	if name == w.part && layer == w.layer {
		return w.err // a table that was begun goes on
	}
	w.EndTable()
	w.flushText()
	w.next[place{w.part, w.layer}] = w.line
	w.part, w.layer = name, layer
	w.line = max(1, w.next[place{name, layer}])
	return w.err
}

// Text adds text to the current part; line ends may be \n, \r\n or \r (a \r\n
// must not be split between two calls). Bytes that are not UTF-8 become U+FFFD.
func (w *Writer) Text(s string) error {
	if w.err != nil || s == "" {
		return w.err
	}
	if w.inTable {
		w.EndTable()
	}
	s = Clean(s)
	for len(s) > 0 && w.err == nil {
		room := reeve.MaxBlockText - len(w.text)
		if len(s) <= room {
			w.text = append(w.text, s...)
			break
		}
		if !w.makeRoom(&s, room) {
			break
		}
	}
	return w.err
}

// makeRoom fills the block up to a line end and pushes it. Where neither the
// block nor what is added has a line end to cut at, it cuts at a space or, at
// last, between two runes.
func (w *Writer) makeRoom(s *string, room int) bool {
	cut := strings.LastIndexByte((*s)[:room], '\n') + 1
	if cut == 0 && lastLine(w.text) > 0 {
		return w.flushLines()
	}
	if cut == 0 {
		cut = softCut(*s, room)
	}
	w.text = append(w.text, (*s)[:cut]...)
	*s = (*s)[cut:]
	w.flushText()
	return w.err == nil
}

// lastLine is the length of text up to and with its last line end.
func lastLine(text []byte) int {
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == '\n' {
			return i + 1
		}
	}
	return 0
}

// softCut finds where a line of more than room bytes may be cut.
func softCut(s string, room int) int {
	for i := room; i > max(0, room-256); i-- {
		if s[i-1] == ' ' {
			return i
		}
	}
	for room > 0 && !utf8.RuneStart(s[room]) {
		room--
	}
	return room
}

// flushLines pushes the full lines and keeps the unfinished one.
func (w *Writer) flushLines() bool {
	cut := lastLine(w.text)
	rest := string(w.text[cut:])
	w.text = w.text[:cut]
	w.flushText()
	w.text = append(w.text, rest...)
	return w.err == nil
}

// Copy adds a stream of UTF-8 to the current part without holding it.
func (w *Writer) Copy(r io.Reader) error {
	buf := make([]byte, 0, 256<<10)
	for w.err == nil {
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case err == io.EOF:
			return w.Text(string(buf))
		case err != nil:
			w.Text(string(buf))
			return err
		case len(buf) < cap(buf)/2:
			continue
		}
		cut := lastLine(buf)
		if cut == 0 {
			cut = wholeLen(buf)
		}
		w.Text(string(buf[:cut]))
		buf = append(buf[:0], buf[cut:]...)
	}
	return w.err
}

// wholeLen is the length of b without a line end or a rune that the end of b
// may have cut in two.
func wholeLen(b []byte) int {
	n := len(b)
	for n > 0 && len(b)-n < utf8.UTFMax && !utf8.RuneStart(b[n-1]) {
		n--
	}
	if n > 1 && (b[n-1] == '\r' || b[n-1] >= utf8.RuneSelf) {
		n--
	}
	return n
}

// Line adds s and a line end.
func (w *Writer) Line(s string) error {
	w.Text(s)
	return w.Text("\n")
}

// Pair adds a line "label: value" with the white space in value folded; nothing
// when value is blank.
func (w *Writer) Pair(label, value string) error {
	value = strings.Join(strings.Fields(value), " ")
	if value == "" {
		return w.err
	}
	return w.Line(label + ": " + value)
}

// Blank ends a paragraph: an unfinished line is ended, and a blank line follows
// unless there is one already or the block is empty.
func (w *Writer) Blank() error {
	if n := len(w.text); n > 0 && w.text[n-1] != '\n' {
		w.Text("\n")
	}
	if n := len(w.text); n > 1 && w.text[n-2] != '\n' {
		w.Text("\n")
	}
	return w.err
}

// BeginTable starts a table in the current part. Header is given only where the
// format itself declares column names; rows number from 1.
func (w *Writer) BeginTable(header []string) error { return w.BeginTableAt(header, 1) }

// BeginTableAt is BeginTable for a table whose first row has another number: a
// sheet whose used range begins further down.
func (w *Writer) BeginTableAt(header []string, first int) error {
	w.EndTable()
	w.flushText()
	w.table++
	w.inTable, w.header, w.first = true, header, first
	return w.err
}

// Row adds a row to the table that was begun (one is begun when none was). The
// writer keeps the slice.
func (w *Writer) Row(cells []string) error {
	if w.err != nil {
		return w.err
	}
	if !w.inTable {
		w.BeginTable(nil)
	}
	var size int
	for i, c := range cells {
		cells[i] = Clean(c)
		size += len(cells[i])
	}
	w.cells += int64(len(cells))
	if w.cells > w.limits.Cells {
		return w.fail(Over(reeve.ReasonTooMany, "more cells than the limit"))
	}
	// A cell costs a byte even when it is empty: a thousand rows of a very wide
	// sheet must not grow past what the pipe to the parent carries at once.
	weight := size + len(cells)
	if w.rowBytes+weight > reeve.MaxBlockText && len(w.rows) > 0 {
		w.flushRows()
	}
	rest := clip(cells, size)
	w.rows = append(w.rows, cells)
	w.rowBytes += weight
	w.rowText += size
	if len(w.rows) >= reeve.MaxBlockRows || rest != "" {
		w.flushRows()
	}
	if rest != "" {
		w.overflow(rest)
	}
	return w.err
}

// SkipTo makes n the number of the next row; earlier rows that were not given
// were empty. A block never spans a gap.
func (w *Writer) SkipTo(n int) error {
	if w.inTable && n != w.first+len(w.rows) {
		w.flushRows()
		w.first = n
	}
	return w.err
}

// Shade goes on with the table at hand in another layer: a run of hidden rows
// belongs to the table that it stands in. Outside a table it does nothing.
func (w *Writer) Shade(layer reeve.Layer) error {
	if w.inTable && layer != w.layer {
		w.flushRows()
		w.layer = layer
	}
	return w.err
}

// Layer is the layer being written.
func (w *Writer) Layer() reeve.Layer { return w.layer }

// clip cuts the cells of a row that is larger than a block may be and gives
// what it cut off.
func clip(cells []string, size int) string {
	if size <= reeve.MaxBlockText {
		return ""
	}
	var rest strings.Builder
	left := reeve.MaxBlockText
	for i, c := range cells {
		if len(c) > left {
			cut := left
			for cut > 0 && !utf8.RuneStart(c[cut]) {
				cut--
			}
			rest.WriteString(c[cut:])
			rest.WriteByte('\n')
			cells[i] = c[:cut]
		}
		left -= len(cells[i])
	}
	return rest.String()
}

// overflow pushes what did not fit into a row as text of the same part, without
// ending the table.
func (w *Writer) overflow(s string) {
	w.inTable = false
	w.Text(s)
	w.flushText()
	w.inTable = true
}

// EndTable ends the table, if one was begun.
func (w *Writer) EndTable() error {
	if w.inTable {
		w.flushRows()
		w.inTable, w.header = false, nil
	}
	return w.err
}

// Embed passes an embedded item on; what was written before comes first.
func (w *Writer) Embed(name string, r io.Reader) error { return w.EmbedIn(nil, name, r) }

// EmbedIn is Embed for an item in a folder of a mailbox.
func (w *Writer) EmbedIn(folder []string, name string, r io.Reader) error {
	if w.err != nil {
		return w.err
	}
	if w.embedded++; w.embedded > w.limits.Embedded {
		return w.fail(Over(reeve.ReasonTooMany, "more embedded items than the limit"))
	}
	if err := w.sink.Embed(Embedded{Folder: folder, Name: name, Reader: r}); err != nil {
		return w.fail(err)
	}
	return nil
}

// Step counts n units of work.
func (w *Writer) Step(n int) error {
	if w.steps += int64(n); w.steps > w.limits.Steps && w.err == nil {
		return w.fail(Over(reeve.ReasonTooLarge, "more steps than the limit"))
	}
	return w.err
}

// Page counts a page, sheet or message.
func (w *Writer) Page() error {
	if w.pages++; w.pages > w.limits.Pages && w.err == nil {
		return w.fail(Over(reeve.ReasonTooMany, "more pages than the limit"))
	}
	return w.err
}

// Expand counts bytes that came out of compression.
func (w *Writer) Expand(n int64) error {
	if w.expanded += n; w.expanded > w.limits.Expanded && w.err == nil {
		return w.fail(Over(reeve.ReasonBomb, "expands beyond the limit"))
	}
	return w.err
}

// Lost notes that a part (page, sheet, attachment) could not be read although
// the reader goes on; the outcome will be partly-read with the first reason
// noted.
func (w *Writer) Lost(why error) {
	w.lost++
	if w.complaint == nil {
		w.complaint = asFault(why)
	}
}

// Letters is the number of bytes pushed so far that are not white space.
func (w *Writer) Letters() int64 { return w.letters + countLetters(w.text) }

// Flush pushes the block being built.
func (w *Writer) Flush() error {
	w.flushRows()
	w.flushText()
	return w.err
}

func (w *Writer) flushText() {
	if len(w.text) == 0 {
		return
	}
	text := string(w.text)
	w.text = w.text[:0]
	lines := strings.Count(text, "\n")
	if letters := countLetters(text); letters > 0 {
		w.letters += letters
		w.push(reeve.Block{Part: w.part, Layer: w.layer, Text: text, Line: w.line}, len(text))
	}
	w.line += lines
}

func (w *Writer) flushRows() {
	if len(w.rows) == 0 {
		return
	}
	if w.letters == 0 {
		for _, row := range w.rows {
			w.letters += countLetters(strings.Join(row, ""))
		}
	} else {
		w.letters += int64(w.rowText) // near enough: what matters is whether there are any
	}
	w.push(reeve.Block{Part: w.part, Layer: w.layer, Rows: w.rows, Header: w.header, First: w.first, Table: w.table}, w.rowBytes)
	w.first += len(w.rows)
	w.rows, w.rowBytes, w.rowText = nil, 0, 0
}

func (w *Writer) push(b reeve.Block, size int) {
	if w.err != nil {
		return
	}
	if w.written += int64(size); w.written > w.limits.Text {
		w.fail(Over(reeve.ReasonTooLarge, "more text than the limit"))
		return
	}
	if err := w.sink.Block(b); err != nil {
		w.fail(err)
	}
}

func (w *Writer) fail(err error) error {
	if w.err == nil {
		w.err = err
	}
	return w.err
}

// countLetters counts the bytes above the space.
func countLetters[T string | []byte](s T) (n int64) {
	for i := 0; i < len(s); i++ {
		if s[i] > ' ' {
			n++
		}
	}
	return n
}

// Clean makes s valid UTF-8 with \n line ends and without NUL. The spaces of
// typesetters become plain ones: a number is the same number whichever space
// parts its digits, and registers and documents meet in one form.
func Clean(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = lineEnds.Replace(s)
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.Contains(s, "\u00A0") || oddSpace(s, 0xE2) || oddSpace(s, 0xE3) {
		s = oddSpaces.Replace(s)
	}
	return s
}

// oddSpaces are the spaces of Unicode beside the plain one (its category Zs,
// but for the one of Ogham).
var oddSpaces = strings.NewReplacer("\u00A0", " ", "\u2000", " ", "\u2001", " ", "\u2002", " ", "\u2003", " ", "\u2004", " ",
	"\u2005", " ", "\u2006", " ", "\u2007", " ", "\u2008", " ", "\u2009", " ", "\u200A", " ", "\u202F", " ", "\u205F", " ", "\u3000", " ")

// oddSpace reports whether one of them begins with the byte lead.
func oddSpace(s string, lead byte) bool {
	for {
		i := strings.IndexByte(s, lead)
		if i < 0 || i+3 > len(s) {
			return false
		}
		switch a, b := s[i+1], s[i+2]; {
		case lead == 0xE3 && a == 0x80 && b == 0x80,
			lead == 0xE2 && a == 0x80 && (b <= 0x8A || b == 0xAF),
			lead == 0xE2 && a == 0x81 && b == 0x9F:
			return true
		}
		s = s[i+1:]
	}
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")
