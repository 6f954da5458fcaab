package access

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
)

// leastItem is the size from which an OLE field is an item rather than a value.
const leastItem = 256

// attachments are the columns of a table that holds the attachments of another:
// the place of the name, and the data.
type attachments struct {
	name int
	data *column
}

// attachments finds the two columns; nil where the table does not have them.
func (t *table) attachments() *attachments {
	name, data := t.find("FileName"), t.find("FileData")
	if name < 0 || data < 0 || t.columns[name].kind != kindText || t.columns[data].kind != kindOLE {
		return nil
	}
	return &attachments{name, &t.columns[data]}
}

// attach passes on the attachment of the row at hand.
func (s *sheet) attach(name string) {
	v := s.longOf(s.files.data)
	if in := s.unwrap(v); in != nil {
		s.w.Embed(name, in)
	}
	s.broken = s.broken || v.lost
}

// unwrap opens what Access wraps round an attachment: whether it is compressed,
// and a head that tells its own length. Nil for none.
func (s *sheet) unwrap(v io.Reader) io.Reader {
	var wrap [8]byte
	if _, err := io.ReadFull(v, wrap[:]); err != nil {
		return nil
	}
	if binary.LittleEndian.Uint32(wrap[:]) == 1 {
		z, err := zlib.NewReader(v)
		if err != nil {
			s.broken = true
			return nil
		}
		v = &counted{z, s}
	}
	var size [4]byte
	n, _ := io.ReadFull(v, size[:])
	head := int64(binary.LittleEndian.Uint32(size[:]))
	if n < 4 || head < 4 || head > 4096 {
		return io.MultiReader(bytes.NewReader(size[:n]), v)
	}
	io.CopyN(io.Discard, v, head-4)
	return v
}

// counted counts what comes out of compression, and takes damage for its end.
type counted struct {
	io.Reader
	sheet *sheet
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.sheet.w.Expand(int64(n)) != nil {
		return 0, io.EOF
	}
	if err != nil && err != io.EOF {
		c.sheet.broken, err = true, io.EOF
	}
	return n, err
}

// fileMarks begin the files that programs put into OLE fields, behind words
// that say which program it was.
var fileMarks = [][]byte{
	[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), []byte("\xFF\xD8\xFF"), []byte("\x89PNG\r\n"), []byte("%PDF-"),
	[]byte("PK\x03\x04"), []byte("{\\rtf"), []byte("GIF8"), []byte("II*\x00"),
}

// document passes on what is in an OLE field, from where its file begins.
func (s *sheet) document(c *column) {
	raw := s.record.bytes(c)
	v := s.long(raw, s.freed)
	in := bufio.NewReaderSize(v, 4096)
	head, _ := in.Peek(4096)
	if len(head) < leastItem {
		s.broken = s.broken || v.lost
		return
	}
	length := int(binary.LittleEndian.Uint32(raw) & longLength)
	from, size := fileIn(head, length)
	in.Discard(from)
	s.w.Embed(fmt.Sprintf("%s.%s.%d", s.name, c.name, s.count), io.LimitReader(in, int64(size)))
	s.broken = s.broken || v.lost
}

// fileIn finds where a file begins in the head of an OLE field of a length, and
// its size as far as that is known; the whole field where no file is known.
func fileIn(head []byte, length int) (from, size int) {
	from = len(head)
	for _, mark := range fileMarks {
		if i := bytes.Index(head[:from], mark); i >= 0 {
			from = i
		}
	}
	if i := bytes.Index(head[:from], []byte("BM")); i >= 0 && i+6 <= len(head) {
		// Two letters are no mark: the size of the picture must nearly fill the field.
		rest, size := length-i, int(binary.LittleEndian.Uint32(head[i+2:]))
		if size > 54 && size <= rest && size > rest-1024 {
			return i, size
		}
	}
	if from == len(head) {
		from = 0
	}
	return from, length - from
}
