package mail

import (
	"io"
	"strings"
)

// decodeBase64 decodes what there is of base64, past anything that is none.
func decodeBase64(s string) []byte {
	b, _ := io.ReadAll(decoder("base64", &onceLines{text: s}))
	return b
}

// decodeQuoted decodes =XX; an equals sign before anything else stands.
func decodeQuoted(s string) []byte {
	return appendQuoted(make([]byte, 0, len(s)), []byte(s), '=')
}

func decodePercent(s string) []byte {
	return appendQuoted(make([]byte, 0, len(s)), []byte(s), '%')
}

func appendQuoted(dst, s []byte, mark byte) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] == mark && i+2 < len(s) {
			hi, ok1 := unhex(s[i+1])
			lo, ok2 := unhex(s[i+2])
			if ok1 && ok2 {
				dst = append(dst, hi<<4|lo)
				i += 2
				continue
			}
		}
		dst = append(dst, s[i])
	}
	return dst
}

func unhex(c byte) (byte, bool) {
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

// liner hands out lines with their ends; false at the end of the part.
type liner interface{ line() ([]byte, bool) }

type onceLines struct {
	text string
	done bool
}

func (o *onceLines) line() ([]byte, bool) {
	if o.done {
		return nil, false
	}
	o.done = true
	return []byte(o.text), true
}

// decoder is the reader that undoes a Content-Transfer-Encoding.
func decoder(encoding string, src liner) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64", "base 64", "b":
		return &lineReader{src: src, decode: new(base64Lines).decode}
	case "quoted-printable", "quoted/printable", "q":
		return &lineReader{src: src, decode: quotedLine}
	case "x-uuencode", "uuencode", "x-uue":
		return &lineReader{src: src, decode: uuLine}
	}
	return &lineReader{src: src, decode: func(dst, line []byte) []byte { return append(dst, line...) }}
}

// lineReader decodes line by line.
type lineReader struct {
	src    liner
	decode func(dst, line []byte) []byte
	buf    []byte
	out    []byte
}

func (r *lineReader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		line, ok := r.src.line()
		if !ok {
			return 0, io.EOF
		}
		r.buf = r.decode(r.buf[:0], line)
		r.out = r.buf
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// quotedLine decodes a line of quoted-printable (RFC 2045 6.7): white space
// before the line end was added on the way, and a final = joins lines.
func quotedLine(dst, line []byte) []byte {
	body := trimEnd(line)
	end := line[len(body):]
	for n := len(body); n > 0 && (body[n-1] == ' ' || body[n-1] == '\t'); n = len(body) {
		body = body[:n-1]
	}
	if n := len(body); n > 0 && body[n-1] == '=' {
		return appendQuoted(dst, body[:n-1], '=')
	}
	return append(appendQuoted(dst, body, '='), end...)
}

// uuLine decodes a line of uuencode (POSIX.1-2008 uuencode).
func uuLine(dst, line []byte) []byte {
	line = trimEnd(line)
	if len(line) < 2 || line[0] <= ' ' || line[0] > '`' || strings.HasPrefix(string(line), "begin ") || string(line) == "end" {
		return dst
	}
	n := int(line[0]-' ') & 63
	for s := line[1:]; n > 0 && len(s) > 0; {
		var v [4]byte
		for i := range v {
			if i < len(s) {
				v[i] = (s[i] - ' ') & 63
			}
		}
		out := []byte{v[0]<<2 | v[1]>>4, v[1]<<4 | v[2]>>2, v[2]<<6 | v[3]}
		dst = append(dst, out[:min(n, 3)]...)
		n, s = n-3, s[min(4, len(s)):]
	}
	return dst
}

// base64Lines decodes base64, skipping every byte that is none and starting
// anew after padding.
type base64Lines struct {
	bits uint32
	have int
}

func (r *base64Lines) decode(dst, line []byte) []byte {
	for _, c := range line {
		if c == '=' {
			r.have, r.bits = 0, 0
			continue
		}
		v := base64Value[c]
		if v == 0xFF {
			continue
		}
		r.bits = r.bits<<6 | uint32(v)
		if r.have += 6; r.have >= 8 {
			r.have -= 8
			dst = append(dst, byte(r.bits>>r.have))
		}
	}
	return dst
}

// base64Value is the value of a byte in base64, 0xFF for none.
var base64Value = func() (t [256]byte) {
	for i := range t {
		t[i] = 0xFF
	}
	for i, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		t[c] = byte(i)
	}
	return t
}()
