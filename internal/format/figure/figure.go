package figure

import (
	"math"
	"strconv"
	"strings"
)

// Format is a compiled format code. The zero Format is General.
type Format struct {
	sections []section
}

// Parse compiles a format code; a code that makes no sense shows numbers as
// General does. Codes longer than 255 characters, which no program writes,
// count as General.
func Parse(code string) Format {
	if len(code) > 1024 {
		return Format{}
	}
	var f Format
	for _, text := range split(code) {
		f.sections = append(f.sections, compile(text))
	}
	if len(f.sections) == 1 && f.sections[0].shape == general && len(f.sections[0].before) == 0 {
		return Format{}
	}
	return f
}

// Builtin is the format of a number that needs no code (numFmtId below 164);
// General where the number has no meaning.
func Builtin(id int) Format { return Parse(builtinCodes[id]) }

// General reports whether numbers are shown plainly.
func (f Format) General() bool { return len(f.sections) == 0 }

// Append shows a number. Late says that days are counted from 1904 instead of
// 1900.
func (f Format) Append(dst []byte, v float64, late bool) []byte {
	if len(f.sections) == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return AppendPlain(dst, v)
	}
	s, signed := f.choose(v)
	switch s.shape {
	case moment:
		return s.appendMoment(dst, v, late)
	case number:
		return s.appendNumber(dst, v, signed)
	case literal:
		return append(dst, strings.TrimSpace(s.before)...)
	}
	return AppendPlain(dst, v)
}

// choose finds the section for a number and tells whether the section itself
// leaves the minus sign to be shown.
func (f Format) choose(v float64) (*section, bool) {
	for i := range f.sections {
		if s := &f.sections[i]; s.compare != "" && s.holds(v) {
			return s, v < 0 && i == 0
		}
	}
	n := len(f.sections)
	if n > 1 && f.sections[0].compare != "" {
		return &f.sections[min(n-1, 2)], v < 0
	}
	switch {
	case v < 0 && n > 1 && f.sections[1].shape != text:
		return &f.sections[1], false
	case v == 0 && n > 2 && f.sections[2].shape != text:
		return &f.sections[2], false
	}
	return &f.sections[0], v < 0
}

// AppendPlain shows a number as General does, but whole: up to 15 significant
// digits and never an exponent between 1e-15 and 1e21.
func AppendPlain(dst []byte, v float64) []byte {
	size := math.Abs(v)
	if v == math.Trunc(v) && size < 1e15 {
		return strconv.AppendInt(dst, int64(v), 10)
	}
	if size != 0 && (size < 1e-15 || size >= 1e21) || math.IsNaN(v) {
		return strconv.AppendFloat(dst, v, 'G', 15, 64)
	}
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64); err == nil {
		v = rounded
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}

// nudge is what lifts a number over the half that it is meant to be: 0.285 is
// kept as a little less, and shown with two decimals as 0.29.
const nudge = 4e-16

// appendNumber fills the digits of a number into the places of the section.
func (s *section) appendNumber(dst []byte, v float64, signed bool) []byte {
	v = math.Abs(v) * s.scale
	if v >= 1e21 {
		return AppendPlain(dst, v)
	}
	var buf [64]byte
	if v != math.Trunc(v) {
		v += v * nudge
	}
	digits := strconv.AppendFloat(buf[:0], v, 'f', s.decimals, 64)
	whole, part, _ := strings.Cut(string(digits), ".")
	if signed && strings.Trim(string(digits), "0.") != "" {
		dst = append(dst, '-')
	}
	if whole == "0" {
		whole = ""
	}
	from := len(dst)
	dst = append(dst, s.before...)
	dst = s.appendWhole(dst, whole)
	if kept := keepDecimals(part, s.keep); kept != "" {
		dst = append(append(dst, '.'), kept...)
	}
	dst = append(dst, s.after...)
	return trimEnds(dst, from)
}

// keepDecimals drops zeros at the end that the code does not insist on.
func keepDecimals(part string, keep int) string {
	for len(part) > keep && part[len(part)-1] == '0' {
		part = part[:len(part)-1]
	}
	return part
}

// trimEnds takes the white space off what follows from.
func trimEnds(dst []byte, from int) []byte {
	for len(dst) > from && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	lead := from
	for lead < len(dst) && dst[lead] == ' ' {
		lead++
	}
	return append(dst[:from], dst[lead:]...)
}

// appendWhole writes the digits before the point from the last place to the
// first, text between the places where the code has it (00-00-00).
func (s *section) appendWhole(dst []byte, whole string) []byte {
	places := 0
	for _, c := range s.whole {
		if !c.text {
			places++
		}
	}
	extra := max(0, len(whole)-places)
	at := len(whole) - places // digit that belongs to the place we are at
	left := extra + places    // places still to come, for the thousands
	for _, c := range s.whole {
		if c.text {
			if !c.between || at > 0 || c.forced {
				dst = append(dst, c.char...)
			}
			continue
		}
		for ; extra > 0; extra-- {
			dst = s.appendDigit(dst, whole[at-extra], left)
			left--
		}
		switch {
		case at >= 0:
			dst = s.appendDigit(dst, whole[at], left)
		case c.zero:
			dst = s.appendDigit(dst, '0', left)
		}
		at++
		left--
	}
	return dst
}

// appendDigit writes one digit, and a comma behind it where a group ends.
func (s *section) appendDigit(dst []byte, digit byte, left int) []byte {
	dst = append(dst, digit)
	if s.grouped && left > 1 && left%3 == 1 {
		dst = append(dst, ',')
	}
	return dst
}
