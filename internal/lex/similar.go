package lex

import "strings"

// JaroWinkler is the likeness of two folded words, 0 to 1: Jaro's measure with
// Winkler's bonus for up to four equal first letters (weight 0.1). It compares
// bytes, and at most the first 64 of each.
func JaroWinkler(a, b string) float64 {
	if a == b {
		if a == "" {
			return 0
		}
		return 1
	}
	a, b = a[:min(len(a), 64)], b[:min(len(b), 64)]
	if a == "" || b == "" {
		return 0
	}
	jaro := jaro(a, b)
	prefix := 0
	for prefix < 4 && prefix < len(a) && prefix < len(b) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + float64(prefix)*0.1*(1-jaro)
}

// jaro keeps what is matched in two 64-bit masks.
func jaro(a, b string) float64 {
	reach := max(max(len(a), len(b))/2-1, 0)
	var inA, inB uint64
	matches := 0
	for i := range len(a) {
		for j := max(0, i-reach); j < min(len(b), i+reach+1); j++ {
			if a[i] == b[j] && inB>>j&1 == 0 {
				inA |= 1 << i
				inB |= 1 << j
				matches++
				break
			}
		}
	}
	if matches == 0 {
		return 0
	}
	swaps, j := 0, 0
	for i := range len(a) {
		if inA>>i&1 == 0 {
			continue
		}
		for inB>>j&1 == 0 {
			j++
		}
		if a[i] != b[j] {
			swaps++
		}
		j++
	}
	m := float64(matches)
	return (m/float64(len(a)) + m/float64(len(b)) + (m-float64(swaps/2))/m) / 3
}

// Distance is the number of edits (insert, delete, change, swap of neighbours;
// optimal string alignment) that make b of a, counted in bytes of folded text,
// and limit+1 as soon as it is more than limit. Words of more than 128 bytes are
// compared by their first 128.
func Distance(a, b string, limit int) int {
	a, b = trimSame(a[:min(len(a), 128)], b[:min(len(b), 128)])
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > limit {
		return limit + 1
	}
	if len(a) == 0 {
		return len(b)
	}
	var rows [3][129]int
	before, prev, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			best = min(best, d)
		}
		if best > limit {
			return limit + 1
		}
		before, prev, row = prev, row, before
	}
	return min(prev[len(b)], limit+1)
}

// trimSame cuts the equal beginning and end.
func trimSame(a, b string) (string, string) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// LookAlike maps a folded word so that letters and digits which scanners and
// hurried readers confuse become equal: 0/o, 1/l/i, 5/s, 8/b, 2/z, rn/m, cl/d,
// vv/w.
func LookAlike(folded string) string {
	return lookAlikes.Replace(folded)
}

var lookAlikes = strings.NewReplacer("rn", "m", "cl", "d", "vv", "w", "ii", "u", "li", "h",
	"0", "o", "1", "l", "i", "l", "5", "s", "8", "b", "2", "z", "q", "g", "9", "g", "6", "b")

// Phonetic is a key that is equal for many spellings of one name as it is
// heard: the first sound, then consonant classes, repeated classes once, vowels
// dropped; at most six characters. It knows the spellings that transliteration
// varies (Mohammed/Muhamad, Hussain/Hossein, Chaudhry/Choudhury, Kaczmarek …).
func Phonetic(s string) string {
	f := strings.ReplaceAll(Fold(s), " ", "")
	f = sounds.Replace(f)
	out := make([]byte, 0, 6)
	for i := 0; i < len(f) && len(out) < 6; i++ {
		c := soundClass(f[i])
		switch {
		case c == 0 && i == 0:
			out = append(out, 'A')
		case c == 0, len(out) > 0 && out[len(out)-1] == c && (i == 0 || soundClass(f[i-1]) == c):
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

var sounds = strings.NewReplacer("sch", "x", "tch", "x", "ch", "x", "sh", "x", "sz", "x", "cz", "x", "zh", "x", "th", "t", "dh", "d",
	"ph", "f", "gh", "g", "kh", "k", "bh", "b", "ck", "k", "cks", "ks", "wr", "r", "kn", "n", "gn", "n", "mc", "mk", "mac", "mk",
	"ce", "se", "ci", "si", "cy", "sy", "w", "v", "dz", "z", "ge", "je", "gi", "ji", "q", "k", "h", "")

// soundClass gives the class letter of a consonant, 0 for vowels and the rest.
func soundClass(c byte) byte {
	switch c {
	case 'b', 'p':
		return 'P'
	case 'f', 'v':
		return 'F'
	case 'c', 'k', 'g':
		return 'K'
	case 'x', 'j':
		return 'X'
	case 's', 'z':
		return 'S'
	case 'd', 't':
		return 'T'
	case 'l':
		return 'L'
	case 'm':
		return 'M'
	case 'n':
		return 'N'
	case 'r':
		return 'R'
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return c
	}
	return 0
}
