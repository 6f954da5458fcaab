package format

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/format/formattest"
	"unicode/utf16"
)

// zipWith makes a ZIP of entries "name" or "name=content".
func zipWith(t *testing.T, entries ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		name, content, _ := strings.Cut(e, "=")
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(content))
	}
	w.Close()
	return b.String()
}

// oleWith makes a compound file of which the directory names root streams.
func oleWith(names ...string) string {
	b := make([]byte, 512*4)
	copy(b, oleMagic)
	put16, put32 := binary.LittleEndian.PutUint16, binary.LittleEndian.PutUint32
	put16(b[30:], 9)
	put32(b[48:], 1) // directory in sector 1
	put32(b[76:], 0) // allocation table in sector 0
	for i := range 128 {
		put32(b[512+4*i:], 0xFFFFFFFE)
	}
	for i, name := range append([]string{"Root Entry"}, names...) {
		e := b[1024+128*i:]
		for j, u := range utf16.Encode([]rune(name)) {
			put16(e[2*j:], u)
		}
		put16(e[64:], uint16(2*len(name)+2))
		e[66] = 2
		put32(e[68:], 0xFFFFFFFF)
		put32(e[72:], uint32(i+1))
		put32(e[76:], 1)
		if i == 0 {
			e[66] = 5
		}
	}
	return string(b)
}

func TestIdentify(t *testing.T) {
	for _, c := range []struct{ want, name, data string }{
		{"empty", "a.txt", ""},
		{"pdf", "a.pdf", "junk\n%PDF-1.4\n"},
		{"docx", "a.docx", zipWith(t, "[Content_Types].xml", "word/document.xml")},
		{"docm", "a.docm", zipWith(t, "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")},
		{"xlsx", "a.xlsx", zipWith(t, "[Content_Types].xml", "xl/workbook.xml")},
		{"xlsb", "a.xlsb", zipWith(t, "[Content_Types].xml", "xl/workbook.bin")},
		{"pptx", "a.pptx", zipWith(t, "[Content_Types].xml", "ppt/presentation.xml")},
		{"odt", "a.odt", zipWith(t, "mimetype=application/vnd.oasis.opendocument.text", "content.xml")},
		{"ods", "a.ods", zipWith(t, "content.xml", `META-INF/manifest.xml=<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>`)},
		{"epub", "a.epub", zipWith(t, "mimetype=application/epub+zip", "META-INF/container.xml")},
		{"zip", "a.zip", zipWith(t, "hr/leavers.csv=a,b")},
		{"doc", "a.doc", oleWith("WordDocument", "1Table")},
		{"doc", "a.doc", oleWith("WORDDOCUMENT", "1TABLE")},
		{"xls", "a.xls", oleWith("Workbook")},
		{"ppt", "a.ppt", oleWith("Current User", "PowerPoint Document")},
		{"msg", "a.msg", oleWith("__nameid_version1.0", "__properties_version1.0")},
		{"ole-encrypted-ooxml", "a.xlsx", oleWith("EncryptionInfo", "EncryptedPackage")},
		{"pst", "a.pst", "!BDN\x00\x00\x00\x00SM\x17\x00"},
		{"sqlite", "a.db", "SQLite format 3\x00"},
		{"7z", "a.7z", "7z\xBC\xAF\x27\x1C\x00\x04"},
		{"jpeg", "a.jpg", "\xFF\xD8\xFF\xE0\x00\x10JFIF"},
		{"rtf", "a.rtf", `{\rtf1\ansi hello}`},
		{"html", "a.html", "<!DOCTYPE html><html><body>x</body></html>"},
		{"html", "a.htm", "<table><tr><td>x</td></tr></table>"},
		{"xml", "a.xml", `<?xml version="1.0"?><export><person/></export>`},
		{"svg", "a.svg", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`},
		{"fodt", "a.fodt", `<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text">`},
		{"json", "a.json", `{"name": "Zoë", "n": 1}`},
		{"json", "a.json", "[\n {\"name\": \"Zoë\"}]"},
		{"ndjson", "a.jsonl", "{\"a\":1}\n{\"a\":2}\n"},
		{"eml", "a.eml", "From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: visit\r\nDate: Mon, 1 Jun 2009 10:00:00 +0000\r\n\r\nHello"},
		{"mbox", "a.mbox", "From ann@example.org Mon Jun 01 10:00:00 2009\nFrom: ann@example.org\nSubject: x\n\nHello\n"},
		{"text", "a.txt", "From Sample, Margaret <m.sample@example.org> on 15 Jun 2013:\nplease send me all contracts.\n"},
		{"mbox", "b", "From ann@example.org Mon Jun  1 09:05 2009 +0100\n\nno header\n"},
		{"vcard", "a.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\n"},
		{"ics", "a.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"},
		{"ldif", "a.ldif", "dn: cn=Ann,dc=example\ncn: Ann\n"},
		{"sql", "a.sql", "-- MySQL dump 10.13\n\nDROP TABLE IF EXISTS `t`;\n"},
		{"sql", "a.sql", "INSERT INTO t (a) VALUES (1);\n"},
		{"csv", "a.csv", "id,surname,forename\n1,Sample,Zoë\n2,Example,Ann\n"},
		{"csv", "a.csv", "id;surname\n1;Sample\n2;Example\n3;Other\n"},
		{"tsv", "a.tsv", "id\tsurname\n1\tSample\n2\tExample\n"},
		{"csv", "a.csv", "\xFF\xFEi\x00d\x00,\x00n\x00,\x00m\x00\n\x001\x00,\x002\x00,\x003\x00\n\x00"},
		{"text", "a.txt", "Dear Mrs Sample, thank you, and sorry.\nWe will call, as agreed, on Monday.\n"},
		{"text", "a.txt", "just words"},
		{"text", "a.log", "2024-05-03 10:00:01 INFO sign-in ok\n2024-05-03 10:00:02 WARN slow\n"},
		{Unknown, "a.bin", "\x00\x01\x02\x03\x80\x81\x82\x83\x00\x01\x02\x03"},
	} {
		got := Identify(Source{Reader: strings.NewReader(c.data), Size: int64(len(c.data))})
		if got.Name != c.want {
			t.Errorf("%s: %.40q is %s, want %s", c.name, c.data, got.Name, c.want)
		}
		if !MatchesExtension(got.Name, c.name) {
			t.Errorf("%s does not match %s", c.name, got.Name)
		}
	}
}

func TestMatchesExtension(t *testing.T) {
	for _, c := range []struct {
		typ, name string
		want      bool
	}{
		{"docx", "letter.DOCX", true}, {"exe", "letter.docx", false}, {"jpeg", "scan.pdf", false}, {"text", "notes", true},
		{"text", "notes.unheard", true}, {"text", "letter.docx", false}, {"text", "list.csv", true}, {"html", "export.xls", false}, {"works", "old.xlr", true},
	} {
		if got := MatchesExtension(c.typ, c.name); got != c.want {
			t.Errorf("MatchesExtension(%s, %s) = %v", c.typ, c.name, got)
		}
	}
}

// Every name in the list is usable: no format twice with different readers, no
// format without a way to be recognised.
func TestFormatsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range All() {
		if f.Name == "" || f.Match == nil || f.Container && f.Read != nil {
			t.Errorf("format %q is not whole", f.Name)
		}
		if seen[f.Name] && f.Read == nil && find(f.Name).Read != nil {
			t.Logf("format %s stands twice; the first line's reader serves both", f.Name)
		}
		seen[f.Name] = true
	}
}

// docs/formats.md names every format that has a reader.
func TestFormatsAreDocumented(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join(formattest.Root(t), "docs", "formats.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range All() {
		if (f.Read != nil || f.Container) && !regexp.MustCompile(`[|, ]`+regexp.QuoteMeta(f.Name)+`[ ,.|]`).Match(doc) {
			t.Errorf("docs/formats.md does not name %s", f.Name)
		}
	}
}
