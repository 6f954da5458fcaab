package review

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// What is likely privileged is set aside before anyone reads it: a job looks at
// every item, and the viewer looks at the one it is about to show if the job has
// not got there yet.
const (
	siftKind  = "review.privilege"
	siftEvery = time.Hour
	siftGroup = 200 // items in one transaction
)

// machine is the actor of what Reeve does by itself.
const machine = "reeve"

// siftAll looks at every item that was not looked at in the state it is in.
// It goes on where it was stopped.
func (m *Room) siftAll(ctx context.Context) error {
	stamp, err := m.kase.Stamp(ctx)
	if err != nil {
		return fmt.Errorf("look for privilege: %w", err)
	}
	if whole, err := m.siftedWhole(ctx); err != nil || whole {
		return err
	}
	for after := int64(0); ; {
		var group []siftItem
		err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
			group, err = unsifted(tx, after, siftGroup)
			return err
		})
		if err != nil {
			return fmt.Errorf("look for privilege: %w", err)
		}
		if len(group) == 0 {
			return m.db.Write(ctx, func(tx *db.Tx) error {
				return keepSifted(tx, []siftItem{{State: privilegeRule + " " + stamp.String()}})
			})
		}
		if err := m.sift(ctx, group, sweep.Scope{}); err != nil {
			return fmt.Errorf("look for privilege: %w", err)
		}
		after = group[len(group)-1].Item
	}
}

// siftedWhole reports whether every item was looked at as the case stands.
func (m *Room) siftedWhole(ctx context.Context) (bool, error) {
	stamp, err := m.kase.Stamp(ctx)
	if err != nil {
		return false, fmt.Errorf("look for privilege: %w", err)
	}
	var state string
	err = m.db.Read(ctx, func(tx *db.Tx) error { return siftedState(tx, 0, &state) })
	return state == privilegeRule+" "+stamp.String(), err
}

// siftThese looks at some items before they, or passages of them, are shown.
func (m *Room) siftThese(ctx context.Context, s sweep.Scope, items ...int64) error {
	for some := range slices.Chunk(items, siftGroup) {
		var group []siftItem
		err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
			group, err = unsiftedAmong(tx, some)
			return err
		})
		if err == nil && len(group) > 0 {
			err = m.sift(ctx, group, s)
		}
		if err != nil {
			return fmt.Errorf("look for privilege: %w", err)
		}
	}
	return nil
}

// sift looks at some items and sets aside what is likely privileged. An item
// whose text may not be read under the scope, as it holds somebody sealed, is
// looked at when it is first shown.
func (m *Room) sift(ctx context.Context, group []siftItem, s sweep.Scope) error {
	var aside []stop
	seen := group[:0:0]
	for _, it := range group {
		opening, err := m.opening(ctx, it.Document, s)
		sealed := errors.Is(err, reeve.Denied)
		if err != nil && !sealed {
			return err
		}
		if sign, likely := likelyPrivileged([]string{it.Path}, opening); likely {
			aside = append(aside, stop{Item: it.Item, Why: causePrivilege, Note: sign, Actor: machine, ActorName: "Reeve", At: m.Now().Unix()})
		} else if sealed {
			continue
		}
		seen = append(seen, it)
	}
	return m.db.Write(ctx, func(tx *db.Tx) error {
		if err := keepSifted(tx, seen); err != nil {
			return err
		}
		return m.setAside(tx, aside)
	})
}

// setAside keeps what the machine set aside, with one leaf for all of it. What
// it set aside before, a lead has decided about or will.
func (m *Room) setAside(tx *db.Tx, aside []stop) error {
	sum, n := sha256.New(), int64(0)
	for i := range aside {
		before, err := machineStopped(tx, aside[i].Item)
		if err != nil {
			return err
		}
		if before {
			continue
		}
		if err := addStop(tx, &aside[i]); err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s\n", aside[i].Thing())
		n++
	}
	if n == 0 {
		return nil
	}
	_, err := record.Append(tx, record.Leaf{Time: m.Now().Unix(), Actor: machine, Verb: "stop", Object: "items likely privileged", Rows: n,
		Digest: hex.EncodeToString(sum.Sum(nil)), Line: "set aside before anyone reads them, by " + privilegeRule})
	return err
}

// opening is how a document begins.
func (m *Room) opening(ctx context.Context, document int64, s sweep.Scope) (string, error) {
	if document == 0 {
		return "", nil
	}
	blocks, err := m.kase.Blocks(ctx, document, 0, 3, s)
	if errors.Is(err, reeve.Unavailable) {
		return "", nil // its text was destroyed
	}
	if err != nil {
		return "", err
	}
	return openingOf(blocks), nil
}
