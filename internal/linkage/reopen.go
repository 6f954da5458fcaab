package linkage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Hood is the neighbourhood of a change of decisions: the register persons and
// mentions that it may move, with whatever competes with them, as far as other
// decisions tie them together.
type Hood struct {
	*shelves
	facts    keptAbout
	params   *Params
	before   []reeve.Decision
	after    []reeve.Decision
	named    map[string][]int // decisions that name a key
	all      []reeve.Decision // before and after
	followed map[int]bool
	units    map[uint32]*keptUnit
	persons  map[uint32]*keptPerson
	mentions map[uint32]*keptMention
	moved    map[uint32]bool // persons that the change joins or parts
	todo     []func() error
	records  []reeve.Record // of the units, by their numbers here
}

// Reopen finds the neighbourhood of the decisions that differ between before
// and after. from holds what the last resolve kept, params what it was made
// with.
func Reopen(ctx context.Context, from Source, params *Params, before, after []reeve.Decision) (*Hood, error) {
	if !params.usable() {
		return nil, errKept
	}
	h := &Hood{shelves: newShelves(from), params: params, before: before, after: after, named: map[string][]int{}, followed: map[int]bool{},
		units: map[uint32]*keptUnit{}, persons: map[uint32]*keptPerson{}, mentions: map[uint32]*keptMention{}, moved: map[uint32]bool{}}
	var err error
	if h.facts, err = h.about(); err != nil {
		return nil, err
	}
	h.index()
	for _, d := range changed(before, after) {
		h.visitKeys(d)
	}
	for again := true; again; {
		if err := h.work(ctx); err != nil {
			return nil, err
		}
		if again, err = h.spread(ctx); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// changed lists the decisions that stand in one of two lists alone.
func changed(before, after []reeve.Decision) []reeve.Decision {
	var out []reeve.Decision
	for _, lists := range [2][2][]reeve.Decision{{before, after}, {after, before}} {
		for _, d := range lists[0] {
			if !slices.ContainsFunc(lists[1], func(o reeve.Decision) bool { return o.ID == d.ID }) {
				out = append(out, d)
			}
		}
	}
	return out
}

func (h *Hood) index() {
	h.all = slices.Concat(h.after, changed(h.after, h.before))
	for i := range h.all {
		d := &h.all[i]
		d.KeysA, d.KeysB = keysOrTyped(d.KeysA, d.A), keysOrTyped(d.KeysB, d.B)
		for _, k := range slices.Concat(d.KeysA, d.KeysB) {
			h.named[k] = append(h.named[k], i)
		}
	}
}

// work does what there is to do.
func (h *Hood) work(ctx context.Context) error {
	for len(h.todo) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		next := h.todo[len(h.todo)-1]
		h.todo = h.todo[:len(h.todo)-1]
		if err := next(); err != nil {
			return err
		}
	}
	return nil
}

func (h *Hood) later(do func() error) { h.todo = append(h.todo, do) }

// visitKeys brings in all that a decision names.
func (h *Hood) visitKeys(d reeve.Decision) {
	for _, k := range slices.Concat(keysOrTyped(d.KeysA, d.A), keysOrTyped(d.KeysB, d.B)) {
		h.follow(k, false)
		h.later(func() error { return h.bringIn(k) })
	}
}

// follow brings in the decisions that name a key; of a person who is here only
// as somebody's candidate, those that can join or part register persons: that
// they are the same as anything, or what they are of each other.
func (h *Hood) follow(key string, candidate bool) {
	for _, i := range h.named[key] {
		d := &h.all[i]
		if h.followed[i] || candidate && d.What != decidedSame && !(onRegister(d.KeysA) && onRegister(d.KeysB)) {
			continue
		}
		h.followed[i] = true
		h.later(func() error { h.visitKeys(*d); return nil })
	}
}

func onRegister(keys []string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, "r:") })
}

// bringIn finds what a key stands for, if it stands for anything now.
func (h *Hood) bringIn(key string) error {
	if text, ok := strings.CutPrefix(key, "r:"); ok {
		n, ok, err := h.find(shelfUnit, text, h.facts.units)
		if !ok || err != nil {
			return err
		}
		u, err := h.unit(n)
		if err != nil {
			return err
		}
		return h.bringPerson(u.person)
	}
	n, ok, err := h.find(shelfMention, strings.TrimPrefix(key, "m:"), h.facts.mentions)
	if !ok || err != nil {
		return err
	}
	return h.bringMention(n)
}

func (h *Hood) bringPerson(n uint32) error {
	if h.persons[n] != nil {
		return nil
	}
	p, err := h.person(n)
	if err != nil {
		return err
	}
	h.persons[n] = p
	for _, at := range p.units {
		u, err := h.unit(at)
		if err != nil {
			return err
		}
		h.units[at] = u
		h.follow("r:"+u.key, true)
	}
	return nil
}

func (h *Hood) bringMention(n uint32) error {
	if h.mentions[n] != nil {
		return nil
	}
	m, err := h.mention(n)
	if err != nil {
		return err
	}
	h.mentions[n] = m
	h.follow(MentionKey(m.mark), false)
	v := &m.verdict
	for _, c := range v.contest.best[:v.contest.n] {
		h.later(func() error { return h.bringPerson(c.person) })
	}
	if m.head != 0 && m.head != n+1 {
		h.later(func() error { return h.bringMention(m.head - 1) })
	}
	for _, other := range m.fellows {
		h.later(func() error { return h.bringMention(other) })
	}
	return nil
}

// spread finds the persons that the change joins or parts, and has every
// mention brought in that they compete for. It reports whether any were new.
func (h *Hood) spread(ctx context.Context) (bool, error) {
	was, err := h.partition(ctx, h.before)
	if err != nil {
		return false, err
	}
	now, err := h.partition(ctx, h.after)
	if err != nil {
		return false, err
	}
	fresh := false
	for n, p := range h.persons {
		if h.moved[n] || !slices.ContainsFunc(p.units, func(u uint32) bool { return !slices.Equal(was[u], now[u]) }) {
			continue
		}
		h.moved[n], fresh = true, true
		for _, u := range p.units {
			h.follow("r:"+h.units[u].key, false)
		}
		for _, m := range p.sought {
			h.later(func() error { return h.bringMention(m) })
		}
	}
	return fresh, nil
}

// partition gives for each unit the units of its person under some decisions.
func (h *Hood) partition(ctx context.Context, decisions []reeve.Decision) (map[uint32][]uint32, error) {
	out := make(map[uint32][]uint32, len(h.units))
	b, err := h.build(nil, decisions)
	if err != nil {
		return nil, err
	}
	if _, err := b.rulePersons(ctx); err != nil {
		return nil, err
	}
	for _, members := range b.members {
		list := make([]uint32, len(members))
		for i, u := range members {
			list[i] = b.unitAt[u]
		}
		for _, u := range list {
			out[u] = list
		}
	}
	return out, nil
}

// Marks are the mentions that are resolved again.
func (h *Hood) Marks() []string {
	out := make([]string, 0, len(h.mentions))
	for _, n := range sortedNumbers(h.mentions) {
		out = append(out, h.mentions[n].mark)
	}
	return out
}

// Keys are the keys of everyone in the neighbourhood, by which ids given
// before are found.
func (h *Hood) Keys() []string {
	var out []string
	for _, n := range sortedNumbers(h.units) {
		out = append(out, "r:"+h.units[n].key)
	}
	for _, mark := range h.Marks() {
		out = append(out, MentionKey(mark))
	}
	return out
}

// MovedKeys are the keys of the register persons that the change joined or
// parted.
func (h *Hood) MovedKeys() []string {
	var out []string
	for _, n := range sortedNumbers(h.moved) {
		for _, u := range h.persons[n].units {
			out = append(out, "r:"+h.units[u].key)
		}
	}
	return out
}

// Records are the register records of the neighbourhood; the persons of Solve
// name them by their place here.
func (h *Hood) Records() []reeve.Record { return h.records }

// RecordsOf are the records of some keys, in the order of their numbers.
func (h *Hood) RecordsOf(keys []string) ([]reeve.Record, error) {
	var ids []reeve.RecordID
	for _, key := range keys {
		n, ok, err := h.find(shelfUnit, strings.TrimPrefix(key, "r:"), h.facts.units)
		if !ok || err != nil {
			return nil, orKept(err)
		}
		u, err := h.unit(n)
		if err != nil {
			return nil, err
		}
		for _, row := range u.rows {
			ids = append(ids, row.id)
		}
	}
	slices.Sort(ids)
	out := make([]reeve.Record, len(ids))
	for i, id := range ids {
		rec, err := h.from.Record(id)
		if err != nil {
			return nil, err
		}
		out[i] = *rec
	}
	return out, nil
}

// Solve resolves the neighbourhood. known are the ids given before to its keys,
// taken reports ids given to anybody. Links that mentions outside the
// neighbourhood have to its people are not among theirs here.
func (h *Hood) Solve(ctx context.Context, known []IDAssignment, taken func(id string) bool) (*Result, error) {
	b, err := h.build(sortedNumbers(h.mentions), h.after)
	if err != nil {
		return nil, err
	}
	b.task.Known, b.taken = known, taken
	if err := b.overlay(ctx); err != nil {
		return nil, err
	}
	return b.result(), nil
}

// Homes are the households of a person of Solve, the current one first, given
// the marks of all mentions that are theirs now.
func (h *Hood) Homes(p *reeve.Person, marks []string) ([]reeve.Household, error) {
	w := newWords()
	var stays []stay
	byRecord := h.doorsByRecord()
	for _, id := range p.Records {
		rec := &h.records[id]
		if at := byRecord[id]; at >= 0 {
			stays = append(stays, stay{door: uint32(at), from: int32(rec.AddressFrom.Number()), to: int32(rec.AddressTo.Number()), kind: w.intern(strings.ToLower(rec.AddressType))})
		}
	}
	for _, mark := range marks {
		n, ok, err := h.find(shelfMention, mark, h.facts.mentions)
		if !ok || err != nil {
			return nil, fmt.Errorf("find mention: %w", orKept(err))
		}
		m, err := h.mention(n)
		if err != nil {
			return nil, err
		}
		for _, at := range m.doors {
			if at >= 0 {
				stays = append(stays, stay{door: uint32(at), from: m.said, to: m.said, said: true})
			}
		}
	}
	var out []reeve.Household
	for _, s := range dropSaid(sortStays(stays, w.text)) {
		home, err := h.household(s.door)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(o reeve.Household) bool { return o.ID == home.ID }) {
			out = append(out, home)
		}
	}
	return out, nil
}

func orKept(err error) error {
	if err == nil {
		return errKept
	}
	return err
}

// doorsByRecord gives the door of each record here.
func (h *Hood) doorsByRecord() []int32 {
	var rows []keptRow
	for _, n := range sortedNumbers(h.units) {
		rows = append(rows, h.units[n].rows...)
	}
	slices.SortFunc(rows, func(a, b keptRow) int { return int(a.id) - int(b.id) })
	out := make([]int32, len(rows))
	for i := range rows {
		out[i] = rows[i].door
	}
	return out
}

func (h *Hood) household(door uint32) (reeve.Household, error) {
	d, err := h.door(door)
	if err != nil {
		return reeve.Household{}, err
	}
	e := newEstate(newWords())
	at := e.reopened(d)
	return reeve.Household{ID: shortID("H", e.keyText(&e.doors[at])), Address: e.address(&e.doors[at]), Lines: d.lines}, nil
}

// reopened takes a kept door in as it was.
func (e *estate) reopened(d keptDoor) int {
	put := e.words.put
	e.doors = append(e.doors, door{home: home{put(d.uprn), put(d.unit), put(d.number), put(d.street), put(d.postcode)}, lines: put(d.lines), source: put(d.source)})
	return len(e.doors) - 1
}

func sortedNumbers[V any](m map[uint32]V) []uint32 {
	out := make([]uint32, 0, len(m))
	for n := range m {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}
