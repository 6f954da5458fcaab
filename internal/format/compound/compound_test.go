package compound

import (
	"bytes"
	"compress/zlib"
	"io"
	"slices"
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

func opened(t testing.TB, b []byte) *ole.File {
	t.Helper()
	f, err := Open(compoundtest.Source(b))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestXOR holds the verifier to published values: those of the sheet
// protection, which is the same sum, for "test" and "secret", and that of the
// default password.
func TestXOR(t *testing.T) {
	for password, want := range map[string]uint16{"test": 0xCBEB, "secret": 0xDAA7, ole.DefaultPassword: 0x9A0A} {
		if got := xorVerifier([]byte(password)); got != want {
			t.Errorf("verifier of %q is %04X, want %04X", password, got, want)
		}
	}
	if x := OpenXOR(0x59B3, 0x9A0A, nil); x == nil {
		t.Error("the default password is not tried")
	}
	if x := OpenXOR(1, 2, []string{"", "longer than fifteen"}); x != nil {
		t.Error("opened without a password that fits")
	}
}

// TestRC4 reads an encrypted stream in pieces of odd sizes.
func TestRC4(t *testing.T) {
	header := compoundtest.LockRC4("secret")
	keys, err := ole.OpenRC4(header, []string{"secret"})
	if err != nil {
		t.Fatal(err)
	}
	plain := bytes.Repeat([]byte("a line of a letter, "), 100)
	sealed := bytes.Clone(plain)
	for at := 0; at < len(sealed); at += 512 {
		keys.Stream(uint32(at/512)).XORKeyStream(sealed[at:min(at+512, len(sealed))], sealed[at:min(at+512, len(sealed))])
	}
	copy(sealed, plain[:68])
	r := &RC4{Source: bytes.NewReader(sealed), Keys: keys, Block: 512, Plain: 68}
	for _, c := range [][2]int{{0, len(plain)}, {10, 50}, {60, 20}, {500, 24}, {511, 1}, {1030, 700}} {
		got := make([]byte, c[1])
		if n, err := r.ReadAt(got, int64(c[0])); n != c[1] || err != nil || !bytes.Equal(got, plain[c[0]:c[0]+c[1]]) {
			t.Errorf("%d bytes at %d: %d %v", c[1], c[0], n, err)
		}
	}
}

// TestWrap: a storage becomes a file with the same streams, small ones, large
// ones, and more than the header can list the sectors of.
func TestWrap(t *testing.T) {
	large := bytes.Repeat([]byte("0123456789abcdef"), 9<<16) // 9 MiB
	f := opened(t, oletest.File(oletest.Stream{Path: "box/WordDocument", Data: large}, oletest.Stream{Path: "box/small", Data: []byte("x")}, oletest.Stream{Path: "box/none"}))
	b, err := Wrap(f.Find("box"), 64<<20)
	if err != nil {
		t.Fatal(err)
	}
	again := opened(t, b)
	if again.Cut || again.Broken || again.Guessed || len(again.Entries) != 3 {
		t.Errorf("cut %v, broken %v, guessed %v, %d entries", again.Cut, again.Broken, again.Guessed, len(again.Entries))
	}
	for name, want := range map[string][]byte{"WordDocument": large, "small": []byte("x"), "none": nil} {
		if got, err := again.Find(name).Bytes(64 << 20); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	if _, err := Wrap(f.Find("box"), 1<<20); err == nil {
		t.Error("the limit is not kept")
	}
}

func TestEmbed(t *testing.T) {
	native := packed(uint16(2), "list.csv\x00C:\\list.csv\x00", uint16(0), uint16(3), uint32(4), "tmp\x00", uint32(3), "a,b")
	for name, c := range map[string]struct {
		path string
		data []byte
		want string // the name and the beginning of what comes
	}{
		"a package":      {"o/\x01Ole10Native", packed(uint32(len(native)), native), "list.csv a,b"},
		"native data":    {"o/\x01Ole10Native", packed(uint32(9), "raw bytes"), " raw bytes"},
		"a whole file":   {"o/CONTENTS", []byte("%PDF-1.4"), "o %PDF-1.4"},
		"a document":     {"o/Workbook", []byte("cells"), "o " + ole.Magic},
		"an equation":    {"o/Equation Native", []byte("x"), ""},
		"a broken label": {"o/\x01Ole10Native", packed(uint32(99), uint16(2), "no end"), " \x02\x00no end"},
	} {
		sink := &compoundtest.Catcher{}
		out := part.NewWriter(sink, part.Limits{})
		EmbedAll(out, opened(t, oletest.File(oletest.Stream{Path: c.path, Data: c.data})).Root, "")
		if got := strings.Join(sink.Embedded, " "); c.want == "" && got != "" || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s gives %.40q", name, got)
		}
	}
}

// setOf is a property set stream of one set, or of two where user is given.
func setOf(format []byte, sets ...[]byte) []byte {
	b := packed(uint16(0xFFFE), uint16(0), uint32(0), make([]byte, 16), uint32(len(sets)))
	at := uint32(len(b) + 20*len(sets))
	for _, s := range sets {
		b = append(b, packed(format, at)...)
		at += uint32(len(s))
	}
	return append(b, bytes.Join(sets, nil)...)
}

// propertiesOf is one set: id, value, id, value.
func propertiesOf(list ...any) []byte {
	var index, body []byte
	for i := 0; i < len(list); i += 2 {
		value := list[i+1].([]byte)
		index = append(index, packed(list[i].(uint32), uint32(8+4*len(list)+len(body)))...)
		body = append(body, value...)
	}
	return packed(uint32(8+len(index)+len(body)), uint32(len(list)/2), index, body)
}

func narrowValue(s string) []byte { return packed(uint32(30), uint32(len(s)+1), s, byte(0)) }

func TestProperties(t *testing.T) {
	page := func(n uint16) []byte { return packed(uint32(2), n, uint16(0)) }
	ticks := uint64(11644473600+983786400) * 1e7 // 2001-03-05 10:00
	summary := setOf(make([]byte, 16), propertiesOf(uint32(1), page(1252), uint32(4), narrowValue("Zo\xEB Clerk"), uint32(8), packed(uint32(31), uint32(6), wide("A Boss")),
		uint32(12), packed(uint32(64), uint32(ticks), uint32(ticks>>32)), uint32(14), packed(uint32(3), uint32(9))))
	names := packed(uint32(2), uint32(2), uint32(9), "Case ref\x00", uint32(3), uint32(7), "Closed\x00")
	document := setOf(make([]byte, 16), propertiesOf(uint32(1), page(65001), uint32(15), narrowValue("Zoë Ltd")),
		propertiesOf(uint32(0), names, uint32(1), page(1252), uint32(2), narrowValue("HB/1"), uint32(3), packed(uint32(11), uint32(0xFFFF))))
	sink := &compoundtest.Catcher{}
	out := part.NewWriter(sink, part.Limits{})
	Properties(opened(t, oletest.File(oletest.Stream{Path: "\x05SummaryInformation", Data: summary}, oletest.Stream{Path: "\x05DocumentSummaryInformation", Data: document})), out)
	out.Flush()
	want := "[properties 6]\nAuthor: Zoë Clerk\nLast saved by: A Boss\nCreated: 2001-03-05T10:00:00Z\nCompany: Zoë Ltd\nCase ref: HB/1\nClosed: TRUE\n"
	if got := sink.String(); got != want {
		t.Errorf("got\n%s", got)
	}
}

// record is a drawing record.
func record(kind, instance uint16, version uint16, body []byte) []byte {
	return packed(instance<<4|version, kind, uint32(len(body)), body)
}

func TestPictures(t *testing.T) {
	var metafile bytes.Buffer
	z := zlib.NewWriter(&metafile)
	io.WriteString(z, "drawing")
	z.Close()
	png := record(0xF01E, 0x6E1, 0, packed(make([]byte, 33), "\x89PNG"))
	emf := record(0xF01A, 0x3D4, 0, packed(make([]byte, 50), metafile.Bytes()))
	bitmap := record(0xF01F, 0x7A8, 0, packed(make([]byte, 17), uint32(40), make([]byte, 10), uint16(24), make([]byte, 24)))
	store := append(make([]byte, 100), record(0xF01D, 0x46A, 0, packed(make([]byte, 17), "\xFF\xD8"))...)
	elsewhere := record(0xF007, 5, 2, packed(make([]byte, 20), uint32(len(store)-100), uint32(1), uint32(100), uint32(0)))
	inside := record(0xF007, 6, 2, packed(make([]byte, 36), emf))
	all := record(0xF000, 0, 0xF, record(0xF001, 2, 0xF, slices.Concat(elsewhere, inside, png, bitmap)))
	sink := &compoundtest.Catcher{}
	Pictures(part.NewWriter(sink, part.Limits{}), all, bytes.NewReader(store))
	var got []string
	for i := 1; i < len(sink.Embedded); i += 2 {
		got = append(got, sink.Embedded[i])
	}
	if len(got) != 4 || got[0] != "\xFF\xD8" || got[1] != "drawing" || got[2] != "\x89PNG" || !strings.HasPrefix(got[3], "BM\x36\x00") {
		t.Errorf("%q", got)
	}
}

func TestSalvage(t *testing.T) {
	b := slices.Concat([]byte("\x00\x01\x02Letter to Zo\xEB Sample\x03\x04"), wide("Wide words here"), []byte("\x00\x00#$%&*()!!#$%&*()!!\x00ab\x00"))
	sink := &compoundtest.Catcher{}
	out := part.NewWriter(sink, part.Limits{})
	Salvage(bytes.NewReader(b), int64(len(b)), out)
	if got := out.Finish("x/1", Salvaged); got.Status != reeve.StatusPartlyRead || got.Reason != reeve.ReasonSalvaged {
		t.Errorf("%s %s", got.Status, got.Reason)
	}
	if got := sink.String(); got != "[ 0]\nLetter to Zoë Sample\nWide words here\n" {
		t.Errorf("got\n%s", got)
	}
}

func TestNarrow(t *testing.T) {
	for _, c := range []struct {
		page     int
		in, want string
	}{{1252, "Zo\xEB \x80", "Zoë €"}, {0x8000, "Zo\x91", "Zoë"}, {0x8001, "\xEB", "ë"}, {1251, "\xC8", "И"}, {65001, "Zoë", "Zoë"}, {4711, "\xEB", "ë"}, {932, "\x83\x65", "テ"}} {
		if got := CodePage(c.page).String([]byte(c.in)); got != c.want {
			t.Errorf("page %d gives %q, want %q", c.page, got, c.want)
		}
	}
	if got := Wide([]byte("Z\x00\x3D\xD8\x00\xDE\x00\xD8x")); got != "Z😀\uFFFD" {
		t.Errorf("wide gives %q", got)
	}
}

// FuzzStructures gives any bytes to what reads structures: no panic, and what
// comes out is bounded.
func FuzzStructures(f *testing.F) {
	f.Add(setOf(make([]byte, 16), propertiesOf(uint32(4), narrowValue("x"))))
	f.Add(record(0xF007, 6, 2, make([]byte, 60)))
	f.Fuzz(func(t *testing.T, b []byte) {
		sink := &compoundtest.Catcher{}
		out := part.NewWriter(sink, part.Limits{Steps: 1e6, Expanded: 1 << 20})
		Pictures(out, b, bytes.NewReader(b))
		propertyStream(opened(t, oletest.File(oletest.Stream{Path: "p", Data: b})).Find("p"), nil, out)
		EmbedFile(out, b)
		Salvage(bytes.NewReader(b), int64(len(b)), out)
		if bad := compoundtest.Check(out.Finish("x/1", nil), sink); bad != "" {
			t.Fatal(bad)
		}
	})
}
