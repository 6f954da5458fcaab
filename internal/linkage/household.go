package linkage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Residence says that a person is or was linked to a household: by a register
// row, or by what an exhibit says (Said). From and To are zero where unknown.
type Residence struct {
	Household, Person string
	From, To          reeve.Date
	Type              string // of the register address: main, previous, correspondence …
	Said              bool   // an exhibit says so, no register does
}

// estate is the set of all addresses met, each a household by its door.
type estate struct {
	words   *words
	byKey   map[doorKey]int // a key that means one household
	byUPRN  map[uint32]int
	doors   []door
	sources map[uint32]int // source_household_id without an address
}

// doorKey is an address in normal form without UPRN. Street is left out where
// number and postcode are known: they name the door, and spellings of streets vary.
type doorKey struct{ unit, number, street, postcode uint32 }

// door is one household.
type door struct {
	home   home
	lines  uint32 // as a register writes it, the newest row's
	rank   int64  // of that row, to choose the newest
	source uint32
	clash  bool // two UPRNs share this written address: it leads to neither
}

func newEstate(w *words) *estate {
	return &estate{words: w, byKey: map[doorKey]int{}, byUPRN: map[uint32]int{}, sources: map[uint32]int{}}
}

// keyOf gives the written key of an address, false where it names no door.
func keyOf(h home) (doorKey, bool) {
	k := doorKey{h.unit, h.number, h.street, h.postcode}
	if h.postcode != 0 && h.number != 0 {
		k.street = 0
	}
	return k, (h.number != 0 || h.unit != 0) && (h.street != 0 || h.postcode != 0)
}

// addRow takes in the address of a register row and returns its household, -1
// when the row gives no place.
func (e *estate) addRow(homes []home, m *recordMeta) int {
	if len(homes) == 0 {
		if m.household == 0 {
			return -1
		}
		return e.bySource(m.household)
	}
	h := homes[0]
	at := e.claim(h)
	if at < 0 {
		return -1
	}
	d := &e.doors[at]
	if rank := rowRank(m); rank > d.rank {
		d.lines, d.rank = m.lines, rank
	}
	return at
}

// rowRank puts open-ended addresses first, then the newest.
func rowRank(m *recordMeta) int64 {
	rank := int64(m.from) + 1
	if m.to == 0 {
		rank += 1 << 40
	}
	return rank
}

func (e *estate) bySource(id uint32) int {
	at, ok := e.sources[id]
	if !ok {
		at = len(e.doors)
		e.doors = append(e.doors, door{source: id})
		e.sources[id] = at
	}
	return at
}

// claim finds or makes the household of a register address.
func (e *estate) claim(h home) int {
	key, named := keyOf(h)
	if h.uprn == 0 {
		if !named {
			return -1
		}
		return e.claimKey(key, h)
	}
	at, ok := e.byUPRN[h.uprn]
	if !ok {
		if other, met := e.byKey[key]; named && met && e.doors[other].home.uprn == 0 {
			at = other // first met without its UPRN
			e.doors[at].home.uprn = h.uprn
		} else {
			at = len(e.doors)
			e.doors = append(e.doors, door{home: h})
		}
		e.byUPRN[h.uprn] = at
	}
	if named {
		e.alias(key, at)
	}
	return at
}

func (e *estate) claimKey(key doorKey, h home) int {
	if at, ok := e.byKey[key]; ok {
		return at
	}
	at := len(e.doors)
	e.doors = append(e.doors, door{home: h})
	e.byKey[key] = at
	return at
}

// alias lets a written address lead to a household, unless another UPRN has it.
func (e *estate) alias(key doorKey, at int) {
	other, ok := e.byKey[key]
	if !ok {
		e.byKey[key] = at
		return
	}
	if a, b := e.doors[other].home.uprn, e.doors[at].home.uprn; other != at && a != 0 && b != 0 {
		e.doors[other].clash = true
	}
}

// find gives the household of an address from an exhibit, -1 if none is known.
func (e *estate) find(h home) int {
	if h.uprn != 0 {
		if at, ok := e.byUPRN[h.uprn]; ok {
			return at
		}
	}
	if key, named := keyOf(h); named {
		if at, ok := e.byKey[key]; ok && !(e.doors[at].clash && h.unit == 0) {
			return at
		}
	}
	return -1
}

// add finds the household of an address that only an exhibit knows, or makes
// it when the address names a door fully.
func (e *estate) add(h home) int {
	if at := e.find(h); at >= 0 {
		return at
	}
	key, named := keyOf(h)
	if !named || h.number == 0 || e.byKeyClash(key) {
		return -1
	}
	at := e.claimKey(key, h)
	if h.uprn != 0 {
		e.byUPRN[h.uprn] = at
	}
	return at
}

func (e *estate) byKeyClash(key doorKey) bool {
	at, ok := e.byKey[key]
	return ok && e.doors[at].clash
}

// keyText is the stable fingerprint of a household.
func (e *estate) keyText(d *door) string {
	t := e.words.text
	switch {
	case d.source != 0:
		return "s:" + t[d.source][1:]
	case d.home.uprn != 0:
		return "u:" + t[d.home.uprn][1:]
	}
	k, _ := keyOf(d.home)
	return strings.Join([]string{"a:" + t[k.postcode], t[k.number], t[k.unit], t[k.street]}, "\x00")
}

func (e *estate) address(d *door) reeve.Address {
	t := e.words.text
	a := reeve.Address{Unit: t[d.home.unit], Number: t[d.home.number], Street: t[d.home.street], Postcode: t[d.home.postcode]}
	if d.home.uprn != 0 {
		a.UPRN = t[d.home.uprn][1:]
	}
	return a
}

// stay is a residence by numbers, before ids are given.
type stay struct {
	door, person uint32
	from, to     int32
	kind         uint32
	said         bool
}

// rank puts the current main home first.
func (s *stay) rank(text []string) int {
	switch {
	case s.said:
		return 4
	case s.to != 0 || text[s.kind] == "previous":
		return 3
	case text[s.kind] == "correspondence" || text[s.kind] == "forwarding":
		return 2
	}
	return 1
}

// sortStays orders by person, current home first, and drops repeats.
func sortStays(list []stay, text []string) []stay {
	slices.SortFunc(list, func(a, b stay) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.rank(text), b.rank(text)), cmp.Compare(b.from, a.from), cmp.Compare(b.to, a.to),
			cmp.Compare(a.door, b.door), strings.Compare(text[a.kind], text[b.kind]))
	})
	return slices.Compact(list)
}
