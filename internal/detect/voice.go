package detect

import "strings"

// negations deny what follows them in the same clause.
var negations = []string{"no ", "not ", "nil ", "denies ", "denied ", "without ", "never ", "none ", "nor ", "neither ", "no known ", "no history of ", "no evidence of ", "does not ", "did not ", "doesn't ", "isn't ",
	"wasn't ", "hasn't ", "free from ", "ruled out ", "rules out ", "negative for ", "nothing to suggest ", "no longer ", "no record of ", "no signs of ", "rather than ", "unlikely to "}

// turns end the reach of a negation.
var turns = []string{" but ", " however", ";", " although ", " and has ", " and is ", ". ", " except ", " because of ", " only "}

// negated reports whether what stands behind before, the part of the sentence
// up to a wording, is denied there; after is what follows it.
func negated(before, after string) bool {
	if len(before) > 64 {
		before = before[len(before)-64:]
	}
	before = strings.ToLower(before)
	for _, t := range turns {
		if i := strings.LastIndex(before, t); i >= 0 {
			before = before[i+len(t):]
		}
	}
	before = " " + before
	for _, n := range negations {
		if strings.Contains(before, " "+n) && !strings.Contains(before, "not only ") {
			return true
		}
	}
	if len(after) > 24 {
		after = after[:24]
	}
	after = strings.ToLower(strings.TrimLeft(after, " :-"))
	for _, n := range []string{"none", "nil", "no ", "no\n", "n/a", "not known", "denied", "was ruled out", "negative", "unfounded", "not applicable"} {
		if strings.HasPrefix(after, n) || after == strings.TrimSpace(n) {
			return true
		}
	}
	return false
}

// voiceWords mark a sentence that speaks to everybody, of a kind of people, or
// of what might be: it says nothing of the person who is named near it.
var voiceWords = []string{"if you ", "you may be ", "you can ", "you might ", "people with ", "people who ", "anyone ", "anybody ", "residents who ", "children who ", "adults who ", "patients with ", "we offer", "we provide",
	"may be eligible", "for people ", "someone with ", "someone who ", "those who ", "those with ", "for example", "e.g.", "such as ", "training", "awareness", "policy", "leaflet", "procedure", "protocol", "guidance",
	"workshop", "conference on", "lecture", "campaign", "fundrais", "charity", "raise money", "article about", "research", "statistics", "would you ", "do you have ", "do you ", "are you ", "have you ", "does your ",
	"please tick", "any of the following", "in the event", "every resident", "all tenants", "customers who", "tenants who", "families who", "clients who", "per cent of", "% of", "number of ", "cases of ", "victims of ",
	"sufferers", "the meeting discussed the", "steering group", "board", "strategy", "commissioning", "service users with", "how to ", "what is ", "family history of", "history of the", "in case of", "worried about someone"}

// forEverybody reports whether a sentence speaks to or of people in general.
func forEverybody(sentence string) bool {
	low := " " + strings.ToLower(sentence)
	for _, w := range voiceWords {
		if i := strings.Index(low, w); i >= 0 && (w[0] == '%' || i == 0 || low[i-1] == ' ' || low[i-1] == '\n' || low[i-1] == '(') {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimSpace(sentence), "?")
}

// aboutRelative reports whether the clause before a wording has a relative as
// its subject, and which: "his mother has …", "John Smith's partner is …".
// "Lives with his mother and has …" has not.
func aboutRelative(before string) (role string, about bool) {
	low := strings.ToLower(before)
	at, end := -1, 0
	for _, own := range []string{" his ", " her ", " their ", "'s ", "’s ", " my ", " whose "} {
		if i := strings.LastIndex(low, own); i > at {
			at, end = i, i+len(own)
		}
	}
	if at < 0 && len(low) < 200 {
		for _, own := range []string{"his ", "her ", "their ", "my "} {
			if strings.HasPrefix(strings.TrimLeft(low, " \n"), own) {
				at, end = 0, len(low)-len(strings.TrimLeft(low, " \n"))+len(own)
			}
		}
	}
	if at < 0 {
		return "", false
	}
	rest := low[end:]
	var b [64]byte
	if role = relation(string(foldLabel(b[:0], rest[:min(len(rest), 40)]))); role == "" {
		return "", false
	}
	head := low[:at]
	if strings.HasSuffix(head, " and") && strings.Contains(head[max(0, len(head)-40):], " with ") {
		return "", false
	}
	return role, !endsWithAny(head, " with", " to", " by", " from", " of", " for", " at", " against", " on", " in", " towards", " about", " told", " visited", " supports", " support")
}

// relation gives the word for a relative that folded words begin with, or "".
func relation(words string) string {
	for end := 0; end <= len(words); end++ {
		if end < len(words) && words[end] != ' ' {
			continue
		}
		if s, ok := slots[words[:end]]; ok && (s.stand == standRelative || s.stand == standPassing) {
			return s.key
		}
		if strings.Count(words[:end], " ") >= 2 {
			return ""
		}
	}
	return ""
}

func endsWithAny(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// pronouns carry the person of the sentence before into this one.
func hasPronoun(sentence string) bool {
	low := " " + strings.ToLower(sentence)
	for _, w := range [...]string{" he ", " she ", " him ", " her ", " his ", " they ", " them ", " their ", " he's ", " she's ", " client ", " tenant ", " patient ", " child ", " applicant ", " claimant ", " service user ",
		" resident ", " who ", " pupil ", " the victim "} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// speaksOfSelf reports whether a sentence is said by its author of themselves.
func speaksOfSelf(sentence string) bool {
	low := " " + strings.ToLower(sentence)
	for _, w := range [...]string{" i am ", " i'm ", " i have ", " i've ", " i was ", " my ", " i suffer", " i receive", " i get ", " i need ", " i had ", " i can't ", " i cannot ", " i live ", " i lived ",
		" ring me ", " call me ", " contact me ", " reach me ", " write to me ", " email me "} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// speaksToReader reports whether a sentence is said to the reader of a letter.
func speaksToReader(sentence string) bool {
	low := " " + strings.ToLower(sentence)
	return strings.Contains(low, " you ") || strings.Contains(low, " your ")
}

// saidOfSelf reports whether the words before a value make it its author's own:
// "my number is …", "I live at …" and all of that address. In "my son's number
// is …" it is not theirs.
func saidOfSelf(before string) bool {
	low := " " + strings.ToLower(before)
	if i := strings.LastIndex(low, " i live "); i >= 0 {
		return !strings.Contains(low[i:], " with ")
	}
	low = " " + low[strings.LastIndexAny(low, ".,;:?!\n")+1:]
	i := strings.LastIndex(low, " my ")
	if i < 0 {
		return false
	}
	own := low[i+len(" my "):]
	return strings.HasSuffix(own, " is ") && strings.Count(own, " ") <= 5 && !strings.ContainsAny(own, "'’") && relation(string(foldLabel(nil, own))) == ""
}
