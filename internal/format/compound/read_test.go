package compound_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole/oletest"
)

// kept is a sink that keeps items.
type kept struct{ items []string }

func (*kept) Block(reeve.Block) error { return nil }

func (k *kept) Embed(e part.Embedded) error {
	b, err := io.ReadAll(e.Reader)
	k.items = append(k.items, e.Name+": "+string(b))
	return err
}

func TestReadObject(t *testing.T) {
	packaged := []byte("\x38\x00\x00\x00\x02\x00list.csv\x00C:\\list.csv\x00\x00\x00\x03\x00\x0b\x00\x00\x00C:\\tmp.csv\x00\x05\x00\x00\x00a,b\r\n")
	for _, c := range []struct {
		stream oletest.Stream
		item   string
		status reeve.Status
	}{
		{oletest.Stream{Path: "\x01Ole10Native", Data: packaged}, "list.csv: a,b\r\n", reeve.StatusRead},
		{oletest.Stream{Path: "CONTENTS", Data: []byte("%PDF-")}, ": %PDF-", reeve.StatusRead},
		{oletest.Stream{Path: "Other", Data: []byte("x")}, "", reeve.StatusUnsupported},
	} {
		b := oletest.File(c.stream)
		k := &kept{}
		out := compound.Read(part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}, part.Options{}, k)
		got := ""
		if len(k.items) > 0 {
			got = k.items[0]
		}
		if out.Status != c.status || got != c.item {
			t.Errorf("%q: %+v, %q", c.stream.Path, out, got)
		}
	}
}
