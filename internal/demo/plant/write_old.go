package plant

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/reeve-council/reeve/internal/ole/oletest"
)

// writeXLS writes a workbook of Excel 97 ([MS-XLS]): one sheet of text cells.
func writeXLS(p *paper) []byte {
	sheet := biffRecord(nil, 0x0809, biffBOF(0x0010))
	row := 0
	for _, k := range p.blocks {
		rows := k.rows
		if rows == nil {
			rows = [][]string{{k.text}}
		}
		for _, cells := range rows {
			for col, cell := range cells {
				if cell != "" {
					sheet = biffRecord(sheet, 0x0204, biffLabel(row, col, cell))
				}
			}
			row++
		}
	}
	sheet = biffRecord(sheet, 0x000A, nil)
	name := append([]byte{6, 0}, "Sheet1"...)
	globals := biffRecord(nil, 0x0809, biffBOF(0x0005))
	at := len(globals) + 4 + 6 + len(name) + 4
	bound := binary.LittleEndian.AppendUint32(nil, uint32(at))
	globals = biffRecord(globals, 0x0085, append(append(bound, 0, 0), name...))
	globals = biffRecord(globals, 0x000A, nil)
	return oletest.File(oletest.Stream{Path: "Workbook", Data: append(globals, sheet...)})
}

func biffRecord(b []byte, kind uint16, data []byte) []byte {
	b = binary.LittleEndian.AppendUint16(b, kind)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(data)))
	return append(b, data...)
}

func biffBOF(kind uint16) []byte {
	b := binary.LittleEndian.AppendUint16(nil, 0x0600)
	b = binary.LittleEndian.AppendUint16(b, kind)
	return append(b, make([]byte, 12)...)
}

// biffLabel is a LABEL cell with its text in UTF-16, cut at what one holds.
func biffLabel(row, col int, text string) []byte {
	units := utf16.Encode([]rune(text))
	units = units[:min(len(units), 2000)]
	var b []byte
	for _, v := range []uint16{uint16(row), uint16(col), 0, uint16(len(units))} {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	b = append(b, 1)
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// writeDBF writes a table of dBase III: names of fields have ten letters, text
// is in code page 1252 (language driver 3).
func writeDBF(p *paper) []byte {
	header, rows := p.table()
	widths := make([]int, len(header))
	text := func(s string) []byte { b := windows1252(s); return b[:min(len(b), 254)] }
	for i := range header {
		widths[i] = 1
		for _, row := range rows {
			widths[i] = max(widths[i], len(text(row[i])))
		}
	}
	record := 1
	for _, w := range widths {
		record += w
	}
	var b bytes.Buffer
	b.Write([]byte{3, 119, 6, 1})
	sizes := binary.LittleEndian.AppendUint32(nil, uint32(len(rows)))
	sizes = binary.LittleEndian.AppendUint16(sizes, uint16(33+32*len(header)))
	b.Write(binary.LittleEndian.AppendUint16(sizes, uint16(record)))
	b.Write(make([]byte, 17))
	b.Write([]byte{3, 0, 0})
	for i, name := range fieldNames(header) {
		field := make([]byte, 32)
		copy(field, name)
		field[11], field[16] = 'C', byte(widths[i])
		b.Write(field)
	}
	b.WriteByte(0x0D)
	for _, row := range rows {
		b.WriteByte(' ')
		for i := range header {
			cell := text(row[i])
			b.Write(cell)
			b.WriteString(strings.Repeat(" ", widths[i]-len(cell)))
		}
	}
	b.WriteByte(0x1A)
	return b.Bytes()
}

// fieldNames cuts column names to ten letters, told apart by a digit.
func fieldNames(header []string) []string {
	seen := make(map[string]bool)
	out := make([]string, len(header))
	for i, h := range header {
		name := strings.ToUpper(element(h))
		name = name[:min(len(name), 10)]
		for n := 2; seen[name]; n++ {
			name = fmt.Sprintf("%.9s%d", name, n)
		}
		seen[name], out[i] = true, name
	}
	return out
}

// writeMSG writes an Outlook message ([MS-OXMSG]): sender, recipients, subject,
// date, plain body and attachments as Unicode properties.
func writeMSG(p *paper) []byte {
	m := msgProperties{head: 32}
	sender, address := mailbox(p.head.from)
	m.text(0x001A, "IPM.Note")
	m.text(0x0037, p.head.subject)
	m.text(0x0C1A, sender)
	m.text(0x0C1F, address)
	m.text(0x0E04, p.head.to)
	m.text(0x0E03, p.head.cc)
	m.text(0x1000, string(writeText(p)))
	m.text(0x007D, fmt.Sprintf("From: %s\r\nTo: %s\r\nCc: %s\r\nSubject: %s\r\n", p.head.from, p.head.to, p.head.cc, p.head.subject))
	for i, a := range p.attach {
		at := msgProperties{folder: fmt.Sprintf("__attach_version1.0_#%08X/", i), head: 8}
		at.text(0x3707, a.name)
		at.text(0x3704, a.name)
		at.fixed(0x3705, 0x0003, 1) // by value
		at.binary(0x3701, a.bytes)
		m.streams = append(m.streams, at.close()...)
	}
	return oletest.File(m.close()...)
}

// mailbox splits "Name <address>".
func mailbox(s string) (name, address string) {
	name, rest, ok := strings.Cut(s, " <")
	if !ok {
		return s, s
	}
	return strings.Trim(name, `"`), strings.TrimSuffix(rest, ">")
}

// msgProperties gathers the properties of a message or attachment: a stream for
// each long value, and the stream that lists them all.
type msgProperties struct {
	folder  string
	head    int // bytes before the list
	list    []byte
	streams []oletest.Stream
}

func (m *msgProperties) text(id uint16, s string) {
	if s == "" {
		return
	}
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	m.add(id, 0x001F, b, len(b)+2)
}

func (m *msgProperties) binary(id uint16, data []byte) { m.add(id, 0x0102, data, len(data)) }

func (m *msgProperties) add(id, kind uint16, data []byte, size int) {
	m.streams = append(m.streams, oletest.Stream{Path: fmt.Sprintf("%s__substg1.0_%04X%04X", m.folder, id, kind), Data: data})
	m.fixed(id, kind, uint64(size))
}

func (m *msgProperties) fixed(id, kind uint16, value uint64) {
	m.list = binary.LittleEndian.AppendUint32(m.list, uint32(id)<<16|uint32(kind))
	m.list = binary.LittleEndian.AppendUint32(m.list, 6)
	m.list = binary.LittleEndian.AppendUint64(m.list, value)
}

func (m *msgProperties) close() []oletest.Stream {
	return append(m.streams, oletest.Stream{Path: m.folder + "__properties_version1.0", Data: append(make([]byte, m.head), m.list...)})
}
