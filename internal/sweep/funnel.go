package sweep

import (
	"context"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Funnel is the account with which a sweep ends: items seen = read + partly
// read + not read → items with personal data → people → households. Sealed
// people are in no number but their own.
type Funnel struct {
	Items      int64            `json:"items"`
	Bytes      int64            `json:"bytes"`
	Read       int64            `json:"read"`
	PartlyRead int64            `json:"partly_read"`
	NotRead    int64            `json:"not_read"`
	Reasons    []FunnelReason   `json:"not_read_by_reason"`
	Pages      int64            `json:"pages_not_read"` // of items that have pages, scans first of all
	Personal   int64            `json:"items_with_personal_data"`
	People     int64            `json:"people"`
	ByBand     map[string]int64 `json:"people_by_band"`
	ByTier     map[string]int64 `json:"people_by_tier"`
	ByLane     map[string]int64 `json:"people_by_lane"`
	Households int64            `json:"households"`
	Sealed     string           `json:"sealed"` // exact from 10, "fewer than 10" for 1–9
	NotHeld    int64            `json:"listed_not_held"`
	Differs    int64            `json:"listed_differs"`
}

// FunnelReason counts what was not read.
type FunnelReason struct {
	Status reeve.Status `json:"status"`
	Reason reeve.Reason `json:"reason"`
	Items  int64        `json:"items"`
}

// Funnel reckons the funnel of the case as it stands.
func (c *Case) Funnel(ctx context.Context) (Funnel, error) {
	f := Funnel{ByBand: make(map[string]int64), ByTier: make(map[string]int64), ByLane: make(map[string]int64)}
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		v := &view{tx: tx}
		if err := v.prepare(); err != nil {
			return err
		}
		for _, part := range []func(*view) error{f.countItems, f.countPersonal, f.countPeople, f.countListed} {
			if err := part(v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return f, fmt.Errorf("reckon funnel: %w", err)
	}
	return f, nil
}

func (f *Funnel) countItems(v *view) error {
	err := v.tx.One([]any{&f.Pages}, "SELECT COALESCE(SUM(d.pages_unread), 0) FROM item i JOIN document d ON d.digest = i.digest WHERE i.digest <> ''")
	if err != nil {
		return err
	}
	return coverageRowsOf(v, func(k coverageKey, items, bytes int64) {
		f.Items += items
		f.Bytes += bytes
		switch k.status {
		case reeve.StatusRead:
			f.Read += items
		case reeve.StatusPartlyRead:
			f.PartlyRead += items
		default:
			f.NotRead += items
			f.Reasons = append(f.Reasons, FunnelReason{k.status, k.reason, items})
		}
	})
}

func (f *Funnel) countPersonal(v *view) error {
	findings, _, err := v.counts()
	if err != nil {
		return err
	}
	return v.eachItem(func(m itemView) error {
		if findings[m.document] > 0 {
			f.Personal++
		}
		return nil
	})
}

func (f *Funnel) countPeople(v *view) error {
	sealed := int64(0)
	err := v.tx.Each(func(row db.Row) error {
		p, err := scanPerson(row)
		if err != nil {
			return err
		}
		if p.sealed {
			sealed++
			return nil
		}
		f.People++
		f.ByBand[p.band]++
		f.ByTier[p.tier]++
		f.ByLane[p.lane]++
		return nil
	}, personSelect)
	f.Sealed = SmallCount(sealed)
	if err != nil {
		return err
	}
	return householdRows(v, func([]string) error { f.Households++; return nil })
}

// SmallCount prints a count of sealed people: one so small that it could point
// at somebody is not told.
func SmallCount(n int64) string {
	if n >= 1 && n <= 9 {
		return "fewer than 10"
	}
	return fmt.Sprint(n)
}
