package sweep

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/reeve-council/reeve"
)

// word is a word as recognised, with its box in pixels.
type word struct {
	text                     string
	confidence               float64 // 0..100
	left, top, width, height int
	line                     lineAt
	shift                    float64 // by how much the page's slant lowers it
}

// lineAt is where tesseract put a word: block, paragraph, line.
type lineAt struct{ block, par, line int }

func (w *word) right() int { return w.left + w.width }

// middle is the height on the page at which a word stands, the slant taken
// out.
func (w *word) middle() float64 { return float64(w.top) + float64(w.height)/2 - w.shift }

// Bounds on a page; one of a telephone directory has three thousand words.
const (
	mostWords   = 50_000
	mostLetters = reeve.MaxBlockText / 4 // in bytes, so that a page is never more than one block of text
)

// readTSV reads the table that tesseract writes: a row for every page, block,
// paragraph, line and word, in this order of columns.
func readTSV(table []byte) []word {
	const (
		level = iota
		_
		block
		par
		line
		_
		left
		top
		width
		height
		confidence
		text
		columns
	)
	var words []word
	letters := 0
	for row := range bytes.Lines(table) {
		cells := strings.SplitN(strings.TrimRight(string(row), "\r\n"), "\t", columns)
		if len(cells) < columns || cells[level] != "5" || len(words) >= mostWords || letters+len(cells[text]) > mostLetters {
			continue
		}
		n := func(i int) int {
			v, err := strconv.Atoi(cells[i])
			if err != nil {
				return 0
			}
			return min(max(v, 0), 1<<20)
		}
		sure, err := strconv.ParseFloat(cells[confidence], 64)
		t := cleanWord(cells[text])
		if err != nil || sure < 0 || t == "" {
			continue
		}
		letters += len(t)
		words = append(words, word{text: t, confidence: min(sure, 100), left: n(left), top: n(top), width: n(width), height: n(height),
			line: lineAt{n(block), n(par), n(line)}})
	}
	return words
}

// cleanWord takes away what ruled lines and specks leave round a word; "" for a
// word that is nothing else.
func cleanWord(s string) string {
	s = strings.TrimFunc(strings.ToValidUTF8(s, ""), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("|_~¦—[]{}«»", r) })
	if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 || s == ":" || s == "-" || s == "/" || s == "@" {
		return s
	}
	return ""
}

// sureness is the mean confidence of the words in hundredths of a percent,
// long words for more: what a page is judged by. Specks read as single letters
// would else pull a good page down.
func sureness(words []word) int {
	sum, weight := 0.0, 0.0
	for i := range words {
		n := float64(len(words[i].text))
		sum += words[i].confidence * n
		weight += n
	}
	if weight == 0 {
		return 0
	}
	return int(sum / weight * 100)
}

// sureLetters counts the letters and digits of words that were recognised with
// some certainty.
func sureLetters(words []word) int {
	n := 0
	for i := range words {
		if words[i].confidence >= lineOfQuality && len(words[i].text) > 1 {
			n += len(words[i].text)
		}
	}
	return n
}

// certainty is how much was read how surely: what attempts at one page are
// compared by.
func certainty(words []word) float64 {
	sum := 0.0
	for i := range words {
		if words[i].confidence >= lineOfQuality {
			sum += words[i].confidence * float64(len(words[i].text))
		}
	}
	return sum
}

// straighten works out the slant of a page from its longer lines and notes by
// how much it lowers each word.
func straighten(words []word) {
	var slopes []float64
	for start := 0; start < len(words); {
		end := start + 1
		for end < len(words) && words[end].line == words[start].line {
			end++
		}
		first, last := &words[start], &words[end-1]
		if run := last.left - first.left; end-start >= 4 && run > 8*first.height {
			slopes = append(slopes, float64(last.top+last.height-first.top-first.height)/float64(run))
		}
		start = end
	}
	if len(slopes) < 3 {
		return
	}
	slices.Sort(slopes)
	slope := slopes[len(slopes)/2]
	for i := range words {
		words[i].shift = slope * float64(words[i].left)
	}
}

// letterHeight is the usual height of a word on the page, in pixels.
func letterHeight(words []word) float64 {
	heights := make([]int, len(words))
	for i := range words {
		heights[i] = words[i].height
	}
	slices.Sort(heights)
	return float64(max(heights[len(heights)/2], 1))
}
