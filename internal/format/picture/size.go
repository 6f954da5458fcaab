package picture

import (
	"bytes"
	"encoding/binary"

	"github.com/reeve-council/reeve/internal/format/part"
)

// size is the width and height of a picture in pixels, 0 when not known, and
// the number of its pages, at least 1.
func size(src part.Source) (width, height, pages int) {
	h := src.Head(64)
	switch {
	case bytes.HasPrefix(h, []byte("\x89PNG")) && len(h) >= 24:
		return be32(h[16:]), be32(h[20:]), 1
	case bytes.HasPrefix(h, []byte("GIF8")) && len(h) >= 10:
		return le16(h[6:]), le16(h[8:]), 1
	case bytes.HasPrefix(h, []byte("\xFF\xD8")):
		width, height = jpegSize(src)
		return width, height, 1
	case bytes.HasPrefix(h, []byte("II*\x00")), bytes.HasPrefix(h, []byte("MM\x00*")):
		return tiffSize(src)
	case bytes.HasPrefix(h, []byte("BM")) && len(h) >= 26:
		return bmpSize(h)
	case bytes.HasPrefix(h, []byte("8BPS")) && len(h) >= 22:
		return be32(h[18:]), be32(h[14:]), 1
	case bytes.HasPrefix(h, []byte("RIFF")) && len(h) >= 30:
		return webpSize(h)
	case len(h) >= 12 && string(h[4:8]) == "ftyp":
		return box(src, "ispe", 4)
	case len(h) >= 12 && string(h[4:8]) == "jP  ":
		height, width, pages = box(src, "ihdr", 0)
		return width, height, pages
	}
	return 0, 0, 1
}

func be16(b []byte) int { return int(binary.BigEndian.Uint16(b)) }
func le16(b []byte) int { return int(binary.LittleEndian.Uint16(b)) }
func be32(b []byte) int { return int(binary.BigEndian.Uint32(b)) }
func le32(b []byte) int { return int(binary.LittleEndian.Uint32(b)) }

// jpegSize walks the segments to the frame header (ITU-T T.81 B.2.2).
func jpegSize(src part.Source) (width, height int) {
	off := int64(2)
	for range 1000 {
		b := src.At(off, 9)
		if len(b) < 9 || b[0] != 0xFF {
			return 0, 0
		}
		marker := b[1]
		switch {
		case marker == 0xFF:
			off++
		case marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
			return be16(b[7:]), be16(b[5:])
		case marker == 0xDA || marker == 0xD9:
			return 0, 0
		default:
			off += 2 + int64(be16(b[2:]))
		}
	}
	return 0, 0
}

func bmpSize(h []byte) (width, height, pages int) {
	if le32(h[14:]) == 12 {
		return le16(h[18:]), le16(h[20:]), 1
	}
	height = int(int32(binary.LittleEndian.Uint32(h[22:])))
	return le32(h[18:]), max(height, -height), 1
}

func webpSize(h []byte) (width, height, pages int) {
	switch string(h[12:16]) {
	case "VP8X":
		return le32(h[24:])&0xFFFFFF + 1, le32(append([]byte{h[27], h[28], h[29]}, 0)) + 1, 1
	case "VP8 ":
		return le16(h[26:]) & 0x3FFF, le16(h[28:]) & 0x3FFF, 1
	case "VP8L":
		v := le32(h[21:])
		return v&0x3FFF + 1, v>>14&0x3FFF + 1, 1
	}
	return 0, 0, 1
}

// box finds a box by its name near the start of an ISO media file, the largest
// of them where there are several (a picture and its thumbnail), and reads two
// numbers behind it.
func box(src part.Source, name string, skip int) (a, b, pages int) {
	head := src.Head(64 << 10)
	for {
		i := bytes.Index(head, []byte(name))
		if i < 0 || len(head) < i+4+skip+8 {
			return a, b, 1
		}
		at := head[i+4+skip:]
		if x, y := be32(at), be32(at[4:]); x > a && x < 1<<24 && y < 1<<24 {
			a, b = x, y
		}
		head = head[i+4:]
	}
}

// tiffSize is the size of the largest page and the number of pages: directories
// in the chain (TIFF 6.0, section 2).
func tiffSize(src part.Source) (width, height, pages int) {
	t := tiff{src: src, order: order(src.Head(4))}
	off := t.u32(4)
	seen := map[uint32]bool{}
	for off != 0 && !seen[off] && pages < 10000 {
		seen[off] = true
		w, h := 0, 0
		off = t.directory(off, func(tag uint16, e entry) {
			switch tag {
			case 256:
				w = int(t.number(e))
			case 257:
				h = int(t.number(e))
			}
		})
		pages++
		if w > width {
			width, height = w, h
		}
	}
	return width, height, max(pages, 1)
}
