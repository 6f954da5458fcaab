package pdf

import (
	"fmt"
	"github.com/google/go-cmp/cmp"
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
