package paper

import "strings"

// grid sets the rows of a table.
type grid struct {
	*flow
	size   float64
	widths []float64
	looks  []face
	number []bool
	head   func() // repeated on each page
}

const (
	padX = 1.6 // left and right of a cell, in mm
	padY = 0.9 // over and under it
)

func (f *flow) table(t Table) {
	f.caption(t.Caption, 3)
	g := &grid{flow: f, size: tableSize(f.size, len(t.Columns)), looks: make([]face, len(t.Columns))}
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
		g.number = append(g.number, c.Number)
	}
	g.widths = g.fit(t, titles)
	g.head = func() { g.titles(titles) }
	g.head()
	row := make([]string, len(t.Columns))
	for _, r := range t.Rows {
		for i := range row {
			row[i] = cell(r, i)
		}
		g.row(row)
	}
	f.y += 1.5
}

// tableSize is that of the text in a table: smaller where columns are many.
func tableSize(size float64, columns int) float64 {
	switch {
	case columns <= 4:
		return size * 0.92
	case columns <= 7:
		return size * 0.82
	}
	return size * 0.7
}

// titles writes the head of the table.
func (g *grid) titles(titles []string) {
	looks := make([]face, len(titles))
	for i := range looks {
		looks[i] = bold
	}
	head := *g
	head.looks, head.head = looks, nil
	head.row(titles)
	g.stroke(g.at.X, g.y, g.at.X+g.total(), g.y, 0.4, black)
}

func (g *grid) total() float64 {
	sum := 0.0
	for _, w := range g.widths {
		sum += w
	}
	return sum
}

// row sets one row. It goes to the next page when it does not fit, and is cut
// between lines when it would fit on none.
func (g *grid) row(cells []string) {
	lines := make([][]string, len(cells))
	most := 1
	for i, text := range cells {
		g.font(g.looks[i], g.size)
		lines[i] = g.wrap(text, g.widths[i]-2*padX)
		most = max(most, len(lines[i]))
	}
	if height := float64(most)*lineHeight(g.size) + 2*padY; g.y+height > g.at.bottom()+0.01 && height <= g.at.H*0.6 {
		g.turn()
	}
	for from := 0; from < most; {
		if g.space() < 1 {
			g.turn()
		}
		// One line at least, over the edge of a frame that is all head.
		to := min(from+max(g.space(), 1), most)
		g.slice(lines, from, to)
		from = to
	}
}

// space is how many lines of a row fit on this page.
func (g *grid) space() int {
	return int((g.at.bottom() - g.y - 2*padY + 0.01) / lineHeight(g.size))
}

// turn begins a page with the head of the table.
func (g *grid) turn() {
	if g.y <= g.at.Y {
		return
	}
	g.next()
	if g.head != nil {
		g.head()
	}
}

// slice writes some lines of a row's cells and the rule under them.
func (g *grid) slice(lines [][]string, from, to int) {
	x := g.at.X
	for i, w := range g.widths {
		g.font(g.looks[i], g.size)
		for n := from; n < min(to, len(lines[i])); n++ {
			at := x + padX
			if g.number[i] {
				at = x + w - padX - g.width(lines[i][n])
			}
			g.line(at, g.y+padY+float64(n-from)*lineHeight(g.size), lines[i][n], black)
		}
		x += w
	}
	g.y += float64(to-from)*lineHeight(g.size) + 2*padY
	g.stroke(g.at.X, g.y, x, g.y, 0.15, rule)
}

// sampled is how many rows decide the widths of a table's columns.
const sampled = 400

// fit shares the width of the frame between columns: each gets what its longest
// word needs, and the rest goes where text is longest.
func (g *grid) fit(t Table, titles []string) []float64 {
	n := len(titles)
	least, wish := make([]float64, n), make([]float64, n)
	measure := func(look face, i int, text string) {
		g.font(look, g.size)
		for _, line := range splitLines(printed(look, text)) {
			wish[i] = max(wish[i], min(g.width(line), g.at.W*0.7)+2*padX)
			for word := range strings.FieldsFuncSeq(line, breakable) {
				least[i] = max(least[i], min(g.width(word), g.at.W*0.3)+2*padX)
			}
		}
	}
	for i, title := range titles {
		least[i] = 2*padX + g.size*pointMM
		measure(bold, i, title)
		for _, row := range t.Rows[:min(len(t.Rows), sampled)] {
			measure(regular, i, cell(row, i))
		}
		wish[i] = max(wish[i], least[i])
	}
	return share(least, wish, g.at.W)
}

// share gives widths that sum up to total: the least that each needs and a part
// of what is over for its wish, or, if even that is too much, the least cut down
// alike.
func share(least, wish []float64, total float64) []float64 {
	var needed, wanted float64
	for i := range least {
		needed += least[i]
		wanted += wish[i]
	}
	widths := make([]float64, len(least))
	for i := range widths {
		switch {
		case needed >= total:
			widths[i] = least[i] * total / needed
		case wanted <= total:
			widths[i] = wish[i] * total / wanted
		default:
			widths[i] = least[i] + (wish[i]-least[i])*(total-needed)/(wanted-needed)
		}
	}
	return widths
}
