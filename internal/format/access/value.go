package access

import (
	"encoding/binary"
	"fmt"
	"html"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/format/figure"
)

// Types of columns.
const (
	kindYesNo    = 1
	kindByte     = 2
	kindShort    = 3
	kindLong     = 4
	kindMoney    = 5
	kindSingle   = 6
	kindDouble   = 7
	kindDate     = 8
	kindBinary   = 9
	kindText     = 10
	kindOLE      = 11
	kindMemo     = 12
	kindGUID     = 15
	kindNumeric  = 16
	kindComplex  = 18 // the key of rows in a table of their own: attachments, several values
	kindBig      = 19
	kindFullDate = 20
)

// widths of the types whose length does not vary.
var widths = [32]int{
	kindByte: 1, kindShort: 2, kindLong: 4, kindMoney: 8, kindSingle: 4, kindDouble: 8, kindDate: 8,
	kindGUID: 16, kindNumeric: 17, kindComplex: 4, kindBig: 8, kindFullDate: 42,
}

// width is how many bytes a column of fixed length takes.
func (c *column) width() int {
	if int(c.kind) < len(widths) && widths[c.kind] > 0 {
		return widths[c.kind]
	}
	return c.length
}

// value shows the bytes of a column; nothing where they are of no length that
// its type has. Long values and yes/no are not its affair.
func (f *file) value(c *column, b []byte) string {
	if c.kind == kindText {
		return f.string(b)
	}
	if len(b) == 0 || len(b) < c.width() {
		return ""
	}
	le := binary.LittleEndian
	switch c.kind {
	case kindByte:
		return strconv.Itoa(int(b[0]))
	case kindShort:
		return strconv.Itoa(int(int16(le.Uint16(b))))
	case kindLong, kindComplex:
		return strconv.Itoa(int(int32(le.Uint32(b))))
	case kindBig:
		return strconv.FormatInt(int64(le.Uint64(b)), 10)
	case kindMoney:
		return point(strconv.FormatInt(int64(le.Uint64(b)), 10), 4)
	case kindSingle:
		return single(math.Float32frombits(le.Uint32(b)))
	case kindDouble:
		return float(math.Float64frombits(le.Uint64(b)))
	case kindDate:
		return moment(math.Float64frombits(le.Uint64(b)))
	case kindGUID:
		return guid(b)
	case kindNumeric:
		return numeric(b, c.scale)
	case kindFullDate:
		return fullMoment(string(b))
	}
	return ""
}

// string decodes a text. One that begins with FF FE keeps its characters below
// U+0100 in a byte each; a zero byte changes to two bytes each, and back.
func (f *file) string(b []byte) string {
	if f.layout == &jet3 || len(b) < 2 || b[0] != 0xFF || b[1] != 0xFE {
		return f.plainText(b)
	}
	wide := make([]byte, 0, 2*len(b))
	packed := true
	for b = b[2:]; len(b) > 0; {
		switch {
		case b[0] == 0:
			packed = !packed
			b = b[1:]
		case packed:
			wide = append(wide, b[0], 0)
			b = b[1:]
		case len(b) == 1:
			b = nil
		default:
			wide = append(wide, b[0], b[1])
			b = b[2:]
		}
	}
	return f.plainText(wide)
}

// plainMemo takes the markup out of a memo of formatted text, which Access keeps
// as HTML: a division for each paragraph.
func plainMemo(s string) string {
	if !strings.HasPrefix(s, "<div") || !strings.HasSuffix(strings.TrimSpace(s), "</div>") {
		return s
	}
	var text strings.Builder
	for len(s) > 0 {
		words, rest, _ := strings.Cut(s, "<")
		text.WriteString(words)
		tag, after, found := strings.Cut(rest, ">")
		if !found {
			break
		}
		switch strings.ToLower(strings.TrimRight(tag, " /")) {
		case "div", "br", "li", "p":
			if text.Len() > 0 && !strings.HasSuffix(text.String(), "\n") {
				text.WriteByte('\n')
			}
		}
		s = after
	}
	return strings.TrimSpace(html.UnescapeString(text.String()))
}

func float(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return string(figure.AppendPlain(nil, v))
}

// single shows a number of single precision with the digits that it has.
func single(v float32) string {
	short := strconv.FormatFloat(float64(v), 'g', -1, 32)
	wide, _ := strconv.ParseFloat(short, 64)
	return float(wide)
}

func yesNo(yes bool) string {
	if yes {
		return "TRUE"
	}
	return "FALSE"
}

// point puts the decimal point before the last places of a whole number, and
// leaves out zeros behind it.
func point(digits string, places int) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	if places <= 0 {
		return sign + digits
	}
	if len(digits) <= places {
		digits = strings.Repeat("0", places-len(digits)+1) + digits
	}
	rest := strings.TrimRight(digits[len(digits)-places:], "0")
	if rest != "" {
		rest = "." + rest
	}
	return sign + digits[:len(digits)-places] + rest
}

// numeric is a sign and 16 bytes in four groups, the highest first, each with
// its lowest byte first.
func numeric(b []byte, scale int) string {
	digits := slices.Clone(b[1:17])
	for i := 0; i < 16; i += 4 {
		slices.Reverse(digits[i : i+4])
	}
	v := new(big.Int).SetBytes(digits)
	if b[0]&0x80 != 0 {
		v.Neg(v)
	}
	return point(v.String(), min(scale, 28))
}

// firstDay is day 0 of a date: only its time counts.
var firstDay = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// moment shows a count of days since 30 December 1899. Before it the time still
// counts forwards from midnight.
func moment(v float64) string {
	day, part := math.Modf(v)
	if !(day >= -657434 && day <= 2958465) { // the years 100 to 9999
		return ""
	}
	seconds := time.Duration(math.Round(math.Abs(part)*86400)) * time.Second
	t := firstDay.AddDate(0, 0, int(day)).Add(seconds)
	if day == 0 && seconds > 0 {
		return clock(t)
	}
	return dayAndClock(t)
}

func clock(t time.Time) string {
	if t.Second() == 0 {
		return t.Format("15:04")
	}
	return t.Format("15:04:05")
}

func dayAndClock(t time.Time) string {
	s := t.Format("2006-01-02")
	if t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 {
		s += " " + clock(t)
	}
	return s
}

// fullMoment shows a date of the extended type: days since 1 January of year 1
// and units of 100 nanoseconds, both in digits, a colon between them.
func fullMoment(s string) string {
	days, rest, _ := strings.Cut(s, ":")
	ticks, _, _ := strings.Cut(rest, ":")
	day, err := strconv.Atoi(days)
	if err != nil || day < 0 || day > 3652058 {
		return ""
	}
	units, _ := strconv.ParseInt(ticks, 10, 64)
	if units < 0 || units >= 864_000_000_000 {
		units = 0
	}
	t := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day)
	return dayAndClock(t.Add(time.Duration(units*100) * time.Nanosecond).Truncate(time.Second))
}

func guid(b []byte) string {
	le := binary.LittleEndian
	return fmt.Sprintf("{%08X-%04X-%04X-%X-%X}", le.Uint32(b), le.Uint16(b[4:]), le.Uint16(b[6:]), b[8:10], b[10:16])
}
