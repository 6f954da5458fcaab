package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

// gapped is a file with a run of zeros in it that nobody holds.
type gapped struct {
	head, tail []byte
	gap        int64
}

func (g *gapped) size() int64 { return int64(len(g.head)) + g.gap + int64(len(g.tail)) }

func (g *gapped) ReadAt(b []byte, off int64) (int, error) {
	for i := range b {
		switch at := off + int64(i); {
		case at < int64(len(g.head)):
			b[i] = g.head[at]
		case at < int64(len(g.head))+g.gap:
			b[i] = 0
		case at < g.size():
			b[i] = g.tail[at-int64(len(g.head))-g.gap]
		default:
			return i, fmt.Errorf("read at %d: the file ends at %d", at, g.size())
		}
	}
	return len(b), nil
}

// large is a page of text in a file of more than 64 MiB, most of it one picture.
func large(startxref bool) *gapped {
	const gap = 65 << 20
	picture := fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width 8192 /Height 8320 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length %d >>\nstream\n@gap@\nendstream", gap)
	b := single(set(50, 700, "Dear Ms Sample, your rent account is in arrears."), picture, "<< /Title (Far behind) >>")
	head, tail, _ := bytes.Cut(b, []byte("@gap@"))
	table := bytes.LastIndex(b, []byte("xref\n0 "))
	behind := bytes.Index(b, []byte("7 0 obj")) // the one object behind the gap
	tail = bytes.Replace(tail, fmt.Appendf(nil, "%010d", behind), fmt.Appendf(nil, "%010d", behind+gap-len("@gap@")), 1)
	where := table + gap - len("@gap@")
	if !startxref {
		where = 7
	}
	text := string(tail)
	text = text[:strings.LastIndex(text, "startxref")] + fmt.Sprintf("startxref\n%d\n%%%%EOF\n", where)
	return &gapped{head, []byte(text), gap}
}

// TestLarge: a file too large to be held is read from its source as a small one
// is, by its table and without.
func TestLarge(t *testing.T) {
	for _, table := range []bool{true, false} {
		g := large(table)
		sink := &formattest.Kept{}
		out := Read(part.Source{Reader: g, Size: g.size()}, part.Options{}, sink)
		if out.Status != reeve.StatusRead || out.Pages != 1 || !strings.Contains(sink.Text(), "Ms Sample") {
			t.Errorf("with its table %v: %+v, %q", table, out, sink.Text())
		}
	}
}
