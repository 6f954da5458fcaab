package sweep

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// HouseholdView is an address with those of its people who may be seen.
type HouseholdView struct {
	ID          string          `json:"id"`
	UPRN        reeve.Sensitive `json:"uprn"`
	Address     reeve.Sensitive `json:"address"`
	Postcode    reeve.Sensitive `json:"postcode"`
	Band        string          `json:"band"`
	Items       int64           `json:"items"`
	Controllers []string        `json:"controllers"`
	People      []PersonLine    `json:"people"`
	Placed      []PlacedView    `json:"placed"` // what could only be placed at the address: nobody's
	MorePlaced  int64           `json:"more_placed"`
}

// PlacedView is a mention that is tied to an address and to nobody in it.
type PlacedView struct {
	Mention string          `json:"mention"`
	Item    int64           `json:"item"`
	Exhibit string          `json:"exhibit"`
	Path    reeve.Sensitive `json:"path"`
	Found   []FoundView     `json:"found"`
}

// placedShown bounds the mentions of an address that one answer shows.
const placedShown = 50

// Household gives one address with those of its people who may be seen;
// reeve.NotFound where there are none and nothing was placed at the address.
func (c *Case) Household(ctx context.Context, id string, s Scope) (*HouseholdView, error) {
	var out *HouseholdView
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		home, err := s.household(tx, id)
		if err != nil {
			return err
		}
		out = home
		return s.placed(tx, out)
	})
	if err != nil {
		return nil, fmt.Errorf("show household: %w", err)
	}
	return out, nil
}

var errNoHome = reeve.WithHint(fmt.Errorf("no household of that id: %w", reeve.NotFound), "Take the id from the list of households, or from a person's page.")

// household reads an address and its people; those who may not be seen are in
// none of its figures.
func (s Scope) household(tx *db.Tx, id string) (*HouseholdView, error) {
	h := &HouseholdView{ID: id, People: []PersonLine{}, Controllers: []string{}}
	var uprn, address, postcode, controllers string
	err := tx.One([]any{&uprn, &address, &postcode, &h.Band, &h.Items, &controllers}, "SELECT uprn, address, postcode, band, items, controller FROM household WHERE id = ?", id)
	if errors.Is(err, reeve.NotFound) {
		return nil, errNoHome
	}
	if err != nil {
		return nil, err
	}
	h.UPRN, h.Address, h.Postcode = reeve.Private(reeve.KindUPRN, uprn), reeve.Private(reeve.KindAddress, address), reeve.Private(reeve.KindPostcode, postcode)
	people, err := db.All(tx, scanPerson, personSelect+" JOIN resident r ON r.person = p.id WHERE r.household = ? ORDER BY p.place", id)
	if err != nil {
		return nil, err
	}
	all := true
	band := string(reeve.BandLow)
	for i := range people {
		p := &people[i]
		if !s.sees(p.id, p.sealed, p.controller) {
			all = false
			continue
		}
		h.People = append(h.People, lineOf(p))
		h.Controllers = append(h.Controllers, cellList(p.controller)...)
		if slices.Index(reeve.Bands, reeve.Band(p.band)) > slices.Index(reeve.Bands, reeve.Band(band)) {
			band = p.band
		}
	}
	slices.Sort(h.Controllers)
	h.Controllers = slices.Compact(h.Controllers)
	if all && len(people) > 0 {
		return h, nil
	}
	h.Band = band
	if err := s.homeItems(tx, h); err != nil {
		return nil, err
	}
	if len(people) == 0 {
		h.Controllers = cellList(controllers)
	}
	if h.Items == 0 || len(h.People) == 0 && !s.seesCouncil(controllers) {
		return nil, errNoHome
	}
	return h, nil
}

// homeItems counts the documents of those who may be seen, and those placed at
// the address.
func (s Scope) homeItems(tx *db.Tx, h *HouseholdView) error {
	args := []any{h.ID}
	query := "SELECT COUNT(*) FROM (SELECT document FROM link WHERE household <> '' AND household = ?"
	if len(h.People) > 0 {
		query += " UNION SELECT document FROM link WHERE person IN (" + marks(len(h.People)) + ")"
		for i := range h.People {
			args = append(args, h.People[i].ID)
		}
	}
	return tx.One([]any{&h.Items}, query+") x", args...)
}

// placed reads what could only be placed at an address. Of documents that hold a
// sealed person nothing is shown.
func (s Scope) placed(tx *db.Tx, h *HouseholdView) error {
	type at struct {
		document, ordinal int64
		mark              string
	}
	rows, err := db.All(tx, func(row db.Row) (a at, err error) {
		return a, row.Scan(&a.document, &a.ordinal, &a.mark)
	}, `SELECT l.document, l.ordinal, m.mark FROM link l JOIN mention m ON m.document = l.document AND m.ordinal = l.ordinal
		WHERE l.household <> '' AND l.household = ? ORDER BY m.mark LIMIT 1000`, h.ID)
	if err != nil {
		return err
	}
	hidden, err := s.hiddenDocuments(tx, func(yield func(int64) bool) {
		for _, a := range rows {
			if !yield(a.document) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	for _, a := range rows {
		if hidden[a.document] {
			continue
		}
		if len(h.Placed) == placedShown {
			h.MorePlaced++
			continue
		}
		p := PlacedView{Mention: a.mark}
		var path string
		err := tx.One([]any{&p.Item, &p.Exhibit, &path}, `SELECT i.id, e.name, i.path FROM document d JOIN item i ON i.digest = d.digest JOIN exhibit e ON e.id = i.exhibit
			WHERE d.id = ? ORDER BY e.name, i.path LIMIT 1`, a.document)
		if err != nil && !errors.Is(err, reeve.NotFound) {
			return err
		}
		p.Path = reeve.Private(KindPath, path)
		found, err := db.All(tx, s.scanFound, foundSelect+" AND f.mention = ? ORDER BY f.n LIMIT ?", a.document, a.ordinal, findingsShown)
		if err != nil {
			return err
		}
		for _, f := range found {
			p.Found = append(p.Found, f.FoundView)
		}
		h.Placed = append(h.Placed, p)
	}
	return nil
}
