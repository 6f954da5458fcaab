package pack

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

func TestNames(t *testing.T) {
	out := part.NewWriter(&formattest.Kept{}, part.Limits{})
	p, err := Open(formattest.Packed(t, `Word\Document.XML`, "first", "word/document.xml", "second", "a/", ""), out)
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
		out := part.NewWriter(&formattest.Kept{}, test.limits)
		p, err := Open(formattest.Packed(t, "x.xml", strings.Repeat("\x00", test.size)), out)
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
		out := part.NewWriter(&formattest.Kept{}, part.Limits{})
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
	sink := &formattest.Kept{}
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
	if len(sink.Blocks) != len(want) {
		t.Fatalf("blocks %+v", sink.Blocks)
	}
	for i, b := range sink.Blocks {
		if b.Text != want[i] {
			t.Errorf("block %d is %q, want %q", i, b.Text, want[i])
		}
	}
}
