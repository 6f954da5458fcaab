package doc

import (
	"cmp"
	"io"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

const reader = "doc/1"

// Read reads a document of Word 6 to 2003.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	out := part.NewWriter(sink, opt.Limits)
	f, err := compound.Open(src)
	if err != nil {
		if src.Size > 0 && string(src.Head(len(ole.Magic))) == ole.Magic {
			compound.Salvage(src.Reader, src.Size, out)
			err = compound.Salvaged
		}
		return out.Finish(reader, err)
	}
	d := &document{out: out, margin: pack.NewMargin(out), file: f}
	err = d.read(opt.Passwords)
	if fault := compound.Complaint(f); fault != nil {
		out.Lost(fault)
	}
	return out.Finish(reader, err)
}

// document is one being read.
type document struct {
	out    *part.Writer
	margin *pack.Margin
	file   *ole.File
	block  *block
	main   io.ReaderAt // the stream with the text
	size   int64       // of it
	table  io.ReaderAt // the stream with the tables; nil where there is none
	data   io.ReaderAt
	narrow compound.Narrow
	pieces []piece
	runs   spans
	paras  spans
}

func (d *document) read(passwords []string) error {
	main := d.file.Find("WordDocument")
	if main == nil {
		return part.Broken("there is no document in it")
	}
	d.main, d.size = main.Open(), main.Size
	if err := d.open(passwords); err != nil {
		return err
	}
	d.findPieces()
	d.findCodePage()
	if len(d.pieces) == 0 {
		d.out.Lost(compound.Salvaged)
		compound.Salvage(d.main, d.size, d.out)
	} else {
		d.stories()
		d.leftOver()
		d.people()
	}
	d.margin.Flush()
	d.pictures()
	compound.EmbedAll(d.out, d.file.Find("ObjectPool"), "")
	compound.Properties(d.file, d.out)
	return nil
}

// open reads the information block and gets the other streams.
func (d *document) open(passwords []string) error {
	head := make([]byte, wholeBlockWord97)
	n, _ := d.main.ReadAt(head, 0)
	var err error
	if d.block, err = readBlock(head[:n]); err != nil {
		return err
	}
	d.tableStream()
	if e := d.file.Find("Data"); e != nil && e.Kind == ole.Stream {
		d.data = e.Open()
	}
	if d.block.has(flagEncrypted) {
		if err := d.unlock(passwords); err != nil {
			return err
		}
		n, _ = d.main.ReadAt(head, 0)
		d.block.b = head[:n]
	}
	return nil
}

// maxSample is how much narrow text decides on its code page where the
// language says nothing.
const maxSample = 64 << 10

// findCodePage chooses how narrow text is decoded. Since Word 97 it is always
// 1252. Before, the language of the document says, unless that is English: many
// a document in another alphabet was written with an English program.
func (d *document) findCodePage() {
	if !d.block.old {
		return
	}
	page := codePage(d.block.u16(6), d.block.u16(0x14))
	if d.narrow = compound.CodePage(page); page != 1252 {
		return
	}
	var sample []byte
	for _, p := range d.pieces {
		if p.wide {
			return
		}
		n := min(p.to-p.from, int64(maxSample-len(sample)))
		b, _ := io.ReadAll(io.NewSectionReader(d.main, p.at, n))
		sample = append(sample, b...)
	}
	d.narrow = compound.Named(charset.Detect(sample, "").Name)
}

// tableStream finds the stream with the tables: the one that the block names,
// or the other where that is not there. Older versions keep them in the stream
// of the text.
func (d *document) tableStream() {
	if d.block.old {
		d.table = d.main
		return
	}
	names := []string{"0Table", "1Table"}
	if d.block.has(flagOtherTable) {
		names[0], names[1] = names[1], names[0]
	}
	for _, name := range names {
		if e := d.file.Find(name); e != nil && e.Kind == ole.Stream {
			d.table = e.Open()
			return
		}
	}
}

// part reads one structure of the table stream, as far as it is there.
func (d *document) part(n int) []byte {
	at, size := d.block.pair(n)
	if d.table == nil || size <= 0 || size > maxTable {
		return nil
	}
	b, _ := io.ReadAll(io.NewSectionReader(d.table, at, size))
	return b
}

// findPieces reads the pieces of the text. Documents of Word 6 and 95 that were
// saved whole have no table of them, but one range that the block gives. A piece beyond the end of the
// stream is damage.
func (d *document) findPieces() {
	if !d.block.old || d.block.has(flagComplex) {
		d.pieces = readPieces(d.part(pairPieces), d.block.old, d.block.has(flagUnicode))
	}
	if len(d.pieces) == 0 && d.block.old {
		d.onePiece()
	}
	lost := false
	for i := range d.pieces {
		p := &d.pieces[i]
		if room := max(d.size-p.at, 0) / p.width(); p.to-p.from > room {
			p.to = p.from + room
			lost = true
		}
	}
	if lost {
		d.out.Lost(part.CutShort("the document ends before its text does"))
	}
	if !d.block.old {
		d.runs = readSpans(d.part(pairRunPages), d.main, d.size, false)
		d.paras = readSpans(d.part(pairParaPages), d.main, d.size, true)
	}
}

// onePiece is a text that was saved whole: from one place to another.
func (d *document) onePiece() {
	from, to := int64(d.block.u32(0x18)), min(int64(d.block.u32(0x1C)), d.size)
	p := piece{at: from, wide: d.block.has(flagUnicode)}
	if p.to = (to - from) / p.width(); from >= 0x40 && p.to > 0 {
		d.pieces = []piece{p}
	}
}

// Stories in their order, as parts of the document.
var storyParts = [storyCount]struct {
	place string
	layer reeve.Layer
}{
	{"", reeve.LayerBody}, {"footnotes", reeve.LayerBody}, {"header", reeve.LayerHeader}, {"macros", reeve.LayerHidden},
	{"comments", reeve.LayerComment}, {"endnotes", reeve.LayerBody}, {"text boxes", reeve.LayerBody}, {"header text boxes", reeve.LayerHeader},
}

// stories reads the texts one after the other. What stands behind all of them
// belongs to none and is read as left over.
func (d *document) stories() {
	at, end := int64(0), d.pieces[len(d.pieces)-1].to
	for i, n := range d.block.stories() {
		if n = min(n, end-at); n <= 0 {
			continue
		}
		story := storyParts[i]
		if i == 4 {
			d.comments(at, at+n)
		} else {
			d.walk(story.place, story.layer, at, at+n)
		}
		at += n
		d.margin.Flush()
	}
	if end > at+2 { // a mark or two ends the whole
		place, layer := "left over", reeve.LayerHidden
		if at == 0 {
			place, layer = "", reeve.LayerBody
		}
		d.walk(place, layer, at, end)
	}
}

// leftOver carves out what stands in the text of a fast-saved document but in
// no piece of it: Word appended what was written and left what was deleted.
func (d *document) leftOver() {
	if !d.block.has(flagComplex) {
		return
	}
	at, end := int64(d.block.u32(0x18)), min(int64(d.block.u32(0x1C)), d.size)
	order := slices.Clone(d.pieces)
	slices.SortFunc(order, func(a, b piece) int { return cmp.Compare(a.at, b.at) })
	d.out.Begin("left over", reeve.LayerDeleted)
	for _, p := range append(order, piece{at: end}) {
		if n := min(p.at, end) - at; n > 0 {
			compound.Salvage(io.NewSectionReader(d.main, at, n), n, d.out)
		}
		at = max(at, p.at+(p.to-p.from)*p.width())
	}
}

// maxPicture bounds a picture, which waits in memory.
const maxPicture = 64 << 20

// pictures passes the pictures of the text on: those that stand in a line, and
// those of drawings.
func (d *document) pictures() {
	compound.Pictures(d.out, d.part(pairDrawings), d.main)
	if d.data == nil {
		return
	}
	seen := map[uint32]bool{}
	for _, s := range d.runs {
		if s.set&hasPicture == 0 || seen[s.picture] || d.out.Err() != nil {
			continue
		}
		seen[s.picture] = true
		d.picture(int64(s.picture))
	}
}

// picture passes on what stands at a place of the data stream (2.9.190): a
// header with its own length, the name of a linked file for one kind, drawing
// records.
func (d *document) picture(at int64) {
	const linkedFile = 0x66
	var head [69]byte
	if n, _ := d.data.ReadAt(head[:], at); n < len(head) {
		return
	}
	b := &block{b: head[:]}
	size, skip := int64(b.u32(0)), int64(b.u16(4))
	if b.u16(6) == linkedFile {
		skip += 1 + int64(head[68])
	}
	if size <= skip || size > maxPicture || d.out.Step(int(size)) != nil {
		return
	}
	records, _ := io.ReadAll(io.NewSectionReader(d.data, at+skip, size-skip))
	compound.Pictures(d.out, records, nil)
}
