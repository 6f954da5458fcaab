package plain

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catch is a sink that keeps everything.
type catch struct {
	blocks   []reeve.Block
	embedded []string
}

func (c *catch) Block(b reeve.Block) error { c.blocks = append(c.blocks, b); return nil }

func (c *catch) Embed(e part.Embedded) error {
	_, err := io.Copy(io.Discard, e.Reader)
	c.embedded = append(c.embedded, e.Name)
	return err
}

func (c *catch) rows() (all [][]string) {
	for _, b := range c.blocks {
		all = append(all, b.Rows...)
	}
	return all
}

func (c *catch) text() string {
	var s strings.Builder
	for _, b := range c.blocks {
		s.WriteString(b.Text)
	}
	return s.String()
}

type reader func(part.Source, part.Options, part.Sink) reeve.Outcome

func source(s string) part.Source {
	return part.Source{Reader: strings.NewReader(s), Size: int64(len(s))}
}

func run(t *testing.T, read reader, s string) (*catch, reeve.Outcome) {
	t.Helper()
	c := &catch{}
	return c, read(source(s), part.Options{}, c)
}

func TestReadTable(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     [][]string
	}{
		{"plain", "a,b\r\n1,2\r\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"quotes", "a,b\n\"x, y\",\"he said \"\"no\"\"\"\n", [][]string{{"a", "b"}, {"x, y", `he said "no"`}}},
		{"line end in quotes", "a,b\n\"1\n2\",3\n4,5\n", [][]string{{"a", "b"}, {"1\n2", "3"}, {"4", "5"}}},
		{"broken quote", "a,b\n\"x,1\ny,2\nz,3\n", [][]string{{"a", "b"}, {`"x`, "1"}, {"y", "2"}, {"z", "3"}}},
		{"quote inside", "a,b\n6\" nail,\"5\" bolt\"\n", [][]string{{"a", "b"}, {`6" nail`, `5" bolt`}}},
		{"ragged", "a;b;c\n1;2\n1;2;3;4\n", [][]string{{"a", "b", "c"}, {"1", "2"}, {"1", "2", "3", "4"}}},
		{"tab", "a\tb\n1\t2\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"bar", "a|b\n1|2\n", [][]string{{"a", "b"}, {"1", "2"}}},
		{"sep line", "sep=|\r\na,x|b\r\n", [][]string{{"a,x", "b"}}},
		{"no last line end", "a,b\n1,\"2\"", [][]string{{"a", "b"}, {"1", "2"}}},
		{"blank line keeps its number", "a,b\n\n1,2\n", [][]string{{"a", "b"}, {""}, {"1", "2"}}},
		{"mac", "a,b\r1,2\r", [][]string{{"a", "b"}, {"1", "2"}}},
		{"spaces round quotes", "a,b\n \"x,y\" , 2\n", [][]string{{"a", "b"}, {"x,y", " 2"}}},
		{"latin", "name,owed\nZo\xEB,\xA312\n", [][]string{{"name", "owed"}, {"Zoë", "£12"}}},
	} {
		got, out := run(t, ReadTable, c.in)
		if diff := cmp.Diff(c.want, got.rows()); diff != "" || out.Status != reeve.StatusRead {
			t.Errorf("%s: %s %s", c.name, out.Status, diff)
		}
	}
}

// A table longer than a block is a run of blocks that number on, however the
// chunks of the file fall.
func TestReadTableLong(t *testing.T) {
	var in strings.Builder
	for i := range 30000 {
		fmt.Fprintf(&in, "%d,\"Smith, %d\",\"note\nwith line\",12 High Street\n", i, i)
	}
	got, _ := run(t, ReadTable, in.String())
	n := 0
	for _, b := range got.blocks {
		if b.Table != 1 || b.First != n+1 || len(b.Rows) > reeve.MaxBlockRows {
			t.Fatalf("block of table %d from row %d after %d rows", b.Table, b.First, n)
		}
		for _, r := range b.Rows {
			if r[0] != fmt.Sprint(n) || len(r) != 4 || r[1] != fmt.Sprintf("Smith, %d", n) {
				t.Fatalf("row %d is %q", n, r)
			}
			n++
		}
	}
	if n != 30000 {
		t.Fatalf("%d rows", n)
	}
}

func BenchmarkReadTable(b *testing.B) {
	for name, line := range map[string]string{
		"plain":  "1042,Smith,John,12/03/1961,Flat 3,12 High Street,Anytown,AB1 2CD,88.20\n",
		"quoted": "\"1042\",\"Smith\",\"John\",\"12/03/1961\",\"Flat 3, 12 High Street\",\"Anytown\",\"AB1 2CD\",\"88.20\"\n",
	} {
		in := source(strings.Repeat(line, 200000))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(in.Size)
			for b.Loop() {
				ReadTable(in, part.Options{}, discard{})
			}
		})
	}
}

type discard struct{}

func (discard) Block(reeve.Block) error { return nil }
func (discard) Embed(e part.Embedded) error {
	_, err := io.Copy(io.Discard, e.Reader)
	return err
}

func BenchmarkReadText(b *testing.B) {
	in := source(strings.Repeat("The tenant, Mrs Smith of 12 High Street, called about the rent on 12 March.\n", 200000))
	b.SetBytes(in.Size)
	for b.Loop() {
		ReadText(in, part.Options{}, discard{})
	}
}
