package review

import (
	"strings"

	"github.com/reeve-council/reeve/internal/lex"
)

// privilegeRule names these rules; changing them has every document looked at
// again.
const privilegeRule = "privilege/1"

// openingBytes is how much of a document's beginning is looked at.
const openingBytes = 4 << 10

// likelyPrivileged tells from where a document lies and how it begins whether it
// may be legal advice or court papers, and by which sign. It leans towards yes:
// what is set aside wrongly is given back by two people, what was read cannot be
// unread. Footers that say so of every mail do not count.
func likelyPrivileged(paths []string, opening string) (sign string, likely bool) {
	for _, p := range paths {
		folded := words(p)
		for _, s := range privilegeFolders {
			if strings.Contains(folded, " "+s+" ") {
				return "folder or file name: " + s, true
			}
		}
	}
	opening = opening[:min(len(opening), openingBytes)]
	for line := range strings.Lines(opening) {
		folded := words(line)
		if s := headingSign(folded); s != "" {
			return "heading: " + s, true
		}
		if boilerplate(folded) {
			continue
		}
		for _, s := range privilegePhrases {
			if strings.Contains(folded, " "+s+" ") {
				return "opening words: " + s, true
			}
		}
	}
	return "", false
}

// words folds a text to lower-case words with one space around each.
func words(s string) string {
	s = strings.ToLower(lex.Fold(s))
	return " " + strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), " ") + " "
}

// headingWords is how long a line may be to count as a heading or a subject.
const headingWords = 12

func headingSign(folded string) string {
	line := strings.TrimSpace(folded)
	for _, label := range []string{"subject ", "re ", "fw ", "fwd "} {
		line = strings.TrimPrefix(line, label)
	}
	if strings.Count(line, " ") >= headingWords {
		return ""
	}
	for _, s := range privilegeHeadings {
		if line == s || strings.HasPrefix(line, s+" ") || strings.HasSuffix(line, " "+s) {
			return s
		}
	}
	return ""
}

// boilerplate reports whether a line is the notice that stands below mails.
func boilerplate(folded string) bool {
	for _, s := range privilegeNotices {
		if strings.Contains(folded, " "+s+" ") {
			return true
		}
	}
	return false
}
