package dbf

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/format/figure"
)

// value shows the bytes of a field. What is in a memo file is not here: memo
// reports that the record has something there.
func (f *field) value(b []byte, decode func([]byte) string) (shown string, memo bool) {
	switch f.kind {
	case 'C', 'V':
		if f.binary && !printable(b) {
			return "", false
		}
		return decode(trim(b)), false
	case 'D':
		return day(b), false
	case 'L':
		return logical(b), false
	case 'M', 'G', 'P', 'W':
		return "", pointer(b)
	case 'B':
		if f.length == 8 {
			return float(math.Float64frombits(binary.LittleEndian.Uint64(b))), false
		}
		return "", pointer(b)
	case 'I', '+':
		return f.whole(b), false
	case 'Y':
		return money(b), false
	case 'T', '@':
		return moment(b), false
	case 'O':
		return sortableFloat(b), false
	case 'Q', '0':
		return "", false
	}
	return number(b), false // N, F and what is not known
}

// trim takes off the padding of a text.
func trim(b []byte) []byte { return bytes.TrimRight(bytes.TrimLeft(b, " "), " \x00") }

func printable(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != 0 || c == 0x7F {
			return false
		}
	}
	return true
}

// number is digits as they stand; asterisks are what dBase writes where a
// number had no room.
func number(b []byte) string {
	s := string(trim(b))
	if strings.Trim(s, "*.") == "" || !printable([]byte(s)) {
		return ""
	}
	return s
}

// day shows YYYYMMDD.
func day(b []byte) string {
	s := string(trim(b))
	if len(s) != 8 || strings.Trim(s, "0123456789") != "" || strings.Trim(s, "0") == "" {
		return number(b)
	}
	return s[:4] + "-" + s[4:6] + "-" + s[6:]
}

func logical(b []byte) string {
	switch b[0] {
	case 'T', 't', 'Y', 'y':
		return "TRUE"
	case 'F', 'f', 'N', 'n':
		return "FALSE"
	}
	return ""
}

// pointer reports whether a memo field points anywhere: four bytes in Visual
// FoxPro, else ten digits.
func pointer(b []byte) bool {
	if len(b) == 4 {
		return binary.LittleEndian.Uint32(b) != 0
	}
	return strings.Trim(string(b), " 0\x00") != ""
}

// whole is a number of four bytes: FoxPro's is little-endian, dBase 7 stores
// the sign upside down, big-endian, so that bytes sort as numbers.
func (f *field) whole(b []byte) string {
	if len(b) != 4 {
		return number(b)
	}
	if f.sortable {
		return strconv.Itoa(int(int32(binary.BigEndian.Uint32(b) ^ 1<<31)))
	}
	return strconv.Itoa(int(int32(binary.LittleEndian.Uint32(b))))
}

func float(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return string(figure.AppendPlain(nil, v))
}

// money is a count of ten-thousandths.
func money(b []byte) string {
	if len(b) != 8 {
		return number(b)
	}
	v := int64(binary.LittleEndian.Uint64(b))
	sign := ""
	size := uint64(v)
	if v < 0 {
		sign, size = "-", -size
	}
	rest := strings.TrimRight(strconv.FormatUint(size%10000+10000, 10)[1:], "0")
	if rest != "" {
		rest = "." + rest
	}
	return sign + strconv.FormatUint(size/10000, 10) + rest
}

// julian is the day number of 1 January 1970 in the count of astronomers.
const julian = 2440588

// moment shows a day number and the milliseconds of the day, which FoxPro may
// store one short.
func moment(b []byte) string {
	if len(b) != 8 {
		return number(b)
	}
	days, ms := int64(int32(binary.LittleEndian.Uint32(b))), int64(int32(binary.LittleEndian.Uint32(b[4:])))
	if days < 1721426 || days > 5373484 || ms < -1 || ms > 86_400_000 {
		return "" // before year 1 or after 9999: none was entered
	}
	t := time.Unix((days-julian)*86400+(ms+500)/1000, 0).UTC()
	switch {
	case t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0:
		return t.Format("2006-01-02")
	case t.Second() == 0:
		return t.Format("2006-01-02 15:04")
	}
	return t.Format("2006-01-02 15:04:05")
}

// sortableFloat is a double of dBase 7, stored so that bytes sort as numbers.
func sortableFloat(b []byte) string {
	if len(b) != 8 {
		return number(b)
	}
	bits := binary.BigEndian.Uint64(b)
	switch {
	case bits == 0:
		return ""
	case bits>>63 != 0:
		bits ^= 1 << 63
	default:
		bits = ^bits
	}
	return float(math.Float64frombits(bits))
}
