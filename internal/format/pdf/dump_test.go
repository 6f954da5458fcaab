package pdf

import (
	"bytes"
	"fmt"
	"github.com/google/go-cmp/cmp"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
	"os"
	"strings"
	"testing"
)

var _ = cmp.Diff

func TestDump(t *testing.T) {
	p := os.Getenv("DUMP")
	if p == "" {
		t.Skip()
	}
	out, s := readFile(t, p)
	fmt.Printf("%+v\n", out)
	for _, b := range s.blocks {
		fmt.Printf("--- %s layer %d table %d first %d header %q\n%s", b.Part, b.Layer, b.Table, b.First, b.Header, b.Text)
		for _, r := range b.Rows {
			fmt.Println("| " + strings.Join(r, " | "))
		}
	}
	fmt.Println(s.names)
}
func TestFonts(t *testing.T) {
	p := os.Getenv("DUMP")
	if p == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(p)
	src := part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}
	f := object.Open(src, nil, newMeter(part.NewWriter(&catcher{}, part.Limits{}), 1<<30))
	for _, n := range f.AllNumbers() {
		d := f.Dict(object.Ref{Num: n})
		if f.Name(d["Type"]) == "Font" {
			fmt.Println(n, d)
			if u := f.Stream(d["ToUnicode"]); u != nil {
				x, _ := f.Data(u)
				fmt.Printf("%.600s\n", x)
			}
			fd := f.Dict(d["FontDescriptor"])
			for _, k := range []object.Name{"FontFile", "FontFile2", "FontFile3"} {
				if s := f.Stream(fd[k]); s != nil {
					x, _ := f.Data(s)
					fmt.Printf("  %s %d %q\n", k, len(x), x[:min(len(x), 400)])
				}
			}
		}
	}
}
