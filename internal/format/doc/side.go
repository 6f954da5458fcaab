package doc

import (
	"encoding/binary"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
)

const maxNames = 100_000

// comments reads the story of comments one by one, each headed by who wrote it.
// Ranges stand in one structure, authors in another (2.8.7, 2.8.8).
func (d *document) comments(from, to int64) {
	ends, refs := d.part(pairComments), d.part(pairCommentRefs)
	owners := counted(d.part(pairOwners))
	const entry = 30
	n := (len(refs) - 4) / (4 + entry)
	d.out.Begin("comments", reeve.LayerComment)
	at := from
	for i := 0; i < n && !d.block.old && 4*i+8 <= len(ends) && d.out.Step(1) == nil; i++ {
		end := from + int64(binary.LittleEndian.Uint32(ends[4*i+4:]))
		if end <= at || end > to {
			break
		}
		who := int(binary.LittleEndian.Uint16(refs[4*(n+1)+entry*i+20:]))
		if who < len(owners) {
			d.margin.Person("Comment by", owners[who])
			d.out.Pair("Comment by", owners[who])
		}
		d.walk("comments", reeve.LayerComment, at, end)
		d.out.Blank()
		at = end
	}
	d.walk("comments", reeve.LayerComment, at, to)
}

// counted reads strings behind their counts of two bytes, one after the other.
func counted(b []byte) (list []string) {
	for len(b) >= 2 && len(list) < maxNames {
		n := 2 * int(binary.LittleEndian.Uint16(b))
		b = b[2:]
		if n > len(b) {
			break
		}
		list = append(list, compound.Wide(b[:n]))
		b = b[n:]
	}
	return list
}

// stringTable reads a table of strings (2.2.4): a mark, a count, the length of
// extra data behind each string.
func stringTable(b []byte) (list []string) {
	if len(b) < 6 || binary.LittleEndian.Uint16(b) != 0xFFFF {
		return nil
	}
	n, extra := int(binary.LittleEndian.Uint16(b[2:])), int(binary.LittleEndian.Uint16(b[4:]))
	b = b[6:]
	for len(b) >= 2 && len(list) < n {
		size := 2 * int(binary.LittleEndian.Uint16(b))
		if b = b[2:]; size > len(b) {
			break
		}
		list = append(list, compound.Wide(b[:size]))
		b = b[min(size+extra, len(b)):]
	}
	return list
}

// people notes who changed the text, who saved the file and where, and the
// files that a mail merge takes its data from.
func (d *document) people() {
	if d.block.old {
		return
	}
	for i, name := range stringTable(d.part(pairChangers)) {
		if i > 0 { // the first stands for nobody
			d.margin.Person("Tracked change by", name)
		}
	}
	savers := stringTable(d.part(pairSavers))
	for i := 0; i+1 < len(savers); i += 2 {
		d.margin.Person("Saved by", savers[i]+", as "+savers[i+1])
	}
	names := stringTable(d.part(pairNames))
	for _, i := range []int{8, 9} {
		if i < len(names) && names[i] != "" {
			d.margin.Link("mail merge", names[i])
		}
	}
}
