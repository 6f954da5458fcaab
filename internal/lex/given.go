package lex

import (
	"slices"
	"strings"
	"sync"
)

// lists holds the shipped lists by folded word. It is built on first use and
// never changed.
type lists struct {
	given    map[string]int // rank from 1, common first
	surname  map[string]int
	common   map[string]bool
	title    map[string]uint8
	nickname map[string][]uint16 // numbers of the groups a name stands in
	groups   [][]string
}

var shipped = sync.OnceValue(func() *lists {
	l := &lists{given: rank(givenTable), surname: rank(surnameTable), common: wordSet(commonTable), title: map[string]uint8{}, nickname: map[string][]uint16{}}
	for n, words := range titles {
		for _, w := range words {
			l.title[w] = uint8(n)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(nicknameTable), "\n") {
		group := strings.Fields(line)
		for _, w := range group {
			l.nickname[w] = append(l.nickname[w], uint16(len(l.groups)))
		}
		l.groups = append(l.groups, group)
	}
	return l
})

func rank(table string) map[string]int {
	words := strings.Fields(table)
	m := make(map[string]int, len(words))
	for i, w := range words {
		if _, seen := m[w]; !seen {
			m[w] = i + 1
		}
	}
	return m
}

func wordSet(table string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(table) {
		m[w] = true
	}
	return m
}

// IsGivenName reports whether s is in the shipped list of given names common
// among people who live in the UK, and its rank there (1 first; the list goes by
// origin and is only roughly ordered).
func IsGivenName(s string) (rank int, ok bool) {
	rank, ok = shipped().given[Fold(s)]
	return rank, ok
}

// IsCommonGiven reports a given name of the list that is no ordinary English
// word.
func IsCommonGiven(s string) bool {
	f := Fold(s)
	return shipped().given[f] != 0 && !shipped().common[f]
}

// IsSurname reports whether s is in the shipped list of common surnames.
func IsSurname(s string) bool { return shipped().surname[Fold(s)] != 0 }

// IsCommonWord reports an ordinary English word, such as "will", "may" and
// "brown", which by itself is no evidence of a name.
func IsCommonWord(s string) bool { return shipped().common[Fold(s)] }

// titleNumber is the number of a title in folded form, 0 for other words.
func titleNumber(folded string) uint8 { return shipped().title[folded] }

// TitleNumber is the number (the ID of a MarkTitle) of a title as written, 0
// for other words.
func TitleNumber(s string) uint8 { return titleNumber(Fold(s)) }

// Nicknames gives the other forms of a given name, folded and sorted: for
// "William" bill, billy, will … It is empty for a name without any.
func Nicknames(s string) []string {
	f := Fold(s)
	var out []string
	for _, g := range shipped().nickname[f] {
		for _, w := range shipped().groups[g] {
			if w != f {
				out = append(out, w)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Likeness of two given names, weakest last.
type Likeness uint8

const (
	LikeNone     Likeness = iota // different
	LikeSound                    // Phonetic is equal
	LikeClose                    // one edit, or Jaro-Winkler of at least 0.92
	LikeInitial                  // one is the other's initial
	LikeNickname                 // two forms of one name: Bill, William; Mohammed, Muhammad
	LikeSame                     // equal when folded
)

// SameGiven compares two given names as written.
func SameGiven(a, b string) Likeness {
	a, b = Fold(a), Fold(b)
	switch {
	case a == "" || b == "":
		return LikeNone
	case a == b || strings.ReplaceAll(a, " ", "") == strings.ReplaceAll(b, " ", ""):
		return LikeSame
	case shareGroup(a, b):
		return LikeNickname
	case len(a) == 1 || len(b) == 1:
		if a[0] == b[0] {
			return LikeInitial
		}
		return LikeNone
	case min(len(a), len(b)) > 3 && Distance(a, b, 1) <= 1, JaroWinkler(a, b) >= 0.92:
		return LikeClose
	case Phonetic(a) == Phonetic(b):
		return LikeSound
	}
	return LikeNone
}

func shareGroup(a, b string) bool {
	l := shipped()
	for _, g := range l.nickname[a] {
		if slices.Contains(l.groups[g], b) {
			return true
		}
	}
	return false
}
