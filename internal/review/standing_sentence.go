package review

import (
	"strings"

	"github.com/reeve-council/reeve/internal/sweep"
)

// progressed is where the case stands with what people have done about it.
type progressed struct {
	sweep.Standing
	Judged int64 // people with a verdict
	Told   int64 // people told
}

// sentenceOf is one honest sentence about where the case stands, fit to be read
// aloud: it says what is not known beside what is, plays nothing down and calls
// nobody unaffected. Its numbers are those of the page.
func sentenceOf(s progressed) string {
	if s.Items == 0 {
		return "We hold no copied files yet, so we do not know whose data was taken."
	}
	unread := s.NotRead + s.PartlyRead
	var b strings.Builder
	b.WriteString("Of the " + count(s.Items, "file or message", "files and messages") + " that we hold, ")
	if unread == 0 {
		b.WriteString("we have read all, ")
	} else {
		b.WriteString("we have read " + digits(s.Read) + " in full, " + digits(s.PartlyRead) + " in part and " + digits(s.NotRead) + " not yet, ")
	}
	b.WriteString(saidFound(s))
	b.WriteString("; ")
	b.WriteString(strings.Join(saidOpen(s, unread), ", and "))
	b.WriteString(".")
	return b.String()
}

// saidFound says whose data was found, and what was done.
func saidFound(s progressed) string {
	if s.People == 0 && !someSealed(s.Standing) {
		return "and have found nobody’s data in them so far"
	}
	text := "and have found data of " + count(s.People, "person", "people") + " in them"
	if someSealed(s.Standing) {
		text += ", beside people under special protection who are counted apart"
	}
	judged, told := "none of their cases", "nobody"
	if s.Judged > 0 {
		judged = count(s.Judged, "case", "cases")
	}
	if s.Told > 0 {
		told = count(s.Told, "person", "people")
	}
	return text + "; so far we have judged " + judged + " ourselves and told " + told
}

// saidOpen says what is still open: never nothing.
func saidOpen(s progressed, unread int64) []string {
	var parts []string
	if s.Listed > 0 {
		parts = append(parts, count(s.Listed, "file", "files")+" known to have been taken "+isAre(s.Listed)+" not in our hands")
	}
	switch {
	case unread > 0 && s.PagesUnread > 0:
		parts = append(parts, count(s.PagesUnread, "page is", "pages are")+" still unread and could name more people, so these numbers will change")
	case unread > 0:
		parts = append(parts, "what is not read could name more people, so these numbers will change")
	default:
		parts = append(parts, "these numbers can still change as more is found and checked")
	}
	return parts
}

func someSealed(s sweep.Standing) bool { return s.Sealed != "" && s.Sealed != "0" }
