package object

// Token is what a Lexer found.
type Token uint8

// The tokens of ISO 32000-2, 7.2 and 7.3.
const (
	End Token = iota
	Number
	String
	NameToken
	Word // true, obj, R, operators of a content stream
	ArrayOpen
	ArrayClose
	DictOpen
	DictClose
)

// Lexer cuts bytes into tokens. It never fails: bytes that mean nothing become
// words.
type Lexer struct {
	b     []byte
	pos   int
	Num   float64 // of a Number
	Whole bool    // the Number had no point
	Text  []byte  // of a String, NameToken or Word; until the next call
	buf   []byte
}

// NewLexer reads tokens from b.
func NewLexer(b []byte) *Lexer { return &Lexer{b: b} }

// Pos is the offset behind the last token.
func (l *Lexer) Pos() int { return l.pos }

// Seek goes on at an offset.
func (l *Lexer) Seek(pos int) { l.pos = min(max(pos, 0), len(l.b)) }

// Rest is what has not been read.
func (l *Lexer) Rest() []byte { return l.b[l.pos:] }

// classes of bytes (ISO 32000-2, tables 1 and 2).
const (
	regular = iota
	space
	delimiter
)

var class = func() (c [256]uint8) {
	for _, b := range "\x00\t\n\f\r " {
		c[b] = space
	}
	for _, b := range "()<>[]{}/%" {
		c[b] = delimiter
	}
	return c
}()

// IsSpace reports whether a byte is white space in PDF.
func IsSpace(b byte) bool { return class[b] == space }

// Next reads a token.
func (l *Lexer) Next() Token {
	l.skip()
	if l.pos >= len(l.b) {
		return End
	}
	c := l.b[l.pos]
	switch {
	case c >= '0' && c <= '9', c == '-', c == '+', c == '.':
		return l.number()
	case class[c] == regular:
		return l.word()
	}
	l.pos++
	switch c {
	case '/':
		return l.name()
	case '(':
		return l.literal()
	case '[':
		return ArrayOpen
	case ']':
		return ArrayClose
	case '<':
		if l.pos < len(l.b) && l.b[l.pos] == '<' {
			l.pos++
			return DictOpen
		}
		return l.hex()
	case '>':
		if l.pos < len(l.b) && l.b[l.pos] == '>' {
			l.pos++
		}
		return DictClose
	}
	l.Text = l.b[l.pos-1 : l.pos]
	return Word
}

// skip goes over white space and comments.
func (l *Lexer) skip() {
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		if c == '%' {
			for l.pos < len(l.b) && l.b[l.pos] != '\n' && l.b[l.pos] != '\r' {
				l.pos++
			}
			continue
		}
		if class[c] != space {
			return
		}
		l.pos++
	}
}

func (l *Lexer) word() Token {
	start := l.pos
	for l.pos < len(l.b) && class[l.b[l.pos]] == regular {
		l.pos++
	}
	l.Text = l.b[start:l.pos]
	return Word
}

// number reads a number as viewers do: signs may repeat, a second point or a
// sign ends it, and what has no digit at all is 0 or a word.
func (l *Lexer) number() Token {
	start, i, b := l.pos, l.pos, l.b
	neg, point, digits := false, false, 0
	for i < len(b) && (b[i] == '-' || b[i] == '+') {
		neg = neg || b[i] == '-'
		i++
	}
	var n, scale float64 = 0, 1
scan:
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case c >= '0' && c <= '9':
			digits++
			if point {
				scale /= 10
				n += float64(c-'0') * scale
			} else {
				n = n*10 + float64(c-'0')
			}
		case c == '.' && !point:
			point = true
		default:
			break scan
		}
	}
	if digits == 0 && !point || i < len(b) && class[b[i]] == regular && b[i] != '-' && b[i] != '.' && !joined(b[i]) {
		return l.word()
	}
	for i < len(b) && (b[i] == '-' || b[i] == '.' || b[i] >= '0' && b[i] <= '9') && i > start {
		i++ // 12.3.4 and 12-34: writers' faults; the first part counts
	}
	if neg {
		n = -n
	}
	l.Num, l.Whole, l.pos = n, !point && n < 1e15 && n > -1e15, i
	return Number
}

// joined is a letter that begins an operator or "obj" glued to a number.
func joined(c byte) bool { return c >= 'A' && c <= 'z' }

func (l *Lexer) name() Token {
	start := l.pos
	escaped := false
	for l.pos < len(l.b) && class[l.b[l.pos]] == regular {
		escaped = escaped || l.b[l.pos] == '#'
		l.pos++
	}
	l.Text = l.b[start:l.pos]
	if escaped {
		l.unescapeName()
	}
	return NameToken
}

func (l *Lexer) unescapeName() {
	raw := l.Text
	l.buf = l.buf[:0]
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) && hexValue(raw[i+1]) >= 0 && hexValue(raw[i+2]) >= 0 {
			l.buf = append(l.buf, byte(hexValue(raw[i+1])<<4|hexValue(raw[i+2])))
			i += 2
			continue
		}
		l.buf = append(l.buf, raw[i])
	}
	l.Text = l.buf
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// hex reads a string in hexadecimal digits; others are passed over.
func (l *Lexer) hex() Token {
	l.buf = l.buf[:0]
	high := -1
	for l.pos < len(l.b) {
		c := l.b[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		v := hexValue(c)
		switch {
		case v < 0:
		case high < 0:
			high = v
		default:
			l.buf = append(l.buf, byte(high<<4|v))
			high = -1
		}
	}
	if high >= 0 {
		l.buf = append(l.buf, byte(high<<4))
	}
	l.Text = l.buf
	return String
}

// literal reads a string in parentheses, which may nest.
func (l *Lexer) literal() Token {
	start, depth := l.pos, 1
	for i := start; i < len(l.b); i++ {
		switch l.b[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.Text, l.pos = l.b[start:i], i+1
				return String
			}
		case '\\', '\r':
			return l.escaped(start, i, depth)
		}
	}
	l.Text, l.pos = l.b[start:], len(l.b)
	return String
}

// escaped goes on with a literal string from its first escape.
func (l *Lexer) escaped(start, i, depth int) Token {
	l.buf = append(l.buf[:0], l.b[start:i]...)
	for i < len(l.b) {
		c := l.b[i]
		i++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.Text, l.pos = l.buf, i
				return String
			}
		case '\r':
			if i < len(l.b) && l.b[i] == '\n' {
				i++
			}
			c = '\n'
		case '\\':
			i = l.escape(i)
			continue
		}
		l.buf = append(l.buf, c)
	}
	l.Text, l.pos = l.buf, i
	return String
}

// escape undoes the escape whose backslash stands before i.
func (l *Lexer) escape(i int) int {
	if i >= len(l.b) {
		return i
	}
	c := l.b[i]
	i++
	switch c {
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case '\n':
		return i
	case '\r':
		if i < len(l.b) && l.b[i] == '\n' {
			i++
		}
		return i
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v := int(c - '0')
		for n := 0; n < 2 && i < len(l.b) && l.b[i] >= '0' && l.b[i] <= '7'; n++ {
			v = v<<3 | int(l.b[i]-'0')
			i++
		}
		c = byte(v)
	}
	l.buf = append(l.buf, c)
	return i
}

// Unread goes back n bytes.
func (l *Lexer) Unread(n int) { l.Seek(l.pos - n) }
