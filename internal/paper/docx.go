package paper

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// WriteDOCX writes the document as Office Open XML (ECMA-376) for those who must
// edit it: real headings, lists, tables whose head repeats, page numbers in the
// footer, the language set, and a text behind every picture.
func (d *Document) WriteDOCX(w io.Writer) error {
	if err := d.check(); err != nil {
		return fmt.Errorf("write DOCX: %w", err)
	}
	x := &docx{}
	x.body(d)
	parts := []part{
		{"[Content_Types].xml", docxContentTypes},
		{"_rels/.rels", docxPackage},
		{"docProps/core.xml", x.core(d)},
		{"word/document.xml", x.document()},
		{"word/_rels/document.xml.rels", x.relations()},
		{"word/styles.xml", strings.Replace(docxStyles, "{language}", text(d.language()), 1)},
		{"word/numbering.xml", x.numbering()},
		{"word/footer1.xml", x.footer(d.Footer)},
	}
	for i, img := range x.images {
		parts = append(parts, part{"word/media/image" + strconv.Itoa(i+1) + ".png", string(img)})
	}
	if err := writeParts(w, parts, d.Date); err != nil {
		return fmt.Errorf("write DOCX: %w", err)
	}
	return nil
}

// part is one file inside the package.
type part struct{ name, text string }

// writeParts writes a ZIP archive whose entries all bear one time, so that the
// same document gives the same bytes.
func writeParts(w io.Writer, parts []part, date time.Time) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		// The time of a ZIP entry begins in 1980.
		h := &zip.FileHeader{Name: p.name, Method: zip.Deflate}
		if date.Year() >= 1980 {
			h.Modified = date.UTC()
		}
		f, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

// docx gathers the body and what it refers to.
type docx struct {
	bytes.Buffer
	lists  int // numbered lists, each with a numbering of its own
	images [][]byte
}

func (x *docx) put(parts ...string) {
	for _, p := range parts {
		x.WriteString(p)
	}
}

// paragraph writes one with a style and, if num is not 0, a numbering.
func (x *docx) paragraph(style string, num int, s string) {
	x.put(`<w:p><w:pPr><w:pStyle w:val="`, style, `"/>`)
	if num > 0 {
		x.put(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`, strconv.Itoa(num), `"/></w:numPr>`)
	}
	x.put(`</w:pPr>`)
	x.run("", s)
	x.put(`</w:p>`)
}

// run writes text with line breaks; look is the properties of the run.
func (x *docx) run(look, s string) {
	x.put(`<w:r>`)
	if look != "" {
		x.put(`<w:rPr>`, look, `</w:rPr>`)
	}
	for i, line := range splitLines(s) {
		if i > 0 {
			x.put(`<w:br/>`)
		}
		x.put(`<w:t xml:space="preserve">`, text(line), `</w:t>`)
	}
	x.put(`</w:r>`)
}

func (x *docx) body(d *Document) {
	x.paragraph("Title", 0, d.Title)
	if d.Subtitle != "" {
		x.paragraph("Subtitle", 0, d.Subtitle)
	}
	for _, b := range d.Blocks {
		x.block(b)
	}
}

// bulletList is the numbering of all lists with dots; numbered ones follow.
const bulletList = 1

// paragraphStyles are the names in docxStyles of the styles of paragraphs.
var paragraphStyles = map[Style]string{Plain: "Normal", Strong: "StrongText", Small: "SmallText", Warning: "WarningText", Exact: "ExactText"}

func (x *docx) block(b Block) {
	switch b := b.(type) {
	case Heading:
		x.paragraph("Heading"+strconv.Itoa(b.Level), 0, b.Text)
	case Paragraph:
		x.paragraph(paragraphStyles[b.Style], 0, b.Text)
	case List:
		num := bulletList
		if b.Numbered {
			x.lists++
			num += x.lists
		}
		for _, item := range b.Items {
			x.paragraph("ListParagraph", num, item)
		}
	case Facts:
		t := Table{Columns: make([]Column, 2)}
		for _, row := range b.Rows {
			t.Rows = append(t.Rows, []string{row.Name, row.Value})
		}
		x.table(t, false)
	case Table:
		x.caption(b.Caption)
		x.table(b, true)
	case Bars:
		x.bars(b)
	case Scan:
		x.scan(b)
	case PageBreak:
		x.put(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	}
}

func (x *docx) caption(s string) {
	if s != "" {
		x.paragraph("Caption", 0, s)
	}
}

// textTwips is the width of the text on the page, in twentieths of a point.
const textTwips = 9638

func (x *docx) table(t Table, head bool) {
	x.put(`<w:tbl><w:tblPr><w:tblStyle w:val="PaperTable"/><w:tblW w:w="`, strconv.Itoa(textTwips), `" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	widths := t.twips()
	for _, w := range widths {
		x.put(`<w:gridCol w:w="`, w, `"/>`)
	}
	x.put(`</w:tblGrid>`)
	if head {
		x.put(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
		for i, c := range t.Columns {
			x.cell(widths[i], c.Number, "<w:b/>", c.Title)
		}
		x.put(`</w:tr>`)
	}
	for _, row := range t.Rows {
		x.put(`<w:tr>`)
		for i, c := range t.Columns {
			look := ""
			if !head && i == 0 {
				look = "<w:b/>"
			}
			x.cell(widths[i], c.Number, look, cell(row, i))
		}
		x.put(`</w:tr>`)
	}
	x.put(`</w:tbl>`)
	x.paragraph("AfterTable", 0, "")
}

func (x *docx) cell(width string, number bool, look, s string) {
	x.put(`<w:tc><w:tcPr><w:tcW w:w="`, width, `" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/>`)
	if number {
		x.put(`<w:jc w:val="right"/>`)
	}
	x.put(`</w:pPr>`)
	x.run(look, s)
	x.put(`</w:p></w:tc>`)
}

// twips shares the width between columns by the length of their texts.
func (t Table) twips() []string {
	const letter = 110 // about the width of one, in twips
	least, wish := make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	measure := func(i int, s string) {
		wish[i] = max(wish[i], min(letterCount(s)+3, 60)*letter)
		for word := range strings.FieldsSeq(s) {
			least[i] = max(least[i], min(letterCount(word)+3, 24)*letter)
		}
	}
	for i, c := range t.Columns {
		least[i] = 4 * letter
		measure(i, c.Title)
		for _, row := range t.Rows[:min(len(t.Rows), sampled)] {
			measure(i, cell(row, i))
		}
		wish[i] = max(wish[i], least[i])
	}
	widths := make([]string, len(least))
	for i, w := range share(least, wish, textTwips) {
		widths[i] = strconv.Itoa(int(w))
	}
	return widths
}

// bars are a table of labels and values; the bars beside them are shaded blanks,
// which nobody has to hear read out.
func (x *docx) bars(b Bars) {
	const blanks = 60
	x.caption(b.Caption)
	x.put(`<w:tbl><w:tblPr><w:tblStyle w:val="PaperTable"/><w:tblW w:w="`, strconv.Itoa(textTwips), `" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>`,
		`<w:tblGrid><w:gridCol w:w="3300"/><w:gridCol w:w="1500"/><w:gridCol w:w="4838"/></w:tblGrid>`)
	for _, bar := range b.Bars {
		x.put(`<w:tr>`)
		x.cell("3300", false, "", bar.Label)
		x.cell("1500", true, "", bar.Shown)
		long := strings.Repeat("\u00a0", int(blanks*bar.Value/b.longest()+0.5))
		x.cell("4838", false, `<w:shd w:val="clear" w:color="auto" w:fill="505A5F"/>`, long)
		x.put(`</w:tr>`)
	}
	x.put(`</w:tbl>`)
	x.paragraph("AfterTable", 0, "")
}

// firstImage is the number of the first relation to a picture; those before are
// in docxRelations.
const firstImage = 4

func (x *docx) scan(s Scan) {
	var img bytes.Buffer
	if err := s.Code.WritePNG(&img, 6); err != nil {
		return // check has refused codes that were not made
	}
	x.images = append(x.images, img.Bytes())
	id := strconv.Itoa(len(x.images))
	const side = "1260000" // 35 mm in English metric units
	x.put(`<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:drawing><wp:inline><wp:extent cx="`, side, `" cy="`, side, `"/><wp:docPr id="`, id, `" name="Code `, id, `" descr="QR code: `, text(s.Code.text), `"/>`,
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="`, id, `" name="Code `, id, `"/><pic:cNvPicPr/></pic:nvPicPr>`,
		`<pic:blipFill><a:blip r:embed="rId`, strconv.Itoa(firstImage+len(x.images)-1), `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`,
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="`, side, `" cy="`, side, `"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`)
	x.paragraph("Normal", 0, s.caption())
}

func (x *docx) document() string {
	return docxHead + `<w:document ` + docxSpaces + `><w:body>` + x.String() +
		`<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1418" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`
}

func (x *docx) relations() string {
	var b strings.Builder
	b.WriteString(docxRelations)
	for i := range x.images {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image%d.png"/>`, firstImage+i, i+1)
	}
	return b.String() + `</Relationships>`
}

// numbering gives each numbered list a numbering of its own, which begins at 1.
func (x *docx) numbering() string {
	var b strings.Builder
	b.WriteString(docxHead + docxNumbering)
	for i := range x.lists {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`, bulletList+1+i)
	}
	return b.String() + `</w:numbering>`
}

func (x *docx) footer(lines string) string {
	f := &docx{}
	f.put(docxHead, `<w:ftr `, docxSpaces, `>`)
	if lines != "" {
		f.paragraph("Footer", 0, lines)
	}
	f.put(`<w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr>`)
	f.run("", "Page ")
	f.put(`<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>`)
	f.run("", " of ")
	f.put(`<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>`)
	return f.String()
}

func (x *docx) core(d *Document) string {
	stamp := d.Date.UTC().Format(time.RFC3339)
	return docxHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + text(d.Title) + `</dc:title><dc:subject>` + text(d.Subtitle) + `</dc:subject><dc:creator>` + text(d.Author) + `</dc:creator><dc:language>` + text(d.language()) + `</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + stamp + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + stamp + `</dcterms:modified></cp:coreProperties>`
}
