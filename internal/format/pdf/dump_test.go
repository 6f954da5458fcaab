package pdf

import (
	"bytes"
	"fmt"
	"github.com/google/go-cmp/cmp"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
	"math/rand"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"time"
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
func TestMutate(t *testing.T) {
	if os.Getenv("MUT") == "" {
		t.Skip()
	}
	rng := rand.New(rand.NewSource(7))
	var worst time.Duration
	n := 0
	st := map[string]int{}
	begin := time.Now()
	paths := corpusFiles(t, "tika", "format-corpus", "pdfjs")
	for time.Since(begin) < 90*time.Second {
		p := paths[rng.Intn(len(paths))]
		orig, _ := os.ReadFile(p)
		if len(orig) > 200000 || len(orig) < 20 {
			continue
		}
		b := bytes.Clone(orig)
		switch rng.Intn(4) {
		case 0:
			b = b[:rng.Intn(len(b))]
		case 1:
			for i := 0; i < 1+rng.Intn(40); i++ {
				b[rng.Intn(len(b))] = byte(rng.Intn(256))
			}
		case 2:
			i := rng.Intn(len(b))
			j := min(len(b), i+rng.Intn(300))
			b = append(b[:i:i], b[j:]...)
		case 3:
			for i := 0; i < 1+rng.Intn(10); i++ {
				k := rng.Intn(len(b))
				for k < len(b) && (b[k] < '0' || b[k] > '9') {
					k++
				}
				if k < len(b) {
					b[k] = byte('0' + rng.Intn(10))
				}
			}
		}
		func() {
			defer func() {
				if e := recover(); e != nil {
					os.WriteFile(fmt.Sprintf("/tmp/crash%d.pdf", n), b, 0o600)
					t.Errorf("%s: %v\n%s", p, e, debug.Stack())
				}
			}()
			s := time.Now()
			out, sink := readBytes(b)
			if bad := contractFault(out, sink); bad != "" {
				t.Errorf("%s %s", p, bad)
			}
			st[string(out.Status)+" "+string(out.Reason)]++
			if d := time.Since(s); d > worst {
				worst = d
				if d > 300*time.Millisecond {
					fmt.Println(p, d, out.Status, out.Detail)
					os.WriteFile("/tmp/slow.pdf", b, 0o600)
				}
			}
		}()
		n++
		if t.Failed() {
			break
		}
	}
	fmt.Println(n, worst, st)
}
