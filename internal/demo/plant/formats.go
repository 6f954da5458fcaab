package plant

import (
	"strings"
	"unicode/utf16"
)

// layout writes a paper as a file of one format. The readers that will be
// measured are not used: these writers are small and their own.
type layout struct {
	name, ext string
	write     func(*paper) []byte
}

var layouts = []layout{
	{"txt", "txt", writeText},
	{"txt-windows", "txt", func(p *paper) []byte { return windows1252(string(writeText(p))) }},
	{"txt-utf16", "txt", func(p *paper) []byte { return utf16Text(string(writeText(p))) }},
	{"csv", "csv", func(p *paper) []byte { return writeDelimited(p, ',', false) }},
	{"csv-semicolon", "csv", func(p *paper) []byte { return writeDelimited(p, ';', true) }},
	{"tsv", "tsv", func(p *paper) []byte { return writeDelimited(p, '\t', false) }},
	{"docx", "docx", writeDocx},
	{"xlsx", "xlsx", writeXlsx},
	{"eml", "eml", writeEml},
	{"msg", "msg", writeMSG},
	{"tnef", "dat", writeTNEF},
	{"xls", "xls", writeXLS},
	{"dbf", "dbf", writeDBF},
	{"html", "html", writeHTML},
	{"rtf", "rtf", writeRTF},
	{"odt", "odt", writeODT},
	{"ods", "ods", writeODS},
	{"pptx", "pptx", writePptx},
	{"pdf", "pdf", writePDF},
	{"json", "json", writeJSON},
	{"xml", "xml", writeXML},
	{"sql", "sql", writeSQL},
	{"sqlite", "db", writeSQLite},
	{"vcf", "vcf", writeCards},
	{"ics", "ics", writeCalendar},
}

// mail reports whether a layout has a mail's head and attachments.
func (l layout) mail() bool { return l.name == "eml" || l.name == "msg" || l.name == "tnef" }

func layoutOf(name string) layout {
	for _, l := range layouts {
		if l.name == name {
			return l
		}
	}
	panic("plant: no layout " + name)
}

// writeText writes plain text with Windows line ends, broken hard where the
// author's editor did so. Tables are columns of text.
func writeText(p *paper) []byte {
	var b strings.Builder
	for _, k := range p.blocks {
		switch {
		case k.rows != nil:
			for _, row := range k.rows {
				b.WriteString(strings.Join(row, "\t") + "\r\n")
			}
		case k.heading:
			b.WriteString(strings.ToUpper(k.text) + "\r\n" + strings.Repeat("=", len(k.text)) + "\r\n")
		default:
			b.WriteString(wrapped(k.text, p.manner.wrap) + "\r\n")
		}
	}
	return []byte(b.String())
}

func foldLines(s string, width int) []string { return strings.Split(wrapped(s, width), "\r\n") }

// wrapped breaks a line at spaces after width columns.
func wrapped(s string, width int) string {
	if width == 0 || len(s) <= width {
		return s
	}
	var b strings.Builder
	column := 0
	for i, w := range strings.Split(s, " ") {
		switch {
		case i > 0 && column+1+len(w) > width:
			b.WriteString("\r\n")
			column = 0
		case i > 0:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(w)
		column += len(w)
	}
	return b.String()
}

// utf16Text is what Notepad called Unicode: little-endian with a mark.
func utf16Text(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// writeDelimited writes a table as text with a separator; text blocks are rows
// of one cell, as spreadsheets export a title.
func writeDelimited(p *paper, sep rune, windows bool) []byte {
	var b strings.Builder
	for _, k := range p.blocks {
		rows := k.rows
		if rows == nil {
			rows = [][]string{{k.text}}
		}
		for _, row := range rows {
			for i, cell := range row {
				if i > 0 {
					b.WriteRune(sep)
				}
				b.WriteString(quoted(cell, sep))
			}
			b.WriteString("\r\n")
		}
	}
	if windows {
		return windows1252(b.String())
	}
	return []byte(b.String())
}

func quoted(cell string, sep rune) string {
	if strings.ContainsAny(cell, "\"\r\n"+string(sep)) {
		return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	return cell
}
