package format

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve/internal/format/dbf"
)

// isPDF finds the mark within the first kilobyte, as readers do (ISO 32000-1
// annex H, note 13), or objects where the mark was damaged.
func isPDF(p *Probe) bool {
	if p.has(0, "PK") || isDER(p) {
		return false
	}
	return p.contains(1024+5, "%PDF-") || p.has(0, "%") && p.contains(headSize, " obj") && p.contains(headSize, "endobj")
}

// isWordPerfect reads the prefix of WordPerfect files from 5.0: product and
// file type stand at offsets 8 and 9.
func isWordPerfect(product, kind byte) func(*Probe) bool {
	return func(p *Probe) bool {
		return p.has(0, "\xFFWPC") && len(p.head) > 16 && p.head[8] == product && p.head[9] == kind
	}
}

// isWordPerfect42 knows a file before 5.0, which has no mark, by the function
// code that it begins with: such a code stands at both ends of its function.
func isWordPerfect42(p *Probe) bool {
	if len(p.head) < 64 || p.head[0] != 0xCB && p.head[0] != 0xD0 && p.head[0] != 0xD1 {
		return false
	}
	end := bytes.IndexByte(p.head[1:48], p.head[0]) + 1
	return end > 2 && end < 47 && (p.head[end+1] >= 0xC0 || p.head[end+1] == 0x0A)
}

// isBareBIFF matches Excel 2 to 4 (and streams of later versions) outside OLE:
// a BOF record with a plausible length ([MS-XLS] 2.4.21).
func isBareBIFF(p *Probe) bool {
	id, n := p.u16(0), p.u16(2)
	switch id {
	case 0x0009, 0x0209, 0x0409:
		kind := p.u16(6)
		return (n == 4 || n == 6) && (kind == 0x10 || kind == 0x20 || kind == 0x40 || kind == 0x100)
	case 0x0809:
		return (n == 8 || n == 16) && (p.u16(4) == 0x0500 || p.u16(4) == 0x0600)
	}
	return false
}

// isMDF matches the first page of a SQL Server data file: a file header page
// (type 15) of version 1, page 0 of file 1.
func isMDF(p *Probe) bool {
	return p.has(0, "\x01\x0F\x00\x00") && p.u32(32) == 0 && p.src.Size%8192 == 0 && p.src.Size >= 8192*8
}

// isPGP matches binary OpenPGP messages that begin with an encrypted session
// key packet (RFC 4880 4.2, 5.1, 5.3).
func isPGP(p *Probe) bool {
	if len(p.head) < 6 {
		return false
	}
	switch p.head[0] {
	case 0x84, 0x85: // public key session packet, old format
		n := 2
		if p.head[0] == 0x85 {
			n = 3
		}
		return p.head[n] == 3
	case 0xC1, 0xC3, 0x8C: // new format, and symmetric old format
		return p.head[2] == 3 || p.head[2] == 4
	}
	return false
}

func isExecutable(p *Probe) bool {
	if p.has(0, "\x7FELF") || p.has(0, "\xCF\xFA\xED\xFE") || p.has(0, "\xCE\xFA\xED\xFE") || p.has(0, "dex\n03") {
		return true
	}
	if !p.has(0, "MZ") || len(p.head) < 64 {
		return false
	}
	at := int64(p.u32(60))
	return p.at(at, "PE\x00\x00") || p.at(at, "NE") || p.at(at, "LE") || p.u16(24) >= 0x1C && p.u16(24) <= 0x40
}

// isClass tells a Java class from a fat Mach-O binary by its major version.
func isClass(p *Probe) bool {
	return len(p.head) > 8 && binary.BigEndian.Uint16(p.head[6:]) >= 45
}

// isBzip2 wants the block mark after the level.
func isBzip2(p *Probe) bool {
	return p.has(0, "BZh") && len(p.head) > 9 && p.head[3] >= '1' && p.head[3] <= '9' &&
		(p.has(4, "1AY&SY") || p.has(4, "\x17\x72\x45\x38\x50\x90"))
}

// isTar checks the header sum, so that archives older than ustar count too
// (POSIX.1-2008 pax, "ustar Interchange Format").
func isTar(p *Probe) bool {
	if len(p.head) < 512 || p.head[0] == 0 {
		return false
	}
	want, err := strconv.ParseInt(strings.Trim(string(p.head[148:156]), " \x00"), 8, 32)
	if err != nil {
		return false
	}
	sum := int64(8 * ' ')
	for i, c := range p.head[:512] {
		if i < 148 || i >= 156 {
			sum += int64(c)
		}
	}
	return sum == want
}

// isLZMA matches the headerless stream by its usual property byte and a
// dictionary size that is a power of two.
func isLZMA(p *Probe) bool {
	dict := p.u32(1)
	return len(p.head) > 13 && p.head[0] == 0x5D && dict >= 1<<12 && dict&(dict-1) == 0 &&
		(p.u32(9) == 0xFFFFFFFF || p.u32(9) < 1<<8)
}

// isZlib checks the header sum (RFC 1950) of the usual window size, and that
// the first block has a legal type.
func isZlib(p *Probe) bool {
	return len(p.head) > 6 && p.head[0] == 0x78 && (int(p.head[0])<<8|int(p.head[1]))%31 == 0 &&
		p.head[1]&0x20 == 0 && p.head[2]>>1&3 != 3 && !p.isText()
}

// isARJ checks that the header id is followed by a possible header.
func isARJ(p *Probe) bool {
	return p.has(0, "\x60\xEA") && p.u16(2) >= 30 && p.u16(2) <= 2600
}

func isLHA(p *Probe) bool {
	return len(p.head) > 7 && (p.has(2, "-lh") || p.has(2, "-lz")) && p.head[6] == '-'
}

func isVHD(p *Probe) bool {
	return p.has(0, "conectix") || p.src.Size > 512 && p.at(p.src.Size-512, "conectix")
}

func isDMG(p *Probe) bool {
	if p.at(1024, "H+\x00\x04") || p.at(1024, "HX\x00\x05") || p.at(512, "PM\x00\x00") {
		return true
	}
	return p.src.Size > 512 && p.at(p.src.Size-512, "koly\x00\x00\x00\x04")
}

// isDisk matches a boot sector or partition table, or an ext file system.
func isDisk(p *Probe) bool {
	if p.src.Size < 4096 {
		return false
	}
	if p.has(510, "\x55\xAA") && p.src.Size%512 == 0 {
		return p.has(3, "NTFS") || p.has(3, "MSDOS") || p.has(3, "MSWIN") || p.has(3, "mkfs") || p.has(512, "EFI PART") || p.head[0] == 0x33 || p.head[0] == 0xFA || p.head[0] == 0xEB
	}
	return p.has(1080, "\x53\xEF") && p.src.Size%1024 == 0
}

// isDER matches a definite or indefinite ASN.1 SEQUENCE that fills the file and
// begins with an object identifier, an integer or another sequence, as
// certificates, keys and signed or enveloped messages do (X.690 8.1).
func isDER(p *Probe) bool {
	if len(p.head) < 4 || p.head[0] != 0x30 {
		return false
	}
	length, skip := int64(p.head[1]), 2
	if n := int(p.head[1]) - 0x80; n > 0 {
		if n > 4 || len(p.head) < 3+n {
			return false
		}
		length, skip = 0, 2+n
		for _, b := range p.head[2 : 2+n] {
			length = length<<8 | int64(b)
		}
	}
	tag := p.head[skip]
	known := tag == 0x02 || tag == 0x06 || tag == 0x30
	return known && (p.head[1] == 0x80 || length+int64(skip) <= p.src.Size && length+int64(skip) >= p.src.Size-2)
}

// isDBF checks version, date and that the header's own sizes agree.
func isDBF(p *Probe) bool {
	if len(p.head) < 65 {
		return false
	}
	switch p.head[0] {
	case 0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x7B, 0x83, 0x8B, 0x8C, 0x8E, 0xCB, 0xE5, 0xF5, 0xFB:
	default:
		return false
	}
	header, record := int(p.u16(8)), int(p.u16(10))
	return p.head[2] <= 12 && p.head[3] <= 31 && header >= 33 && record >= 1 && int64(header) <= p.src.Size &&
		(dbfFields(p.head[32:min(len(p.head), header)]) || dbf.IsLong(p.head))
}

// dbfFields checks the first field descriptor: a name and a known type. A name
// that is not Latin needs the mark at the end of the descriptors, behind which
// FoxPro keeps 263 bytes.
func dbfFields(b []byte) bool {
	if len(b) < 32 {
		return false
	}
	ended := b[len(b)-1] == '\r' || len(b) > 264 && b[len(b)-264] == '\r'
	return b[0] > ' ' && (b[0] < 0x7F || ended) && strings.IndexByte("CNLDMFBGPYTIVX@O+0", b[11]) >= 0
}

// isMemo matches the memos of a dBase or FoxPro table.
func isMemo(p *Probe) bool { return dbf.IsMemo(p.head, p.src.Size) }

// isMARC matches a record of a library catalogue (ISO 2709): its length in five
// digits, a status, and the fixed end of the leader.
func isMARC(p *Probe) bool {
	return len(p.head) > 40 && isNumber(string(p.head[:5])) && p.has(20, "450") && strings.IndexByte("acdnp", p.head[5]) >= 0
}

// isSTL matches a binary solid: 80 bytes, then as many facets of 50 bytes as the
// count says.
func isSTL(p *Probe) bool {
	return p.src.Size > 84 && int64(p.u32(80))*50+84 == p.src.Size
}

func isBMP(p *Probe) bool {
	if p.has(0, "BA") && len(p.head) > 16 && p.has(14, "BM") {
		return true
	}
	n := p.u32(14)
	return p.has(0, "BM") && len(p.head) > 26 && (n == 12 || n >= 40 && n <= 124)
}

func isPCX(p *Probe) bool {
	return len(p.head) > 128 && p.head[0] == 0x0A && p.head[1] <= 5 && p.head[2] <= 1 &&
		(p.head[3] == 1 || p.head[3] == 2 || p.head[3] == 4 || p.head[3] == 8)
}

// isNetpbm matches a mark with width and height behind it.
func isNetpbm(p *Probe) bool {
	if len(p.head) < 8 || p.head[0] != 'P' || p.head[1] < '1' || p.head[1] > '7' || p.head[2] > ' ' {
		return false
	}
	var words []string
	for _, line := range strings.SplitN(string(p.head[2:min(len(p.head), 1024)]), "\n", 12) {
		line, _, _ = strings.Cut(line, "#")
		words = append(words, strings.Fields(line)...)
	}
	return p.head[1] == '7' || len(words) >= 2 && isNumber(words[0]) && isNumber(words[1])
}

func isIcon(p *Probe) bool {
	n := p.u16(4)
	return (p.has(0, "\x00\x00\x01\x00") || p.has(0, "\x00\x00\x02\x00")) && n > 0 && n < 64 && len(p.head) > 22 && p.head[9] == 0 && p.u32(18) < 65536
}

// brand matches ISO base media files by their major or first compatible brands.
func brand(brands ...string) func(*Probe) bool {
	return func(p *Probe) bool {
		if !p.has(4, "ftyp") {
			return false
		}
		for _, b := range brands {
			if p.has(8, b) {
				return true
			}
		}
		return false
	}
}

var audioMagic = magic("ID3", "fLaC", "OggS", "#!AMR", ".snd", "MThd", "\x0B\x77", "caff")

func isAudio(p *Probe) bool {
	switch {
	case p.has(0, "OggS"):
		return !p.contains(128, "theora")
	case audioMagic(p), p.has(0, "RIFF") && p.has(8, "WAVE"), p.has(0, "FORM") && p.has(8, "AIF"):
		return true
	case brand("M4A ", "M4B ")(p):
		return true
	case p.has(0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"):
		return !p.contains(headSize, "\xC0\xEF\x19\xBC\x4D\x5B\xCF\x11") // the stream type of video in ASF
	}
	return isMPEGAudio(p)
}

// isMPEGAudio checks the sync bits with legal layer, rate and frequency, which
// is enough behind all other marks.
func isMPEGAudio(p *Probe) bool {
	if len(p.head) < 4 || p.head[0] != 0xFF {
		return false
	}
	b := p.head
	if b[1] >= 0xFE {
		return false // a byte order mark, or nothing known
	}
	if b[1]&0xF6 == 0xF0 {
		return b[2]>>2&15 < 13 // AAC in ADTS
	}
	return b[1]&0xE0 == 0xE0 && b[1]>>3&3 != 1 && b[1]>>1&3 != 0 && b[2]>>4 != 15 && b[2]>>4 != 0 && b[2]>>2&3 != 3
}

func isVideo(p *Probe) bool {
	switch {
	case p.has(4, "ftyp"), p.has(4, "moov"), p.has(4, "mdat"), p.has(4, "wide"):
		return true
	case p.has(0, "RIFF") && p.has(8, "AVI "), p.has(0, "OggS"), p.has(0, "FLV\x01"), p.has(0, "\x1A\x45\xDF\xA3"):
		return true
	case p.has(0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"), p.has(0, "\x00\x00\x01\xBA"), p.has(0, "\x00\x00\x01\xB3"), p.has(0, "DHAV"):
		return true
	}
	return p.has(0, "G") && len(p.head) > 376 && p.head[188] == 'G' && p.head[376] == 'G'
}
