package plant

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

// packed is a ZIP of parts in order, with one fixed time, so that the same
// paper gives the same bytes.
func packed(parts ...[2]string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range parts {
		method := zip.Deflate
		if part[0] == "mimetype" {
			method = zip.Store
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: part[0], Method: method, Modified: time.Date(2019, 3, 4, 9, 30, 0, 0, time.UTC)})
		if err == nil {
			_, err = f.Write([]byte(part[1]))
		}
		if err != nil {
			panic("plant: write to memory: " + err.Error())
		}
	}
	if err := w.Close(); err != nil {
		panic("plant: write to memory: " + err.Error())
	}
	return b.Bytes()
}

func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic("plant: escape: " + err.Error())
	}
	return b.String()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const officePrefix = "application/vnd.openxmlformats-officedocument."

// relations lists the relations of a package part: id, type (the last part of
// its name) and target, three strings each.
func relations(list ...string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i+2 < len(list); i += 3 {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, list[i], list[i+1], list[i+2])
	}
	return b.String() + `</Relationships>`
}

// contentTypes lists part names with the ends of their content types.
func contentTypes(list ...string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	for i := 0; i+1 < len(list); i += 2 {
		fmt.Fprintf(&b, `<Override PartName="/%s" ContentType="%s%s+xml"/>`, list[i], officePrefix, list[i+1])
	}
	return b.String() + `</Types>`
}

const wordSpace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// writeDocx writes a word processor's document: paragraphs, headings, tables;
// what is marked as a comment goes into the comments part. Long lines are cut
// into several runs, as editing leaves them.
func writeDocx(p *paper) []byte {
	var body, comments strings.Builder
	for i, k := range p.blocks {
		switch {
		case k.comment:
			fmt.Fprintf(&comments, `<w:comment w:id="%d" w:author="%s" w:date="2014-02-03T10:00:00Z">%s</w:comment>`, i, "Reviewer", docxParagraph(k.text, "", p.chance))
		case k.rows != nil:
			body.WriteString(docxTable(k.rows, p.chance))
		case k.heading:
			body.WriteString(docxParagraph(k.text, "Heading1", p.chance))
		default:
			body.WriteString(docxParagraph(k.text, "", p.chance))
		}
	}
	parts := [][2]string{
		{"[Content_Types].xml", contentTypes("word/document.xml", "wordprocessingml.document.main", "word/comments.xml", "wordprocessingml.comments")},
		{"_rels/.rels", relations("rId1", "officeDocument", "word/document.xml")},
		{"word/document.xml", xmlHead + `<w:document` + wordSpace + `><w:body>` + body.String() + `<w:sectPr/></w:body></w:document>`},
	}
	if comments.Len() > 0 {
		parts = append(parts, [2]string{"word/_rels/document.xml.rels", relations("rId1", "comments", "comments.xml")},
			[2]string{"word/comments.xml", xmlHead + `<w:comments` + wordSpace + `>` + comments.String() + `</w:comments>`})
	} else {
		parts[0][1] = contentTypes("word/document.xml", "wordprocessingml.document.main")
	}
	return packed(parts...)
}

func docxParagraph(text, style string, c chance) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	if style != "" {
		b.WriteString(`<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	}
	for len(text) > 0 {
		n := len(text)
		if n > 12 && c.one(0.3) {
			n = c.between(4, n-1)
			for n < len(text) && text[n]&0xC0 == 0x80 {
				n++
			}
		}
		b.WriteString(`<w:r><w:t xml:space="preserve">` + escaped(text[:n]) + `</w:t></w:r>`)
		text = text[n:]
	}
	return b.String() + "</w:p>"
}

func docxTable(rows [][]string, c chance) string {
	var b strings.Builder
	b.WriteString("<w:tbl><w:tblPr/><w:tblGrid/>")
	for _, row := range rows {
		b.WriteString("<w:tr>")
		for _, cell := range row {
			b.WriteString("<w:tc>" + docxParagraph(cell, "", c) + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

// writeXlsx writes a workbook: a sheet for each run of blocks with one sheet
// name, hidden ones marked so; dates as serial numbers with a date style.
func writeXlsx(p *paper) []byte {
	sheets := p.sheets()
	types := []string{"xl/workbook.xml", "spreadsheetml.sheet.main", "xl/styles.xml", "spreadsheetml.styles"}
	var book strings.Builder
	var rels []string
	var parts [][2]string
	for i, s := range sheets {
		n := fmt.Sprint(i + 1)
		state := ""
		if s.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&book, `<sheet name="%s" sheetId="%s"%s r:id="rId%s"/>`, escaped(s.sheet), n, state, n)
		rels = append(rels, "rId"+n, "worksheet", "worksheets/sheet"+n+".xml")
		types = append(types, "xl/worksheets/sheet"+n+".xml", "spreadsheetml.worksheet")
		parts = append(parts, [2]string{"xl/worksheets/sheet" + n + ".xml", xlsxSheet(s.rows)})
	}
	rels = append(rels, "rIdS", "styles", "styles.xml")
	const space = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	return packed(append([][2]string{
		{"[Content_Types].xml", contentTypes(types...)},
		{"_rels/.rels", relations("rId1", "officeDocument", "xl/workbook.xml")},
		{"xl/workbook.xml", xmlHead + `<workbook` + space + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` + book.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations(rels...)},
		{"xl/styles.xml", xmlHead + `<styleSheet` + space + `><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>` +
			`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`},
	}, parts...)...)
}

// sheets gathers the blocks into sheets. Text stands in the first column.
func (p *paper) sheets() []block {
	var list []block
	for _, k := range p.blocks {
		name := k.sheet
		if name == "" {
			name = "Sheet1"
		}
		rows := k.rows
		if rows == nil {
			rows = [][]string{{k.text}}
		}
		if n := len(list); n > 0 && (list[n-1].sheet == name || k.rows == nil) {
			list[n-1].rows = append(list[n-1].rows, rows...)
			continue
		}
		list = append(list, block{sheet: name, rows: append([][]string(nil), rows...), hidden: k.hidden})
	}
	return list
}

func xlsxSheet(rows [][]string) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for r, row := range rows {
		fmt.Fprintf(&b, `<row r="%d">`, r+1)
		for c, cell := range row {
			b.WriteString(xlsxCell(reeve.ColumnName(c)+fmt.Sprint(r+1), cell))
		}
		b.WriteString(`</row>`)
	}
	return b.String() + `</sheetData></worksheet>`
}

// xlsxCell writes a date as its serial number, since that is how a spreadsheet
// keeps it; anything else as text.
func xlsxCell(at, cell string) string {
	if cell == "" {
		return ""
	}
	if day, err := time.Parse("02/01/2006", cell); err == nil {
		return fmt.Sprintf(`<c r="%s" s="1"><v>%d</v></c>`, at, int(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24))
	}
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, escaped(cell))
}
