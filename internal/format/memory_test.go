package format

import (
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// endless is a file that repeats a piece after a beginning.
type endless struct{ begin, piece string }

func (e endless) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	if off < int64(len(e.begin)) {
		n = copy(p, e.begin[off:])
	}
	for n < len(p) {
		at := (off + int64(n) - int64(len(e.begin))) % int64(len(e.piece))
		n += copy(p[n:], e.piece[at:])
	}
	return n, nil
}

// peak is a sink that remembers how much memory was in use at most.
type peak struct {
	heap   uint64
	blocks int
}

func (k *peak) look() {
	var m runtime.MemStats
	if k.blocks++; k.blocks%16 == 0 {
		runtime.ReadMemStats(&m)
		k.heap = max(k.heap, m.HeapAlloc)
	}
}

func (k *peak) Block(reeve.Block) error { k.look(); return nil }

func (k *peak) Embed(e Embedded) error {
	k.look()
	_, err := io.Copy(io.Discard, e.Reader)
	return err
}

// TestReadersStream reads 32 MiB of each format that may be of any size, and
// sees that memory does not grow with it.
func TestReadersStream(t *testing.T) {
	const size, most = 32 << 20, 30 << 20
	mail := "From a@example.org Mon Jun 01 10:00:00 2009\nFrom: a@example.org\nSubject: x\n\n" + strings.Repeat("body of a message\n", 500) + "\n"
	for _, c := range []struct {
		typ string
		src endless
	}{
		{"text", endless{"", "The tenant called about the rent.\n"}},
		{"text", endless{"", "no line end at all "}},
		{"csv", endless{"id,name\n", "1042,\"Smith, John\",12 High Street\n"}},
		{"csv", endless{"id,name\n", "one line of many cells, "}},
		{"html", endless{"<html><body>", "<p>The tenant, <b>Mrs Smith</b>, called.</p>"}},
		{"html", endless{"<table><tr><td>", "no <b>cell</b> ends "}},
		{"mbox", endless{"", mail}},
		{"eml", endless{"From: a@example.org\nTo: b@example.org\nContent-Type: text/plain\n\n", "a long body\n"}},
		{"sql", endless{"INSERT INTO `t` VALUES ", "(1,'Smith','12 High Street'),\n"}},
		{"json", endless{"[", "{\"id\":1,\"name\":\"Smith\"},\n"}},
		{"xml", endless{"<a>", "<b><c>Smith</c><d>12 High Street</d></b>\n"}},
		{"rtf", endless{`{\rtf1 `, `The tenant \b called\b0 .\par `}},
		{"vcard", endless{"", "BEGIN:VCARD\nFN:Ann\nEND:VCARD\n"}},
	} {
		runtime.GC()
		k := &peak{}
		out := Read(Type{Name: c.typ}, Source{Reader: c.src, Size: size}, Options{}, k)
		if k.heap > most || k.blocks == 0 {
			t.Errorf("%s %q: %d MiB in use, %d blocks", c.typ, c.src.piece[:8], k.heap>>20, k.blocks)
		}
		if out.Status != reeve.StatusRead && out.Status != reeve.StatusPartlyRead {
			t.Errorf("%s %q: %s %s", c.typ, c.src.piece[:8], out.Status, out.Reason)
		}
	}
}
