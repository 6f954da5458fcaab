package dbf

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"github.com/reeve-council/reeve/internal/charset"
)

// sampleSize is how much text decides on the charset.
const sampleSize = 64 << 10

// letters decodes the text of a table. While all of it is ASCII nothing needs
// deciding; the first records with another byte decide: UTF-8 where it is that,
// for then something newer wrote it than the header knows of; else the code
// page that the header tells; else what reads best.
type letters struct {
	page    int
	decided bool
	enc     encoding.Encoding // of the page
	guess   charset.Guess     // where there is none
}

// sample decides by the texts of some records, once any of them is not ASCII.
func (l *letters) sample(t *table, records []byte) {
	if l.decided {
		return
	}
	var text []byte
	high := false
	for ; len(records) >= t.size && len(text) < sampleSize; records = records[t.size:] {
		for i := range t.fields {
			if f := &t.fields[i]; (f.kind == 'C' || f.kind == 'V') && !f.binary {
				b := trim(f.bytes(records[:t.size], nil))
				high = high || !ascii(b)
				text = append(append(text, b...), '\n')
			}
		}
	}
	if high {
		l.decide(bytes.ReplaceAll(text, []byte{0}, []byte{' '}))
	}
}

func (l *letters) decide(text []byte) {
	l.decided = true
	l.guess = charset.Detect(text, "")
	if l.guess.Name != charset.UTF8 && l.page != 0 {
		l.enc, _ = charset.CodePage(l.page)
	}
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (l *letters) decode(b []byte) string {
	if ascii(b) {
		return string(b)
	}
	if !l.decided {
		l.decide(b)
	}
	if l.enc != nil {
		if s, err := l.enc.NewDecoder().Bytes(b); err == nil {
			return string(s)
		}
	}
	return l.guess.Decode(b)
}
