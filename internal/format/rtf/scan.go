package rtf

import (
	"bufio"
	"io"
)

// kind is what a token is.
type kind uint8

const (
	end kind = iota
	open
	shut
	word   // a control word with perhaps a number
	symbol // a control symbol
	char   // a byte of text, plain or \'hh
)

// token is one of the input.
type token struct {
	kind  kind
	name  string
	num   int
	given bool // the word had a number
	b     byte // of a symbol or char
}

// scanner cuts RTF into tokens (1.9.1, "RTF Syntax").
type scanner struct {
	r    *bufio.Reader
	name [32]byte
}

func newScanner(r io.Reader) *scanner { return &scanner{r: bufio.NewReaderSize(r, 64<<10)} }

func (s *scanner) next() token {
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return token{kind: end}
		}
		switch c {
		case '{':
			return token{kind: open}
		case '}':
			return token{kind: shut}
		case '\r', '\n', 0:
		case '\\':
			return s.control()
		default:
			return token{kind: char, b: c}
		}
	}
}

// control reads behind a backslash.
func (s *scanner) control() token {
	c, err := s.r.ReadByte()
	switch {
	case err != nil:
		return token{kind: end}
	case c == '\'':
		return token{kind: char, b: s.hexByte()}
	case c == '\r' || c == '\n':
		return token{kind: word, name: "par"}
	case !letter(c):
		return token{kind: symbol, b: c}
	}
	n := 0
	for ; err == nil && letter(c); c, err = s.r.ReadByte() {
		if n < len(s.name) {
			s.name[n] = c
			n++
		}
	}
	t := token{kind: word, name: string(s.name[:n])}
	if err != nil {
		return t
	}
	negative := c == '-'
	if negative {
		if c, err = s.r.ReadByte(); err != nil {
			return t
		}
	}
	for ; err == nil && c >= '0' && c <= '9'; c, err = s.r.ReadByte() {
		t.given = true
		t.num = min(t.num*10+int(c-'0'), 1<<30)
	}
	if negative {
		t.num = -t.num
	}
	if err == nil && c != ' ' {
		s.r.UnreadByte()
	}
	return t
}

func (s *scanner) hexByte() byte {
	var v byte
	for range 2 {
		c, err := s.r.ReadByte()
		if err != nil {
			return v
		}
		d, ok := hexDigit(c)
		if !ok {
			s.r.UnreadByte()
			return v
		}
		v = v<<4 | d
	}
	return v
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// skip passes over n raw bytes of \bin.
func (s *scanner) skip(n int) int {
	got, _ := s.r.Discard(max(n, 0))
	return got
}
