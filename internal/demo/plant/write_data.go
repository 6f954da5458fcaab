package plant

import (
	"encoding/json"
	"fmt"
	"strings"
)

// header and body of the paper's table; a template without one has neither.
func (p *paper) table() (header []string, rows [][]string) {
	for _, k := range p.blocks {
		if len(k.rows) > 1 {
			return k.rows[0], k.rows[1:]
		}
	}
	return nil, nil
}

// writeJSON writes an array of objects, fields in the order of the columns.
func writeJSON(p *paper) []byte {
	header, rows := p.table()
	var b strings.Builder
	b.WriteString("[\n")
	for r, row := range rows {
		b.WriteString("  {")
		for i, cell := range row {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(jsonText(header[i]) + ": " + jsonText(cell))
		}
		b.WriteString("}")
		if r < len(rows)-1 {
			b.WriteString(",")
		}
		b.WriteString("\n")
	}
	return []byte(b.String() + "]\n")
}

func jsonText(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic("plant: encode text: " + err.Error())
	}
	return string(b)
}

// element makes a name for an XML element or an SQL column.
func element(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, s)
}

// writeXML writes an export: one element for each row.
func writeXML(p *paper) []byte {
	header, rows := p.table()
	var b strings.Builder
	b.WriteString(xmlHead + "<export source=\"Norvale\">\n")
	for _, row := range rows {
		b.WriteString("  <record>")
		for i, cell := range row {
			name := element(header[i])
			fmt.Fprintf(&b, "<%s>%s</%s>", name, escaped(cell), name)
		}
		b.WriteString("</record>\n")
	}
	return []byte(b.String() + "</export>\n")
}

// writeSQL writes a dump: the table's definition and INSERT statements of up to
// twenty rows.
func writeSQL(p *paper) []byte {
	header, rows := p.table()
	var b strings.Builder
	var columns []string
	for _, h := range header {
		columns = append(columns, "`"+element(h)+"`")
	}
	fmt.Fprintf(&b, "-- MySQL dump 10.13\nCREATE TABLE `extract` (\n  %s varchar(200)\n);\n", strings.Join(columns, " varchar(200),\n  "))
	for start := 0; start < len(rows); start += 20 {
		b.WriteString("INSERT INTO `extract` VALUES ")
		for i, row := range rows[start:min(start+20, len(rows))] {
			var cells []string
			for _, c := range row {
				cells = append(cells, "'"+strings.ReplaceAll(c, "'", `\'`)+"'")
			}
			if i > 0 {
				b.WriteString(",")
			}
			b.WriteString("(" + strings.Join(cells, ",") + ")")
		}
		b.WriteString(";\n")
	}
	return []byte(b.String())
}

// writeCards writes a vCard for each row of the contact list.
func writeCards(p *paper) []byte {
	_, rows := p.table()
	var b strings.Builder
	for _, row := range rows {
		b.WriteString("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:" + cardText(row[0]) + "\r\n")
		for i, field := range []string{"", "EMAIL;TYPE=INTERNET:", "TEL;TYPE=CELL:", "ADR;TYPE=HOME:;;;;;"} {
			if i > 0 && row[i] != "" {
				b.WriteString(field + cardText(row[i]) + "\r\n")
			}
		}
		b.WriteString("END:VCARD\r\n")
	}
	return []byte(b.String())
}

func cardText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ",", `\,`, ";", `\;`).Replace(s)
}

// writeCalendar writes an appointment: the first line is its summary, the rest
// its description, folded as RFC 5545 asks.
func writeCalendar(p *paper) []byte {
	var lines []string
	for _, k := range p.blocks {
		lines = append(lines, cardText(k.text))
	}
	if len(lines) == 0 {
		lines = []string{""}
	}
	day := fmt.Sprintf("%04d%02d%02d", p.date.Year, p.date.Month, p.date.Day)
	var b strings.Builder
	for _, line := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Norvale//Diary//EN", "BEGIN:VEVENT", "UID:" + day + "@" + mailDomain,
		"DTSTART:" + day + "T100000Z", "SUMMARY:" + lines[0], "DESCRIPTION:" + strings.Join(lines[1:], `\n`), "END:VEVENT", "END:VCALENDAR"} {
		for len(line) > 70 {
			n := 70
			for line[n]&0xC0 == 0x80 {
				n--
			}
			b.WriteString(line[:n] + "\r\n ")
			line = line[n:]
		}
		b.WriteString(line + "\r\n")
	}
	return []byte(b.String())
}
