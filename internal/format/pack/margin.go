package pack

import (
	"bytes"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// MaxWaiting is how much text beside the text is held before a reader should
// give it out; maxWords is how many different names and links are noted.
const (
	MaxWaiting = 64 << 10
	maxWords   = 100_000
)

// Margin gathers what belongs to another layer than the text it stands in
// (deletions, form fields, links, who wrote), so that the text itself is not
// cut into small blocks.
type Margin struct {
	out   *part.Writer
	notes []note // in order of first use
	words map[string]bool
}

// note is the text waiting for one place and layer.
type note struct {
	place string
	layer reeve.Layer
	text  []byte
}

// NewMargin makes an empty margin that is given out to a writer.
func NewMargin(out *part.Writer) *Margin { return &Margin{out: out, words: map[string]bool{}} }

// Add notes a line for a place and layer; nothing when it is blank.
func (m *Margin) Add(place string, layer reeve.Layer, line []byte) {
	if line = bytes.TrimSpace(line); len(line) == 0 {
		return
	}
	i := 0
	for i < len(m.notes) && (m.notes[i].place != place || m.notes[i].layer != layer) {
		i++
	}
	if i == len(m.notes) {
		m.notes = append(m.notes, note{place: place, layer: layer})
	}
	m.notes[i].text = append(append(m.notes[i].text, line...), '\n')
}

// Fresh reports whether a word of a sort is met for the first time; after
// maxWords words nothing is.
func (m *Margin) Fresh(sort, word string) bool {
	key := sort + "\x00" + word
	if word == "" || m.words[key] || len(m.words) > maxWords {
		return false
	}
	m.words[key] = true
	return true
}

// Person notes someone who worked on the file, once for each thing done.
func (m *Margin) Person(what, name string) {
	if m.Fresh(what, name) {
		m.Add("people", reeve.LayerMetadata, []byte(what+": "+name))
	}
}

// Link notes a target outside the file, once.
func (m *Margin) Link(what, target string) {
	if m.Fresh("link", target) {
		m.Add("links", reeve.LayerMetadata, []byte(what+": "+target))
	}
}

// Waiting is the number of bytes that wait to be given out.
func (m *Margin) Waiting() (n int) {
	for i := range m.notes {
		n += len(m.notes[i].text)
	}
	return n
}

// Flush gives out what was gathered; whoever goes on begins its own part again.
// Places that are done are forgotten, so that a workbook of a thousand sheets
// does not keep a thousand margins.
func (m *Margin) Flush() {
	for i := range m.notes {
		m.out.Begin(m.notes[i].place, m.notes[i].layer)
		m.out.Text(string(m.notes[i].text))
	}
	m.notes = m.notes[:0]
}
