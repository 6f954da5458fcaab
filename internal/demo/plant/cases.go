package plant

import (
	"github.com/reeve-council/reeve"
)

// matter is one case that several documents may be about: the person it is
// about, those who play a part, and the worker who has it.
type matter struct {
	who, partner, child, other *human
	worker                     *human
}

// cases are the pools from which documents draw their people.
type cases map[string][]*matter

// adultStories are the cases of people who live alone: at least so many, and
// this share of all households.
var adultStories = []struct {
	pool   string
	least  int
	rate   float64
	signal reeve.Signal
}{
	{"trafficking", 3, 0.002, reeve.SignalTrafficking}, {"asylum", 5, 0.005, reeve.SignalAsylum}, {"homeless", 10, 0.015, reeve.SignalHomelessness},
	{"adult_safeguarding", 6, 0.006, reeve.SignalAdultSafeguarding}, {"adult_care", 15, 0.02, reeve.SignalAdultCare},
	{"mental_health", 8, 0.01, reeve.SignalMentalHealth}, {"offender", 6, 0.006, reeve.SignalOffender},
}

// castCases gives the hard stories to some of the residents. Half of those
// with a safety signal have it in a register too; the others are known from
// documents alone.
func (t *town) castCases() cases {
	c := cases{}
	families := t.familiesWith(2, 1)
	singles := t.familiesWith(1, 0)
	take := func(from *[]*family, least int, rate float64) []*family {
		n := min(max(least, int(rate*float64(len(t.families)))), len(*from))
		got := (*from)[:n]
		*from = (*from)[n:]
		return got
	}
	for i, f := range take(&families, 12, 0.02) {
		c["abuse"] = append(c["abuse"], t.abuse(f, i))
	}
	c["refuge"] = t.refuge
	for i, f := range take(&families, 10, 0.012) {
		c["protection"] = append(c["protection"], t.childCase(f, i, reeve.SignalChildProtection))
	}
	for i, f := range take(&families, 8, 0.01) {
		c["need"] = append(c["need"], t.childCase(f, i, reeve.SignalChildInNeed))
	}
	for i, f := range take(&families, 6, 0.008) {
		c["looked"] = append(c["looked"], t.childCase(f, i, reeve.SignalLookedAfter))
	}
	for i, f := range take(&families, 4, 0.003) {
		c["adoption"] = append(c["adoption"], t.adoption(f, i))
	}
	for _, s := range adultStories {
		for i, f := range take(&singles, s.least, s.rate) {
			m := t.matter(f.members[0])
			t.register(m.who, i, s.signal)
			c[s.pool] = append(c[s.pool], m)
		}
	}
	for i, f := range take(&singles, 3, 0.001) {
		c["protected"] = append(c["protected"], t.protect(f.members[0], i))
	}
	t.everyday(c)
	return c
}

// matter opens a case with a worker and somebody from outside.
func (t *town) matter(h *human) *matter {
	return &matter{who: h, worker: t.workerFor(h), other: pick(t.chance, t.strangers)}
}

// workerFor spreads cases over few workers, so that one is named in hundreds of
// files.
func (t *town) workerFor(h *human) *human {
	if h.n%3 == 0 {
		return t.staff[0]
	}
	return t.staff[h.n%min(12, len(t.staff))]
}

// register puts a signal into the registers for every second case.
func (t *town) register(h *human, i int, s reeve.Signal) {
	if i%2 == 0 {
		h.flag(s)
		if i%4 == 0 && s != reeve.SignalOffender {
			h.worker = t.workerFor(h).given + " " + t.workerFor(h).surname
		}
	}
}

// abuse is a victim, the one who is said to have done it, at the same address
// or left behind, and a child. Every third victim has fled to the refuge.
func (t *town) abuse(f *family, i int) *matter {
	m := t.matter(f.members[0])
	m.partner, m.child = f.members[1], f.members[2]
	t.register(m.who, i, reeve.SignalDomesticAbuse)
	if i%3 == 2 {
		from := reeve.Date{Year: 2012, Month: 3, Day: 1}
		for _, h := range []*human{m.who, m.child} {
			old := h.home
			if from.Before(h.born) {
				from = reeve.Date{Year: h.born.Year + 1, Month: 3, Day: 1}
			}
			h.past = append(h.past, stay{old, h.born, from})
			h.home = t.place.refuge
			h.flag(reeve.SignalSafeAddress)
			h.safeContact, h.sealed = "none", true
		}
		t.refuge = append(t.refuge, m)
	}
	return m
}

// childCase is about the youngest but one of a family.
func (t *town) childCase(f *family, i int, s reeve.Signal) *matter {
	m := t.matter(f.members[2])
	m.partner, m.child = f.members[0], f.members[2]
	if len(f.members) > 3 {
		m.child = f.members[3]
	}
	t.register(m.who, i, s)
	return m
}

// adoption keeps the new parents' address from the first family.
func (t *town) adoption(f *family, i int) *matter {
	m := t.childCase(f, i, reeve.SignalLookedAfter)
	m.partner, m.other = f.members[0], f.members[1]
	return m
}

// protect gives a person a second record: who they were before.
func (t *town) protect(h *human, i int) *matter {
	old := *h
	old.given, old.surname = t.given(h.group, h.sex), t.surname(h.group)
	old.middle, old.knownAs, old.formerSurname = "", "", ""
	old.home = pick(t.chance, t.place.dwellings)
	old.household = &family{members: []*human{&old}}
	old.past, old.signals = nil, nil
	old.ctax, old.claim, old.benefit, old.rent = "", "", "", ""
	t.number(len(t.humans)+len(t.staff)+len(t.strangers)+5000+i, &old)
	old.born = h.born
	t.humans = append(t.humans, &old)
	h.past = nil
	h.flag(reeve.SignalProtectedPerson)
	h.restricted, h.sealed = true, true
	m := t.matter(h)
	m.partner = &old
	return m
}

// everyday fills the pools that many documents draw on.
func (t *town) everyday(c cases) {
	for _, h := range t.humans {
		age, _ := h.born.AgeOn(asOf)
		add := func(pool string) { c[pool] = append(c[pool], t.matter(h)) }
		switch {
		case h.sealed:
			continue
		case age >= 24:
			add("adult")
			if h.claim != "" {
				add("claimant")
			}
			if h.rent != "" {
				add("tenant")
			}
			if h.ctax != "" {
				add("liable")
			}
			if age > 60 && h.n%5 == 0 {
				add("badge")
			}
			if t.one(0.004) {
				h.anonymous, h.sealed = true, true
			}
		case age >= 5 && h.upn != "":
			m := t.matter(h)
			m.partner = h.household.members[0]
			c["pupil"] = append(c["pupil"], m)
			if h.n%7 == 0 {
				c["sen"] = append(c["sen"], m)
			}
		}
	}
	for _, h := range t.staff {
		c[string(h.role)] = append(c[string(h.role)], t.matter(h))
	}
	for _, h := range t.strangers {
		c["stranger"] = append(c["stranger"], t.matter(h))
	}
}

// familiesWith lists households with so many adults of 24 or more first and at
// least so many children after them, in a fixed shuffled order.
func (t *town) familiesWith(adults, children int) []*family {
	var list []*family
	for _, f := range t.families {
		if f.members[0].home.none && children > 0 || len(f.members) < adults+children {
			continue
		}
		if children == 0 && (len(f.members) != 1 || !f.members[0].adult(reeve.Date{Year: 2012, Month: 1, Day: 1})) {
			continue
		}
		if children > 0 && (!f.members[0].adult(asOf) || !f.members[1].adult(reeve.Date{Year: 2014, Month: 1, Day: 1}) || f.members[2].born.Year < 1996) {
			continue
		}
		list = append(list, f)
	}
	t.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
