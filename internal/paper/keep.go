package paper

// Space between blocks and between the items of a list, for the size of running
// text.
const (
	paragraphGap = 0.5
	listGap      = 0.4
	itemGap      = 0.2
)

// itemIndent is how far the words of an item stand in, in millimetres.
const itemIndent = 6.0

// mostKept is how many lines of an item are kept on one page.
const mostKept = 3

// first is how many of the lines of a paragraph have to stand where it begins:
// all of a short one, two of a longer one, so that no line stands alone at the
// foot of a page or at the head of the next.
func first(lines int) int {
	if lines > 3 {
		return 2
	}
	return lines
}

// together begins a page where a paragraph that leads to something, or the
// heading over one, would part from it.
func (f *flow) together(blocks []Block) {
	height, n := 0.0, 0
	for n < len(blocks)-1 {
		p, is := blocks[n].(Paragraph)
		if h, head := blocks[n].(Heading); head && n == 0 {
			height += f.headingHeight(h)
		} else if is && p.Keep {
			height += f.paragraphHeight(p)
		} else {
			break
		}
		n++
	}
	if _, head := blocks[0].(Heading); n == 0 || head && n == 1 { // a heading alone is kept by itself
		return
	}
	if height += f.beginning(blocks[n]); height <= f.frames(f.page+1).H {
		f.need(height)
	}
}

func (f *flow) headingHeight(h Heading) float64 {
	size := f.size * headings[h.Level]
	f.font(bold, size)
	return lineHeight(size)*(0.7+float64(len(f.wrap(h.Text, f.at.W)))) + 1
}

// paragraphHeight is that of a whole paragraph, with the space before it.
func (f *flow) paragraphHeight(p Paragraph) float64 {
	look, size := regular, f.size
	if p.Style == Strong {
		look = bold
	}
	f.font(look, size)
	return f.size*pointMM*paragraphGap + float64(len(f.wrap(p.Text, f.at.W)))*lineHeight(size)
}

// beginning is how much of a block has to stand where it begins.
func (f *flow) beginning(b Block) float64 {
	f.font(regular, f.size)
	switch b := b.(type) {
	case Paragraph:
		return f.size*pointMM*paragraphGap + float64(first(len(f.wrap(b.Text, f.at.W))))*lineHeight(f.size)
	case List:
		if len(b.Items) == 0 {
			return 0
		}
		return f.size*pointMM*listGap + f.standing(b, 0, len(f.wrap(b.Items[0], f.at.W-itemIndent)))
	}
	return 3 * lineHeight(f.size)
}

// standing is how much of a list, from an item of so many lines on, has to stand
// on one page: a short item whole, and the last two items together, so that none
// is alone at the head of a page.
func (f *flow) standing(l List, i, lines int) float64 {
	height := float64(min(lines, mostKept)) * lineHeight(f.size)
	if i == len(l.Items)-2 {
		if next := len(f.wrap(l.Items[i+1], f.at.W-itemIndent)); lines <= mostKept && next <= mostKept {
			height += f.size*pointMM*itemGap + float64(next)*lineHeight(f.size)
		}
	}
	return height
}
