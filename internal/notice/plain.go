package notice

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a public text is held to: reading age 9 to 11, sentences of at most 25
// words (Government Digital Service, content design; mission requirement 17).
const (
	mostWords = 25
	mostAge   = 11.0
)

// properNames count as one plain word in the measure of reading age: a reader
// need not read them out, and there is no other word for them.
var properNames = []string{"Information Commissioner's Office", "Information Commissioner", "National Insurance number", "National Insurance", "National Cyber Security Centre",
	"National Domestic Abuse Helpline", "National Crime Agency", "Metropolitan Police", "Report Fraud", "Action Fraud", "Victim Support", "Samaritans", "MoneyHelper",
	"data protection officer", "Direct Debit", "Easy Read", "Text Relay", "council tax", "Home Office"}

// sentences cuts text into sentences: at full stops, question marks, and line
// ends, for a line of a list is read as one.
func sentences(text string) []string {
	var all []string
	var b strings.Builder
	flush := func() {
		if s := strings.TrimSpace(b.String()); strings.IndexFunc(s, unicode.IsLetter) >= 0 {
			all = append(all, s)
		}
		b.Reset()
	}
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case r == '\n':
			flush()
		case (r == '.' || r == '?' || r == '!') && (i+1 == len(runes) || unicode.IsSpace(runes[i+1])):
			flush()
		default:
			b.WriteRune(r)
		}
	}
	flush()
	return all
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '@' && r != '.' && r != '-'
	})
}

// longestSentence gives the words of the longest sentence.
func longestSentence(text string) (most int, sentence string) {
	for _, s := range sentences(text) {
		if n := len(wordsOf(s)); n > most {
			most, sentence = n, s
		}
	}
	return most, sentence
}

// readingAge is the Flesch–Kincaid grade plus five, the age of that school year
// (Kincaid and others 1975). Names of offices, numbers and addresses count as
// words of one syllable.
func readingAge(text string) float64 {
	for _, n := range properNames {
		text = strings.ReplaceAll(text, n, "Name")
	}
	all := sentences(text)
	count, syl := 0, 0
	for _, s := range all {
		for _, w := range wordsOf(s) {
			count++
			syl += syllables(w)
		}
	}
	if count == 0 {
		return 0
	}
	return 0.39*float64(count)/float64(len(all)) + 11.8*float64(syl)/float64(count) - 15.59 + 5
}

// syllables estimates the syllables of an English word by its groups of vowels.
func syllables(w string) int {
	w = strings.ToLower(w)
	if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsDigit(r) || r == '@' || r == '.' }) {
		return 1
	}
	n, before := 0, false
	for _, r := range w {
		v := strings.ContainsRune("aeiouy", r)
		if v && !before {
			n++
		}
		before = v
	}
	if n > 1 && strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") || n > 1 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "ted") && !strings.HasSuffix(w, "ded") {
		n--
	}
	return max(n, 1)
}

// Easy Read is held to more: an idea to a sentence (NHS England, Accessible
// Information Standard; Change, How to make information accessible).
const (
	mostEasyWords = 18
	mostEasyAge   = 10.0
)

// isPlain holds a text to what readers of a format can read.
func isPlain(f Format, text string) bool {
	words, age := mostWords, mostAge
	if f == EasyRead {
		words, age = mostEasyWords, mostEasyAge
	}
	n, _ := longestSentence(text)
	return n <= words && readingAge(text) <= age
}

// lineByLine cuts a paragraph behind its sentences, which keep their full stops.
// An initial, as in R. Brook, ends none.
func lineByLine(text string) (lines []string) {
	words := strings.Fields(text)
	from := 0
	for i, w := range words {
		stem := strings.TrimRight(w, ".?!”’)")
		ends := len(stem) < len(w) && strings.ContainsAny(w[len(stem):], ".?!") && utf8.RuneCountInString(stem) > 1 && !strings.Contains(stem, ".")
		if ends || i == len(words)-1 {
			lines, from = append(lines, strings.Join(words[from:i+1], " ")), i+1
		}
	}
	return lines
}
