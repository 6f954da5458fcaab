package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

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
			m.watch.note(c.Name(), err, m.Now().Unix())
			all = errors.Join(all, fmt.Errorf("ask %s: %w", c.Name(), err))
		}
	}
	return all
}

const (
	pullPage = 100
	// notifyKeeps is for how long Notify knows of a message at most; after that it
	// is not asked any more.
	notifyKeeps = 90 * 24 * time.Hour
	// fewRefs are worth a question each; of more, all that a channel keeps is read.
	fewRefs = 250
)

// lister is a channel that gives what it keeps in large pages.
type lister interface {
	List(ctx context.Context, emit func(reference string, r Receipt) bool) error
}

func (m *Room) pullFrom(ctx context.Context, c Channel) error {
	var refs []string
	since := c.Now().Add(-notifyKeeps).Unix()
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) { refs, err = pullable(tx, c.Name(), since); return err })
	if err != nil || len(refs) == 0 {
		return err
	}
	if l, ok := c.(lister); ok && len(refs) > fewRefs {
		return m.pullList(ctx, c, l, refs)
	}
	for page := range slices.Chunk(refs, pullPage) {
		found := make(map[string]Receipt)
		for _, ref := range page {
			r, err := c.Find(ctx, ref)
			if errors.Is(err, reeve.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			found[ref] = r
		}
		if err := m.keepStatuses(ctx, c, page, found); err != nil {
			return err
		}
	}
	return nil
}

// pullList reads what a channel keeps until every reference was met.
func (m *Room) pullList(ctx context.Context, c Channel, l lister, refs []string) error {
	want := make(map[string]bool, len(refs))
	for _, ref := range refs {
		want[ref] = true
	}
	found := make(map[string]Receipt, len(refs))
	err := l.List(ctx, func(ref string, r Receipt) bool {
		if want[ref] {
			found[ref] = r
			delete(want, ref)
		}
		return len(want) > 0
	})
	for page := range slices.Chunk(refs, pullPage) {
		if kept := m.keepStatuses(ctx, c, page, found); kept != nil {
			return kept // what was told before the list broke off is kept
		}
	}
	return err
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
