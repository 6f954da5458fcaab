package plant

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
)

// asOf is the day on which ages are reckoned; documents are older.
var asOf = reeve.Date{Year: 2026, Month: 10, Day: 1}

// town is everybody: residents by household, staff, and those on no register.
type town struct {
	chance
	place     *borough
	humans    []*human
	families  []*family
	staff     []*human
	strangers []*human // on no register
	free      int      // next dwelling without occupants
	phones    int
	cases     cases
	style     string    // the manners that authors may have
	refuge    []*matter // cases that fled to the refuge
}

// newTown peoples the borough. The number of residents is met to within one
// household.
func newTown(seed uint64, residents int) *town {
	c := stream(seed, "town")
	t := &town{chance: c, place: newBorough(stream(seed, "borough"), residents/2+40)}
	for len(t.humans) < residents {
		t.household()
	}
	t.moves()
	t.numbers()
	t.twistNames()
	t.employ(max(30, residents/70))
	for range max(20, residents/40) {
		t.stranger()
	}
	t.cases = t.castCases()
	return t
}

func (t *town) nextHome() *dwelling {
	if t.free < len(t.place.dwellings) {
		t.free++
		return t.place.dwellings[t.free-1]
	}
	return pick(t.chance, t.place.dwellings)
}

// household adds one household of a common shape.
func (t *town) household() {
	switch weighted(t.chance, []int{30, 25, 24, 11, 5, 4, 1}) {
	case 0:
		t.family(t.nextHome(), t.person(t.group(), 0, t.between(19, 93)))
	case 1:
		t.couple()
	case 2:
		t.parents(2)
	case 3:
		t.parents(1)
	case 4:
		t.generations()
	case 5:
		t.sharers()
	case 6:
		t.family(t.place.nowhere, t.person(t.group(), 'M', t.between(19, 60)))
	}
}

func (t *town) family(home *dwelling, members ...*human) *family {
	f := &family{id: fmt.Sprintf("HH%06d", len(t.families)+1), members: members, tenant: t.one(0.3), claims: t.one(0.25)}
	for _, h := range members {
		h.home, h.household = home, f
	}
	t.families = append(t.families, f)
	t.humans = append(t.humans, members...)
	return f
}

func (t *town) couple() {
	g := t.group()
	age := t.between(22, 90)
	a := t.person(g, 'M', age)
	b := t.person(g, 'F', max(19, age+t.between(-6, 6)))
	if t.one(0.6) {
		t.share(a.surname, b)
	}
	t.family(t.nextHome(), a, b)
}

// share gives a wife or child the family's surname, in the form for the sex.
func (t *town) share(surname string, h *human) {
	h.surname = surname
	if h.group.sexedSurname && strings.HasSuffix(surname, "ski") && h.sex == 'F' {
		h.surname = strings.TrimSuffix(surname, "i") + "a"
	}
}

// parents adds a family with one to four children; some are twins, and some
// sons bear their father's name.
func (t *town) parents(adults int) *family {
	g := t.group()
	age := t.between(26, 52)
	mother := t.person(g, 'F', age)
	members := []*human{mother}
	surname := mother.surname
	var father *human
	if adults == 2 {
		father = t.person(g, 'M', age+t.between(-3, 8))
		surname = father.surname
		if t.one(0.7) {
			t.share(surname, mother)
		}
		members = append(members, father)
	}
	for range t.between(1, 4) {
		child := t.child(g, surname, t.between(0, min(23, age-18)))
		if father != nil && child.sex == 'M' && t.one(0.06) {
			child.given, child.middle = father.given, father.middle
		}
		members = append(members, child)
		if t.one(0.04) {
			members = append(members, t.twin(child))
		}
	}
	return t.family(t.nextHome(), members...)
}

func (t *town) child(g *origin, surname string, age int) *human {
	h := t.person(g, 0, age)
	t.share(surname, h)
	if h.sex == 'M' {
		h.surname = surname
		if strings.HasSuffix(surname, "ska") {
			h.surname = strings.TrimSuffix(surname, "a") + "i"
		}
	}
	return h
}

// twin is born on the same day, mostly with the same initial.
func (t *town) twin(of *human) *human {
	h := t.person(of.group, of.sex, 1)
	for range 40 {
		if h.given != of.given && (h.given[0] == of.given[0]) {
			break
		}
		h.given = t.given(of.group, of.sex)
	}
	if h.given == of.given {
		h.given = "Zaid"
	}
	h.surname, h.born, h.middle = of.surname, of.born, ""
	return h
}

// generations adds grandparents, their son and his family under one roof.
func (t *town) generations() {
	f := t.parents(2)
	g := f.members[0].group
	for _, sex := range []byte{'M', 'F'} {
		elder := t.person(g, sex, t.between(62, 90))
		t.share(f.members[1].surname, elder)
		elder.home, elder.household = f.members[0].home, f
		f.members = append(f.members, elder)
		t.humans = append(t.humans, elder)
	}
}

// sharers fills a shared house with people who are not related.
func (t *town) sharers() {
	if len(t.place.shared) == 0 {
		t.couple()
		return
	}
	rooms := pick(t.chance, t.place.shared)
	for _, room := range rooms[:t.between(2, len(rooms))] {
		t.family(room, t.person(t.group(), 0, t.between(19, 45)))
	}
}

func (t *town) group() *origin {
	shares := make([]int, len(origins))
	for i := range origins {
		shares[i] = origins[i].share
	}
	return &origins[weighted(t.chance, shares)]
}

func (t *town) given(g *origin, sex byte) string {
	if sex == 'F' {
		return skewed(t.chance, g.women, 0.6)
	}
	return skewed(t.chance, g.men, 0.6)
}

func (t *town) surname(g *origin) string {
	if g.heads != nil && t.one(0.45) {
		return pick(t.chance, g.heads) + pick(t.chance, g.tails)
	}
	return skewed(t.chance, g.surnames, 0.75)
}

// person makes somebody of the age on the as-of day. Sex 0 is either.
func (t *town) person(g *origin, sex byte, age int) *human {
	if sex == 0 {
		sex = "MF"[t.IntN(2)]
	}
	h := &human{group: g, sex: sex, given: t.given(g, sex), surname: t.surname(g), role: reeve.RoleResident}
	if h.sex == 'F' && g.sexedSurname {
		t.share(h.surname, h)
	}
	if t.one(0.4) {
		h.middle = t.given(g, sex)
	}
	h.born = t.birthday(age)
	h.title = t.titleOf(h, age)
	h.ethnicity, h.religion = g.ethnicity, pick(t.chance, g.religions)
	return h
}

// birthday gives a day of birth for an age; one in fifteen of the groups where
// papers were lost is put at 1 January, as in real registers.
func (t *town) birthday(age int) reeve.Date {
	d := reeve.Date{Year: asOf.Year - int16(age), Month: int8(t.between(1, 12)), Day: int8(t.between(1, 28))}
	if d.Month >= asOf.Month {
		d.Year--
	}
	if t.one(0.01) {
		d.Month, d.Day = 1, 1
	}
	return d
}

func (t *town) titleOf(h *human, age int) string {
	switch {
	case age < 18 && h.sex == 'M':
		return "Master"
	case age < 18:
		return "Miss"
	case t.one(0.02):
		return "Dr"
	case h.sex == 'M':
		return "Mr"
	}
	return pick(t.chance, []string{"Mrs", "Ms", "Miss", "Mrs"})
}
