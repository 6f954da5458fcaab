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
	r.findHazards()
	for _, s := range r.order {
		r.weighOne(s, r.near(s))
	}
	r.rank()
	return nil
}

func (r *resolution) weighOne(s *subject, near bool) {
	in := s.input
	in.Evidence = r.evidenceOf(s)
	in.SafetyNear = near
	in.Controllers = r.controllersOf(s)
	s.exposure = risk.Weigh(in)
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
	g := gathering{resolution: r, owner: owner, values: make(map[*subject]heldValues), raise: make(map[int64]*regrade)}
	err := r.c.DB.Read(ctx, func(tx *db.Tx) error {
		if err := tx.Each(g.mention, "SELECT document, ordinal, data FROM mention ORDER BY mark"); err != nil {
			return err
		}
		return tx.Each(g.finding, findingSelect+" FROM finding f ORDER BY f.document, f.n")
	})
	if err != nil {
		return fmt.Errorf("read findings: %w", err)
	}
	return r.c.raise(ctx, g.raise)
}

const findingSelect = "SELECT f.document, f.n, f.mention, f.kind, f.confidence, f.norm, f.capacity, f.signal, f.said, f.negated, f.held"

// gathering gives mentions and findings to those they belong to.
type gathering struct {
	*resolution
	owner  map[mentionAt]holder
	values map[*subject]heldValues
	raise  map[int64]*regrade
}

// finding takes a row of findingSelect. Rows of one document come together, in
// order.
func (g *gathering) finding(row db.Row) error {
	f, err := scanFinding(row)
	if err != nil {
		return err
	}
	d := g.docs[f.at.document]
	h, ok := g.owner[f.at]
	held := 0
	if d != nil && ok {
		if g.values[h.s] == nil {
			g.values[h.s] = newHeldValues(h.s.input.Records)
		}
		if f.confidence != reeve.ConfidenceD && g.values[h.s].has(f.kind, f.norm) {
			held = 1
			h.s.stillHolds(g.values[h.s], f)
		}
		h.add(g.resolution, d, f, held)
	}
	if held == f.held {
		return nil
	}
	change := g.raise[f.at.document]
	if change == nil {
		change = &regrade{}
		g.raise[f.at.document] = change
	}
	change.rows[held] = append(change.rows[held], int32(f.n))
	return nil
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

// mention takes from a mention what is said of a person as a whole. Rows come
// in the order of their marks.
func (g *gathering) mention(row db.Row) error {
	var at mentionAt
	var data []byte
	if err := row.Scan(&at.document, &at.ordinal, &data); err != nil {
		return err
	}
	h, ok := g.owner[at]
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
	if len(in.Records) == 0 {
		h.s.names = append(h.s.names, m.Names...)
	}
	return nil
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
