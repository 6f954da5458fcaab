package notice

import (
	"bytes"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
)

// Places of a letter in millimetres from the top left (GOV.UK Notify, letter
// specification 2.4). The boxes are what may be printed on page 1.
var (
	addressBox = paper.Frame{X: 24.6, Y: 39.5, W: 95.4, H: 26.8}
	contactBox = paper.Frame{X: 125, Y: 30, W: 70, H: 65}
	logoBox    = paper.Frame{X: 15, Y: 5, W: 110, H: 25}
	bodyBox    = paper.Frame{X: 15, Y: 95, W: 180, H: 197}
	nextBox    = paper.Frame{X: 15, Y: 5, W: 180, H: 287}
)

// Sizes of letters in points. The address is set smaller where it is long;
// Notify sets it again in 8 points.
const (
	standardSize = 10.5
	largeSize    = 16
	easySize     = 14
	addressSize  = 10
)

// sides are how many sides a letter may have: two sheets on both sides, and as
// many as Notify takes where the letters are large.
const (
	standardSides = 4
	mostSides     = 10
)

func sizeOf(f Format) float64 {
	switch f {
	case LargePrint:
		return largeSize
	case EasyRead:
		return easySize
	}
	return standardSize
}

func sidesOf(f Format) int {
	if f == Standard {
		return standardSides
	}
	return mostSides
}

// laid is a letter as it was set, with where each line stands.
type laid struct {
	letter *paper.Letter
	placed []paper.Placed // as read out of pdf
	marks  []paper.Placed // bars and rules, likewise
	pdf    []byte         // nil before it is written
	sides  int
	lines  []string // of the address, as it must be read from the window
}

// lay sets a letter for a recipient. Nothing but the address stands where the
// window of the envelope is.
func lay(t *Template, r *Recipient, w *Wording, c Coverage, on reeve.Date) (*laid, *message, error) {
	m, err := compose(t, r, w, c, on)
	if err != nil {
		return nil, nil, err
	}
	o := r.open()
	if f := checkAddress(o.Lines); f != "" {
		return nil, nil, f.about("the address of message %s", r.Reference)
	}
	size := sizeOf(m.Format)
	l := &paper.Letter{Title: "Letter " + r.Reference, Author: w.Council, Language: m.Language, Date: dayOf(on), Size: size,
		First: paper.Frame{X: 15, Y: 97, W: 180, H: 193}, Next: paper.Frame{X: 15, Y: 12, W: 180, H: 279}}
	box, reach := contactBlock(t, w, r.Reference, on)
	l.Boxes = []paper.Box{
		{Page: 1, Frame: addressBox, Text: strings.Join(o.Lines, "\n"), Size: addressSizeOf(o.Lines)},
		{Page: 1, Frame: paper.Frame{X: 15, Y: 12, W: 105, H: 12}, Text: w.Council, Size: 14, Bold: true},
		box,
	}
	l.Body = append(reach, paper.Heading{Level: 2, Text: m.Title})
	if a := aboutLine(t, r); a != "" {
		l.Body = append(l.Body, paper.Paragraph{Text: a, Style: paper.Strong})
	}
	if g := greet(t, r); g != "" {
		l.Body = append(l.Body, paper.Paragraph{Text: g})
	}
	l.Body = append(l.Body, typeset(m.Blocks, m.Closing)...)
	return &laid{letter: l, lines: o.Lines}, m, nil
}

// addressSizeOf fits seven lines, and long ones, into the window.
func addressSizeOf(lines []string) float64 {
	size := float64(addressSize)
	for _, l := range lines {
		if len([]rune(l)) > 46 {
			size = 8
		}
	}
	if len(lines) > 5 {
		size = 8
	}
	return size
}

func dayOf(d reeve.Date) time.Time {
	return time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 12, 0, 0, 0, time.UTC)
}

// write sets the letter, makes its PDF, and reads that back.
func (l *laid) write() error {
	var b bytes.Buffer
	placed, err := l.letter.WritePDF(&b)
	if err != nil {
		return OutsideArea.about("the letter does not fit: a box holds more than its lines")
	}
	l.pdf = b.Bytes()
	return l.read(placed)
}

func sidesIn(placed []paper.Placed) (sides int) {
	for _, p := range placed {
		sides = max(sides, p.Page)
	}
	return sides
}
