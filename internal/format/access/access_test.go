package access

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catch is a sink that keeps rows and text by part.
type catch struct {
	parts  []string
	rows   map[string][][]string
	header map[string][]string
	layer  map[string]reeve.Layer
	text   string
	items  []string
}

func (c *catch) Block(b reeve.Block) error {
	if b.Rows != nil {
		if c.rows[b.Part] == nil {
			c.parts = append(c.parts, b.Part)
		}
		c.rows[b.Part] = append(c.rows[b.Part], b.Rows...)
		c.header[b.Part], c.layer[b.Part] = b.Header, b.Layer
	}
	c.text += b.Text
	return nil
}

func (c *catch) Embed(e part.Embedded) error {
	b, err := io.ReadAll(e.Reader)
	c.items = append(c.items, fmt.Sprintf("%s %d", e.Name, len(b)))
	return err
}

func read(b []byte, passwords ...string) (*catch, reeve.Outcome) {
	c := &catch{rows: map[string][][]string{}, header: map[string][]string{}, layer: map[string]reeve.Layer{}}
	src := part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}
	return c, Read(src, part.Options{Passwords: passwords}, c)
}

// generations are the two layouts, with and without encoded pages.
var generations = []struct {
	name string
	l    *layout
	key  uint32
}{{"Jet 3", &jet3, 0}, {"Jet 4", &jet4, 0}, {"Jet 3 encoded", &jet3, 0x12345678}, {"Jet 4 encoded", &jet4, 0xCAFE}}

var tenants = []field{{"ID", kindLong}, {"Name", kindText}, {"Born", kindDate}, {"Owed", kindMoney}, {"Active", kindYesNo}, {"Notes", kindMemo}, {"Street", kindText}}

func TestTables(t *testing.T) {
	long := strings.Repeat("seen at home; ", 14)
	for _, g := range generations {
		m := newMaker(g.l)
		m.table("Tenants", tenants,
			m.row(tenants, int32(1), "Zoë Sample", 36955.0, int64(125000), true, "short", long),
			m.row(tenants, int32(-2), nil, nil, nil, false, nil, nil),
			m.row(tenants, int32(3), long, 36955.4375, int64(-1), true, long, "Sample Street"))
		m.table("Empty", tenants[:2])
		m.table("Numbers", []field{{"N", kindShort}}, m.row([]field{{"N", kindShort}}, int16(-7)))
		c, out := read(m.bytes(g.key))
		want := map[string][][]string{
			"table Tenants": {
				{"1", "Zoë Sample", "2001-03-05", "12.5", "TRUE", "short", long},
				{"-2", "", "", "", "FALSE", "", ""},
				{"3", long, "2001-03-05 10:30", "-0.0001", "TRUE", long, "Sample Street"}},
			"table Numbers": {{"-7"}},
		}
		if diff := cmp.Diff(want, c.rows); diff != "" || out.Status != reeve.StatusRead || out.Pages != 3 {
			t.Errorf("%s: %s %s, %d tables: %s", g.name, out.Status, out.Detail, out.Pages, diff)
		}
		if diff := cmp.Diff([]string{"ID", "Name", "Born", "Owed", "Active", "Notes", "Street"}, c.header["table Tenants"]); diff != "" {
			t.Error(diff)
		}
	}
}

// TestRowsOfEveryLength walks a row over the edges at which Jet 3 needs a jump
// more.
func TestRowsOfEveryLength(t *testing.T) {
	fields := []field{{"A", kindText}, {"B", kindText}, {"C", kindText}, {"D", kindText}, {"E", kindText}}
	for size := 90; size < 230; size++ {
		m := newMaker(&jet3)
		values := []any{strings.Repeat("a", size), strings.Repeat("b", size/2), nil, strings.Repeat("d", size+7), "e"}
		m.table("T", fields, m.row(fields, values...))
		c, out := read(m.bytes(0))
		want := [][]string{{values[0].(string), values[1].(string), "", values[3].(string), "e"}}
		if diff := cmp.Diff(want, c.rows["table T"]); diff != "" || out.Status != reeve.StatusRead {
			t.Fatalf("%d: %s %s", size, out.Status, diff)
		}
	}
}

func TestLongValues(t *testing.T) {
	fields := []field{{"Notes", kindMemo}, {"Scan", kindOLE}}
	for _, g := range generations[:2] {
		m := newMaker(g.l)
		words := m.text(strings.Repeat("words ", 100))
		single := m.long(made{b: words})
		// A chain is written from its end: each row begins with where the next is.
		end := m.long(made{b: append(make([]byte, 4), words...)})
		start := m.long(made{b: append(binary.LittleEndian.AppendUint32(nil, end<<8), words...)})
		loop := uint32(len(m.pages))
		m.long(made{b: append(binary.LittleEndian.AppendUint32(nil, loop<<8), words[:100]...)})
		scan := append([]byte("words that say which program it was"), append([]byte("\xFF\xD8\xFF"), make([]byte, 400)...)...)
		picture := m.long(made{b: scan})
		m.table("T", fields,
			m.row(fields, elsewhere(len(words), longSingle, pointer{page: single}), nil),
			m.row(fields, elsewhere(2*len(words), 0, pointer{page: start}), elsewhere(len(scan), longSingle, pointer{page: picture})),
			m.row(fields, elsewhere(300, 0, pointer{page: loop}), nil))
		c, out := read(m.bytes(0))
		plain := strings.Repeat("words ", 100)
		round := strings.Repeat(plain[:100/g.l.countSize], 3)
		want := [][]string{{plain, ""}, {plain + plain, ""}, {round, ""}}
		if diff := cmp.Diff(want, c.rows["table T"]); diff != "" || out.Status != reeve.StatusRead {
			t.Errorf("%s: %s %s: %s", g.name, out.Status, out.Detail, diff)
		}
		if diff := cmp.Diff([]string{"T.Scan.2 403"}, c.items); diff != "" {
			t.Error(diff)
		}
	}
}

// TestSharedLongValues: many rows that claim one chain which loops do not make a
// small file large.
func TestSharedLongValues(t *testing.T) {
	fields := []field{{"Notes", kindMemo}}
	m := newMaker(&jet4)
	loop := uint32(len(m.pages))
	m.long(made{b: append(binary.LittleEndian.AppendUint32(nil, loop<<8), bytes.Repeat([]byte("a\x00"), 1500)...)})
	rows := make([]made, 100)
	for i := range rows {
		rows[i] = m.row(fields, elsewhere(1<<29, 0, pointer{page: loop}))
	}
	m.table("T", fields, rows...)
	b := m.bytes(0)
	c, out := read(b)
	total := 0
	for _, row := range c.rows["table T"] {
		total += len(row[0])
	}
	if total > len(b)+1<<20 || out.Status != reeve.StatusPartlyRead {
		t.Errorf("%s: %d bytes from %d", out.Status, total, len(b))
	}
}

func TestMovedAndDeletedRows(t *testing.T) {
	fields := tenants[:2]
	for _, g := range generations[:2] {
		m := newMaker(g.l)
		far := m.row(fields, int32(2), "Moved Sample")
		far.flags = rowDeleted
		gone := m.row(fields, int32(3), "Gone Sample")
		gone.flags = rowDeleted
		junk := m.row(fields, int32(4), "\x01\x02")
		junk.flags = rowDeleted
		page := uint32(len(m.pages) + 1) // of the rows, behind the definition
		moved := made{b: binary.LittleEndian.AppendUint32(nil, page<<8|2), flags: rowMoved}
		tenants := m.table("Tenants", fields, m.row(fields, int32(1), "Ann Sample"), moved, far, gone, junk)
		m.fill(m.page(dataPage), tenants, []made{m.row(fields, int32(5), "Early Sample")}) // on no map
		dropped := uint32(len(m.pages))
		m.page(definitionPage)
		m.define(dropped, fields, []made{m.row(fields, int32(6), "Dropped Sample")})
		c, out := read(m.bytes(0))
		want := map[string][][]string{
			"table Tenants":                                  {{"1", "Ann Sample"}, {"2", "Moved Sample"}},
			"deleted rows of Tenants":                        {{"3", "Gone Sample"}, {"5", "Early Sample"}},
			fmt.Sprintf("dropped table at page %d", dropped): {{"6", "Dropped Sample"}},
		}
		if diff := cmp.Diff(want, c.rows); diff != "" || out.Status != reeve.StatusRead {
			t.Errorf("%s: %s %s: %s", g.name, out.Status, out.Detail, diff)
		}
		if c.layer["table Tenants"] != reeve.LayerBody || c.layer["deleted rows of Tenants"] != reeve.LayerDeleted {
			t.Errorf("layers %v", c.layer)
		}
	}
}

// TestWideMaps reads tables whose maps are pages of bits.
func TestWideMaps(t *testing.T) {
	for _, g := range generations[:2] {
		m := newMaker(g.l)
		m.wide = true
		page := m.table("Tenants", tenants[:2], m.row(tenants[:2], int32(1), "Ann Sample"))
		m.fill(m.page(dataPage), page, []made{m.row(tenants[:2], int32(2), "Early Sample")})
		c, out := read(m.bytes(0))
		want := map[string][][]string{"table Tenants": {{"1", "Ann Sample"}}, "deleted rows of Tenants": {{"2", "Early Sample"}}}
		if diff := cmp.Diff(want, c.rows); diff != "" || out.Status != reeve.StatusRead {
			t.Errorf("%s: %s %s: %s", g.name, out.Status, out.Detail, diff)
		}
	}
}

func TestWorkedValues(t *testing.T) {
	wrap := func(b string) []byte {
		return append(append(binary.LittleEndian.AppendUint32(make([]byte, 16), uint32(len(b))), b...), 0, 0, 0)
	}
	fields := []field{{"Name", kindText | worked}, {"Length", kindLong | worked}, {"Monthly", kindDouble | worked}, {"Rate", kindDouble | worked},
		{"Rich", kindShort | worked}, {"Weekly", kindNumeric | worked}, {"Share", kindNumeric | worked}, {"Lost", kindText | worked}}
	m := newMaker(&jet4)
	m.table("Pay", fields, m.row(fields, wrap("\xFF\xFESample, Ann"), wrap("\x0B\x00\x00\x00"), wrap("\x55\xA8\xAB\x31\x00\x00\x00\x00"),
		wrap("\x00\x00\x00\x00\x00\x00\xE0\x3F"), wrap("\xFF"), wrap("\x00\x00\x02\x80\x00\x00\x00\x00\x39\x30\x00\x00\x00\x00\x00\x00"),
		wrap("\xCD\xCC\xCC\x3D"), []byte("short")))
	c, out := read(m.bytes(0))
	want := [][]string{{"Sample, Ann", "11", "83333.3333", "0.5", "TRUE", "-123.45", "0.1", ""}}
	if diff := cmp.Diff(want, c.rows["table Pay"]); diff != "" || out.Status != reeve.StatusRead {
		t.Errorf("%s %s: %s", out.Status, out.Detail, diff)
	}
}

func TestDescriptions(t *testing.T) {
	pieces := []field{{"ObjectId", kindLong}, {"Expression", kindMemo}, {"Name1", kindText}, {"Name2", kindText}}
	m := newMaker(&jet4)
	m.table("MSysQueries", pieces, m.row(pieces, int32(77), "Tenants.Surname = 'Sample'", nil, nil), m.row(pieces, int32(78), nil, "hidden", nil))
	m.list = append(m.list,
		m.row(catalogFields, int32(77), "Arrears", int16(5), int32(0)),
		m.row(catalogFields, int32(78), "~sq_form", int16(5), int32(0)),
		m.row(catalogFields, int32(79), "Payments", int16(6), int32(0), "S:\\housing.mdb", nil, "tblPay"))
	c, out := read(m.bytes(0))
	want := "Linked table: Payments, tblPay, S:\\housing.mdb\nQuery Arrears: Tenants.Surname = 'Sample'\n"
	if c.text != want || out.Status != reeve.StatusRead || len(c.rows) != 0 {
		t.Errorf("%s: %q", out.Status, c.text)
	}
}

func TestDamage(t *testing.T) {
	fields := make([]field, 200) // a definition of several pages
	values := make([]any, len(fields))
	for i := range fields {
		fields[i] = field{fmt.Sprintf("Column %d", i), kindText}
	}
	values[0] = "Ann Sample"
	build := func() *maker {
		m := newMaker(&jet4)
		m.table("Wide", fields, m.row(fields, values...))
		m.table("Other", tenants[:2], m.row(tenants[:2], int32(1), "Bob Sample"))
		return m
	}
	whole := build().bytes(0)
	lost := bytes.Clone(whole)
	clear(lost[2*4096 : 3*4096])
	short := bytes.Clone(whole)
	clear(short[8*4096 : 9*4096]) // the rows of the second table
	for _, c := range []struct {
		name   string
		b      []byte
		status reeve.Status
		reason reeve.Reason
		parts  int
	}{
		{"whole", whole, reeve.StatusRead, reeve.ReasonNone, 2},
		{"the catalogue is lost", lost, reeve.StatusPartlyRead, reeve.ReasonBroken, 2},
		{"a page of rows is lost", short, reeve.StatusPartlyRead, reeve.ReasonBroken, 1},
		{"cut in the catalogue", whole[:len(whole)-100], reeve.StatusPartlyRead, reeve.ReasonCutShort, 2},
		{"cut between pages", whole[:len(whole)-4096], reeve.StatusPartlyRead, reeve.ReasonCutShort, 2},
		{"a header alone", whole[:4096], reeve.StatusDamaged, reeve.ReasonCutShort, 0},
		{"half a header", whole[:1000], reeve.StatusDamaged, reeve.ReasonCutShort, 0},
	} {
		got, out := read(c.b)
		if out.Status != c.status || out.Reason != c.reason || len(got.parts) != c.parts {
			t.Errorf("%s: %s %s, parts %v", c.name, out.Status, out.Reason, got.parts)
		}
	}
}

func TestValues(t *testing.T) {
	f := &file{layout: &jet4}
	le := binary.LittleEndian
	for _, c := range []struct {
		kind  byte
		scale int
		b     []byte
		want  string
	}{
		{kindByte, 0, []byte{200}, "200"},
		{kindBig, 0, le.AppendUint64(nil, 1<<40), "1099511627776"},
		{kindSingle, 0, []byte{0xCD, 0xCC, 0xCC, 0x3D}, "0.1"},
		{kindNumeric, 2, append(make([]byte, 13), 0x39, 0x30, 0, 0), "123.45"},
		{kindNumeric, 4, append(append([]byte{0x80}, make([]byte, 12)...), 5, 0, 0, 0), "-0.0005"},
		{kindGUID, 0, []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, "{04030201-0605-0807-090A-0B0C0D0E0F10}"},
		{kindFullDate, 0, append([]byte("0000000000000730548:0000000378000000000:7"), 0), "2001-03-05 10:30"},
		{kindText, 0, []byte("\xFF\xFEZo\xEB \x00\x42\x04\x00."), "Zoë т."},
		{kindText, 0, []byte("A\x00\x3D\xD8\x00\xDE"), "A😀"},
		{kindLong, 0, []byte{1}, ""},
	} {
		if got := f.value(&column{kind: c.kind, scale: c.scale}, c.b); got != c.want {
			t.Errorf("kind %d gives %q, want %q", c.kind, got, c.want)
		}
	}
	for days, want := range map[float64]string{0: "1899-12-30", 0.4375: "10:30", -1.25: "1899-12-29 06:00", 36955.99999999: "2001-03-06", 3e6: ""} {
		if got := moment(days); got != want {
			t.Errorf("%v days are %q, want %q", days, got, want)
		}
	}
	if got := plainMemo("<div>Ann &amp; <b>Bob</b></div>\r\n<div>Leeds</div>"); got != "Ann & Bob\r\nLeeds" {
		t.Errorf("a formatted memo gives %q", got)
	}
}

func TestWhereAFileBegins(t *testing.T) {
	picture := append([]byte("Bitmap Image BM"), 100, 0, 0, 0)
	for _, c := range []struct {
		head   string
		length int
		from   int
		size   int
	}{
		{"\x15\x1C words \x89PNG\r\n then PK\x03\x04", 500, 9, 491},
		{string(picture), 13 + 100 + 50, 13, 100},
		{string(picture), 90000, 0, 90000},
		{"nothing known", 300, 0, 300},
	} {
		if from, size := fileIn([]byte(c.head), c.length); from != c.from || size != c.size {
			t.Errorf("%q: %d bytes from %d, want %d from %d", c.head, size, from, c.size, c.from)
		}
	}
}

func TestAttachments(t *testing.T) {
	fields := []field{{"FileData", kindOLE}, {"FileName", kindText}, {"Tenants_Papers", kindLong}}
	wrap := func(content string) []byte {
		head := binary.LittleEndian.AppendUint32(nil, 16) // its own length, then words of no matter
		return append(append(head, "\x01\x00\x00\x00txt_wide"...), content...)
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(wrap(strings.Repeat("words ", 100)))
	z.Close()
	m := newMaker(&jet4)
	row := func(kind byte, b []byte, name string) made {
		b = append([]byte{kind, 0, 0, 0, 0, 0, 0, 0}, b...)
		return m.row(fields, elsewhere(len(b), longSingle, pointer{page: m.long(made{b: b})}), name, int32(7))
	}
	m.table("f_0123456789ABCDEF0123456789ABCDEF_Papers", fields, row(1, packed.Bytes(), "packed.txt"), row(0, wrap("plain"), "plain.txt"), row(1, []byte("no stream"), "bad.txt"))
	c, out := read(m.bytes(0))
	if diff := cmp.Diff([]string{"packed.txt 600", "plain.txt 5"}, c.items); diff != "" || out.Status != reeve.StatusPartlyRead {
		t.Errorf("%s %s: %s", out.Status, out.Detail, diff)
	}
	if diff := cmp.Diff([]string{"table Tenants_Papers"}, c.parts); diff != "" {
		t.Error(diff)
	}
}

// TestEncryptedRC4 opens what Access 2007 encrypts: a page under its number,
// mixed with the key in the header.
func TestEncryptedRC4(t *testing.T) {
	le := binary.LittleEndian
	salt, verifier := []byte("sixteen of salt!"), []byte("and a verifier!!")
	base := sha1.Sum(append(bytes.Clone(salt), "o\x00p\x00e\x00n\x00"...))
	cipher := func(block uint32, b []byte) {
		key := sha1.Sum(le.AppendUint32(bytes.Clone(base[:]), block))
		stream(key[:16], b)
	}
	hash := sha1.Sum(verifier)
	check := append(bytes.Clone(verifier), hash[:]...)
	cipher(0, check)
	head := make([]byte, 32)
	le.PutUint32(head[8:], 0x6801)
	le.PutUint32(head[16:], 128)
	info := append([]byte{2, 0, 2, 0, 4, 0, 0, 0, 32, 0, 0, 0}, head...)
	info = append(append(append(info, 16, 0, 0, 0), salt...), check[:16]...)
	info = append(append(info, 20, 0, 0, 0), check[16:]...)

	m := newMaker(&jet4)
	m.table("Tenants", tenants[:2], m.row(tenants[:2], int32(1), "Ann Sample"))
	b := m.bytes(0)
	for n := 1; n < len(b)/4096; n++ {
		cipher(uint32(n)^0xABCD, b[n*4096:(n+1)*4096])
	}
	unmask(b, &jet4)
	le.PutUint32(b[keyPlace:], 0xABCD)
	unmask(b, &jet4)
	b[0x14] = 2
	le.PutUint16(b[infoPlace:], uint16(len(info)))
	copy(b[infoPlace+2:], info)
	c, out := read(b, "shut", "open")
	if diff := cmp.Diff(map[string][][]string{"table Tenants": {{"1", "Ann Sample"}}}, c.rows); diff != "" || out.Status != reeve.StatusRead {
		t.Errorf("%s %s: %s", out.Status, out.Detail, diff)
	}
	if _, out := read(b, "shut"); out.Status != reeve.StatusEncrypted || out.Reason != reeve.ReasonPasswordNeeded {
		t.Errorf("without its password: %s %s", out.Status, out.Reason)
	}
}

func BenchmarkRead(b *testing.B) {
	m := newMaker(&jet4)
	var rows []made
	for i := range 12000 {
		rows = append(rows, m.row(tenants, int32(i), "Ann Sample", 36955.0, int64(125000), true, "seen at home", "12 Sample Street"))
	}
	m.table("Tenants", tenants, rows...)
	file := m.bytes(0)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		read(file)
	}
}

// TestCorpus compares tables and their rows with what mdbtools 1.0 counts.
func TestCorpus(t *testing.T) {
	for name, want := range map[string]string{
		"format-corpus/office-examples/Old Access files2/acc95.mdb": "Table1 1",
		"format-corpus/office-examples/Old Access files2/acc97.mdb": "Table1 1",
		"format-corpus/office-examples/Old Access/reviews.mdb":      "Reviews 297",
		"poi/spreadsheet/bug_42794.mdb":                             "test 10",
		"tika/microsoft/testAccess2.accdb":                          "Table1 2, Table2 1",
		"tika/microsoft/testAccess2_2000.mdb":                       "Table1 2, Table2 1",
		"tika/microsoft/testAccess2_encrypted.accdb":                "Table1 2, Table2 1", // mdbtools cannot
		"tika/microsoft/testAccess_V1997.mdb":                       "Table1 2",           // and three without rows
	} {
		c, out := read(formattest.Bytes(t, name), "wrong", "tika")
		var got []string
		for _, p := range c.parts {
			if table, ok := strings.CutPrefix(p, "table "); ok {
				got = append(got, fmt.Sprint(table, " ", len(c.rows[p])))
			}
		}
		if strings.Join(got, ", ") != want || out.Status != reeve.StatusRead {
			t.Errorf("%s: %s %s, %q, want %q", name, out.Status, out.Reason, got, want)
		}
	}
	if _, out := read(formattest.Bytes(t, "tika/microsoft/testAccess2_encrypted.accdb"), "wrong"); out.Status != reeve.StatusEncrypted {
		t.Errorf("without its password: %s", out.Status)
	}
}

// FuzzRead holds the reader to one status with its reason, and no panic.
func FuzzRead(f *testing.F) {
	for _, g := range generations {
		m := newMaker(g.l)
		words := m.text(strings.Repeat("words ", 50))
		single := m.long(made{b: words})
		gone := m.row(tenants, int32(9), "Gone", 1.0, int64(1), true, "x", "y")
		gone.flags = rowDeleted
		m.table("Tenants", tenants, gone,
			m.row(tenants, int32(1), "Ann Sample", 36955.5, int64(125000), true, elsewhere(len(words), longSingle, pointer{page: single}), "z"))
		f.Add(m.bytes(g.key))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c := &catch{rows: map[string][][]string{}, header: map[string][]string{}, layer: map[string]reeve.Layer{}}
		src := part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}
		out := Read(src, part.Options{Limits: part.Limits{Steps: 1e5, Text: 1 << 20}}, c)
		if out.Status == "" || out.Status != reeve.StatusRead && out.Reason == "" {
			t.Fatalf("%s %s", out.Status, out.Reason)
		}
	})
}
