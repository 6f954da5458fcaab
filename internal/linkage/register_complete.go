package linkage

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Complete makes every record stand for itself once all registers are loaded.
// Rows that give only an address for a person (Mosaic addresses) take the
// person's name and birth date; rows that give only the address of a house
// (housing tenancies and properties) are given to its members; gazetteer rows
// come back apart as places. The order of people is that of the input.
func Complete(all []reeve.Record) (people, places []reeve.Record) {
	named := make(map[string]int)
	houses := newHouses(all)
	people = make([]reeve.Record, 0, len(all)) // growing it would hold them twice
	for i := range all {
		if r := &all[i]; hasName(r) {
			if _, ok := named[r.Key()]; !ok {
				named[r.Key()] = i
			}
		}
	}
	for i := range all {
		r := all[i]
		switch {
		case r.Kind == "llpg":
			places = append(places, r)
		case houses.owns(&r):
		case hasName(&r) || r.AnonymousElector:
			people = append(people, houses.fill(r)...)
		default:
			if owner, ok := named[r.Key()]; ok {
				people = append(people, addressRow(all[owner], r))
			}
		}
	}
	return people, places
}

func hasName(r *reeve.Record) bool { return r.Surname != "" || r.Forename != "" }

// addressRow is the identity of one row with the address of another.
func addressRow(person, place reeve.Record) reeve.Record {
	out := person
	out.Address, out.Town, out.Postcode, out.UPRN = place.Address, place.Town, place.Postcode, place.UPRN
	out.AddressFrom, out.AddressTo, out.AddressType = place.AddressFrom, place.AddressTo, place.AddressType
	out.Line = place.Line
	return out
}

// houses knows the address rows of housing systems.
type houses struct {
	tenancies  map[string][]reeve.Record // by system and house
	properties map[string]reeve.Record   // by system and property
}

func newHouses(all []reeve.Record) houses {
	h := houses{make(map[string][]reeve.Record), make(map[string]reeve.Record)}
	for i := range all {
		r := &all[i]
		switch {
		case !h.owns(r):
		case strings.HasPrefix(r.SourceID, "house:"):
			k := r.System + "\x00" + r.Household
			h.tenancies[k] = append(h.tenancies[k], *r)
		default:
			h.properties[r.System+"\x00"+r.Household] = *r
		}
	}
	return h
}

func (houses) owns(r *reeve.Record) bool {
	return r.Kind == "housing" && !hasName(r) && (strings.HasPrefix(r.SourceID, "house:") || strings.HasPrefix(r.SourceID, "prop:"))
}

// fill gives a member of a house its addresses and rent references, one record
// for each tenancy.
func (h houses) fill(r reeve.Record) []reeve.Record {
	if r.Kind != "housing" || len(r.Address) > 0 {
		return []reeve.Record{r}
	}
	var out []reeve.Record
	for _, t := range h.tenancies[r.System+"\x00"+r.Household] {
		place := t
		if len(t.Address) == 1 && strings.HasPrefix(t.Address[0], "prop:") {
			p, ok := h.properties[r.System+"\x00"+strings.TrimPrefix(t.Address[0], "prop:")]
			if !ok {
				place.Address = nil
			} else {
				place.Address, place.Postcode, place.UPRN, place.Town = p.Address, p.Postcode, p.UPRN, p.Town
			}
		}
		row := addressRow(r, place)
		row.Line = r.Line
		row.Refs = append(slices.Clone(r.Refs), t.Refs...)
		out = append(out, row)
	}
	if len(out) == 0 {
		return []reeve.Record{r}
	}
	return out
}
