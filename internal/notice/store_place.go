package notice

import (
	"maps"
	"regexp"
	"slices"

	"github.com/reeve-council/reeve/internal/db"
)

// placeSchema keeps the other form in which a suppressed address is known: one
// register names the locality, another does not.
const placeSchema = `
CREATE TABLE notice_place_form (
	form  TEXT NOT NULL, -- folded
	place TEXT NOT NULL, -- as suppressed, folded
	PRIMARY KEY (form, place)
);
`

// A line with the number of a house and its street, and words that tell one home
// of a house from another.
var (
	streetLine = regexp.MustCompile(`(?i)^\d+[a-z]?(-\d+[a-z]?)?\s+\pL`)
	partOfHome = regexp.MustCompile(`(?i)\d|\b(flat|apartment|basement|floor|room|unit|rear|annexe?|upper|lower)\b`)
)

// placesOf are the folded forms of an address, the whole first. Behind the street
// with its number stand only locality and town, which one register names and
// another does not: the second form is without them. An address that has no such
// line, or whose last lines could tell one home of a house from another, has the
// whole alone: no home is ever taken for its neighbour's.
func placesOf(lines []string, postcode string) []string {
	all := []string{foldPlace(append(slices.Clone(lines), postcode))}
	for i := len(lines) - 1; i >= 0; i-- {
		if streetLine.MatchString(lines[i]) {
			return append(all, foldPlace(append(slices.Clone(lines[:i+1]), postcode)))
		}
		if partOfHome.MatchString(lines[i]) {
			break
		}
	}
	return all
}

// blockPlaces is placesOf for an address block, whose first line is to whom and
// whose last is the postcode; nothing for one that is too short.
func blockPlaces(block []string) []string {
	if len(block) < leastLines {
		return nil
	}
	last := len(block) - 1
	return placesOf(block[1:last], block[last])
}

// places are the folded forms of where a message goes: both of an address, or
// the one of a mailbox or number.
func (m *frozenMessage) places() []string {
	if m.Place == "" {
		return nil
	}
	if all := blockPlaces(m.Recipient.open().Lines); len(all) > 0 && all[0] == m.Place {
		return all
	}
	return []string{m.Place}
}

// keepForms keeps under which other forms a suppressed address is known.
func keepForms(tx *db.Tx, place string, forms []string) error {
	load := tx.LoadNew("notice_place_form", "form", "place")
	for _, f := range slices.Compact(slices.Sorted(slices.Values(forms))) {
		if f == place {
			continue
		}
		if err := load.Add(f, place); err != nil {
			return err
		}
	}
	return load.Close()
}

// keepFormsOf does so for the address to which a letter went. What went to a
// mailbox or a number says nothing about where somebody lives.
func keepFormsOf(tx *db.Tx, run, n int64) error {
	m, err := messageAt(tx, run, n)
	if err != nil {
		return err
	}
	forms := blockPlaces(m.Recipient.open().Lines)
	if len(forms) == 0 || forms[0] != m.Place {
		return nil
	}
	return keepForms(tx, m.Place, forms)
}

// suppressedPlaces gives those of some folded addresses to which nothing is to be
// sent, under whichever form they were suppressed.
func suppressedPlaces(tx *db.Tx, places []string) (map[string]int64, error) {
	found, err := known(tx, places, "SELECT place, MAX(id) FROM notice_suppression WHERE lifted = 0 AND place <> '' AND place IN (%s) GROUP BY place")
	if err != nil {
		return nil, err
	}
	more, err := known(tx, places, `SELECT f.form, MAX(s.id) FROM notice_place_form f JOIN notice_suppression s ON s.place = f.place
		WHERE s.lifted = 0 AND f.form IN (%s) GROUP BY f.form`)
	maps.Copy(found, more)
	return found, err
}
