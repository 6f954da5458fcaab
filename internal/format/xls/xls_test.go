package xls

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
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

const sampleText = `[sheet Leavers 0]
2: Name|Born
3: Zoë Sample|1968-06-11|12.34|05 Mar 2001
[sheet Leavers 3]
4: John Dœ! |TRUE|#DIV/0!
[sheet Leavers 0]
5: by a formula|2001-03-05
[sheet Leavers comments 2]
Comment by: P Clerk
On cell B3
Ask Payro

[people 6]
Last opened by: P Clerk
Comment by: P Clerk
[defined names 6]
Clerk: A Name
[sheet Leavers 1]
Staff in confidence Page
[sheet Leavers 0]
Box
[links 6]
hyperlink: mailto:zoe@example.org
[sheet Old 3]
1: gone
[unused strings 4]
never shown
`

func TestWorkbook(t *testing.T) {
	for name, file := range map[string][]byte{
		"bare":          sample(),
		"compound file": oletest.File(oletest.Stream{Path: "WORKBOOK", Data: sample()}),
		"two forms":     oletest.File(oletest.Stream{Path: "Book", Data: []byte("older")}, oletest.Stream{Path: "Workbook", Data: sample()}),
	} {
		out, c := read(t, file)
		if got := c.String(); out.Status != reeve.StatusRead || got != sampleText {
			t.Errorf("%s: %s %s\n%s", name, out.Status, out.Reason, got)
		}
		if out.Pages != 2 {
			t.Errorf("%s: %d sheets", name, out.Pages)
		}
	}
}

// TestCodePageAndCalendar: before BIFF8 text is in a code page; days may be
// counted from 1904.
func TestCodePageAndCalendar(t *testing.T) {
	var g, s biff
	g.begin(0x0500, subGlobals).rec(recCodePage, uint16(1251)).rec(recCalendar, uint16(1))
	g.rec(recStyle, uint16(0), uint16(14)).rec(recSheet, uint32(0), byte(0), byte(0), byte(4), "\xC8\xEC\xFF1").end()
	s.begin(0x0500, subSheet).rec(recLabel, cellHead(0, 0, 0), uint16(4), "\xC8\xE2\xE0\xED").rec(recNumber, cellHead(0, 1, 0), float64(35493))
	s.rec(recNote, uint16(0), uint16(0), uint16(9), "See ").rec(recNote, uint16(0xFFFF), uint16(0), uint16(5), "below").end()
	out, c := read(t, joined(g, s))
	want := "[sheet Имя1 0]\n1: Иван|2001-03-05\n[sheet Имя1 comments 2]\nOn cell A1\nSee below\n\n"
	if got := c.String(); out.Status != reeve.StatusRead || got != want {
		t.Errorf("%s\n%s", out.Status, got)
	}
}

// TestOldVersions: sheets of Excel 2 and workbooks of Excel 4.
func TestOldVersions(t *testing.T) {
	var two, four biff
	two.rec(oldBegin2, uint16(2), uint16(0x10)).rec(oldFormat, byte(7), "General").rec(oldFormat, byte(8), "dd/mm/yy")
	two.rec(oldLabel, uint16(0), uint16(0), "\x00\x00\x00", byte(4), "Name").rec(oldInteger, uint16(0), uint16(1), "\x00\x00\x00", uint16(42))
	two.rec(oldNumber, uint16(0), uint16(2), "\x00\x01\x00", float64(36955)).rec(recEnd)
	four.rec(oldBegin4, uint16(4), uint16(0x100)).rec(oldSheet, uint32(0), byte(5), "Rates").rec(oldBegin4, uint16(4), uint16(0x10))
	four.rec(recFormat, uint16(0), byte(7), "General").rec(recFormat, uint16(0), byte(8), "dd/mm/yy").rec(oldStyle4, byte(0), byte(1), make([]byte, 10))
	four.rec(oldFormula4, cellHead(4, 0, 0), float64(36955), make([]byte, 8)).rec(recLabel, cellHead(4, 1, 0), uint16(3), "due").rec(recEnd).rec(recEnd)
	for want, file := range map[string]biff{
		"[sheet 1 0]\n1: Name|42|2001-03-05\n": two,
		"[sheet Rates 0]\n5: 2001-03-05|due\n": four,
	} {
		if out, c := read(t, file); out.Status != reeve.StatusRead || c.String() != want {
			t.Errorf("%s %s\n%s", out.Status, out.Reason, c)
		}
	}
}

// TestCaches: cells of other workbooks, and the rows of pivot tables, outlive
// their sources.
func TestCaches(t *testing.T) {
	var g, s, p biff
	g.begin(0x0600, subGlobals).rec(recSheet, uint32(0), byte(0), byte(0), byte(1), byte(0), "A")
	g.rec(recBookLink, uint16(1), low("\x01\x01Cpay\x03leavers.xls"), low("June"))
	g.rec(recExternCount, uint16(1), uint16(0))
	g.rec(recExternRow, byte(2), byte(1), uint16(4), byte(2), low("Doe"), byte(1), float64(12.5)).end()
	s.begin(0x0600, subSheet).end()
	p.rec(recPivotCache, make([]byte, 18), low("P Clerk"))
	p.rec(recPivotField, uint16(1), make([]byte, 10), uint16(2), low("Team")).rec(recPivotText, low("Rents")).rec(recPivotText, low("Parks"))
	p.rec(recPivotField, uint16(0), make([]byte, 10), uint16(0), low("Born"))
	p.rec(recPivotRecord, byte(1)).rec(recPivotDate, uint16(2001), uint16(3), "\x05\x00\x00\x00")
	p.rec(recPivotRecord, byte(0)).rec(recPivotInteger, uint16(7)).end()
	out, c := read(t, oletest.File(oletest.Stream{Path: "Workbook", Data: joined(g, s)}, oletest.Stream{Path: "_SX_DB_CUR/0001", Data: p}))
	want := "[external link 1 sheet June 5]\n5: |Doe|12.5\n[links 6]\nexternalLink: Cpay\\leavers.xls\n[pivot cache 1 5]\n(Team|Born)\n1: Parks|2001-03-05\n2: Rents|7\n[people 6]\nRefreshed by: P Clerk\n"
	if got := c.String(); out.Status != reeve.StatusRead || got != want {
		t.Errorf("%s\n%s", out.Status, got)
	}
}

// lockXOR encrypts a workbook the older way.
func lockXOR(b []byte, key uint16, password string) []byte {
	var lock biff
	verifier := map[string]uint16{"VelvetSweatshop": 0x9A0A, "secret": 0xDAA7}[password]
	lock.rec(recFilePass, uint16(0), key, verifier)
	b = insertLock(b, lock)
	x := compound.OpenXOR(key, verifier, []string{password})
	eachRecord(b, func(kind uint16, at int, body []byte) {
		for i := openFrom(kind); i < len(body); i++ {
			body[i] = bits.RotateLeft8(body[i], -3) ^ x.At(int64(at+len(body)+i))
		}
	})
	return b
}

// insertLock puts a record behind the first one and moves the sheets.
func insertLock(b, lock []byte) []byte {
	first := 4 + int(binary.LittleEndian.Uint16(b[2:]))
	b = bytes.Join([][]byte{b[:first], lock, b[first:]}, nil)
	eachRecord(b, func(kind uint16, _ int, body []byte) {
		if kind == recSheet {
			binary.LittleEndian.PutUint32(body, binary.LittleEndian.Uint32(body)+uint32(len(lock)))
		}
	})
	return b
}

// eachRecord visits the records that are encrypted, with their place.
func eachRecord(b []byte, visit func(kind uint16, at int, body []byte)) {
	for at := 0; at+4 <= len(b); {
		kind, n := binary.LittleEndian.Uint16(b[at:]), int(binary.LittleEndian.Uint16(b[at+2:]))
		if !isPlain(kind) {
			visit(kind, at+4, b[at+4:at+4+n])
		}
		at += 4 + n
	}
}

func TestLocked(t *testing.T) {
	for _, c := range []struct {
		name      string
		file      []byte
		passwords []string
		open      bool
	}{
		{"XOR, default password", lockXOR(sample(), 0x1234, "VelvetSweatshop"), nil, true},
		{"XOR, second password", lockXOR(sample(), 0xBEEF, "secret"), []string{"other", "secret"}, true},
		{"XOR, none fits", lockXOR(sample(), 0xBEEF, "secret"), []string{"other"}, false},
		{"RC4, default password", lockRC4(t, sample(), "VelvetSweatshop"), nil, true},
		{"RC4, second password", lockRC4(t, sample(), "secret"), []string{"other", "secret"}, true},
		{"RC4, none fits", lockRC4(t, sample(), "secret"), []string{"other"}, false},
	} {
		out, got := read(t, c.file, c.passwords...)
		switch {
		case c.open && (out.Status != reeve.StatusRead || got.String() != sampleText):
			t.Errorf("%s: %s %s\n%s", c.name, out.Status, out.Reason, got)
		case !c.open && (out.Status != reeve.StatusEncrypted || out.Reason != reeve.ReasonPasswordNeeded || len(got.Blocks) > 0):
			t.Errorf("%s: %s %s", c.name, out.Status, out.Reason)
		}
	}
}

// TestDamage: what can be read of a broken workbook is read, and the outcome
// says that it is not all.
func TestDamage(t *testing.T) {
	whole := sample()
	sheet := bytes.LastIndex(whole, packed(uint16(recBegin), uint16(16), uint16(0x0600), uint16(subSheet)))
	globals, leavers, old := samples()
	endless := joined(globals[:len(globals)-4], leavers, old)
	lost := joined(globals, append(leavers[:len(leavers):len(leavers)], "\xFF\xFF garbage"...), old)
	for _, c := range []struct {
		name   string
		file   []byte
		status reeve.Status
		reason reeve.Reason
		has    string
	}{
		{"cut within the last sheet", whole[:sheet+22], reeve.StatusPartlyRead, reeve.ReasonCutShort, "Zoë Sample"},
		{"cut before the last sheet", whole[:sheet], reeve.StatusPartlyRead, reeve.ReasonBroken, "Zoë Sample"},
		{"garbage between sheets", lost, reeve.StatusRead, "", "gone"},
		{"globals without end", endless, reeve.StatusRead, "", "gone"},
		{"nothing but text", oletest.File(oletest.Stream{Path: "Workbook", Data: []byte("\x01\x02Letter to the tenant of the house\x00\x00")}), reeve.StatusPartlyRead, reeve.ReasonSalvaged, "the tenant"},
		{"no workbook", oletest.File(oletest.Stream{Path: "Other", Data: whole}), reeve.StatusDamaged, reeve.ReasonBroken, ""},
		{"empty", nil, reeve.StatusDamaged, reeve.ReasonCutShort, ""},
	} {
		out, got := read(t, c.file)
		if out.Status != c.status || out.Reason != c.reason || !strings.Contains(got.String(), c.has) {
			t.Errorf("%s: %s %s\n%s", c.name, out.Status, out.Reason, got)
		}
	}
}

// FuzzRead holds the reader to the contract on any bytes.
func FuzzRead(f *testing.F) {
	f.Add(sample())
	f.Add(oletest.File(oletest.Stream{Path: "Workbook", Data: sample()}))
	f.Add(lockXOR(sample(), 0x1234, "VelvetSweatshop"))
	f.Add([]byte("\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00\x0A\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := &compoundtest.Catcher{}
		out := Read(compoundtest.Source(b), part.Options{Limits: part.Limits{Text: 4 << 20, Cells: 1e6, Steps: 1e6, Expanded: 4 << 20}}, c)
		if bad := compoundtest.Check(out, c); bad != "" {
			t.Fatal(bad)
		}
	})
}

// BenchmarkRead reads a sheet of 65,000 rows of seven cells.
func BenchmarkRead(b *testing.B) {
	var g, s biff
	g.begin(0x0600, subGlobals).rec(recStyle, uint16(0), uint16(0)).rec(recStyle, uint16(0), uint16(14)).rec(recSheet, uint32(0), byte(0), byte(0), byte(1), byte(0), "A")
	g.rec(recStrings, uint32(2), uint32(2), low("Sample"), low("1 Example Street")).end()
	s.begin(0x0600, subSheet)
	for row := range uint16(65000) {
		for col := range uint16(4) {
			s.rec(recSharedLabel, cellHead(row, col, 0), uint32(col%2))
		}
		s.rec(recRK, cellHead(row, 4, 0), uint32(row)<<2|2).rec(recNumber, cellHead(row, 5, 1), float64(36955)).rec(recNumber, cellHead(row, 6, 0), 12.5)
	}
	file := joined(g, *s.end())
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		read(b, file)
	}
}
