package notice

import (
	"math"
	"unicode"

	"github.com/reeve-council/reeve/internal/paper"
)

// Shades: what is darker than inked is ink and must have a reason to be there;
// what is darker than shown makes a letter visible.
const (
	inked = 240
	shown = 170
)

// smear in millimetres is how far the edge of a letter may leave its line: accents
// of capitals, and what drawing blurs.
const smear = 0.7

// look holds the drawn pages to what was read out of the file: each line is there
// in ink from end to end; nothing else is; and all ink stands where may be printed.
func (l *laid) look(pages []Picture) Fault {
	if len(pages) != l.sides {
		return PixelsDiffer
	}
	for i := range pages {
		if f := l.lookAt(i+1, &pages[i]); f != "" {
			return f
		}
	}
	return ""
}

func (l *laid) lookAt(page int, p *Picture) Fault {
	if math.Abs(float64(p.Width)-210*dotsPerMM) > 2 || math.Abs(float64(p.Height)-297*dotsPerMM) > 2 {
		return NotPortrait
	}
	allowed := make([]bool, len(p.Gray))
	for _, list := range [][]paper.Placed{l.placed, l.marks} {
		for _, x := range list {
			if x.Page == page {
				p.each(x, smear, func(i int) { allowed[i] = true })
			}
		}
	}
	for i, shade := range p.Gray {
		if shade >= inked {
			continue
		}
		dot := paper.Placed{Page: page, X: float64(i%p.Width) / dotsPerMM, Y: float64(i/p.Width) / dotsPerMM}
		if !printable(dot) {
			return OutsideArea
		}
		if !allowed[i] {
			return PixelsDiffer
		}
	}
	for _, x := range l.placed {
		if x.Page == page && !p.legible(x) {
			return PixelsDiffer
		}
	}
	return ""
}

// each calls use for every dot of a rectangle that is grown by more on each side.
func (p *Picture) each(x paper.Placed, more float64, use func(i int)) {
	dots := func(mm float64, most int) int { return min(max(int(math.Round(mm*dotsPerMM)), 0), most) }
	left, right := dots(x.X-more, p.Width), dots(x.X+x.W+more, p.Width)
	for row := dots(x.Y-more, p.Height); row < dots(x.Y+x.H+more, p.Height); row++ {
		for i := row*p.Width + left; i < row*p.Width+right; i++ {
			use(i)
		}
	}
}

// legible tells whether a line is there from end to end: a column with ink for
// each of its letters at least, and nowhere a gap as wide as the line is high,
// which is three times a space.
func (p *Picture) legible(x paper.Placed) bool {
	inky := make([]bool, p.Width)
	left, right := p.Width, 0
	p.each(x, 0, func(i int) {
		column := i % p.Width
		inky[column] = inky[column] || p.Gray[i] < shown
		left, right = min(left, column), max(right, column+1)
	})
	columns, gap, widest := 0, 0, 0
	for column := left; column < right; column++ {
		gap++
		if inky[column] {
			columns, gap = columns+1, 0
		}
		widest = max(widest, gap)
	}
	letters := visible(x.Text)
	return letters == 0 || columns >= letters && float64(widest) < x.H*dotsPerMM
}

// visible counts the letters of a text that leave ink.
func visible(text string) (n int) {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}
