package simulator

import (
	"bytes"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/format"
	"github.com/reeve-council/reeve/internal/uk"
)

// What Notify asks of a letter that comes as PDF (letter specification 2.4, and
// the errors that its validation gives). It is written down here once more, apart
// from the rules to which notices hold themselves: two readings of the same page
// must agree.
const (
	mostLetter = 2 << 20 // bytes
	mostPages  = 10
	wide, high = 210.0, 297.0 // mm
	sizeGrace  = 2.0
	printGrace = 1.0
	readGrace  = 3.0 // around the window
)

// box is a part of a page in millimetres from its top left.
type box struct{ left, top, right, bottom float64 }

var (
	window     = box{24.6, 39.5, 120, 66.3}
	firstBoxes = []box{{15, 5, 125, 30}, window, {125, 5, 195, 95}, {15, 95, 195, 292}}
	nextBoxes  = []box{{15, 5, 195, 292}}
)

// place is where the ink of a line is: letters rise four fifths of their size
// above the baseline and hang a quarter below it.
func place(l format.Line) box {
	mm := l.Size * 25.4 / 72
	return box{l.X, l.Y - 0.8*mm, l.X + l.W, l.Y + 0.25*mm}
}

func (b box) holds(x box, grace float64) bool {
	return x.left >= b.left-grace && x.top >= b.top-grace && x.right <= b.right+grace && x.bottom <= b.bottom+grace
}

// judge reads a letter as it would be printed and gives Notify's name for what
// is wrong with it, "" for nothing; and the last line of its address.
func judge(pdf []byte) (fault, last string) {
	all, err := format.Sheets(format.Source{Reader: bytes.NewReader(pdf), Size: int64(len(pdf))}, format.Options{})
	switch {
	case err != nil || len(pdf) > mostLetter:
		return "unable-to-read-the-file", ""
	case len(all) > mostPages:
		return "letter-too-long", ""
	}
	for i, s := range all {
		if fault := judgeSheet(i, s); fault != "" {
			return fault, ""
		}
	}
	lines := address(all[0])
	if len(lines) > 0 {
		last = lines[len(lines)-1]
	}
	return judgeAddress(lines), last
}

func judgeSheet(page int, s format.Sheet) string {
	if s.Rotated || math.Abs(s.Width-wide) > sizeGrace || math.Abs(s.Height-high) > sizeGrace {
		return "letter-not-a4-portrait-oriented"
	}
	boxes := nextBoxes
	if page == 0 {
		boxes = firstBoxes
	}
	for _, l := range s.Lines {
		ink := place(l)
		if page > 0 && strings.Contains(l.Text, "NOTIFY") && ink.left < 25 && ink.top < 6 {
			return "notify-tag-found-in-content"
		}
		if !l.Ghost && (l.Turn != 0 || !slices.ContainsFunc(boxes, func(b box) bool { return b.holds(ink, printGrace) })) {
			return "content-outside-printable-area"
		}
	}
	return ""
}

// address is the text that stands in the window, line by line from above.
func address(s format.Sheet) (lines []string) {
	var at float64
	for _, l := range s.Lines {
		if l.Turn != 0 || !window.holds(place(l), readGrace) {
			continue
		}
		if n := len(lines); n > 0 && math.Abs(l.Y-at) < 0.5 {
			lines[n-1] += " " + l.Text
			continue
		}
		lines, at = append(lines, strings.TrimSpace(l.Text)), l.Y
	}
	return lines
}

var homeless = regexp.MustCompile(`(?i)^\W*(nfa|n\.f\.a\.?)\W*$|\bno[\s-]+fixed[\s-]+(abode|address)\b`)

func judgeAddress(lines []string) string {
	switch {
	case len(lines) == 0:
		return "address-is-empty"
	case slices.ContainsFunc(lines, homeless.MatchString):
		return "no-fixed-abode-address"
	case len(lines) < 3:
		return "not-enough-address-lines"
	case len(lines) > 7:
		return "too-many-address-lines"
	case slices.ContainsFunc(lines, func(l string) bool { return l == "" || strings.ContainsAny(l[:1], `@()=[]"\/,<>~`) }):
		return "invalid-char-in-address"
	case !spoken.MatchString(lines[0]) || !spoken.MatchString(lines[1]):
		return "invalid-address-line-1-or-2"
	case !uk.ValidPostcode(lines[len(lines)-1]):
		return "not-a-real-uk-postcode"
	}
	return ""
}

var spoken = regexp.MustCompile(`[\pL\pN]`)

// virus is the text by which scanners are tested (EICAR), in two pieces so that
// none takes this program for one.
var virus = []byte("EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE")
