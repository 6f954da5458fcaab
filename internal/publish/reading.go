package publish

import (
	"math"
	"strings"
	"unicode"
)

// Limits of what the public is given to read: the service manual's advice on
// sentences, and the reading age of mission.md's letters.
const (
	longestSentence = 25 // words
	oldestReader    = 11 // years
)

// Reading is how hard a text is to read.
type Reading struct {
	Age   int      `json:"reading_age"` // years: Flesch-Kincaid grade (Kincaid et al. 1975) and five
	Words int      `json:"words"`
	Long  []string `json:"long_sentences"` // of more than longestSentence words
}

// Hard reports whether a text is harder than it should be.
func (r Reading) Hard() bool { return r.Age > oldestReader || len(r.Long) > 0 }

// readingOf measures the passages of a text. Numbers, addresses and names count
// like other words.
func readingOf(passages []string) Reading {
	var sentences, syllables int
	var r Reading
	for _, p := range passages {
		for _, s := range sentencesOf(p) {
			words := strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '\'' && c != '’' })
			if len(words) == 0 {
				continue
			}
			sentences++
			r.Words += len(words)
			for _, w := range words {
				syllables += syllablesOf(w)
			}
			if len(words) > longestSentence {
				r.Long = append(r.Long, s)
			}
		}
	}
	if r.Words == 0 {
		return r
	}
	grade := 0.39*float64(r.Words)/float64(sentences) + 11.8*float64(syllables)/float64(r.Words) - 15.59
	r.Age = max(5, int(math.Round(grade))+5)
	return r
}

// sentencesOf parts a passage at full stops, question marks, exclamation marks
// and colons that white space or the end follows.
func sentencesOf(p string) (all []string) {
	begin := 0
	runes := []rune(p)
	for i, c := range runes {
		if strings.ContainsRune(".?!:", c) && (i+1 == len(runes) || unicode.IsSpace(runes[i+1])) {
			all = append(all, strings.TrimSpace(string(runes[begin:i+1])))
			begin = i + 1
		}
	}
	if rest := strings.TrimSpace(string(runes[begin:])); rest != "" {
		all = append(all, rest)
	}
	return all
}

// syllablesOf counts groups of vowels, without an e at the end that is not
// spoken. A rule of thumb: right for nine words in ten, and wrong both ways.
func syllablesOf(word string) int {
	word = strings.ToLower(word)
	n, before := 0, false
	for _, c := range word {
		vowel := strings.ContainsRune("aeiouyàâäéèêëîïôöùûü", c)
		if vowel && !before {
			n++
		}
		before = vowel
	}
	if strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") && n > 1 {
		n--
	}
	if strings.HasSuffix(word, "ed") && n > 1 && !strings.HasSuffix(word, "ted") && !strings.HasSuffix(word, "ded") {
		n--
	}
	return max(1, n)
}
