package charset

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// charmapPages are the single-byte code pages by number.
var charmapPages = map[int]*charmap.Charmap{
	37: charmap.CodePage037, 437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863, 865: charmap.CodePage865,
	866: charmap.CodePage866, 874: charmap.Windows874, 1047: charmap.CodePage1047, 1140: charmap.CodePage1140,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic, 20866: charmap.KOI8R, 21866: charmap.KOI8U,
	28591: charmap.Windows1252, 28592: charmap.ISO8859_2, 28593: charmap.ISO8859_3, 28594: charmap.ISO8859_4, 28595: charmap.ISO8859_5,
	28596: charmap.ISO8859_6, 28597: charmap.ISO8859_7, 28598: charmap.ISO8859_8, 28599: charmap.Windows1254, 28603: charmap.ISO8859_13, 28605: charmap.ISO8859_15,
}

// candidate is an encoding that bytes without a declaration may turn out to be
// in. Handicap is taken off its score for every high byte, in the order of how
// seldom it is met in a British council: a rarer charset must read better to be
// believed.
type candidate struct {
	name     string
	enc      encoding.Encoding
	handicap int // tenths of a point
	wide     bool
}

// candidates in order: of two that score alike the first wins. The score of a
// charset is in rate.go.
var candidates = []candidate{
	{name: Default, enc: charmap.Windows1252},
	{name: "cp850", enc: charmap.CodePage850, handicap: 4},
	{name: "macintosh", enc: charmap.Macintosh, handicap: 4},
	{name: "windows-1250", enc: charmap.Windows1250, handicap: 6},
	{name: "iso-8859-2", enc: charmap.ISO8859_2, handicap: 7},
	{name: "cp437", enc: charmap.CodePage437, handicap: 7},
	{name: "iso-8859-15", enc: charmap.ISO8859_15, handicap: 8},
	{name: "windows-1254", enc: charmap.Windows1254, handicap: 8},
	{name: "windows-1257", enc: charmap.Windows1257, handicap: 9},
	{name: "cp852", enc: charmap.CodePage852, handicap: 10},
	{name: "windows-1251", enc: charmap.Windows1251, handicap: 4},
	{name: "koi8-r", enc: charmap.KOI8R, handicap: 6},
	{name: "cp866", enc: charmap.CodePage866, handicap: 6},
	{name: "iso-8859-5", enc: charmap.ISO8859_5, handicap: 7},
	{name: "x-mac-cyrillic", enc: charmap.MacintoshCyrillic, handicap: 8},
	{name: "windows-1253", enc: charmap.Windows1253, handicap: 6},
	{name: "iso-8859-7", enc: charmap.ISO8859_7, handicap: 7},
	{name: "windows-1256", enc: charmap.Windows1256, handicap: 6},
	{name: "iso-8859-6", enc: charmap.ISO8859_6, handicap: 7},
	{name: "windows-1255", enc: charmap.Windows1255, handicap: 6},
	{name: "gb18030", enc: simplifiedchinese.GB18030, handicap: 6, wide: true},
	{name: "shift_jis", enc: japanese.ShiftJIS, handicap: 6, wide: true},
	{name: "euc-jp", enc: japanese.EUCJP, handicap: 6, wide: true},
	{name: "big5", enc: traditionalchinese.Big5, handicap: 6, wide: true},
	{name: "euc-kr", enc: korean.EUCKR, handicap: 6, wide: true},
}
