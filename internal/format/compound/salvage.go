package compound

import (
	"errors"
	"io"
	"unicode"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

const (
	salvageWindow = 1 << 20
	shortestRun   = 8 // characters; shorter runs are mostly accidents
)

// Salvaged is the fault of a document whose structure is lost and whose text
// was carved out as far as it goes.
var Salvaged = &part.Fault{Status: reeve.StatusDamaged, Reason: reeve.ReasonSalvaged, Detail: "structure lost; text carved out as far as it goes"}

// Salvage writes the runs of characters in bytes whose structure is lost, each
// as a line: UTF-16 or one byte a character, with more letters than anything
// else.
func Salvage(src io.ReaderAt, size int64, out *part.Writer) {
	buf := make([]byte, min(size, salvageWindow))
	for at := int64(0); at < size && out.Step(1) == nil; at += int64(len(buf)) {
		n, err := src.ReadAt(buf[:min(int64(len(buf)), size-at)], at)
		carve(buf[:n], out)
		if err != nil && !errors.Is(err, io.EOF) {
			return
		}
	}
}

func carve(b []byte, out *part.Writer) {
	for i := 0; i < len(b); {
		text, n := wideRun(b[i:]), 2
		if len(text) == 0 {
			text, n = narrowRun(b[i:]), 1
		}
		if len(text) < shortestRun*n {
			i += max(1, len(text))
			continue
		}
		i += len(text)
		var line string
		if n == 2 {
			line = Wide(text)
		} else {
			line = Narrow{}.String(text)
		}
		if mostlyLetters(line) {
			out.Line(line)
		}
	}
}

// wideRun is the run of UTF-16 at the start of b: two characters of Latin at
// least.
func wideRun(b []byte) []byte {
	n := 0
	for n+1 < len(b) && b[n+1] == 0 && isText(b[n]) {
		n += 2
	}
	if n < 4 {
		return nil
	}
	return b[:n]
}

func narrowRun(b []byte) []byte {
	n := 0
	for n < len(b) && isText(b[n]) {
		n++
	}
	return b[:n]
}

func isText(c byte) bool {
	return c >= 0x20 && c < 0x7F || c == '\t' || c >= 0xA0 || c >= 0x91 && c <= 0x97
}

// mostlyLetters tells writing from accidents: of the characters that are not
// white space most are ASCII letters or digits.
func mostlyLetters(s string) bool {
	good, all := 0, 0
	for _, r := range s {
		if unicode.IsSpace(r) {
			continue
		}
		all++
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			good++
		}
	}
	return good >= 4 && good*4 >= all*3
}
