package msg

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
	"github.com/reeve-council/reeve/internal/ole"
	"github.com/reeve-council/reeve/internal/ole/oletest"
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

func wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// list is a property stream: its head, then entries of type, number and value.
func list(head int, entries ...[3]uint64) []byte {
	b := make([]byte, head)
	for _, e := range entries {
		b = binary.LittleEndian.AppendUint16(b, uint16(e[0]))
		b = binary.LittleEndian.AppendUint16(b, uint16(e[1]))
		b = append(b, 6, 0, 0, 0)
		b = binary.LittleEndian.AppendUint64(b, e[2])
	}
	return b
}

// sample is a mail with a named property, two recipients and an attachment.
func sample() []byte {
	contact := []byte{0x04, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
	names := append([]byte{0x83, 0x80, 0, 0, 3 << 1, 0, 0, 0}, 0, 0, 0, 0, 2<<1|1, 0, 1, 0)
	return oletest.File(
		oletest.Stream{Path: "__properties_version1.0", Data: list(headTop, [3]uint64{0x40, 0x0039, 126282600000000000}, [3]uint64{0x03, 0x3FFD, 1252})},
		oletest.Stream{Path: "__substg1.0_0037001F", Data: wide("Rent – Zoë")},
		oletest.Stream{Path: "__substg1.0_1000001E", Data: []byte("Caf\xe9 at ten.")},
		oletest.Stream{Path: "__substg1.0_0C1A001F", Data: wide("Pat Officer")},
		oletest.Stream{Path: "__substg1.0_0C1F001F", Data: wide("pat@example.org")},
		oletest.Stream{Path: "__substg1.0_8000001F", Data: wide("zoe@example.org")},
		oletest.Stream{Path: "__substg1.0_8001101F", Data: make([]byte, 8)},
		oletest.Stream{Path: "__substg1.0_8001101F-00000000", Data: wide("Arrears")},
		oletest.Stream{Path: "__SUBSTG1.0_8001101F-00000001", Data: wide("Legal")},
		oletest.Stream{Path: "__nameid_version1.0/__substg1.0_00020102", Data: contact},
		oletest.Stream{Path: "__nameid_version1.0/__substg1.0_00030102", Data: names},
		oletest.Stream{Path: "__nameid_version1.0/__substg1.0_00040102", Data: append([]byte{22, 0, 0, 0}, wide("Case status")...)},
		oletest.Stream{Path: "__recip_version1.0_#00000001/__properties_version1.0", Data: list(headOther, [3]uint64{0x03, 0x0C15, 2})},
		oletest.Stream{Path: "__recip_version1.0_#00000001/__substg1.0_3001001F", Data: wide("Legal Team")},
		oletest.Stream{Path: "__recip_version1.0_#00000000/__properties_version1.0", Data: list(headOther, [3]uint64{0x03, 0x0C15, 1})},
		oletest.Stream{Path: "__recip_version1.0_#00000000/__substg1.0_3001001F", Data: wide("Sam Sample")},
		oletest.Stream{Path: "__recip_version1.0_#00000000/__substg1.0_39FE001F", Data: wide("sam@example.org")},
		oletest.Stream{Path: "__attach_version1.0_#00000000/__substg1.0_3707001F", Data: wide("Zoë.txt")},
		oletest.Stream{Path: "__attach_version1.0_#00000000/__substg1.0_37010102", Data: []byte("attached")},
	)
}

func TestMail(t *testing.T) {
	got, out := read(sample())
	want := `From: Pat Officer <pat@example.org>
To: Sam Sample <sam@example.org>
Cc: Legal Team
Date: 2001-03-05 10:00
Subject: Rent – Zoë
Email: zoe@example.org
case status: Arrears; Legal

Café at ten.

Attachment: Zoë.txt
`
	if d := cmp.Diff(want, got.String()); d != "" || out.Status != reeve.StatusRead {
		t.Error(d, out)
	}
	if d := cmp.Diff([]string{"Zoë.txt: attached"}, got.items); d != "" {
		t.Error(d)
	}
}

func TestDamaged(t *testing.T) {
	file := sample()
	for n := len(file) - 600; n > 2000; n -= 700 {
		if _, out := read(file[:n]); out.Status != reeve.StatusPartlyRead && out.Status != reeve.StatusDamaged {
			t.Errorf("cut at %d: %+v", n, out)
		}
	}
	if _, out := read([]byte("no message")); out.Status != reeve.StatusDamaged {
		t.Errorf("%+v", out)
	}
}

// An OLE object is a compound file of its own, so that its document is read.
func TestObject(t *testing.T) {
	file := oletest.File(
		oletest.Stream{Path: "object/WordDocument", Data: []byte("words")},
		oletest.Stream{Path: "object/1Table", Data: []byte("table")})
	in, err := ole.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := wrap(in.Find("object"))
	if err != nil {
		t.Fatal(err)
	}
	made, _ := io.ReadAll(r)
	out, err := ole.Open(bytes.NewReader(made), int64(len(made)))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := out.Find("WordDocument").Bytes(100); err != nil || string(got) != "words" {
		t.Errorf("%q, %v", got, err)
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
