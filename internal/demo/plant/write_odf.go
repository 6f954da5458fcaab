package plant

import (
	"fmt"
	"strings"
	"time"
)

const odfSpace = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"` +
	` xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"`

func odfFile(kind, element, body string) []byte {
	manifest := xmlHead + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">` +
		`<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.` + kind + `"/>` +
		`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`
	content := xmlHead + `<office:document-content` + odfSpace + `><office:body><office:` + element + `>` + body + `</office:` + element + `></office:body></office:document-content>`
	return packed([2]string{"mimetype", "application/vnd.oasis.opendocument." + kind}, [2]string{"content.xml", content}, [2]string{"META-INF/manifest.xml", manifest})
}

// writeODT writes an OpenDocument text.
func writeODT(p *paper) []byte {
	var b strings.Builder
	for _, k := range p.blocks {
		switch {
		case k.rows != nil:
			b.WriteString(odfTable("Table", k.rows))
		case k.heading:
			b.WriteString(`<text:h text:outline-level="1">` + escaped(k.text) + `</text:h>`)
		default:
			b.WriteString(`<text:p>` + escaped(k.text) + `</text:p>`)
		}
	}
	return odfFile("text", "text", b.String())
}

// writeODS writes an OpenDocument spreadsheet, dates as typed cells.
func writeODS(p *paper) []byte {
	var b strings.Builder
	for _, s := range p.sheets() {
		b.WriteString(odfTable(s.sheet, s.rows))
	}
	return odfFile("spreadsheet", "spreadsheet", b.String())
}

func odfTable(name string, rows [][]string) string {
	var b strings.Builder
	b.WriteString(`<table:table table:name="` + escaped(name) + `">`)
	for _, row := range rows {
		b.WriteString(`<table:table-row>`)
		for _, cell := range row {
			b.WriteString(odfCell(cell))
		}
		b.WriteString(`</table:table-row>`)
	}
	return b.String() + `</table:table>`
}

func odfCell(cell string) string {
	if cell == "" {
		return `<table:table-cell/>`
	}
	if day, err := time.Parse("02/01/2006", cell); err == nil {
		return fmt.Sprintf(`<table:table-cell office:value-type="date" office:date-value="%s"><text:p>%s</text:p></table:table-cell>`, day.Format("2006-01-02"), cell)
	}
	return `<table:table-cell office:value-type="string"><text:p>` + escaped(cell) + `</text:p></table:table-cell>`
}

// writePptx writes a presentation with one slide for every eight lines.
func writePptx(p *paper) []byte {
	const space = ` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	types := []string{"ppt/presentation.xml", "presentationml.presentation.main"}
	var ids strings.Builder
	var rels []string
	var parts [][2]string
	for i := 0; i < len(p.blocks); i += 8 {
		n := i/8 + 1
		var b strings.Builder
		for _, k := range p.blocks[i:min(i+8, len(p.blocks))] {
			text := k.text
			for _, row := range k.rows {
				text += strings.Join(row, " ") + " "
			}
			b.WriteString(`<a:p><a:r><a:t>` + escaped(text) + `</a:t></a:r></a:p>`)
		}
		name := fmt.Sprintf("slides/slide%d.xml", n)
		parts = append(parts, [2]string{"ppt/" + name, xmlHead + `<p:sld` + space + `><p:cSld><p:spTree><p:sp><p:txBody>` + b.String() + `</p:txBody></p:sp></p:spTree></p:cSld></p:sld>`})
		types = append(types, "ppt/"+name, "presentationml.slide")
		rels = append(rels, fmt.Sprintf("rId%d", n), "slide", name)
		fmt.Fprintf(&ids, `<p:sldId id="%d" r:id="rId%d"/>`, 255+n, n)
	}
	return packed(append([][2]string{
		{"[Content_Types].xml", contentTypes(types...)},
		{"_rels/.rels", relations("rId1", "officeDocument", "ppt/presentation.xml")},
		{"ppt/presentation.xml", xmlHead + `<p:presentation` + space + `><p:sldIdLst>` + ids.String() + `</p:sldIdLst></p:presentation>`},
		{"ppt/_rels/presentation.xml.rels", relations(rels...)},
	}, parts...)...)
}
