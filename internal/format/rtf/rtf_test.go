package rtf

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

func TestReadGolden(t *testing.T) { formattest.Golden(t, "case.rtf", Read) }

func TestCutAndDeep(t *testing.T) {
	for in, want := range map[string]reeve.Reason{
		`{\rtf1 whole}`:                            reeve.ReasonNone,
		`{\rtf1 cut {\b bold`:                      reeve.ReasonCutShort,
		`{\rtf1 text` + strings.Repeat("{", 10000): reeve.ReasonTooDeep,
	} {
		out := Read(part.Source{Reader: strings.NewReader(in), Size: int64(len(in))}, part.Options{}, &formattest.Kept{})
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
		p := &formattest.Kept{}
		out := Read(part.Source{Reader: strings.NewReader(string(b)), Size: int64(len(b))}, part.Options{}, p)
		if out.Status == "" || len(p.Text()) > 200*len(b)+1000 {
			t.Fatalf("%s, %d bytes from %d", out.Status, len(p.Text()), len(b))
		}
	})
}
