package detect

import (
	"sort"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// prose is the state of one text that is being read. Its slices are reused.
type prose struct {
	set                *Set
	text               string
	lines              []int // offsets of line starts, for places
	cell               bool  // the text is a cell of the block's table
	paraStart, paraEnd int   // bytes of the paragraph
	row, col           int32

	marks   []lex.Mark // of the paragraph
	labels  []labelled
	people  []human // of the paragraph, in order of their latest place
	breaks  []int   // sentence starts of the paragraph
	lone    human   // takes what is said of nobody named, for one sentence
	loneAt  int
	closing bool // the line before closed a letter
	asked   []asked
	pairEnd int      // end of the latest value that two marks make
	said    []*human // scratch
}

// asked is a question with its answer, as bytes of the text: the question from
// start to mid, the answer to end.
type asked struct{ start, mid, end int }

// text reads a block of prose.
func (d *Document) text(text string) {
	d.prose.cell = false
	d.prose.row, d.prose.col = -1, -1
	d.read(text)
}

// read scans a text once and reads it paragraph by paragraph.
func (d *Document) read(text string) {
	p := &d.prose
	saved := d.marks
	if saved == nil {
		saved = make([]lex.Mark, 0, len(text)/markEvery+16)
	}
	marks := d.ix.Scan(text, saved[:0])
	d.marks = marks
	if !d.judged && !p.cell {
		d.typ, d.judged = d.typeOf(text, marks), true
	}
	p.text, p.set, p.closing = text, d.set, false
	p.countLines()
	from, start := 0, 0
	for i := range marks {
		if marks[i].Kind == lex.MarkPara || marks[i].Kind == lex.MarkLine && i-from > maxParagraph {
			d.paragraph(marks[from:i], start, int(marks[i].Start))
			from, start = i+1, int(marks[i].End)
		}
	}
	d.paragraph(marks[from:], start, len(text))
	d.findCustom()
}

// markEvery is how many bytes of prose give one mark, or more.
const markEvery = 20

// maxParagraph is the number of marks after which a paragraph ends at the next
// line end: logs and dumps have no blank lines.
const maxParagraph = 400

// countLines notes where lines start.
func (p *prose) countLines() {
	p.lines = append(p.lines[:0], 0)
	for at := 0; ; {
		i := strings.IndexByte(p.text[at:], '\n')
		if i < 0 {
			return
		}
		at += i + 1
		p.lines = append(p.lines, at)
	}
}

// place is the place of bytes start..end of the text.
func (p *prose) place(d *Document, start, end int) reeve.Place {
	if p.cell {
		return d.cellPlace(int(p.row), int(p.col), start, end)
	}
	line := sort.SearchInts(p.lines, start+1)
	if d.block.Line > 1 {
		line += d.block.Line - 1
	}
	return d.block.LinePlace(d.n, line, start, end)
}

// paragraph reads text start..end with its marks.
func (d *Document) paragraph(marks []lex.Mark, start, end int) {
	p := &d.prose
	p.labels, p.asked = p.labels[:0], p.asked[:0]
	p.paraStart, p.paraEnd = start, end
	if strings.IndexByte(p.text[start:end], ':') >= 0 || strings.IndexByte(p.text[start:end], '?') >= 0 || strings.IndexByte(p.text[start:end], '\t') >= 0 || end-start < 200 {
		p.findLabels(start, end)
	}
	if len(p.labels) == 0 && !telling(marks) {
		return
	}
	from := len(d.out)
	p.marks, p.loneAt = marks, -1
	p.people = p.people[:0]
	d.takeLabels()
	p.findSentences(start)
	d.findPeople()
	d.adoptMain()
	d.findValues()
	d.findCircumstances()
	d.settleCapacities(from)
	sortFindings(d.out[from:])
}

// telling reports whether marks hold anything but breaks and bare words.
func telling(marks []lex.Mark) bool {
	for _, m := range marks {
		switch m.Kind {
		case lex.MarkLine, lex.MarkPara, lex.MarkStop, lex.MarkTitle, lex.MarkMoney, lex.MarkDate, lex.MarkGiven:
		default:
			return true
		}
	}
	return false
}

// shortLine is the length below which a line end ends a sentence: forms, address
// blocks and lists. Longer lines are wrapped.
const shortLine = 50

// findSentences notes where the sentences of the paragraph start.
func (p *prose) findSentences(start int) {
	p.breaks = append(p.breaks[:0], start)
	line := start
	for _, m := range p.marks {
		switch m.Kind {
		case lex.MarkStop:
			p.breaks = append(p.breaks, int(m.End))
		case lex.MarkLine:
			if int(m.Start)-line < shortLine || p.labelStartsAt(int(m.End)) {
				p.breaks = append(p.breaks, int(m.End))
			}
			line = int(m.End)
		}
	}
}

func (p *prose) labelStartsAt(i int) bool {
	for j := range p.labels {
		if p.labels[j].from >= i && p.labels[j].from < i+3 {
			return true
		}
	}
	return false
}

// sentence is the ordinal of the sentence that holds byte i.
func (p *prose) sentence(i int) int { return sort.SearchInts(p.breaks, i+1) - 1 }

// bounds are the bytes of a sentence.
func (p *prose) bounds(sentence, end int) (int, int) {
	if sentence < 0 {
		sentence = 0
	}
	if sentence+1 < len(p.breaks) {
		end = p.breaks[sentence+1]
	}
	return p.breaks[sentence], end
}

// settleCapacities gives the findings of a paragraph the capacity that its
// people turned out to have: somebody of whom something is said is a subject,
// a bare name is passing.
func (d *Document) settleCapacities(from int) {
	p := &d.prose
	for i := range p.people {
		h := &p.people[i]
		if h.capacity != reeve.CapacityUnknown {
			continue
		}
		if h.carries || d.typ == Record {
			h.capacity = reeve.CapacitySubject
		} else {
			h.capacity = reeve.CapacityPassing
		}
	}
	for i := from; i < len(d.out); i++ {
		f := &d.out[i]
		for j := range p.people {
			if p.people[j].clump == f.Clump && f.Clump != 0 && f.Capacity == reeve.CapacityUnknown {
				f.Capacity = p.people[j].capacity
			}
		}
		if f.Clump != 0 && f.Capacity == reeve.CapacityUnknown {
			f.Capacity = reeve.CapacitySubject
		}
	}
}
