package linkage

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// result writes down what was decided, with ids.
func (r *resolver) result() *Result {
	out := &Result{Params: r.params, Contradictions: r.rulings.Contradictions}
	out.Skipped = r.skipped.report()
	links := r.registerLinks()
	people := r.owners(links)
	ids, redirects := nameOwners("P", people, r.task.Known, naming{r.task.Params.usable(), r.taken})
	r.settleStays(links)
	houses := r.nameDoors()
	out.Redirects = redirects
	sortRedirects(out.Redirects)
	r.fillPeople(out, links, ids, houses)
	r.fillPlaced(out, ids, houses)
	r.fillHouseholds(out, ids, houses)
	out.Assignments = assignments(out, people, ids)
	return out
}

func sortRedirects(list []Redirect) {
	slices.SortFunc(list, func(a, b Redirect) int { return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To)) })
}

func (s *skips) report() []Skip {
	var out []Skip
	for k, n := range s {
		if n > 0 {
			out = append(out, Skip{keyNames[k], n})
		}
	}
	return out
}

// registerLinks lists the mentions of each register person, ascending.
func (r *resolver) registerLinks() [][]uint32 {
	links := make([][]uint32, len(r.members))
	for i := range r.menMeta {
		if v := &r.linked[i]; v.state == stateLinked {
			links[v.at] = append(links[v.at], uint32(i))
		}
	}
	return links
}

// recordLoad is the weight of a register key in keeping an id, against 1 for a
// mention.
const recordLoad = 1000

// owners are all persons: those of the registers, then the strangers.
func (r *resolver) owners(links [][]uint32) []owner {
	list := make([]owner, 0, len(r.members)+len(r.strange))
	for p, units := range r.members {
		var o owner
		for _, u := range units {
			o.add("r:"+r.recMeta[r.units.first[u]].key, recordLoad)
		}
		o.seed = r.recMeta[r.units.first[units[0]]].key
		for _, m := range links[p] {
			o.add(MentionKey(r.menMeta[m].id), 1)
		}
		list = append(list, o)
	}
	for _, group := range r.strange {
		list = append(list, r.strangerOwner(group))
	}
	return list
}

func (o *owner) add(key string, load int) {
	o.keys, o.loads = append(o.keys, key), append(o.loads, load)
}

func (r *resolver) strangerOwner(group []uint32) owner {
	var o owner
	first := slices.MinFunc(group, func(a, b uint32) int {
		x, y := &r.menMeta[a], &r.menMeta[b]
		if c := strings.Compare(r.words.text[x.digest], r.words.text[y.digest]); c != 0 {
			return c
		}
		if x.place.place().Before(y.place.place()) {
			return -1
		}
		return cmp.Or(cmp.Compare(x.ordinal, y.ordinal), 1)
	})
	m := &r.menMeta[first]
	o.seed = r.words.text[m.digest][1:] + "\x00" + placeKey(m.place.place())
	for _, i := range group {
		o.add(MentionKey(r.menMeta[i].id), 1)
	}
	return o
}

// settleStays says who is or was at home where, by the registers and by the
// exhibits.
func (r *resolver) settleStays(links [][]uint32) {
	for row, at := range r.rowDoor {
		if m := &r.recMeta[row]; at >= 0 && r.unitOf[row] != noUnit {
			r.stays = append(r.stays, stay{door: uint32(at), person: r.personOf[r.unitOf[row]], from: m.from, to: m.to, kind: m.addrType})
		}
	}
	add := func(person int, mentions []uint32) {
		for _, m := range mentions {
			said := r.menMeta[m].said
			for _, at := range r.saidDoor[r.mentions.homeAt[m]:r.mentions.homeAt[m+1]] {
				if at >= 0 {
					r.stays = append(r.stays, stay{door: uint32(at), person: uint32(person), from: said, to: said, said: true})
				}
			}
		}
	}
	for p, mentions := range links {
		add(p, mentions)
	}
	for g, mentions := range r.strange {
		add(len(r.members)+g, mentions)
	}
	r.stays = dropSaid(sortStays(r.stays, r.words.text))
}

// dropSaid leaves out what an exhibit says of a home that a register knows.
func dropSaid(list []stay) []stay {
	type home struct{ person, door uint32 }
	known := map[home]bool{}
	for _, s := range list {
		if !s.said {
			known[home{s.person, s.door}] = true
		}
	}
	return slices.DeleteFunc(list, func(s stay) bool { return s.said && known[home{s.person, s.door}] })
}

// nameDoors gives the households their ids, which their addresses alone decide.
func (r *resolver) nameDoors() []string {
	ids := make([]string, len(r.estate.doors))
	for i := range ids {
		ids[i] = shortID("H", r.estate.keyText(&r.estate.doors[i]))
	}
	return ids
}

func (r *resolver) fillPeople(out *Result, links [][]uint32, ids, houses []string) {
	out.People = make([]reeve.Person, len(ids))
	c, kept := r.comparer(), &slab{}
	for p := range r.members {
		person := &out.People[p]
		person.ID = ids[p]
		person.Links = make([]reeve.Link, 0, len(links[p]))
		for _, m := range links[p] {
			person.Links = append(person.Links, r.registerLink(c, kept, int(m), p, ids))
		}
	}
	for row, u := range r.unitOf {
		if u != noUnit {
			person := &out.People[r.personOf[u]]
			person.Records = append(person.Records, r.recMeta[row].id)
		}
	}
	for p := range r.members {
		slices.Sort(out.People[p].Records)
	}
	for g, group := range r.strange {
		at := len(r.members) + g
		out.People[at] = reeve.Person{ID: ids[at], Links: r.strangerLinks(c, group, ids[at])}
	}
	for _, s := range r.stays {
		if id := houses[s.door]; !slices.Contains(out.People[s.person].Households, id) {
			out.People[s.person].Households = append(out.People[s.person].Households, id)
		}
	}
	slices.SortFunc(out.People, func(a, b reeve.Person) int { return strings.Compare(a.ID, b.ID) })
}

// registerLink is the link of mention m to register person p.
func (r *resolver) registerLink(c *comparer, kept *slab, m, p int, ids []string) reeve.Link {
	v := &r.linked[m]
	var vec vector
	weight := c.compare(r.mentions, m, r.persons, p, &vec)
	link := reeve.Link{Mention: r.menMeta[m].id, Person: ids[p], Posterior: round4(float64(v.p)), Weight: weight, Levels: kept.levels(&vec)}
	if v.decided {
		link.Decided = decidedSame
	}
	each, nobody := v.prior.posteriors(&v.contest)
	var rivals [3]reeve.Rival
	n := 0
	for k := range min(int(v.contest.n), 3) {
		if rival := v.contest.best[k]; int(rival.person) != p && n < 2 {
			rivals[n] = reeve.Rival{Person: ids[rival.person], Posterior: round4(each[k]), Weight: rival.weight}
			n++
		}
	}
	rivals[n] = reeve.Rival{Posterior: round4(nobody), Weight: -v.prior.each}
	link.Rivals = kept.rivals(rivals[:n+1])
	return link
}

// slab keeps the small lists of a million links in large blocks.
type slab struct {
	bytes []byte
	list  []reeve.Rival
}

func (s *slab) levels(v *vector) []byte {
	if len(s.bytes)+rarityAt+1 > cap(s.bytes) {
		s.bytes = make([]byte, 0, 1<<14)
	}
	start := len(s.bytes)
	s.bytes = append(s.bytes, v[:rarityAt+1]...)
	return s.bytes[start:len(s.bytes):len(s.bytes)]
}

func (s *slab) rivals(list []reeve.Rival) []reeve.Rival {
	if len(s.list)+len(list) > cap(s.list) {
		s.list = make([]reeve.Rival, 0, 1<<10)
	}
	start := len(s.list)
	s.list = append(s.list, list...)
	return s.list[start:len(s.list):len(s.list)]
}

func round4(p float64) float64 { return math.Round(p*1e4) / 1e4 }

// strangerLinks are the links of the mentions of someone on no register. The
// mention that says most stands for the human; each other is as sure as its best
// comparison with a few of its fellows.
func (r *resolver) strangerLinks(c *comparer, group []uint32, id string) []reeve.Link {
	anchor := group[0]
	for _, m := range group {
		if r.realness(int(m)) > r.realness(int(anchor)) {
			anchor = m
		}
	}
	base := r.realness(int(anchor))
	prior := hundredthsWide(r.params.Stranger)
	links := make([]reeve.Link, 0, len(group))
	for _, m := range group {
		link := reeve.Link{Mention: r.menMeta[m].id, Person: id, Posterior: base}
		if _, decided := r.groupOf[m]; decided && r.joinedByHand(m) {
			link.Posterior, link.Decided = max(base, 0.999), decidedSame
		} else if m != anchor {
			weight, levels := r.bestFellow(c, m, anchor, group)
			link.Weight, link.Levels = weight, levels
			link.Posterior = base * probability(weight+prior)
		}
		link.Posterior = round4(link.Posterior)
		links = append(links, link)
	}
	return links
}

func (r *resolver) joinedByHand(m uint32) bool { return len(r.groups[r.groupOf[m]].mentions) > 1 }

// bestFellow compares a mention with the anchor and up to sixteen fellows.
func (r *resolver) bestFellow(c *comparer, m, anchor uint32, group []uint32) (int32, []byte) {
	best, levels := int32(math.MinInt32), vector{}
	try := func(other uint32) {
		var v vector
		if w := c.compare(r.mentions, int(m), r.mentions, int(other), &v); w > best {
			best, levels = w, v
		}
	}
	try(anchor)
	for _, other := range group[:min(len(group), 16)] {
		if other != m {
			try(other)
		}
	}
	return best, slices.Clone(levels[:rarityAt+1])
}

func (r *resolver) fillHouseholds(out *Result, ids, houses []string) {
	people := make([][]string, len(houses))
	for _, s := range r.stays {
		people[s.door] = append(people[s.door], ids[s.person])
		out.Residences = append(out.Residences, Residence{Household: houses[s.door], Person: ids[s.person], From: reeve.DateNumber(int(s.from)),
			To: reeve.DateNumber(int(s.to)), Type: r.words.text[s.kind], Said: s.said})
	}
	placed := make(map[string]bool, len(out.Placed))
	for _, p := range out.Placed {
		placed[p.Household] = true
	}
	for i := range houses {
		if i >= r.listed && len(people[i]) == 0 && !placed[houses[i]] {
			continue // said of nobody
		}
		d := &r.estate.doors[i]
		slices.Sort(people[i])
		out.Households = append(out.Households, reeve.Household{ID: houses[i], Address: r.estate.address(d), Lines: r.words.text[d.lines], People: slices.Compact(people[i])})
	}
	slices.SortFunc(out.Households, func(a, b reeve.Household) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(out.Residences, compareResidences)
}

func compareResidences(a, b Residence) int {
	return cmp.Or(strings.Compare(a.Household, b.Household), strings.Compare(a.Person, b.Person), cmp.Compare(a.From.Number(), b.From.Number()),
		cmp.Compare(a.To.Number(), b.To.Number()), strings.Compare(a.Type, b.Type))
}

func (r *resolver) fillPlaced(out *Result, ids, houses []string) {
	for i := range r.menMeta {
		v := &r.linked[i]
		if v.state != statePlaced {
			continue
		}
		place := Placement{Mention: r.menMeta[i].id, Household: houses[v.at], Why: PlacedAddress}
		if v.contest.n > 0 {
			place.Why = PlacedAmbiguous
			for k := range v.contest.n {
				if person := v.contest.best[k].person; slices.Contains(r.homesOf[person], v.at) {
					place.People = append(place.People, ids[person])
				}
			}
			slices.Sort(place.People)
		}
		out.Placed = append(out.Placed, place)
	}
}

// assignments are the ids to remember: of everybody that the lists show.
// Households need none, since their addresses give their ids.
func assignments(out *Result, people []owner, ids []string) []IDAssignment {
	shown := make(map[string]bool, len(out.People))
	for i := range out.People {
		if slices.ContainsFunc(out.People[i].Links, func(l reeve.Link) bool { return l.Posterior >= 0.5 }) {
			shown[out.People[i].ID] = true
		}
	}
	var list []IDAssignment
	for i := range people {
		if shown[ids[i]] {
			for _, k := range people[i].keys {
				list = append(list, IDAssignment{k, ids[i]})
			}
		}
	}
	slices.SortFunc(list, func(a, b IDAssignment) int { return cmp.Or(strings.Compare(a.Key, b.Key), strings.Compare(a.ID, b.ID)) })
	return list
}
