package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/google/go-cmp/cmp"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

// grid sets rows with cells at the given x, from the top down.
func grid(y, step int, xs []int, rows ...string) string {
	var b strings.Builder
	for i, row := range rows {
		for k, cell := range strings.Split(row, "|") {
			if cell != "" {
				b.WriteString(set(xs[k], y-i*step, cell))
			}
		}
	}
	return b.String()
}

const prose = "the quick brown fox jumps over it"

func TestLayout(t *testing.T) {
	tests := []struct {
		name, content, want string
	}{
		{"lines and paragraphs", set(50, 700, "Dear Ms Sample,") + set(50, 688, "Thank you.") + set(50, 650, "Yours"),
			"[page 1]\nDear Ms Sample,\nThank you.\n\nYours\n"},
		{"kerning is not a space", "BT /F1 10 Tf 50 700 Td [(Sam) -20 (ple) -300 (Zo) 40 (e)] TJ ET", "[page 1]\nSample Zoe\n"},
		{"words set one by one", set(50, 700, "Ann") + set(72, 700, "Sample"), "[page 1]\nAnn Sample\n"},
		{"a table", set(50, 740, "Tenants") + grid(700, 14, []int{50, 150, 260}, "Name|NINO|Postcode", "Ann Sample|QQ 12 34 56 A|NV1 1AA", "Bo Sample||NV1 1AB", "Cy Sample|QQ123456C|NV1 1AC"),
			"[page 1]\nTenants\n\n[page 1 table 1]\nName|NINO|Postcode\nAnn Sample|QQ 12 34 56 A|NV1 1AA\nBo Sample||NV1 1AB\nCy Sample|QQ123456C|NV1 1AC\n"},
		{"a cell in two lines", grid(700, 24, []int{50, 150, 300}, "Name|Address|Postcode", "Ann Sample|1 Long Road|NV1 1AA", "Bo Sample|2 Long Road|NV1 1AB", "Cy Sample|3 Long Road|NV1 1AC") + set(150, 665, "Norvale"),
			"[page 1 table 1]\nName|Address|Postcode\nAnn Sample|1 Long Road Norvale|NV1 1AA\nBo Sample|2 Long Road|NV1 1AB\nCy Sample|3 Long Road|NV1 1AC\n"},
		{"labels and values", grid(700, 14, []int{50, 150}, "Name:|Ann Sample", "Born:|2001-03-05", "NINO:|QQ 12 34 56 A"),
			"[page 1]\nName: Ann Sample\nBorn: 2001-03-05\nNINO: QQ 12 34 56 A\n"},
		{"labels without colons", grid(700, 14, []int{50, 150}, "Claimant|Sample, Ann", "NI|QQ 12 34 56 A", "Benefit|Housing"),
			"[page 1]\nClaimant: Sample, Ann\nNI: QQ 12 34 56 A\nBenefit: Housing\n"},
		{"two columns of text", grid(700, 12, []int{50, 300}, prose+" a|"+prose+" n", prose+" b|"+prose+" o", prose+" c|"+prose+" p", prose+" d|"+prose+" q", prose+" e|"+prose+" r"),
			"[page 1]\n" + prose + " a\n" + prose + " b\n" + prose + " c\n" + prose + " d\n" + prose + " e\n\n" + prose + " n\n" + prose + " o\n" + prose + " p\n" + prose + " q\n" + prose + " r\n"},
		{"a list", grid(700, 14, []int{50, 70}, "\225|Home", "\225|Learning plan", "\225|Reports"), "[page 1]\n• Home\n• Learning plan\n• Reports\n"},
		{"bold drawn twice", set(50, 700, "Sample") + set(50, 700, "Sample"), "[page 1]\nSample\n"},
		{"text turned on its side", "BT /F1 10 Tf 0 1 -1 0 100 100 Tm (Side) Tj 0 -12 Td (ways) Tj ET", "[page 1]\nSide\nways\n"},
		{"hidden text", "BT /F1 10 Tf 3 Tr 50 700 Td (Ghost) Tj ET", "[page 1 layer 3]\nGhost\n"},
		{"text given instead of glyphs", "/Span << /ActualText (Sample) >> BDC BT /F1 10 Tf 50 700 Td (Samp-) Tj 0 -12 Td (le) Tj ET EMC", "[page 1]\nSample\n"},
		{"operators on strings", "BT /F1 10 Tf 12 TL 50 700 Td (a) Tj (b) ' 1 0 (c) \" T* (d\\145\\)) Tj <66> Tj ET", "[page 1]\na\nb\nc\nde)f\n"},
		{"pixels between", set(50, 700, "Before") + "BI /W 2 /H 2 /BPC 8 /CS /G ID \x01EI\x02\x03 EI\n" + set(50, 680, "After"), "[page 1]\nBefore\nAfter\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, sink := readBytes(single(test.content))
			if d := cmp.Diff(test.want, strings.TrimRight(show(sink.Blocks), "\n")+"\n"); d != "" || out.Status != reeve.StatusRead {
				t.Errorf("%s %s (- want, + got)\n%s", out.Status, out.Reason, d)
			}
		})
	}
}

// TestTableOverPages: the rows on the second page are named by the first's
// header.
func TestTableOverPages(t *testing.T) {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetFont("Helvetica", "", 9)
	row := func(cells ...string) {
		for i, c := range cells {
			p.CellFormat([]float64{40, 50, 30}[i], 5, c, "", 0, "", false, 0, "")
		}
		p.Ln(5)
	}
	p.AddPage()
	row("Tenant", "Street", "Postcode")
	for i := range 80 {
		row(fmt.Sprint("Sample ", i), fmt.Sprint(i, " Long Road"), "NV1 1AA")
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	out, sink := readBytes(b.Bytes())
	rows := 0
	for _, k := range sink.Blocks {
		rows += len(k.Rows)
		if k.Part == "page 2" && !cmp.Equal(k.Header, []string{"Tenant", "Street", "Postcode"}) {
			t.Errorf("header of %s: %q", k.Part, k.Header)
		}
	}
	if rows != 81 || out.Pages != 2 {
		t.Errorf("%d rows on %d pages", rows, out.Pages)
	}
}

func TestMargin(t *testing.T) {
	b := withCatalog("/AcroForm << /Fields [6 0 R] >> /Outlines << /First 7 0 R >> /Names << /EmbeddedFiles << /Names [(x) 8 0 R] >> >>",
		"/Annots [10 0 R 11 0 R]", set(50, 700, "Body"),
		"<< /T (p) /TU (Applicant) /Kids [<< /T (Surname) /V <FEFF005A006F00EB> >> << /T (Tick) /V /Off >>] >>",
		"<< /Title (Chapter of Ann) /Next 7 0 R >>",
		"<< /F (list.csv) /EF << /F 9 0 R >> >>",
		stream("/Type /EmbeddedFile", "a,b"),
		"<< /Subtype /Text /T (Bo Sample) /Contents (Not her address) >>",
		"<< /Subtype /Link /A << /URI (mailto:ann@example.org) >> >>")
	_, sink := readBytes(b)
	want := "[page 1]\nBody\n\n[page 1 layer 2]\nComment by: Bo Sample\nNot her address\nLink: ann@example.org\n[form layer 7]\nSurname: Zoë\n[bookmarks layer 6]\nChapter of Ann\n"
	if d := cmp.Diff(want, show(sink.Blocks)); d != "" {
		t.Errorf("(- want, + got)\n%s", d)
	}
	if !cmp.Equal(sink.Names, []string{"list.csv"}) {
		t.Errorf("embedded %q", sink.Names)
	}
}

func TestStatus(t *testing.T) {
	image := stream("/Subtype /Image /Width 1000 /Height 1400 /Filter /DCTDecode", "pixels")
	scan := "q 595 0 0 842 0 0 cm /X1 Do Q "
	bomb := stream("/Filter /FlateDecode", deflated(strings.Repeat("0 0 m ", 4<<20)))
	tests := []struct {
		name   string
		file   []byte
		status reeve.Status
		reason reeve.Reason
		text   string
	}{
		{"a scan", single(scan, image), reeve.StatusNeedsOCR, reeve.ReasonNoOCR, ""},
		{"a scan with a page number", single(scan+set(50, 50, "Page 1"), image), reeve.StatusNeedsOCR, reeve.ReasonNoOCR, "Page 1"},
		{"a scan with its text", single(scan+"BT /F1 10 Tf 3 Tr 50 700 Td (Dear Ms Sample, thank you for your letter of the third of June about it) Tj ET", image), reeve.StatusRead, "", "Sample"},
		{"an empty page", single(""), reeve.StatusRead, reeve.ReasonNoText, ""},
		{"a lost table", bytes.ReplaceAll(single(set(50, 700, "Kept")), []byte("xref"), []byte("xxxx")), reeve.StatusRead, "", "Kept"},
		{"cut in the middle", cut(single(set(50, 700, "Kept"), image), "/BaseFont"), reeve.StatusPartlyRead, reeve.ReasonSalvaged, "Kept"},
		{"a page that is its own parent's kid", bytes.Replace(single(set(50, 700, "Once")), []byte("[3 0 R]"), []byte("[2 0 R 3 0 R 3 0 R]"), 1), reeve.StatusRead, "", "Once"},
		{"a wrong length", bytes.Replace(single(set(50, 700, "Kept")), []byte("/Length 4"), []byte("/Length 9"), 1), reeve.StatusRead, "", "Kept"},
		{"nothing of a PDF", []byte("%PDF-1.4\nnothing"), reeve.StatusDamaged, reeve.ReasonBroken, ""},
		{"a form in itself", single("/X1 Do", stream("/Subtype /Form /Resources << /XObject << /X1 6 0 R >> >>", strings.Repeat("/X1 Do ", 30))), reeve.StatusLimit, reeve.ReasonTooLarge, ""},
		{"a bomb", single("/X1 Do", strings.Replace(bomb, "<<", "<< /Subtype /Form", 1)), reeve.StatusLimit, reeve.ReasonBomb, ""},
		{"no key known", bytes.Replace(single(set(50, 700, "x")), []byte("/Root"), []byte("/Encrypt << /Filter /Secret >> /Root"), 1), reeve.StatusEncrypted, reeve.ReasonPasswordNeeded, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sink := &formattest.Kept{}
			out := Read(part.Source{Reader: bytes.NewReader(test.file), Size: int64(len(test.file))}, part.Options{Limits: fuzzLimits}, sink)
			if out.Status != test.status || out.Reason != test.reason || !strings.Contains(sink.Text(), test.text) {
				t.Errorf("got %s %q with %q", out.Status, out.Reason, sink.Text())
			}
		})
	}
}

// cut ends a file behind the mark.
func cut(b []byte, mark string) []byte { return b[:bytes.Index(b, []byte(mark))+len(mark)] }

// TestPasswords opens what fpdf and pdfcpu encrypted: RC4 and AES, the newer
// with object streams and cross-reference streams.
func TestPasswords(t *testing.T) {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetFont("Helvetica", "", 12)
	p.AddPage()
	p.Text(20, 20, "Ann Sample")
	p.SetTitle("Title of Ann", false)
	var clear bytes.Buffer
	if err := p.Output(&clear); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, bits := range []int{128, 256} {
		conf := model.NewAESConfiguration("user", "owner", bits)
		conf.ValidationMode = model.ValidationRelaxed
		var b bytes.Buffer
		if err := api.Encrypt(bytes.NewReader(clear.Bytes()), &b, conf); err != nil {
			t.Fatal(err)
		}
		files[fmt.Sprint("AES ", bits)] = b.Bytes()
	}
	conf := model.NewRC4Configuration("user", "owner", 128)
	var b bytes.Buffer
	if err := api.Encrypt(bytes.NewReader(clear.Bytes()), &b, conf); err != nil {
		t.Fatal(err)
	}
	files["RC4 128"] = b.Bytes()
	for name, file := range files {
		if out, _ := readBytes(file, "wrong"); out.Status != reeve.StatusEncrypted {
			t.Errorf("%s without the password: %s", name, out.Status)
		}
		for _, word := range []string{"user", "owner"} {
			out, sink := readBytes(file, "wrong", word)
			if out.Status != reeve.StatusRead || !strings.Contains(sink.Text(), "Ann Sample") || !strings.Contains(sink.Text(), "Title of Ann") {
				t.Errorf("%s with %s: %s %q", name, word, out.Status, sink.Text())
			}
		}
	}
}

// TestHostile: files that claim or nest without end come back soon.
func TestHostile(t *testing.T) {
	deep := strings.Repeat("[", 1<<18)
	for name, b := range map[string][]byte{
		"trailers in trailers": []byte("%PDF-1.4\n" + strings.Repeat("trailer << /A [", 1<<16)),
		"arrays in arrays":     file("<< /Type /Catalog /Pages 2 0 R >>", deep),
		"arrays of operands":   single(deep + " TJ"),
		"one object for ever":  []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj ", 1<<18)),
		"a table of lies":      []byte("%PDF-1.4\nxref\n0 99999999\n" + strings.Repeat("0000000001 00000 n \n", 1<<16) + "trailer <</Root 1 0 R>>\nstartxref\n9\n"),
		"a string of pages":    single("BT /F1 1 Tf (" + strings.Repeat("a", 4<<20) + ") Tj ET"),
		"states in states":     single(strings.Repeat("q ", 1<<18) + set(50, 700, "x")),
		"millions of pages":    bytes.Replace(single(set(50, 700, "x")), []byte("/Count 1"), []byte("/Count 99999999"), 1),
		"ranges of everything": single("BT /F2 12 Tf (aa) Tj ET", "<< /Subtype /Type0 /Encoding /Identity-H /ToUnicode 7 0 R >>", stream("", strings.Repeat("1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange\n", 1<<13))),
	} {
		out, sink := readBytes(b)
		if bad := contractFault(out, sink); bad != "" {
			t.Errorf("%s: %s", name, bad)
		}
	}
}
