package plant

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
)

// lockedZip writes a ZIP whose members are encrypted with the old ZIP cipher
// (APPNOTE 6.3, section 6.1), stored without compression.
func lockedZip(password string, c chance, members ...member) []byte {
	var out, directory bytes.Buffer
	for _, m := range members {
		sum := crc32.ChecksumIEEE(m.bytes)
		data := zipCrypt(password, c, sum, m.bytes)
		start := uint32(out.Len())
		head := zipFields(m, sum, len(data))
		out.WriteString("PK\x03\x04")
		out.Write(head)
		out.WriteString(m.name)
		out.Write(data)
		directory.WriteString("PK\x01\x02\x14\x00")
		directory.Write(head)
		directory.Write(make([]byte, 10))
		directory.Write(binary.LittleEndian.AppendUint32(nil, start))
		directory.WriteString(m.name)
	}
	start := uint32(out.Len())
	out.Write(directory.Bytes())
	out.WriteString("PK\x05\x06\x00\x00\x00\x00")
	end := binary.LittleEndian.AppendUint16(nil, uint16(len(members)))
	end = binary.LittleEndian.AppendUint16(end, uint16(len(members)))
	end = binary.LittleEndian.AppendUint32(end, uint32(directory.Len()))
	end = binary.LittleEndian.AppendUint32(end, start)
	out.Write(append(end, 0, 0))
	return out.Bytes()
}

// zipFields are what the local header and the directory share: version, flag 1
// (encrypted), method stored, time, checksum, sizes, length of the name.
func zipFields(m member, sum uint32, size int) []byte {
	f := []byte{20, 0, 1, 0, 0, 0, 0xC0, 0x4B, 0x64, 0x4E}
	f = binary.LittleEndian.AppendUint32(f, sum)
	f = binary.LittleEndian.AppendUint32(f, uint32(size))
	f = binary.LittleEndian.AppendUint32(f, uint32(len(m.bytes)))
	f = binary.LittleEndian.AppendUint16(f, uint16(len(m.name)))
	return append(f, 0, 0)
}

// zipCrypt encrypts with the three keys of the cipher, after twelve random
// bytes of which the last is the checksum's highest.
func zipCrypt(password string, c chance, sum uint32, data []byte) []byte {
	k := [3]uint32{0x12345678, 0x23456789, 0x34567890}
	turn := func(b byte) {
		k[0] = crc32.IEEETable[byte(k[0])^b] ^ k[0]>>8
		k[1] = (k[1]+k[0]&0xFF)*134775813 + 1
		k[2] = crc32.IEEETable[byte(k[2])^byte(k[1]>>24)] ^ k[2]>>8
	}
	for i := range len(password) {
		turn(password[i])
	}
	head := make([]byte, 12, 12+len(data))
	for i := range 11 {
		head[i] = byte(c.Uint32())
	}
	head[11] = byte(sum >> 24)
	plainBytes := append(head, data...)
	for i, b := range plainBytes {
		t := k[2] | 2
		plainBytes[i] = b ^ byte(t*(t^1)>>8)
		turn(b)
	}
	return plainBytes
}

// glyphs are five by seven dots, a row to a byte, for the letters of a scan.
var glyphs = map[rune][7]byte{
	'A': {14, 17, 17, 31, 17, 17, 17}, 'B': {30, 17, 17, 30, 17, 17, 30}, 'C': {14, 17, 16, 16, 16, 17, 14}, 'D': {30, 17, 17, 17, 17, 17, 30},
	'E': {31, 16, 16, 30, 16, 16, 31}, 'F': {31, 16, 16, 30, 16, 16, 16}, 'G': {14, 17, 16, 23, 17, 17, 14}, 'H': {17, 17, 17, 31, 17, 17, 17},
	'I': {14, 4, 4, 4, 4, 4, 14}, 'J': {7, 2, 2, 2, 2, 18, 12}, 'K': {17, 18, 20, 24, 20, 18, 17}, 'L': {16, 16, 16, 16, 16, 16, 31},
	'M': {17, 27, 21, 21, 17, 17, 17}, 'N': {17, 25, 21, 19, 17, 17, 17}, 'O': {14, 17, 17, 17, 17, 17, 14}, 'P': {30, 17, 17, 30, 16, 16, 16},
	'Q': {14, 17, 17, 17, 21, 18, 13}, 'R': {30, 17, 17, 30, 20, 18, 17}, 'S': {15, 16, 16, 14, 1, 1, 30}, 'T': {31, 4, 4, 4, 4, 4, 4},
	'U': {17, 17, 17, 17, 17, 17, 14}, 'V': {17, 17, 17, 17, 17, 10, 4}, 'W': {17, 17, 17, 21, 21, 27, 17}, 'X': {17, 17, 10, 4, 10, 17, 17},
	'Y': {17, 17, 10, 4, 4, 4, 4}, 'Z': {31, 1, 2, 4, 8, 16, 31}, '0': {14, 17, 19, 21, 25, 17, 14}, '1': {4, 12, 4, 4, 4, 4, 14},
	'2': {14, 17, 1, 2, 4, 8, 31}, '3': {31, 2, 4, 2, 1, 17, 14}, '4': {2, 6, 10, 18, 31, 2, 2}, '5': {31, 16, 30, 1, 1, 17, 14},
	'6': {6, 8, 16, 30, 17, 17, 14}, '7': {31, 1, 2, 4, 8, 8, 8}, '8': {14, 17, 17, 14, 17, 17, 14}, '9': {14, 17, 17, 15, 1, 2, 12},
	'.': {0, 0, 0, 0, 0, 12, 12}, ',': {0, 0, 0, 0, 12, 4, 8}, '/': {1, 1, 2, 4, 8, 16, 16}, '-': {0, 0, 0, 31, 0, 0, 0}, ':': {0, 12, 12, 0, 12, 12, 0},
}

// scanned draws the paper's lines as a picture in grey: the page that a scanner
// made. Letters are large dots, so that a reader of pictures can read them.
func scanned(p *paper) *image.Gray {
	const dot, cell, line = 4, 24, 44
	var lines []string
	for _, k := range p.blocks {
		if k.rows == nil {
			lines = append(lines, foldLines(k.text, 60)...)
		}
	}
	img := image.NewGray(image.Rect(0, 0, 64*cell, (len(lines)+4)*line))
	for i := range img.Pix {
		img.Pix[i] = 0xF4
	}
	for n, text := range lines {
		for i, r := range []rune(text) {
			drawGlyph(img, r, 2*cell+i*cell, (n+2)*line, dot)
		}
	}
	return img
}

func drawGlyph(img *image.Gray, r rune, x, y, dot int) {
	if r >= 'a' && r <= 'z' {
		r -= 32
	}
	for row, bits := range glyphs[r] {
		for column := range 5 {
			if bits>>(4-column)&1 == 0 {
				continue
			}
			for dy := range dot {
				for dx := range dot {
					img.SetGray(x+column*dot+dx, y+row*dot+dy, color.Gray{Y: 0x18})
				}
			}
		}
	}
}

func pngOf(img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic("plant: write to memory: " + err.Error())
	}
	return b.Bytes()
}
