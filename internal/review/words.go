package review

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// The words in which the room speaks of what the contract codes stand in
// words_table.go. Lists and exports keep the codes; pages say the words.

// wordsOf is the words of a code. A code that the table does not know, such as
// a kind of the council's own, is said as it is, its marks as spaces.
func wordsOf[K ~string](table map[K]string, code K) string {
	if w, ok := table[code]; ok {
		return w
	}
	return strings.NewReplacer("_", " ", "-", " ").Replace(string(code))
}

func kindWords(k reeve.Kind) string            { return wordsOf(kindTable, k) }
func categoryWords(c reeve.Category) string    { return wordsOf(categoryTable, c) }
func signalWords(s reeve.Signal) string        { return wordsOf(signalTable, s) }
func laneWords(l reeve.Lane) string            { return wordsOf(laneTable, l) }
func bandWords(b reeve.Band) string            { return wordsOf(bandTable, b) }
func tierWords(t reeve.Tier) string            { return wordsOf(tierTable, t) }
func contactWords(c reeve.SafeContact) string  { return wordsOf(contactTable, c) }
func statusWords(s reeve.Status) string        { return wordsOf(statusTable, s) }
func takenWords(t reeve.Taken) string          { return wordsOf(takenTable, t) }
func roleWords(r reeve.Role) string            { return wordsOf(roleTable, r) }
func capacityWords(capacity string) string     { return wordsOf(capacityTable, capacity) }
func deceasedWords(d string) string            { return wordsOf(deceasedTable, d) }
func registerKindWords(kind string) string     { return wordsOf(registerTable, kind) }
func confidenceWords(confidence string) string { return wordsOf(confidenceTable, confidence) }

// enough bounds a list that is read, not searched.
const enough = 5

// enumerate joins words as people do: "a, b and c"; of more than most it gives
// the first and says how many there are beside them.
func enumerate(words []string, most int) string {
	switch n := len(words); {
	case n == 0:
		return ""
	case n == 1:
		return words[0]
	case n > most:
		return strings.Join(words[:most], ", ") + " and " + count(int64(n-most), "other thing", "other things")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// split gives the parts of a cell that joins codes with ";".
func split[K ~string](cell string) []K {
	if cell == "" {
		return nil
	}
	parts := strings.Split(cell, ";")
	all := make([]K, len(parts))
	for i, p := range parts {
		all[i] = K(p)
	}
	return all
}

// each makes one thing of every other: words of codes, most often.
func each[K, W any](codes []K, words func(K) W) []W {
	all := make([]W, len(codes))
	for i, c := range codes {
		all[i] = words(c)
	}
	return all
}

// count says how many of something: "1 page", "1,204 pages".
func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return digits(n) + " " + many
}

// digits prints a whole number with commas between thousands.
func digits(n int64) string {
	if n < 0 {
		return "-" + digits(-n)
	}
	text := ""
	for ; n >= 1000; n /= 1000 {
		text = fmt.Sprintf(",%03d", n%1000) + text
	}
	return fmt.Sprint(n) + text
}

// sentence begins a text with a capital.
func sentence(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}

// joined sorts and joins a list as a cell of an export.
func joined(parts []string) string {
	parts = slices.Sorted(slices.Values(parts))
	return strings.Join(slices.Compact(parts), ";")
}
