package lex

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// tokenFlags say what a word may be. The top eight bits hold the number of a
// title or month.
type tokenFlags uint32

const (
	isGiven       tokenFlags = 1 << iota // given name of a register
	isSurname                            // surname of a register
	isListGiven                          // of the shipped list
	isListSurname                        // of the shipped list
	isCommon                             // ordinary English word
	isTitle
	isMonth
	isStreet   // street type
	isUnit     // flat, room
	isFloor    // first, ground, floor
	isPlace    // what follows a name in a place or firm: House, Court, Hospital, Ltd
	isParticle // van, de, al
	isJoin     // particle that is also closed up: Mc, O, al
	isGreeting // Dear, Hi
	isSuffix   // OBE, Jr
	isPhrase   // starts a phrase of the vocabulary
	isWeekday
	isStopAbbr  // abbreviation after which a full stop ends no sentence
	numberShift = 24
)

// slot is one entry of the token dictionary.
type slot struct {
	hash  uint64
	id    uint32 // 0: empty
	flags tokenFlags
}

// Index is the registers and the vocabulary compiled for Scan. It is read-only
// and may be used by many goroutines.
type Index struct {
	slots          []slot
	known          bitFilter  // of tokens
	common         hashSet    // ordinary words, looked up for unknown capitalised words alone
	text           []string   // folded token by id-1
	nick           [][]uint32 // by id-1: token ids of the other forms of a given name
	street         []uint64   // by id-1: hash of the street type written out, else 0
	given, surname *postings  // token → records, by token id as key

	pairs     *postings           // given id << 32 | surname id
	values    *postings           // hash of squeezed value
	kinds     []reeve.Kind        // of value by id-1
	alike     map[uint32][]uint32 // value id → ids of the same value of other kinds
	postcodes *postings
	births    *postings // YYYYMMDD
	addresses *postings // number and street
	pairOf    []uint64  // keys of the name pairs of records, laid out by pairStart
	pairStart []uint32

	phrases phrases
	records int
	print   string
}

// Compile makes the index of the register records and the vocabulary. Record i
// has the RecordID i. Work and memory grow with the records alone; the records
// are not kept.
func Compile(records []reeve.Record, words []Word) *Index {
	ix := &Index{
		slots: make([]slot, 1<<14), given: newPostings(len(records) / 8), surname: newPostings(len(records) / 8),
		pairs: newPostings(len(records)), values: newPostings(4 * len(records)), alike: map[uint32][]uint32{},
		postcodes: newPostings(len(records) / 8), births: newPostings(len(records) / 8), addresses: newPostings(len(records) / 2),
		records: len(records),
	}
	ix.addLists()
	for i := range records {
		ix.addRecord(uint32(i), &records[i])
	}
	ix.addNicknames()
	for _, p := range []*postings{ix.given, ix.surname, ix.postcodes, ix.births} {
		p.finish(1 << 10)
	}
	ix.pairs.finish(1 << 12)
	ix.values.finish(1 << 12)
	ix.addresses.finish(1 << 12)
	ix.phrases.compile(ix, words)
	ix.finishTokens()
	ix.addStreets()
	ix.print = fingerprint(records, words)
	return ix
}

// token finds or makes the id of a folded word and adds flags to it.
func (ix *Index) token(folded string, flags tokenFlags) uint32 {
	h := hashWord(folded)
	mask := uint64(len(ix.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		s := &ix.slots[at]
		if s.id == 0 {
			ix.text = append(ix.text, folded)
			if ix.common.has(h) {
				flags |= isCommon
			}
			*s = slot{h, uint32(len(ix.text)), flags}
			id := s.id
			if 2*len(ix.text) > len(ix.slots) {
				ix.growTokens()
			}
			return id
		}
		if s.hash == h {
			s.flags |= flags
			return s.id
		}
	}
}

func (ix *Index) growTokens() {
	old := ix.slots
	ix.slots = make([]slot, 2*len(old))
	mask := uint64(len(ix.slots) - 1)
	for _, s := range old {
		if s.id == 0 {
			continue
		}
		at := s.hash & mask
		for ix.slots[at].id != 0 {
			at = (at + 1) & mask
		}
		ix.slots[at] = s
	}
}

func (ix *Index) finishTokens() {
	ix.known = newBitFilter(len(ix.text), 1<<16)
	for _, s := range ix.slots {
		if s.id != 0 {
			ix.known.add(s.hash)
		}
	}
}

// find gives the id and flags of a token hash, 0 for an unknown one.
func (ix *Index) find(h uint64) (uint32, tokenFlags) {
	if !ix.known.has(h) {
		return 0, 0
	}
	mask := uint64(len(ix.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		s := &ix.slots[at]
		if s.id == 0 || s.hash == h {
			return s.id, s.flags
		}
	}
}

// addLists puts the shipped lists into the dictionary. They go in by the order
// of their tables, so that ids do not depend on chance.
func (ix *Index) addLists() {
	ix.common = newHashSet(strings.Fields(commonTable))
	for _, w := range strings.Fields(givenTable) {
		ix.token(w, isListGiven)
	}
	for _, w := range strings.Fields(surnameTable) {
		ix.token(w, isListSurname)
	}
	for _, w := range strings.Fields(nicknameTable) {
		ix.token(w, isListGiven)
	}
	for n, group := range titles {
		for _, w := range group {
			ix.token(w, isTitle|isStopAbbr|tokenFlags(n)<<numberShift)
		}
	}
	for i, m := range monthNames {
		ix.token(m, isMonth|tokenFlags(i+1)<<numberShift)
		ix.token(m[:3], isMonth|isStopAbbr|tokenFlags(i+1)<<numberShift)
	}
	ix.token("sept", isMonth|isStopAbbr|9<<numberShift)
	for _, line := range splitLines(streetTable) {
		for i, w := range fields(line) {
			flags := isStreet
			if i > 0 {
				flags |= isStopAbbr
			}
			ix.token(w, flags)
		}
	}
	for _, list := range []struct {
		words string
		flags tokenFlags
	}{{unitTable, isUnit}, {floorTable, isFloor}, {placeTable, isPlace}, {particleTable, isParticle}, {joinTable, isJoin}, {greetingTable, isGreeting},
		{suffixTable, isSuffix}, {weekdayTable, isWeekday}, {abbreviationTable, isStopAbbr}} {
		for _, w := range strings.Fields(list.words) {
			ix.token(w, list.flags)
		}
	}
}

// addStreets keeps for each spelling of a street type that is not its full word
// the hash of that word.
func (ix *Index) addStreets() {
	ix.street = make([]uint64, len(ix.text))
	for i, w := range ix.text {
		if full := streetWord(w); full != w {
			ix.street[i] = hashWord(full)
		}
	}
}

// Fingerprint names the registers and vocabulary that the index was made of:
// the same input in the same order gives the same 64 hexadecimal digits on any
// machine.
func (ix *Index) Fingerprint() string { return ix.print }

func fingerprint(records []reeve.Record, words []Word) string {
	h := sha256.New()
	var n [8]byte
	put := func(s string) {
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write(bytesOf(s))
	}
	for i := range records {
		r := &records[i]
		for _, s := range [...]string{r.System, r.SourceID, r.Forename, r.Middle, r.Surname, r.KnownAs, r.PreviousSurname, r.Born.String(),
			r.NINO, r.NHS, r.UPN, r.Email, r.Phone, r.Phone2, r.UPRN, r.Town, r.Postcode, r.SortCode, r.AccountLast4} {
			put(s)
		}
		for _, s := range r.Address {
			put(s)
		}
		for _, ref := range r.Refs {
			put(string(ref.Kind))
			put(ref.Value)
		}
	}
	for _, w := range words {
		put(strconv.Itoa(int(w.ID)))
		put(w.Text)
	}
	return hex.EncodeToString(h.Sum(nil))
}
