package markup

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

var update = flag.Bool("update", false, "write the golden files")

// printer is a sink that writes blocks as readable text.
type printer struct{ strings.Builder }

func (p *printer) Block(b reeve.Block) error {
	if b.Table == 0 {
		fmt.Fprintf(p, "== %q layer %d line %d\n%s", b.Part, b.Layer, b.Line, b.Text)
		if !strings.HasSuffix(b.Text, "\n") {
			p.WriteString("\n")
		}
		return nil
	}
	fmt.Fprintf(p, "== %q layer %d table %d row %d header %q\n", b.Part, b.Layer, b.Table, b.First, b.Header)
	for _, r := range b.Rows {
		fmt.Fprintf(p, "%q\n", r)
	}
	return nil
}

func (p *printer) Embed(e part.Embedded) error {
	b, err := io.ReadAll(e.Reader)
	fmt.Fprintf(p, "== embedded %q %d bytes\n", e.Name, len(b))
	return err
}

// golden compares what a reader makes of testdata/name with the file beside it.
func golden(t *testing.T, name string, read func(part.Source, part.Options, part.Sink) reeve.Outcome) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	p := &printer{}
	out := read(part.Source{Reader: strings.NewReader(string(raw)), Size: int64(len(raw))}, part.Options{}, p)
	fmt.Fprintf(p, "== %s %s\n", out.Status, out.Reason)
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(p.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), p.String()); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}

func TestReadHTMLGolden(t *testing.T) { golden(t, "case.html", ReadHTML) }

func TestReadXMLGolden(t *testing.T) { golden(t, "case.xml", ReadXML) }

func TestReadBookGolden(t *testing.T) { golden(t, "book.xml", ReadXML) }

func TestDeclaredCharset(t *testing.T) {
	for in, want := range map[string]string{
		`<meta charset="iso-8859-2">`: "iso-8859-2",
		`<META http-equiv=Content-Type content="text/html; charset=windows-1251">`: "windows-1251",
		`<?xml version="1.0" encoding='koi8-r'?>`:                                  "koi8-r",
		`<p>no charset here</p>`:                                                   "",
	} {
		if got := DeclaredCharset([]byte(in)); got != want {
			t.Errorf("DeclaredCharset(%q) = %q", in, got)
		}
	}
}

func BenchmarkReadHTML(b *testing.B) {
	in := "<html><body>" + strings.Repeat("<p>The tenant, <b>Mrs Smith</b> of 12 High Street, called about the rent.</p>\n<table><tr><td>Smith</td><td>12/03/1961</td></tr></table>", 20000)
	src := part.Source{Reader: strings.NewReader(in), Size: int64(len(in))}
	b.SetBytes(src.Size)
	for b.Loop() {
		ReadHTML(src, part.Options{}, discard{})
	}
}

type discard struct{}

func (discard) Block(reeve.Block) error   { return nil }
func (discard) Embed(part.Embedded) error { return nil }
