package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// rateSize is how much of a sample is rated in every candidate.
const rateSize = 16 << 10

// enough is the mean rating of high characters, in tenths, at which the default
// is kept without looking further.
const enough = 30

// byLetters rates what the high bytes mean in each candidate and takes the best.
func byLetters(b []byte) Guess {
	b = aroundHigh(b)
	best, bestRate, defRate := candidates[0], -1000, 0
	for _, c := range candidates {
		r := rate(b, c)
		if c.name == Default {
			if defRate = r; r >= enough {
				return Guess{Name: Default, Confidence: 90, How: "default", enc: c.enc}
			}
		}
		if r > bestRate {
			best, bestRate = c, r
		}
	}
	if best.name == Default {
		return Guess{Name: Default, Confidence: 70, How: "default", enc: best.enc}
	}
	return Guess{Name: best.name, Confidence: min(95, max(50, 55+bestRate-defRate)), How: "letters", enc: best.enc}
}

// aroundHigh cuts a sample down to the lines that hold high bytes.
func aroundHigh(b []byte) []byte {
	if len(b) <= rateSize {
		return b
	}
	var kept []byte
	for len(b) > 0 && len(kept) < rateSize {
		line := b
		if i := strings.IndexByte(string(b[:min(len(b), 4096)]), '\n'); i >= 0 {
			line = b[:i+1]
		} else {
			line = b[:min(len(b), 4096)]
		}
		if countHigh(line) > 0 {
			kept = append(kept, line...)
		}
		b = b[len(line):]
	}
	return kept
}

// rate is the mean rating, in tenths of a point, of the characters that the
// high bytes mean in a candidate, less its handicap.
func rate(b []byte, c candidate) int {
	text, err := c.enc.NewDecoder().Bytes(b)
	if err != nil {
		return -1000
	}
	runes := []rune(string(text))
	sum, n := 0, 0
	for i, r := range runes {
		if r < utf8.RuneSelf {
			continue
		}
		n++
		sum += rateRune(r, at(runes, i-1), at(runes, i+1))
	}
	if n == 0 {
		return 0
	}
	if c.wide && n*2 > countHigh(b)+len(b)/8 { // a wide charset gives about one character for two high bytes
		return -1000
	}
	return sum*10/n - c.handicap
}

func at(runes []rune, i int) rune {
	if i < 0 || i >= len(runes) {
		return ' '
	}
	return runes[i]
}

// rateRune says how likely a character is between its neighbours, from -12 to 6.
func rateRune(r, before, after rune) int {
	switch {
	case r == utf8.RuneError || r >= 0x80 && r < 0xA0 || r >= 0xE000 && r < 0xF900:
		return -12
	case unicode.IsLetter(r) && r != 'ª' && r != 'º':
		return rateLetter(r, before, after)
	case r >= 0x2500 && r < 0x25A0:
		return rateBox(before, after)
	case r == 0xA0 || r == 0xAD || r == 0x200B || r == 0x3000:
		return 1
	case unicode.IsMark(r):
		return 1
	}
	return rateSign(r, before, after)
}

// rateLetter looks at script, case and how common a letter is.
func rateLetter(r, before, after rune) int {
	script := scriptOf(r)
	if mixed(script, before) || mixed(script, after) {
		return -6
	}
	switch {
	case script == han:
		return rateHan(r)
	case script == kana:
		return 5
	case script == latin && foreign(before) && foreign(after):
		return -5 // Latin script rarely has three such letters in a row
	}
	score := 1
	if strings.ContainsRune(commonLetters, unicode.ToLower(r)) {
		score = 4
	}
	if unicode.IsUpper(r) && unicode.IsLower(before) {
		return -6
	}
	if unicode.IsLower(r) && unicode.IsUpper(before) && unicode.IsUpper(after) {
		return -4
	}
	alone := !unicode.IsLetter(before) && !unicode.IsLetter(after)
	if alone && script == latin {
		return score - 5
	}
	if unicode.IsUpper(r) && unicode.IsLetter(before) && unicode.IsLower(after) {
		return -4
	}
	return score
}

// commonLetters are the letters beyond ASCII that names and words met in Britain
// are written with, and the frequent ones of other scripts.
const commonLetters = "éèêëáàâäãåçíìîïñóòôöõøúùûüýæœß" + "łńśźżąęćčšžřěďťňůőűăâîșțşţğıđ" +
	"оеаинтсрвлкмдпуя" + "αοιετσνηυρπκμλίόάέ" + "اليونمترعبدسفقهك" + "יוהלאתרשבמ"

// Scripts that must not meet within a word.
const (
	latin = iota + 1
	cyrillic
	greek
	arabic
	hebrew
	kana
	han
	hangul
	otherScript
)

func scriptOf(r rune) int {
	switch {
	case r < 0x370:
		return latin
	case r < 0x400:
		return greek
	case r < 0x530:
		return cyrillic
	case r >= 0x590 && r < 0x600:
		return hebrew
	case r >= 0x600 && r < 0x780:
		return arabic
	case r >= 0x3040 && r < 0x3100:
		return kana
	case r >= 0x4E00 && r < 0xA000:
		return han
	case r >= 0xAC00 && r < 0xD7B0:
		return hangul
	}
	return otherScript
}

// mixed reports whether a neighbour is a letter of another script; kana and Han
// go together.
func mixed(script int, r rune) bool {
	if !unicode.IsLetter(r) {
		return false
	}
	other := scriptOf(r)
	if script >= kana && other >= kana {
		return false
	}
	return other != script
}

// foreign reports whether a neighbour is a Latin letter beyond ASCII.
func foreign(r rune) bool { return r >= 0xC0 && r < 0x250 && r != '×' && r != '÷' }

// rateHan prefers the characters that stand early in the block tables of
// everyday use; rare ones come from bytes read in the wrong charset.
func rateHan(r rune) int {
	if strings.ContainsRune(commonHan, r) {
		return 6
	}
	return 2
}

const commonHan = "的一是不了人我私審査申請門部宅在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社術会東国語時間電話番号住所氏名年月日様"

// rateBox rates lines of a drawn table: they come in runs.
func rateBox(before, after rune) int {
	if before >= 0x2500 && before < 0x25A0 || after >= 0x2500 && after < 0x25A0 {
		return 3
	}
	return -4
}

// rateSign rates money, quotes, dashes and the like by what they stand next to.
func rateSign(r, before, after rune) int {
	digit := unicode.IsDigit(after) || unicode.IsDigit(before)
	space := unicode.IsSpace(before) || strings.ContainsRune("([\"'>,;", before)
	switch r {
	case '£', '€':
		return pick(digit || space, 6, -3)
	case '’':
		return pick(unicode.IsLetter(before), 6, 0)
	case '‘', '“':
		return pick(space || before == '—', 5, -4)
	case '”':
		return pick(!unicode.IsSpace(before), 4, -4)
	case '–', '—', '…', '•', '·':
		return pick(!unicode.IsLetter(before) || !unicode.IsLetter(after) || r < 0x2020, 3, -3)
	case '°', '½', '¼', '¾', '²', '³', 'º':
		return pick(unicode.IsDigit(before) || space, 4, -5)
	case '§', '©', '®', '™', '«', '»', '¿', '¡', '„', '¬':
		return pick(!unicode.IsLetter(before) || !unicode.IsLetter(after), 2, -5)
	}
	return -4
}

func pick(cond bool, yes, no int) int {
	if cond {
		return yes
	}
	return no
}
