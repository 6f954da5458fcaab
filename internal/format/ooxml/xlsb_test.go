package ooxml

import (
	"encoding/binary"
	"math"
	"testing"
	"unicode/utf16"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

// record is one record of a binary part, for sizes below 128.
func record(kind int, parts ...[]byte) string {
	var data []byte
	for _, p := range parts {
		data = append(data, p...)
	}
	head := []byte{byte(kind)}
	if kind >= 0x80 {
		head = []byte{byte(kind) | 0x80, byte(kind >> 7)}
	}
	return string(append(append(head, byte(len(data))), data...))
}

func u32(n uint32) []byte { return binary.LittleEndian.AppendUint32(nil, n) }

func wideOf(s string) []byte {
	units := utf16.Encode([]rune(s))
	b := u32(uint32(len(units)))
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func binaryCell(kind int, col, style uint32, v []byte) string {
	return record(kind, u32(col), u32(style), v)
}

func binaryRow(n uint32, flags byte) string {
	return record(brtRow, u32(n), make([]byte, 7), []byte{flags}, make([]byte, 5))
}

func xlsb(t testing.TB, sheet string) part.Source {
	return formattest.Packed(t,
		"_rels/.rels", rels("officeDocument", "xl/workbook.bin"),
		"xl/workbook.bin", record(brtProperties, make([]byte, 8))+record(brtSheet, u32(1), u32(1), wideOf("r1"), wideOf("Staff")),
		"xl/_rels/workbook.bin.rels", rels("worksheet", "worksheets/sheet1.bin", "sharedStrings", "sharedStrings.bin", "styles", "styles.bin"),
		"xl/sharedStrings.bin", record(brtSharedItem, []byte{0}, wideOf("Example")),
		"xl/styles.bin", record(brtFormat, []byte{170, 0}, wideOf("0000000"))+record(brtCellStyles, u32(3))+
			record(brtStyle, []byte{0, 0, 0, 0})+record(brtStyle, []byte{0, 0, 14, 0})+record(brtStyle, []byte{0, 0, 170, 0})+record(brtStylesEnd),
		"xl/worksheets/sheet1.bin", sheet)
}

func TestXLSB(t *testing.T) {
	real := binary.LittleEndian.AppendUint64(nil, math.Float64bits(12.5))
	sheet := binaryRow(1, 0) +
		binaryCell(brtCellShared, 0, 0, u32(0)) + binaryCell(brtCellRk, 1, 1, u32(36955<<2|2)) + binaryCell(brtCellRk, 2, 2, u32(12345<<2|2)) +
		binaryCell(brtCellReal, 4, 0, real) + binaryCell(brtCellBool, 5, 0, []byte{1}) + binaryCell(brtCellError, 6, 0, []byte{7}) +
		binaryCell(brtFmlaString, 7, 0, append(wideOf("text"), 0, 0)) + binaryCell(brtCellRk, 8, 0, u32(250<<2|3)) +
		binaryRow(2, 0x10) + binaryCell(brtCellString, 0, 0, wideOf("unseen"))
	out, sink := readAll(t, ReadXLSB, xlsb(t, sheet))
	if out.Status != reeve.StatusRead || out.Pages != 1 || out.Reader != "xlsb/1" {
		t.Errorf("outcome %+v", out)
	}
	want := "Example|2001-03-05|0012345||12.5|TRUE|#DIV/0!|text|2.5\nunseen\n"
	if got := sink.TextOf("sheet Staff", reeve.LayerHidden); got != want {
		t.Errorf("a hidden sheet gives %q, want %q", got, want)
	}
	if len(sink.Blocks) == 0 || sink.Blocks[0].First != 2 {
		t.Errorf("blocks %+v", sink.Blocks)
	}
	out, sink = readAll(t, ReadXLSB, xlsb(t, sheet[:len(sheet)-3]))
	if out.Status != reeve.StatusPartlyRead || out.Reason != reeve.ReasonCutShort || len(sink.Blocks) == 0 {
		t.Errorf("cut short: %+v", out)
	}
}

func FuzzXLSB(f *testing.F) {
	f.Add([]byte(binaryRow(0, 0) + binaryCell(brtCellString, 0, 0, wideOf("x"))))
	f.Fuzz(func(t *testing.T, sheet []byte) { readAll(t, ReadXLSB, xlsb(t, string(sheet))) })
}
