package tnef

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catch is a sink that keeps text and items.
type catch struct {
	strings.Builder
	items []string
}

func (c *catch) Block(b reeve.Block) error {
	c.WriteString(b.Text)
	return nil
}

func (c *catch) Embed(e part.Embedded) error {
	b, err := io.ReadAll(e.Reader)
	c.items = append(c.items, e.Name+": "+string(b))
	return err
}

func read(file []byte) (*catch, reeve.Outcome) {
	c := &catch{}
	return c, Read(part.Source{Reader: bytes.NewReader(file), Size: int64(len(file))}, part.Options{}, c)
}

// stream writes the start of a stream; attribute adds to it.
func stream() []byte { return []byte("\x78\x9F\x3E\x22\x01\x00") }

func add(b []byte, level byte, id uint32, data []byte) []byte {
	b = append(b, level)
	b = binary.LittleEndian.AppendUint32(b, id)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	var sum uint16
	for _, c := range data {
		sum += uint16(c)
	}
	return binary.LittleEndian.AppendUint16(append(b, data...), sum)
}

// properties writes a list of properties, each already written.
func properties(list ...[]byte) []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(list)))
	return append(out, bytes.Join(list, nil)...)
}

func counted(b []byte) []byte {
	out := append(binary.LittleEndian.AppendUint32(nil, uint32(len(b))), b...)
	for len(out)%4 != 0 {
		out = append(out, 0)
	}
	return out
}

func wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s + "\x00")) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

func text(id uint16, s string) []byte {
	b := []byte{0x1F, 0, byte(id), byte(id >> 8), 1, 0, 0, 0}
	return append(b, counted(wide(s))...)
}

func number(id uint16, n uint32) []byte {
	return binary.LittleEndian.AppendUint32([]byte{3, 0, byte(id), byte(id >> 8)}, n)
}

// named is a text under a name in the set of public names.
func named(name, s string) []byte {
	b := []byte{0x1F, 0, 0, 0x80, 0x29, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46, 1, 0, 0, 0}
	b = append(b, counted(wide(name))...)
	return append(append(b, 1, 0, 0, 0), counted(wide(s))...)
}

func object(inner []byte) []byte {
	b := []byte{0x0D, 0, 0x01, 0x37, 1, 0, 0, 0}
	return append(b, counted(append(bytes.Clone(isMessage), inner...))...)
}

// sample is a mail with properties, a recipient, a file and a message.
func sample() []byte {
	inner := add(stream(), ofMessage, idSubject, []byte("Inner\x00"))
	inner = add(inner, ofMessage, idBody, []byte("Within.\x00"))
	b := add(stream(), ofMessage, idPage, []byte{0xE4, 4, 0, 0, 0, 0, 0, 0})
	b = add(b, ofMessage, idSubject, []byte("Overruled\x00"))
	b = add(b, ofMessage, idBody, []byte("Caf\xe9 at ten.\x00"))
	b = add(b, ofMessage, idSent, []byte{0xD1, 7, 3, 0, 5, 0, 10, 0, 0, 0, 0, 0, 1, 0})
	b = add(b, ofMessage, idFrom, []byte("\x04\x00\x30\x00\x0c\x00\x16\x00Pat Officer\x00SMTP:pat@example.org\x00"))
	b = add(b, ofMessage, idProperties, properties(text(0x0037, "Rent – Zoë"), named("Case", "HB 12345")))
	row := properties(text(0x3001, "Sam Sample"), text(0x39FE, "sam@example.org"), number(0x0C15, 1))
	b = add(b, ofMessage, idRecipients, append([]byte{1, 0, 0, 0}, row...))
	b = add(b, ofAttachment, idAttachBegin, make([]byte, 14))
	b = add(b, ofAttachment, idAttachTitle, []byte("old.txt\x00"))
	b = add(b, ofAttachment, idAttachData, []byte("attached"))
	b = add(b, ofAttachment, idAttachProps, properties(text(0x3707, "Zoë.txt")))
	b = add(b, ofAttachment, idAttachBegin, make([]byte, 14))
	return add(b, ofAttachment, idAttachProps, properties(text(0x3001, "Inner"), number(0x3705, 5), object(inner)))
}

func TestMail(t *testing.T) {
	got, out := read(append(sample(), "\r\n"...))
	want := `From: Pat Officer <pat@example.org>
To: Sam Sample <sam@example.org>
Date: 2001-03-05 10:00
Subject: Rent – Zoë
case: HB 12345

Café at ten.

Attachment: Zoë.txt
Attachment: Inner
`
	if d := cmp.Diff(want, got.String()); d != "" || out.Status != reeve.StatusRead {
		t.Error(d, out)
	}
	if len(got.items) != 2 || got.items[0] != "Zoë.txt: attached" || !strings.Contains(got.items[1], "Subject: Inner\r\n") || !strings.Contains(got.items[1], "\r\nWithin.\r\n") {
		t.Errorf("%q", got.items)
	}
}

// What is damaged is read as far as it goes, and the outcome says so.
func TestDamaged(t *testing.T) {
	whole := sample()
	for name, c := range map[string]struct {
		file []byte
		want reeve.Status
		text string
	}{
		"cut":       {whole[:len(whole)-40], reeve.StatusPartlyRead, "Café"},
		"checksum":  {bytes.Replace(whole, []byte("Caf\xe9"), []byte("Cafe"), 1), reeve.StatusPartlyRead, "Cafe"},
		"signature": {append([]byte("\x78\x9F\x3E\x32"), whole[4:]...), reeve.StatusPartlyRead, "Café"},
		"garbage":   {append(bytes.Clone(whole), "garbage behind it"...), reeve.StatusPartlyRead, "Café"},
		"count":     {add(stream(), ofMessage, idProperties, []byte("\xFF\xFF\xFF\xFF")), reeve.StatusDamaged, ""},
		"other":     {[]byte("plain words"), reeve.StatusDamaged, ""},
	} {
		got, out := read(c.file)
		if out.Status != c.want || out.Reason == reeve.ReasonNone || !strings.Contains(got.String(), c.text) {
			t.Errorf("%s: %+v %q", name, out, got.String())
		}
	}
}

// Any bytes give one status, no panic, and no more than the limits allow.
func FuzzRead(f *testing.F) {
	f.Add(sample())
	f.Fuzz(func(t *testing.T, b []byte) {
		g := &formattest.Kept{}
		out := Read(part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}, part.Options{Limits: part.Limits{Text: 1 << 20, Embedded: 1000}}, g)
		if out.Status == "" || out.Status != reeve.StatusRead && out.Reason == reeve.ReasonNone || len(g.Text()) > 1<<21 || len(g.Names) > 1000 {
			t.Fatalf("%+v", out)
		}
	})
}
