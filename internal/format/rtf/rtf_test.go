package rtf

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

func TestReadGolden(t *testing.T) { golden(t, "case.rtf", Read) }

func TestCutAndDeep(t *testing.T) {
	for in, want := range map[string]reeve.Reason{
		`{\rtf1 whole}`:                            reeve.ReasonNone,
		`{\rtf1 cut {\b bold`:                      reeve.ReasonCutShort,
		`{\rtf1 text` + strings.Repeat("{", 10000): reeve.ReasonTooDeep,
	} {
		out := Read(part.Source{Reader: strings.NewReader(in), Size: int64(len(in))}, part.Options{}, &printer{})
		if out.Reason != want {
			t.Errorf("%.20q: %s %s", in, out.Status, out.Reason)
		}
	}
}

func FuzzRead(f *testing.F) {
	raw, err := os.ReadFile(filepath.Join("testdata", "case.rtf"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, b []byte) {
		p := &printer{}
		out := Read(part.Source{Reader: strings.NewReader(string(b)), Size: int64(len(b))}, part.Options{}, p)
		if out.Status == "" || p.Len() > 200*len(b)+1000 {
			t.Fatalf("%s, %d bytes from %d", out.Status, p.Len(), len(b))
		}
	})
}
