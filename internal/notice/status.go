package notice

import (
	"context"
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
)

// pullStatuses asks every channel what became of messages whose fate is not
// known. Notify forgets after seven days: it is asked several times a day.
func (m *Room) pullStatuses(ctx context.Context, _ *job.Work) error {
	var all error
	for _, c := range m.Channels {
		if err := m.pullFrom(ctx, c); err != nil {
			all = errors.Join(all, err)
		}
	}
	return all
}

const pullPage = 100

func (m *Room) pullFrom(ctx context.Context, c Channel) error {
	after, changed := "", 0
	for {
		var refs []string
		err := m.db.Read(ctx, func(tx *db.Tx) (err error) { refs, err = pullable(tx, c.Name(), after, pullPage); return err })
		if err != nil {
			return err
		}
		if len(refs) == 0 {
			break
		}
		after = refs[len(refs)-1]
		found := make(map[string]Receipt)
		for _, ref := range refs {
			r, err := c.Find(ctx, ref)
			if errors.Is(err, reeve.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			found[ref] = r
		}
		if err := m.keepStatuses(ctx, c, refs, found, &changed); err != nil {
			return err
		}
	}
	return nil
}

func (m *Room) keepStatuses(ctx context.Context, c Channel, order []string, found map[string]Receipt, changed *int) error {
	return m.keep(ctx, func(tx *db.Tx) (record.Leaf, error) {
		n := 0
		for _, ref := range order {
			r, ok := found[ref]
			if !ok || statuses[r.Status] == onItsWay || statuses[r.Status] == "" {
				continue
			}
			known, err := keepStatus(tx, ref, r, m.Now().Unix())
			if err != nil {
				return record.Leaf{}, err
			}
			if known {
				n++
			}
		}
		*changed += n
		if n == 0 {
			return record.Leaf{}, nil
		}
		return record.Leaf{Verb: "receive", Object: "notice-channel:" + c.Name(), Line: fmt.Sprintf("%s told what became of %d messages", c.Name(), n)}, nil
	})
}

// Tell takes what a channel says of one reference by itself: a callback of
// Notify, or a list of letters that came back. A reference that is not ours is
// reeve.NotFound.
func (m *Room) Tell(ctx context.Context, reference, status string) error {
	if _, ok := statuses[status]; !ok {
		return fmt.Errorf("take status: %w", reeve.Invalid)
	}
	return m.keep(ctx, func(tx *db.Tx) (record.Leaf, error) {
		known, err := keepStatus(tx, reference, Receipt{Status: status, At: m.Now().Unix()}, m.Now().Unix())
		if err == nil && !known {
			err = fmt.Errorf("take status: %w", reeve.NotFound)
		}
		return record.Leaf{Verb: "receive", Object: "notice:" + reference, Line: "The channel says: " + status}, err
	})
}
