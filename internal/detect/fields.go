package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// part says what of its kind a field or column holds.
type part uint8

const (
	partWhole part = iota // the value itself
	partFull              // a whole name
	partGiven
	partSurname
	partMiddle
	partTitle
	partInitials
	partKnown    // another given name that the person goes by
	partPrevious // an earlier surname
	partLine     // one line of an address
	partTown
	partSafe // an address that is kept secret
	partAmount
	partText // words, a code, a date or yes/no that state a circumstance
	partSecret
	partUser
	partSort
	partAccount
	partLat
	partLong
	partSaid // the date of the row or letter
	partDeath
	partDead
	partSex
	partAge
	partNote  // free text, read as prose
	partOther // something that is no personal value
)

// stand says how a person stands to what a document is about.
type stand uint8

const (
	standNobody stand = iota
	standSubject
	standVictim
	standPerpetrator
	standSecond
	standRelative
	standProfessional
	standPassing
)

type fieldRow struct {
	part   part
	kind   reeve.Kind
	signal reeve.Signal
	names  string
}

type slotRow struct {
	stand    stand
	capacity reeve.Capacity
	names    string
}

// field is what a label or header says that the value beside it is.
type field struct {
	part     part
	kind     reeve.Kind
	signal   reeve.Signal
	detector *Detector // nil for fields without a kind
}

// slot is one of the people that a form or table has fields for. Key "" is the
// one it is about.
type slot struct {
	key      string
	stand    stand
	capacity reeve.Capacity
}

// heading is a label or column header, read.
type heading struct {
	*field
	slot slot
	bare bool // the header names a person alone: "Tenant", "Social worker"
}

func (h heading) known() bool { return h.field != nil }

// fields and slots are the tables, indexed by folded wording.
var fields, slots = fieldIndex(), slotIndex()

var fullName = &field{part: partFull, kind: reeve.KindName, detector: &name}

func fieldIndex() map[string]*field {
	index := make(map[string]*field, 2000)
	add := func(names string, f *field) {
		for _, n := range phrases(names) {
			if index[n] == nil {
				index[n] = f
			}
		}
	}
	for _, row := range fieldRows {
		f := &field{part: row.part, kind: row.kind, signal: row.signal}
		f.detector = detectorOf(row.kind)
		add(row.names, f)
	}
	for _, d := range detectors {
		add(d.Headers, &field{kind: d.Kind, detector: d})
	}
	return index
}

func slotIndex() map[string]slot {
	index := make(map[string]slot, 500)
	for _, row := range slotRows {
		for _, n := range phrases(row.names) {
			if _, ok := index[n]; !ok {
				index[n] = slot{key: canonical(n), stand: row.stand, capacity: row.capacity}
			}
		}
	}
	return index
}

// canonical is the one word for a person that is written in several ways.
func canonical(word string) string {
	switch word {
	case "mum", "mom", "mummy", "birth mother":
		return "mother"
	case "dad", "daddy", "birth father":
		return "father"
	case "sw", "allocated social worker", "allocated worker":
		return "social worker"
	case "name of abuser", "name of perpetrator", "name of alleged perpetrator", "suspected perpetrator", "suspected abuser", "alleged perp", "perp", "alleged perpetrator", "perpetrators", "abuser", "alleged abuser":
		return "perpetrator"
	case "nok", "emergency contact":
		return "next of kin"
	case "doctor":
		return "gp"
	case "survivor", "alleged victim", "the victim", "victims", "victim survivor":
		return "victim"
	case "the client":
		return "client"
	case "the tenant":
		return "tenant"
	case "the child":
		return "child"
	}
	return word
}

// phrases splits a "|"-separated list of a table that may run over lines.
func phrases(list string) []string {
	var out []string
	for p := range strings.SplitSeq(list, "|") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// wordSet is a "|"-separated list as a set.
func wordSet(list string) map[string]bool {
	set := make(map[string]bool)
	for _, p := range phrases(list) {
		set[p] = true
	}
	return set
}

// maxLabel is the length in bytes beyond which text is no label or header.
const maxLabel = 64

// foldLabel appends s to dst as labels and headers are compared: lower case,
// words parted by one space, apostrophes left out, words split where capitals
// say so ("DateOfBirth", "first_name").
func foldLabel(dst []byte, s string) []byte {
	gap, prev := false, byte(0)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			if prev >= 'a' && prev <= 'z' || i+1 < len(s) && isLower(s[i+1]) && prev >= 'A' && prev <= 'Z' {
				gap = true
			}
			dst, gap = appendFolded(dst, c+'a'-'A', gap), false
		case c >= 'a' && c <= 'z' || isDigit(c):
			dst, gap = appendFolded(dst, c, gap), false
		case c == '\'':
		case c == 0xE2 && strings.HasPrefix(s[i:], "’"):
			i += 2
		case c == '&':
			dst, gap = appendFolded(dst, c, gap), false
		default:
			gap = len(dst) > 0
		}
		prev = c
	}
	return dst
}

func appendFolded(dst []byte, c byte, gap bool) []byte {
	if gap && len(dst) > 0 {
		dst = append(dst, ' ')
	}
	return append(dst, c)
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// tails are the last words of all labels and words for people: what ends in
// another word is no label, and most lines with a colon do.
var tails = tailIndex()

func tailIndex() map[string]bool {
	index := make(map[string]bool, 1000)
	add := func(phrase string) { index[phrase[strings.LastIndexByte(phrase, ' ')+1:]] = true }
	for phrase := range fields {
		add(phrase)
	}
	for phrase := range slots {
		add(phrase)
		add(phrase + "s")
	}
	for _, s := range suffixes {
		add(s)
	}
	for short := range shortened {
		index[short] = true
	}
	return index
}

// mayBeHeading reports whether the last word of s can end a label.
func mayBeHeading(s string) bool {
	s = strings.TrimRight(s, " )*.-/_?")
	if s == "" || isDigit(s[len(s)-1]) {
		return s != ""
	}
	start := len(s)
	for start > 0 && len(s)-start < 24 && (s[start-1]|0x20 >= 'a' && s[start-1]|0x20 <= 'z' || s[start-1] == '\'' || s[start-1] >= 0x80) {
		start--
	}
	var b [32]byte
	f := foldLabel(b[:0], s[start:])
	if i := lastSpace(f); i > 0 {
		f = f[i+1:]
	}
	return tails[string(f)]
}

// readHeading looks a label or header up. Names of people in front ("Tenant 2
// DOB"), behind ("Name of child") and numbers ("Forename 2") choose the slot.
func readHeading(s string) heading {
	if len(s) == 0 || len(s) > maxLabel {
		return heading{}
	}
	var b [2 * maxLabel]byte
	f := foldLabel(b[:0], s)
	if h := lookUp(f); h.known() {
		return h
	}
	var long [4 * maxLabel]byte
	if full := spellOut(long[:0], f); full != nil {
		return lookUp(full)
	}
	return heading{}
}

// exactHeading is readHeading for the last words of a longer text: only what a
// table holds word for word.
func exactHeading(s string) heading {
	var b [2 * maxLabel]byte
	f := foldLabel(b[:0], s)
	if g := fields[string(f)]; g != nil {
		return heading{field: g}
	}
	if s, ok := slots[string(f)]; ok {
		return heading{field: fullName, slot: s, bare: true}
	}
	return heading{}
}

func lookUp(f []byte) heading {
	exact := fields[string(f)]
	if exact == nil && strings.HasPrefix(string(f), "reason for ") {
		exact = fields["reason"]
	}
	if exact != nil && exact.kind != reeve.KindName {
		return heading{field: exact}
	}
	if h := withSlot(f); h.known() {
		return h
	}
	if exact != nil {
		return heading{field: exact}
	}
	if i := strings.Index(string(f), " of "); i > 0 {
		if s, ok := slots[string(f[i+4:])]; ok {
			if g := fields[string(f[:i])]; g != nil {
				return heading{field: g, slot: s}
			}
		}
	}
	if h := withNumber(f); h.known() {
		return h
	}
	return withoutSuffix(f)
}

// suffixes are words that systems put behind the name of a column.
var suffixes = [...]string{" cd", " code", " dt", " flag", " ind", " yn", " y n", " desc", " description", " txt", " nm", " val", " text", " details", " home", " work", " cell", " mobile", " personal",
	" private", " other", " main", " daytime", " evening"}

func withoutSuffix(f []byte) heading {
	for _, s := range suffixes {
		if n := len(f) - len(s); n > 1 && string(f[n:]) == s {
			return lookUp(f[:n])
		}
	}
	return lastWords(f)
}

// lastWords reads "claim address" and "daytime contact phone" by their end,
// where that names a kind whose values can be checked.
func lastWords(f []byte) heading {
	for i := 0; i < len(f); i++ {
		if f[i] != ' ' {
			continue
		}
		g := fields[string(f[i+1:])]
		if g == nil {
			continue
		}
		switch g.kind {
		case reeve.KindAddress, reeve.KindPostcode, reeve.KindPhone, reeve.KindEmail, reeve.KindDateOfBirth, reeve.KindNINO, reeve.KindNHSNumber, reeve.KindUPRN, reeve.KindUPN:
			if g.part == partWhole {
				return heading{field: g}
			}
		}
		return heading{}
	}
	return heading{}
}

// withSlot reads "tenant", "tenant name", "tenant 2 dob".
func withSlot(f []byte) heading {
	for end := len(f); end > 0; end = lastSpace(f[:end]) {
		s, ok := slots[string(f[:end])]
		if !ok && f[end-1] == 's' { // mother's name
			s, ok = slots[string(f[:end-1])]
		}
		if !ok {
			continue
		}
		rest := f[end:]
		if len(rest) > 0 {
			rest = rest[1:]
		}
		rest, s = ordinal(rest, s)
		if len(rest) == 0 {
			return heading{field: fullName, slot: s, bare: true}
		}
		if g := fields[string(rest)]; g != nil && (g.part != partOther || s.stand > standSubject) {
			return heading{field: g, slot: s}
		}
	}
	return heading{}
}

func lastSpace(f []byte) int {
	for i := len(f) - 1; i > 0; i-- {
		if f[i] == ' ' {
			return i
		}
	}
	return 0
}

// ordinal takes a number at the start of rest into the slot: tenant 2 is
// another person than tenant, tenant 1 the same.
func ordinal(rest []byte, s slot) ([]byte, slot) {
	if len(rest) == 0 || rest[0] < '1' || rest[0] > '9' || len(rest) > 1 && rest[1] != ' ' {
		return rest, s
	}
	if rest[0] != '1' {
		s.key += string(rest[:1])
		if s.stand == standSubject {
			s.stand = standSecond
		}
	}
	return rest[min(2, len(rest)):], s
}

// withNumber reads "forename 2" and "dob2" as the second person's.
func withNumber(f []byte) heading {
	n := len(f)
	if n < 3 || f[n-1] < '1' || f[n-1] > '9' {
		return heading{}
	}
	end := n - 1
	if f[end-1] == ' ' {
		end--
	}
	g := fields[string(f[:end])]
	if g == nil {
		return heading{}
	}
	h := heading{field: g}
	if f[n-1] != '1' {
		h.slot = slot{key: string(f[n-1:]), stand: standSecond, capacity: reeve.CapacitySubject}
	}
	return h
}
