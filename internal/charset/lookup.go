package charset

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// UTF8 is the name of the encoding that needs no decoding.
const UTF8 = "utf-8"

// Default is the encoding of British office text that gives no other hint.
const Default = "windows-1252"

// Lookup finds an encoding by any of its usual names ("cp1252", "ISO_8859-1",
// "macintosh", "IBM850", "ansi"). UTF-8 and ASCII give encoding.Nop-like nil
// with true.
func Lookup(name string) (encoding.Encoding, bool) {
	name = strings.ToLower(strings.Trim(name, " \t\r\n\"';"))
	if name == "" {
		return nil, false
	}
	if name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii" || name == "unicode-1-1-utf-8" || name == "utf8mb4" {
		return nil, true
	}
	if e, ok := known(name); ok {
		return e, true
	}
	if n, ok := strings.CutPrefix(name, "cp"); ok {
		if e, ok := CodePage(atoi(n)); ok {
			return e, e != nil
		}
	}
	if e, err := htmlindex.Get(name); err == nil {
		return e, true
	}
	if e, err := ianaindex.IANA.Encoding(name); err == nil && e != nil {
		return e, true
	}
	return nil, false
}

// known holds the names that the web's and IANA's lists lack or mean otherwise.
func known(name string) (encoding.Encoding, bool) {
	switch name {
	case "utf-16", "utf16", "ucs-2", "unicode":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true
	case "utf-16le":
		return utf16LE, true
	case "utf-16be":
		return utf16BE, true
	case "utf-7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7":
		return utf7{}, true
	case "ansi", "latin-1", "latin1", "iso8859-1", "iso-8859-1", "iso_8859-1", "8859-1", "cp1252", "x-ansi", "windows1252":
		return charmap.Windows1252, true
	case "ibm850", "cp850", "pc850", "oem", "dos":
		return charmap.CodePage850, true
	case "ibm437", "cp437", "pc437":
		return charmap.CodePage437, true
	case "mac", "macroman", "x-mac-roman", "macintosh":
		return charmap.Macintosh, true
	case "cp500", "ibm500", "ebcdic":
		return ebcdic500{}, true
	case "cp037", "ibm037":
		return charmap.CodePage037, true
	}
	return nil, false
}

var (
	utf16LE = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16BE = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

// CodePage finds the encoding of a Windows or IBM code page number, as RTF,
// DBF, Outlook and Excel give it. 65001 (UTF-8) and 20127 (ASCII) give nil with
// true; 0 is unknown.
func CodePage(n int) (encoding.Encoding, bool) {
	switch n {
	case 65001, 20127:
		return nil, true
	case 1200:
		return utf16LE, true
	case 1201:
		return utf16BE, true
	case 65000:
		return utf7{}, true
	case 932, 943:
		return japanese.ShiftJIS, true
	case 936:
		return simplifiedchinese.GBK, true
	case 54936:
		return simplifiedchinese.GB18030, true
	case 949, 51949:
		return korean.EUCKR, true
	case 950:
		return traditionalchinese.Big5, true
	case 51932:
		return japanese.EUCJP, true
	case 50220, 50221, 50222:
		return japanese.ISO2022JP, true
	case 500:
		return ebcdic500{}, true
	}
	if e, ok := charmapPages[n]; ok {
		return e, true
	}
	return nil, false
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1e6 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}
