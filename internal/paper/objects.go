package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strconv"
	"sync"
)

// objects numbers objects as they are written and remembers where they begin.
type objects struct {
	w      io.Writer
	at     int
	starts []int
	err    error
}

func (o *objects) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(p)
	o.at, o.err = o.at+n, err
	return n, err
}

func (o *objects) raw(format string, args ...any) { fmt.Fprintf(o, format, args...) }

func (o *objects) object(format string, args ...any) {
	o.starts = append(o.starts, o.at)
	o.raw("%d 0 obj\n"+format+"\nendobj\n", append([]any{len(o.starts)}, args...)...)
}

// deflaters are kept: making one costs more than a page.
var deflaters = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(io.Discard, zlib.BestSpeed) // fails for unknown levels alone
	return w
}}

func (o *objects) stream(data []byte) {
	var packed bytes.Buffer
	z := deflaters.Get().(*zlib.Writer)
	z.Reset(&packed)
	z.Write(data) // into memory: it cannot fail
	z.Close()
	deflaters.Put(z)
	o.object("<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", packed.Len(), packed.Bytes())
}

// lifted writes an object of a font whose first object has the number base.
func (o *objects) lifted(x lifted, base int) {
	o.starts = append(o.starts, o.at)
	b := append(strconv.AppendInt(nil, int64(len(o.starts)), 10), " 0 obj\n"...)
	for i, part := range x.parts {
		if i > 0 {
			b = append(strconv.AppendInt(b, int64(base+x.refs[i-1]), 10), " 0 R"...)
		}
		b = append(b, part...)
	}
	o.Write(append(b, "\nendobj\n"...))
}

// end writes the table of where everything begins.
func (o *objects) end() error {
	table := o.at
	b := fmt.Appendf(nil, "xref\n0 %d\n0000000000 65535 f \n", len(o.starts)+1)
	for _, at := range o.starts {
		b = fmt.Appendf(b, "%010d 00000 n \n", at)
	}
	o.Write(fmt.Appendf(b, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(o.starts)+1, catalogObject, factsObject, table))
	return o.err
}
