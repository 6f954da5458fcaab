package figure

import (
	"strconv"
	"strings"
)

// shape is what a section of a code shows.
type shape uint8

const (
	general shape = iota
	number
	moment
	literal // nothing but its own text
	text    // the section for text, "@"
)

// section is one of the up to four parts of a code between semicolons.
type section struct {
	shape    shape
	compare  string // "<", "<=", "=", "<>", ">", ">=" or ""
	limit    float64
	before   string // shown before the first digit
	whole    []place
	after    string
	decimals int
	keep     int // decimals that are shown even when zero
	grouped  bool
	scale    float64
	clock    clock
	tokens   []token // of a moment that is shown as its code has it; else none
}

// place is where a digit before the point goes, or text between such places.
type place struct {
	text    bool
	char    string
	zero    bool // a 0: shown when there is no digit for it
	between bool // text behind an optional place, shown only with digits before it
	forced  bool // text behind a place that is always shown
}

func (s *section) holds(v float64) bool {
	switch s.compare {
	case "<":
		return v < s.limit
	case "<=":
		return v <= s.limit
	case ">":
		return v > s.limit
	case ">=":
		return v >= s.limit
	case "=":
		return v == s.limit
	case "<>":
		return v != s.limit
	}
	return false
}

// split cuts a code at its semicolons.
func split(code string) (sections []string) {
	from, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == ';':
			sections = append(sections, code[from:i])
			from = i + 1
		}
	}
	return append(sections, code[from:])
}

// builder collects what a section holds, left to right.
type builder struct {
	section
	digits  int // places seen, before and behind the point
	point   bool
	commas  int // commas since the last place
	percent int
	letters []byte // date and time letters in order, one per run; minutes still 'm' or 'M' (month by its length)
	tokens  []token
	foreign bool // the code asks for a language other than English
	plain   bool // the word General, an exponent or a fraction
	isText  bool
}

func compile(code string) section {
	b := builder{section: section{scale: 1}}
	for i := 0; i < len(code); {
		i += b.take(code[i:])
	}
	return b.finish()
}

// take reads one token and tells its length.
func (b *builder) take(rest string) int {
	switch c := rest[0]; c {
	case '"':
		end := strings.IndexByte(rest[1:], '"')
		if end < 0 {
			end = len(rest) - 1
		}
		b.say(rest[1 : 1+end])
		return min(end+2, len(rest))
	case '\\':
		n := runeLen(rest[1:])
		b.say(rest[1 : 1+n])
		return 1 + n
	case '_', '*':
		if c == '_' {
			b.say(" ")
		}
		return 1 + runeLen(rest[1:])
	case '[':
		return b.bracket(rest)
	case '0', '#', '?':
		b.digit(c == '0')
	case '.':
		if b.digits > 0 || strings.ContainsAny(rest, "0#?") {
			b.point = true
		} else if len(b.letters) == 0 {
			b.say(".")
		}
	case ',':
		b.commas++
		b.tokens = append(b.tokens, token{text: ","})
	case '%':
		b.percent++
		b.say("%")
	case '@':
		b.isText = true
	default:
		return b.word(rest)
	}
	return 1
}

func runeLen(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

// say adds text to where it is shown.
func (b *builder) say(s string) {
	b.tokens = append(b.tokens, token{text: s})
	switch {
	case b.digits == 0:
		b.before += s
	case b.point:
		b.after += s
	default:
		b.whole = append(b.whole, place{text: true, char: s})
	}
}

func (b *builder) digit(zero bool) {
	b.digits++
	if b.commas > 0 && !b.point && b.digits > 1 {
		b.grouped = true
	}
	b.commas = 0
	if !b.point {
		b.whole = append(b.whole, place{zero: zero})
		return
	}
	b.decimals++
	if zero {
		b.keep = b.decimals
	}
}

// word reads letters: General, date and time letters, AM/PM, an exponent; all
// else is text.
func (b *builder) word(rest string) int {
	lower := strings.ToLower(rest[:min(len(rest), 8)])
	switch {
	case strings.HasPrefix(lower, "general"):
		b.plain = true
		return 7
	case strings.HasPrefix(lower, "am/pm"):
		b.letter('a', 5)
		return 5
	case strings.HasPrefix(lower, "a/p"):
		b.letter('a', 3)
		return 3
	case b.digits > 0 && (strings.HasPrefix(lower, "e+") || strings.HasPrefix(lower, "e-")):
		b.plain = true
		return 2
	case rest[0] == '/' && b.digits > 0 && len(b.letters) == 0 && len(rest) > 1 && strings.IndexByte("?#0123456789", rest[1]) >= 0:
		b.plain = true
		return 1
	case strings.IndexByte("ymdhse", lower[0]) >= 0:
		return b.dateLetters(lower, rest)
	}
	n := runeLen(rest)
	b.say(rest[:n])
	return n
}

func (b *builder) dateLetters(lower, rest string) int {
	n := 1
	for n < len(rest) && (rest[n]|0x20) == lower[0] {
		n++
	}
	letter := lower[0]
	switch {
	case letter == 'e':
		letter = 'y' // the year of an era
		b.foreign = true
	case letter == 'm' && n > 2:
		letter = 'M' // the name of a month
	}
	b.letter(letter, n)
	return n
}

func (b *builder) letter(letter byte, n int) {
	b.letters = append(b.letters, letter)
	b.tokens = append(b.tokens, token{letter: letter, n: n})
}

// bracket reads [Red], [$£-809], [>=100], [h].
func (b *builder) bracket(rest string) int {
	end := strings.IndexByte(rest, ']')
	if end < 0 {
		return len(rest)
	}
	inside := rest[1:end]
	lower := strings.ToLower(inside)
	switch {
	case strings.HasPrefix(inside, "$"):
		symbol, language, _ := strings.Cut(inside[1:], "-")
		b.say(symbol)
		b.foreign = b.foreign || language != "" && !english(language)
	case lower != "" && strings.Trim(lower, "h") == "":
		b.letter('h', len(lower))
		b.clock.elapsed = true
	case lower != "" && (strings.Trim(lower, "m") == "" || strings.Trim(lower, "s") == ""):
		b.letter('s', len(lower))
		b.clock.elapsed = true
	case strings.HasPrefix(inside, "<") || strings.HasPrefix(inside, ">") || strings.HasPrefix(inside, "="):
		b.condition(inside)
	}
	return end + 1
}

func (b *builder) condition(inside string) {
	n := len(inside) - len(strings.TrimLeft(inside, "<>="))
	if limit, err := strconv.ParseFloat(strings.TrimSpace(inside[n:]), 64); err == nil && n <= 2 {
		b.compare, b.limit = inside[:n], limit
	}
}

// finish decides what the section shows.
func (b *builder) finish() section {
	s := b.section
	switch {
	case len(b.letters) > 0:
		s.shape = moment
		s.clock.read(b.letters)
		if !b.foreign && !s.clock.elapsed {
			s.tokens = plainMoment(b.tokens)
		}
	case b.plain:
		s.shape, s.before = general, ""
	case b.isText:
		s.shape = text
	case b.digits > 0:
		s.shape = number
		b.settleNumber(&s)
	case b.before != "":
		s.shape = literal
	default:
		s.shape = general
	}
	return s
}

// settleNumber works out scaling and which text between places is shown.
func (b *builder) settleNumber(s *section) {
	for range b.percent {
		s.scale *= 100
	}
	for range min(b.commas, 5) {
		s.scale /= 1000
	}
	last := len(s.whole) - 1
	for last >= 0 && s.whole[last].text {
		last--
	}
	var tail string
	for _, p := range s.whole[last+1:] {
		tail += p.char
	}
	s.after = tail + s.after
	s.whole = s.whole[:last+1]
	forced := false
	for i := range s.whole {
		p := &s.whole[i]
		forced = forced || p.zero
		if p.text {
			p.between, p.forced = true, forced
		}
	}
	s.decimals = min(s.decimals, 30)
}
