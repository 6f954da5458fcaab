package rtf

import (
	"io"
	"strings"
)

// Kind is what a document was made from.
type Kind uint8

const (
	Genuine  Kind = iota // written as rich text
	FromHTML             // a page wrapped in rich text
	FromText             // plain text wrapped in rich text
)

// maxOriginal bounds the text that Original gives, in bytes.
const maxOriginal = 64 << 20

// Original takes the page or text out of a document that a mail program
// wrapped in rich text ([MS-OXRTFEX] 2.1.3), in UTF-8. A document that says it
// is no wrapping gives "" and Genuine; it is for Read.
func Original(r io.Reader) (string, Kind) {
	u := &unwrapper{document: document{s: newScanner(r), fonts: map[int]int{}, page: 1252}}
	u.read()
	if u.kind == Genuine {
		return "", Genuine
	}
	return u.out.String(), u.kind
}

// unwrapper is the state of one unwrapping. Fonts and code pages it keeps as
// the document that it is.
type unwrapper struct {
	document
	kind  Kind
	words int // control words so far: the mark is among the first
	inner []layerState
	now   layerState
	out   strings.Builder
}

// layerState is what a group inherits.
type layerState struct {
	muted bool // between \htmlrtf and \htmlrtf0: what only rich text needs
	tag   bool // in a \*\htmltag group
	gone  bool // in a group that is no text
}

// markWithin is how many control words may come before the mark.
const markWithin = 60

func (u *unwrapper) read() {
	for u.out.Len() < maxOriginal {
		t := u.s.next()
		switch t.kind {
		case end:
			u.flush()
			return
		case open:
			u.push()
		case shut:
			if u.pop(); len(u.inner) == 0 {
				return
			}
		case word:
			if u.take(t); u.kind == Genuine && u.words > markWithin {
				return
			}
		case symbol:
			u.sign(t.b)
		case char:
			u.byte(t.b)
		}
	}
}

func (u *unwrapper) push() {
	u.flush()
	u.skip = 0
	if len(u.inner) < 4096 {
		u.inner = append(u.inner, u.now)
		u.stack = append(u.stack, u.state)
	}
}

func (u *unwrapper) pop() {
	u.flush()
	u.skip, u.star = 0, false
	if n := len(u.inner); n > 0 {
		u.now, u.inner = u.inner[n-1], u.inner[:n-1]
		u.state, u.stack = u.stack[n-1], u.stack[:n-1]
	}
}

// flush decodes the bytes that wait.
func (u *unwrapper) flush() {
	if len(u.raw) > 0 {
		u.out.WriteString(decodePage(u.raw, u.codePage(u.rawFont)))
		u.raw = u.raw[:0]
	}
}

// silent reports whether text at hand is none of the original.
func (u *unwrapper) silent() bool { return u.now.gone || u.now.muted && !u.now.tag }

func (u *unwrapper) byte(c byte) {
	u.star = false
	if u.skip > 0 {
		u.skip--
		return
	}
	if u.silent() || u.kind == Genuine {
		return
	}
	if u.rawFont != u.state.font {
		u.flush()
		u.rawFont = u.state.font
	}
	u.raw = append(u.raw, c)
}

func (u *unwrapper) say(s string) {
	if !u.silent() && u.kind != Genuine {
		u.flush()
		u.out.WriteString(s)
	}
}

func (u *unwrapper) sign(c byte) {
	switch c {
	case '*':
		u.star = true
	case '\\', '{', '}':
		u.byte(c)
	case '~':
		u.say("\u00A0")
	case '_':
		u.say("\u00AD")
	}
}

// take obeys a control word: the marks of the wrapping, fonts, and the words
// that stand for characters.
func (u *unwrapper) take(t token) {
	star := u.star
	u.star = false
	u.words++
	switch t.name {
	case "fromhtml":
		u.kind = FromHTML
	case "fromtext":
		u.kind = FromText
	case "htmlrtf":
		u.flush()
		u.now.muted = !t.given || t.num != 0
	case "htmltag":
		u.flush()
		u.now.tag = star && !u.now.gone
	case "fonttbl":
		u.state.dest, u.now.gone = fontTable, true
	case "u":
		u.wide(t.num)
	case "bin":
		u.s.skip(t.num)
	case "par", "line":
		u.say("\r\n")
	default:
		u.other(t, star)
	}
}

// other takes the words of fonts and characters. A group whose first word is
// marked as one that may be passed over, and that is not known, is no text.
func (u *unwrapper) other(t token, star bool) {
	if s, ok := characters[t.name]; ok {
		u.say(s)
		return
	}
	if star || destinations[t.name] == skipped || destinations[t.name] == info {
		u.now.gone = true
		return
	}
	switch t.name {
	case "f", "plain", "deff", "fcharset", "cpg", "ansicpg", "mac", "pc", "pca", "uc", "rtf":
		u.flush()
		u.font(t)
	}
}

// wide takes the character of \u, which bytes for older readers follow.
func (u *unwrapper) wide(n int) {
	r := rune(n)
	if n < 0 {
		r += 1 << 16
	}
	u.skip = u.state.uc
	switch {
	case r >= 0xD800 && r < 0xDC00:
		u.high = r
		return
	case r >= 0xDC00 && r < 0xE000 && u.high != 0:
		r = (u.high-0xD800)<<10 + (r - 0xDC00) + 0x10000
	}
	u.high = 0
	if r > 0 {
		u.say(string(r))
	}
}

// characters are the words that stand for one.
var characters = map[string]string{
	"tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"emspace": "\u2003", "enspace": "\u2002",
}
