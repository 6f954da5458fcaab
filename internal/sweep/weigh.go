package sweep

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/risk"
)

// weigh gathers what links tie to each person and weighs it.
func (r *resolution) weigh(ctx context.Context) error {
	owner := r.subjects()
	if err := r.gather(ctx, owner); err != nil {
		return err
	}
	near := r.safetyNear()
	for _, s := range r.order {
		in := s.input
		in.Evidence = r.evidenceOf(s)
		in.SafetyNear = near[s.person.ID]
		in.Controllers = r.controllersOf(s)
		s.exposure = risk.Weigh(in)
	}
	r.rank()
	return nil
}

// holder is who a mention belongs to, by which link.
type holder struct {
	s    *subject
	link *reeve.Link
}

// subjects makes a subject of every person whose data was met. Register people
// of whom nothing was found are nobody's exposure and have no row.
func (r *resolution) subjects() map[mentionAt]holder {
	owner := make(map[mentionAt]holder, len(r.byMark))
	for i := range r.result.People {
		p := &r.result.People[i]
		s := &subject{person: p, documents: make(map[int64]bool)}
		for j := range p.Links {
			l := &p.Links[j]
			at, ok := r.byMark[l.Mention]
			if !ok || l.Posterior < 0.5 {
				continue
			}
			s.linked = true
			s.best = max(s.best, l.Posterior)
			owner[at] = holder{s, l}
		}
		r.people[p.ID] = s
		s.input = risk.Input{Person: p.ID, Council: r.set.council, AsOf: r.set.asOf}
		for _, id := range p.Records {
			s.input.Records = append(s.input.Records, r.records[id])
		}
		if !s.linked {
			continue
		}
		s.tier = tierOf(s)
		s.input.Tier = s.tier
		r.order = append(r.order, s)
	}
	return owner
}

// tierOf is the tier of the strongest link.
func tierOf(s *subject) reeve.Tier { return reeve.TierOf(s.best) }

// finding is a row of the finding table as weighing needs it.
type findingRow struct {
	at         mentionAt
	n          int
	kind       reeve.Kind
	confidence reeve.Confidence
	norm       string
	capacity   reeve.Capacity
	signal     reeve.Signal
	said       reeve.Date
	negated    bool
	held       int
}

// gather reads all findings once, gives them to their people, and raises to A
// those whose value a register holds for the person.
func (r *resolution) gather(ctx context.Context, owner map[mentionAt]holder) error {
	values := make(map[*subject]heldValues)
	raise := make(map[int64]*regrade)
	err := r.c.DB.Read(ctx, func(tx *db.Tx) error {
		if err := r.gatherMentions(tx, owner); err != nil {
			return err
		}
		return tx.Each(func(row db.Row) error {
			f, err := scanFinding(row)
			if err != nil {
				return err
			}
			d := r.docs[f.at.document]
			h, ok := owner[f.at]
			held := 0
			if d != nil && ok {
				if values[h.s] == nil {
					values[h.s] = newHeldValues(h.s.input.Records)
				}
				if f.confidence != reeve.ConfidenceD && values[h.s].has(f.kind, f.norm) {
					held = 1
					h.s.stillHolds(values[h.s], f)
				}
				h.add(r, d, f, held)
			}
			if held != f.held {
				g := raise[f.at.document]
				if g == nil {
					g = &regrade{}
					raise[f.at.document] = g
				}
				g.rows[held] = append(g.rows[held], int32(f.n))
			}
			return nil
		}, "SELECT document, n, mention, kind, confidence, norm, capacity, signal, said, negated, held FROM finding ORDER BY document, n")
	})
	if err != nil {
		return fmt.Errorf("read findings: %w", err)
	}
	return r.c.raise(ctx, raise)
}

func scanFinding(row db.Row) (f findingRow, err error) {
	var kind, confidence, signal string
	var capacity, said, negated int64
	err = row.Scan(&f.at.document, &f.n, &f.at.ordinal, &kind, &confidence, &f.norm, &capacity, &signal, &said, &negated, &f.held)
	if err != nil || confidence == "" {
		return f, err
	}
	f.kind, f.confidence, f.signal = reeve.Kind(kind), reeve.Confidence(confidence[0]), reeve.Signal(signal)
	f.capacity, f.said, f.negated = reeve.Capacity(capacity), reeve.DateNumber(int(said)), negated != 0
	return f, nil
}

// slim is a finding as it waits to be weighed, in 24 bytes: a case has millions.
type slim struct {
	posterior  float32
	item       int32
	said       int32
	kind       uint16
	signal     uint8
	capacity   reeve.Capacity
	confidence reeve.Confidence
	negated    bool
}

// recentEvidence is how far back equal evidence is looked for: the same kind
// said of the same person several times in one document weighs once.
const recentEvidence = 24

func (h holder) add(r *resolution, d *docFacts, f findingRow, held int) {
	confidence := f.confidence
	if held != 0 {
		confidence = reeve.ConfidenceA
	}
	h.s.documents[f.at.document] = true
	e := slim{posterior: float32(h.link.Posterior), item: int32(d.number), said: int32(f.said.Number()), kind: r.kinds.number(string(f.kind)),
		signal: uint8(r.signals.number(string(f.signal))), capacity: f.capacity, confidence: confidence, negated: f.negated}
	if !slices.Contains(h.s.evidence[max(0, len(h.s.evidence)-recentEvidence):], e) {
		h.s.evidence = append(h.s.evidence, e)
	}
}

// dictionary numbers the few words that millions of findings share.
type dictionary struct {
	of    map[string]uint16
	words []string
}

func (d *dictionary) number(word string) uint16 {
	if n, ok := d.of[word]; ok {
		return n
	}
	if d.of == nil {
		d.of = make(map[string]uint16)
	}
	d.of[word] = uint16(len(d.words))
	d.words = append(d.words, word)
	return d.of[word]
}

// evidenceOf spells out what was found of a person, with what folder and file
// names say about the subjects of a document: what lies in the folder of the
// refuge is about people of the refuge. Of whom a document tells offences, its
// folder tells nothing more: the man who is named in the refuge's papers for
// what he did is not under its protection.
func (r *resolution) evidenceOf(s *subject) []risk.Evidence {
	out := make([]risk.Evidence, 0, len(s.evidence))
	seen := make(map[int32]bool)
	for _, e := range s.evidence {
		d := r.byNumber[e.item]
		full := risk.Evidence{Kind: reeve.Kind(r.kinds.words[e.kind]), Confidence: e.confidence, Capacity: e.capacity, Signal: reeve.Signal(r.signals.words[e.signal]),
			Said: reeve.DateNumber(int(e.said)), Posterior: float64(e.posterior), Item: int(e.item), Incomplete: d.incomplete, Negated: e.negated}
		out = append(out, full)
		if full.Kind != reeve.KindName || e.capacity != reeve.CapacitySubject || seen[e.item] {
			continue
		}
		seen[e.item] = true
		accused := r.accusedIn(s, e.item)
		for _, t := range d.topics {
			if accused && t.Signal != reeve.SignalOffender {
				continue
			}
			out = append(out, risk.Evidence{Kind: t.Kind, Confidence: reeve.ConfidenceC, Capacity: e.capacity, Signal: t.Signal,
				Posterior: full.Posterior, Item: full.Item, Incomplete: d.incomplete})
		}
	}
	return out
}

// accusedIn reports whether a document tells an offence of a person.
func (r *resolution) accusedIn(s *subject, item int32) bool {
	return slices.ContainsFunc(s.evidence, func(e slim) bool {
		return e.item == item && !e.negated && (r.kinds.words[e.kind] == string(reeve.KindOffence) || r.signals.words[e.signal] == string(reeve.SignalOffender))
	})
}

// gatherMentions takes from the mentions what is said of a person as a whole.
func (r *resolution) gatherMentions(tx *db.Tx, owner map[mentionAt]holder) error {
	return tx.Each(func(row db.Row) error {
		var at mentionAt
		var data []byte
		if err := row.Scan(&at.document, &at.ordinal, &data); err != nil {
			return err
		}
		h, ok := owner[at]
		if !ok {
			return nil
		}
		m, err := decodeMention(data)
		if err != nil {
			return err
		}
		in := &h.s.input
		in.Dead = in.Dead || m.Dead && h.link.Posterior >= 0.9
		if in.Role == "" || in.Role == reeve.RoleUnknown {
			in.Role = m.Role
		}
		for _, b := range m.Born {
			if b.Full() && !in.Born.Full() {
				in.Born = b
			}
		}
		if len(h.s.input.Records) == 0 {
			h.s.names = append(h.s.names, m.Names...)
		}
		return nil
	}, "SELECT document, ordinal, data FROM mention ORDER BY mark")
}

// safetyNear finds everyone at whose address or household, now or then,
// somebody has a safety signal, links at `possible` included.
func (r *resolution) safetyNear() map[string]bool {
	r.homes = make(map[string][]string)
	for _, res := range r.result.Residences {
		r.homes[res.Household] = append(r.homes[res.Household], res.Person)
	}
	danger := make(map[string]bool)
	for id, s := range r.people {
		in := s.input
		in.Evidence = r.evidenceOf(s)
		if risk.SafetyAtAll(&in) {
			danger[id] = true
		}
	}
	held := r.heldDoors()
	near := make(map[string]bool)
	for home, people := range r.homes {
		if held[home] || slices.ContainsFunc(people, func(p string) bool { return danger[p] }) {
			for _, p := range people {
				near[p] = true
			}
		}
	}
	for id := range danger {
		near[id] = true
	}
	return near
}

// heldDoors are the households of anonymous electors, who have no name.
func (r *resolution) heldDoors() map[string]bool {
	held := make(map[string]bool)
	if len(r.nameless) == 0 {
		return held
	}
	for i := range r.result.Households {
		h := &r.result.Households[i]
		for j := range r.nameless {
			if sameDoor(h.Address, &r.nameless[j]) {
				held[h.ID] = true
			}
		}
	}
	return held
}

// controllersOf gives the controller of every copy of every item of a person,
// by the case's rules; "" where no rule matches.
func (r *resolution) controllersOf(s *subject) []string {
	var out []string
	for id := range s.documents {
		for _, p := range r.docs[id].paths {
			c := controllerOf(r.set.controllers, p, s.input.Records)
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	slices.Sort(out)
	return out
}

// rank numbers the people by priority, among all and among those not sealed.
func (r *resolution) rank() {
	ranked := make([]risk.Ranked, len(r.order))
	for i, s := range r.order {
		e := &s.exposure
		ranked[i] = risk.Ranked{Person: s.person.ID, Tier: s.tier, Severity: e.Severity, Kinds: len(e.Kinds), Items: e.Items, Rank: risk.RankOf(e.Signals)}
	}
	risk.Sort(ranked)
	for i := range ranked {
		r.people[ranked[i].Person].place = i + 1
	}
	slices.SortFunc(r.order, func(a, b *subject) int { return a.place - b.place })
}

// firstItem is the smallest (exhibit, item) that holds data of a person.
func (r *resolution) firstItem(s *subject) itemPath {
	var best itemPath
	for id := range s.documents {
		p := r.docs[id].paths[0]
		if best == (itemPath{}) || p.exhibit < best.exhibit || p.exhibit == best.exhibit && p.path < best.path {
			best = p
		}
	}
	return best
}

func joinSorted[T ~string](values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ";")
}
