package ppt

import (
	"bytes"
	"compress/zlib"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound/compoundtest"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
	"github.com/reeve-council/reeve/internal/ole/oletest"
)

var (
	packed = compoundtest.Pack
	wide   = compoundtest.Wide
)

// atom is a record that holds no others; box is one that does.
func atom(kind, instance uint16, parts ...any) []byte {
	body := packed(parts...)
	return packed(instance<<4, kind, uint32(len(body)), body)
}

func box(kind, instance uint16, parts ...any) []byte {
	body := packed(parts...)
	return packed(instance<<4|containerVersion, kind, uint32(len(body)), body)
}

// deck is a presentation stream being written, save by save.
type deck struct {
	stream   []byte
	saved    uint32            // place of the last save
	places   map[uint32]uint32 // of the objects since
	password string
}

// put writes an object under a number.
func (d *deck) put(number uint32, object []byte) {
	if d.places == nil {
		d.places = map[uint32]uint32{}
	}
	d.places[number] = uint32(len(d.stream))
	if d.password != "" && number != lockObject {
		keys, err := ole.OpenRC4(compoundtest.LockRC4(d.password), []string{d.password})
		if err != nil {
			panic(err)
		}
		object = bytes.Clone(object)
		keys.Stream(number).XORKeyStream(object, object)
	}
	d.stream = append(d.stream, object...)
}

const (
	documentObject = 1
	lockObject     = 9
)

// save writes the list of objects and the record of the save.
func (d *deck) save() {
	var list []byte
	for n := range uint32(20) {
		if at, ok := d.places[n]; ok {
			list = append(list, packed(n|1<<20, at)...)
		}
	}
	locked := uint32(0)
	if d.password != "" {
		locked = lockObject
	}
	directory := uint32(len(d.stream))
	d.stream = append(d.stream, atom(recDirectory, 0, list)...)
	before := d.saved
	d.saved = uint32(len(d.stream))
	d.stream = append(d.stream, atom(recSaved, 0, uint32(0), uint32(0), before, directory, uint32(documentObject), uint32(0), uint32(0), locked)...)
	d.places = nil
}

func (d *deck) file(more ...oletest.Stream) []byte {
	name := "P Clerk"
	user := packed(uint32(0xFF6), uint32(20), uint32(20), uint32(0xE391C05F), d.saved, uint16(len(name)), uint16(0x3F4), "\x03\x00\x00\x00", name)
	return oletest.File(append([]oletest.Stream{{Path: "PowerPoint Document", Data: d.stream}, {Path: "Current User", Data: user}}, more...)...)
}

// shape is a text in a shape; held marks a placeholder.
func shape(text []byte, held bool) []byte {
	var mark []byte
	if held {
		mark = box(0xF011, 0, atom(recPlaceholder, 0, make([]byte, 8)))
	}
	return box(recShape, 0, atom(0xF00A, 0, make([]byte, 8)), mark, box(0xF00D, 0, text))
}

func listedAs(object, id uint32) []byte {
	return atom(recSlidePersist, 0, object, uint32(0), uint32(0), id, uint32(0))
}

// title is the outline text that the first shape of a slide refers to.
func title(s string) []byte {
	return packed(atom(recTextHeader, 0, uint32(0)), atom(recWideText, 0, wide(s)))
}

// sample is a presentation of two slides, the second hidden, that was saved
// twice.
func sample(password string) *deck {
	d := &deck{password: password}
	if password != "" {
		d.put(lockObject, atom(recEncryption, 0, compoundtest.LockRC4(password)))
	}
	slide := func(notes uint32, parts ...any) []byte {
		return box(recSlide, 0, atom(recSlideAtom, 2, make([]byte, 16), notes, uint32(0)), packed(parts...))
	}
	d.put(2, slide(0x101, shape(atom(recNarrowText, 0, "Old case of Zo\xEB\rBoth"), false)))
	d.put(4, box(recNotes, 0, shape(atom(recWideText, 0, wide("Say – less")), false)))
	d.put(5, box(recMaster, 0, shape(atom(recNarrowText, 0, "Click to edit"), true), shape(atom(recNarrowText, 0, "Housing team"), false)))
	d.save()
	comment := box(recComment, 0, atom(recString, 0, wide("A Boss")), atom(recString, 1, wide("Who is this?")), atom(recString, 2, wide("AB")))
	d.put(2, slide(0x101, shape(atom(recOutlineRef, 0, uint32(0)), false), shape(atom(recNarrowText, 0, "Both"), false), box(0x1388, 0, atom(recTagData, 0, comment))))
	d.put(3, slide(0, atom(recSlideShow, 0, make([]byte, 10), uint16(4), make([]byte, 4)), shape(atom(recNarrowText, 0, "Not shown\vat all"), false)))
	d.put(documentObject, box(recDocument, 0,
		box(0x0409, 0, box(recLink, 0, atom(recString, 0, wide("us")), atom(recString, 1, wide("mailto:zoe@example.org")))),
		box(recSlideList, 1, listedAs(5, 0x80000000)),
		box(recMargins, 3, atom(recString, 2, wide("In confidence"))),
		box(recSlideList, 0, listedAs(2, 0x100), title("The case"), listedAs(3, 0x102), title("Unused")),
		box(recSlideList, 2, listedAs(4, 0x101))))
	var packedFile bytes.Buffer
	z := zlib.NewWriter(&packedFile)
	z.Write(oletest.File(oletest.Stream{Path: "Workbook", Data: []byte("cells")}))
	z.Close()
	d.put(6, atom(recObject, 1, uint32(0), packedFile.Bytes()))
	d.save()
	return d
}

const sampleText = `[slide 1 0]
The case

Both

[notes 1 2]
Say – less

[people 6]
Comment by: A Boss
[comments 1 2]
Comment by: A Boss
Who is this?
[slide 2 3]
Not shown
at all

Unused

[master 1]
Housing team

[links 6]
hyperlink: mailto:zoe@example.org
[header 1]
In confidence
`

const leftText = `[left over 4]
Old case of Zoë

`

const userText = `[people 6]
Last opened by: P Clerk
`

func read(t testing.TB, b []byte, passwords ...string) (reeve.Outcome, *compoundtest.Catcher) {
	t.Helper()
	c := &compoundtest.Catcher{}
	out := Read(compoundtest.Source(b), part.Options{Passwords: passwords}, c)
	if bad := compoundtest.Check(out, c); bad != "" {
		t.Fatal(bad)
	}
	return out, c
}

func TestSlides(t *testing.T) {
	png := "\x89PNG\r\n\x1A\nnot much of a picture"
	blip := atom(0xF01E, 0x6E0, make([]byte, 17), png)
	out, c := read(t, sample("").file(oletest.Stream{Path: "Pictures", Data: blip}))
	if got := c.String(); out.Status != reeve.StatusRead || got != sampleText+leftText+userText {
		t.Errorf("%s %s\n%s", out.Status, out.Reason, got)
	}
	if len(c.Embedded) != 4 || !strings.HasPrefix(c.Embedded[1], ole.Magic) || c.Embedded[3] != png {
		t.Errorf("embedded %.20q", c.Embedded)
	}
}

func TestLocked(t *testing.T) {
	file := sample("secret").file()
	if out, c := read(t, file, "other", "secret"); out.Status != reeve.StatusRead || c.String() != sampleText+userText {
		t.Errorf("%s %s\n%s", out.Status, out.Reason, c)
	}
	if out, c := read(t, file, "other"); out.Status != reeve.StatusEncrypted || len(c.Blocks) > 0 {
		t.Errorf("%s %s without the password", out.Status, out.Reason)
	}
}

func TestDamage(t *testing.T) {
	d := sample("")
	lost := sample("")
	lost.stream = lost.stream[:len(lost.stream)-100]
	for _, c := range []struct {
		name   string
		file   []byte
		status reeve.Status
		reason reeve.Reason
		has    string
	}{
		{"no record of who saved last", oletest.File(oletest.Stream{Path: "PowerPoint Document", Data: d.stream}), reeve.StatusRead, "", "The case"},
		{"the last save cut off", lost.file(), reeve.StatusPartlyRead, reeve.ReasonBroken, "Not shown"},
		{"PowerPoint 4", oletest.File(oletest.Stream{Path: "PP40", Data: []byte("\x01\x02Minutes of the panel\x00")}), reeve.StatusPartlyRead, reeve.ReasonSalvaged, "Minutes"},
		{"no presentation", oletest.File(oletest.Stream{Path: "Other", Data: []byte("x")}), reeve.StatusUnsupported, reeve.ReasonNoReader, ""},
		{"empty", nil, reeve.StatusDamaged, reeve.ReasonBroken, ""},
	} {
		out, got := read(t, c.file)
		if out.Status != c.status || out.Reason != c.reason || !strings.Contains(got.String(), c.has) {
			t.Errorf("%s: %s %s\n%s", c.name, out.Status, out.Reason, got)
		}
	}
}

// FuzzRead holds the reader to the contract on any bytes.
func FuzzRead(f *testing.F) {
	f.Add(sample("").file())
	f.Add(sample("VelvetSweatshop").file())
	f.Fuzz(func(t *testing.T, b []byte) {
		c := &compoundtest.Catcher{}
		out := Read(compoundtest.Source(b), part.Options{Limits: part.Limits{Text: 4 << 20, Steps: 1e7, Expanded: 4 << 20}}, c)
		if bad := compoundtest.Check(out, c); bad != "" {
			t.Fatal(bad)
		}
	})
}
