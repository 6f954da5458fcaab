package uk

import "strings"

// ValidPostcode reports whether the whole of s is a postcode by the grammar of
// BS 7666 (Cabinet Office schema, PostCodeType): outward A9, A99, AA9, AA99,
// A9A or AA9A with the letters allowed in each position, inward a digit and two
// letters out of A B D E F G H J L N P Q R S T U W X Y Z. GIR 0AA and the
// British Forces' BF1 to BF9 are postcodes. That its area exists is asked by
// KnownArea.
func ValidPostcode[T Text](s T) bool {
	var b [7]byte
	return postcode(b[:max(compact(s, b[:]), 0)])
}

// NormPostcode gives upper case with one space before the inward part.
func NormPostcode[T Text](s T) (string, bool) {
	var b [8]byte
	n := compact(s, b[:7])
	if n < 0 || !postcode(b[:n]) {
		return "", false
	}
	copy(b[n-2:], b[n-3:n])
	b[n-3] = ' '
	return string(b[:n+1]), true
}

func postcode(b []byte) bool {
	if len(b) < 5 {
		return false
	}
	in := b[len(b)-3:]
	if !isDigit(in[0]) || !inwardLetter(in[1]) || !inwardLetter(in[2]) {
		return false
	}
	return outward(b[:len(b)-3]) || string(b) == "GIR0AA"
}

func inwardLetter(c byte) bool {
	switch c {
	case 'C', 'I', 'K', 'M', 'O', 'V':
		return false
	}
	return isLetter(c)
}

// outward checks the part before the space.
func outward(b []byte) bool {
	if !isLetter(b[0]) || strings.IndexByte("QVX", b[0]) >= 0 || len(b) < 2 {
		return false
	}
	if isDigit(b[1]) {
		return outwardTail(b[1:], "ABCDEFGHJKPSTUW")
	}
	if strings.IndexByte("IJZ", b[1]) >= 0 || len(b) < 3 {
		return false
	}
	return outwardTail(b[2:], "ABEHMNPRVWXY")
}

// outwardTail is a digit, or a digit and a digit, or a digit and one of letters.
func outwardTail(b []byte, letters string) bool {
	switch len(b) {
	case 1:
		return isDigit(b[0])
	case 2:
		return isDigit(b[0]) && (isDigit(b[1]) || strings.IndexByte(letters, b[1]) >= 0)
	}
	return false
}

// District is the part of a normal form before the space: "SW1A". A string that
// is no normal form gives "".
func District(norm string) string {
	if i := strings.IndexByte(norm, ' '); i > 0 {
		return norm[:i]
	}
	return ""
}

// Sector is the normal form without its last two letters: "SW1A 1".
func Sector(norm string) string {
	if i := strings.IndexByte(norm, ' '); i > 0 && i+1 < len(norm) {
		return norm[:i+2]
	}
	return ""
}

// Area is the one or two letters that a normal form begins with: "SW".
func Area(norm string) string {
	n := 0
	for n < len(norm) && isLetter(norm[n]) {
		n++
	}
	return norm[:n]
}

// areas are the postcode areas of Royal Mail with the Crown dependencies and
// the British Forces.
const areas = " AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY " +
	"E EC EH EN EX FK FY G GIR GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU " +
	"M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY " +
	"TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "

// KnownArea reports whether the area of a normal form is one of Royal Mail's.
func KnownArea(norm string) bool {
	a := Area(norm)
	if a == "" {
		return false
	}
	i := strings.Index(areas, a)
	for i >= 0 {
		if areas[i-1] == ' ' && areas[i+len(a)] == ' ' {
			return true
		}
		j := strings.Index(areas[i+1:], a)
		if j < 0 {
			return false
		}
		i += 1 + j
	}
	return false
}

// maxPostcodeRepairs bounds the candidates of one reading: seven characters
// with at most two readings each.
const maxPostcodeRepairs = 16

// RepairPostcode gives the normal forms that s can stand for when a scanner or
// a typist took I or L for 1, O for 0, S for 5, B for 8 or Z for 2, or the
// other way round, with s itself first if it is valid. At most sixteen. Accept
// a repaired one only if a register holds it.
func RepairPostcode[T Text](s T) []string {
	var b [7]byte
	n := compact(s, b[:])
	if n < 5 {
		return nil
	}
	var out []string
	if norm, ok := NormPostcode(b[:n]); ok {
		out = append(out, norm)
	}
	repairPostcode(b[:n], 0, 0, &out)
	return out
}

// repairPostcode tries up to two confusions from position i on.
func repairPostcode(b []byte, i, changed int, out *[]string) {
	for ; i < len(b) && changed < 2; i++ {
		was := b[i]
		for _, c := range lookAlikes(was) {
			b[i] = byte(c)
			if norm, ok := NormPostcode(b); ok && len(*out) < maxPostcodeRepairs {
				*out = append(*out, norm)
			}
			repairPostcode(b, i+1, changed+1, out)
		}
		b[i] = was
	}
}

// lookAlikes gives the digits read for a letter and the letters read for a
// digit.
func lookAlikes(c byte) string {
	switch c {
	case 'I', 'L':
		return "1"
	case 'O':
		return "0"
	case 'S':
		return "5"
	case 'B':
		return "8"
	case 'Z':
		return "2"
	case '1':
		return "IL"
	case '0':
		return "O"
	case '5':
		return "S"
	case '8':
		return "B"
	case '2':
		return "Z"
	}
	return ""
}
