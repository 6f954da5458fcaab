package charset

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// samples are short council-like texts with the encodings that they are met in.
var samples = []struct {
	name, text string
	encodings  string
}{
	{"letter", "Dear Zoë Müller,\r\nYour claim for £1,240.50 – see the tenant’s “statement” – has been agreed.\r\n", "windows-1252 macintosh"},
	{"pounds", "Rent arrears £412.17 owed; garage £9.50 a week\r\n", "windows-1252 macintosh cp850"},
	{"names", "José Núñez, Chloë Brontë, Jürgen Groß and Renée François live at Flat 2.\n", "windows-1252 cp850 macintosh"},
	{"row", "1042,Siân,Gruffydd,12/03/1961,£88.20\n1043,Renée,Dupré,01/11/1974,£12.00\n", "windows-1252 cp850 macintosh"},
	{"fraction", "Keep at 20° and add ½ a cup.\nRoom temperature 18° to 21°.\n", "windows-1252 cp850"},
	{"polish", "Pani Małgorzata Wiśniewska i pan Łukasz Błaszczyk proszą o pomoc w sprawie mieszkania, żeby rodzina mogła się przeprowadzić.\n", "windows-1250 iso-8859-2"},
	{"czech", "Paní Dvořáková žádá o příspěvek na bydlení, děti chodí do školy v Londýně.\n", "windows-1250"},
	{"russian", "Уважаемая Анна Петрова, ваше заявление о предоставлении жилья было рассмотрено нашим отделом.\n", "windows-1251 koi8-r cp866 iso-8859-5"},
	{"greek", "Αγαπητή κυρία Παπαδοπούλου, η αίτησή σας για στέγαση εξετάστηκε από την υπηρεσία μας.\n", "windows-1253"},
	{"arabic", "السيدة فاطمة العلي المحترمة، تم النظر في طلب السكن الخاص بك من قبل القسم.\n", "windows-1256"},
	{"chinese", "尊敬的李女士：您的住房申请已经由我们的部门审查，请于下周来办公室。\n", "gb18030"},
	{"japanese", "田中さん、あなたの住宅の申請は私たちの部門によって審査されました。\n", "shift_jis euc-jp"},
	{"plain", "Nothing but plain letters here, and one apostrophe's worth of doubt.\n", "utf-8 utf-16le utf-16be cp500"},
	{"mixed", "Zoë owes £12 — paid by Łukasz.\n", "utf-8 utf-16le utf-16be"},
}

func encode(t *testing.T, name, text string) []byte {
	t.Helper()
	enc, ok := Lookup(name)
	if !ok {
		t.Fatalf("no encoding %s", name)
	}
	if enc == nil {
		return []byte(text)
	}
	if name == "cp500" {
		b, err := enc.NewEncoder().String(strings.ReplaceAll(text, "!", ""))
		if err != nil {
			t.Fatal(err)
		}
		return []byte(b)
	}
	b, err := enc.NewEncoder().String(text)
	if err != nil {
		t.Fatalf("encode %s: %v", name, err)
	}
	return []byte(b)
}

func TestDetectSamples(t *testing.T) {
	right, total := 0, 0
	for _, s := range samples {
		for _, name := range strings.Fields(s.encodings) {
			raw := encode(t, name, s.text)
			got, g := Decode(raw, "")
			total++
			if got == s.text {
				right++
				continue
			}
			t.Logf("%s in %s: read as %s (%s, %d%%): %q", s.name, name, g.Name, g.How, g.Confidence, got)
		}
	}
	t.Logf("charset: %d of %d samples read right", right, total)
	if right < total-1 { // Czech without a declaration is not told from Windows-1252
		t.Errorf("only %d of %d samples read right", right, total)
	}
}

func TestMarksAndDeclarations(t *testing.T) {
	for _, c := range []struct{ raw, declared, want, how string }{
		{"\xEF\xBB\xBFZo\xC3\xAB", "iso-8859-1", "Zoë", "bom"},
		{"\xFF\xFEZ\x00o\x00\xEB\x00", "", "Zoë", "bom"},
		{"\xFE\xFF\x00Z\x00o\x00\xEB", "", "Zoë", "bom"},
		{"\xFF\xFE\x00\x00Z\x00\x00\x00", "", "Z", "bom"},
		{"\xB1\xE6", "iso-8859-2", "ąć", "declared"},
		{"Zo\xC3\xAB", "iso-8859-1", "Zoë", "utf-8"},
		{"Zo\xEB", "no-such-charset", "Zoë", "default"},
		{"Hi +AOk- +-", "utf-7", "Hi é +", "declared"},
		{"\x1B$B4A;z\x1B(B", "", "漢字", "declared"},
		{"Zo\xC3\xAB \xC2\xA312 \xE2\x80\x93 caf\xC3\xA9 caf\xE9", "", "Zoë £12 – café café", "utf-8"},
		{"", "", "", "utf-8"},
	} {
		got, g := Decode([]byte(c.raw), c.declared)
		if got != c.want || g.How != c.how {
			t.Errorf("Decode(%q, %q) = %q by %s, want %q by %s", c.raw, c.declared, got, g.How, c.want, c.how)
		}
	}
}

// A stream whose first accent comes late is decided by that accent, and a
// stream in small pieces reads like the whole.
func TestReaderMatchesDecode(t *testing.T) {
	plain := strings.Repeat("1042,Smith,John,Flat 3\n", 8000)
	for _, tail := range []string{"Zo\xEB Bront\xEB \xA312\n", "Zo\xC3\xAB\n", "Jos\x82 N\xA3\xA4ez and Ren\x82e Dupr\x82\n", ""} {
		raw := []byte(plain + tail)
		want, _ := Decode(raw, "")
		for _, src := range []io.Reader{bytes.NewReader(raw), iotest.HalfReader(bytes.NewReader(raw))} {
			got, err := io.ReadAll(NewReader(src, ""))
			if err != nil || string(got) != want {
				t.Errorf("stream with tail %q differs from whole: err %v, tail %q", tail, err, got[max(0, len(got)-40):])
			}
		}
	}
	if got, _ := Decode([]byte(plain+"Ren\x82e"), ""); !strings.HasSuffix(got, "Renée") {
		t.Errorf("late CP850 letter read as %q", got[len(got)-8:])
	}
}

func TestLookupNames(t *testing.T) {
	for _, name := range strings.Fields("windows-1252 CP1252 latin1 ISO-8859-15 macintosh cp850 IBM850 cp437 koi8-r gb2312 big5 euc-kr shift_jis utf-7 utf-16le cp500 cp1250 iso-8859-8-i") {
		if _, ok := Lookup(name); !ok {
			t.Errorf("Lookup(%q) finds nothing", name)
		}
	}
	if e, ok := Lookup("no-such-thing"); ok || e != nil {
		t.Error("Lookup finds an encoding for an invented name")
	}
	if e, ok := CodePage(65001); !ok || e != nil {
		t.Error("code page 65001 is not UTF-8")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("Zo\xEB \xA312"), "")
	f.Add([]byte("\xFF\xFEZ\x00"), "utf-7")
	f.Add([]byte("+AOk-\x1B$B4A"), "iso-2022-jp")
	f.Fuzz(func(t *testing.T, raw []byte, declared string) {
		got, g := Decode(raw, declared)
		if !utf8.ValidString(got) || g.Name == "" || len(got) > 8*len(raw)+16 {
			t.Fatalf("Decode(%q, %q) = %q by %+v", raw, declared, got, g.Name)
		}
		if _, err := io.Copy(io.Discard, NewReader(bytes.NewReader(raw), declared)); err != nil {
			t.Fatalf("stream fails: %v", err)
		}
	})
}

func BenchmarkReader(b *testing.B) {
	for name, line := range map[string]string{"ascii": "1042,Smith,John,Flat 3\n", "utf-8": "1042,Smith,Zoë,Flat 3\n", "windows-1252": "1042,Smith,Zo\xEB,Flat 3\n"} {
		raw := []byte(strings.Repeat(line, 100000))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				io.Copy(io.Discard, NewReader(bytes.NewReader(raw), ""))
			}
		})
	}
}
