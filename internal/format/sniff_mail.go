package format

import (
	"slices"
	"strings"
)

// isMbox matches a separator line followed by mail headers (RFC 4155, and the
// wider practice: any "From " with a later line that is a header).
func isMbox(p *Probe) bool {
	lines := p.shape().header
	if len(lines) < 2 || !strings.HasPrefix(lines[0], "From ") {
		return false
	}
	return mailScore(lines[1:]) >= 2 || envelope(lines[0])
}

// envelope reports whether a separator line has the sender and the date of
// RFC 4155: words, a time of day, and at its end a year or a time zone.
func envelope(line string) bool {
	f := strings.Fields(line)
	if len(f) < 6 || len(f) > 9 || !slices.ContainsFunc(f, timeOfDay) {
		return false
	}
	last := strings.TrimLeft(f[len(f)-1], "+-")
	return len(last) == 4 && strings.Trim(last, "0123456789") == ""
}

// timeOfDay matches 9:05, 09:05 and 09:05:30.
func timeOfDay(w string) bool {
	hour, rest, ok := strings.Cut(w, ":")
	return ok && len(hour) >= 1 && len(hour) <= 2 && (len(rest) == 2 || len(rest) == 5) && strings.Trim(hour+rest, "0123456789:") == ""
}

// isMHTML matches a saved page: mail headers that say multipart/related with
// HTML in it, or the marks that browsers leave.
func isMHTML(p *Probe) bool {
	if !isMail(p) {
		return false
	}
	t := strings.ToLower(p.shape().text[:min(len(p.shape().text), 4096)])
	head, _, _ := strings.Cut(t, "\n\n")
	if strings.Contains(head, "snapshot-content-location:") || strings.Contains(head, "saved by") {
		return true
	}
	return strings.Contains(head, "multipart/related") && !strings.Contains(head, "\nto:") && !strings.Contains(head, "\nreceived:") &&
		(strings.Contains(t, "content-location:") || strings.Contains(head, "mimeole"))
}

// isMail matches header lines of a message, perhaps after a separator, a blank
// or an emlx byte count.
func isMail(p *Probe) bool {
	lines := p.shape().header
	if len(lines) > 1 && (strings.HasPrefix(lines[0], "From ") || strings.HasPrefix(lines[0], ">From ") || isNumber(lines[0])) {
		lines = lines[1:]
	}
	return mailScore(lines) >= 3
}

func isNumber(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// mailNames weigh header fields: those that hardly occur outside messages count
// twice, names that letters and other files share count once.
var mailNames = map[string]int{
	"received": 3, "message-id": 3, "mime-version": 3, "return-path": 3, "delivered-to": 3, "dkim-signature": 3, "x-mailer": 3, "in-reply-to": 3,
	"content-type": 2, "content-transfer-encoding": 2, "reply-to": 2, "x-originating-ip": 3, "references": 1, "arc-seal": 3,
	"from": 1, "to": 1, "cc": 1, "bcc": 1, "subject": 1, "date": 1, "sender": 1, "newsgroups": 2, "path": 1, "status": 1, "importance": 1,
	"x-mozilla-status": 3, "envelope-to": 3, "thread-topic": 3, "thread-index": 3, "content-disposition": 2, "authentication-results": 3,
	"received-spf": 3, "organization": 1, "x-priority": 2, "errors-to": 2, "list-unsubscribe": 2, "resent-from": 2, "x-apparently-to": 3, "x-spam-checker-version": 3, "x-originalarrivaltime": 3, "x-mozilla-keys": 2,
}

// mailScore adds up the header fields at the start. A line that is no field
// ends them; the first line must be one.
func mailScore(lines []string) int {
	score, seen := 0, map[string]bool{}
	for i, l := range lines {
		if l == "" && i > 0 {
			break
		}
		if l == "" || l[0] == ' ' || l[0] == '\t' {
			continue
		}
		name, value, ok := strings.Cut(l, ":")
		name = strings.ToLower(strings.TrimRight(name, " \t"))
		if !ok || name == "" || len(name) > 76 || strings.ContainsAny(name, " \t<>@{}\"") {
			break
		}
		n := mailNames[name]
		if name == "content-type" && strings.Contains(strings.ToLower(value), "multipart/") {
			n = 3
		}
		if strings.HasPrefix(name, "x-") || strings.HasPrefix(name, "received") {
			n = max(n, 1)
		}
		if n == 1 && strings.TrimSpace(value) == "" || seen[name] {
			continue
		}
		seen[name] = true
		score += n
	}
	return score
}
