package linkage

import (
	"slices"

	"github.com/reeve-council/reeve"
)

// rebuilt is a resolver of a neighbourhood in the state that the machine left
// it in. What it numbers is in the order of the whole, so that nothing that
// depends on order comes out otherwise.
type rebuilt struct {
	*resolver
	unitAt []uint32       // the number as kept of each unit
	doorAt map[uint32]int // the number here of each kept door
}

// build makes the resolver of the neighbourhood's units and of some mentions.
func (h *Hood) build(mentions []uint32, decisions []reeve.Decision) (*rebuilt, error) {
	in := NewIntake()
	units := sortedNumbers(h.units)
	if err := h.takeRecords(in, units); err != nil {
		return nil, err
	}
	if err := h.takeMentions(in, mentions); err != nil {
		return nil, err
	}
	in.settle()
	b := &rebuilt{resolver: &resolver{Intake: in, rulings: rule(decisions), params: h.params.clone()}, unitAt: units, doorAt: map[uint32]int{}}
	b.task.Params = h.params
	b.units.asOf = h.facts.asOf
	b.resolver.units, b.unitOf = in.unite()
	b.resolver.units.asOf = h.facts.asOf
	if b.resolver.units.profiles.len() != len(units) || len(in.menMeta) != len(mentions) {
		return nil, errKept
	}
	for i, n := range units {
		b.resolver.units.editions[i] = h.units[n].editions
	}
	if err := h.rarities(b); err != nil {
		return nil, err
	}
	return b, h.restore(b, mentions)
}

// takeRecords takes in the rows of the units, numbered afresh in their order.
func (h *Hood) takeRecords(in *Intake, units []uint32) error {
	var ids []reeve.RecordID
	for _, n := range units {
		for _, row := range h.units[n].rows {
			ids = append(ids, row.id)
		}
	}
	slices.Sort(ids)
	h.records = make([]reeve.Record, len(ids))
	for i, id := range ids {
		rec, err := h.from.Record(id)
		if err != nil {
			return err
		}
		h.records[i] = *rec
		in.Record(reeve.RecordID(i), rec)
	}
	return nil
}

func (h *Hood) takeMentions(in *Intake, mentions []uint32) error {
	marks := make([]string, len(mentions))
	for i, n := range mentions {
		marks[i] = h.mentions[n].mark
	}
	found, err := h.from.Mentions(marks)
	if err != nil {
		return err
	}
	for _, mark := range marks {
		m := found[mark]
		if m == nil {
			return errKept
		}
		in.Mention(m)
	}
	return nil
}

// rarities looks up how rare the names here are.
func (h *Hood) rarities(b *rebuilt) error {
	n := len(b.words.text)
	b.rarity = &rarity{never: h.facts.never, givenBits: make([]int8, n), surnameBits: make([]int8, n)}
	for w := range n {
		b.rarity.givenBits[w], b.rarity.surnameBits[w] = h.facts.never[0], h.facts.never[1]
	}
	known := make([]bool, n)
	known[0] = true
	for _, p := range []*profiles{b.Intake.records, b.Intake.mentions} {
		for _, name := range p.names {
			for _, w := range [2]uint32{name.given, name.surname} {
				if known[w] {
					continue
				}
				known[w] = true
				bits, err := h.rare(b.words.text[w], h.facts.never)
				if err != nil {
					return err
				}
				b.rarity.givenBits[w], b.rarity.surnameBits[w] = bits[0], bits[1]
			}
		}
	}
	return nil
}

// restore sets persons, doors, verdicts and strangers as the machine left them.
func (h *Hood) restore(b *rebuilt, mentions []uint32) error {
	if err := h.restoreDoors(b, mentions); err != nil {
		return err
	}
	at := make(map[uint32]uint32, len(b.unitAt)) // units here by their kept numbers
	for i, n := range b.unitAt {
		at[n] = uint32(i)
	}
	var members [][]uint32
	for _, n := range sortedNumbers(h.persons) {
		list := make([]uint32, len(h.persons[n].units))
		for i, u := range h.persons[n].units {
			list[i] = at[u]
		}
		members = append(members, list)
	}
	slices.SortFunc(members, func(a, c []uint32) int { return int(a[0]) - int(c[0]) })
	b.populate(members)
	b.moveIn()
	b.linked = make([]verdict, len(mentions))
	for i, n := range mentions {
		v := h.mentions[n].verdict
		for k := range v.contest.n {
			v.contest.best[k].person = b.personOf[at[h.persons[v.contest.best[k].person].units[0]]]
		}
		switch v.state {
		case stateLinked:
			p := h.persons[v.at]
			if p == nil {
				return errKept
			}
			v.at = b.personOf[at[p.units[0]]]
		case statePlaced:
			v.at = uint32(b.doorAt[v.at])
		}
		b.linked[i] = v
	}
	return h.restoreStrangers(b, mentions)
}

func (h *Hood) restoreStrangers(b *rebuilt, mentions []uint32) error {
	for _, n := range mentions {
		var group []uint32
		for _, other := range h.mentions[n].fellows {
			i, ok := slices.BinarySearch(mentions, other)
			if !ok {
				return errKept
			}
			group = append(group, uint32(i))
		}
		if group != nil {
			b.strange = append(b.strange, group)
		}
	}
	return nil
}

// restoreDoors takes in the doors of the rows and mentions here, in the order
// in which they were kept.
func (h *Hood) restoreDoors(b *rebuilt, mentions []uint32) error {
	wanted := map[uint32]bool{}
	want := func(at int32) {
		if at >= 0 {
			wanted[uint32(at)] = true
		}
	}
	for _, n := range b.unitAt {
		for _, row := range h.units[n].rows {
			want(row.door)
		}
	}
	for _, n := range mentions {
		m := h.mentions[n]
		for _, at := range m.doors {
			want(at)
		}
		if m.verdict.state == statePlaced {
			want(int32(m.verdict.at))
		}
	}
	b.estate = newEstate(b.words)
	for _, n := range sortedNumbers(wanted) {
		d, err := h.door(n)
		if err != nil {
			return err
		}
		b.doorAt[n] = b.estate.reopened(d)
	}
	here := func(at int32) int32 {
		if at < 0 {
			return at
		}
		return int32(b.doorAt[uint32(at)])
	}
	for _, n := range b.unitAt {
		for _, row := range h.units[n].rows {
			b.rowDoor = append(b.rowDoor, here(row.door))
		}
	}
	for _, n := range mentions {
		for _, at := range h.mentions[n].doors {
			b.saidDoor = append(b.saidDoor, here(at))
		}
	}
	if len(b.rowDoor) != len(b.recMeta) || len(b.saidDoor) != len(b.Intake.mentions.homes) {
		return errKept
	}
	return nil
}
