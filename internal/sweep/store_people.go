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
		tables := []string{"person", "person_reach", "household", "resident", "link", "hazard"}
		parts := []func(*db.Tx) error{r.writePeople, r.writeContacts, r.writeHouseholds, r.writeLinks, r.writeHazards}
		if !r.passing {
			tables, parts = append(tables, "given_id"), append(parts, r.writeKnown, markKept)
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

// linkCells is a row of the link table, without its mention.
type linkCells struct {
	person, household string
	posterior         int64
	weight            int64
	levels            []byte
	rivals, decided   string
}

var linkColumns = []string{"document", "ordinal", "person", "household", "posterior", "weight", "levels", "rivals", "decided"}

func (l *linkCells) columns(at mentionAt) []any {
	return []any{at.document, int64(at.ordinal), l.person, l.household, l.posterior, l.weight, l.levels, l.rivals, l.decided}
}

// linkOf is the row of a link: one below "possible" is nobody's.
func linkOf(l *reeve.Link, person string) (linkCells, error) {
	rivals, err := json.Marshal(l.Rivals)
	if l.Posterior < 0.5 {
		person = ""
	}
	return linkCells{person: person, posterior: millionths(l.Posterior), weight: int64(l.Weight), levels: append([]byte{}, l.Levels...), rivals: string(rivals), decided: l.Decided}, err
}

func placedRow(household string) linkCells {
	return linkCells{household: household, levels: []byte{}, rivals: "[]"}
}

func (r *resolution) writeLinks(tx *db.Tx) error {
	load := tx.Load("link", linkColumns...)
	err := eachLink(r.result, func(mark string, row *linkCells) error {
		if at, ok := r.byMark[mark]; ok {
			return load.Add(row.columns(at)...)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return load.Close()
}

// eachLink gives the row of every mention that a result ties to somebody or to
// a household, once.
func eachLink(res *linkage.Result, use func(mark string, row *linkCells) error) error {
	done := make(map[string]bool)
	give := func(mark string, row linkCells, err error) error {
		if err != nil || done[mark] {
			return err
		}
		done[mark] = true
		return use(mark, &row)
	}
	for i := range res.People {
		p := &res.People[i]
		for j := range p.Links {
			row, err := linkOf(&p.Links[j], p.ID)
			if err := give(p.Links[j].Mention, row, err); err != nil {
				return err
			}
		}
	}
	for _, p := range res.Placed {
		if err := give(p.Mention, placedRow(p.Household), nil); err != nil {
			return err
		}
	}
	return nil
}

// writeKnown remembers which id stands for whom, and where ids that merged or
// split lead to. Redirects stay for good, but for those from an id that stands
// again.
func (r *resolution) writeKnown(tx *db.Tx) error {
	load := tx.Load("given_id", "mark", "person")
	for _, a := range r.result.Assignments {
		if err := load.Add(storeKey(a.Key), a.ID); err != nil {
			return err
		}
	}
	if err := load.Close(); err != nil {
		return err
	}
	if err := addRedirects(tx, r.result.Redirects); err != nil {
		return err
	}
	_, err := tx.Exec("DELETE FROM redirect WHERE why = 'merged' AND old IN (SELECT id FROM person)")
	return err
}

// addRedirects adds leads from ids to others. One replaces its reverse.
func addRedirects(tx *db.Tx, leads []linkage.Redirect) error {
	for _, d := range leads {
		if _, err := tx.Exec("DELETE FROM redirect WHERE old = ? AND new_ = ?", d.To, d.From); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO redirect (old, new_, why) VALUES (?, ?, ?) ON CONFLICT (old, new_) DO UPDATE SET why = excluded.why", d.From, d.To, d.Why)
		if err != nil {
			return err
		}
	}
	return nil
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
	err := c.DB.Write(ctx, func(tx *db.Tx) error { return raiseIn(tx, grades) })
	if err != nil {
		return fmt.Errorf("grade findings: %w", err)
	}
	return nil
}

func raiseIn(tx *db.Tx, grades map[int64]*regrade) error {
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
