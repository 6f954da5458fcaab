package doc

// codePages give the code page of the text of older versions by the primary
// language of the document ([MS-LCID]); all others are written in 1252.
var codePages = map[int]int{
	0x01: 1256, 0x02: 1251, 0x04: 936, 0x05: 1250, 0x08: 1253, 0x0D: 1255, 0x0E: 1250, 0x11: 932, 0x12: 949,
	0x15: 1250, 0x18: 1250, 0x19: 1251, 0x1B: 1250, 0x1C: 1250, 0x1E: 874, 0x1F: 1254, 0x22: 1251, 0x23: 1251,
	0x24: 1250, 0x25: 1257, 0x26: 1257, 0x27: 1257, 0x29: 1256, 0x2A: 1258, 0x2F: 1251,
}

// codePage is the code page of narrow text: 256 in the character set means a
// Macintosh, else the language says.
func codePage(language, set int) int {
	if set == 256 {
		return 10000
	}
	if language == 0x0404 || language == 0x0C04 {
		return 950 // traditional Chinese
	}
	if page, ok := codePages[language&0x3FF]; ok {
		return page
	}
	return 1252
}
