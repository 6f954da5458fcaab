package dbf

import (
	"bytes"
	"encoding/binary"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

const memoReader = "dbf-memo/1"

// maxMemo bounds one memo; a longer one is cut.
const maxMemo = 64 << 20

// memoFile is one of the three layouts: FoxPro's FPT and dBase IV's DBT tell
// the length of each memo, dBase III's ends it with a mark.
type memoFile struct {
	src   part.Source
	block int64
	head  func(b []byte) (length int64, text, ok bool) // of a memo's first 8 bytes; nil for dBase III
}

// IsMemo reports whether an item that begins with head and is of a size is a
// memo file: the sizes in its header and in its first memo agree with it.
func IsMemo(head []byte, size int64) bool {
	_, ok := layout(part.Source{Reader: bytes.NewReader(head), Size: int64(len(head))}, size)
	return ok
}

func layout(src part.Source, size int64) (*memoFile, bool) {
	h := src.Head(512)
	if len(h) < 512 || size < 514 {
		return nil, false
	}
	fits := func(blocks, block int64) bool { return blocks*block > size-block-512 && blocks*block <= size+block }
	f := &memoFile{src: src, block: int64(binary.BigEndian.Uint16(h[6:])), head: foxHead}
	if h[4]|h[5] == 0 && f.block > 0 && fits(int64(binary.BigEndian.Uint32(h)), f.block) {
		length, _, ok := f.head(src.At(f.first(), 8))
		return f, ok && length > 0 && f.first()+8+length <= size
	}
	f.block, f.head = int64(binary.LittleEndian.Uint16(h[20:])), dBase4Head
	if f.block == 0 {
		f.block = 512
	}
	if length, _, ok := f.head(src.At(f.first(), 8)); ok && f.first()+8+length <= size {
		return f, true
	}
	f.block, f.head = 512, nil
	text, _, _ := bytes.Cut(src.At(512, 512), []byte{0x1A})
	return f, fits(int64(binary.LittleEndian.Uint32(h)), 512) && bytes.IndexByte(h[4:32], 0) >= 0 && len(text) > 0 && isText(text)
}

// first is where the first memo is: behind a header of 512 bytes.
func (f *memoFile) first() int64 { return (511/f.block + 1) * f.block }

// foxHead reads kind and length, big-endian; kind 1 is text.
func foxHead(b []byte) (length int64, text, ok bool) {
	if len(b) < 8 {
		return 0, false, false
	}
	kind := binary.BigEndian.Uint32(b)
	return int64(binary.BigEndian.Uint32(b[4:])), kind == 1, kind <= 2
}

// dBase4Head reads the mark of a memo in use and its length, which counts the
// head.
func dBase4Head(b []byte) (length int64, text, ok bool) {
	if len(b) < 8 || binary.LittleEndian.Uint32(b) != 0x0008FFFF {
		return 0, false, false
	}
	return int64(binary.LittleEndian.Uint32(b[4:])) - 8, true, true
}

func isText(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}

// ReadMemos reads the memos of a memo file, each a paragraph.
func ReadMemos(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	f, ok := layout(src, src.Size)
	if !ok {
		return w.Finish(memoReader, part.Broken("its sizes do not agree"))
	}
	text := &letters{}
	for at := f.first(); at < src.Size && w.Err() == nil; {
		w.Step(1)
		at += f.memo(w, at, text)
	}
	return w.Finish(memoReader, nil)
}

// memo pushes the memo at an offset and gives the bytes of its blocks; one
// block where there is none.
func (f *memoFile) memo(w *part.Writer, at int64, text *letters) int64 {
	if f.head == nil {
		return f.marked(w, at, text)
	}
	length, isText, ok := f.head(f.src.At(at, 8))
	if !ok || length <= 0 || at+8+length > f.src.Size {
		return f.block
	}
	if isText {
		f.push(w, f.src.At(at+8, int(min(length, maxMemo))), text)
	}
	return (8 + length + f.block - 1) / f.block * f.block
}

// marked pushes a memo that ends at a mark.
func (f *memoFile) marked(w *part.Writer, at int64, text *letters) int64 {
	var b []byte
	for len(b) < maxMemo {
		piece := f.src.At(at+int64(len(b)), int(f.block))
		end := bytes.IndexByte(piece, 0x1A)
		if end >= 0 || len(piece) < int(f.block) {
			b = append(b, piece[:max(end, 0)]...)
			break
		}
		b = append(b, piece...)
	}
	f.push(w, b, text)
	return int64(len(b))/f.block*f.block + f.block
}

// push writes a memo as a paragraph. dBase IV keeps pictures in memos too, and
// marks the line ends that only its editor made with a byte above ASCII.
func (f *memoFile) push(w *part.Writer, b []byte, text *letters) {
	b = bytes.TrimRight(b, "\x00\x1A")
	if !isText(b[:min(len(b), 512)]) {
		return
	}
	w.Blank()
	w.Text(text.decode(bytes.ReplaceAll(b, softEnd, []byte{' '})))
}

var softEnd = []byte("\x8D\n")
