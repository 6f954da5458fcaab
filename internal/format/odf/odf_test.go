package odf

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

const namespaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"`

func document(inner string) string {
	return `<office:document-content` + namespaces + `>` + inner + `</office:document-content>`
}

func TestText(t *testing.T) {
	src := formattest.Packed(t, "content.xml", document(`<office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Ann Invented</dc:creator><dc:date>2020-01-02T00:00:00</dc:date></office:change-info><text:p>struck out words</text:p></text:deletion></text:changed-region></text:tracked-changes>
<form:text form:name="Surname" form:current-value="Example"/>
<text:p>Dear   Mrs<text:s text:c="2"/>Example,<text:line-break/>your<text:tab/>letter<office:annotation><dc:creator>Bob Invented</dc:creator><dc:date>2020-01-02</dc:date><text:p>check this</text:p></office:annotation> came.</text:p>
<text:p>secret<text:hidden-text text:string-value="unseen words">unseen words</text:hidden-text> end</text:p>
<text:p>body<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a footnote</text:p></text:note-body></text:note> goes on</text:p>
<table:table table:name="T"><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell><text:p>Ann</text:p><text:p>Example</text:p></table:table-cell></table:table-row></table:table>
<text:p><text:a xlink:href="mailto:ann@example.org">write</text:a></text:p>
</office:text></office:body>`),
		"styles.xml", document(`<office:master-styles><style:master-page><style:header><text:p>Head line</text:p></style:header></style:master-page></office:master-styles>`),
		"meta.xml", document(`<office:meta><meta:initial-creator>Cy Invented</meta:initial-creator><dc:title>A title</dc:title><meta:user-defined meta:name="Case">12345</meta:user-defined></office:meta>`),
		"Pictures/1.png", "png")
	sink := &formattest.Kept{}
	out := ReadText(src, part.Options{}, sink)
	sink.Check(t, "text", out)
	if out.Status != reeve.StatusRead {
		t.Errorf("outcome %+v", out)
	}
	for _, want := range []struct {
		place string
		layer reeve.Layer
		text  string
	}{
		{"", reeve.LayerBody, "Dear Mrs  Example,\nyour\tletter came.\nsecret end\na footnote\nbody goes on\nName|Ann\nExample\nwrite\n"},
		{"", reeve.LayerDeleted, "struck out words\n"},
		{"", reeve.LayerHidden, "unseen words\nunseen words\n"},
		{"", reeve.LayerForm, "Surname: Example\n"},
		{"comments", reeve.LayerComment, "Comment by: Bob Invented\ncheck this\n"},
		{"header", reeve.LayerHeader, "Head line\n"},
		{"people", reeve.LayerMetadata, "Tracked change by: Ann Invented\nComment by: Bob Invented\nAuthor: Cy Invented\n"},
		{"properties", reeve.LayerMetadata, "Title: A title\nCase: 12345\n"},
		{"links", reeve.LayerMetadata, "link: mailto:ann@example.org\n"},
	} {
		if got := sink.TextOf(want.place, want.layer); got != want.text {
			t.Errorf("part %q layer %d is\n%q, want\n%q", want.place, want.layer, got, want.text)
		}
	}
	if !slices.Equal(sink.Names, []string{"1.png"}) {
		t.Errorf("embedded %v", sink.Names)
	}
}

func TestSheet(t *testing.T) {
	cell := func(attrs, text string) string {
		return `<table:table-cell ` + attrs + `><text:p>` + text + `</text:p></table:table-cell>`
	}
	src := formattest.Packed(t, "content.xml", document(`<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="People">
<table:table-row>`+cell("", "Surname")+cell("", "Born")+`<table:table-cell table:number-columns-repeated="16380"/></table:table-row>
<table:table-row>`+cell("", "Example")+cell(`office:value-type="date" office:date-value="2001-03-05"`, "5 Mar 01")+`</table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row table:visibility="collapse" table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>`+cell(`office:value-type="float" office:value="123456789012"`, "1.23E+11")+`</table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table><table:table table:name="Old" table:style-name="ta2"><table:table-row>`+cell(`table:number-columns-repeated="3"`, "x")+`</table:table-row></table:table></office:spreadsheet></office:body>`))
	sink := &formattest.Kept{}
	out := ReadSheet(src, part.Options{}, sink)
	sink.Check(t, "sheet", out)
	if out.Status != reeve.StatusRead || out.Pages != 2 {
		t.Errorf("outcome %+v", out)
	}
	if got, want := sink.TextOf("sheet People", reeve.LayerBody), "Surname|Born\nExample|2001-03-05\n\n\n"; got != want {
		t.Errorf("shown rows %q, want %q", got, want)
	}
	if got, want := sink.TextOf("sheet People", reeve.LayerHidden), "||123456789012\n||123456789012\n"; got != want {
		t.Errorf("hidden rows %q, want %q", got, want)
	}
	if got, want := sink.TextOf("sheet Old", reeve.LayerHidden), "x|x|x\n"; got != want {
		t.Errorf("hidden sheet %q, want %q", got, want)
	}
}

// A few bytes that claim to repeat a wide row for ever must stay affordable.
func TestRepeatBomb(t *testing.T) {
	row := `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>` + strings.Repeat("x", 1000) + `</text:p></table:table-cell></table:table-row>`
	src := formattest.Packed(t, "content.xml", document(`<office:body><office:spreadsheet><table:table table:name="Bomb">`+strings.Repeat(row, 100)+`</table:table></office:spreadsheet></office:body>`))
	sink := &sizer{}
	out := ReadSheet(src, part.Options{}, sink)
	if out.Status != reeve.StatusRead || sink.bytes > 2*maxRepeated {
		t.Errorf("outcome %+v after %d bytes", out, sink.bytes)
	}
}

type sizer struct{ bytes int }

func (s *sizer) Block(b reeve.Block) error {
	s.bytes += len(b.Text)
	for _, row := range b.Rows {
		for _, cell := range row {
			s.bytes += len(cell)
		}
	}
	return nil
}

func (s *sizer) Embed(part.Embedded) error { return nil }

func TestSlides(t *testing.T) {
	src := formattest.Packed(t, "content.xml", document(`<office:body><office:presentation><draw:page draw:name="p1"><draw:frame><draw:text-box><text:p>Hello</text:p></draw:text-box></draw:frame>
<presentation:notes><draw:frame><draw:text-box><text:p>say this</text:p></draw:text-box></draw:frame></presentation:notes></draw:page><draw:page><draw:frame><draw:text-box><text:p>Bye</text:p></draw:text-box></draw:frame></draw:page></office:presentation></office:body>`))
	sink := &formattest.Kept{}
	out := ReadSlides(src, part.Options{}, sink)
	if out.Status != reeve.StatusRead || out.Pages != 2 {
		t.Errorf("outcome %+v", out)
	}
	for place, want := range map[string]string{"slide 1": "Hello\n\n", "slide 2": "Bye\n\n"} {
		if got := sink.TextOf(place, reeve.LayerBody); got != want {
			t.Errorf("%s is %q, want %q", place, got, want)
		}
	}
	if got := sink.TextOf("notes 1", reeve.LayerComment); got != "say this\n" {
		t.Errorf("notes are %q", got)
	}
}

func TestEncrypted(t *testing.T) {
	src := formattest.Packed(t, "META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`, "content.xml", "\x8a\x91noise")
	sink := &formattest.Kept{}
	out := ReadText(src, part.Options{}, sink)
	if out.Status != reeve.StatusEncrypted || out.Reason != reeve.ReasonPasswordNeeded || len(sink.Blocks) > 0 {
		t.Errorf("outcome %+v with %d blocks", out, len(sink.Blocks))
	}
}

// lockedFile encrypts content the way that programs do, with fixed salts.
func lockedFile(t *testing.T, content, password string) part.Source {
	t.Helper()
	var deflated bytes.Buffer
	w, _ := flate.NewWriter(&deflated, flate.BestSpeed)
	io.WriteString(w, content)
	w.Close()
	plain := deflated.Bytes()
	sum := sha256.Sum256(plain[:min(len(plain), 1024)])
	start := sha256.Sum256([]byte(password))
	salt, vector := bytes.Repeat([]byte{1}, 16), bytes.Repeat([]byte{2}, 16)
	key, err := pbkdf2.Key(sha1.New, string(start[:]), salt, 1000, 32)
	if err != nil {
		t.Fatal(err)
	}
	pad := 16 - len(plain)%16
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	cipher.NewCBCEncrypter(block, vector).CryptBlocks(plain, plain)
	text := base64.StdEncoding.EncodeToString
	manifest := `<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum-type="urn:x#sha256-1k" manifest:checksum="` + text(sum[:]) + `">
<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" manifest:initialisation-vector="` + text(vector) + `"/><manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="1000" manifest:salt="` + text(salt) + `"/>
<manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/></manifest:encryption-data></manifest:file-entry></manifest:manifest>`
	return formattest.Packed(t, "META-INF/manifest.xml", manifest, "content.xml", string(plain))
}

func TestUnlock(t *testing.T) {
	for _, size := range []int{1, 5000} {
		var text strings.Builder
		for i := range size {
			fmt.Fprintf(&text, "<text:p>line %d</text:p>", i*i)
		}
		src := lockedFile(t, document(`<office:body><office:text>`+text.String()+`</office:text></office:body>`), "päss")
		sink := &formattest.Kept{}
		out := ReadText(src, part.Options{Passwords: []string{"wrong", "päss"}}, sink)
		if got := sink.TextOf("", reeve.LayerBody); out.Status != reeve.StatusRead || strings.Count(got, "\n") != size {
			t.Errorf("%d lines: %+v with %d bytes", size, out, len(got))
		}
		sink = &formattest.Kept{}
		if out := ReadText(src, part.Options{Passwords: []string{"wrong"}}, sink); out.Status != reeve.StatusEncrypted || len(sink.Blocks) > 0 {
			t.Errorf("with a wrong password: %+v", out)
		}
	}
}

func TestFlatAndCutShort(t *testing.T) {
	flat := document(`<office:body><office:text><text:p>first line</text:p><text:p>second line</text:p></office:text></office:body>`)
	sink := &formattest.Kept{}
	if out := ReadText(formattest.Source([]byte(flat)), part.Options{}, sink); out.Status != reeve.StatusRead || sink.TextOf("", reeve.LayerBody) != "first line\nsecond line\n" {
		t.Errorf("flat: %+v %q", out, sink.TextOf("", reeve.LayerBody))
	}
	sink = &formattest.Kept{}
	cut := flat[:strings.Index(flat, " line</text:p></office:text>")]
	out := ReadText(formattest.Source([]byte(cut)), part.Options{}, sink)
	if out.Status != reeve.StatusPartlyRead || out.Reason != reeve.ReasonCutShort || sink.TextOf("", reeve.LayerBody) != "first line\nsecond\n" {
		t.Errorf("cut: %+v %q", out, sink.TextOf("", reeve.LayerBody))
	}
}

func TestCorpus(t *testing.T) {
	readers := map[string]func(part.Source, part.Options, part.Sink) reeve.Outcome{
		".odt": ReadText, ".ott": ReadText, ".fodt": ReadText, ".sxw": ReadText, ".ods": ReadSheet, ".fods": ReadSheet,
		".odp": ReadSlides, ".odg": ReadSlides, ".fodp": ReadSlides,
	}
	counts := map[reeve.Status]int{}
	for _, path := range formattest.Files(t, ".odt .ott .fodt .sxw .ods .fods .odp .odg .fodp", "") {
		sink, out := formattest.ReadFile(t, path, readers[filepath.Ext(path)])
		sink.Check(t, filepath.Base(path), out)
		counts[out.Status]++
	}
	t.Log(counts)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(document(`<office:body><office:text><text:p>one</text:p><table:table><table:table-row table:number-rows-repeated="9"><table:table-cell table:number-columns-repeated="3"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:text></office:body>`)))
	f.Add([]byte(document(`<office:body><office:spreadsheet><table:table><table:table-row/><office:annotation><text:p>`)))
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, src := range []part.Source{formattest.Packed(t, "content.xml", string(content)), formattest.Source(content)} {
			sink := &formattest.Kept{}
			sink.Check(t, "fuzz", ReadSheet(src, part.Options{}, sink))
		}
	})
}
