package access

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catch is a sink that keeps rows and text by part.
type catch struct {
	parts  []string
	rows   map[string][][]string
	header map[string][]string
	text   string
	items  []string
}

func (c *catch) Block(b reeve.Block) error {
	if b.Rows != nil {
		if c.rows[b.Part] == nil {
			c.parts = append(c.parts, b.Part)
		}
		c.rows[b.Part] = append(c.rows[b.Part], b.Rows...)
		c.header[b.Part] = b.Header
	}
	c.text += b.Text
	return nil
}

func (c *catch) Embed(e part.Embedded) error {
	b, err := io.ReadAll(e.Reader)
	c.items = append(c.items, fmt.Sprintf("%s %d", e.Name, len(b)))
	return err
}

func read(b []byte, passwords ...string) (*catch, reeve.Outcome) {
	c := &catch{rows: map[string][][]string{}, header: map[string][]string{}}
	src := part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}
	return c, Read(src, part.Options{Passwords: passwords}, c)
}

func TestShow(t *testing.T) {
	for _, p := range strings.Split(os.Getenv("SHOW"), ";") {
		b, err := os.ReadFile(p)
		if err != nil {
			continue
		}
		c, out := read(b, "tika")
		fmt.Println("==", p, out)
		for _, name := range c.parts {
			fmt.Println("--", name, len(c.rows[name]), c.header[name])
			for _, r := range c.rows[name][:min(12, len(c.rows[name]))] {
				fmt.Printf("   %.900q\n", r)
			}
		}
		fmt.Println(c.text, c.items)
	}
}
