package xmlscan

import "bytes"

// readStart takes a start tag at the position. Most tags are whole in the
// window and are split in one pass.
func (s *Scanner) readStart() Kind {
	size, declares := s.split(s.window[s.pos:s.end])
	for size == 0 {
		if !s.double() {
			s.pos = s.end
			return None
		}
		size, declares = s.split(s.window[s.pos:s.end])
	}
	s.closing = s.window[s.pos+size-2] == '/'
	s.pos += size
	s.depth++
	s.rooted = true
	if s.depth > MaxDepth {
		s.err, s.closing = ErrTooDeep, false
		return None
	}
	if declares {
		s.bind()
	}
	return Start
}

// split takes name and attributes from a start tag, "<" first, and gives its
// length, 0 when the tag does not end in w. Dirt between attributes is passed
// over.
func (s *Scanner) split(w []byte) (size int, declares bool) {
	s.attrs = s.attrs[:0]
	i := 1
	i, s.name, s.local = word(w, i)
	for i < len(w) {
		switch c := w[i]; {
		case c == '>':
			return i + 1, declares
		case c <= '/' && (c <= ' ' || c == '/' || c == '"' || c == '\''), c == '=':
			i++
			continue
		}
		var a attr
		i, a.name, a.local = word(w, i)
		for i < len(w) && w[i] <= ' ' {
			i++
		}
		if i >= len(w) || w[i] != '=' {
			continue
		}
		used := 0
		a.value, used, a.raw = attrValue(w[i+1:])
		i += 1 + used
		declares = declares || a.name[0] == 'x' && bytes.HasPrefix(a.name, []byte("xmlns"))
		s.attrs = append(s.attrs, a)
	}
	return 0, false
}

// word takes the name at i, whole and without its prefix, and tells where it
// ends.
func word(w []byte, i int) (end int, name, local []byte) {
	from, colon := i, -1
	for ; i < len(w); i++ {
		c := w[i]
		if c <= ' ' || c == '=' || c == '/' || c == '>' {
			break
		}
		if c == ':' && colon < 0 {
			colon = i
		}
	}
	if colon < 0 {
		return i, w[from:i], w[from:i]
	}
	return i, w[from:i], w[colon+1 : i]
}

// double fills the window with about twice of what is in it, so that a tag
// that arrives in small pieces is not split anew for each.
func (s *Scanner) double() bool {
	want := 2*(s.end-s.pos) + 1
	got := false
	for s.end-s.pos < want && s.fill() {
		got = true
	}
	return got && s.err == nil
}

// attrValue takes a value behind the equals sign, quoted or (broken) bare,
// and tells how many bytes it used and whether references are in it.
func attrValue(b []byte) (value []byte, used int, raw bool) {
	i := 0
	for i < len(b) && b[i] <= ' ' {
		i++
	}
	if i == len(b) {
		return nil, i, false
	}
	quote := b[i]
	if quote != '"' && quote != '\'' {
		n := i
		for n < len(b) && b[n] > ' ' && b[n] != '>' {
			n++
		}
		return b[i:n], n, bytes.IndexByte(b[i:n], '&') >= 0
	}
	from := i + 1
	for i = from; i < len(b) && b[i] != quote; i++ {
		raw = raw || b[i] == '&'
	}
	return b[from:i], min(i+1, len(b)), raw
}

// bind notes the namespace declarations of the element just started.
func (s *Scanner) bind() {
	for i := range s.attrs {
		a := &s.attrs[i]
		var prefix string
		switch {
		case string(a.name) == "xmlns":
		case bytes.HasPrefix(a.name, []byte("xmlns:")):
			prefix = string(a.local)
		default:
			continue
		}
		if len(s.bindings) < MaxBindings {
			s.bindings = append(s.bindings, binding{prefix, string(s.value(a)), s.depth})
		}
	}
}

// readEnd takes an end tag at the position.
func (s *Scanner) readEnd() Kind {
	at := bytes.IndexByte(s.window[s.pos:s.end], '>')
	for at < 0 {
		if !s.double() {
			s.pos = s.end
			return None
		}
		at = bytes.IndexByte(s.window[s.pos:s.end], '>')
	}
	tag := s.window[s.pos+2 : max(s.pos+2, s.pos+at)]
	s.pos += at + 1
	_, s.name, s.local = word(tag, 0)
	if s.depth == 0 {
		return None // an end without a start
	}
	return s.endElement()
}

func (s *Scanner) endElement() Kind {
	s.attrs = s.attrs[:0]
	s.depth--
	return End
}

// unbind forgets the namespace declarations of elements that have ended.
func (s *Scanner) unbind() {
	for n := len(s.bindings); n > 0 && s.bindings[n-1].depth > s.depth; n-- {
		s.bindings = s.bindings[:n-1]
	}
}
