package plain

import "strings"

// Separator is the byte that splits the lines into a table's columns: the one
// of , ; tab | which gives nearly all lines the same count, the highest first.
// Running text has commas too, but not equally many per line.
func Separator(lines []string) (byte, bool) {
	var best byte
	bestScore := 0
	for _, sep := range []byte{'\t', ',', ';', '|'} {
		if score := tableScore(lines, sep); score > bestScore {
			best, bestScore = sep, score
		}
	}
	return best, bestScore > 0
}

// tableScore is the columns beyond the first times the lines that have them,
// or 0 when the lines do not agree.
func tableScore(lines []string, sep byte) int {
	counts := map[int]int{}
	rows, open, fields := 0, false, 0
	for _, l := range lines {
		if strings.TrimSpace(l) == "" && !open {
			continue
		}
		n, stillOpen := countOutside(l, sep, open)
		if !open {
			fields = 0
		}
		fields += n
		if open = stillOpen; !open {
			counts[fields]++
			rows++
		}
	}
	best := 0
	for n, c := range counts {
		if n > 0 && (c > counts[best] || c == counts[best] && n > best) || best == 0 && n > 0 {
			best = n
		}
	}
	return agreed(best, counts[best], rows, prose(lines), sep)
}

// agreed weighs how many of the rows have the most frequent count.
func agreed(fields, same, rows int, prose bool, sep byte) int {
	switch {
	case fields == 0 || rows < 2 || same < 2:
		return 0
	case prose && (fields < 3 || sep == ','):
		return 0
	case fields == 1 && (same*20 < rows*19 || sep == ',' && rows < 3):
		return 0
	case same*10 < rows*6:
		return 0
	}
	return fields * same
}

// countOutside counts separators outside double quotes and says whether a quote
// is still open at the end of the line.
func countOutside(l string, sep byte, open bool) (n int, stillOpen bool) {
	for i := 0; i < len(l); i++ {
		switch {
		case l[i] == '"' && (open || i == 0 || l[i-1] == sep || l[i-1] == '"'):
			open = !open
		case l[i] == sep && !open:
			n++
		}
	}
	return n, open
}

// prose reports whether the lines read like sentences: most are long, hold many
// spaces, and separators are followed by a space.
func prose(lines []string) bool {
	spaced, bare := 0, 0
	for _, l := range lines {
		for i := 0; i+1 < len(l); i++ {
			if l[i] == ',' {
				if l[i+1] == ' ' {
					spaced++
				} else {
					bare++
				}
			}
		}
	}
	return spaced > 2*bare && spaced > 0
}
