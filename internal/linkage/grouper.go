package linkage

import (
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// Grouper makes the mentions of one document from its findings. The rows of a
// table are mentions as they stand; in running text the clumps that speak of one
// human are joined when their names corefer ("Amina Khan … Mrs Khan … Amina").
// It is for one document and one goroutine.
type Grouper struct {
	digest  string
	held    []reeve.Finding
	ordinal int32
}

// NewGrouper starts a document with the given digest. Everything that grouping
// needs of the registers stands in the findings; the index is not kept.
func NewGrouper(digest string, _ *lex.Index) *Grouper { return &Grouper{digest: digest} }

// Add takes the findings of the next block, in order of place.
func (g *Grouper) Add(findings []reeve.Finding) { g.held = append(g.held, findings...) }

// Flush ends a stretch of the document: it gives the mentions of everything
// added since the last Flush and, for each of those findings, the ordinal of its
// mention, 0 for none. Call it after each block of a table, so that memory stays
// bounded, and for text at the document's end or after some ten thousand
// findings: clumps corefer within a stretch alone.
func (g *Grouper) Flush() ([]reeve.Mention, []int32) {
	clumps := gather(g.held)
	groups := corefer(clumps)
	ordinals := make([]int32, len(g.held))
	mentions := make([]reeve.Mention, 0, len(groups))
	for _, group := range groups {
		g.ordinal++
		for _, c := range group {
			for _, f := range c.findings {
				ordinals[f] = g.ordinal
			}
		}
		mentions = append(mentions, g.mention(group))
	}
	g.held = g.held[:0]
	return mentions, ordinals
}

// Close is the last Flush of a document.
func (g *Grouper) Close() ([]reeve.Mention, []int32) { return g.Flush() }

// clump is what one clump of findings says of its human.
type clump struct {
	findings []int32 // ascending
	row      bool    // a row of a table: never joined with another by its name
	names    []reeve.Name
	folded   []foldedName // of names
	born     []reeve.Date
	homes    []reeve.Address
	ids      []reeve.ID
	held     []bool // of ids: a register holds the value
}

// gather reads the findings of each clump, clumps in order of their first
// finding. What belongs to no clump can at most be placed at an address.
func gather(findings []reeve.Finding) []*clump {
	at := map[uint32]*clump{}
	var list []*clump
	var loose *clump
	for i := range findings {
		f := &findings[i]
		if f.Negated {
			continue
		}
		c := at[f.Clump]
		if f.Clump == 0 {
			if loose = looseClump(findings, loose, f); loose == nil {
				continue
			}
			c = loose
		}
		if c == nil || f.Kind == reeve.KindName && c.another(f) {
			c = &clump{row: f.Place.Row >= 0}
			at[f.Clump] = c
		}
		if len(c.findings) == 0 {
			list = append(list, c)
		}
		c.findings = append(c.findings, int32(i))
		c.take(f)
	}
	for _, c := range list {
		c.finish()
		c.settleIDs()
	}
	return slices.DeleteFunc(list, func(c *clump) bool { return c.names == nil && c.born == nil && c.ids == nil && !namesDoor(c.homes) })
}

// another reports a name that cannot be the clump's human: both full, and
// neither given name nor surname agrees. A clump that took in a list of people
// is cut there, so that their values never become one human's.
func (c *clump) another(f *reeve.Finding) bool {
	if len(c.folded) == 0 {
		return false
	}
	for _, n := range findingNames(f) {
		next := foldName(n)
		for _, o := range c.folded {
			if !next.full() || !o.full() || next.alike(o) {
				return false
			}
		}
	}
	return true
}

// looseReach is how far, in bytes, an address and its postcode may stand apart.
const looseReach = 120

// looseClump gives the clump for an address that belongs to nobody: a new one,
// or that of the address just before it. Other findings of no clump have none.
func looseClump(findings []reeve.Finding, last *clump, f *reeve.Finding) *clump {
	switch f.Kind {
	case reeve.KindAddress, reeve.KindPostcode, reeve.KindUPRN:
	default:
		return nil
	}
	if last != nil {
		before := &findings[last.findings[len(last.findings)-1]]
		p, q := before.Place, f.Place
		same := p.Block == q.Block && p.Row == q.Row && (p.Row >= 0 || q.Start < p.End+looseReach)
		if same && before.Kind != f.Kind {
			return last
		}
	}
	return &clump{row: true}
}

// take reads one finding. A value without any support (D) counts only if a
// register holds it.
func (c *clump) take(f *reeve.Finding) {
	switch f.Kind {
	case reeve.KindName:
		for _, n := range findingNames(f) {
			c.addName(n)
		}
	case reeve.KindDateOfBirth:
		d, err := reeve.ParseISODate(f.Norm)
		if err != nil || d.IsZero() {
			d, _ = lex.ParseDate(f.Value.Reveal())
		}
		if !d.IsZero() && !slices.Contains(c.born, d) {
			c.born = append(c.born, d)
		}
	case reeve.KindAddress:
		c.homes = append(c.homes, lex.ParseAddress(f.Value.Reveal()))
	case reeve.KindPostcode:
		c.addPostcode(f.Norm)
	case reeve.KindUPRN:
		c.addUPRN(f.Norm)
	default:
		c.addID(f)
	}
}

// findingNames reads a name finding: its normal form says which part is which.
func findingNames(f *reeve.Finding) []reeve.Name {
	text := f.Norm
	if text == "" {
		text = f.Value.Reveal()
	}
	names := lex.ParseNames(text)
	if f.Norm != "" && len(names) > 0 && names[0].Title == "" {
		names[0].Title = lex.ParseName(f.Value.Reveal()).Title
	}
	return names[:min(len(names), 1)]
}

// mostOfKind bounds the values of one kind that a mention keeps.
const mostOfKind = 16

func (c *clump) addName(n reeve.Name) {
	if n.Empty() || len(c.names) >= mostOfKind || slices.Contains(c.names, n) {
		return
	}
	c.names = append(c.names, n)
	c.folded = append(c.folded, foldName(n))
}

func (c *clump) addPostcode(norm string) {
	pc, ok := lex.NormPostcode(norm)
	if !ok {
		return
	}
	for i := range c.homes {
		if c.homes[i].Postcode == pc {
			return
		}
		if c.homes[i].Postcode == "" && c.homes[i].Street != "" {
			c.homes[i].Postcode = pc
			return
		}
	}
	c.homes = append(c.homes, reeve.Address{Postcode: pc})
}

func (c *clump) addUPRN(norm string) {
	for i := range c.homes {
		if c.homes[i].UPRN == "" {
			c.homes[i].UPRN = norm
			return
		}
	}
	c.homes = append(c.homes, reeve.Address{UPRN: norm})
}

func (c *clump) addID(f *reeve.Finding) {
	if _, ok := fieldOfKind(f.Kind); !ok || f.Norm == "" || f.Confidence == reeve.ConfidenceD && len(f.Records) == 0 {
		return
	}
	if id := (reeve.ID{Kind: f.Kind, Norm: f.Norm}); !slices.Contains(c.ids, id) && len(c.ids) < 2*mostOfKind {
		c.ids, c.held = append(c.ids, id), append(c.held, len(f.Records) > 0)
	}
}

// settleIDs drops a value that was read as two kinds where a register holds it
// as one of them: a case reference may look like a National Insurance number.
func (c *clump) settleIDs() {
	var kept []reeve.ID
	for i, id := range c.ids {
		other := slices.IndexFunc(c.ids, func(o reeve.ID) bool { return o.Kind != id.Kind && lex.Squeeze(o.Norm) == lex.Squeeze(id.Norm) })
		if other < 0 || c.held[i] || !c.held[other] {
			kept = append(kept, id)
		}
	}
	c.ids = kept
}

// finish joins a postcode found before its street with it, and drops addresses
// that say nothing.
func (c *clump) finish() {
	for i := range c.homes {
		if c.homes[i].Postcode == "" && c.homes[i].Street != "" {
			for j := range c.homes {
				if p := c.homes[j]; p.Street == "" && p.Number == "" && p.UPRN == "" && p.Postcode != "" {
					c.homes[i].Postcode, c.homes[j] = p.Postcode, reeve.Address{}
					break
				}
			}
		}
	}
	kept := c.homes[:0]
	for _, h := range c.homes {
		if !h.Empty() && !slices.Contains(kept, h) && len(kept) < mostOfKind {
			kept = append(kept, h)
		}
	}
	c.homes = kept
}

func namesDoor(homes []reeve.Address) bool {
	return slices.ContainsFunc(homes, func(h reeve.Address) bool {
		return h.UPRN != "" || h.Number != "" && (h.Street != "" || h.Postcode != "")
	})
}

// mention writes down a group of clumps.
func (g *Grouper) mention(group []*clump) reeve.Mention {
	var all clump
	m := reeve.Mention{Digest: g.digest, Ordinal: int(g.ordinal), Role: reeve.RoleUnknown, Sole: true}
	for _, c := range group {
		all.findings = append(all.findings, c.findings...)
		for _, n := range c.names {
			all.addName(n)
		}
		m.Born = appendNew(m.Born, c.born)
		m.Addresses = appendNew(m.Addresses, c.homes)
		m.IDs = appendNew(m.IDs, c.ids)
	}
	slices.Sort(all.findings)
	m.Names = bestFirst(all.names)
	for _, f := range all.findings {
		note(&m, &g.held[f])
	}
	if m.Capacity > reeve.CapacityRelative {
		m.Born = nil // the date beside a professional's signature is not a birthday
	}
	m.First = g.held[all.findings[0]].Place
	m.ID = MentionID(g.digest, m.First, m.Ordinal)
	return m
}

// note adds what one finding says of its mention as a whole.
func note(m *reeve.Mention, f *reeve.Finding) {
	if f.Kind != reeve.KindName {
		m.Sole = false
	}
	if f.Capacity != reeve.CapacityUnknown && (m.Capacity == reeve.CapacityUnknown || f.Capacity < m.Capacity) {
		m.Capacity = f.Capacity
	}
	if m.Said.Before(f.Said) {
		m.Said = f.Said
	}
	for _, r := range f.Records[:min(len(f.Records), mostHints)] {
		if len(m.Records) < mostHints && !slices.Contains(m.Records, r) {
			m.Records = append(m.Records, r)
		}
	}
}

func appendNew[T comparable](list, more []T) []T {
	for _, v := range more {
		if !slices.Contains(list, v) && len(list) < mostOfKind {
			list = append(list, v)
		}
	}
	return list
}

// bestFirst puts the fullest written form first, without changing the order of
// forms that are as full.
func bestFirst(names []reeve.Name) []reeve.Name {
	full := func(n reeve.Name) int {
		score := 0
		for i, part := range [...]string{n.Middle, n.Surname, n.Given} {
			if part != "" {
				score += 1 << i
			}
			if len(part) > 1 {
				score += 2 << i
			}
		}
		return score
	}
	slices.SortStableFunc(names, func(a, b reeve.Name) int { return full(b) - full(a) })
	return names
}
