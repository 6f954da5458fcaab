package dbf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catch is a sink that shows what it was given as lines.
type catch struct{ lines []string }

func (c *catch) Block(b reeve.Block) error {
	if b.Header != nil {
		c.lines = append(c.lines, strings.Join(b.Header, "|"))
	}
	for i, row := range b.Rows {
		mark := ""
		if b.Layer == reeve.LayerDeleted {
			mark = " deleted"
		}
		c.lines = append(c.lines, fmt.Sprintf("%d%s: %s", b.First+i, mark, strings.Join(row, "|")))
	}
	if b.Text != "" {
		c.lines = append(c.lines, b.Text)
	}
	return nil
}

func (c *catch) Embed(part.Embedded) error { return nil }

func source(b []byte) part.Source {
	return part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}
}

func read(b []byte) ([]string, reeve.Outcome) {
	c := &catch{}
	out := Read(source(b), part.Options{}, c)
	return c.lines, out
}

// col describes a column of a table being built.
type col struct {
	name   string
	kind   byte
	length int
	flags  byte
}

// build makes a table; each record begins with its mark.
func build(version, driver byte, cols []col, records ...string) []byte {
	size := 1
	head := make([]byte, 32)
	for _, c := range cols {
		d := make([]byte, 32)
		copy(d, c.name)
		d[11], d[16], d[18] = c.kind, byte(c.length), c.flags
		if c.kind == 'C' {
			d[17] = byte(c.length >> 8)
		}
		head = append(head, d...)
		size += c.length
	}
	head = append(head, '\r')
	head[0], head[1], head[2], head[3], head[29] = version, 99, 3, 5, driver
	binary.LittleEndian.PutUint32(head[4:], uint32(len(records)))
	binary.LittleEndian.PutUint16(head[8:], uint16(len(head)))
	binary.LittleEndian.PutUint16(head[10:], uint16(size))
	return append(append(head, strings.Join(records, "")...), 0x1A)
}

func TestDBase3(t *testing.T) {
	b := build(0x03, 0, []col{{"NAME", 'C', 12, 0}, {"BORN", 'D', 8, 0}, {"OWED", 'N', 8, 0}, {"LIVE", 'L', 1, 0}},
		" Ann Sample  20010305   12.50T", "*Bob         \x20\x20\x20\x20\x20\x20\x20\x20********?", " Zo\xEB \xC9mile   1970130A      -3n")
	lines, out := read(b)
	want := []string{"NAME|BORN|OWED|LIVE", "1: Ann Sample|2001-03-05|12.50|TRUE", "NAME|BORN|OWED|LIVE", "2 deleted: Bob|||", "NAME|BORN|OWED|LIVE", "3: Zoë Émile|1970130A|-3|FALSE"}
	if diff := cmp.Diff(want, lines); diff != "" || out.Status != reeve.StatusRead {
		t.Errorf("%s: %s", out.Status, diff)
	}
}

func TestCodePages(t *testing.T) {
	for _, c := range []struct {
		driver byte
		bytes  string
		want   string
	}{
		{0x02, "Zo\x89   ", "Zoë"}, {0xC9, "\xC8\xE2\xE0\xED  ", "Иван"}, {0x03, "Zo\xEB   ", "Zoë"}, {0x7B, "\x8A\xBF\x8E\x9A  ", "漢字"}, {0x03, "Zo\xC3\xAB  ", "Zoë"},
	} {
		lines, _ := read(build(0x03, c.driver, []col{{"NAME", 'C', 6, 0}}, " "+c.bytes))
		if got := lines[len(lines)-1]; got != "1: "+c.want {
			t.Errorf("driver %#x gives %q, want %q", c.driver, got, c.want)
		}
	}
}

func TestLaterRowsDecideTheCharset(t *testing.T) {
	records := make([]string, 40000)
	for i := range records {
		records[i] = " plain words"
	}
	records[39999] = " Zo\x89        "
	lines, out := read(build(0x03, 0x02, []col{{"NAME", 'C', 11, 0}}, records...))
	if got := lines[len(lines)-1]; got != "40000: Zoë" || out.Status != reeve.StatusRead {
		t.Errorf("%s: %q", out.Status, got)
	}
}

func TestVisualFoxPro(t *testing.T) {
	le := binary.LittleEndian
	cols := []col{{"ID", 'I', 4, 0}, {"PAID", 'Y', 8, 0}, {"SEEN", 'T', 8, 0}, {"RATE", 'B', 8, 0}, {"NOTE", 'V', 10, 2}, {"MORE", 'M', 4, 4}, {"LONG", 'C', 300, 0}, {"_NullFlags", '0', 1, 5}}
	record := func(note string, flags, memo byte) string {
		b := []byte{' '}
		b = le.AppendUint32(b, 0xFFFFFFFE)
		b = le.AppendUint64(b, 125050)
		b = le.AppendUint32(b, julian+11386)
		b = le.AppendUint32(b, 36_000_000)
		b = le.AppendUint64(b, math.Float64bits(0.1))
		b = append(append(b, note...), memo, 0, 0, 0)
		return string(b) + strings.Repeat("x", 290) + strings.Repeat(" ", 10) + string(flags)
	}
	lines, out := read(build(0x32, 0x03, cols, record("abcdefghij", 0, 0), record("abc      \x03", 1, 7), record("abcdefghij", 2, 0)))
	long := strings.Repeat("x", 290)
	want := []string{"ID|PAID|SEEN|RATE|NOTE|MORE|LONG", "1: -2|12.505|2001-03-05 10:00|0.1|abcdefghij||" + long, "2: -2|12.505|2001-03-05 10:00|0.1|abc||" + long, "3: -2|12.505|2001-03-05 10:00|0.1|||" + long}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	if out.Status != reeve.StatusPartlyRead || out.Reason != reeve.ReasonSomePages {
		t.Errorf("a memo elsewhere gives %s %s", out.Status, out.Reason)
	}
}

func TestDBase7(t *testing.T) {
	head := make([]byte, 68)
	for _, c := range []col{{"A name of more than ten", 'C', 4, 0}, {"Number", '+', 4, 0}, {"Real", 'O', 8, 0}} {
		d := make([]byte, 48)
		copy(d, c.name)
		d[32], d[33] = c.kind, byte(c.length)
		head = append(head, d...)
	}
	head = append(head, '\r')
	head[0] = 0x8C
	binary.LittleEndian.PutUint32(head[4:], 2)
	binary.LittleEndian.PutUint16(head[8:], uint16(len(head)))
	binary.LittleEndian.PutUint16(head[10:], 17)
	b := append(head, " Ann \x80\x00\x00\x05"...)
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(2.5)|1<<63)
	b = append(b, " Bob \x7F\xFF\xFF\xFF"...)
	b = binary.BigEndian.AppendUint64(b, ^math.Float64bits(-2.5))
	lines, out := read(b)
	want := []string{"A name of more than ten|Number|Real", "1: Ann|5|2.5", "2: Bob|-1|-2.5"}
	if diff := cmp.Diff(want, lines); diff != "" || out.Status != reeve.StatusRead {
		t.Errorf("%s: %s", out.Status, diff)
	}
}

func TestDamage(t *testing.T) {
	whole := build(0x03, 0, []col{{"NAME", 'C', 4, 0}}, " Ann ", " Bob ")
	sealed := build(0x8B, 0, []col{{"NAME", 'C', 4, 0}}, " #$%&")
	sealed[15] = 1
	behind := bytes.Clone(whole)
	behind[4] = 1
	for _, c := range []struct {
		name   string
		b      []byte
		status reeve.Status
		reason reeve.Reason
		rows   int
	}{
		{"cut in a record", whole[:len(whole)-3], reeve.StatusPartlyRead, reeve.ReasonCutShort, 1},
		{"cut in the header", whole[:20], reeve.StatusDamaged, reeve.ReasonCutShort, 0},
		{"encrypted", sealed, reeve.StatusEncrypted, reeve.ReasonPasswordNeeded, 0},
		{"no fields", append([]byte{3, 99, 1, 1, 1, 0, 0, 0, 33, 0, 9, 0}, make([]byte, 40)...), reeve.StatusDamaged, reeve.ReasonBroken, 0},
		{"a record behind the count", behind, reeve.StatusRead, reeve.ReasonNone, 2},
	} {
		lines, out := read(c.b)
		rows := strings.Count(strings.Join(lines, "\n")+"\n", ": ")
		if out.Status != c.status || out.Reason != c.reason || rows != c.rows {
			t.Errorf("%s: %s %s, %d rows", c.name, out.Status, out.Reason, rows)
		}
	}
}

// memoText reads a memo file.
func memoText(t *testing.T, b []byte) string {
	t.Helper()
	if !IsMemo(b, int64(len(b))) {
		t.Fatal("not recognised")
	}
	c := &catch{}
	if out := ReadMemos(source(b), part.Options{}, c); out.Status != reeve.StatusRead {
		t.Fatalf("%s %s", out.Status, out.Reason)
	}
	return strings.Join(c.lines, "")
}

func TestMemoFiles(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	pad := func(b []byte, to int) []byte { return append(b, make([]byte, (to-len(b)%to)%to)...) }
	fox := make([]byte, 512)
	be.PutUint16(fox[6:], 64)
	for kind, text := range []string{"picture", "Seen at home.\r\nZo\xEB was out.", "object"} {
		fox = be.AppendUint32(fox, uint32(kind))
		fox = be.AppendUint32(fox, uint32(len(text)))
		fox = pad(append(fox, text...), 64)
	}
	be.PutUint32(fox, uint32(len(fox)/64))
	if got := memoText(t, fox); got != "Seen at home.\nZoë was out." {
		t.Errorf("FPT gives %q", got)
	}
	four := make([]byte, 512)
	le.PutUint16(four[20:], 512)
	for _, text := range []string{"First memo.", strings.Repeat("long ", 200), "Last."} {
		four = append(four, 0xFF, 0xFF, 8, 0)
		four = le.AppendUint32(four, uint32(len(text)+8))
		four = pad(append(four, text...), 512)
	}
	if got := memoText(t, four); got != "First memo.\n\n"+strings.Repeat("long ", 200)+"\n\nLast." {
		t.Errorf("DBT IV gives %q", got)
	}
	three := make([]byte, 512)
	for _, text := range []string{"First\x8D\nmemo.\x1A\x1A", strings.Repeat("long ", 200) + "\x1A\x1A", "Last.\x1A"} {
		three = pad(append(three, text...), 512)
	}
	le.PutUint32(three, uint32(len(three)/512))
	if got := memoText(t, three); got != "First memo.\n\n"+strings.Repeat("long ", 200)+"\n\nLast." {
		t.Errorf("DBT III gives %q", got)
	}
}

func TestCorpus(t *testing.T) {
	for name, want := range map[string][]string{
		"testDBF.dbf":         {"TEXT_FIELD|NUMERIC_FI|DATE_FIELD", "1: Whan that aprill|2.5|2016-05-24", "2: 普林斯顿大学|3.0|2016-05-25", "3: جامعة برنستون|4.0|2016-05-26"},
		"testDBF_gb18030.dbf": {"TEXTFIELD", "1: It was the best of times", "2: 虽然该指令经过重新发布", "3: it was the worst of times"},
	} {
		lines, out := read(formattest.Bytes(t, "tika/miscoffice/"+name))
		if diff := cmp.Diff(want, lines[:min(len(want), len(lines))]); diff != "" || out.Status != reeve.StatusRead {
			t.Errorf("%s: %s %s %s", name, out.Status, out.Reason, diff)
		}
	}
}

// FuzzRead holds both readers to one status, clean blocks and no panic.
func FuzzRead(f *testing.F) {
	f.Add(build(0x03, 0, []col{{"NAME", 'C', 4, 0}, {"BORN", 'D', 8, 0}}, " Ann 20010305", "*Bob 20010305"))
	f.Add(build(0x30, 3, []col{{"ID", 'I', 4, 0}, {"NOTE", 'V', 5, 2}, {"MEMO", 'M', 4, 4}, {"_NullFlags", '0', 1, 5}}, " \x01\x00\x00\x00Ann \x03\x07\x00\x00\x00\x01"))
	f.Add(append(make([]byte, 512), "\xFF\xFF\x08\x00\x0A\x00\x00\x00ab"...))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, run := range []func(part.Source, part.Options, part.Sink) reeve.Outcome{Read, ReadMemos} {
			c := &catch{}
			out := run(source(b), part.Options{Limits: part.Limits{Steps: 1e6}}, c)
			if out.Status == "" || out.Status != reeve.StatusRead && out.Reason == "" {
				t.Fatalf("%s %s", out.Status, out.Reason)
			}
		}
	})
}
