package charset

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// Decode turns bytes into UTF-8 and says how they were read.
func Decode(b []byte, declared string) (string, Guess) {
	g := Detect(b, declared)
	if g.How == "utf-8" && len(b) > sampleSize {
		g = detectLater(b, declared, g)
	}
	return g.Decode(b), g
}

// detectLater looks for the first high bytes beyond an ASCII sample.
func detectLater(b []byte, declared string, g Guess) Guess {
	for i := sampleSize; i < len(b) && g.Confidence == 90; i += sampleSize {
		g = Detect(b[i:], declared)
	}
	return g
}

// Decode turns bytes that were guessed at into UTF-8.
func (g Guess) Decode(b []byte) string {
	b = b[min(g.bom, len(b)):]
	if g.enc == nil {
		if utf8.Valid(b) {
			return string(b)
		}
		return string(repair(nil, b, true))
	}
	out, err := g.enc.NewDecoder().Bytes(b)
	if err != nil {
		return string(repair(nil, b, true))
	}
	return string(out)
}

func wide32(name string) encoding.Encoding {
	if name == "utf-32le" {
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	}
	return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
}

// repair appends b to dst as UTF-8: bytes that are not UTF-8 are read as
// Windows-1252. Unless last, an unfinished sequence at the end is left out.
func repair(dst, b []byte, last bool) []byte {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			if !last && !utf8.FullRune(b) {
				return dst
			}
			dst = utf8.AppendRune(dst, charmap.Windows1252.DecodeByte(b[0]))
		} else {
			dst = append(dst, b[:n]...)
		}
		b = b[n:]
	}
	return dst
}

// Reader turns a stream of bytes into UTF-8 without holding it. While all it
// has seen is ASCII it decides nothing, so that a file whose first accent comes
// in its thousandth row is still decided by that row.
type Reader struct {
	src      io.Reader
	declared string
	guess    Guess
	decided  bool
	started  bool
	decoder  io.Reader // once a charset other than UTF-8 is decided
	buf      []byte    // raw bytes not yet decoded
	out      []byte    // UTF-8 not yet handed out
	keep     []byte    // the memory of out
	err      error
}

// NewReader reads src as UTF-8; declared is as for Detect.
func NewReader(src io.Reader, declared string) *Reader {
	return &Reader{src: src, declared: declared}
}

// Guess says how the stream is read; final only after its end.
func (r *Reader) Guess() Guess { return r.guess }

func (r *Reader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.decoder != nil {
			return r.decoder.Read(p)
		}
		if r.err != nil && len(r.buf) == 0 {
			return 0, r.err
		}
		r.fill()
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// fill reads a chunk and decodes what is certain of it.
func (r *Reader) fill() {
	if r.err == nil {
		old := len(r.buf)
		if cap(r.buf) < old+sampleSize {
			r.buf = append(make([]byte, 0, old+sampleSize), r.buf...)
		}
		n, err := io.ReadFull(r.src, r.buf[old:old+sampleSize])
		r.buf, r.err = r.buf[:old+n], err
		if err == io.ErrUnexpectedEOF {
			r.err = io.EOF
		}
	}
	if !r.decided {
		r.decide()
	}
	if r.guess.enc != nil {
		r.decoder = transform.NewReader(r.rest(), r.guess.enc.NewDecoder())
		return
	}
	r.takeUTF8()
}

// decide guesses from the chunk; a chunk of plain ASCII leaves it open.
func (r *Reader) decide() {
	g := Detect(r.buf, r.declared)
	if r.started && (g.How == "bom" || g.How == "nul-pattern" || g.How == "ebcdic") {
		g = Guess{Name: UTF8, Confidence: 70, How: "utf-8", repair: true}
	}
	r.guess = g
	r.decided = g.How != "utf-8" || g.Confidence != 90
	if !r.started {
		r.buf = r.buf[min(g.bom, len(r.buf)):]
	}
	r.started = true
}

// rest is the raw bytes at hand and what follows them.
func (r *Reader) rest() io.Reader {
	if r.err != nil {
		return io.MultiReader(bytes.NewReader(r.buf), failing{r.err})
	}
	return io.MultiReader(bytes.NewReader(r.buf), r.src)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// takeUTF8 moves the raw bytes, up to a sequence that may be unfinished, to the
// output.
func (r *Reader) takeUTF8() {
	last := r.err != nil
	cut := len(r.buf)
	if !last {
		cut -= unfinished(r.buf)
	}
	if utf8.Valid(r.buf[:cut]) {
		r.keep = append(r.keep[:0], r.buf[:cut]...)
	} else {
		r.keep = repair(r.keep[:0], r.buf[:cut], true)
	}
	r.out = r.keep
	r.buf = append(r.buf[:0], r.buf[cut:]...)
}

// unfinished is the length of a sequence at the end of b that more bytes could
// finish.
func unfinished(b []byte) int {
	for n := 1; n <= min(3, len(b)); n++ {
		c := b[len(b)-n]
		if utf8.RuneStart(c) {
			if c >= 0xC0 && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}
