package part

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// keep is a sink that remembers blocks and the names of embedded items.
type keep struct {
	blocks []reeve.Block
	names  []string
	refuse error
}

func (k *keep) Block(b reeve.Block) error { k.blocks = append(k.blocks, b); return k.refuse }

func (k *keep) Embed(e Embedded) error {
	k.names = append(k.names, e.Name)
	_, err := io.Copy(io.Discard, e.Reader)
	return err
}

func TestTextIsCutAtLineEnds(t *testing.T) {
	k := &keep{}
	w := NewWriter(k, Limits{})
	line := strings.Repeat("x", 99) + "\n"
	for range 30000 {
		w.Text(line)
	}
	out := w.Finish("text/1", nil)
	if out.Status != reeve.StatusRead || len(k.blocks) != 3 {
		t.Fatalf("%s, %d blocks", out.Status, len(k.blocks))
	}
	next, size := 1, 0
	for _, b := range k.blocks {
		if len(b.Text) > reeve.MaxBlockText || b.Line != next || !strings.HasSuffix(b.Text, "\n") {
			t.Fatalf("block of %d bytes at line %d, want line %d", len(b.Text), b.Line, next)
		}
		next += strings.Count(b.Text, "\n")
		size += len(b.Text)
	}
	if size != 3000000 {
		t.Errorf("%d bytes came out", size)
	}
}

func TestLongLineIsCutBetweenRunes(t *testing.T) {
	k := &keep{}
	w := NewWriter(k, Limits{})
	text := "a" + strings.Repeat("ë", reeve.MaxBlockText)
	w.Text(text)
	w.Finish("text/1", nil)
	var got strings.Builder
	for _, b := range k.blocks {
		if !utf8.ValidString(b.Text) || len(b.Text) > reeve.MaxBlockText || b.Line != 1 {
			t.Fatalf("block of %d bytes, line %d", len(b.Text), b.Line)
		}
		got.WriteString(b.Text)
	}
	if got.String() != text {
		t.Error("text changed")
	}
}

func TestCleanAndCopy(t *testing.T) {
	if got := Clean("AA\u00A012\u200934\u202F56\u3000B – \u2007c\u205Fd"); got != "AA 12 34 56 B –  c d" {
		t.Errorf("odd spaces give %q", got)
	}
	if got := Clean("a\r\nb\rc\x00d\xFFe"); got != "a\nb\ncd\uFFFDe" {
		t.Errorf("Clean gives %q", got)
	}
	k := &keep{}
	w := NewWriter(k, Limits{})
	text := strings.Repeat("line\r\n", 200000) + "Zoë"
	if err := w.Copy(iotestOneByte{strings.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
	w.Finish("text/1", nil)
	var got strings.Builder
	for _, b := range k.blocks {
		got.WriteString(b.Text)
	}
	if want := strings.ReplaceAll(text, "\r\n", "\n"); got.String() != want {
		t.Error("Copy changed the text")
	}
}

// iotestOneByte gives odd small pieces, so that line ends are split.
type iotestOneByte struct{ r io.Reader }

func (o iotestOneByte) Read(p []byte) (int, error) { return o.r.Read(p[:min(len(p), 6001)]) }

// TestWideRows: very wide rows of hardly any text come in blocks that the pipe
// carries, none is lost, and a table of empty cells holds no text.
func TestWideRows(t *testing.T) {
	k := &keep{}
	w := NewWriter(k, Limits{})
	const rows, columns = 1000, 16384
	for range rows {
		cells := make([]string, columns)
		cells[0] = "Ada"
		w.Row(cells)
	}
	w.Finish("csv/1", nil)
	got := 0
	for _, b := range k.blocks {
		got += len(b.Rows)
		if n := len(b.Rows) * columns; n > 2*reeve.MaxBlockText {
			t.Fatalf("a block of %d cells", n)
		}
	}
	if got != rows {
		t.Errorf("%d rows came out", got)
	}
	empty := NewWriter(&keep{}, Limits{})
	empty.Row(make([]string, 8))
	if o := empty.Finish("csv/1", nil); o.Reason != reeve.ReasonNoText {
		t.Errorf("a table of empty cells is %s/%s", o.Status, o.Reason)
	}
}

func TestRows(t *testing.T) {
	k := &keep{}
	w := NewWriter(k, Limits{})
	w.BeginTable([]string{"a", "b"})
	for range 2500 {
		w.Row([]string{"1", "2"})
	}
	w.Line("between")
	w.Row([]string{"next table"})
	w.Finish("csv/1", nil)
	var shape []int
	for _, b := range k.blocks {
		shape = append(shape, b.Table, b.First, len(b.Rows))
	}
	want := []int{1, 1, 1000, 1, 1001, 1000, 1, 2001, 500, 0, 0, 0, 2, 1, 1}
	for i := range want {
		if i >= len(shape) || shape[i] != want[i] {
			t.Fatalf("blocks %v, want %v", shape, want)
		}
	}
	if k.blocks[0].Header[1] != "b" || k.blocks[4].Header != nil {
		t.Error("header lost or kept")
	}
}

func TestRowLargerThanABlock(t *testing.T) {
	k := &keep{}
	w := NewWriter(k, Limits{})
	w.Row([]string{strings.Repeat("x", 3<<20), "b"})
	w.Row([]string{"c"})
	w.Finish("csv/1", nil)
	total := 0
	for _, b := range k.blocks {
		if len(b.Text) > reeve.MaxBlockText {
			t.Errorf("text of %d bytes", len(b.Text))
		}
		total += strings.Count(b.Text, "x")
		for _, r := range b.Rows {
			total += strings.Count(strings.Join(r, ""), "x")
		}
	}
	if last := k.blocks[len(k.blocks)-1]; total != 3<<20 || last.Rows == nil || last.First != 2 || last.Table != 1 {
		t.Errorf("%d letters came out; last block %+v", total, last.First)
	}
}

func TestLinesGoOnInAPart(t *testing.T) {
	k := &keep{}
	w := NewWriter(k, Limits{})
	w.Text("one\ntwo\n")
	w.Begin("header", reeve.LayerHeader)
	w.Pair("To", " a\n b ")
	w.Begin("", reeve.LayerBody)
	w.Text("three")
	w.Finish("text/1", nil)
	if k.blocks[1].Text != "To: a b\n" || k.blocks[2].Line != 3 || k.blocks[2].Part != "" {
		t.Errorf("%+v", k.blocks)
	}
}

func TestOutcomes(t *testing.T) {
	boom := errors.New("a parser's words about Mr Sample")
	for _, c := range []struct {
		name   string
		do     func(*Writer) error
		status reeve.Status
		reason reeve.Reason
	}{
		{"nothing", func(*Writer) error { return nil }, reeve.StatusRead, reeve.ReasonNoText},
		{"white space", func(w *Writer) error { return w.Text(" \n\n ") }, reeve.StatusRead, reeve.ReasonNoText},
		{"text", func(w *Writer) error { return w.Text("x") }, reeve.StatusRead, reeve.ReasonNone},
		{"cut", func(*Writer) error { return io.ErrUnexpectedEOF }, reeve.StatusDamaged, reeve.ReasonCutShort},
		{"cut after text", func(w *Writer) error { w.Text("x"); return io.ErrUnexpectedEOF }, reeve.StatusPartlyRead, reeve.ReasonCutShort},
		{"broken", func(*Writer) error { return boom }, reeve.StatusDamaged, reeve.ReasonBroken},
		{"encrypted", func(*Writer) error { return Encrypted("needs a password") }, reeve.StatusEncrypted, reeve.ReasonPasswordNeeded},
		{"limit after text", func(w *Writer) error { w.Text("x"); return Over(reeve.ReasonTooDeep, "deep") }, reeve.StatusLimit, reeve.ReasonTooDeep},
		{"steps", func(w *Writer) error { return w.Step(3e9) }, reeve.StatusLimit, reeve.ReasonTooLarge},
		{"a part lost", func(w *Writer) error { w.Text("x"); w.Lost(Encrypted("a part")); return nil }, reeve.StatusPartlyRead, reeve.ReasonPasswordNeeded},
	} {
		w := NewWriter(&keep{}, Limits{})
		out := w.Finish("x/1", c.do(w))
		if out.Status != c.status || out.Reason != c.reason || strings.Contains(out.Detail, "Sample") {
			t.Errorf("%s: %s %s %q", c.name, out.Status, out.Reason, out.Detail)
		}
	}
}

func TestLimitsAndRefusals(t *testing.T) {
	k := &keep{}
	w := NewWriter(k, Limits{Text: 10, Embedded: 1})
	w.Embed("a", strings.NewReader("x"))
	if err := w.Embed("b", strings.NewReader("x")); err == nil || len(k.names) != 1 {
		t.Error("embedded items are not limited")
	}
	w = NewWriter(&keep{}, Limits{Text: 10})
	w.Text(strings.Repeat("x", 100))
	if out := w.Finish("x/1", nil); out.Status != reeve.StatusLimit {
		t.Errorf("text is not limited: %s", out.Status)
	}
	stop := errors.New("stop")
	w = NewWriter(&keep{refuse: stop}, Limits{})
	w.Text(strings.Repeat("x\n", 2<<20))
	if !errors.Is(w.Err(), stop) {
		t.Error("the sink's refusal does not stick")
	}
}
