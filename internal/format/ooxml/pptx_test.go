package ooxml

import (
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
)

const slideSpace = `xmlns:p="p" xmlns:a="a" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func slide(attrs, inner string) string {
	return `<p:sld ` + slideSpace + attrs + `><p:cSld>` + inner + `</p:cSld></p:sld>`
}

func shape(text string) string {
	return `<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></p:txBody></p:sp>`
}

func TestPptx(t *testing.T) {
	held := `<p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Click to edit</a:t></a:r></a:p></p:txBody></p:sp>`
	tableXML := `<a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Name</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Ann</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl>`
	src := formattest.Packed(t,
		"_rels/.rels", rels("officeDocument", "ppt/presentation.xml"),
		"ppt/presentation.xml", `<p:presentation `+slideSpace+`><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", rels("slide", "slides/slide1.xml", "slide", "slides/slide2.xml", "slideMaster", "slideMasters/slideMaster1.xml", "commentAuthors", "commentAuthors.xml"),
		"ppt/slides/slide1.xml", slide(` show="0"`, shape("not shown")),
		"ppt/slides/slide2.xml", slide("", shape("first")+tableXML),
		"ppt/slides/_rels/slide2.xml.rels", rels("notesSlide", "../notesSlides/notesSlide1.xml", "comments", "../comments/comment1.xml"),
		"ppt/slides/slide3.xml", slide("", shape("dropped")),
		"ppt/notesSlides/notesSlide1.xml", `<p:notes `+slideSpace+`>`+shape("say this")+`</p:notes>`,
		"ppt/comments/comment1.xml", `<p:cmLst `+slideSpace+`><p:cm authorId="0"><p:text>check</p:text></p:cm></p:cmLst>`,
		"ppt/commentAuthors.xml", `<p:cmAuthorLst `+slideSpace+`><p:cmAuthor id="0" name="Bob Invented"/></p:cmAuthorLst>`,
		"ppt/slideMasters/slideMaster1.xml", `<p:sldMaster `+slideSpace+`>`+held+shape("Anytown Council")+`</p:sldMaster>`)
	out, sink := readAll(t, ReadPPTX, src)
	if out.Status != reeve.StatusRead || out.Pages != 3 {
		t.Errorf("outcome %+v", out)
	}
	for _, want := range []struct {
		place string
		layer reeve.Layer
		text  string
	}{
		{"slide 1", reeve.LayerBody, "first\n\nName|Ann\n"},
		{"notes 1", reeve.LayerComment, "say this\n\n"},
		{"comments 1", reeve.LayerComment, "Comment by: Bob Invented\ncheck\n"},
		{"slide 2", reeve.LayerHidden, "not shown\n\n"},
		{"slide 3", reeve.LayerDeleted, "dropped\n\n"},
		{"master", reeve.LayerHeader, "Anytown Council\n\n"},
	} {
		if got := sink.TextOf(want.place, want.layer); got != want.text {
			t.Errorf("part %q layer %d is %q, want %q", want.place, want.layer, got, want.text)
		}
	}
}

func FuzzPPTX(f *testing.F) {
	f.Add([]byte(slide("", shape("x"))))
	f.Add([]byte(`<sld><tbl><tr><tc><p><t>x</t></p></tc></tr></tbl><ph/><AlternateContent><Fallback/></AlternateContent></sld>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		readAll(t, ReadPPTX, formattest.Packed(t, "ppt/presentation.xml", string(body), "ppt/slides/slide1.xml", string(body), "ppt/comments/c.xml", string(body)))
	})
}
