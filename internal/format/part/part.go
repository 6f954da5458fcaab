package part

import (
	"errors"
	"io"

	"github.com/reeve-council/reeve"
)

// Source is the bytes of one item. Reader may be asked for any range, in any
// order, any number of times.
type Source struct {
	Reader io.ReaderAt
	Size   int64
}

// Stream reads the source from its start to its end.
func (s Source) Stream() *io.SectionReader { return io.NewSectionReader(s.Reader, 0, s.Size) }

// Head gives at most the first n bytes; fewer where the source is shorter or
// cannot be read further.
func (s Source) Head(n int) []byte { return s.At(0, n) }

// At gives at most n bytes from an offset; none for an offset outside.
func (s Source) At(off int64, n int) []byte {
	if off < 0 || off >= s.Size || n <= 0 {
		return nil
	}
	buf := make([]byte, min(int64(n), s.Size-off))
	got, err := s.Reader.ReadAt(buf, off)
	if err != nil && !errors.Is(err, io.EOF) && got <= 0 {
		return nil
	}
	return buf[:max(got, 0)]
}

// Sink takes what a reader finds. A block belongs to the sink once it is
// pushed. An error from either stops the reader: it is the sink's own affair
// and never a word about the document. Embed must read what it wants of the
// embedded item before it returns.
type Sink interface {
	Block(reeve.Block) error
	Embed(Embedded) error
}

// Embedded is an item inside another: an attachment, a package in a document, a
// message of a mailbox. Folder is the folders of the mailbox that it lies in,
// outermost first; most items lie in none. Names are as stored (they may be
// empty, repeated or hostile); whoever makes paths encodes them.
type Embedded struct {
	Folder []string
	Name   string
	Reader io.Reader
}

// Options of one read. Passwords are tried on encrypted items, in order.
type Options struct {
	Passwords []string
	Limits    Limits
}

// Limits bound what one item may cost. A zero field means its default.
type Limits struct {
	Text     int64 // bytes of text and cells pushed
	Cells    int64 // cells of tables pushed
	Pages    int   // pages, sheets, messages, tables
	Depth    int   // nesting inside the format: elements, groups, parts
	Steps    int64 // reader's own unit of work: tokens, records, operators
	Expanded int64 // bytes that compressed parts may expand to
	Embedded int   // embedded items pushed
}

// DefaultLimits are wide enough for the largest honest file seen in councils (a
// mailbox of tens of gigabytes, a register of a million rows) and stop a bomb
// within minutes.
func DefaultLimits() Limits {
	return Limits{
		Text:     16 << 30,
		Cells:    200e6,
		Pages:    1e6,
		Depth:    256,
		Steps:    2e9,
		Expanded: 4 << 30,
		Embedded: 4e6,
	}
}

// WithDefaults fills the fields that are zero.
func (l Limits) WithDefaults() Limits {
	d := DefaultLimits()
	l.Text = orDefault(l.Text, d.Text)
	l.Cells = orDefault(l.Cells, d.Cells)
	l.Pages = orDefault(l.Pages, d.Pages)
	l.Depth = orDefault(l.Depth, d.Depth)
	l.Steps = orDefault(l.Steps, d.Steps)
	l.Expanded = orDefault(l.Expanded, d.Expanded)
	l.Embedded = orDefault(l.Embedded, d.Embedded)
	return l
}

func orDefault[T int | int64](v, def T) T {
	if v <= 0 {
		return def
	}
	return v
}
