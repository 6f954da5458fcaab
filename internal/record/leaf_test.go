package record

import (
	"strings"
	"testing"
)

// FuzzLeaf: what was written is read again, whatever the text; the commitment
// holds for the line and for no other.
func FuzzLeaf(f *testing.F) {
	f.Add("u1", "decide", "P1", "A line", int64(7))
	f.Add("\xff", "a\x00b", "<&>\u2028", "", int64(0))
	f.Fuzz(func(t *testing.T, actor, verb, object, line string, sequence int64) {
		salt := []byte("0123456789abcdef")
		l := Leaf{Time: 1, Actor: actor, Verb: verb, Object: object, Rows: 2}
		b, err := encode(sequence, l, commit(salt, line))
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsRune(string(b), '\n') {
			t.Errorf("a leaf of several lines: %q", b)
		}
		e, err := decode(b)
		if err != nil || e.Sequence != sequence || e.Actor != valid(actor) || e.Verb != valid(verb) || e.Object != valid(object) {
			t.Errorf("%q reads %+v, %v", b, e, err)
		}
		if !e.holds(salt, line) || e.holds(salt, line+"x") || e.holds(salt[1:], line) {
			t.Error("the commitment does not bind")
		}
	})
}

// FuzzParseHead: a head that can be read is the one that prints the same text.
func FuzzParseHead(f *testing.F) {
	f.Add(Head{}.Text("reeve case 1"))
	f.Add("a\n1\nAAAA\n")
	f.Fuzz(func(t *testing.T, text string) {
		origin, h, err := ParseHead(text)
		if err == nil && h.Text(origin) != text {
			t.Errorf("%q reads %q %+v, which prints %q", text, origin, h, h.Text(origin))
		}
	})
}
