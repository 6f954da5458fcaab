package publish

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/notice"
)

// never are words that no text may hold, each with what to say instead. Nobody
// can know that somebody is not affected, nor that old data harms nobody.
var never = []struct {
	words   *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?i)\byou (?:are|were|have been) (?:not|un) ?affected\b|\byou are unaffected\b`), "we have not found you in the files that we could read so far"},
	{regexp.MustCompile(`(?i)\bonly (?:historical|historic|old) data\b|\b(?:historical|historic) (?:data )?only\b`), "the data that we found so far is from these years"},
	{regexp.MustCompile(`(?i)\byour data (?:is|are) safe\b`), ""},
}

// builtIn are the addresses of the site that stand on no text.
var builtIn = []string{"/", "/updates", "/timeline", "/what-was-taken", "/check-a-letter", "/about/changes", "/bulletin.pdf", "/banner", "/banner.json", "/updates.atom", "/updates.json"}

// check says what keeps a text from being released, each in one line: names that
// stand for nothing, facts that may not be told, links that lead nowhere, words
// that are never said.
func check(kind Kind, title, body string, words map[string]string, facts map[int64]Fact, more ...Link) (faults []string) {
	if kind == KindCouncil || kind == KindFigures {
		return nil
	}
	filled, missing, unknown := fill(body, words, facts)
	for _, u := range unknown {
		faults = append(faults, fmt.Sprintf("Take out %s: nothing has that name", u))
	}
	for _, n := range missing {
		faults = append(faults, fmt.Sprintf("Take out fact %d, or have it released to the public: it cannot be shown", n))
	}
	for _, l := range links(filled) {
		if fault := checkLink(l, more); fault != "" {
			faults = append(faults, fault)
		}
	}
	if strings.Contains(body, "<script") || strings.Contains(body, "![") {
		faults = append(faults, "Take out pictures and HTML: they are not shown")
	}
	for _, p := range append(passages(filled), title) {
		faults = append(faults, checkWords(p)...)
	}
	return faults
}

// allowed are sentences that hold a forbidden phrase to deny it.
var allowed = regexp.MustCompile(`(?i)\b(?:does|do|did) not mean\b`)

func checkWords(passage string) (faults []string) {
	for _, s := range sentencesOf(passage) {
		for _, n := range never {
			m := n.words.FindString(s)
			if m == "" || allowed.MatchString(s) {
				continue
			}
			fault := fmt.Sprintf("Do not say “%s”: nobody can know that yet", m)
			if n.instead != "" {
				fault += ". Say: “" + n.instead + "”"
			}
			faults = append(faults, fault)
		}
		if bad, instead := notice.NeverSaid(s); bad != "" && len(faults) == 0 && !allowed.MatchString(s) {
			faults = append(faults, fmt.Sprintf("Do not say “%s”: nobody can know that yet. Say: “%s”", bad, instead))
		}
	}
	return faults
}

func checkLink(l string, more []Link) string {
	path, _, _ := strings.Cut(l, "#")
	switch {
	case path == "", strings.HasPrefix(l, "https://"), strings.HasPrefix(l, "mailto:"), strings.HasPrefix(l, "tel:"), slices.Contains(builtIn, path),
		updateNumber(slugAt(path)) > 0, slices.ContainsFunc(pages, func(p page) bool { return p.Path == path }),
		slices.ContainsFunc(more, func(m Link) bool { return m.Path == path }):
		return ""
	}
	return fmt.Sprintf("The link %s leads nowhere on this site; links to other sites begin with https://", l)
}

func (m *Room) check(kind Kind, title, body string, words map[string]string, facts map[int64]Fact) []string {
	return check(kind, title, body, words, facts, m.Forms...)
}
