package xmlscan

import (
	"bytes"
	"errors"
	"io"
)

// Kind is what Next found.
type Kind uint8

const (
	None  Kind = iota // the end, or a failure: see Err
	Start             // a start tag; an empty element gives Start, then End
	End               // an end tag
	Text              // character data, entities decoded; long text comes in several pieces
)

// Limits of a document. A tag longer than MaxTag and nesting deeper than
// MaxDepth end the scan with ErrTooLarge and ErrTooDeep.
const (
	MaxTag      = 4 << 20
	MaxDepth    = 2000
	MaxBindings = 4096 // namespace declarations in force at one time; more are not seen
	firstWindow = 64 << 10
	maxText     = 48 << 10 // text is given out in pieces of about this size
	headSize    = 512      // bytes in which an XML declaration must end
	maxEntity   = 12       // the longest reference that is waited for: "&#x0010FFFF;"
)

// Why a scan ended before the document did.
var (
	ErrCutShort = errors.New("xml ends before its root element does")
	ErrTooDeep  = errors.New("xml is nested too deeply")
	ErrTooLarge = errors.New("xml tag is too large")
)

// Scanner reads one document. All slices that it returns are valid until the
// next call of Next or Skip.
type Scanner struct {
	in       io.Reader
	window   []byte
	pos, end int
	eof      bool
	err      error
	depth    int
	rooted   bool // the root element has been seen
	closing  bool // an End is due for an empty element
	text     []byte
	name     []byte // as written, with prefix
	local    []byte
	attrs    []attr
	bindings []binding
	scratch  []byte
}

type attr struct {
	name, local, value []byte
	raw                bool // value still holds references
}

// binding is a namespace declaration in force below an element of some depth.
type binding struct {
	prefix, space string
	depth         int
}

// New reads a document from r, in UTF-8 or what its first bytes declare.
func New(r io.Reader) *Scanner {
	s := &Scanner{in: r, window: make([]byte, firstWindow)}
	for s.end < headSize && s.fill() {
	}
	s.decode()
	return s
}

// Err tells why Next returned None: nil at the proper end of the document.
func (s *Scanner) Err() error {
	if errors.Is(s.err, io.EOF) {
		return nil
	}
	return s.err
}

// Depth is the number of elements open, the one of a Start included and the
// one of an End left out.
func (s *Scanner) Depth() int { return s.depth }

// Local is the name of the element of the last Start or End without prefix,
// nothing after a Text.
func (s *Scanner) Local() []byte { return s.local }

// Text is the character data of the last Text.
func (s *Scanner) Text() []byte { return s.text }

// Space is the namespace of the element of the last Start or End, "" if none
// is declared.
func (s *Scanner) Space() string {
	return s.lookup(prefixOf(s.name, s.local))
}

// Attr is the value of the attribute with a local name: the one without
// prefix where there is one, else the first with any prefix.
func (s *Scanner) Attr(local string) ([]byte, bool) {
	found := -1
	for i := range s.attrs {
		a := &s.attrs[i]
		if string(a.local) != local {
			continue
		}
		if len(a.name) == len(a.local) {
			found = i
			break
		}
		if found < 0 {
			found = i
		}
	}
	if found < 0 {
		return nil, false
	}
	return s.value(&s.attrs[found]), true
}

// Get is Attr as a string, "" where the attribute is missing.
func (s *Scanner) Get(local string) string {
	v, _ := s.Attr(local)
	return string(v)
}

// GetIn is the value of the attribute with a local name whose namespace ends
// with tail ("/relationships"), "" where it is missing.
func (s *Scanner) GetIn(tail, local string) string {
	for i := range s.attrs {
		a := &s.attrs[i]
		if string(a.local) != local || len(a.name) == len(a.local) {
			continue
		}
		if space := s.lookup(prefixOf(a.name, a.local)); hasTail(space, tail) {
			return string(s.value(a))
		}
	}
	return ""
}

func hasTail(s, tail string) bool {
	return len(s) >= len(tail) && s[len(s)-len(tail):] == tail
}

// Attrs calls visit for each attribute with its local name and value.
func (s *Scanner) Attrs(visit func(local, value []byte)) {
	for i := range s.attrs {
		visit(s.attrs[i].local, s.value(&s.attrs[i]))
	}
}

func (s *Scanner) value(a *attr) []byte {
	if a.raw {
		a.value = append([]byte(nil), unescape(nil, a.value)...)
		a.raw = false
	}
	return a.value
}

func prefixOf(name, local []byte) []byte {
	if len(name) == len(local) {
		return nil
	}
	return name[:len(name)-len(local)-1]
}

func (s *Scanner) lookup(prefix []byte) string {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == string(prefix) {
			return s.bindings[i].space
		}
	}
	return ""
}

// Skip passes over the element of the last Start, to behind its end tag.
func (s *Scanner) Skip() {
	for inside := s.depth; s.depth >= inside; {
		if s.Next() == None {
			return
		}
	}
}

// Next moves to the next token.
func (s *Scanner) Next() Kind {
	s.unbind()
	if s.closing {
		s.closing = false
		return s.endElement()
	}
	for s.err == nil {
		if s.pos >= s.end && !s.fill() {
			break
		}
		if s.window[s.pos] != '<' {
			if s.readText() {
				return Text
			}
			continue
		}
		if kind := s.readMarkup(); kind != None {
			return kind
		}
	}
	s.finish()
	return None
}

// finish settles what the end of the input means.
func (s *Scanner) finish() {
	if (s.err == nil || errors.Is(s.err, io.EOF)) && (s.depth > 0 || !s.rooted) {
		s.err = ErrCutShort
	}
	s.attrs = s.attrs[:0]
}

// fill reads more input behind what the window holds, which it first moves to
// the front; the window grows when it is full. It reports whether it got any.
func (s *Scanner) fill() bool {
	if s.eof {
		return false
	}
	if s.pos > 0 {
		s.end = copy(s.window, s.window[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.window) {
		if len(s.window) >= MaxTag {
			s.err = ErrTooLarge
			return false
		}
		s.window = append(s.window, make([]byte, len(s.window))...)
	}
	for tries := 0; tries < 100; tries++ {
		n, err := s.in.Read(s.window[s.end:])
		s.end += n
		if err != nil {
			s.eof = true
			if !errors.Is(err, io.EOF) && n == 0 {
				s.err = err
			}
		}
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// readText takes character data up to the next tag. A reference or a UTF-8
// sequence that may go on behind the window is left for the next piece.
func (s *Scanner) readText() bool {
	var piece []byte
	for {
		piece = s.window[s.pos:s.end]
		if i := bytes.IndexByte(piece, '<'); i >= 0 {
			piece = piece[:i]
			break
		}
		if len(piece) >= maxText {
			piece = piece[:wholeLen(piece)]
			break
		}
		if !s.fill() {
			piece = s.window[s.pos:s.end]
			break
		}
	}
	s.pos += len(piece)
	if s.depth == 0 {
		return false // white space and dirt around the root
	}
	if bytes.IndexByte(piece, '&') >= 0 {
		s.scratch = unescape(s.scratch[:0], piece)
		piece = s.scratch
	}
	s.text, s.name, s.local = piece, nil, nil
	return len(piece) > 0
}

// wholeLen is how much of b can be given out without cutting a reference or
// a UTF-8 sequence in two.
func wholeLen(b []byte) int {
	n := len(b)
	for back := 1; back <= 3 && back < n; back++ {
		c := b[n-back]
		if c < 0x80 {
			break
		}
		if c >= 0xC0 {
			n -= back
			break
		}
	}
	tail := max(0, n-maxEntity)
	if i := bytes.LastIndexByte(b[tail:n], '&'); i >= 0 && bytes.IndexByte(b[tail+i:n], ';') < 0 {
		n = tail + i
	}
	return n
}

// readMarkup takes what starts with '<' at the position: a tag, or something
// without content for the reader (None).
func (s *Scanner) readMarkup() Kind {
	if !s.have(2) {
		s.pos = s.end
		return None
	}
	switch s.window[s.pos+1] {
	case '/':
		return s.readEnd()
	case '!':
		return s.readDeclaration()
	case '?':
		s.pos += 2
		s.skipPast("?>")
		return None
	}
	return s.readStart()
}

// have reports whether n bytes are in the window at the position.
func (s *Scanner) have(n int) bool {
	for s.end-s.pos < n {
		if !s.fill() {
			return false
		}
	}
	return true
}

func (s *Scanner) readDeclaration() Kind {
	switch {
	case s.starts("<!--"):
		s.pos += 4
		s.skipPast("-->")
	case s.starts("<![CDATA["):
		s.pos += 9
		return s.readLiteral()
	default:
		s.skipDoctype()
	}
	return None
}

func (s *Scanner) starts(mark string) bool {
	return s.have(len(mark)) && string(s.window[s.pos:s.pos+len(mark)]) == mark
}

// skipPast moves behind the next occurrence of mark, or to the end.
func (s *Scanner) skipPast(mark string) {
	for {
		if i := bytes.Index(s.window[s.pos:s.end], []byte(mark)); i >= 0 {
			s.pos += i + len(mark)
			return
		}
		s.pos = max(s.pos, s.end-len(mark)+1)
		if !s.fill() {
			s.pos = s.end
			return
		}
	}
}

// readLiteral gives out a CDATA section. A section longer than the largest
// window loses its frame and goes on as ordinary text.
func (s *Scanner) readLiteral() Kind {
	i := -1
	for i < 0 {
		i = bytes.Index(s.window[s.pos:s.end], []byte("]]>"))
		if i < 0 && (s.end-s.pos >= MaxTag/2 || !s.double()) {
			break
		}
	}
	used := i + 3
	if i < 0 {
		i = s.end - s.pos
		used = i
	}
	s.text, s.name, s.local = s.window[s.pos:s.pos+i], nil, nil
	s.pos += used
	if i == 0 || s.depth == 0 {
		return None
	}
	return Text
}

// skipDoctype passes over a document type declaration with the entity
// definitions in it, none of which is ever used.
func (s *Scanner) skipDoctype() {
	nested := 0
	for s.have(1) {
		c := s.window[s.pos]
		s.pos++
		switch c {
		case '<':
			nested++
		case '>':
			if nested--; nested <= 0 {
				return
			}
		}
	}
}
