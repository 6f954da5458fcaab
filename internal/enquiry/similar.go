package enquiry

import (
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/uk"
)

// Reports of one scam are alike in two ways: their words, but for names, sums and
// dates; and where they lead. The words are likened by MinHash (Broder, On the
// resemblance and containment of documents, 1997) over runs of three words: the
// share of equal minima estimates the share of runs that two texts have in
// common. Bands of four minima are keys in an index, so that a new report meets
// the few groups that it could belong to, not all.
const (
	minima      = 32
	bandSize    = 4
	runWords    = 3
	fewest      = 8 // words, below which a text says too little
	mostRead    = 2000
	alikeEnough = 50 // in a hundred: from here on two texts are one
)

// signature is the minima of a text; empty for one of too few words.
type signature []uint32

// signatureOf reads the first words of a text. Numbers are all one, and so are
// addresses, since they are what changes from one message to the next.
func signatureOf(text string) signature {
	words := shingleWords(text)
	if len(words) < fewest {
		return nil
	}
	s := make(signature, minima)
	for i := range s {
		s[i] = ^uint32(0)
	}
	for i := range len(words) - runWords + 1 {
		h := fnv.New64a()
		for _, w := range words[i : i+runWords] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		mixed := h.Sum64()
		for j := range s {
			mixed = mixed*6364136223846793005 + 1442695040888963407 // Knuth's MMIX step: a new, well mixed value for each minimum
			s[j] = min(s[j], uint32(mixed>>32))
		}
	}
	return s
}

func shingleWords(text string) []string {
	var words []string
	for _, w := range strings.Fields(text) {
		if strings.Contains(w, "://") || strings.Contains(w, "[.]") || strings.HasPrefix(strings.ToLower(w), "www.") {
			words = append(words, "@")
			continue
		}
		for _, part := range strings.FieldsFunc(lex.Fold(w), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if strings.ContainsFunc(part, unicode.IsDigit) {
				part = "0"
			}
			words = append(words, part)
		}
		if len(words) >= mostRead {
			break
		}
	}
	return words
}

// likeness estimates how much two texts have in common, 0 to 100.
func (s signature) likeness(t signature) int {
	if len(s) != minima || len(t) != minima {
		return 0
	}
	equal := 0
	for i := range s {
		if s[i] == t[i] {
			equal++
		}
	}
	return equal * 100 / minima
}

// bands are the keys of a text in the index.
func (s signature) bands() (keys []string) {
	for i := 0; i+bandSize <= len(s); i += bandSize {
		var b [bandSize * 4]byte
		for j, v := range s[i : i+bandSize] {
			binary.BigEndian.PutUint32(b[4*j:], v)
		}
		keys = append(keys, "w"+strconv.Itoa(i/bandSize)+":"+hex.EncodeToString(b[:]))
	}
	return keys
}

// text is the form in which a signature is kept; readSignature reads it.
func (s signature) text() string {
	b := make([]byte, 0, 4*len(s))
	for _, v := range s {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return hex.EncodeToString(b)
}

func readSignature(text string) (s signature) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != 4*minima {
		return nil
	}
	for ; len(b) > 0; b = b[4:] {
		s = append(s, binary.BigEndian.Uint32(b))
	}
	return s
}

// mostKeys bounds the keys of one report.
const mostKeys = 24

// strongKeys are what ties a report to others by itself: the hosts that it leads
// to, and the number that called or wrote. Hosts that honest mail names too, and
// those of public bodies, tie nothing.
func strongKeys(m *Message) (keys []string) {
	for _, l := range linksOf(m) {
		host := strings.TrimPrefix(l.Host, "www.")
		if host == "" || official(host) || slices.ContainsFunc(everywhere, func(e string) bool { return samePlace(e, host) }) || slices.Contains(shorteners, host) {
			continue
		}
		keys = append(keys, "host:"+host)
	}
	if norm, ok := uk.NormPhone(m.From); ok {
		keys = append(keys, "phone:"+norm)
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	return keys[:min(len(keys), mostKeys)]
}
