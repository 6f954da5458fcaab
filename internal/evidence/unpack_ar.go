package evidence

import (
	"io"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// ar walks a UNIX library, the outer shell of Debian packages: a header of 60
// characters before each member, which starts at an even place. Long names lie
// in a member "//" (GNU) or before the content (BSD).
func (u *unpacker) ar() *reeve.Outcome {
	const magicLen, headerLen = 8, 60
	var longNames string
	for at := int64(magicLen); at < u.src.Size; {
		var b [headerLen]byte
		if n, _ := u.src.Reader.ReadAt(b[:], at); n < headerLen {
			return u.ended(io.ErrUnexpectedEOF)
		}
		size, ok := decimal(b[48:58])
		if !ok || string(b[58:]) != "`\n" {
			return u.ended(errHeader)
		}
		at += headerLen
		name, skip := strings.TrimRight(string(b[:16]), " "), int64(0)
		switch {
		case name == "/" || name == "/SYM64/" || strings.HasPrefix(name, "__.SYMDEF"):
			at += size + size&1 // an index of symbols
			continue
		case name == "//":
			longNames = u.text(at, min(size, 1<<20))
			at += size + size&1
			continue
		case strings.HasPrefix(name, "#1/"):
			skip, _ = strconv.ParseInt(name[3:], 10, 32)
			skip = max(0, min(skip, size, 1<<16))
			name = strings.TrimRight(u.text(at, skip), "\x00")
		case len(name) > 1 && name[0] == '/':
			name = longName(longNames, name[1:])
		default:
			name = strings.TrimSuffix(name, "/")
		}
		modified, _ := decimal(b[16:28])
		m := u.slice(name, at+skip, size-skip)
		m.modified = modified
		if !u.offer(m) {
			break
		}
		at += size + size&1
	}
	return read()
}

// slice is a member whose bytes lie in the container as they are.
func (u *unpacker) slice(name string, at, size int64) member {
	return member{name: name, size: size, open: func() (io.ReadCloser, error) {
		return io.NopCloser(&exact{io.NewSectionReader(u.src.Reader, at, size), size}), nil
	}}
}

// exact gives so many bytes or io.ErrUnexpectedEOF.
type exact struct {
	r    io.Reader
	left int64
}

func (e *exact) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	e.left -= int64(n)
	if err == io.EOF && e.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func (u *unpacker) text(at, n int64) string {
	b := make([]byte, n)
	got, _ := u.src.Reader.ReadAt(b, at)
	return string(b[:got])
}

// longName looks a name up by its offset; it ends with "/\n".
func longName(names, offset string) string {
	at, err := strconv.Atoi(offset)
	if err != nil || at < 0 || at >= len(names) {
		return offset
	}
	name, _, _ := strings.Cut(names[at:], "\n")
	return strings.TrimSuffix(name, "/")
}

// decimal reads a number padded with blanks; false for anything else.
func decimal(b []byte) (int64, bool) {
	s := strings.Trim(string(b), " \x00")
	if s == "" {
		return 0, true
	}
	n, err := strconv.ParseInt(s, 10, 48)
	return n, err == nil && n >= 0
}

// errHeader is a header that cannot be one.
var errHeader = &fault{reeve.Outcome{Status: reeve.StatusDamaged, Reason: reeve.ReasonBroken, Detail: "a member's header is broken"}}
