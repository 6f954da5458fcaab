package zip

import (
	"hash/crc32"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Extra field ids, APPNOTE 4.5.2 and the WinZip and Info-ZIP additions.
const (
	extraZip64   = 0x0001
	extraTime    = 0x5455
	extraUnicode = 0x7075
	extraAES     = 0x9901
	extraNTFS    = 0x000a
	methodAES    = 99
)

// readExtra takes what the extra fields say; fields that run over their end
// are left unread.
func (e *Entry) readExtra(extra, raw []byte, disk *int64) {
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if n > len(extra) {
			return
		}
		field := extra[:n]
		extra = extra[n:]
		switch id {
		case extraZip64:
			e.readZip64(field, disk)
		case extraTime:
			if n >= 5 && field[0]&1 != 0 {
				e.Modified = int64(int32(le.Uint32(field[1:])))
			}
		case extraNTFS:
			if n >= 16 && le.Uint16(field[4:]) == 1 {
				e.Modified = fileTime(le.Uint64(field[8:]))
			}
		case extraUnicode:
			if n > 5 && field[0] == 1 && le.Uint32(field[1:]) == crc32.ChecksumIEEE(raw) && utf8.Valid(field[5:]) {
				e.Name = string(field[5:])
			}
		case extraAES:
			if n >= 7 && e.Method == methodAES {
				e.checked = le.Uint16(field) == 1
				e.strength, e.Method = field[4], le.Uint16(field[5:])
			}
		}
	}
}

// readZip64 replaces, in this fixed order, the values that did not fit.
func (e *Entry) readZip64(field []byte, disk *int64) {
	for _, value := range [...]*int64{&e.Size, &e.Packed, &e.header} {
		if *value != maxUint32 {
			continue
		}
		if len(field) < 8 {
			return
		}
		*value = int64(min(le.Uint64(field), farthestField))
		field = field[8:]
	}
	if *disk == maxUint16 && len(field) >= 4 {
		*disk = int64(le.Uint32(field))
	}
}

// fileTime is UTC seconds from the 100 ns ticks since 1601 of Windows.
func fileTime(ticks uint64) int64 {
	const epoch = 11644473600
	return int64(ticks/1e7) - epoch
}

// dosTime is UTC seconds from the local time of MS-DOS, whose zone nobody
// recorded; it is read as UTC.
func dosTime(date, clock uint16) int64 {
	if date == 0 {
		return 0
	}
	return time.Date(int(date>>9)+1980, time.Month(date>>5&15), int(date&31), int(clock>>11), int(clock>>5&63), int(clock&31)*2, 0, time.UTC).Unix()
}

// decodeName gives a name in UTF-8. Bit 11 says UTF-8; without it many tools
// write UTF-8 all the same, and else the OEM code page of the machine: 850 in
// this country, where MS-DOS and Windows wrote it. A name from elsewhere that
// is not UTF-8 stays as its bytes.
func decodeName(raw []byte, flags uint16, host byte) string {
	if flags&flagUTF8 != 0 || utf8.Valid(raw) {
		return string(raw)
	}
	const dos, hpfs, ntfs, vfat = 0, 6, 10, 14
	switch host {
	case dos, hpfs, ntfs, vfat:
		if name, err := charmap.CodePage850.NewDecoder().Bytes(raw); err == nil {
			return string(name)
		}
	}
	return string(raw)
}
