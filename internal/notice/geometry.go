package notice

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/paper"
)

// Rules of GOV.UK Notify for letters that come to it as PDF.
const (
	grace       = 1.0 // mm by which print may leave a box
	windowGrace = 3.0 // mm around the window, from which the address is read as text
	mostPDF     = 2 << 20
)

// checkGeometry holds a letter to the rules by which Notify takes or refuses
// it: size, pages, print in the boxes alone, and the address that is read from
// the window.
func checkGeometry(placed []paper.Placed, size int, address []string) Fault {
	sides := sidesIn(placed)
	switch {
	case size > mostPDF || sides == 0:
		return UnreadableFile
	case sides > mostSides:
		return TooLong
	}
	for _, p := range placed {
		if strings.TrimSpace(p.Text) == "" {
			continue
		}
		if !printable(p) {
			return OutsideArea
		}
		if p.Page > 1 && p.X < 25 && p.Y < 6 && strings.Contains(p.Text, "NOTIFY") {
			return NotifyTag
		}
	}
	found := windowText(placed)
	if f := checkAddress(found); f != "" {
		return f
	}
	if strings.Join(found, "\n") != strings.Join(address, "\n") {
		return AddressNotAsFrozen
	}
	return ""
}

// printable reports whether a line stands in a box in which may be printed.
func printable(p paper.Placed) bool {
	boxes := []paper.Frame{nextBox}
	if p.Page == 1 {
		boxes = []paper.Frame{logoBox, addressBox, {X: 125, Y: 5, W: 70, H: 90}, bodyBox}
	}
	for _, b := range boxes {
		if inside(p, b, grace) {
			return true
		}
	}
	return false
}

func inside(p paper.Placed, b paper.Frame, grace float64) bool {
	return p.X >= b.X-grace && p.Y >= b.Y-grace && p.X+p.W <= b.X+b.W+grace && p.Y+p.H <= b.Y+b.H+grace
}

// windowText gives the lines that stand in the window, from above; pieces that
// stand beside each other are one line, as for the reader of the window.
func windowText(placed []paper.Placed) (lines []string) {
	var shown []paper.Placed
	for _, p := range placed {
		if p.Page == 1 && inside(p, addressBox, windowGrace) && strings.TrimSpace(p.Text) != "" {
			shown = append(shown, p)
		}
	}
	slices.SortStableFunc(shown, func(a, b paper.Placed) int { return cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X)) })
	for i, p := range shown {
		text := strings.TrimSpace(p.Text)
		if i > 0 && p.Y == shown[i-1].Y {
			lines[len(lines)-1] += " " + text
			continue
		}
		lines = append(lines, text)
	}
	return lines
}
