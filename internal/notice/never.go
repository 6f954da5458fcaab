package notice

import "regexp"

// never are words that nothing we say to the public may hold, each with what to
// say instead. Nobody can know that somebody is not affected while files are
// unread, nor that old data harms nobody; and no message of ours asks anybody to
// follow a link.
var never = []struct {
	words   *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?i)\b(?:not|never)(?: \w+){0,2} (?:affected|impacted|compromised|involved|caught up)\b`), notFoundYet},
	{regexp.MustCompile(`(?i)n['’]t(?: \w+){0,2} (?:affected|impacted|compromised|involved|caught up)\b`), notFoundYet},
	{regexp.MustCompile(`(?i)\bun(?:affected|impacted|compromised)\b`), notFoundYet},
	{regexp.MustCompile(`(?i)\b(?:no|without)(?: \w+){0,2} (?:impact|effect) on you\b`), notFoundYet},
	{regexp.MustCompile(`(?i)\b(?:no|none|nothing)(?: \w+){0,4} (?:was|were|is|are|has been|have been) (?:taken|copied|stolen|lost|accessed|breached|affected)\b`), notFoundYet},
	{regexp.MustCompile(`(?i)\b(?:nothing|none) (?:of|about) you(?:rs?)?\b`), notFoundYet},
	{regexp.MustCompile(`(?i)\b(?:data|information|details|records) (?:is|are|was|were|remains?|stays?|have been|has been)(?: \w+)? (?:safe|secure)\b`), "what you know to be so, such as: we cut the computers off"},
	{regexp.MustCompile(`(?i)\byou(?:['’]re| are| were)(?: \w+)? (?:safe|fine|in the clear)\b`), notFoundYet},
	{regexp.MustCompile(`(?i)\bhistoric(?:al)? (?:data|information|records) only\b|\b(?:only|just|merely)(?: \w+)? (?:historic|historical|old)\b`), "from which years the data is"},
	{regexp.MustCompile(`(?i)(?:\bno|\bnot|n['’]t) (?:need|cause|reason|have)(?: to be| to| for)? (?:worr|concern|alarm)`), "what the reader can do"},
	{regexp.MustCompile(`(?i)\bclick\b`), "which address to type"},
}

const notFoundYet = "we have not found you in the files we have been able to read so far; we will write if that changes"

// NeverSaid gives the first words of a text that are never said to the public,
// and what to say instead; both are empty when there are none. It is asked of
// every template, of every notice as it is made, and of what a council writes
// for them.
func NeverSaid(text string) (words, instead string) {
	text = spaced(text)
	for _, n := range never {
		if s := n.words.FindString(text); s != "" {
			return s, n.instead
		}
	}
	return "", ""
}
