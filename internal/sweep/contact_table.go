package sweep

import (
	"regexp"
	"strings"
)

// wordCode is a code and the words for it in registers, in small letters,
// between bars.
type wordCode struct{ code, words string }

// languages are BCP 47 codes, in small letters, of the languages that registers of UK councils
// name: those of the 2021 census (main language, detailed) that are common in
// any council. English has none, being what notices are in.
var languages = []wordCode{
	{"", "english|en|eng|en gb|british english"},
	{"ak", "akan|twi|fante"},
	{"am", "amharic"},
	{"ar", "arabic"},
	{"bfi", "bsl|british sign language|sign language"},
	{"bg", "bulgarian"},
	{"bn", "bengali|bangla"},
	{"ckb", "kurdish sorani|sorani"},
	{"cmn", "mandarin|chinese mandarin|mandarin chinese"},
	{"cs", "czech"},
	{"cy", "welsh|cymraeg"},
	{"de", "german"},
	{"el", "greek"},
	{"es", "spanish"},
	{"fa", "persian|farsi|persian farsi"},
	{"fil", "filipino"},
	{"fr", "french"},
	{"ga", "irish|irish gaelic"},
	{"gd", "scottish gaelic"},
	{"gu", "gujarati"},
	{"he", "hebrew"},
	{"hi", "hindi"},
	{"hr", "croatian"},
	{"hu", "hungarian"},
	{"hy", "armenian"},
	{"ig", "igbo|ibo"},
	{"it", "italian"},
	{"ja", "japanese"},
	{"kmr", "kurdish kurmanji|kurmanji"},
	{"ko", "korean"},
	{"ku", "kurdish"},
	{"ln", "lingala"},
	{"lt", "lithuanian"},
	{"lv", "latvian"},
	{"ml", "malayalam"},
	{"mr", "marathi"},
	{"ne", "nepali|nepalese"},
	{"nl", "dutch"},
	{"pa", "punjabi|panjabi"},
	{"pl", "polish"},
	{"prs", "dari"},
	{"ps", "pashto|pushto|pashtu"},
	{"pt", "portuguese"},
	{"pt-br", "brazilian portuguese|portuguese brazil"},
	{"ro", "romanian"},
	{"rom", "romani|romany"},
	{"ru", "russian"},
	{"si", "sinhala|sinhalese"},
	{"sk", "slovak"},
	{"sn", "shona"},
	{"so", "somali"},
	{"sq", "albanian"},
	{"sr", "serbian"},
	{"sw", "swahili|kiswahili"},
	{"syl", "sylheti"},
	{"ta", "tamil"},
	{"te", "telugu"},
	{"th", "thai"},
	{"ti", "tigrinya"},
	{"tl", "tagalog"},
	{"tr", "turkish"},
	{"uk", "ukrainian"},
	{"ur", "urdu"},
	{"vi", "vietnamese"},
	{"yi", "yiddish"},
	{"yo", "yoruba"},
	{"yue", "cantonese|chinese cantonese"},
	{"zh", "chinese"},
}

// formats are the forms in which somebody reads; what is asked for in other
// words is "other".
var formats = []wordCode{
	{"", "standard|standard print|normal|print|letter"},
	{"audio", "audio|audio cd|cd|tape|recording"},
	{"braille", "braille"},
	{"easy-read", "easy read|easyread"},
	{"large-print", "large print|largeprint|large text|large font|lp|16 point|18 point|16pt|18pt"},
}

// codeForm is a code of a language as some registers hold it.
var codeForm = regexp.MustCompile(`^[a-z]{2}(-[a-z]{4})?(-[a-z]{2})?$`)

// languageCode is the BCP 47 code of a language that a register names; "" for
// English, and the word as written where it is not known.
func languageCode(written string) string {
	word := tableWord(written)
	if code, ok := find(languages, word); ok {
		return code
	}
	tag := strings.ReplaceAll(strings.ToLower(written), "_", "-")
	if !codeForm.MatchString(tag) {
		return written
	}
	if lang, _, _ := strings.Cut(tag, "-"); lang == "en" {
		return ""
	}
	return tag
}

// formatCode is the code of a form of reading; "" for none.
func formatCode(written string) string {
	if written == "" {
		return ""
	}
	if code, ok := find(formats, tableWord(written)); ok {
		return code
	}
	return "other"
}

// find gives the code of a word of a table.
func find(table []wordCode, word string) (code string, known bool) {
	if word == "" {
		return "", true
	}
	for i := range table {
		for w := range strings.SplitSeq(table[i].words, "|") {
			if w == word {
				return table[i].code, true
			}
		}
	}
	return "", false
}

// tableWord is a word in small letters, its parts with one blank between.
func tableWord(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" _-/(),.;:\t", r) }), " ")
}
