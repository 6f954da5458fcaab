package access

import (
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

// attachments finds the two columns; nil where the table has them not.
func (t *table) attachments() *attachments {
	name, data := t.find("FileName"), t.find("FileData")
	if name < 0 || data < 0 || t.columns[name].kind != kindText || t.columns[data].kind != kindOLE {
		return nil
	}
	return &attachments{name, &t.columns[data]}
}

// attach passes on the attachment of the row at hand.
func (s *sheet) attach(name string) {
	b := s.wholeLong(s.files.data)
	if len(b) == 0 {
		return
	}
	s.w.Embed(name, bytes.NewReader(s.unwrap(b)))
}

// unwrap opens what Access wraps round an attachment: whether it is compressed,
// and a head that tells its own length.
func (s *sheet) unwrap(b []byte) []byte {
	if len(b) < 8 {
		return b
	}
	content := b[8:]
	if binary.LittleEndian.Uint32(b) == 1 {
		z, err := zlib.NewReader(bytes.NewReader(content))
		if err != nil {
			s.broken = true
			return b
		}
		content, err = io.ReadAll(io.LimitReader(z, maxLong))
		s.broken = s.broken || err != nil
		s.w.Expand(int64(len(content)))
	}
	if len(content) < 4 {
		return content
	}
	if head := int64(binary.LittleEndian.Uint32(content)); head <= int64(len(content)) {
		return content[head:]
	}
	return content
}

// fileMarks begin the files that programs put into OLE fields, behind words
// that say which program it was.
var fileMarks = [][]byte{
	[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), []byte("\xFF\xD8\xFF"), []byte("\x89PNG\r\n"), []byte("%PDF-"),
	[]byte("PK\x03\x04"), []byte("{\\rtf"), []byte("GIF8"), []byte("II*\x00"),
}

// document passes on what is in an OLE field, from where its file begins.
func (s *sheet) document(c *column) {
	b := s.wholeLong(c)
	if len(b) < leastItem {
		return
	}
	from := -1
	for _, mark := range fileMarks {
		if i := bytes.Index(b[:min(len(b), 4096)], mark); i >= 0 && (from < 0 || i < from) {
			from = i
		}
	}
	s.w.Embed(fmt.Sprintf("%s.%s.%d", s.name, c.name, s.count), bytes.NewReader(b[max(from, 0):]))
}
