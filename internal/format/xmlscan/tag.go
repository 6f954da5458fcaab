package xmlscan

import "bytes"

// readStart takes a start tag at the position.
func (s *Scanner) readStart() Kind {
	size := s.tagSize()
	if size == 0 {
		return None
	}
	tag := s.window[s.pos+1 : s.pos+size-1]
	s.pos += size
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag = tag[:n-1]
		s.closing = true
	}
	n := nameLen(tag)
	s.setName(tag[:n])
	declares := s.readAttrs(tag[n:])
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

func (s *Scanner) setName(name []byte) {
	s.name, s.local = name, localOf(name)
}

func localOf(name []byte) []byte {
	for i, c := range name {
		if c == ':' {
			return name[i+1:]
		}
	}
	return name
}

// tagSize is the length of the tag at the position including its brackets; a
// '>' inside quotes does not end it. 0 means that the input ends first; what
// is left is then passed over.
func (s *Scanner) tagSize() int {
	at := 1
	var quote byte
	for {
		for w := s.window[s.pos:s.end]; at < len(w); at++ {
			c := w[at]
			switch {
			case quote != 0:
				i := bytes.IndexByte(w[at:], quote)
				if i < 0 {
					at = len(w) - 1
					continue
				}
				at += i
				quote = 0
			case c == '>':
				return at + 1
			case c == '"' || c == '\'':
				quote = c
			}
		}
		if !s.fill() {
			s.pos = s.end
			return 0
		}
	}
}

func nameLen(b []byte) int {
	for i, c := range b {
		if c <= ' ' || c == '=' || c == '/' {
			return i
		}
	}
	return len(b)
}

// readAttrs splits the inside of a start tag behind its name and reports
// whether it declares namespaces. Dirt between attributes is passed over.
func (s *Scanner) readAttrs(b []byte) (declares bool) {
	s.attrs = s.attrs[:0]
	for i := 0; i < len(b); {
		if b[i] <= ' ' || b[i] == '/' || b[i] == '=' || b[i] == '"' || b[i] == '\'' {
			i++
			continue
		}
		n := nameLen(b[i:])
		name := b[i : i+n]
		i += n
		for i < len(b) && b[i] <= ' ' {
			i++
		}
		if i >= len(b) || b[i] != '=' {
			continue
		}
		value, used, raw := attrValue(b[i+1:])
		i += 1 + used
		a := attr{name: name, local: localOf(name), value: value, raw: raw}
		declares = declares || bytes.HasPrefix(name, []byte("xmlns"))
		s.attrs = append(s.attrs, a)
	}
	return declares
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
		n := 0
		for i+n < len(b) && b[i+n] > ' ' {
			n++
		}
		return b[i : i+n], i + n, bytes.IndexByte(b[i:i+n], '&') >= 0
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
	size := s.tagSize()
	if size == 0 {
		return None
	}
	tag := s.window[s.pos+2 : max(s.pos+2, s.pos+size-1)]
	s.pos += size
	s.setName(tag[:nameLen(tag)])
	if s.depth == 0 {
		return None // an end without a start
	}
	return s.endElement()
}

func (s *Scanner) endElement() Kind {
	s.attrs = s.attrs[:0]
	for n := len(s.bindings); n > 0 && s.bindings[n-1].depth >= s.depth; n-- {
		s.bindings = s.bindings[:n-1]
	}
	s.depth--
	return End
}
