package linkage

import (
	"fmt"
	"math"
	"sort"

	"github.com/reeve-council/reeve"
)

// Source gives back what a resolve kept, and what it was made of.
type Source interface {
	Page(shelf string, page int) ([]byte, error)                // as given to Keeper
	Record(id reeve.RecordID) (*reeve.Record, error)            // of the resolve's numbering
	Mentions(marks []string) (map[string]*reeve.Mention, error) // with ID, Digest and Ordinal
}

// mostPages bounds the pages that are kept at hand.
const mostPages = 512

// shelves reads kept pages, each once while it is at hand.
type shelves struct {
	from  Source
	pages map[shelfPage][][]byte
}

type shelfPage struct {
	shelf string
	page  int
}

func newShelves(from Source) *shelves {
	return &shelves{from: from, pages: make(map[shelfPage][][]byte)}
}

// entries are the entries of one page.
func (s *shelves) entries(shelf string, page int) ([][]byte, error) {
	at := shelfPage{shelf, page}
	if have, ok := s.pages[at]; ok {
		return have, nil
	}
	data, err := s.from.Page(shelf, page)
	if err != nil {
		return nil, err
	}
	var list [][]byte
	for e := (entry{b: data}); len(e.b) > 0; {
		list = append(list, e.bytes(e.number()))
		if e.bad {
			return nil, errKept
		}
	}
	if len(s.pages) >= mostPages {
		clear(s.pages)
	}
	s.pages[at] = list
	return list, nil
}

func (s *shelves) entry(shelf string, n uint32) (entry, error) {
	list, err := s.entries(shelf, int(n/perPage))
	if err == nil && int(n%perPage) >= len(list) {
		err = errKept
	}
	if err != nil {
		return entry{}, fmt.Errorf("shelf %s: %w", shelf, err)
	}
	return entry{b: list[n%perPage]}, nil
}

// find looks a text up on a shelf of total entries that are sorted by their
// first text.
func (s *shelves) find(shelf, text string, total int) (uint32, bool, error) {
	var failed error
	first := func(n int) string {
		e, err := s.entry(shelf, uint32(n))
		if err != nil {
			failed = err
		}
		return e.text()
	}
	pages := (total + perPage - 1) / perPage
	page := sort.Search(pages, func(p int) bool { return first(p*perPage) > text }) - 1
	if page < 0 || failed != nil {
		return 0, false, failed
	}
	from, to := page*perPage, min((page+1)*perPage, total)
	n := from + sort.Search(to-from, func(k int) bool { return first(from+k) >= text })
	return uint32(n), n < to && first(n) == text && failed == nil, failed
}

// keptAbout is what holds for all that was kept.
type keptAbout struct {
	mentions, units int
	asOf            int32 // as units.asOf
	never           [2]int8
}

func (s *shelves) about() (keptAbout, error) {
	e, err := s.entry(shelfAbout, 0)
	if err != nil {
		return keptAbout{}, err
	}
	a := keptAbout{mentions: int(e.number()), units: int(e.number()), asOf: int32(e.signed()), never: [2]int8{int8(e.signed()), int8(e.signed())}}
	if 0 < a.asOf && a.asOf < 10_000 { // as earlier versions kept it: the year
		a.asOf = endOf(a.asOf)
	}
	return a, e.err()
}

// keptUnit is one register person by definition, as kept.
type keptUnit struct {
	key      string
	person   uint32
	editions []edition
	rows     []keptRow // in the resolver's order
}

type keptRow struct {
	id   reeve.RecordID
	door int32
}

func (s *shelves) unit(n uint32) (*keptUnit, error) {
	e, err := s.entry(shelfUnit, n)
	if err != nil {
		return nil, err
	}
	u := &keptUnit{key: e.text(), person: uint32(e.number())}
	for range e.count() {
		u.editions = append(u.editions, edition{uint32(e.number()), uint32(e.number())})
	}
	for range e.count() {
		u.rows = append(u.rows, keptRow{reeve.RecordID(e.number()), int32(e.signed())})
	}
	return u, e.err()
}

// keptPerson is one of the machine's register persons.
type keptPerson struct {
	units  []uint32
	sought []uint32 // mentions that it competes for
}

func (s *shelves) person(n uint32) (*keptPerson, error) {
	e, err := s.entry(shelfPerson, n)
	if err != nil {
		return nil, err
	}
	p := &keptPerson{units: e.rising(), sought: e.rising()}
	if len(p.units) == 0 {
		e.bad = true
	}
	return p, e.err()
}

// keptMention is what the machine found of one mention.
type keptMention struct {
	mark    string
	said    int32
	verdict verdict // its persons and doors by their numbers as kept
	doors   []int32
	head    uint32   // the first of its group among the strangers, counted from 1
	fellows []uint32 // of the head: the group
}

func (s *shelves) mention(n uint32) (*keptMention, error) {
	e, err := s.entry(shelfMention, n)
	if err != nil {
		return nil, err
	}
	m := &keptMention{mark: e.text(), said: int32(e.number())}
	e.verdict(&m.verdict)
	for range e.count() {
		m.doors = append(m.doors, int32(e.signed()))
	}
	if m.head = uint32(e.number()); m.head == n+1 {
		m.fellows = e.rising()
	}
	return m, e.err()
}

func (e *entry) verdict(v *verdict) {
	v.state, v.contest.n = state(e.byte()), e.byte()
	if v.contest.n > keptCandidates {
		e.bad, v.contest.n = true, 0
	}
	v.prior.each = int32(e.signed())
	if v.state == stateLinked || v.state == statePlaced {
		v.at = uint32(e.number())
		if p := e.bytes(4); len(p) == 4 {
			v.p = math.Float32frombits(uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16 | uint32(p[3])<<24)
		}
	}
	for k := range v.contest.n {
		v.contest.best[k] = candidate{uint32(e.number()), int32(e.signed())}
	}
	if v.contest.n > 0 {
		v.contest.named = e.byte() == 1
	}
	v.contest.rest = int32(e.signed() + noWeight)
}

// keptDoor is one household: the texts of its door.
type keptDoor struct{ uprn, unit, number, street, postcode, lines, source string }

func (s *shelves) door(n uint32) (keptDoor, error) {
	e, err := s.entry(shelfDoor, n)
	if err != nil {
		return keptDoor{}, err
	}
	d := keptDoor{e.text(), e.text(), e.text(), e.text(), e.text(), e.text(), e.text()}
	return d, e.err()
}

// rare gives how rare a word is as a given name and as a surname.
func (s *shelves) rare(word string, never [2]int8) ([2]int8, error) {
	page := wordPage(word)
	list, ok := s.pages[shelfPage{shelfWord, page}]
	if !ok {
		data, err := s.from.Page(shelfWord, page)
		if err != nil {
			return never, err
		}
		list = [][]byte{data}
		s.pages[shelfPage{shelfWord, page}] = list
	}
	for e := (entry{b: list[0]}); len(e.b) > 0; {
		text, g, sn := e.text(), e.byte(), e.byte()
		if e.bad {
			return never, errKept
		}
		if text == word {
			return [2]int8{int8(g), int8(sn)}, nil
		}
	}
	return never, nil
}
