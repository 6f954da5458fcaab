package notice

import (
	"regexp"
	"slices"
	"strings"
)

// never are words that nothing we say to the public may hold, each with what to
// say instead. Nobody can know that somebody is not affected while files are
// unread, nor that old data harms nobody.
//
// Every match holds one of hints, in small letters: to look for those first is
// many times quicker, and a letter of a run is searched like any other text.
var never = []struct {
	hints   []string
	words   *regexp.Regexp
	instead string
}{
	{[]string{"affected", "impacted", "compromised", "involved", "caught up"}, regexp.MustCompile(`(?i)\b(?:not|never)(?: \w+){0,2} (?:affected|impacted|compromised|involved|caught up)\b`), notFoundYet},
	{[]string{"affected", "impacted", "compromised", "involved", "caught up"}, regexp.MustCompile(`(?i)n['’]t(?: \w+){0,2} (?:affected|impacted|compromised|involved|caught up)\b`), notFoundYet},
	{[]string{"unaffected", "unimpacted", "uncompromised"}, regexp.MustCompile(`(?i)\bun(?:affected|impacted|compromised)\b`), notFoundYet},
	{[]string{"on you"}, regexp.MustCompile(`(?i)\b(?:no|without)(?: \w+){0,2} (?:impact|effect) on you\b`), notFoundYet},
	{[]string{" taken", " copied", " stolen", " lost", " accessed", " breached", " affected"}, regexp.MustCompile(`(?i)\b(?:no|none|nothing)(?: \w+){0,4} (?:was|were|is|are|has been|have been) (?:taken|copied|stolen|lost|accessed|breached|affected)\b`), notFoundYet},
	{[]string{" of you", " about you"}, regexp.MustCompile(`(?i)\b(?:nothing|none) (?:of|about) you(?:rs?)?\b`), notFoundYet},
	{[]string{" safe", " secure"}, regexp.MustCompile(`(?i)\b(?:data|information|details|records) (?:is|are|was|were|remains?|stays?|have been|has been)(?: \w+)? (?:safe|secure)\b`), "what you know to be so, such as: we cut the computers off"},
	{[]string{" safe", " fine", " in the clear"}, regexp.MustCompile(`(?i)\byou(?:['’]re| are| were)(?: \w+)? (?:safe|fine|in the clear)\b`), notFoundYet},
	{[]string{"historic", " old"}, regexp.MustCompile(`(?i)\bhistoric(?:al)? (?:data|information|records) only\b|\b(?:only|just|merely)(?: \w+)? (?:historic|historical|old)\b`), "from which years the data is"},
	{[]string{"worr", "concern", "alarm"}, regexp.MustCompile(`(?i)(?:\bno|\bnot|n['’]t) (?:need|cause|reason|have)(?: to be| to| for)? (?:worr|concern|alarm)`), "what the reader can do"},
}

const notFoundYet = "we have not found you in the files we have been able to read so far; we will write if that changes"

// NeverSaid gives the first words of a text that are never said to the public,
// and what to say instead; both are empty when there are none.
func NeverSaid(text string) (words, instead string) {
	text = spaced(text)
	small := strings.ToLower(strings.ToUpper(text)) // as (?i) folds: long s and the Kelvin sign too
	for _, n := range never {
		if !slices.ContainsFunc(n.hints, func(h string) bool { return strings.Contains(small, h) }) {
			continue
		}
		if s := n.words.FindString(text); s != "" {
			return s, n.instead
		}
	}
	return "", ""
}

var clicks = regexp.MustCompile(`(?i)\bclick\b`)

// forbids is NeverSaid of a notice, which asks nobody to follow a link either. It
// is asked of every template, of every notice as it is made, and of what a
// council writes for them.
func forbids(text string) (words, instead string) {
	words, instead = NeverSaid(text)
	if words == "" {
		if words = clicks.FindString(text); words != "" {
			instead = "which address to type"
		}
	}
	return words, instead
}
