package review

import (
	"fmt"
	"html"
	"html/template"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

// picture is a set of bars. The page shows the same numbers as a table beside
// it, so that the drawing says nothing by itself.
type picture struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
	Unit  string `json:"unit"`
	Bars  []bar  `json:"bars"`
}

type bar struct {
	Code  string `json:"code"`
	Words string `json:"words"`
	N     int64  `json:"n"`
}

// Measures of a picture in its own units: a line for each bar, words on the
// left, the bar in the middle, its number behind it.
const (
	barLine    = 28
	barThick   = 18
	barLeft    = 250
	barMost    = 330
	barWidth   = 680
	barLetters = 34 // of the words on the left
)

// SVG draws the bars without style or script, hidden from readers of screens,
// who have the table.
func (p picture) SVG() template.HTML {
	var most int64 = 1
	for _, b := range p.Bars {
		most = max(most, b.N)
	}
	var w strings.Builder
	fmt.Fprintf(&w, `<svg class="reeve-bars" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" aria-hidden="true" focusable="false">`,
		barWidth, barLine*len(p.Bars), barWidth, barLine*len(p.Bars))
	for i, b := range p.Bars {
		y := i * barLine
		long := b.N * barMost / most
		if b.N > 0 {
			long = max(long, 2)
		}
		fmt.Fprintf(&w, `<text x="%d" y="%d" text-anchor="end">%s</text>`, barLeft-8, y+barThick-2, html.EscapeString(shorten(b.Words, barLetters)))
		fmt.Fprintf(&w, `<rect class="reeve-bar" x="%d" y="%d" width="%d" height="%d"></rect>`, barLeft, y+2, long, barThick)
		fmt.Fprintf(&w, `<text x="%d" y="%d">%s</text>`, int64(barLeft)+long+8, y+barThick-2, digits(b.N))
	}
	w.WriteString("</svg>")
	return template.HTML(w.String())
}

// shorten cuts a text to at most some letters.
func shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// barsOf are the counts in the order given, with words.
func barsOf(counts []sweep.Count, words func(string) string) []bar {
	return each(counts, func(c sweep.Count) bar { return bar{c.Value, sentence(words(c.Value)), c.N} })
}

// ordered are the counts of codes in an order of their own; codes without count
// are left out.
func ordered[K ~string](counts []sweep.Count, codes []K, words func(K) string) []bar {
	var all []bar
	for _, code := range codes {
		if n := countOf(counts, string(code)); n > 0 {
			all = append(all, bar{string(code), sentence(words(code)), n})
		}
	}
	return all
}

var lanes = []reeve.Lane{reeve.LaneSafety, reeve.LaneChild, reeve.LaneAdultAtRisk, reeve.LaneFraud, reeve.LaneOther}

// picturesOf are the pictures of a standing that have something to show.
func picturesOf(s sweep.Standing) []picture {
	all := []picture{
		{"lanes", "Who should act first", "Each person stands in the first lane that fits.", "people", ordered(s.Lanes, lanes, laneWords)},
		{"bands", "How severe", "The ENISA severity as a sorting aid. It does not decide who has to be told.", "people", ordered(s.Bands, highestFirst(reeve.Bands), bandWords)},
		{"categories", "What was exposed", "People by data category. One person can stand in several.", "people",
			barsOf(s.Categories, func(c string) string { return categoryWords(reeve.Category(c)) })},
		{"years", "How recent it is", "People by the year of their newest data. Old papers can hold what is still true: see what is still current.", "people",
			barsOf(s.Newest, func(y string) string { return yearWords(y) })},
		{"current", "What is still current", "People of whom a value found is the one that a register holds today, by kind.", "people",
			barsOf(s.StillHeld, func(k string) string { return kindWords(reeve.Kind(k)) })},
		{"wards", "Where they live", "People by ward, as far as a register names it.", "people", barsOf(s.Wards, func(w string) string { return w })},
	}
	var shown []picture
	for _, p := range all {
		if len(p.Bars) > 0 {
			shown = append(shown, p)
		}
	}
	return shown
}

func highestFirst[T any](list []T) []T {
	all := make([]T, 0, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		all = append(all, list[i])
	}
	return all
}

func yearWords(year string) string {
	if year == "" {
		return "No date in the content"
	}
	return year
}
