package notice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
)

const (
	checkPage    = 100
	checkWorkers = 2 // letters that are set at once
)

// checkRun sets and checks every message of a frozen run, and reckons digest
// and cost of what may leave. It goes on where it was.
func (m *Room) checkRun(ctx context.Context, w *job.Work) error {
	var args runArgs
	if err := json.Unmarshal(w.Args, &args); err != nil {
		return job.Refuse(fmt.Errorf("check run: %w", reeve.Invalid))
	}
	var r run
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) { r, err = readRun(tx, args.Run); return err })
	if err != nil || r.State != Checking {
		return err
	}
	for {
		n, err := m.checkSome(ctx, &r)
		if err != nil {
			return err
		}
		if n == 0 {
			seen, err := m.look(ctx, &r)
			if err != nil {
				return err
			}
			return m.endCheck(ctx, r.ID, seen)
		}
	}
}

// checkSome checks a page of messages.
func (m *Room) checkSome(ctx context.Context, r *run) (int, error) {
	var all []frozenMessage
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) { all, err = messages(tx, r.ID, msgFrozen, 0, checkPage); return err })
	if err != nil || len(all) == 0 {
		return 0, err
	}
	if err := checkAll(ctx, r, all); err != nil {
		return 0, err
	}
	return len(all), m.db.WriteDurable(ctx, func(tx *db.Tx) error { return markChecked(tx, r.ID, all) })
}

// checkAll makes every message as it would leave, and writes into it what was
// found.
func checkAll(ctx context.Context, r *run, all []frozenMessage) error {
	var wait sync.WaitGroup
	for k := range checkWorkers {
		wait.Go(func() {
			for i := k; i < len(all) && ctx.Err() == nil; i += checkWorkers {
				x := &all[i]
				p, err := r.render(x)
				if err != nil {
					x.State, x.Why = msgFaulty, faultName(err)
					continue
				}
				x.State, x.Sides = msgReady, int64(p.Sides)
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}

// faultName is the name of what is wrong with a message.
func faultName(err error) string {
	var f Fault
	if errors.As(err, &f) {
		return string(f)
	}
	var r Refusal
	if errors.As(err, &r) {
		return r.Name
	}
	return "error"
}

// endCheck reckons the digest and the cost, keeps what was seen of the letters
// that were drawn, and lets people look and sign.
func (m *Room) endCheck(ctx context.Context, id int64, seen []glance) error {
	return m.keep(ctx, func(tx *db.Tx) (record.Leaf, error) {
		r, err := readRun(tx, id)
		if err != nil || r.State != Checking {
			return record.Leaf{}, err
		}
		digest, sides, n, err := digestReady(tx, id)
		if err != nil {
			return record.Leaf{}, err
		}
		if err := checkedRun(tx, id, digest, m.cost(&r, sides)); err != nil {
			return record.Leaf{}, err
		}
		if len(seen) > 0 {
			if err := keepGlances(tx, id, seen, m.Eye.Name(), m.Now().Unix()); err != nil {
				return record.Leaf{}, err
			}
		}
		return record.Leaf{Verb: "check", Object: runObject(id), Line: fmt.Sprintf("Every message of the run was made and checked: %d can leave; digest %s%s", n, digest, m.lookLine(&r, seen))},
			moveRun(tx, &r, Checked, "", m.Now().Unix())
	})
}

// cost is what the channel asks for messages by their sides, in pence without
// VAT; -1 when it is not known.
func (m *Room) cost(r *run, sides map[int64]int64) (pence int64) {
	c, err := m.channel(r.Channel)
	if err != nil || c.Limits().Pence == nil {
		return -1
	}
	for s, n := range sides {
		pence += n * c.Limits().Pence(int(s), r.Way)
	}
	return pence
}
