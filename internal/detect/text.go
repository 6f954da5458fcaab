package detect

import "strings"

// squeeze gives the letters, in capitals, and digits of s alone.
func squeeze(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c), c >= 'A' && c <= 'Z':
			b = append(b, c)
		case isLower(c):
			b = append(b, c-'a'+'A')
		}
	}
	return string(b)
}

// count gives the numbers of ASCII letters and digits.
func count(s string) (letters, digits int) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			digits++
		case isLower(c), c >= 'A' && c <= 'Z':
			letters++
		}
	}
	return letters, digits
}

func slashes(s string) int { return strings.Count(s, "/") }

// blankWords are what people write into a field that has no value.
var blankWords = wordSet(`n/a|na|n.a.|n.a|none|nil|null|not known|unknown|unk|nk|not stated|not given|not applicable|not recorded|not provided|not disclosed|not supplied|prefer not to say|
	refused|declined|tbc|tba|to be confirmed|as above|same|same as above|see above|see notes|-|--|---|?|??|pending|not obtained|information not yet obtained|not available|withheld|
	dd/mm/yyyy|ddmmyyyy|xx/xx/xxxx|xx|xxx|xxxx|x|blank|tick|please tick|yes/no|y/n|yes / no|nan|#n/a|#ref!|not specified|missing|did not say|would rather not say|rather not say|
	prefer not to answer|does not wish to say|unspecified|not asked|no information|awaiting|as before|ditto|not collected|choose an item|choose an item.|select|please select|click here to enter text|
	click here to enter text.|click or tap here to enter text.|[name]|<name>|your name|name here|insert name|full name|e.g.|(none)|undefined|not sought|information refused`)

// blank reports whether a cell or form field says that it has no value.
func blank(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return true
	}
	if c := s[0]; isDigit(c) || len(s) > 40 {
		return false
	}
	if strings.Trim(s, "._-–—… /\\:*") == "" || strings.HasPrefix(s, "«") || strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "<<") {
		return true
	}
	var b [40]byte
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		b[i] = c
	}
	return blankWords[string(b[:len(s)])]
}

// lowerASCII lowers only what needs it, so that most calls cost nothing.
func lowerASCII(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ToLower(s)
		}
	}
	return s
}
