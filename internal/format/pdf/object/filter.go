package object

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/flate"
)

// ErrPicture is what a stream gives whose filter makes pixels.
var ErrPicture = errors.New("the stream is a picture")

// errFilter is what a stream gives whose filter is not known.
var errFilter = errors.New("unknown filter")

const (
	maxFilters = 8
	maxData    = 128 << 20 // bytes of a stream that Data gives
)

// decoder is the filter of a name of ISO 32000-2, table 6, or its abbreviation;
// nil for none.
func decoder(name Name) func(io.Reader, *File, Dict) io.Reader {
	switch name {
	case "FlateDecode", "Fl":
		return inflate
	case "LZWDecode", "LZW":
		return unLZW
	case "ASCIIHexDecode", "AHx":
		return unHex
	case "ASCII85Decode", "A85":
		return un85
	case "RunLengthDecode", "RL":
		return unRun
	}
	return nil
}

var pictureFilters = map[Name]bool{
	"DCTDecode": true, "DCT": true, "JPXDecode": true, "JBIG2Decode": true, "CCITTFaxDecode": true, "CCF": true,
}

// Raw is a stream's bytes as they stand in the file, deciphered.
func (f *File) Raw(s *Stream) io.Reader {
	if s.held {
		return bytes.NewReader(s.data)
	}
	n := f.extent(s)
	var r io.Reader
	if f.whole != nil {
		r = bytes.NewReader(f.window(s.at, int(n)))
	} else {
		r = io.NewSectionReader(f.src.Reader, s.at, n)
	}
	if f.lock != nil {
		r = f.lock.stream(f, s, r)
	}
	return r
}

// Open is a stream's bytes through its filters. Every expanded byte is charged
// to the meter, whose refusal is the reader's error.
func (f *File) Open(s *Stream) (io.Reader, error) {
	r := f.Raw(s)
	names := f.filterNames(s.Dict)
	parms := f.Resolve(first(s.Dict, "DecodeParms", "DP"))
	for i, name := range names {
		p := f.Dict(parms)
		if list, ok := parms.(Array); ok {
			p = nil
			if i < len(list) {
				p = f.Dict(list[i])
			}
		}
		if pictureFilters[name] {
			return nil, ErrPicture
		}
		if name == "Crypt" {
			continue
		}
		open := decoder(name)
		if open == nil {
			return nil, errFilter
		}
		r = &metered{open(r, f, p), f.meter}
	}
	return r, nil
}

// filterNames are the filters of a stream in order.
func (f *File) filterNames(d Dict) []Name {
	switch v := f.Resolve(first(d, "Filter", "F")).(type) {
	case Name:
		return []Name{v}
	case Array:
		var out []Name
		for _, e := range v[:min(len(v), maxFilters)] {
			out = append(out, f.Name(e))
		}
		return out
	}
	return nil
}

// IsPicture reports whether a stream's last filter makes pixels.
func (f *File) IsPicture(s *Stream) bool {
	names := f.filterNames(s.Dict)
	return len(names) > 0 && pictureFilters[names[len(names)-1]]
}

func first(d Dict, keys ...Name) any {
	for _, k := range keys {
		if v, ok := d[k]; ok {
			return v
		}
	}
	return nil
}

// Data is the whole of a stream; with an error, what came before it. At most
// 128 MiB.
func (f *File) Data(s *Stream) ([]byte, error) {
	r, err := f.Open(s)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = b.ReadFrom(io.LimitReader(r, maxData))
	return b.Bytes(), err
}

// metered charges what passes to the meter.
type metered struct {
	r io.Reader
	m Meter
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if over := m.m.Expand(int64(n)); over != nil {
		return n, over
	}
	return n, err
}

// inflate undoes zlib (RFC 1950). Its checksum is not looked at, and a missing
// header does no harm.
func inflate(r io.Reader, f *File, parms Dict) io.Reader {
	in := bufio.NewReader(r)
	for { // line ends between "stream" and the data
		b, err := in.Peek(1)
		if err != nil || b[0] != '\n' && b[0] != '\r' {
			break
		}
		in.Discard(1)
	}
	if h, err := in.Peek(2); err == nil && h[0]&0x0F == 8 && (int(h[0])<<8|int(h[1]))%31 == 0 {
		in.Discard(2)
	} else if err == nil && h[0]&0x0F == 8 && h[0]>>4 <= 7 {
		in.Discard(2)
	}
	return predict(flate.NewReader(in), f, parms)
}

// predict undoes the predictor of Flate and LZW (ISO 32000-2, 7.4.4.4).
func predict(r io.Reader, f *File, parms Dict) io.Reader {
	kind := f.Int(parms["Predictor"], 1)
	if kind < 2 {
		return r
	}
	colors := min(max(f.Int(parms["Colors"], 1), 1), 64)
	bits := min(max(f.Int(parms["BitsPerComponent"], 8), 1), 32)
	columns := min(max(f.Int(parms["Columns"], 1), 1), 1<<20)
	p := &predictor{r: bufio.NewReader(r), png: kind >= 10, bits: bits, pixel: max(1, colors*bits/8)}
	p.row = make([]byte, (colors*bits*columns+7)/8)
	p.above = make([]byte, len(p.row))
	return p
}

// predictor restores row after row.
type predictor struct {
	r          *bufio.Reader
	png        bool
	bits       int
	pixel      int // bytes between a byte and its left neighbour
	row, above []byte
	ready      []byte
	err        error
}

func (p *predictor) Read(out []byte) (int, error) {
	if len(p.ready) == 0 {
		if p.err != nil {
			return 0, p.err
		}
		p.next()
	}
	n := copy(out, p.ready)
	p.ready = p.ready[n:]
	return n, nil
}

func (p *predictor) next() {
	p.row, p.above = p.above, p.row
	var kind byte
	if p.png {
		if kind, p.err = p.r.ReadByte(); p.err != nil {
			return
		}
	}
	n, err := io.ReadFull(p.r, p.row)
	p.err = err
	row := p.row[:n]
	switch {
	case p.png:
		p.unPNG(kind, row)
	case p.bits == 8:
		for i := p.pixel; i < len(row); i++ {
			row[i] += row[i-p.pixel]
		}
	}
	p.ready = row
}

// unPNG undoes a filter of PNG (RFC 2083, 6).
func (p *predictor) unPNG(kind byte, row []byte) {
	for i := range row {
		var left, corner byte
		if i >= p.pixel {
			left, corner = row[i-p.pixel], p.above[i-p.pixel]
		}
		up := p.above[i]
		switch kind {
		case 1:
			row[i] += left
		case 2:
			row[i] += up
		case 3:
			row[i] += byte((int(left) + int(up)) / 2)
		case 4:
			row[i] += paeth(int(left), int(up), int(corner))
		}
	}
}

func paeth(a, b, c int) byte {
	pa, pb, pc := abs(b-c), abs(a-c), abs(a+b-2*c)
	switch {
	case pa <= pb && pa <= pc:
		return byte(a)
	case pb <= pc:
		return byte(b)
	}
	return byte(c)
}

func abs(n int) int { return max(n, -n) }
