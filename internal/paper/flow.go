package paper

// Frame is where blocks may stand on a page, in millimetres.
type Frame struct{ X, Y, W, H float64 }

func (f Frame) bottom() float64 { return f.Y + f.H }

// flow sets blocks into the frames of one page after another.
type flow struct {
	*canvas
	frames func(page int) Frame
	size   float64 // of running text, in points
	page   int
	at     Frame
	y      float64
	marks  bool // headings become bookmarks
}

// next begins a page.
func (f *flow) next() {
	f.page++
	f.sheets.add()
	f.at = f.frames(f.page)
	f.y = f.at.Y
}

// need begins a page if a height does not fit on this one any more.
func (f *flow) need(height float64) {
	if f.y+height > f.at.bottom()+0.01 && f.y > f.at.Y {
		f.next()
	}
}

// gap leaves space between blocks, none at the top of a page.
func (f *flow) gap(height float64) {
	if f.y > f.at.Y {
		f.y += height
	}
}

// blocks sets all of them.
func (f *flow) blocks(blocks []Block) {
	for i, b := range blocks {
		f.together(blocks[i:])
		switch b := b.(type) {
		case Heading:
			f.heading(b, i+1 < len(blocks))
		case Paragraph:
			f.paragraph(b)
		case List:
			f.list(b)
		case Facts:
			f.facts(b)
		case Table:
			f.table(b)
		case Bars:
			f.bars(b)
		case Scan:
			f.scan(b)
		case PageBreak:
			if f.y > f.at.Y {
				f.next()
			}
		}
	}
}

// headings are the sizes of headlines over that of running text, by level.
var headings = [...]float64{1.8, 1.5, 1.25, 1.1, 1}

func (f *flow) heading(h Heading, more bool) {
	size := f.size * headings[h.Level]
	f.font(bold, size)
	lines := f.wrap(h.Text, f.at.W)
	f.gap(lineHeight(size) * 0.7)
	height := float64(len(lines)) * lineHeight(size)
	if more { // never alone at the foot of a page
		height += 3 * lineHeight(f.size)
	}
	f.need(height)
	if f.marks && len(lines) > 0 {
		f.sheets.marks = append(f.sheets.marks, bookmark{printed(bold, h.Text), h.Level - 1, f.sheets.at, f.y})
	}
	f.lines(lines, f.at.X, bold, size, black)
	f.y += 1
}

// lines writes lines under each other, over pages if it must be.
func (f *flow) lines(lines []string, x float64, look face, size float64, shade ink) {
	indent := x - f.at.X
	for _, line := range lines {
		f.need(lineHeight(size))
		f.font(look, size)
		f.line(f.at.X+indent, f.y, line, shade)
		f.y += lineHeight(size)
	}
}

func (f *flow) paragraph(p Paragraph) {
	look, size, shade := regular, f.size, black
	switch p.Style {
	case Strong:
		look = bold
	case Small:
		size, shade = f.size*0.85, faint
	case Exact:
		look, size = mono, f.size*0.85
	case Warning:
		f.warning(p)
		return
	}
	f.font(look, size)
	lines := f.wrap(p.Text, f.at.W)
	f.gap(f.size * pointMM * paragraphGap)
	f.need(float64(first(len(lines))) * lineHeight(size))
	last := 0 // two lines at the head of the next page, or none
	if len(lines) > 3 {
		last = 2
	}
	f.lines(lines[:len(lines)-last], f.at.X, look, size, shade)
	f.need(float64(last) * lineHeight(size))
	f.lines(lines[len(lines)-last:], f.at.X, look, size, shade)
}

// warning is a paragraph beside a bar, kept on one page if it fits.
func (f *flow) warning(p Paragraph) {
	const indent = 5.0
	f.font(bold, f.size)
	lines := f.wrap(p.Text, f.at.W-indent)
	f.gap(f.size * pointMM * 0.8)
	f.need(min(float64(len(lines))*lineHeight(f.size), f.at.H))
	for _, line := range lines {
		f.need(lineHeight(f.size))
		f.fill(f.at.X, f.y, 1.2, lineHeight(f.size), black)
		f.font(bold, f.size)
		f.line(f.at.X+indent, f.y, line, black)
		f.y += lineHeight(f.size)
	}
	f.y += 1
}

func (f *flow) list(l List) {
	f.gap(f.size * pointMM * listGap)
	for i, item := range l.Items {
		f.font(regular, f.size)
		lines := f.wrap(item, f.at.W-itemIndent)
		f.need(f.standing(l, i, len(lines)))
		f.line(f.at.X+1, f.y, l.mark(i), black)
		f.lines(lines, f.at.X+itemIndent, regular, f.size, black)
		f.y += f.size * pointMM * itemGap
	}
}

// facts are a table of two columns without a head.
func (f *flow) facts(b Facts) {
	f.gap(f.size * pointMM * 0.5)
	g := grid{flow: f, size: f.size, widths: []float64{f.at.W * 0.34, f.at.W * 0.66}, looks: []face{bold, regular}, number: []bool{false, false}}
	for _, row := range b.Rows {
		g.row([]string{row.Name, row.Value})
	}
	f.y += 1
}

// bars are drawn between their labels and what is read of them.
func (f *flow) bars(b Bars) {
	f.caption(b.Caption, min(len(b.Bars), 3))
	size, label, shown := f.size*0.92, f.at.W*0.34, 0.0
	f.font(regular, size)
	for _, bar := range b.Bars {
		shown = max(shown, min(f.width(printed(regular, bar.Shown)), f.at.W*0.3))
	}
	for _, bar := range b.Bars {
		f.font(regular, size)
		names := f.wrap(bar.Label, label-3)
		if len(names) > maxBarLines { // a label that is a paragraph
			f.lines(f.wrap(bar.Label, f.at.W), f.at.X, regular, size, black)
			names = nil
		}
		f.bar(names, f.wrap(bar.Shown, shown+1), size, label, (f.at.W-label-shown-4)*bar.Value/b.longest())
	}
}

// maxBarLines is how many lines stand beside a bar.
const maxBarLines = 6

func (f *flow) bar(names, values []string, size, label, long float64) {
	const thick = 4.0
	values = values[:min(len(values), maxBarLines)]
	height := max(float64(max(len(names), len(values)))*lineHeight(size), thick) + 1.2
	f.need(height)
	f.font(regular, size)
	for i, line := range names {
		f.line(f.at.X, f.y+float64(i)*lineHeight(size), line, black)
	}
	f.fill(f.at.X+label, f.y+0.5, max(long, 0.3), thick, faint)
	for i, line := range values {
		f.line(f.at.X+label+long+2, f.y+float64(i)*lineHeight(size), line, black)
	}
	f.y += height
}

// caption is the headline of a table or chart; rows of it stay with it.
func (f *flow) caption(text string, rows int) {
	f.gap(f.size * pointMM * 0.8)
	f.font(bold, f.size)
	lines := f.wrap(text, f.at.W)
	f.need(float64(len(lines)+rows) * lineHeight(f.size))
	f.lines(lines, f.at.X, bold, f.size, black)
	if len(lines) > 0 {
		f.y += 0.8
	}
}

func (f *flow) scan(s Scan) {
	const side = 35.0
	f.gap(2)
	f.need(side + lineHeight(f.size))
	f.code(s.Code, f.at.X-2, f.y, side)
	f.y += side
	f.font(regular, f.size*0.92)
	f.lines(f.wrap(s.caption(), f.at.W), f.at.X, regular, f.size*0.92, black)
}
