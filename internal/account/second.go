package account

import (
	"context"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// Second is the two-person rule. Whoever keeps something that two people must
// agree to stores the ids of both (of all, where there are more) beside it, and
// asks Second with those who acted before: the visitor must be another person,
// and a person at all. Whether they may approve is the policy's matter. The
// error is reeve.Denied.
func Second(v *web.Visitor, before ...string) error {
	switch {
	case v == nil || v.Token:
		return reeve.WithHint(fmt.Errorf("agree: %w", reeve.Denied), "a person must agree to this, not a program")
	case slices.Contains(before, v.ID):
		return reeve.WithHint(fmt.Errorf("agree: %w", reeve.Denied), "nobody agrees to what they did themselves: another person must")
	}
	return nil
}

// Colleague is a user to whom something can be given.
type Colleague struct {
	ID    string
	Name  string
	Roles []Role
}

// Colleagues are the users who may sign in now, by name.
func (m *Room) Colleagues(ctx context.Context) (list []Colleague, err error) {
	err = m.read(ctx, func(tx *db.Tx) error {
		all, err := Users(tx)
		for _, u := range all {
			if u.Active && u.Joined() {
				list = append(list, Colleague{u.ID, u.Name, u.Roles})
			}
		}
		return err
	})
	return list, err
}
