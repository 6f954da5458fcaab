package doc

import (
	"bytes"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound/compoundtest"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole/oletest"
)

// read runs the reader over bytes.
func read(t testing.TB, b []byte, passwords ...string) (reeve.Outcome, *compoundtest.Catcher) {
	t.Helper()
	c := &compoundtest.Catcher{}
	out := Read(compoundtest.Source(b), part.Options{Passwords: passwords}, c)
	if bad := compoundtest.Check(out, c); bad != "" {
		t.Fatal(bad)
	}
	return out, c
}

const letterText = `[ 0]
Dear Zoë Sample

Your son is placed.
See the clerk.
or call
[ 0]
1: Name|Born
2: Zoë
Sample|
3: x	y	
after|two
[ 0]
Yours
[ 4]
(name cut)
[ 3]
draft only
[fields 6]
HYPERLINK "mailto:p.clerk@example.org"
[footnotes 0]
 A footnote
[header 1]
In confidence
[comments 2]
Comment by: A Boss
Is this right?

Comment by: P Clerk
Yes

[people 6]
Comment by: A Boss
Comment by: P Clerk
[text boxes 0]
Boxed
[header text boxes 1]
Ďakujem, 𝒵oë
[people 6]
Tracked change by: P Clerk
Saved by: P Clerk, as C:\Letters\zoe.doc
[links 6]
mail merge: H:\merge\leavers.mdb
`

func TestLetter(t *testing.T) {
	out, c := read(t, letter().file())
	if got := c.String(); out.Status != reeve.StatusRead || got != letterText {
		t.Errorf("%s %s\n%s", out.Status, out.Reason, got)
	}
}

// TestFastSaved: what was deleted before a fast save still stands in the file.
func TestFastSaved(t *testing.T) {
	s := &story{}
	s.add("Dear tenant,\r", nil).end(0)
	s.lost, s.wide, s.flags = "Zo\xEB Sample owes us rent\r", "Yours\r", flagComplex
	s.stories[0] += len(s.wide)
	want := "[ 0]\nDear tenant,\nYours\n[left over 4]\nZoë Sample owes us rent\n"
	if out, c := read(t, s.file()); out.Status != reeve.StatusRead || c.String() != want {
		t.Errorf("%s %s\n%s", out.Status, out.Reason, c)
	}
}

func TestLocked(t *testing.T) {
	s := letter()
	s.password = "secret"
	file := s.file()
	if out, c := read(t, file, "other", "secret"); out.Status != reeve.StatusRead || c.String() != letterText {
		t.Errorf("%s %s\n%s", out.Status, out.Reason, c)
	}
	if out, c := read(t, file, "other"); out.Status != reeve.StatusEncrypted || len(c.Blocks) > 0 {
		t.Errorf("%s %s without the password", out.Status, out.Reason)
	}
}

// old is a document of Word 6: text from one place to another, in the code page
// of its language.
func old(language uint16, text string) []byte {
	b := make([]byte, 0x300)
	copy(b, packed(uint16(markWord6), uint16(101), uint16(0), language, uint16(language)))
	copy(b[6:], packed(language, make([]byte, 16), uint32(0x300), uint32(0x300+len(text))))
	copy(b[storiesWord6:], packed(uint32(len(text))))
	return oletest.File(oletest.Stream{Path: "WordDocument", Data: append(b, text...)})
}

func TestWord6(t *testing.T) {
	for want, file := range map[string][]byte{
		"[ 0]\nDear Zoë\n[ 0]\n1: Name|Born\n2: A|B\n[ 0]\nend\n": old(0x0809, "Dear Zo\xEB\rName\x07Born\x07\x07A\x07B\x07\x07end\r"),
		"[ 0]\nИванов\n":              old(0x0419, "\xC8\xE2\xE0\xED\xEE\xE2\r"),
		"[ 0]\nПисьмо жильцам дома\n": old(0x0409, "\xCF\xE8\xF1\xFC\xEC\xEE \xE6\xE8\xEB\xFC\xF6\xE0\xEC \xE4\xEE\xEC\xE0\r"),
	} {
		if out, c := read(t, file); out.Status != reeve.StatusRead || c.String() != want {
			t.Errorf("%s %s\n%s", out.Status, out.Reason, c)
		}
	}
}

// TestPicturesAndObjects: pictures stand in the data stream where the text's
// properties say, objects in storages.
func TestPicturesAndObjects(t *testing.T) {
	s := &story{}
	s.add("\x01", packed(uint16(0x6A03), uint32(4))).add("\r", nil).end(0)
	png := "\x89PNG\r\n\x1A\nnot much of a picture"
	blip := packed(uint16(0x6E00), uint16(0xF01E), uint32(17+len(png)), make([]byte, 17), png)
	s.data = packed("skip", uint32(68+len(blip)), uint16(68), make([]byte, 62), blip)
	label := packed(uint16(2), "list.csv\x00C:\\list.csv\x00", uint16(0), uint16(3), uint32(4), "tmp\x00", uint32(3), "a,b")
	file := s.file(oletest.Stream{Path: "ObjectPool/\x01Ole10Native", Data: packed(uint32(len(label)), label)})
	out, c := read(t, file)
	if out.Status != reeve.StatusRead || len(c.Embedded) < 2 || c.Embedded[1] != png {
		t.Errorf("%s %s: %q", out.Status, out.Reason, c.Embedded)
	}
}

func TestDamage(t *testing.T) {
	whole := letter().file()
	noPieces := letter()
	noPieces.parts[pairPieces] = []byte{}
	locked := letter()
	locked.flags = flagEncrypted
	for _, c := range []struct {
		name   string
		file   []byte
		status reeve.Status
		reason reeve.Reason
		has    string
	}{
		{"pieces lost", noPieces.file(), reeve.StatusPartlyRead, reeve.ReasonSalvaged, "HYPERLINK"},
		{"encrypted, description lost", locked.file(), reeve.StatusDamaged, reeve.ReasonBroken, ""},
		{"no document", oletest.File(oletest.Stream{Path: "Other", Data: []byte("x")}), reeve.StatusDamaged, reeve.ReasonBroken, ""},
		{"cut short", whole[:2048], reeve.StatusPartlyRead, "", "Dear"},
		{"a text from before", oletest.File(oletest.Stream{Path: "WordDocument", Data: packed(uint16(0xA5DB), make([]byte, 200))}), reeve.StatusUnsupported, reeve.ReasonNoReader, ""},
		{"empty", nil, reeve.StatusDamaged, reeve.ReasonBroken, ""},
	} {
		out, got := read(t, c.file)
		if out.Status != c.status || c.reason != "" && out.Reason != c.reason || !strings.Contains(got.String(), c.has) {
			t.Errorf("%s: %s %s\n%s", c.name, out.Status, out.Reason, got)
		}
	}
}

// TestSpans: traits hold in their range and nowhere else.
func TestSpans(t *testing.T) {
	s := spans{{from: 10, to: 20, traits: traits{set: isHidden}}, {from: 30, to: 31, traits: traits{set: isDeleted}}}
	for _, c := range []struct {
		at, until int64
		set       uint16
	}{{0, 10, 0}, {10, 20, isHidden}, {19, 20, isHidden}, {20, 30, 0}, {30, 31, isDeleted}, {31, 1 << 62, 0}} {
		if got, until := s.at(c.at); got.set != c.set || until != c.until {
			t.Errorf("at %d: %d until %d", c.at, got.set, until)
		}
	}
}

// FuzzRead holds the reader to the contract on any bytes.
func FuzzRead(f *testing.F) {
	f.Add(letter().file())
	f.Add(old(0x0809, "Dear Zo\xEB\rName\x07Born\x07\x07"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := &compoundtest.Catcher{}
		out := Read(compoundtest.Source(b), part.Options{Limits: part.Limits{Text: 4 << 20, Cells: 1e6, Steps: 1e7, Expanded: 4 << 20}}, c)
		if bad := compoundtest.Check(out, c); bad != "" {
			t.Fatal(bad)
		}
	})
}

// BenchmarkRead reads a letter of 4 MB.
func BenchmarkRead(b *testing.B) {
	s := &story{}
	s.narrow = strings.Repeat("A line of a letter to a tenant that says not much, but says it at length.\r", 56000)
	s.end(0)
	file := s.file()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if _, c := read(b, file); !bytes.HasPrefix([]byte(c.Blocks[0].Text), []byte("A line")) {
			b.Fatal("text lost")
		}
	}
}
