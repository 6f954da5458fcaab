package ooxml

import (
	"strconv"
	"strings"

	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// Limits of numbering: levels that a list has (17.9.6) and lists that are
// remembered.
const (
	listLevels = 9
	maxLists   = 20_000
	maxLabel   = 64 // bytes of a list label
)

// lists shows the numbers in front of list items, which are not in the text
// (17.9): "3." is how people speak of a line on paper.
type lists struct {
	abstract map[string]*[listLevels]listLevel // by abstractNumId
	nums     map[string]*listNum               // by numId
	byStyle  map[string]listPlace              // paragraph styles that number
}

// listLevel is how one level of a list is numbered.
type listLevel struct {
	start        int
	format, text string
}

// listNum is a list in use: counters are shared by all that stem from the same
// definition, unless they start anew.
type listNum struct {
	levels  *[listLevels]listLevel
	counts  *[listLevels]int
	restart [listLevels]int // where this list starts anew at its first use, 0 for nowhere
}

// listPlace is a level of a list; the zero value is no list.
type listPlace struct {
	num   string
	level int
}

// with takes the list or the level that the element at hand names.
func (p listPlace) with(s *xmlscan.Scanner) listPlace {
	if string(s.Local()) == "ilvl" {
		p.level = levelOf(s.Get("val"))
	} else {
		p.num = s.Get("val")
	}
	return p
}

// readLists reads the numbering part.
func (d *document) readLists(name string) {
	l := lists{abstract: map[string]*[listLevels]listLevel{}, nums: map[string]*listNum{}, byStyle: d.lists.byStyle}
	counts := map[string]*[listLevels]int{}
	d.scan(name, func(s *xmlscan.Scanner) {
		r := listReader{lists: &l, counts: counts, scan: s}
		for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
			if kind == xmlscan.Start {
				r.start(string(s.Local()))
			}
		}
	})
	d.lists = l
}

// listReader takes the start tags of the numbering part.
type listReader struct {
	*lists
	counts map[string]*[listLevels]int
	scan   *xmlscan.Scanner
	levels *[listLevels]listLevel
	id     string // of the abstract definition at hand
	num    *listNum
	numID  string
	level  int
}

func (r *listReader) start(local string) {
	s := r.scan
	val := s.Get("val")
	switch local {
	case "abstractNum":
		r.levels, r.num = &[listLevels]listLevel{}, nil
		if r.id = s.Get("abstractNumId"); len(r.abstract) < maxLists {
			r.abstract[r.id] = r.levels
			r.counts[r.id] = &[listLevels]int{}
		}
	case "num":
		r.levels, r.num, r.numID = nil, &listNum{}, s.Get("numId")
	case "abstractNumId":
		if r.num != nil && r.abstract[val] != nil && len(r.nums) < maxLists {
			r.num.levels, r.num.counts = r.abstract[val], r.counts[val]
			r.nums[r.numID] = r.num
		}
	case "lvl", "lvlOverride":
		r.level = levelOf(s.Get("ilvl"))
	case "startOverride":
		if n, err := strconv.Atoi(val); err == nil && r.num != nil {
			r.num.restart[r.level] = max(n, 1)
		}
	case "start", "numFmt", "lvlText", "pStyle":
		r.define(local, val)
	}
}

// define notes a property of the level at hand of a definition.
func (r *listReader) define(local, val string) {
	if r.levels == nil {
		return // the level of an override: its look is that of the definition
	}
	level := &r.levels[r.level]
	switch local {
	case "start":
		level.start, _ = strconv.Atoi(val)
	case "numFmt":
		level.format = val
	case "lvlText":
		level.text = val[:min(len(val), maxLabel)]
	}
}

func levelOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n >= listLevels {
		return 0
	}
	return n
}

// label counts a paragraph at a place and gives what stands in front of it,
// nothing for bullets and for what is no list.
func (l *lists) label(at listPlace) string {
	num := l.nums[at.num]
	if num == nil || num.levels == nil {
		return ""
	}
	level := &num.levels[at.level]
	switch restart := num.restart[at.level]; {
	case restart > 0:
		num.counts[at.level], num.restart[at.level] = restart, 0
	case num.counts[at.level] == 0:
		num.counts[at.level] = max(level.start, 1)
	default:
		num.counts[at.level]++
	}
	clear(num.counts[at.level+1:])
	if level.format == "bullet" || level.format == "none" {
		return ""
	}
	return num.fill(level.text)
}

// fill puts the counters into a pattern like "%1.%2".
func (n *listNum) fill(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' || i+1 == len(pattern) || pattern[i+1] < '1' || pattern[i+1] > '9' {
			b.WriteByte(pattern[i])
			continue
		}
		i++
		level := int(pattern[i] - '1')
		b.WriteString(counted(max(n.counts[level], n.levels[level].start), n.levels[level].format))
	}
	return b.String()
}

// counted writes a number in a numbering format (17.18.59); those of other
// scripts are written in digits.
func counted(n int, format string) string {
	switch format {
	case "lowerLetter":
		return letters(n, 'a')
	case "upperLetter":
		return letters(n, 'A')
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "ordinal":
		return strconv.Itoa(n) + ordinalEnd(n)
	}
	return strconv.Itoa(n)
}

// letters counts a to z, aa, bb to zz, aaa.
func letters(n int, first byte) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune(first)+rune((n-1)%26)), (n-1)/26+1)
}

var romans = []struct {
	n    int
	text string
}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}

func roman(n int) string {
	if n < 1 || n > 4999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range romans {
		for ; n >= r.n; n -= r.n {
			b.WriteString(r.text)
		}
	}
	return b.String()
}

func ordinalEnd(n int) string {
	if n%100 >= 11 && n%100 <= 13 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}
