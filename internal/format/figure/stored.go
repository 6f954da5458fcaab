package figure

import (
	"bytes"
	"math"
)

// RK unpacks a number of 30 bits, as XLS and XLSB keep most of theirs ([MS-XLS]
// 2.5.217, [MS-XLSB] 2.5.123): an integer or the upper half of a float, in
// hundredths or not.
func RK(rk uint32) float64 {
	v := math.Float64frombits(uint64(rk&^3) << 32)
	if rk&2 != 0 {
		v = float64(int32(rk) >> 2)
	}
	if rk&1 != 0 {
		v /= 100
	}
	return v
}

// ErrorText names an error value by its code ([MS-XLS] 2.5.10, [MS-XLSB]
// 2.5.97.2); an unknown code is #N/A.
func ErrorText(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}

// HeaderText takes the codes that begin with & out of a page's header or footer
// (ECMA-376 part 1, 18.3.1.46): fonts, sizes, colours and fields go, left,
// centre and right parts become apart.
func HeaderText(b []byte) (out []byte) {
	for i := 0; i < len(b); i++ {
		if b[i] != '&' || i+1 == len(b) {
			out = append(out, b[i])
			continue
		}
		i++
		switch c := b[i]; {
		case c == '&':
			out = append(out, '&')
		case c == 'L' || c == 'C' || c == 'R':
			out = append(out, ' ')
		case c == '"':
			i += max(0, bytes.IndexByte(b[i+1:], '"')) + 1
		case c == 'K':
			i += min(6, len(b)-i-1)
		case c >= '0' && c <= '9':
			for i+1 < len(b) && b[i+1] >= '0' && b[i+1] <= '9' {
				i++
			}
		}
	}
	return bytes.TrimSpace(out)
}
