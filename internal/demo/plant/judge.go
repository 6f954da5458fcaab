package plant

import (
	"maps"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// evidence is what one item says of one person.
type evidence struct {
	kinds   map[reeve.Kind]bool
	full    bool // a name with given name and surname, right
	damaged bool // such a name with a slip in it
	initial bool // initial and surname
	surname bool // surname alone, or with a title
	old     bool // the address may be a former one
	signals []reeve.Signal
	forms   []string
}

// judge works out what a right list says of everybody.
func (t *Truth) judge(town *town) {
	unread := map[string]bool{}
	for _, i := range t.Items {
		unread[i.Item] = i.Unread
	}
	said := map[string]map[string]*evidence{}
	for i := range t.Facts {
		f := &t.Facts[i]
		if f.Person == "" || unread[f.Item] {
			continue
		}
		items := said[f.Person]
		if items == nil {
			items = map[string]*evidence{}
			said[f.Person] = items
		}
		if items[f.Item] == nil {
			items[f.Item] = &evidence{kinds: map[reeve.Kind]bool{}}
		}
		items[f.Item].add(f)
	}
	everybody := slices.Concat(town.humans, town.staff, town.strangers)
	for _, h := range everybody {
		items := said[h.ref()]
		t.People = append(t.People, expect(h, items))
		for _, item := range slices.Sorted(maps.Keys(items)) {
			t.Links = append(t.Links, Link{h.ref(), item, items[item].tier(h), strings.Join(items[item].forms, " ")})
		}
	}
	t.contact(everybody)
}

func (e *evidence) add(f *Fact) {
	if f.Negated {
		return
	}
	if f.Kind != "" {
		e.kinds[f.Kind] = true
	}
	if !slices.Contains(e.forms, f.Form) && f.Form != "circumstance" {
		e.forms = append(e.forms, f.Form)
	}
	counted := f.Capacity == "subject" || f.Capacity == "relative"
	if f.Signal != "" && counted && !slices.Contains(e.signals, f.Signal) {
		e.signals = append(e.signals, f.Signal)
	}
	e.old = e.old || f.old && (f.Kind == reeve.KindAddress || f.Kind == reeve.KindPostcode)
	if f.Kind != reeve.KindName {
		return
	}
	switch f.Form {
	case "typo", "ocr":
		e.damaged = true
	case "initialled", "initials", "titled_initial":
		e.initial = true
	case "titled", "surname":
		e.surname = true
	case "given":
	default:
		e.full = true
	}
}

// held are the kinds that a register holds as one person's own.
var held = []reeve.Kind{reeve.KindNINO, reeve.KindNHSNumber, reeve.KindUPN, reeve.KindEmail, reeve.KindPhone, reeve.KindCouncilTaxRef,
	reeve.KindElectoralNumber, reeve.KindCaseRef}

// tier is the least that the evidence of one item should reach.
func (e *evidence) tier(h *human) reeve.Tier {
	born := e.kinds[reeve.KindDateOfBirth]
	lives := (e.kinds[reeve.KindAddress] || e.kinds[reeve.KindPostcode]) && (!e.old || h.formerHomesKnown())
	named := e.full || e.damaged || e.initial || e.surname
	if len(h.records) == 0 {
		return e.offRegisterTier(born || lives)
	}
	for _, k := range held {
		if e.kinds[k] {
			return reeve.TierStrong
		}
	}
	switch {
	case e.full && born:
		return reeve.TierStrong
	case e.full && lives && !h.shares(sameName):
		return reeve.TierStrong
	case e.damaged && (born || lives && !h.shares(sameInitial)):
		return reeve.TierLikely
	case e.initial && lives && !h.shares(sameInitial), e.surname && lives && !h.shares(sameSurname):
		return reeve.TierLikely
	case named && len(e.kinds) > 1:
		return reeve.TierPossible
	}
	return reeve.TierNone
}

// formerHomesKnown reports whether a register has the person's earlier homes.
func (h *human) formerHomesKnown() bool {
	return slices.ContainsFunc(h.records, func(k Key) bool { return k.System == "CRM" || k.System == systemOf("mosaic") })
}

// offRegisterTier: a strong link of someone on no register needs a unique id
// with a name.
func (e *evidence) offRegisterTier(anchored bool) reeve.Tier {
	for k := range e.kinds {
		if k.UniqueID() && e.full {
			return reeve.TierStrong
		}
	}
	switch {
	case e.full && (anchored || e.kinds[reeve.KindEmail] || e.kinds[reeve.KindPhone]):
		return reeve.TierLikely
	case len(e.kinds) > 1:
		return reeve.TierPossible
	}
	return reeve.TierNone
}

// shares reports whether somebody else of the household answers to the name.
func (h *human) shares(same func(a, b *human) bool) bool {
	for _, m := range h.household.members {
		if m != h && same(m, h) {
			return true
		}
	}
	return false
}

func sameSurname(a, b *human) bool { return letters(a.surname) == letters(b.surname) }
func sameInitial(a, b *human) bool {
	return sameSurname(a, b) && firstLetter(a.given) == firstLetter(b.given)
}
func sameName(a, b *human) bool { return sameSurname(a, b) && letters(a.given) == letters(b.given) }

var tierRank = map[reeve.Tier]int{reeve.TierNone: 0, reeve.TierPossible: 1, reeve.TierLikely: 2, reeve.TierStrong: 3}

// expect sums up the evidence of all items for one person.
func expect(h *human, items map[string]*evidence) PersonTruth {
	e := PersonTruth{Person: h.ref(), Records: h.records, Name: h.given + " " + h.surname, Origin: h.group.name, Born: h.born.String(),
		Household: h.household.id, Role: h.role, Sealed: h.sealed, Deceased: !h.died.IsZero(), Group: 2}
	for _, ev := range items {
		if r := ev.tier(h); tierRank[r] > tierRank[e.Tier] {
			e.Tier = r
		}
	}
	least := min(tierRank[e.Tier], tierRank[reeve.TierLikely])
	signals := slices.Clone(h.signals)
	for _, ev := range items {
		if r := tierRank[ev.tier(h)]; r < least || r == 0 {
			continue
		}
		e.Items++
		for k := range ev.kinds {
			e.Kinds = append(e.Kinds, k)
		}
		signals = append(signals, ev.signals...)
	}
	signals = append(signals, h.standing()...)
	slices.Sort(e.Kinds)
	e.Kinds = slices.Compact(e.Kinds)
	slices.Sort(signals)
	e.Signals = slices.Compact(signals)
	for _, s := range e.Signals {
		switch {
		case s.Safety():
			e.Group = 0
		case s != reeve.SignalOffender:
			e.Group = min(e.Group, 1)
		}
	}
	return e
}

// standing are the signals that follow from a date of birth and from being on
// the social care register at all.
func (h *human) standing() []reeve.Signal {
	age, ok := h.born.AgeOn(asOf)
	minor := ok && age < 18
	var list []reeve.Signal
	if minor {
		list = append(list, reeve.SignalMinor)
	}
	switch {
	case !inSocialCare(h):
	case minor:
		list = append(list, reeve.SignalChildInNeed)
	default:
		list = append(list, reeve.SignalAdultCare)
	}
	return list
}

// contact works out safe_contact: a named worker, else hold for everybody who
// has a safety signal or lives or lived where somebody with one does or did.
func (t *Truth) contact(everybody []*human) {
	danger := map[*dwelling]bool{}
	for i, h := range everybody {
		if t.People[i].Group == 0 {
			for _, d := range h.dwellings() {
				danger[d] = true
			}
		}
	}
	for i, h := range everybody {
		p := &t.People[i]
		p.SafeContact = string(reeve.ContactNotAssessed)
		near := slices.ContainsFunc(h.dwellings(), func(d *dwelling) bool { return danger[d] })
		switch {
		case h.worker != "":
			p.SafeContact = string(reeve.ContactWorker)
		case p.Group == 0 || near || h.safeContact == "none":
			p.SafeContact = string(reeve.ContactHold)
		}
	}
}

// dwellings are all the person's homes that are places.
func (h *human) dwellings() []*dwelling {
	var list []*dwelling
	if !h.home.none {
		list = append(list, h.home)
	}
	for _, s := range h.past {
		list = append(list, s.home)
	}
	return list
}
