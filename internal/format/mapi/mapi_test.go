package mapi

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

func unicodeText(s string) Value {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return Value{Type: Unicode, Data: b}
}

func at(t time.Time) Value {
	const epoch = 11644473600
	return Value{Type: Time, Data: binary.LittleEndian.AppendUint64(nil, uint64(t.Unix()+epoch)*1e7)}
}

func TestText(t *testing.T) {
	b := NewBag(nil)
	b.Set(TagCodePage, Value{Type: Int32, Data: []byte{0xE3, 0x04, 0, 0}}) // 1251
	for i, c := range []struct {
		value Value
		want  string
	}{
		{unicodeText("Zoë Sample\x00"), "Zoë Sample"},
		{unicodeText("a😀\x00b\x00\x00"), "a😀\x00b"},
		{Value{Type: Unicode, Data: []byte{0x3D, 0xD8, 'b', 0, 'c'}}, "\uFFFDb"},
		{Value{Type: String8, Data: []byte("\xc0\xed\xed\xe0\x00")}, "Анна"},
		{Value{Type: Int32, Data: []byte{0xFF, 0xFF, 0xFF, 0xFF}}, "-1"},
		{Value{Type: Int32, Data: []byte{1}}, ""},
		{Value{Type: Bool, Data: []byte{1, 0}}, "yes"},
		{at(time.Date(2001, 3, 5, 10, 0, 59, 0, time.UTC)), "2001-03-05 10:00"},
		{at(time.Date(4501, 1, 1, 0, 0, 0, 0, time.UTC)), ""},
		{Value{Type: Unicode | Many, List: [][]byte{unicodeText("Ann").Data, nil, unicodeText("Bob").Data}}, "Ann; Bob"},
		{Value{Type: Binary, Data: []byte("raw")}, ""},
	} {
		k := Tag(uint16(0x6000 + i))
		b.Set(k, c.value)
		if got := b.Text(k); got != c.want {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
}

// A birthday is stored as midnight where the writer was.
func TestDate(t *testing.T) {
	for stored, want := range map[time.Time]string{
		time.Date(1987, 7, 11, 23, 0, 0, 0, time.UTC): "1987-07-12", // British Summer Time
		time.Date(1987, 1, 12, 0, 0, 0, 0, time.UTC):  "1987-01-12",
		time.Date(1987, 1, 12, 5, 0, 0, 0, time.UTC):  "1987-01-12", // New York
	} {
		b := NewBag(nil)
		b.Set(Tag(0x3A42), at(stored))
		if got := b.Date(Tag(0x3A42)); got != want {
			t.Errorf("%v: %s, want %s", stored, got, want)
		}
	}
}

// The examples of [MS-OXRTFCP] 3.1 and 3.2.
func TestExpand(t *testing.T) {
	for packed, want := range map[string]string{
		"2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423" + "20af32068656c090020627705b06c647d0a800fa0": "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
		"1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0":                                            "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}",
	} {
		b, err := hex.DecodeString(packed)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Expand(b)
		if err != nil || string(got) != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
		if got, err := Expand(b[:len(b)-4]); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.HasPrefix(want, string(got)) {
			t.Errorf("cut: %q, %v", got, err)
		}
	}
	stored := append([]byte("\x0a\x00\x00\x00\x04\x00\x00\x00MELA\x00\x00\x00\x00"), "{\\r}"...)
	if got, err := Expand(stored); err != nil || string(got) != "{\\r}" {
		t.Errorf("stored: %q, %v", got, err)
	}
}

func TestWritten(t *testing.T) {
	for _, c := range []struct{ name, smtp, kind, address, want string }{
		{"Sam Sample", "", "SMTP", "sam@example.org", "Sam Sample <sam@example.org>"},
		{"Sample, Sam", "sam@example.org", "EX", "/o=Council/cn=Recipients/cn=SSAMPLE", `"Sample, Sam" <sam@example.org>`},
		{"Sam Sample", "", "EX", "/O=Council/CN=RECIPIENTS/CN=SSAMPLE", "Sam Sample <SSAMPLE>"},
		{"", "", "EX", "/O=Council/CN=0123456789ABCDEF0123456789abcdef-Sample, Sam", "Sample, Sam"},
		{"'sam@example.org'", "", "SMTP", "sam@example.org", "sam@example.org"},
		{"Sam\r\nBcc: evil", "", "", "", `"Sam Bcc: evil"`},
		{"", "", "", "", ""},
	} {
		if got := written(c.name, c.smtp, c.kind, c.address); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Contacts are written as labelled lines, user-defined fields among them.
func TestContact(t *testing.T) {
	m := &Message{Props: NewBag(nil)}
	for k, v := range map[Key]string{
		TagClass: "IPM.Contact", TagName: "Zoë Sample", Tag(0x3A06): "Zoë", Tag(0x3A11): "Sample", Tag(0x3A1C): "07700 900123",
		Tag(0x3A5D): "1 High Street\r\nFlat 2", Tag(0x3A59): "Sampleton", Tag(0x3A5B): "ZZ1 1ZZ",
		{Set: setContact, ID: 0x8083}: "zoe@example.org", {Set: PublicStrings, Name: "case number"}: "HB 12345",
		TagBody: "Prefers letters.",
	} {
		m.Props.Set(k, unicodeText(v))
	}
	m.Props.Set(Tag(0x3A42), at(time.Date(1987, 7, 11, 23, 0, 0, 0, time.UTC)))
	m.Props.Set(Tag(0x3A4D), Value{Type: Int16, Data: []byte{1, 0}})
	want := `Name: Zoë Sample
First name: Zoë
Surname: Sample
Date of birth: 1987-07-12
Gender: female
Email: zoe@example.org
Mobile phone: 07700 900123
Home address: 1 High Street, Flat 2, Sampleton, ZZ1 1ZZ
case number: HB 12345

Prefers letters.`
	b, err := m.body()
	if d := cmp.Diff(want, b.plain); d != "" || err != nil {
		t.Error(d, err)
	}
}

// What the header of its journey says counts where no property says it; an
// Exchange address gives way to it.
func TestHeader(t *testing.T) {
	m := &Message{Props: NewBag(nil)}
	for k, v := range map[Key]string{
		Tag(0x0042): "Pat Officer", Tag(0x0064): "EX", Tag(0x0065): "/O=C/CN=POFFICER", Tag(0x0C1A): "Team Clerk",
		TagSubject: "\x01\x05Re: Rent", tagDisplayTo: "'Sam Sample'; Zoë", {Set: netHeaders, Name: "x-case"}: "HB 12345",
		tagHeaders: "Received: from a\r\n by b\r\nFrom: \"Officer, Pat\" <pat@example.org>\r\nSubject: other\r\nX-Originating-IP: [192.0.2.1]\r\nX-Case: seen\r\nContent-Type: text/html\r\n\r\n",
	} {
		m.Props.Set(k, unicodeText(v))
	}
	want := "From: \"Officer, Pat\" <pat@example.org>\r\nSender: Team Clerk\r\nTo: Sam Sample; Zoë\r\nSubject: Re: Rent\r\n" +
		"Received: from a by b\r\nX-Originating-IP: [192.0.2.1]\r\nX-Case: seen\r\n"
	if d := cmp.Diff(want, header(m)); d != "" {
		t.Error(d)
	}
}

// Properties beyond the bound are dropped, and the message says so.
func TestRoom(t *testing.T) {
	b := NewBag(nil)
	b.Set(TagBody, Value{Type: Binary, Data: make([]byte, MaxKept/2)})
	NewBag(b).Set(TagBody, Value{Type: Binary, Data: make([]byte, MaxKept/2)})
	text := Canonical(&Message{Props: b})
	var f *part.Fault
	if !errors.As(text.Fault(), &f) || f.Reason != reeve.ReasonTooLarge || b.Has(TagHTML) {
		t.Errorf("%v", text.Fault())
	}
}

// A stream that breaks ends its attachment, not the message; the fault is told.
func TestFault(t *testing.T) {
	m := &Message{Props: NewBag(nil)}
	for _, s := range []string{"first", "second"} {
		a := Attachment{Props: NewBag(m.Props), Open: func() (io.Reader, error) {
			return io.MultiReader(strings.NewReader(s), broken{}), nil
		}}
		m.Attachments = append(m.Attachments, a)
	}
	text := Canonical(m)
	got, err := io.ReadAll(text)
	if err != nil || !errors.Is(text.Fault(), io.ErrUnexpectedEOF) || !bytes.Contains(got, []byte("c2Vjb25k\r\n--=_reeve_1--\r\n")) {
		t.Errorf("%v, %v: %s", err, text.Fault(), got)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// A message that holds itself ends at the limit of nesting or of size.
func TestLoop(t *testing.T) {
	m := &Message{Props: NewBag(nil)}
	self := Attachment{Props: m.Props, Message: func() (*Message, error) { return m, nil }}
	m.Attachments = []Attachment{self}
	text := Canonical(m)
	n, err := io.Copy(io.Discard, Bounded(text, 1000))
	var f *part.Fault
	if err != nil || !errors.As(text.Fault(), &f) || f.Reason != reeve.ReasonTooDeep || n > 1<<20 {
		t.Errorf("%d bytes, %v, %v", n, err, text.Fault())
	}
	m.Attachments = []Attachment{self, self, self, self, self, self, self, self}
	text = Canonical(m)
	left := int64(1 << 20)
	n, err = io.Copy(io.Discard, Within(text, &left))
	if err != nil || !errors.As(text.Fault(), &f) || f.Status != reeve.StatusLimit || n > 1<<20 {
		t.Errorf("%d bytes, %v, %v", n, err, text.Fault())
	}
}

// A header is folded, so that no reader cuts its lines; an attachment that is
// elsewhere is named.
func TestLines(t *testing.T) {
	long := strings.Repeat("word ", 1000) + strings.Repeat("x", 2000) + " end"
	for _, line := range strings.SplitAfter(fold(long), "\r\n")[1:] {
		if line[0] != ' ' {
			t.Errorf("%.20q does not go on", line)
		}
	}
	if got := strings.ReplaceAll(fold(long), "\r\n", ""); got != long {
		t.Errorf("%.40q", got)
	}
	m := &Message{Props: NewBag(nil)}
	a := Attachment{Props: NewBag(m.Props)}
	a.Props.Set(tagAttachPath, unicodeText(`\\server\share\list.xlsx`))
	gone := Attachment{Props: NewBag(m.Props)}
	gone.Props.Set(TagName, unicodeText("scan.pdf"))
	m.Attachments = []Attachment{a, gone}
	if b, _ := m.body(); b.plain != "Linked file: \\\\server\\share\\list.xlsx\nAttachment without content: scan.pdf\n" {
		t.Errorf("%q", b.plain)
	}
}

func TestQuoted(t *testing.T) {
	long := strings.Repeat("é", 40)
	got := quoted("a=b \nc\r\n" + long + "\n")
	for _, line := range strings.Split(got, "\r\n") {
		if len(line) > 76 {
			t.Errorf("line of %d: %q", len(line), line)
		}
	}
	if !strings.HasPrefix(got, "a=3Db=20\r\nc\r\n=C3=A9") || !strings.HasSuffix(got, "\r\n") {
		t.Errorf("%q", got)
	}
}

func FuzzExpand(f *testing.F) {
	f.Add([]byte("\x1a\x00\x00\x00\x1c\x00\x00\x00LZFu\xe2\xd4\x4b\x51\x41\x00\x04\x20WXYZ\x0d\x6e\x7d\x01\x0e\xb0"))
	f.Fuzz(func(t *testing.T, b []byte) {
		// Two bytes of reference give at most 17; eight of them share one byte.
		if got, _ := Expand(b); len(got) > 17*len(b) {
			t.Fatalf("%d bytes of %d", len(got), len(b))
		}
	})
}
