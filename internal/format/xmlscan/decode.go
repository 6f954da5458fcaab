package xmlscan

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// decode looks at the first bytes and, where they are not UTF-8, puts a
// decoder between the scanner and its input (XML 1.0, appendix F).
func (s *Scanner) decode() {
	head := s.window[s.pos:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		s.pos += 3
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		s.pos += 2
		s.wrap(&wideReader{in: s.rest()})
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		s.pos += 2
		s.wrap(&wideReader{in: s.rest(), bigEndian: true})
	case bytes.HasPrefix(head, []byte("<\x00")):
		s.wrap(&wideReader{in: s.rest()})
	case bytes.HasPrefix(head, []byte("\x00<")):
		s.wrap(&wideReader{in: s.rest(), bigEndian: true})
	default:
		s.decodeDeclared(head)
	}
}

// decodeDeclared obeys the encoding that the XML declaration names.
func (s *Scanner) decodeDeclared(head []byte) {
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return
	}
	end := bytes.Index(head, []byte("?>"))
	if end < 0 {
		return
	}
	_, after, found := bytes.Cut(head[:end], []byte("encoding"))
	if !found {
		return
	}
	i := bytes.IndexAny(after, `"'`)
	if i < 0 {
		return
	}
	name, _, _ := bytes.Cut(after[i+1:], after[i:i+1])
	enc, err := htmlindex.Get(string(name))
	if err != nil {
		return
	}
	// A document that came this far as bytes is not UTF-16, whatever it says.
	if canonical, _ := htmlindex.Name(enc); canonical == "utf-8" || canonical == "utf-16le" || canonical == "utf-16be" {
		return
	}
	s.wrap(enc.NewDecoder().Reader(s.rest()))
}

// rest is the undecoded input: what the window holds, then the reader.
func (s *Scanner) rest() io.Reader {
	held := bytes.Clone(s.window[s.pos:s.end])
	if s.eof {
		return bytes.NewReader(held)
	}
	return io.MultiReader(bytes.NewReader(held), s.in)
}

func (s *Scanner) wrap(r io.Reader) {
	s.in, s.pos, s.end, s.eof = r, 0, 0, false
	s.fill()
}

// wideReader turns UTF-16 into UTF-8.
type wideReader struct {
	in        io.Reader
	bigEndian bool
	raw       [8192]byte
	have      int
	out       []byte
	outBuf    []byte
	err       error
}

func (w *wideReader) Read(p []byte) (int, error) {
	for len(w.out) == 0 {
		if w.err != nil {
			return 0, w.err
		}
		n, err := w.in.Read(w.raw[w.have:])
		w.have += n
		w.err = err
		w.convert()
	}
	n := copy(p, w.out)
	w.out = w.out[n:]
	return n, nil
}

func (w *wideReader) unit(i int) rune {
	if w.bigEndian {
		return rune(w.raw[i])<<8 | rune(w.raw[i+1])
	}
	return rune(w.raw[i+1])<<8 | rune(w.raw[i])
}

// convert decodes the raw bytes; half a unit or half a pair waits for more.
func (w *wideReader) convert() {
	out := w.outBuf[:0]
	i := 0
	for ; i+1 < w.have; i += 2 {
		r := w.unit(i)
		if utf16.IsSurrogate(r) {
			if i+3 >= w.have && w.err == nil {
				break
			}
			low := rune(0)
			if i+3 < w.have {
				low = w.unit(i + 2)
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	w.have = copy(w.raw[:], w.raw[i:w.have])
	w.out, w.outBuf = out, out
}

// unescape appends b to dst with its references decoded. A reference that is
// neither one of the five of XML nor to a character stays as it is written.
func unescape(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(dst, b[:i]...)
		b = b[i:]
		n := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
		if n < 0 {
			dst, b = append(dst, '&'), b[1:]
			continue
		}
		if r, ok := reference(b[1:n]); ok {
			dst = utf8.AppendRune(dst, r)
		} else {
			dst = append(dst, b[:n+1]...)
		}
		b = b[n+1:]
	}
}

func reference(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' || digits[0] == 'X' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}
