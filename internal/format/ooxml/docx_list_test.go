package ooxml

import (
	"testing"

	"github.com/reeve-council/reeve"
)

func item(num, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + num + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func TestDocxLists(t *testing.T) {
	numbering := `<w:numbering ` + wordSpace + `>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num></w:numbering>`
	styles := `<w:styles ` + wordSpace + `><w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`
	body := item("1", "0", "one") + item("1", "1", "inner") + item("1", "1", "inner") + item("1", "0", "two") + item("1", "1", "anew") +
		item("2", "0", "seven") + item("2", "0", "eight") + item("3", "0", "point") + item("0", "0", "plain") + item("1", "0", "") +
		`<w:p><w:pPr><w:pStyle w:val="Clause"/><w:pPrChange w:author="A"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>styled</w:t></w:r></w:p>`
	_, sink := readAll(t, ReadDOCX, docx(t, body, "word/_rels/document.xml.rels", rels("styles", "styles.xml", "numbering", "numbering.xml"), "word/numbering.xml", numbering, "word/styles.xml", styles))
	want := "1. one\n1(a) inner\n1(b) inner\n2. two\n2(a) anew\n7. seven\n8. eight\npoint\nplain\n\n10. styled\n"
	if got := sink.TextOf("", reeve.LayerBody); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCounted(t *testing.T) {
	for _, test := range []struct {
		n            int
		format, want string
	}{{3, "lowerRoman", "iii"}, {1994, "upperRoman", "MCMXCIV"}, {28, "lowerLetter", "bb"}, {5, "decimalZero", "05"}, {12, "ordinal", "12th"}, {22, "ordinal", "22nd"}, {9999999, "upperRoman", "9999999"}, {4, "chicago", "4"}} {
		if got := counted(test.n, test.format); got != test.want {
			t.Errorf("%d as %s is %q, want %q", test.n, test.format, got, test.want)
		}
	}
}
