package notice

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
)

// noBreak is a space at which no line ends.
const noBreak = '\u00a0'

// tied holds together what is read in one piece, so that no line ends inside it:
// telephone numbers, a day with its month and year, a number with its per cent.
func tied(text string) string {
	if !strings.ContainsAny(text, "0123456789") {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		if r == ' ' && i > 0 && ties(text[:i], text[i+1:]) {
			r = noBreak
		}
		b.WriteRune(r)
	}
	return b.String()
}

func ties(before, after string) bool {
	switch {
	case after == "":
		return false
	case isDigit(before[len(before)-1]):
		return isDigit(after[0]) || after[0] == '%' || beginsMonth(after)
	case isDigit(after[0]): // the year behind a month
		i := strings.LastIndexByte(before, ' ')
		return i > 0 && isDigit(before[i-1]) && beginsMonth(before[i+1:])
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func beginsMonth(text string) bool {
	for _, m := range months[1:] {
		if strings.HasPrefix(text, m) {
			return true
		}
	}
	return false
}

// typeset makes the text of a notice ready for its pages: what belongs together
// stays on one line, and what leads to a list stays with it. The signature ends a
// page only under what it signs.
func typeset(blocks []paper.Block, closing string) []paper.Block {
	all := make([]paper.Block, 0, len(blocks)+1)
	for i, x := range blocks {
		switch x := x.(type) {
		case paper.Paragraph:
			x.Text = tied(x.Text)
			if i+1 < len(blocks) {
				_, list := blocks[i+1].(paper.List)
				x.Keep = x.Keep || list
			} else {
				x.Keep = true
			}
			all = append(all, x)
		case paper.List:
			items := make([]string, len(x.Items))
			for i, item := range x.Items {
				items[i] = tied(item)
			}
			all = append(all, paper.List{Items: items, Numbered: x.Numbered})
		default:
			all = append(all, x)
		}
	}
	return append(all, paper.Paragraph{Text: closing})
}

// contactSizes are those in which the box at the top right is set for readers of
// large letters: the first in which it fits.
var contactSizes = []float64{largeSize, easySize, 12, 11, 10, 9}

// contactBlock is the box at the top right, and what of it stands in the letter
// itself. Readers of large letters have the address alone in the box, as large as
// it goes, and the rest in letters as large as all the others.
func contactBlock(t *Template, w *Wording, reference string, on reeve.Date) (box paper.Box, body []paper.Block) {
	say := &speaker{book: t.book}
	box = paper.Box{Page: 1, Frame: contactBox, Text: tied(contactText(say, w, reference, on)), Size: 9}
	if t.Format == Standard {
		return box, nil
	}
	box.Text = w.Council + "\n" + w.Address
	for _, box.Size = range contactSizes {
		if box.Size <= sizeOf(t.Format) && box.Fits() {
			break
		}
	}
	lines := slices.Concat(reachLines(say, w), dateLines(say, reference, on))
	return box, []paper.Block{paper.Paragraph{Text: tied(strings.Join(lines, "\n"))}}
}

// contactText is who writes, how to reach them, when, and under which reference.
// Labels are said in the reader's language; names and addresses are what they
// are.
func contactText(say *speaker, w *Wording, reference string, on reeve.Date) string {
	lines := slices.Concat([]string{w.Council, w.Address, ""}, reachLines(say, w), []string{""}, dateLines(say, reference, on))
	return strings.Join(lines, "\n")
}

func reachLines(say *speaker, w *Wording) []string {
	return []string{strings.ReplaceAll(say.say(phoneLine), "{phone}", w.Phone), say.say(w.Hours), strings.ReplaceAll(say.say(emailLine), "{email}", w.Email)}
}

func dateLines(say *speaker, reference string, on reeve.Date) []string {
	return []string{saidDate(say, on), strings.ReplaceAll(say.say(referenceLine), "{reference}", reference)}
}

// dateLine is a day of a month as a phrase: languages put its parts in their own
// order, and change the name of the month by it.
func dateLine(month string) string { return "{day} " + month + " {year}" }

func saidDate(say *speaker, d reeve.Date) string {
	if longDate(d) == "" {
		return ""
	}
	return strings.NewReplacer("{day}", strconv.Itoa(int(d.Day)), "{year}", strconv.Itoa(int(d.Year))).Replace(say.say(dateLine(months[d.Month])))
}

// aroundPhrases are the phrases that stand round the text of a notice.
func aroundPhrases(w *Wording) []string {
	all := []string{phoneLine, w.Hours, emailLine, referenceLine, w.Role}
	for _, m := range months[1:] {
		all = append(all, dateLine(m))
	}
	return all
}
