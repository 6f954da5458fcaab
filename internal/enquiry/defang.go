package enquiry

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// defang makes the addresses in a text such that no program takes them for
// links: http becomes hxxp, ftp fxp, a dot within a name [.], and a scheme that
// runs something loses its colon. What is defanged already stays as it is.
func defang(text string) string {
	text = wideDots.Replace(text)
	var b strings.Builder
	b.Grow(len(text) + 16)
	for i := 0; i < len(text); i++ {
		if n, put := scheme(text, i); n > 0 {
			b.WriteString(put)
			i += n - 1
			continue
		}
		if text[i] == '.' && withinName(text, i) {
			b.WriteString("[.]")
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// wideDots are the full stops that browsers take for a dot in a name (UTS 46).
var wideDots = strings.NewReplacer("\u3002", ".", "\uFF0E", ".", "\uFF61", ".")

// schemes are what begins an address, and what is put in its place.
var schemes = []struct{ from, to string }{
	{"https:", "hxxps:"}, {"http:", "hxxp:"}, {"ftp:", "fxp:"}, {"javascript:", "javascript[:]"}, {"vbscript:", "vbscript[:]"}, {"data:", "data[:]"},
	{"file:", "file[:]"}, {"tel:", "tel[:]"}, {"sms:", "sms[:]"}, {"mailto:", "mailto[:]"},
}

// scheme reports whether an address begins at byte i: how long its scheme is,
// and what is put there instead.
func scheme(text string, i int) (n int, put string) {
	if text[i]|0x20 < 'a' || text[i]|0x20 > 'z' {
		return 0, ""
	}
	for _, s := range schemes {
		if len(text)-i >= len(s.from) && strings.EqualFold(text[i:i+len(s.from)], s.from) {
			return len(s.from), s.to
		}
	}
	return 0, ""
}

// withinName reports whether the dot at byte i can stand inside a name or number:
// "council.example", "192.0.2.1". What stands before it matters little, since
// names can be written in many ways; at the beginning of a word it is none.
func withinName(text string, i int) bool {
	return i > 0 && i+1 < len(text) && text[i-1] > ' ' && text[i-1] != '[' && (nameByte(text[i+1]) || text[i+1] == '%')
}

// nameByte is a byte of a host name; every byte beyond ASCII can be of one.
func nameByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c >= 0x80
}

// refang is what somebody meant who defanged by hand, for looking at it.
var refang = strings.NewReplacer("hxxp", "http", "hXXp", "http", "HXXP", "HTTP", "[.]", ".", "(.)", ".", "[dot]", ".", "[:]", ":")

// mostHosts bounds how many addresses are looked for in a text.
const mostHosts = 200

// targetsIn finds what looks like an address in a text: with a scheme, or as a
// name with a known sort of ending and a path.
func targetsIn(text string) (all []string) {
	for _, w := range strings.FieldsFunc(refang.Replace(wideDots.Replace(text)), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`<>"'()[]{}|\^`+"`", r) }) {
		w = strings.TrimRight(w, ".,;:!?")
		lower := strings.ToLower(w)
		at := max(strings.LastIndex(lower, "http://"), strings.LastIndex(lower, "https://"))
		switch {
		case at >= 0:
			w = w[at:]
		case strings.HasPrefix(lower, "www.") && strings.Count(lower, ".") > 1, bareAddress(lower):
			w = "http://" + w
		default:
			continue
		}
		if all = append(all, w); len(all) == mostHosts {
			return all
		}
	}
	return all
}

// bareAddress reports whether a word without a scheme is an address: a name with
// a dot, and a path behind it. A mail address is none.
func bareAddress(w string) bool {
	name, _, path := strings.Cut(w, "/")
	if !path || strings.Contains(name, "@") || !strings.Contains(name, ".") {
		return false
	}
	labels := strings.Split(name, ".")
	last := labels[len(labels)-1]
	return len(last) >= 2 && !strings.ContainsFunc(last, func(r rune) bool { return !unicode.IsLetter(r) }) && !slices.Contains(labels, "")
}

// address is what an address says of itself.
type address struct {
	Host     string // lower case, without port; "" where it has none
	User     bool   // something stands before an @, as in www.council.example@other.example
	Numeric  bool   // a number instead of a name
	Foreign  bool   // punycode, or letters beyond ASCII
	Runs     bool   // javascript, data or the like
	Insecure bool   // http
}

// readAddress takes an address apart as a browser would, and no further.
func readAddress(target string) (a address) {
	target = strings.ReplaceAll(target, `\`, "/")
	u, err := url.Parse(target)
	if err != nil {
		if i := strings.Index(target, "://"); i >= 0 { // a path that url refuses does not hide the host
			rest := target[i+3:]
			if end := strings.IndexAny(rest, "/?#"); end >= 0 {
				rest = rest[:end]
			}
			u, err = url.Parse(target[:i+3] + rest)
		}
		if err != nil {
			return a
		}
	}
	switch strings.ToLower(u.Scheme) {
	case "javascript", "data", "vbscript", "file":
		return address{Runs: true}
	case "mailto", "tel", "sms":
		return a
	}
	a.Host = strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	a.User = u.User != nil
	a.Insecure = strings.EqualFold(u.Scheme, "http")
	_, err = netip.ParseAddr(a.Host)
	a.Numeric = err == nil || a.Host != "" && strings.Trim(a.Host, "0123456789.x") == ""
	a.Foreign = strings.Contains(a.Host, "xn--") || strings.ContainsFunc(a.Host, func(r rune) bool { return r > unicode.MaxASCII })
	return a
}
