package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
)

var personColumns = []string{"id", "registers", "name", "born", "uprn", "address", "postcode", "household", "tier", "posterior", "capacity", "role",
	"deceased", "severity", "band", "lane", "place", "signals", "categories", "kinds", "data_from", "data_to", "items", "incomplete", "exhibit",
	"first_item", "controller", "safe_contact", "sealed", "reasons", "still_held", "ward"}

// probability is stored in millionths, so that no list depends on how a
// database prints a float.
func millionths(p float64) int64 { return int64(p*1e6 + 0.5) }

// write replaces the roll-ups of the case by those of this resolution, all or
// none.
func (r *resolution) write(ctx context.Context) error {
	err := r.c.DB.Write(ctx, func(tx *db.Tx) error {
		tables := []string{"person", "household", "resident", "link"}
		parts := []func(*db.Tx) error{r.writePeople, r.writeHouseholds, r.writeLinks}
		if !r.passing {
			tables, parts = append(tables, "known", "redirect"), append(parts, r.writeKnown)
		}
		for _, table := range tables {
			if _, err := tx.Exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		for _, part := range parts {
			if err := part(tx); err != nil {
				return err
			}
		}
		return tallyAll(tx)
	})
	if err != nil {
		return fmt.Errorf("write lists: %w", err)
	}
	return nil
}

func (r *resolution) writePeople(tx *db.Tx) error {
	load := tx.Load("person", personColumns...)
	for _, s := range r.order {
		if err := load.Add(r.personRow(s)...); err != nil {
			return err
		}
	}
	return load.Close()
}

func (r *resolution) personRow(s *subject) []any {
	e := &s.exposure
	home := currentAddress(s.input.Records)
	first := r.firstItem(s)
	registers, err := json.Marshal(registerPairs(s.input.Records))
	if err != nil {
		registers = []byte("[]") // pairs of strings always marshal
	}
	household := ""
	if len(s.person.Households) > 0 {
		household = s.person.Households[0]
	}
	signals := make([]reeve.Signal, len(e.Signals))
	for i, g := range e.Signals {
		signals[i] = g.Signal
	}
	born := ""
	if b := bornFor(s); !b.IsZero() {
		born = b.String()
	}
	return []any{s.person.ID, string(registers), displayName(s), born, home.uprn, home.lines, home.postcode, household,
		string(s.tier), millionths(s.best), e.Capacity.String(), string(e.Role), e.Deceased, e.Severity, string(e.Band), string(e.Lane), s.place,
		joinSorted(signals), joinSorted(e.Categories), joinSorted(e.Kinds), e.DataFrom.Number(), e.DataTo.Number(), e.Items, e.Incomplete,
		first.exhibit, first.path, joinSorted(e.Controllers), string(e.SafeContact), e.Sealed, strings.Join(e.Reasons, "\n"),
		joinSorted(slices.Collect(maps.Keys(s.still))), wardOf(s.input.Records)}
}

// registerPairs are the (source_system, source_person_id) pairs of a person,
// sorted by both.
func registerPairs(records []reeve.Record) [][2]string {
	out := [][2]string{}
	for i := range records {
		out = append(out, [2]string{records[i].System, records[i].SourceID})
	}
	slices.SortFunc(out, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(out)
}

// displayName is the name of the newest register record, or the fullest one
// that documents give.
func displayName(s *subject) string {
	if rec := newestRecord(s.input.Records, func(r *reeve.Record) bool { return r.Surname != "" }); rec != nil {
		return joinName(reeve.Name{Given: rec.Forename, Middle: rec.Middle, Surname: rec.Surname})
	}
	best := ""
	for _, n := range s.names {
		if name := joinName(n); len(name) > len(best) || len(name) == len(best) && name < best {
			best = name
		}
	}
	return best
}

func joinName(n reeve.Name) string {
	return strings.Join(strings.Fields(n.Given+" "+n.Middle+" "+n.Surname), " ")
}

func bornFor(s *subject) reeve.Date {
	if rec := newestRecord(s.input.Records, func(r *reeve.Record) bool { return r.Born.Full() }); rec != nil {
		return rec.Born
	}
	return s.input.Born
}

// newestRecord is the record that a register changed last, of those that have
// what is wanted; the first in register order where none is dated.
func newestRecord(records []reeve.Record, has func(*reeve.Record) bool) *reeve.Record {
	var best *reeve.Record
	for i := range records {
		r := &records[i]
		if has(r) && (best == nil || best.Updated.Before(r.Updated)) {
			best = r
		}
	}
	return best
}

type registerAddress struct{ uprn, lines, postcode string }

// currentAddress is where a register says that a person lives now: never an
// address from an exhibit, never one that has ended.
func currentAddress(records []reeve.Record) registerAddress {
	var best *reeve.Record
	for i := range records {
		r := &records[i]
		if len(r.Address) == 0 || !r.AddressTo.IsZero() || r.AddressType == "previous" || r.AddressType == "forwarding" {
			continue
		}
		if best == nil || betterAddress(r, best) {
			best = r
		}
	}
	if best == nil {
		return registerAddress{}
	}
	parts := append(slices.Clone(best.Address), best.Town)
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return registerAddress{best.UPRN, strings.Join(parts, ", "), best.Postcode}
}

func betterAddress(a, b *reeve.Record) bool {
	if a.AddressFrom != b.AddressFrom {
		return b.AddressFrom.Before(a.AddressFrom)
	}
	return b.Updated.Before(a.Updated)
}

func (r *resolution) writeHouseholds(tx *db.Tx) error {
	bands := make(map[string]int)
	items := make(map[string]map[string]bool)
	controllers := make(map[string][]string)
	load := tx.Load("resident", "household", "person")
	for _, s := range r.order {
		for _, h := range s.person.Households {
			if err := load.Add(h, s.person.ID); err != nil {
				return err
			}
			bands[h] = max(bands[h], slices.Index(reeve.Bands, s.exposure.Band)+1)
			if items[h] == nil {
				items[h] = make(map[string]bool)
			}
			for id := range s.documents {
				items[h][r.docs[id].digest] = true
			}
			controllers[h] = append(controllers[h], s.exposure.Controllers...)
		}
	}
	if err := load.Close(); err != nil {
		return err
	}
	r.addPlaced(items)
	rows := tx.Load("household", "id", "uprn", "address", "postcode", "band", "items", "controller")
	for i := range r.result.Households {
		h := &r.result.Households[i]
		if len(items[h.ID]) == 0 {
			continue
		}
		band := reeve.BandLow
		if n := bands[h.ID]; n > 0 {
			band = reeve.Bands[n-1]
		}
		if len(controllers[h.ID]) == 0 {
			controllers[h.ID] = []string{or(r.set.council, "unknown")}
		}
		if err := rows.Add(h.ID, h.Address.UPRN, h.Lines, h.Address.Postcode, string(band), len(items[h.ID]), joinSorted(controllers[h.ID])); err != nil {
			return err
		}
	}
	return rows.Close()
}

// addPlaced counts the items whose mentions could only be placed at an address.
func (r *resolution) addPlaced(items map[string]map[string]bool) {
	for _, p := range r.result.Placed {
		at, ok := r.byMark[p.Mention]
		if !ok {
			continue
		}
		if items[p.Household] == nil {
			items[p.Household] = make(map[string]bool)
		}
		items[p.Household][r.docs[at.document].digest] = true
	}
}

func (r *resolution) writeLinks(tx *db.Tx) error {
	load := tx.Load("link", "document", "ordinal", "person", "household", "posterior", "weight", "levels", "rivals", "decided")
	done := make(map[mentionAt]bool)
	for i := range r.result.People {
		p := &r.result.People[i]
		for j := range p.Links {
			l := &p.Links[j]
			at, ok := r.byMark[l.Mention]
			if !ok || done[at] {
				continue
			}
			done[at] = true
			rivals, err := json.Marshal(l.Rivals)
			if err != nil {
				return err
			}
			person := p.ID
			if l.Posterior < 0.5 {
				person = ""
			}
			if err := load.Add(at.document, int64(at.ordinal), person, "", millionths(l.Posterior), l.Weight, append([]byte{}, l.Levels...), string(rivals), l.Decided); err != nil {
				return err
			}
		}
	}
	for _, p := range r.result.Placed {
		at, ok := r.byMark[p.Mention]
		if !ok || done[at] {
			continue
		}
		done[at] = true
		if err := load.Add(at.document, int64(at.ordinal), "", p.Household, int64(0), int64(0), []byte{}, "[]", ""); err != nil {
			return err
		}
	}
	return load.Close()
}

func (r *resolution) writeKnown(tx *db.Tx) error {
	load := tx.Load("known", "person", "mark")
	for _, a := range sortedAssignments(r.result.Assignments) {
		if err := load.Add(a.ID, storeKey(a.Key)); err != nil {
			return err
		}
	}
	if err := load.Close(); err != nil {
		return err
	}
	leads := tx.Load("redirect", "old", "new_", "why")
	for _, d := range r.result.Redirects {
		if err := leads.Add(d.From, d.To, d.Why); err != nil {
			return err
		}
	}
	return leads.Close()
}

func sortedAssignments(in []linkage.IDAssignment) []linkage.IDAssignment {
	out := slices.Clone(in)
	slices.SortFunc(out, func(a, b linkage.IDAssignment) int {
		return slices.Compare([]string{a.ID, a.Key}, []string{b.ID, b.Key})
	})
	return slices.Compact(out)
}

// regrade is the findings of one document whose value turned out to be held by
// a register (1), or no longer is (0).
type regrade struct{ rows [2][]int32 }

// regradeChunk is how many findings one statement changes.
const regradeChunk = 500

// raise writes which findings a register holds the value of.
func (c *Case) raise(ctx context.Context, grades map[int64]*regrade) error {
	if len(grades) == 0 {
		return nil
	}
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		for _, document := range slices.Sorted(maps.Keys(grades)) {
			for held, rows := range grades[document].rows {
				for chunk := range slices.Chunk(rows, regradeChunk) {
					if err := regradeRows(tx, document, held, chunk); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("grade findings: %w", err)
	}
	return nil
}

func regradeRows(tx *db.Tx, document int64, held int, rows []int32) error {
	query := strings.Builder{}
	query.WriteString("UPDATE finding SET held = ? WHERE document = ? AND n IN (?")
	query.WriteString(strings.Repeat(", ?", len(rows)-1) + ")")
	args := []any{held, document}
	for _, n := range rows {
		args = append(args, int64(n))
	}
	_, err := tx.Exec(query.String(), args...)
	return err
}
