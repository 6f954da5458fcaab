package plant

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
)

// docType is one sort of document: where it lies, who it is about, how it is
// written. seen templates are used by the styles A to C, unseen ones by D to F.
type docType struct {
	name    string
	folder  string // {year} stands for the year of the document
	file    string // {sur} {ini} {n} {year} stand for what they say
	pool    string // cases it draws on; see castCases
	weight  int
	years   [2]int
	formats []string
	caps    string // capacities that differ from the usual: "p=relative"
	seen    []string
	unseen  []string
	list    *listing
	decoy   bool // about nobody
	ocr     float64
}

// listing is a table with a row for each of many people.
type listing struct {
	sheet, title string
	rows         [2]int
	columns      []column
}

// column is one column: headings to choose from, and what stands in a cell in
// the language of the templates (about actor a).
type column struct {
	heads string // "NINO|NI number|Nat Ins No", one for each pair of styles
	cell  string
}

var usualCapacity = map[byte]reeve.Capacity{'a': reeve.CapacitySubject, 'p': reeve.CapacitySubject, 'k': reeve.CapacitySubject,
	'r': reeve.CapacityRelative, 'x': reeve.CapacityPassing, 's': reeve.CapacityProfessional, 'w': reeve.CapacityAuthor,
	'o': reeve.CapacityProfessional, 'y': reeve.CapacityPassing, 'c': reeve.CapacityProfessional}

var capacities = map[string]reeve.Capacity{"subject": reeve.CapacitySubject, "relative": reeve.CapacityRelative,
	"professional": reeve.CapacityProfessional, "author": reeve.CapacityAuthor, "passing": reeve.CapacityPassing}

// castFor gives the letters of the templates their people.
func (d *docType) castFor(p *paper) map[byte]actor {
	m := p.matter
	if m == nil {
		m = &matter{worker: pick(p.chance, p.town.staff)}
	}
	office := p.town.cases["staff"]
	author, second := pick(p.chance, office).who, pick(p.chance, office).who
	people := map[byte]*human{'a': m.who, 'p': m.partner, 'k': m.child, 'x': m.other, 's': m.worker, 'w': author, 'o': second,
		'y': pick(p.chance, p.town.cases["adult"]).who, 'c': pick(p.chance, p.town.cases["councillor"]).who}
	if m.who != nil {
		people['r'] = relativeOf(m.who)
	}
	cast := map[byte]actor{}
	for letter, h := range people {
		if h == nil || letter != 'a' && h == m.who {
			continue
		}
		capacity := usualCapacity[letter]
		for part := range strings.FieldsSeq(d.caps) {
			if part[0] == letter {
				capacity = capacities[part[2:]]
			}
		}
		cast[letter] = actor{h, capacity}
	}
	return cast
}

// relativeOf is another member of the household, or nobody.
func relativeOf(h *human) *human {
	if h.household == nil {
		return nil
	}
	for _, m := range h.household.members {
		if m != h && !m.sealed {
			return m
		}
	}
	return nil
}

// dateFor chooses a day on which the document makes sense: children are
// children, adults are adults.
func (d *docType) dateFor(p *paper) reeve.Date {
	low, high := d.years[0], d.years[1]
	if p.matter != nil && p.matter.who != nil {
		born := int(p.matter.who.born.Year)
		if born > 1994 {
			low, high = max(low, born+1), max(low, born+1, min(high, born+16))
		} else {
			low = max(low, born+19)
		}
	}
	low = min(low, high)
	return reeve.Date{Year: int16(p.between(low, max(low, high))), Month: int8(p.between(1, 12)), Day: int8(p.between(1, 28))}
}

// compose writes the paper: a template, or a table of people.
func (d *docType) compose(p *paper) {
	p.cast = d.castFor(p)
	if d.list != nil {
		d.list.compose(p, d.pool)
		return
	}
	templates := d.seen
	if p.manner.letter > 'C' && len(d.unseen) > 0 {
		templates = d.unseen
	}
	p.run(templates[int(p.manner.letter)%len(templates)])
}

func (l *listing) compose(p *paper, pool string) {
	matters := p.town.cases[pool]
	want := min(p.between(l.rows[0], l.rows[1]), len(matters))
	var header []string
	for _, c := range l.columns {
		heads := strings.Split(c.heads, "|")
		header = append(header, heads[int(p.manner.letter-'A')%len(heads)])
	}
	if p.one(0.4) {
		p.blocks = append(p.blocks, block{text: l.title + " " + fmt.Sprint(p.date.Year)})
		p.blocks[0].sheet = l.sheet
	}
	rows := [][]string{header}
	start := p.IntN(max(len(matters), 1))
	for i := range want {
		h := matters[(start+i*7)%len(matters)].who
		p.cast['a'] = actor{h, reeve.CapacitySubject}
		rows = append(rows, l.row(p, len(rows)))
	}
	p.blocks = append(p.blocks, block{rows: rows, sheet: l.sheet})
}

// row fills the cells of one person and says where each value stands.
func (l *listing) row(p *paper, at int) []string {
	var cells []string
	for i, c := range l.columns {
		before := len(p.facts)
		text, _ := p.fill(c.cell)
		for j := before; j < len(p.facts); j++ {
			p.facts[j].Place = fmt.Sprintf("%s!%s%d", l.sheet, reeve.ColumnName(i), at+1+len(p.blocks))
		}
		cells = append(cells, text)
	}
	return cells
}

// fileName fills a file or folder pattern.
func fileName(pattern string, p *paper, n int) string {
	sur, ini := "General", ""
	if p.matter != nil && p.matter.who != nil {
		sur, ini = p.matter.who.surname, firstLetter(p.matter.who.given)
	}
	return strings.NewReplacer("{year}", fmt.Sprint(p.date.Year), "{sur}", plain(sur), "{ini}", plain(ini), "{n}", fmt.Sprintf("%05d", n)).Replace(pattern)
}
