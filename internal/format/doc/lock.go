package doc

import (
	"io"

	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

// plainHead is how much of the document stream is never encrypted (2.2.6).
const plainHead = 68

// unlock opens the streams of an encrypted document. The error is a
// part.Fault.
func (d *document) unlock(passwords []string) error {
	size := int64(d.block.u32(14))
	if d.block.old || d.block.has(flagObfuscated) {
		return d.unmix(passwords)
	}
	if d.table == nil || size < 8 || size > 4096 {
		return part.Broken("what describes its encryption is damaged")
	}
	header := make([]byte, size)
	n, _ := d.table.ReadAt(header, 0)
	keys, err := ole.OpenRC4(header[:n], passwords)
	if err != nil {
		return compound.Locked(err)
	}
	d.main = &compound.RC4{Source: d.main, Keys: keys, Block: 512, Plain: plainHead}
	d.table = &compound.RC4{Source: d.table, Keys: keys, Block: 512, Plain: size}
	if d.data != nil {
		d.data = &compound.RC4{Source: d.data, Keys: keys, Block: 512}
	}
	return nil
}

// unmix opens what the older method mixed; verifier and key stand side by side.
func (d *document) unmix(passwords []string) error {
	one, two := uint16(d.block.u16(14)), uint16(d.block.u16(16))
	key := compound.OpenXOR(two, one, passwords)
	if key == nil {
		key = compound.OpenXOR(one, two, passwords)
	}
	if key == nil {
		return compound.Locked(ole.ErrPassword)
	}
	head := int64(plainHead)
	if d.block.old {
		head = 52
	}
	d.main = &mixed{d.main, key, head}
	if d.table != nil && !d.block.old {
		d.table = &mixed{d.table, key, 0}
	}
	if d.data != nil {
		d.data = &mixed{d.data, key, 0}
	}
	return nil
}

// mixed reads a stream that the older method mixed: zeros, and what would
// become zero, are left as they are ([MS-OFFCRYPTO] 2.3.7.6).
type mixed struct {
	source io.ReaderAt
	key    *compound.XOR
	head   int64
}

func (m *mixed) ReadAt(p []byte, off int64) (int, error) {
	n, err := m.source.ReadAt(p, off)
	for i := range p[:n] {
		at := off + int64(i)
		if c := p[i] ^ m.key.At(at); at >= m.head && p[i] != 0 && c != 0 {
			p[i] = c
		}
	}
	return n, err
}
