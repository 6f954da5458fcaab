package enquiry

import (
	"path"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/sweep"
)

// Message is what is looked at in a report: what a scam said, and where it would
// have led. All of it is a stranger's text.
type Message struct {
	FromName string
	From     string // local@domain, or a telephone number
	ReplyTo  string
	Bounce   string // where undelivered mail goes
	Subject  string
	Words    string
	Checks   string // "spf=fail dkim=none"
	Links    []sweep.Link
	Names    []string // of attachments
}

// Sign is something about a message that speaks for a scam.
type Sign struct {
	Code  string `json:"code"`
	Words string `json:"words"`
	Grave bool   `json:"grave"`
}

// signs are looked for in this order.
var signs = []struct {
	Sign
	in func(m *Message, links []seenLink) bool
}{
	{Sign{"other-place", "A link shows one address and leads to another", true}, otherPlace},
	{Sign{"runs", "A link runs something instead of leading anywhere", true}, eachAddress(func(a address) bool { return a.Runs })},
	{Sign{"number", "A link leads to a number instead of a name", true}, eachAddress(func(a address) bool { return a.Numeric })},
	{Sign{"before-at", "A link hides where it leads behind an @", true}, eachAddress(func(a address) bool { return a.User })},
	{Sign{"foreign", "A link uses letters that look like others", true}, eachAddress(func(a address) bool { return a.Foreign })},
	{Sign{"looks-official", "A link looks like a council or government address and is none", true}, eachAddress(func(a address) bool { return looksOfficial(a.Host) })},
	{Sign{"short", "A link hides behind a service that shortens addresses", false}, eachAddress(func(a address) bool { return slices.Contains(shorteners, a.Host) })},
	{Sign{"claims-council", "The sender calls itself a council or government and writes from elsewhere", true}, claimsCouncil},
	{Sign{"reply-elsewhere", "An answer would go to another address than the sender’s", false}, replyElsewhere},
	{Sign{"checks-failed", "The mail failed the checks of the mail server", true}, func(m *Message, _ []seenLink) bool { return strings.Contains(m.Checks, "=fail") }},
	{Sign{"program", "It carries a file that could run something", true}, carriesProgram},
	{Sign{"secrets", "It asks for a password, PIN, code or card", true}, asks("password", "passcode", "pin number", "your pin", "security code", "card number", "cvv", "sort code", "account number", "one time code", "verification code")},
	{Sign{"money", "It asks for money or promises some", false}, asks("payment", "refund", "rebate", "compensation", "overdue", "transfer", "gift card", "bitcoin", "fee of", "claim your")},
	{Sign{"hurry", "It presses for time or threatens", false}, asks("within 24 hours", "immediately", "urgent", "final notice", "suspended", "legal action", "bailiff", "last chance", "act now", "warrant")},
	{Sign{"copied", "It speaks of the copied data", false}, asks("data breach", "cyber attack", "your data", "leaked", "hacked", "stolen data")},
}

// seenLink is a link with what its address says.
type seenLink struct {
	sweep.Link
	address
}

// linksOf are the links of a message: those of its HTML, and those in its text.
func linksOf(m *Message) (all []seenLink) {
	seen := make(map[string]bool)
	add := func(l sweep.Link) {
		if key := l.Target + "\n" + l.Shown; !seen[key] && len(all) < mostHosts {
			seen[key] = true
			all = append(all, seenLink{l, readAddress(l.Target)})
		}
	}
	for _, l := range m.Links {
		add(l)
	}
	for _, t := range targetsIn(m.Subject + "\n" + m.Words) {
		add(sweep.Link{Target: t})
	}
	return all
}

// signsOf are the signs that a message shows.
func signsOf(m *Message) (found []Sign) {
	links := linksOf(m)
	for _, s := range signs {
		if s.in(m, links) {
			found = append(found, s.Sign)
		}
	}
	return found
}

func eachAddress(is func(address) bool) func(*Message, []seenLink) bool {
	return func(_ *Message, links []seenLink) bool {
		return slices.ContainsFunc(links, func(l seenLink) bool { return is(l.address) })
	}
}

// otherPlace: the words of a link are themselves an address, of another place.
func otherPlace(_ *Message, links []seenLink) bool {
	return slices.ContainsFunc(links, func(l seenLink) bool {
		shown := targetsIn(l.Shown)
		if len(shown) == 0 && strings.Contains(l.Shown, ".") && !strings.ContainsAny(l.Shown, " @") {
			shown = []string{"http://" + l.Shown}
		}
		return len(shown) > 0 && l.Host != "" && !samePlace(readAddress(shown[0]).Host, l.Host)
	})
}

// samePlace reports whether two hosts are the same, or one lies in the other.
func samePlace(a, b string) bool {
	a, b = strings.TrimPrefix(a, "www."), strings.TrimPrefix(b, "www.")
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

// official reports whether a host is of a public body of the United Kingdom.
func official(host string) bool {
	return slices.ContainsFunc([]string{"gov.uk", "nhs.uk", "police.uk", "mod.uk", "parliament.uk", "nhs.net"}, func(s string) bool { return host == s || strings.HasSuffix(host, "."+s) })
}

// looksOfficial: the words of a public body in a name that is none.
func looksOfficial(host string) bool {
	if host == "" || official(host) {
		return false
	}
	return slices.ContainsFunc([]string{"gov", "council", "borough", "hmrc", "nhs", "police", "counciltax", "council-tax", "dwp", "dvla"}, func(w string) bool {
		return strings.Contains(host, w)
	})
}

func claimsCouncil(m *Message, _ []seenLink) bool {
	name := " " + lex.Fold(m.FromName) + " "
	return m.From != "" && !official(domainOf(m.From)) && slices.ContainsFunc([]string{" council", " borough ", " gov", " hmrc ", " nhs ", " police ", " benefits ", " dwp "}, func(w string) bool {
		return strings.Contains(name, w)
	})
}

func replyElsewhere(m *Message, _ []seenLink) bool {
	from, reply := domainOf(m.From), domainOf(m.ReplyTo)
	return from != "" && reply != "" && !samePlace(from, reply)
}

// domainOf is what stands behind the @ of a mail address.
func domainOf(mail string) string {
	i := strings.LastIndexByte(mail, '@')
	if i < 0 {
		return ""
	}
	return strings.Trim(strings.ToLower(mail[i+1:]), " .>")
}

func carriesProgram(m *Message, _ []seenLink) bool {
	return slices.ContainsFunc(m.Names, func(n string) bool { return slices.Contains(programs, strings.ToLower(path.Ext(n))) })
}

// asks looks for phrases in the folded text.
func asks(phrases ...string) func(*Message, []seenLink) bool {
	return func(m *Message, _ []seenLink) bool {
		text := lex.Fold(m.Subject + " " + m.Words)
		return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(text, p) })
	}
}
