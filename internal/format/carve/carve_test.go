package carve

import (
	"bytes"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catch is a sink that keeps text.
type catch struct{ text string }

func (c *catch) Block(b reeve.Block) error {
	if b.Layer == reeve.LayerDeleted {
		c.text += b.Text
	}
	return nil
}

func (c *catch) Embed(part.Embedded) error { return nil }

func backup(b string) (string, reeve.Outcome) {
	c := &catch{}
	out := ReadBackup(part.Source{Reader: strings.NewReader(b), Size: int64(len(b))}, part.Options{}, c)
	return c.text, out
}

// wide writes UTF-16.
func wide(s string) (b string) {
	for _, r := range s {
		b += string([]byte{byte(r), 0})
	}
	return b
}

func TestReadBackup(t *testing.T) {
	head := "TAPE\x00\x00\x03\x00\x8C\x00\x0E\x01"
	for _, c := range []struct{ name, in, want string }{
		{"bytes", head + "\x01\x02Ann Sample\x00\x00\x17Zo\xEB at home\x02\x00", "Ann Sample\nZoë at home\n"},
		{"wide", head + "\x30\x00\x08\x00" + wide("Bob Sample") + "\x02\x00\x00" + wide("Zoë Sample") + "\xFF", "Bob Sample\nZoë Sample\n"},
		{"wide, then bytes", head + wide("Cy Sample") + "Leeds town\x00", "Cy Sample\nLeeds town\n"},
		{"noise", head + "\x01a!#\xE5$%\x02&*(){}[]\x03\xE0\xE1\xE2\xE3\xE4\xE5\xE6\x00", ""},
		{"long", head + strings.Repeat("word ", 2000) + "\x00", strings.Repeat("word ", 2000)},
	} {
		got, out := backup(c.in)
		if c.name == "long" {
			got, c.want = strings.ReplaceAll(strings.ReplaceAll(got, "\n", ""), " ", ""), strings.ReplaceAll(c.want, " ", "")
		}
		status := reeve.StatusPartlyRead
		if c.want == "" {
			status = reeve.StatusUnsupported
		}
		if got != c.want || out.Status != status || !strings.Contains(out.Detail, "needs restore") {
			t.Errorf("%s: %s %s: %q", c.name, out.Status, out.Detail, got)
		}
	}
	if _, out := backup("MSSQLBAK" + strings.Repeat("words in vain ", 10)); out.Status != reeve.StatusUnsupported || !strings.Contains(out.Detail, "needs restore") {
		t.Errorf("compressed: %s %s", out.Status, out.Detail)
	}
}

// FuzzRead: never "read", always with a reason, and no more text than bytes.
func FuzzRead(f *testing.F) {
	f.Add([]byte("TAPE\x00\x00\x03\x00Ann Sample\x00" + wide("Bob Sample")))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := &catch{}
		out := ReadDatabase(part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}, part.Options{}, c)
		if out.Status == reeve.StatusRead || out.Reason == "" {
			t.Fatalf("%s %s", out.Status, out.Reason)
		}
		if len(c.text) > 2*len(b) {
			t.Fatalf("%d bytes of text from %d", len(c.text), len(b))
		}
	})
}

func BenchmarkRead(b *testing.B) {
	page := []byte(strings.Repeat("\x01\x02Ann Sample\x00\x00\x17"+wide("12 Sample Street")+"\x00\x9F\x80\x00\x00\x00", 20000))
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		ReadDatabase(part.Source{Reader: bytes.NewReader(page), Size: int64(len(page))}, part.Options{}, &catch{})
	}
}
