package linkage

import (
	"slices"

	"github.com/reeve-council/reeve"
)

// nameForm is one written form of a name, interned.
type nameForm struct{ given, middle, surname uint32 }

// home is one address, interned.
type home struct{ uprn, unit, number, street, postcode uint32 }

func (h home) empty() bool { return h == home{} }

// idValue is an identifying value; field says which comparison field it
// belongs to, and the interned text carries its kind as a prefix.
type idValue struct {
	field uint8
	loose bool // one human has many of the kind: another value says nothing
	value uint32
	kind  uint32
}

// age is a stated age turned into the years of birth it allows; zero is none.
type ageSpan struct{ from, to int16 }

// profiles holds what is known of many records, mentions or persons as flat
// columns: profile i has the names nameAt[i]:nameAt[i+1], and so on. It is
// append-only while building and read-only afterwards.
type profiles struct {
	nameAt, bornAt, homeAt, idAt []uint32
	names                        []nameForm
	born                         []int32 // YYYYMMDD, zeros for parts not known
	homes                        []home
	ids                          []idValue
	ages                         []ageSpan
	extras                       []uint32 // stride texts per profile
	stride                       int
}

func newProfiles(size, stride int) *profiles {
	p := &profiles{stride: stride}
	for _, at := range []*[]uint32{&p.nameAt, &p.bornAt, &p.homeAt, &p.idAt} {
		*at = append(make([]uint32, 0, size+1), 0)
	}
	p.ages = make([]ageSpan, 0, size)
	return p
}

// len is the number of finished profiles.
func (p *profiles) len() int { return len(p.ages) }

func (p *profiles) namesOf(i int) []nameForm { return p.names[p.nameAt[i]:p.nameAt[i+1]] }
func (p *profiles) bornOf(i int) []int32     { return p.born[p.bornAt[i]:p.bornAt[i+1]] }
func (p *profiles) homesOf(i int) []home     { return p.homes[p.homeAt[i]:p.homeAt[i+1]] }
func (p *profiles) idsOf(i int) []idValue    { return p.ids[p.idAt[i]:p.idAt[i+1]] }

func (p *profiles) extrasOf(i int) []uint32 { return p.extras[i*p.stride : (i+1)*p.stride] }

// The add functions put a value into the profile being built, once.

func (p *profiles) addName(n nameForm) {
	if n.given == 0 && n.surname == 0 {
		return
	}
	if !slices.Contains(p.names[p.nameAt[p.len()]:], n) {
		p.names = append(p.names, n)
	}
}

func (p *profiles) addBorn(d reeve.Date) {
	n := int32(d.Number())
	if n == 0 || placeholderBirth(d) {
		return
	}
	if !slices.Contains(p.born[p.bornAt[p.len()]:], n) {
		p.born = append(p.born, n)
	}
}

// placeholderBirth reports the dates that systems put where nothing is known.
func placeholderBirth(d reeve.Date) bool {
	return d.Year <= 1901 && d.Month <= 1 && d.Day <= 1 && d.Year >= 1899
}

func (p *profiles) addHome(h home) {
	if h.empty() {
		return
	}
	if !slices.Contains(p.homes[p.homeAt[p.len()]:], h) {
		p.homes = append(p.homes, h)
	}
}

func (p *profiles) addID(id idValue) {
	if id.value == 0 {
		return
	}
	if !slices.Contains(p.ids[p.idAt[p.len()]:], id) {
		p.ids = append(p.ids, id)
	}
}

// finish closes the profile being built and returns its number.
func (p *profiles) finish(age ageSpan) int {
	p.nameAt = append(p.nameAt, uint32(len(p.names)))
	p.bornAt = append(p.bornAt, uint32(len(p.born)))
	p.homeAt = append(p.homeAt, uint32(len(p.homes)))
	p.idAt = append(p.idAt, uint32(len(p.ids)))
	p.ages = append(p.ages, age)
	for len(p.extras) < len(p.ages)*p.stride {
		p.extras = append(p.extras, 0)
	}
	return len(p.ages) - 1
}

// most values of one kind that a joined profile keeps: a person with fifty rows
// is compared on these, and the count of comparisons stays bounded.
const mostValues = 24

// join appends one profile that holds the values of several of src.
func (p *profiles) join(src *profiles, members []uint32) int {
	at := p.len()
	var age ageSpan
	for _, m := range members {
		i := int(m)
		if len(p.names)-int(p.nameAt[at]) < mostValues {
			for _, n := range src.namesOf(i) {
				p.addName(n)
			}
		}
		if len(p.homes)-int(p.homeAt[at]) < mostValues {
			for _, h := range src.homesOf(i) {
				p.addHome(h)
			}
		}
		p.joinRest(src, i)
		if age == (ageSpan{}) {
			age = src.ages[i]
		}
	}
	n := p.finish(age)
	if p.stride > 0 && len(members) > 0 {
		copy(p.extrasOf(n), src.extrasOf(int(members[0])))
	}
	return n
}

func (p *profiles) joinRest(src *profiles, i int) {
	at := p.len()
	for _, b := range src.bornOf(i) {
		if len(p.born)-int(p.bornAt[at]) < mostValues && !slices.Contains(p.born[p.bornAt[at]:], b) {
			p.born = append(p.born, b)
		}
	}
	for _, id := range src.idsOf(i) {
		if len(p.ids)-int(p.idAt[at]) < 4*mostValues {
			p.addID(id)
		}
	}
}

// bare reports that nothing but names is known, so that no comparison beyond
// the name can be made.
func (p *profiles) bare(i int) bool {
	return p.bornAt[i] == p.bornAt[i+1] && p.homeAt[i] == p.homeAt[i+1] && p.idAt[i] == p.idAt[i+1] && p.ages[i] == ageSpan{}
}

// addressOnly reports that a profile holds nothing but addresses.
func (p *profiles) addressOnly(i int) bool {
	return p.nameAt[i] == p.nameAt[i+1] && p.bornAt[i] == p.bornAt[i+1] && p.idAt[i] == p.idAt[i+1] && p.homeAt[i] != p.homeAt[i+1]
}
