package pack

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// keeper keeps the blocks.
type keeper struct{ blocks []reeve.Block }

func (k *keeper) Block(b reeve.Block) error { k.blocks = append(k.blocks, b); return nil }

func (k *keeper) Embed(part.Embedded) error { return nil }

func packed(t *testing.T, parts ...string) part.Source {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, parts[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return part.Source{Reader: bytes.NewReader(buf.Bytes()), Size: int64(buf.Len())}
}

func TestNames(t *testing.T) {
	out := part.NewWriter(&keeper{}, part.Limits{})
	p, err := Open(packed(t, `Word\Document.XML`, "first", "word/document.xml", "second", "a/", ""), out)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Names()) != 1 || !p.Has("/word/document.xml") || p.Opened("word/document.xml") {
		t.Errorf("names %v", p.Names())
	}
	in, err := p.Stream("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(in); string(b) != "first" || err != nil || !p.Opened("WORD/DOCUMENT.XML") {
		t.Errorf("content %q, %v", b, err)
	}
	var fault *part.Fault
	if _, err := p.Stream("nothing"); !errors.As(err, &fault) {
		t.Errorf("a missing part gives %v", err)
	}
}

func TestBomb(t *testing.T) {
	for _, test := range []struct {
		limits part.Limits
		size   int
	}{{part.Limits{Expanded: 1000}, 5000}, {part.Limits{}, bombSize + 1<<20}} {
		out := part.NewWriter(&keeper{}, test.limits)
		p, err := Open(packed(t, "x.xml", strings.Repeat("\x00", test.size)), out)
		if err != nil {
			t.Fatal(err)
		}
		in, err := p.Stream("x.xml")
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, in)
		var fault *part.Fault
		if !errors.As(err, &fault) || fault.Reason != reeve.ReasonBomb {
			t.Errorf("%d bytes expand to %d with %v", test.size, n, err)
		}
	}
}

func TestScanNotesDamage(t *testing.T) {
	for in, want := range map[string]reeve.Reason{"<a>text</a>": reeve.ReasonNone, "<a>text": reeve.ReasonCutShort, strings.Repeat("<a>", 3000): reeve.ReasonTooDeep} {
		out := part.NewWriter(&keeper{}, part.Limits{})
		Scan(strings.NewReader(in), out, func(s *xmlscan.Scanner) {
			for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
				if kind == xmlscan.Text {
					out.Text(string(s.Text()))
				}
			}
		})
		if got := out.Finish("test/1", nil).Reason; got != want {
			t.Errorf("%.20s gives %q, want %q", in, got, want)
		}
	}
}

func TestMargin(t *testing.T) {
	sink := &keeper{}
	out := part.NewWriter(sink, part.Limits{})
	m := NewMargin(out)
	m.Add("", reeve.LayerDeleted, []byte(" one "))
	m.Add("", reeve.LayerHidden, []byte("two"))
	m.Add("", reeve.LayerDeleted, []byte("three"))
	m.Add("", reeve.LayerDeleted, []byte("  "))
	m.Person("Author", "Ann Invented")
	m.Person("Author", "Ann Invented")
	if m.Waiting() != len("one\nthree\ntwo\nAuthor: Ann Invented\n") {
		t.Errorf("%d bytes wait", m.Waiting())
	}
	m.Flush()
	if m.Waiting() != 0 {
		t.Errorf("%d bytes wait after the flush", m.Waiting())
	}
	out.Flush()
	want := []string{"one\nthree\n", "two\n", "Author: Ann Invented\n"}
	if len(sink.blocks) != len(want) {
		t.Fatalf("blocks %+v", sink.blocks)
	}
	for i, b := range sink.blocks {
		if b.Text != want[i] {
			t.Errorf("block %d is %q, want %q", i, b.Text, want[i])
		}
	}
}
