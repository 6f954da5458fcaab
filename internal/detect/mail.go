package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// mailHeader reads From, To and Cc: the first writes, the others are passing.
// It reports whether the label was one.
func (d *Document) mailHeader(l *labelled, value string) bool {
	var capacity reeve.Capacity
	switch l.slot.key {
	case "from", "sender":
		capacity = reeve.CapacityAuthor
	case "to", "cc", "bcc", "recipient":
		capacity = reeve.CapacityPassing
	default:
		return false
	}
	at := l.start
	for one := range strings.SplitSeq(value, ";") {
		d.correspondent(one, at, capacity)
		if capacity == reeve.CapacityPassing && d.domain != "" && d.domain == mailDomain(one) {
			d.author.stand = standProfessional // colleagues write of others
		}
		at += len(one) + 1
	}
	return true
}

var publicMail = wordSet(`gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|aol|icloud|me|mac|btinternet|btopenworld|sky|virginmedia|ntlworld|blueyonder|talktalk|tiscali|protonmail|proton|gmx|mail|fastmail`)

// mailDomain is what stands behind the last @ of an address, "" for the providers
// at whom everybody has one.
func mailDomain(s string) string {
	i := strings.LastIndexByte(s, '@')
	if i < 0 {
		return ""
	}
	domain := strings.ToLower(strings.Trim(s[i+1:], " <>[]\"'\t"))
	if provider, _, _ := strings.Cut(domain, "."); publicMail[provider] {
		return ""
	}
	return domain
}

// wroteFrom notes the author of the message that a header line begins.
func (d *Document) wroteFrom(h human, header string) {
	if h.capacity != reeve.CapacityAuthor {
		return
	}
	if i := strings.LastIndexByte(header, '@'); i >= 0 && officialDomain(header[i:]) {
		h.stand = standProfessional
	}
	d.author, d.domain = h, mailDomain(header)
}

// officialDomain reports whether a mail domain is a council's, school's, police's
// or health service's: who writes from it writes about others.
func officialDomain(domain string) bool {
	low := strings.ToLower(domain)
	for _, d := range [...]string{".gov.uk", ".nhs.uk", ".police.uk", ".sch.uk", "nhs.net", ".pnn.police.uk", ".cjsm.net"} {
		if strings.Contains(low, d) {
			return true
		}
	}
	return false
}

// correspondent reads "Jane Doe <jane.doe@example.org>" and its other forms.
func (d *Document) correspondent(s string, at int, capacity reeve.Capacity) {
	p := &d.prose
	h := human{clump: d.newClump(), capacity: capacity, stand: standPassing}
	shown := s
	if open := strings.IndexAny(s, "<["); open >= 0 {
		shown = s[:open]
		if end := strings.IndexAny(s[open:], ">]"); end > 0 {
			from := open + 1
			if norm, ok := checkEmail(s[from : open+end]); ok {
				d.emit(&email, p.place(d, at+from, at+open+end), s[from:open+end], norm, reeve.ConfidenceB, &h)
			}
		}
	} else if norm, ok := checkEmail(s); ok {
		start := strings.Index(s, strings.TrimSpace(s))
		d.emit(&email, p.place(d, at+start, at+start+len(strings.TrimSpace(s))), strings.TrimSpace(s), norm, reeve.ConfidenceB, &h)
		d.wroteFrom(h, s)
		return
	}
	name1 := strings.Trim(shown, " \"'\t")
	if nameLike(name1) && capitalised(name1) && strings.ContainsAny(name1, " ,") {
		start := strings.Index(s, name1)
		h.given, h.surname = splitName(name1, false)
		d.emit(&name, p.place(d, at+start, at+start+len(name1)), name1, "", reeve.ConfidenceB, &h)
	}
	d.wroteFrom(h, s)
}
