package ooxml

import (
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"`

// docx makes a document of a body and further parts.
func docx(t testing.TB, body string, parts ...string) part.Source {
	return formattest.Packed(t, append([]string{
		"_rels/.rels", rels("officeDocument", "word/document.xml"),
		"word/document.xml", `<w:document ` + wordSpace + `><w:body>` + body + `</w:body></w:document>`,
	}, parts...)...)
}

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

// readAll reads and checks what holds for every reading.
func readAll(t *testing.T, read readFunc, src part.Source) (reeve.Outcome, *formattest.Kept) {
	t.Helper()
	sink := &formattest.Kept{}
	out := read(src, part.Options{}, sink)
	sink.Check(t, "fixture", out)
	return out, sink
}

func TestDocxLayers(t *testing.T) {
	tests := []struct {
		name, body string
		layer      reeve.Layer
		want       string
	}{
		{"paragraphs", para("Dear Mrs Example,") + `<w:p/>` + para("Your claim"), reeve.LayerBody, "Dear Mrs Example,\n\nYour claim\n"},
		{"breaks", `<w:p><w:r><w:t>1 High Street</w:t><w:br/><w:t>Anytown</w:t><w:tab/><w:t xml:space="preserve"> AB1 </w:t><w:noBreakHyphen/></w:r></w:p>`, reeve.LayerBody, "1 High Street\nAnytown\t AB1 -\n"},
		{"split run", `<w:p><w:r><w:t>Exam</w:t></w:r><w:proofErr/><w:r><w:t>ple</w:t></w:r></w:p>`, reeve.LayerBody, "Example\n"},
		{"deleted", `<w:p><w:r><w:t>kept </w:t></w:r><w:del w:author="Ann Invented"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>`, reeve.LayerDeleted, "gone\n"},
		{"moved", `<w:p><w:moveFrom w:author="A"><w:r><w:t>was here</w:t></w:r></w:moveFrom></w:p>`, reeve.LayerDeleted, "was here\n"},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r></w:p>`, reeve.LayerHidden, "unseen\n"},
		{"hidden by style", `<w:p><w:pPr><w:pStyle w:val="Ghost"/></w:pPr><w:r><w:t>unseen</w:t></w:r></w:p>`, reeve.LayerHidden, "unseen\n"},
		{"text box once", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + para("boxed") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + para("boxed") + `</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>after</w:t></w:r></w:p>`, reeve.LayerBody, "boxed\n\nafter\n"},
		{"fallback alone", `<w:p><w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`, reeve.LayerBody, "old\n"},
		{"control", `<w:sdt><w:sdtPr><w:alias w:val="Surname:"/></w:sdtPr><w:sdtContent>` + para("Example") + `</w:sdtContent></w:sdt>`, reeve.LayerForm, "Surname: Example\n"},
		{"prompt", `<w:sdt><w:sdtPr><w:alias w:val="Surname"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + para("Click here") + `</w:sdtContent></w:sdt>`, reeve.LayerForm, ""},
		{"list field", `<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Tenure"/><w:ddList><w:result w:val="1"/><w:listEntry w:val="owner"/><w:listEntry w:val="tenant"/></w:ddList></w:ffData></w:fldChar></w:r></w:p>`, reeve.LayerForm, "Tenure: tenant\n"},
		{"box field", `<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Check1"/><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar><w:t>Yes</w:t></w:r></w:p>`, reeve.LayerBody, "☒Yes\n"},
		{"symbol", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> agreed</w:t></w:r></w:p>`, reeve.LayerBody, "☑ agreed\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, sink := readAll(t, ReadDOCX, docx(t, test.body,
				"word/_rels/document.xml.rels", rels("styles", "styles.xml"),
				"word/styles.xml", `<w:styles `+wordSpace+`><w:style w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`))
			if got := sink.TextOf("", test.layer); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func cells(texts ...string) string {
	var b strings.Builder
	b.WriteString("<w:tr>")
	for _, text := range texts {
		b.WriteString("<w:tc><w:tcPr/>" + text + "</w:tc>")
	}
	return b.String() + "</w:tr>"
}

func table(rows ...string) string { return "<w:tbl><w:tblPr/>" + strings.Join(rows, "") + "</w:tbl>" }

func TestDocxTables(t *testing.T) {
	inner := table(cells(para("Name"), para("Ann")), cells(para("Born"), para("2001")))
	tests := []struct {
		name, body string
		want       []string // the blocks
	}{
		{"form", para("before") + table(cells(para("Surname"), para("Example")), cells(para("Address"), para("1 High St")+para("Anytown"))) + para("after"),
			[]string{"before\n", "Surname|Example\nAddress|1 High St\nAnytown\n", "after\n"}},
		{"span", table(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + para("wide") + `</w:tc><w:tc>` + para("x") + `</w:tc></w:tr>`), []string{"wide||x\n"}},
		{"frame", table(cells(para("one") + para("two"))), []string{"one\ntwo\n\n"}},
		{"inner table", table(cells(para("left"), inner), cells(para("next"), para("row"))), []string{"Name|Ann\nBorn|2001\n", "left|\nnext|row\n"}},
		{"inner row", table(cells(para("left"), table(cells(para("a"), para("b"))))), []string{"left|a\tb\n"}},
		{"never ended", `<w:tbl><w:tr><w:tc>` + para("x") + `</w:tc><w:tc>` + para("y"), []string{"x|y\n"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, sink := readAll(t, ReadDOCX, docx(t, test.body))
			var got []string
			for _, b := range sink.Blocks {
				got = append(got, formattest.Text(b))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestDocxParts(t *testing.T) {
	wrap := func(root, inner string) string {
		return `<w:` + root + ` ` + wordSpace + `>` + inner + `</w:` + root + `>`
	}
	src := formattest.Packed(t,
		"_rels/.rels", rels("officeDocument", "/word/document.xml", "core-properties", "docProps/core.xml", "custom-properties", "docProps/custom.xml"),
		"word/document.xml", wrap("document", `<w:body><w:p><w:r><w:instrText>HYPERLINK "mailto:ann@example.org"</w:instrText></w:r><w:ins w:author="Ann Invented"><w:r><w:t>body</w:t></w:r></w:ins></w:p></w:body>`),
		"word/_rels/document.xml.rels", rels("header", "header1.xml", "footnotes", "footnotes.xml", "comments", "comments.xml",
			"!hyperlink", "mailto:bob@example.org", "package", "embeddings/Book1.xlsx", "customXml", "../customXml/item1.xml", "settings", "settings.xml", "chart", "charts/chart1.xml"),
		"word/header1.xml", wrap("hdr", para("Private and confidential")),
		"word/footnotes.xml", wrap("footnotes", `<w:footnote>`+para("a note")+`</w:footnote>`),
		"word/comments.xml", wrap("comments", `<w:comment w:author="Bob Invented">`+para("is this right?")+`</w:comment>`),
		"word/settings.xml", wrap("settings", `<w:docVars><w:docVar w:name="CaseRef" w:val="HB 123"/></w:docVars>`),
		"word/_rels/settings.xml.rels", rels("!attachedTemplate", "file:///H:/ann.example/Letter.dotx"),
		"word/charts/chart1.xml", `<c:chartSpace xmlns:c="c" xmlns:a="a"><c:title><c:tx><c:rich><a:p><a:r><a:t>Arrears</a:t></a:r></a:p></c:rich></c:tx></c:title><c:ser><c:pt><c:v>Ann Example</c:v></c:pt></c:ser></c:chartSpace>`,
		"word/embeddings/Book1.xlsx", "book",
		"word/header9.xml", wrap("hdr", para("nobody refers to this")),
		"customXml/item1.xml", `<form><Surname>Example</Surname><Empty/></form>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>Cy Invented</dc:creator></cp:coreProperties>`,
		"docProps/custom.xml", `<Properties><property name="Client"><lpwstr>Ann Example</lpwstr></property></Properties>`)
	out, sink := readAll(t, ReadDOCX, src)
	if out.Status != reeve.StatusRead || out.Reader != "docx/1" {
		t.Errorf("outcome %+v", out)
	}
	for _, want := range []struct {
		place string
		layer reeve.Layer
		text  string
	}{
		{"", reeve.LayerBody, "body\n"},
		{"header", reeve.LayerHeader, "Private and confidential\n"},
		{"header 2", reeve.LayerHeader, "nobody refers to this\n"},
		{"footnotes", reeve.LayerBody, "a note\n\n"},
		{"comments", reeve.LayerComment, "Comment by: Bob Invented\nis this right?\n\n"},
		{"settings", reeve.LayerMetadata, "CaseRef: HB 123\n"},
		{"chart", reeve.LayerBody, "Arrears\n\nAnn Example\n"},
		{"form data", reeve.LayerForm, "Surname: Example\n"},
		{"people", reeve.LayerMetadata, "Tracked change by: Ann Invented\nComment by: Bob Invented\n"},
		{"links", reeve.LayerMetadata, "attachedTemplate: file:///H:/ann.example/Letter.dotx\nhyperlink: mailto:bob@example.org\n"},
		{"properties", reeve.LayerMetadata, "Author: Cy Invented\nClient: Ann Example\n"},
	} {
		if got := sink.TextOf(want.place, want.layer); got != want.text {
			t.Errorf("part %q layer %d is %q, want %q", want.place, want.layer, got, want.text)
		}
	}
	if !slices.Equal(sink.Names, []string{"Book1.xlsx"}) {
		t.Errorf("embedded %v", sink.Names)
	}
}

func TestDocxBroken(t *testing.T) {
	whole := docx(t, para("first")+para("second")+strings.Repeat(para("more words that follow"), 2000))
	raw := whole.Head(int(whole.Size))
	out, sink := readAll(t, ReadDOCX, formattest.Source(raw[:len(raw)/2]))
	if out.Status != reeve.StatusPartlyRead || out.Reason != reeve.ReasonCutShort || !strings.HasPrefix(sink.TextOf("", reeve.LayerBody), "first\nsecond\n") {
		t.Errorf("half a document: %+v with %d blocks", out, len(sink.Blocks))
	}
	out, _ = readAll(t, ReadDOCX, formattest.Packed(t, "readme.txt", "no document"))
	if out.Status != reeve.StatusDamaged || out.Reason != reeve.ReasonBroken {
		t.Errorf("no document: %+v", out)
	}
	out, _ = readAll(t, ReadDOCX, docx(t, ""))
	if out.Status != reeve.StatusRead || out.Reason != reeve.ReasonNoText {
		t.Errorf("an empty document: %+v", out)
	}
	out, _ = readAll(t, ReadDOCX, docx(t, strings.Repeat("<w:sdt>", 3000)+para("deep")))
	if out.Status != reeve.StatusLimit || out.Reason != reeve.ReasonTooDeep {
		t.Errorf("a deep document: %+v", out)
	}
}

func FuzzDOCX(f *testing.F) {
	f.Add([]byte(`<w:document><w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/><w:tbl><w:tr><w:tc/><w:tc/></w:tr></w:tbl></w:tc></w:tr></w:tbl></w:document>`))
	f.Add([]byte(`<p><txbxContent><p><del><t>x</t></del></p></txbxContent><sdt><sdtPr><alias val="n"/></sdtPr><t>v</t></sdt>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		readAll(t, ReadDOCX, formattest.Packed(t, "word/document.xml", string(body), "word/comments.xml", string(body), "word/_rels/document.xml.rels", rels("comments", "comments.xml", "styles", "document.xml", "header", "document.xml")))
	})
}
