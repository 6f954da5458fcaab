package paper

import "strings"

// splitLines gives the lines of a text, none for "".
func splitLines(text string) []string {
	if text == "" {
		return nil
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return strings.Split(text, "\n")
}

// wrap breaks a text into lines no wider than width, at spaces where it can and
// inside a word where it must. Line breaks are kept. measure gives the width of
// a text, in the unit of width; it must grow with its length.
func wrap(text string, width float64, measure func(string) float64) []string {
	var lines []string
	for _, line := range splitLines(text) {
		lines = append(lines, wrapLine(line, width, measure)...)
	}
	return lines
}

func wrapLine(text string, width float64, measure func(string) float64) []string {
	var lines []string
	var line strings.Builder
	used, space := 0.0, measure(" ")
	flush := func() {
		lines = append(lines, line.String())
		line.Reset()
		used = 0
	}
	for word := range strings.FieldsFuncSeq(text, breakable) {
		w := measure(word)
		if used > 0 && used+space+w > width {
			flush()
		}
		for word != "" && w > width {
			head := fitting(word, width, measure)
			line.WriteString(word[:head])
			flush()
			word = word[head:]
			w = measure(word)
		}
		if word == "" {
			continue
		}
		if used > 0 {
			line.WriteByte(' ')
			used += space
		}
		line.WriteString(word)
		used += w
	}
	if line.Len() > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// fitting gives how many bytes of a word fit into a width: one letter at least,
// so that narrow columns end.
func fitting(word string, width float64, measure func(string) float64) int {
	used, fit := 0.0, 0
	for i, r := range word {
		used += measure(string(r))
		if used > width && i > 0 {
			return i
		}
		fit = i + len(string(r))
	}
	return fit
}

// breakable reports whether a line may break at r: not at the no-break space,
// which holds dates and telephone numbers together.
func breakable(r rune) bool { return r == ' ' || r == '\t' }
