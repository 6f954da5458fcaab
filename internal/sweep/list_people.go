package sweep

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

var peopleList = List{
	Name: "people",
	Columns: []string{"person", "register", "register_id", "name", "date_of_birth", "uprn", "address", "postcode", "household", "tier", "probability",
		"capacity", "role", "deceased", "severity", "band", "lane", "priority", "signals", "categories", "kinds", "data_from", "data_to", "items",
		"incomplete", "exhibit", "first_item", "controller", "safe_contact", "sealed"},
	Numbers: []string{"probability", "severity", "priority", "items", "incomplete"},
	rows:    peopleRows,
}

// personRow is a row of the person table.
type personRow struct {
	id, registers, name, born, uprn, address, postcode, household, tier string
	posterior                                                           int64
	capacity, role, deceased                                            string
	severity                                                            int64
	band, lane                                                          string
	place                                                               int64
	signals, categories, kinds                                          string
	from, to, items, incomplete                                         int64
	exhibit, firstItem, controller, safeContact                         string
	sealed                                                              bool
	reasons, stillHeld, ward                                            string
}

const personSelect = `SELECT p.id, p.registers, p.name, p.born, p.uprn, p.address, p.postcode, p.household, p.tier, p.posterior, p.capacity, p.role, p.deceased,
	p.severity, p.band, p.lane, p.place, p.signals, p.categories, p.kinds, p.data_from, p.data_to, p.items, p.incomplete, p.exhibit,
	p.first_item, p.controller, p.safe_contact, p.sealed, p.reasons, p.still_held, p.ward FROM person p`

func scanPerson(row db.Row) (p personRow, err error) {
	var sealed int64
	err = row.Scan(&p.id, &p.registers, &p.name, &p.born, &p.uprn, &p.address, &p.postcode, &p.household, &p.tier, &p.posterior, &p.capacity, &p.role,
		&p.deceased, &p.severity, &p.band, &p.lane, &p.place, &p.signals, &p.categories, &p.kinds, &p.from, &p.to, &p.items, &p.incomplete,
		&p.exhibit, &p.firstItem, &p.controller, &p.safeContact, &sealed, &p.reasons, &p.stillHeld, &p.ward)
	p.sealed = sealed != 0
	return p, err
}

func peopleRows(v *view, emit func([]string) error) error {
	priority := 0
	return v.tx.Each(func(row db.Row) error {
		p, err := scanPerson(row)
		if err != nil {
			return err
		}
		if p.sealed && !v.opt.Sealed {
			return nil
		}
		priority++
		return emit(v.personCells(p, priority))
	}, personSelect+" ORDER BY place")
}

func (v *view) personCells(p personRow, priority int) []string {
	registers, ids := v.registerCells(p.registers)
	first := v.path(itemPath{p.exhibit, p.firstItem})
	if !v.opt.Reveal {
		first = v.hide(first)
	}
	return []string{p.id, registers, ids, v.mask(reeve.KindName, p.name), v.mask(reeve.KindDateOfBirth, p.born), v.mask(reeve.KindUPRN, p.uprn),
		v.hide(p.address), v.mask(reeve.KindPostcode, p.postcode), p.household, p.tier, probability(p.posterior), p.capacity, p.role, p.deceased,
		hundredths(p.severity), p.band, p.lane, strconv.Itoa(priority), p.signals, p.categories, p.kinds, dateCell(p.from), dateCell(p.to),
		strconv.FormatInt(p.items, 10), strconv.FormatInt(p.incomplete, 10), p.exhibit, first, p.controller, p.safeContact, yesNo(p.sealed)}
}

// registerCells prints the register pairs in step.
func (v *view) registerCells(pairs string) (registers, ids string) {
	var list [][2]string
	if err := json.Unmarshal([]byte(pairs), &list); err != nil {
		return "", "" // written by registerPairs
	}
	var a, b []string
	for _, p := range list {
		a, b = append(a, p[0]), append(b, v.hide(p[1]))
	}
	return strings.Join(a, ";"), strings.Join(b, ";")
}

// probability prints millionths with four decimals, never rounding up to a
// certainty that is not there.
func probability(m int64) string { return fmt.Sprintf("%d.%04d", m/1_000_000, m%1_000_000/100) }

func hundredths(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

func dateCell(n int64) string { return reeve.DateNumber(int(n)).String() }

var householdsList = List{
	Name:    "households",
	Columns: []string{"household", "uprn", "address", "postcode", "people", "band", "items", "controller"},
	Numbers: []string{"items"},
	rows:    householdRows,
}

type householdRow struct {
	id, uprn, address, postcode, band, controller string
	items                                         int64
}

func householdRows(v *view, emit func([]string) error) error {
	people, err := v.residents()
	if err != nil {
		return err
	}
	rows, err := db.All(v.tx, func(row db.Row) (h householdRow, err error) {
		return h, row.Scan(&h.id, &h.uprn, &h.address, &h.postcode, &h.band, &h.items, &h.controller)
	}, "SELECT id, uprn, address, postcode, band, items, controller FROM household ORDER BY id")
	if err != nil {
		return err
	}
	own, err := v.openHouseholds(rows, people)
	if err != nil {
		return err
	}
	rank := func(h householdRow) int { return -slices.Index(reeve.Bands, reeve.Band(h.band)) }
	slices.SortStableFunc(own, func(a, b householdRow) int { return rank(a) - rank(b) })
	for _, h := range own {
		err := emit([]string{h.id, v.mask(reeve.KindUPRN, h.uprn), v.hide(h.address), v.mask(reeve.KindPostcode, h.postcode), joined(people[h.id]),
			h.band, strconv.FormatInt(h.items, 10), h.controller})
		if err != nil {
			return err
		}
	}
	return nil
}

// residents gives the visible people of every household.
func (v *view) residents() (map[string][]string, error) {
	people := make(map[string][]string)
	err := v.tx.Each(func(row db.Row) error {
		var home, person string
		if err := row.Scan(&home, &person); err != nil {
			return err
		}
		if v.visible(person) {
			people[home] = append(people[home], person)
		}
		return nil
	}, "SELECT household, person FROM resident ORDER BY household, person")
	return people, err
}

// openHouseholds leaves sealed people out of the bands and counts of their
// households, and drops households in which nobody else has data.
func (v *view) openHouseholds(rows []householdRow, people map[string][]string) ([]householdRow, error) {
	if v.opt.Sealed || len(v.sealed) == 0 {
		return rows, nil
	}
	homes := make(map[string]bool) // households of sealed people
	err := v.tx.Each(func(row db.Row) error {
		var home string
		err := row.Scan(&home)
		homes[home] = true
		return err
	}, "SELECT r.household FROM resident r JOIN person p ON p.id = r.person WHERE p.sealed = 1")
	if err != nil {
		return nil, err
	}
	var out []householdRow
	for _, h := range rows {
		if !homes[h.id] {
			out = append(out, h)
			continue
		}
		if err := v.withoutSealed(&h, people[h.id]); err != nil {
			return nil, err
		}
		if h.items > 0 {
			out = append(out, h)
		}
	}
	return out, nil
}

func (v *view) withoutSealed(h *householdRow, people []string) error {
	h.band = string(reeve.BandLow)
	documents := make(map[int64]bool)
	for _, person := range people {
		var band string
		if err := v.tx.One([]any{&band}, "SELECT band FROM person WHERE id = ?", person); err != nil {
			return err
		}
		if slices.Index(reeve.Bands, reeve.Band(band)) > slices.Index(reeve.Bands, reeve.Band(h.band)) {
			h.band = band
		}
		err := v.tx.Each(func(row db.Row) error {
			var id int64
			err := row.Scan(&id)
			documents[id] = true
			return err
		}, "SELECT DISTINCT document FROM link WHERE person = ?", person)
		if err != nil {
			return err
		}
	}
	h.items = int64(len(documents))
	return nil
}

// stamp prints a time of the case in UTC.
func stamp(at int64) string { return time.Unix(at, 0).UTC().Format(time.RFC3339) }

// registerPairs are the (source_system, source_person_id) pairs of a person.
func (p *personRow) registerPairs() (pairs [][2]string, err error) {
	return pairs, json.Unmarshal([]byte(p.registers), &pairs)
}
