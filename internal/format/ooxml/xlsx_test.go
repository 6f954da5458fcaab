package ooxml

import (
	"slices"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

const sheetSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// xlsx makes a workbook of one sheet, "People", and further parts.
func xlsx(t testing.TB, sheet string, parts ...string) part.Source {
	return formattest.Packed(t, append([]string{
		"_rels/.rels", rels("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook ` + sheetSpace + `><sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml", "sharedStrings", "sharedStrings.xml"),
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0000000"/><numFmt numFmtId="171" formatCode="dd\-mmm\-yyyy"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="9"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml", `<sst><si><t>Example</t></si><si><r><t>Ann </t></r><r><t>Marie</t></r><rPh><t>no</t></rPh></si><si><t>a_x000D_b_x005F_c</t></si><si><t>left behind</t></si></sst>`,
		"xl/worksheets/sheet1.xml", `<worksheet ` + sheetSpace + `>` + sheet + `</worksheet>`,
	}, parts...)...)
}

func TestXlsxCells(t *testing.T) {
	tests := []struct{ name, cell, want string }{
		{"shared", `<c t="s"><v>0</v></c>`, "Example"},
		{"rich", `<c t="s"><v>1</v></c>`, "Ann Marie"},
		{"escapes", `<c t="s"><v>2</v></c>`, "a\nb_c"},
		{"no such string", `<c t="s"><v>99</v></c><c><v>1</v></c>`, "|1"},
		{"inline", `<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>`, "inline"},
		{"formula", `<c t="str"><f>UPPER("x")</f><v>X &amp; Y</v></c>`, "X & Y"},
		{"number", `<c><v>42</v></c>`, "42"},
		{"long number", `<c><v>1.2345678901234E+13</v></c>`, "12345678901234"},
		{"rounding dirt", `<c><v>0.30000000000000004</v></c>`, "0.3"},
		{"date", `<c s="1"><v>36955</v></c>`, "2001-03-05"},
		{"custom date", `<c s="3"><v>36955</v></c>`, "05-Mar-2001"},
		{"strict date", `<c t="d"><v>2001-03-05T00:00:00</v></c>`, "2001-03-05"},
		{"id", `<c s="2"><v>12345</v></c>`, "0012345"},
		{"percent", `<c s="4"><v>0.5</v></c>`, "50%"},
		{"true", `<c t="b"><v>1</v></c>`, "TRUE"},
		{"error", `<c t="e"><v>#N/A</v></c>`, "#N/A"},
		{"gap", `<c r="C1"><v>3</v></c>`, "||3"},
		{"order", `<c r="B1"><v>2</v></c><c r="A1"><v>1</v></c>`, "1|2"},
		{"far column", `<c r="XFE1"><v>9</v></c>`, "9"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, sink := readAll(t, ReadXLSX, xlsx(t, `<sheetData><row r="1">`+test.cell+`</row></sheetData>`))
			if got := sink.TextOf("sheet People", reeve.LayerBody); got != test.want+"\n" {
				t.Errorf("got %q, want %q", got, test.want+"\n")
			}
		})
	}
}

func TestXlsxRows(t *testing.T) {
	row := func(attrs, v string) string { return `<row ` + attrs + `><c t="str"><v>` + v + `</v></c></row>` }
	out, sink := readAll(t, ReadXLSX, xlsx(t, `<sheetData>`+row(`r="3"`, "head")+row(`r="4"`, "a")+row(`r="5" hidden="1"`, "b")+row(`r="7"`, "c")+row(`r="500"`, "d")+`</sheetData><headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Leavers &amp;P</oddHeader></headerFooter>`))
	if out.Status != reeve.StatusRead || out.Pages != 1 {
		t.Errorf("outcome %+v", out)
	}
	type piece struct {
		layer        reeve.Layer
		table, first int
		text         string
	}
	var got []piece
	for _, b := range sink.Blocks {
		if b.Rows != nil {
			got = append(got, piece{b.Layer, b.Table, b.First, formattest.Text(b)})
		}
	}
	want := []piece{{reeve.LayerBody, 1, 3, "head\na\n"}, {reeve.LayerHidden, 1, 5, "b\n\n"}, {reeve.LayerBody, 1, 7, "c\n"}, {reeve.LayerBody, 1, 500, "d\n"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := sink.TextOf("sheet People", reeve.LayerHeader); got != "Leavers\n" {
		t.Errorf("header %q", got)
	}
	if got := sink.TextOf("unused strings", reeve.LayerDeleted); got != "Example\nAnn Marie\na\nb_c\nleft behind\n" {
		t.Errorf("unused strings %q", got)
	}
}

func TestXlsxParts(t *testing.T) {
	src := formattest.Packed(t,
		"_rels/.rels", rels("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook `+sheetSpace+`><workbookPr date1904="1"/><sheets><sheet name="Open" r:id="r1"/><sheet name="Shut" state="veryHidden" r:id="r2"/><sheet name="Gone" r:id="r9"/></sheets><definedNames><definedName name="Manager">"Ann Invented"</definedName><definedName name="_xlnm.Print_Area">A1</definedName></definedNames></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml", "worksheet", "worksheets/sheet2.xml", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml", "externalLink", "externalLinks/externalLink1.xml", "connections", "connections.xml", "person", "persons/person.xml", "styles", "styles.xml"),
		"xl/styles.xml", `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c s="1"><v>35493</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels", rels("comments", "../comments1.xml", "threadedComment", "../threadedComments/threadedComment1.xml", "drawing", "../drawings/drawing1.xml", "!hyperlink", "mailto:ann@example.org"),
		"xl/comments1.xml", `<comments><authors><author>Bob Invented</author></authors><commentList><comment ref="B2" authorId="0"><text><t>owes rent</t></text></comment><comment ref="C2" authorId="0"><text><t>[Threaded comment] stands in</t></text></comment></commentList></comments>`,
		"xl/threadedComments/threadedComment1.xml", `<ThreadedComments><threadedComment ref="C2" personId="{1}"><text>call her</text></threadedComment></ThreadedComments>`,
		"xl/persons/person.xml", `<personList><person displayName="Cy Invented" id="{1}" userId="cy@example.org"/></personList>`,
		"xl/drawings/drawing1.xml", `<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:sp><xdr:txBody><a:p><a:r><a:t>text </a:t></a:r><a:r><a:t>box</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>`,
		"xl/worksheets/sheet2.xml", `<worksheet><sheetData><row><c t="str"><v>hidden away</v></c></row></sheetData></worksheet>`,
		"xl/pivotCache/pivotCacheDefinition1.xml", `<pivotCacheDefinition refreshedBy="Ann Invented"><cacheFields><cacheField name="Surname"><sharedItems><s v="Example"/><s v="Sample"/></sharedItems></cacheField><cacheField name="Born"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>`,
		"xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels", rels("pivotCacheRecords", "pivotCacheRecords1.xml"),
		"xl/pivotCache/pivotCacheRecords1.xml", `<pivotCacheRecords><r><x v="1"/><d v="2001-03-05T00:00:00"/></r><r><x v="0"/><m/></r></pivotCacheRecords>`,
		"xl/externalLinks/externalLink1.xml", `<externalLink><externalBook><sheetNames><sheetName val="Rents"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="2"><cell r="A2" t="str"><v>Ann Example</v></cell><cell r="B2"><v>95.5</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>`,
		"xl/connections.xml", `<connections><connection name="Northgate"><dbPr connection="Server=x;Password=hunter2" command="SELECT 1"/></connection></connections>`,
		"xl/worksheets/sheet7.xml", `<worksheet><sheetData><row><c t="str"><v>left over</v></c></row></sheetData></worksheet>`)
	out, sink := readAll(t, ReadXLSX, src)
	if out.Status != reeve.StatusPartlyRead || out.Reason != reeve.ReasonBroken || out.PagesUnread != 1 {
		t.Errorf("outcome %+v", out)
	}
	for _, want := range []struct {
		place string
		layer reeve.Layer
		text  string
	}{
		{"sheet Open", reeve.LayerBody, "2001-03-05\ntext box\n\n"},
		{"sheet Open comments", reeve.LayerComment, "Comment by: Bob Invented\nOn cell B2\nowes rent\n\nComment by: Bob Invented\nComment by: Cy Invented\nOn cell C2\ncall her\n\n"},
		{"sheet Shut", reeve.LayerHidden, "hidden away\n"},
		{"sheet left over 3", reeve.LayerHidden, "left over\n"},
		{"pivot cache 1", reeve.LayerCache, "[Surname|Born]\nSample|2001-03-05\nExample|\n"},
		{"external link 2 sheet Rents", reeve.LayerCache, "Ann Example|95.5\n"},
		{"connections", reeve.LayerMetadata, "name: Northgate\nconnection: Server=x; Password=hunter2\ncommand: SELECT 1\n"},
		{"defined names", reeve.LayerMetadata, "Manager: \"Ann Invented\"\n"},
		{"links", reeve.LayerMetadata, "hyperlink: mailto:ann@example.org\n"},
		{"people", reeve.LayerMetadata, "Comment by: Cy Invented\nAccount: cy@example.org\nComment by: Bob Invented\nRefreshed by: Ann Invented\n"},
	} {
		if got := sink.TextOf(want.place, want.layer); got != want.text {
			t.Errorf("part %q layer %d is\n%q, want\n%q", want.place, want.layer, got, want.text)
		}
	}
}

func TestStringTable(t *testing.T) {
	var table stringTable
	for range 3 {
		table.add([]byte("x"))
	}
	table.seal()
	if s, ok := table.get([]byte("2")); s != "x" || !ok || !table.isUsed(2) || table.isUsed(1) {
		t.Errorf("get gives %q, %v", s, ok)
	}
	for _, bad := range []string{"", "-1", "3", "x", "99999999999999999999"} {
		if _, ok := table.get([]byte(bad)); ok {
			t.Errorf("there is a string %q", bad)
		}
	}
	table.bytes = maxStringBytes
	if table.add([]byte("y")) || !table.over {
		t.Error("the table takes more than it may")
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c></row><row r="1" hidden="1"><c s="1"><v>1e300</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<sst><si><t>x</t></si></sst>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		readAll(t, ReadXLSX, xlsx(t, string(body), "xl/comments1.xml", string(body), "xl/pivotCache/pivotCacheDefinition1.xml", string(body), "xl/externalLinks/externalLink1.xml", string(body)))
	})
}
