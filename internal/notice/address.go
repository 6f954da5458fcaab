package notice

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/reeve-council/reeve/internal/uk"
)

// The address block of a letter has three to seven lines, the last a postcode
// (GOV.UK Notify).
const (
	leastLines = 3
	mostLines  = 7
)

var homeless = regexp.MustCompile(`(?i)^\W*(nfa|n\.f\.a\.?|no[\s-]+fixed[\s-]+(abode|address))\W*$`)

// noHome is the same inside a longer line.
var noHome = regexp.MustCompile(`(?i)\bno[\s-]+fixed[\s-]+(abode|address)\b`)

// checkAddress refuses an address block that would not arrive, with Notify's
// name for what is wrong; "" if nothing is. The lines begin with the name.
func checkAddress(lines []string) Fault {
	filled := make([]string, 0, len(lines))
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			filled = append(filled, l)
		}
	}
	switch {
	case len(filled) == 0:
		return AddressEmpty
	case len(filled) > mostLines:
		return ManyLines
	}
	for _, l := range filled {
		if homeless.MatchString(l) || noHome.MatchString(l) {
			return NoFixedAbode
		}
	}
	if len(filled) < leastLines {
		return FewLines
	}
	for _, l := range filled {
		if strings.ContainsAny(l[:1], `@()=[]"\/,<>~`) || strings.IndexFunc(l, unprintable) >= 0 {
			return BadCharacter
		}
	}
	if !hasLetterOrDigit(filled[0]) || !hasLetterOrDigit(filled[1]) {
		return BadFirstLines
	}
	last := filled[len(filled)-1]
	if !uk.ValidPostcode(last) {
		if country[strings.ToLower(last)] {
			return Abroad
		}
		return NoPostcode
	}
	return ""
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }

func hasLetterOrDigit(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// country are last lines that are no mistyped postcode: letters abroad go out
// by hand, not in a bulk run.
var country = map[string]bool{"france": true, "germany": true, "ireland": true, "republic of ireland": true, "spain": true, "italy": true, "portugal": true,
	"poland": true, "romania": true, "united states": true, "usa": true, "canada": true, "australia": true, "new zealand": true, "india": true,
	"pakistan": true, "bangladesh": true, "nigeria": true, "ghana": true, "netherlands": true, "belgium": true, "greece": true, "cyprus": true}

// addressLines turns an address as the lists keep it, parts with commas between,
// into a block under a name. Where it has more parts than lines, the first ones
// share a line; nothing is left out.
func addressLines(name, address, postcode string) []string {
	var parts []string
	for p := range strings.SplitSeq(address, ",") {
		if p = strings.TrimSpace(p); p != "" && !strings.EqualFold(strings.ReplaceAll(p, " ", ""), strings.ReplaceAll(postcode, " ", "")) {
			parts = append(parts, p)
		}
	}
	if norm, ok := uk.NormPostcode(postcode); ok {
		postcode = norm
	}
	for len(parts) > mostLines-2 {
		parts = append([]string{parts[0] + ", " + parts[1]}, parts[2:]...)
	}
	lines := append([]string{name}, parts...)
	if postcode != "" {
		lines = append(lines, postcode)
	}
	return lines
}
