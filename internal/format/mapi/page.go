package mapi

import (
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve/internal/charset"
)

// narrow decodes text that is stored in a code page: that of the message, where
// its bytes can be that, else by the ladder of charset.
func (b *Bag) narrow(d []byte) string {
	for len(d) > 0 && d[len(d)-1] == 0 {
		d = d[:len(d)-1]
	}
	for _, page := range b.pages() {
		if s, ok := decodePage(d, page); ok {
			return s
		}
	}
	s, _ := charset.Decode(d, "")
	return s
}

// decodePage decodes by a code page; false where the page is not known or the
// bytes are none of it.
func decodePage(d []byte, page int) (string, bool) {
	e, ok := charset.CodePage(page)
	switch {
	case !ok:
		return "", false
	case e == nil: // UTF-8 and ASCII
		return string(d), utf8.Valid(d) && page != 20127
	}
	s, err := e.NewDecoder().Bytes(d)
	return string(s), err == nil && !strings.ContainsRune(string(s), utf8.RuneError)
}

// pages are the code pages that the message speaks of, the most telling first:
// PidTagMessageCodepage, the language's, PidTagInternetCodepage.
func (b *Bag) pages() (list []int) {
	for at := b; at != nil; at = at.outer {
		if n, ok := at.Int(TagCodePage); ok && n > 0 {
			list = append(list, int(n))
		}
		if n, ok := at.Int(tagLocale); ok {
			if page := localePage(int(n)); page > 0 {
				list = append(list, page)
			}
		}
		if n, ok := at.Int(tagInternetPage); ok && n > 0 {
			list = append(list, int(n))
		}
	}
	return list
}

// localePage is the Windows code page of a locale ([MS-LCID]); 0 where it has
// none or the language is not known here.
func localePage(lcid int) int {
	switch lcid & 0x3FF {
	case 0x01, 0x20, 0x29: // Arabic, Urdu, Persian
		return 1256
	case 0x02, 0x19, 0x22, 0x23, 0x2F: // Bulgarian, Russian, Ukrainian, Belarusian, Macedonian
		return 1251
	case 0x04:
		if lcid == 0x0804 || lcid == 0x1004 {
			return 936
		}
		return 950
	case 0x05, 0x0E, 0x15, 0x18, 0x1A, 0x1B, 0x1C, 0x24: // Czech, Hungarian, Polish, Romanian, Croatian, Slovak, Albanian, Slovenian
		return 1250
	case 0x08:
		return 1253
	case 0x0D:
		return 1255
	case 0x11:
		return 932
	case 0x12:
		return 949
	case 0x1E:
		return 874
	case 0x1F, 0x2C: // Turkish, Azeri
		return 1254
	case 0x25, 0x26, 0x27: // Estonian, Latvian, Lithuanian
		return 1257
	case 0x2A:
		return 1258
	case 0x03, 0x06, 0x07, 0x09, 0x0A, 0x0B, 0x0C, 0x0F, 0x10, 0x13, 0x14, 0x16, 0x1D, 0x2D, 0x36, 0x38, 0x3C, 0x52, 0x56:
		return 1252
	}
	return 0
}
