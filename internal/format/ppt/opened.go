package ppt

import (
	"crypto/rc4"
	"io"

	"github.com/reeve-council/reeve/internal/ole"
)

// opened reads one encrypted object from its first byte ([MS-PPT] 2.3.7: the
// number of the object is the block of its key).
type opened struct {
	in     io.Reader
	keys   *ole.Blocks
	number uint32
	key    *rc4.Cipher
}

func (o *opened) Read(p []byte) (int, error) {
	if o.key == nil {
		o.key = o.keys.Stream(o.number)
	}
	n, err := o.in.Read(p)
	o.key.XORKeyStream(p[:n], p[:n])
	return n, err
}
