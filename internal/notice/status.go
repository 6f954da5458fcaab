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
			all = errors.Join(all, fmt.Errorf("ask %s: %w", c.Name(), err))
		}
	}
	return all
}

const pullPage = 100

func (m *Room) pullFrom(ctx context.Context, c Channel) error {
	after := ""
	for {
		var refs []string
		err := m.db.Read(ctx, func(tx *db.Tx) (err error) { refs, err = pullable(tx, c.Name(), after, pullPage); return err })
		if err != nil || len(refs) == 0 {
			return err
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
		if err := m.keepStatuses(ctx, c, refs, found); err != nil {
			return err
		}
	}
}

func (m *Room) keepStatuses(ctx context.Context, c Channel, order []string, found map[string]Receipt) error {
	return m.keep(ctx, func(tx *db.Tx) (record.Leaf, error) {
		n := 0
		for _, ref := range order {
			r, ok := found[ref]
			if !ok || statuses[r.Status] == onItsWay || statuses[r.Status] == "" {
				continue
			}
			news, err := keepStatus(tx, c.Name(), ref, r, m.Now().Unix())
			if err != nil && !isNotFound(err) {
				return record.Leaf{}, err
			}
			if news {
				n++
			}
		}
		if n == 0 {
			return record.Leaf{}, nil
		}
		return record.Leaf{Verb: "receive", Object: "notice-channel:" + c.Name(), Line: fmt.Sprintf("%s told what became of %d messages", c.Name(), n)}, nil
	})
}

// Tell takes what became of one reference from whoever knows it, whatever way it
// went: a list of letters that came back, for example. A reference that is not
// ours is reeve.NotFound; a word that says nothing new changes nothing.
func (m *Room) Tell(ctx context.Context, reference, status string) error {
	return m.hear(ctx, "", reference, Receipt{Status: status, At: m.Now().Unix()})
}

// hear is Tell for a channel: only what left by it is its to speak of.
func (m *Room) hear(ctx context.Context, channel, reference string, r Receipt) error {
	if _, ok := statuses[r.Status]; !ok {
		return fmt.Errorf("take status: %w", reeve.Invalid)
	}
	return m.keep(ctx, func(tx *db.Tx) (record.Leaf, error) {
		news, err := keepStatus(tx, channel, reference, r, m.Now().Unix())
		if err != nil {
			return record.Leaf{}, fmt.Errorf("take status: %w", err)
		}
		if !news {
			return record.Leaf{}, nil
		}
		return record.Leaf{Verb: "receive", Object: "notice:" + reference, Line: "The channel says: " + r.Status}, nil
	})
}
