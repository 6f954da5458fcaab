package lex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// ParseName reads one person's name as written: "John Michael Smith", "SMITH,
// John M", "Mr J. Smith", "Smith J", "Dr Jan van der Berg OBE", `Margaret
// "Peggy" Jones (née Hall)`. Parts keep their letters; titles are put apart,
// suffixes and bracketed names dropped (Aliases gives those). Where s names two
// people the first is given.
func ParseName(s string) reeve.Name {
	names := ParseNames(s)
	if len(names) == 0 {
		return reeve.Name{}
	}
	return names[0]
}

// ParseNames reads the names of all people that s addresses: "Mr & Mrs J Smith"
// is Mr J Smith and Mrs Smith, "John and Jane Smith" two people, "Mr J Khan and
// Ms P Patel" likewise.
func ParseNames(s string) []reeve.Name {
	parts := splitPeople(dropAsides(s))
	if len(parts) == 0 {
		return nil
	}
	last := parseOne(parts[len(parts)-1])
	names := make([]reeve.Name, 0, len(parts))
	for _, p := range parts[:len(parts)-1] {
		n := parseOne(p)
		if n.Surname != "" && n.Given == "" && n.Title == "" {
			n.Given, n.Surname = n.Surname, "" // "John" of "John and Jane Smith"
		}
		if n.Empty() && n.Title != "" {
			n.Given, n.Middle = last.Given, last.Middle // "Mr & Mrs J Smith": the initial is the first one's
			last.Given, last.Middle = "", ""
		}
		if n.Surname == "" {
			n.Surname = last.Surname
		} else if n.Given == "" && len(Fold(n.Surname)) == 1 {
			n.Given, n.Surname = n.Surname, last.Surname // "Mr J & Mrs S Khan"
		} else if n.Given == "" && n.Title != "" && IsCommonGiven(n.Surname) && last.Given != "" {
			n.Given, n.Surname = n.Surname, last.Surname // "Mr John & Mrs Jane Smith"
		}
		names = append(names, n)
	}
	if !last.Empty() || last.Title != "" {
		names = append(names, last)
	}
	if len(names) == 1 && names[0].Empty() {
		return nil
	}
	return names
}

// splitPeople cuts a written name at "&", "and", "+", ";" and " / ".
func splitPeople(s string) []string {
	var parts []string
	var words []string
	flush := func() {
		if len(words) > 0 {
			parts = append(parts, strings.Join(words, " "))
			words = nil
		}
	}
	for _, w := range strings.Fields(strings.NewReplacer("&", " & ", ";", " & ", "+", " & ", " / ", " & ").Replace(s)) {
		if w == "&" || strings.EqualFold(w, "and") {
			flush()
			continue
		}
		words = append(words, w)
	}
	flush()
	return parts
}

// Aliases gives the other names that a written name carries: the name a person
// goes by ("Peggy", known as Peg, aka Peg) and a former surname (née Hall,
// formerly Hall). Either may be "".
func Aliases(s string) (knownAs, previous string) {
	for _, aside := range asides(s) {
		words := strings.Fields(aside)
		for len(words) > 0 {
			first := Fold(words[0])
			if formerWords[first] {
				previous = strings.Join(words[1:], " ")
				break
			}
			if !aliasWords[first] {
				if knownAs == "" {
					knownAs = strings.Join(words, " ")
				}
				break
			}
			words = words[1:]
		}
	}
	return knownAs, previous
}

var (
	formerWords = map[string]bool{"nee": true, "ne": true, "formerly": true, "previously": true, "born": true, "maiden": true, "was": true}
	aliasWords  = map[string]bool{"known": true, "as": true, "aka": true, "a": true, "k": true, "called": true, "also": true, "alias": true, "preferred": true, "name": true, "prefers": true, "goes": true, "by": true}
)

var quotePairs = map[rune]rune{'(': ')', '[': ']', '"': '"', '“': '”', '«': '»'}

// asides gives what stands in brackets or quotes, and what follows "née", "aka"
// or "known as" without them.
func asides(s string) []string {
	var found []string
	_, rest := cutAsides(s, &found)
	low := strings.ToLower(rest)
	for _, word := range []string{"née ", "nee ", "né ", "formerly ", "aka ", "a.k.a. ", "known as "} {
		if i := strings.Index(low, " "+word); i >= 0 && len(low) == len(rest) {
			found = append(found, rest[i+1:])
			break
		}
	}
	return found
}

// dropAsides gives s without them.
func dropAsides(s string) string {
	var found []string
	name, _ := cutAsides(s, &found)
	return name
}

// cutAsides gives s without asides, and s without those in brackets only.
func cutAsides(s string, found *[]string) (name, bare string) {
	var out, in strings.Builder
	var until rune
	for _, r := range s {
		switch {
		case until != 0 && r == until:
			*found = append(*found, strings.TrimSpace(in.String()))
			in.Reset()
			until = 0
		case until != 0:
			in.WriteRune(r)
		case quotePairs[r] != 0:
			until = quotePairs[r]
			out.WriteByte(' ')
		default:
			out.WriteRune(r)
		}
	}
	if until != 0 { // a bracket that never closes: an aside to the end
		*found = append(*found, strings.TrimSpace(in.String()))
	}
	bare = strings.TrimSpace(out.String())
	name = bare
	low := strings.ToLower(bare)
	for _, word := range []string{" née ", " nee ", " né ", " formerly ", " aka ", " a.k.a. ", " known as "} {
		if i := strings.Index(low, word); i >= 0 && len(low) == len(bare) {
			name, low = name[:i], low[:i]
		}
	}
	return name, bare
}

// parseOne reads the name of one person, asides gone.
func parseOne(s string) reeve.Name {
	left, right, comma := strings.Cut(s, ",")
	if comma {
		l, r := nameWords(left), nameWords(right)
		var title, title2 string
		title, l = takeTitles(l)
		title2, r = takeTitles(r)
		l, r = dropSuffixes(l), dropSuffixes(r)
		if len(r) == 1 && suffixes[Fold(r[0])] { // John Smith, OBE
			r = nil
		}
		if title2 != "" {
			title = title2
		}
		if len(r) > 0 && len(l) > 0 {
			return reeve.Name{Title: title, Given: r[0], Middle: strings.Join(r[1:], " "), Surname: joinSurname(l)}
		}
		if len(l) == 0 {
			l = r
		}
		return inOrder(title, l)
	}
	title, words := takeTitles(nameWords(s))
	return inOrder(title, dropSuffixes(words))
}

// inOrder tells given name from surname in words without a comma.
func inOrder(title string, words []string) reeve.Name {
	n := reeve.Name{Title: title}
	switch len(words) {
	case 0:
		return n
	case 1:
		if _, known := IsGivenName(words[0]); title == "" && known && !IsSurname(words[0]) {
			n.Given = words[0]
		} else {
			n.Surname = words[0]
		}
		return n
	}
	if k := surnameFirst(words); k > 0 {
		n.Surname = joinSurname(words[:k])
		n.Given, n.Middle = words[k], strings.Join(words[k+1:], " ")
		return n
	}
	k := len(words) - 1
	for k > 1 && particles[Fold(words[k-1])] {
		k--
	}
	if k == 1 && particles[Fold(words[0])] && len([]rune(words[0])) > 1 { // "van Dyke" with no given name
		n.Surname = joinSurname(words)
		return n
	}
	n.Given, n.Middle, n.Surname = words[0], strings.Join(words[1:k], " "), joinSurname(words[k:])
	return n
}

// surnameFirst gives the number of surname words where the written order is
// surname first without a comma: "Smith J", "SMITH John", "DE SILVA Maria".
func surnameFirst(words []string) int {
	k := 0
	for k < len(words) && isShouted(words[k]) && !isInitial(words[k]) {
		k++
	}
	if k > 0 && k < len(words) && allQuiet(words[k:]) {
		return k
	}
	k = len(words)
	for k > 0 && isInitial(words[k-1]) {
		k--
	}
	if k == 1 && len(words) > 1 || k > 1 && k < len(words) && particles[Fold(words[0])] {
		return k
	}
	return 0
}

func allQuiet(words []string) bool {
	for _, w := range words {
		if isShouted(w) && !isInitial(w) {
			return false
		}
	}
	return true
}

// isInitial reports one letter.
func isInitial(w string) bool { return utf8.RuneCountInString(w) == 1 }

// isShouted reports a word whose letters are all capitals.
func isShouted(w string) bool {
	upper := false
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		upper = upper || unicode.IsUpper(r)
	}
	return upper
}

// nameWords splits a written name at spaces and at the full stops of initials:
// "J.M. Smith" is J, M, Smith. Punctuation at the ends of words goes.
func nameWords(s string) []string {
	var words []string
	for _, w := range strings.Fields(s) {
		for _, piece := range strings.Split(w, ".") {
			piece = strings.TrimFunc(piece, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) })
			if piece != "" {
				words = append(words, piece)
			}
		}
	}
	return words
}

func takeTitles(words []string) (string, []string) {
	k := 0
	for k < len(words) && (titleNumber(Fold(words[k])) != 0 || k > 0 && Fold(words[k]) == "the") {
		k++
	}
	return strings.Join(words[:k], " "), words[k:]
}

func dropSuffixes(words []string) []string {
	for len(words) > 1 && suffixes[Fold(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	return words
}

// joinSurname joins the words of a surname; the prefixes of one word that some
// write apart (Mc, Mac, O) are closed up.
func joinSurname(words []string) string {
	out := ""
	for i, w := range words {
		if i > 0 && !closesUp[Fold(words[i-1])] {
			out += " "
		}
		out += w
	}
	return out
}

var closesUp = map[string]bool{"mc": true, "mac": true, "o": true}

// SurnameForms gives the folded forms under which a surname is looked for: the
// whole without spaces first, then each part of a double name that stands by
// itself (Smith-Jones: smithjones, smith, jones; van der Berg: vanderberg, berg).
func SurnameForms(s string) []string {
	words := fields(Fold(s))
	if len(words) == 0 {
		return nil
	}
	forms := []string{strings.Join(words, "")}
	if len(words) == 1 {
		return forms
	}
	for _, w := range words {
		if len(w) > 1 && !particles[w] {
			forms = append(forms, w)
		}
	}
	return forms
}

// GivenForms gives the folded forms of a given name: each of its words, and for
// a hyphenated or double name the words closed up (Jean-Paul: jean, paul, jeanpaul).
func GivenForms(s string) []string {
	words := fields(Fold(s))
	if len(words) < 2 {
		return words
	}
	return append(words, strings.Join(words, ""))
}
