package sweep

import (
	"context"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// ConfirmedAddress is a register row that gives an address which has not ended:
// whose it is, where, and when the register last said so.
type ConfirmedAddress struct {
	Register, ID string // source_system and source_person_id
	UPRN         string
	Postcode     string
	Updated      reeve.Date
}

// EachConfirmed calls use for every register row whose address has not ended and
// whose register last changed or checked the row on the day since or later. Rows
// without such a date confirm nothing and are left out.
func (c *Case) EachConfirmed(ctx context.Context, since reeve.Date, use func(ConfirmedAddress) error) error {
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var data []byte
			if err := row.Scan(&data); err != nil {
				return err
			}
			r, err := decodeRecord(data)
			if err != nil {
				return err
			}
			if len(r.Address) == 0 || ended(r) || r.Updated.IsZero() || r.Updated.Before(since) {
				return nil
			}
			return use(ConfirmedAddress{Register: r.System, ID: r.SourceID, UPRN: r.UPRN, Postcode: r.Postcode, Updated: r.Updated})
		}, "SELECT data FROM record ORDER BY register, line, n")
	})
	if err != nil {
		return fmt.Errorf("read confirmed addresses: %w", err)
	}
	return nil
}
