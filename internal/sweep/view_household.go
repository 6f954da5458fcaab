package sweep

import (
	"github.com/reeve-council/reeve"
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
