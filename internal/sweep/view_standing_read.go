package sweep

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/evidence"
)

// Standing gives where the case stands. The first one asked for on a day keeps
// that day's figures.
func (c *Case) Standing(ctx context.Context, s Scope) (Standing, error) {
	if err := c.beginDay(ctx); err != nil {
		return Standing{}, fmt.Errorf("show standing: %w", err)
	}
	out := Standing{}
	err := c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if out.Stamp, err = stampOf(tx); err != nil {
			return err
		}
		for _, part := range []func(*db.Tx, Scope) error{out.sources, out.items, out.people, out.before} {
			if err := part(tx, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("show standing: %w", err)
	}
	return out, nil
}

// beginDay keeps the figures of a day on which nothing was counted yet.
func (c *Case) beginDay(ctx context.Context) error {
	var day int64
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.One([]any{&day}, "SELECT COALESCE(MAX(day), 0) FROM tally_day")
	})
	if err != nil || day >= today() {
		return err
	}
	return c.DB.Write(ctx, keepDay)
}

func (st *Standing) sources(tx *db.Tx, _ Scope) error {
	err := tx.One([]any{&st.AsOf}, "SELECT value FROM setting WHERE name = ?", settingAsOf)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return err
	}
	err = tx.One([]any{&st.Exhibits, &st.Registers}, "SELECT (SELECT COUNT(*) FROM exhibit), (SELECT COUNT(*) FROM register)")
	if err != nil {
		return err
	}
	return tx.Each(func(row db.Row) error {
		var state string
		var n int64
		err := row.Scan(&state, &n)
		if state == evidence.NotHeld {
			st.Listed = n
		} else {
			st.Differs += n
		}
		return err
	}, "SELECT state, COUNT(*) FROM listed GROUP BY state")
}

// items sums up what became of items, by folder and service.
func (st *Standing) items(tx *db.Tx, _ Scope) error {
	type place struct{ exhibit, folder string }
	folders, byService := make(map[place]*UnreadFolder), make(map[string]*UnreadFolder)
	reasons := make(map[coverageKey]int64)
	err := tx.Each(func(row db.Row) error {
		var p place
		var k coverageKey
		var n folderSums
		if err := row.Scan(&p.exhibit, &p.folder, &k.status, &k.reason, &n.items, &n.bytes, &n.pages, &n.unread, &n.personal); err != nil {
			return err
		}
		if folders[p] == nil {
			folders[p] = &UnreadFolder{Exhibit: p.exhibit, Folder: p.folder, Service: serviceOf(p.folder)}
		}
		service := folders[p].Service
		if byService[service] == nil {
			byService[service] = &UnreadFolder{Service: service}
		}
		st.add(k, n)
		folders[p].add(k.status, n)
		byService[service].add(k.status, n)
		if k.status != reeve.StatusRead && k.status != reeve.StatusPartlyRead {
			reasons[k] += n.items
		}
		return nil
	}, "SELECT exhibit, folder, status, reason, items, bytes, pages, unread, personal FROM folder_tally")
	for _, k := range slices.SortedFunc(maps.Keys(reasons), func(a, b coverageKey) int {
		return cmp.Or(slices.Index(reeve.Statuses, a.status)-slices.Index(reeve.Statuses, b.status), cmp.Compare(a.reason, b.reason))
	}) {
		st.Reasons = append(st.Reasons, FunnelReason{k.status, k.reason, reasons[k]})
	}
	st.Unread, st.Services = worstFirst(maps.Values(folders)), worstFirst(maps.Values(byService))
	return err
}

func (st *Standing) add(k coverageKey, n folderSums) {
	st.Items, st.Bytes, st.Pages, st.PagesUnread, st.Personal = st.Items+n.items, st.Bytes+n.bytes, st.Pages+n.pages, st.PagesUnread+n.unread, st.Personal+n.personal
	switch k.status {
	case reeve.StatusRead:
		st.Read += n.items
	case reeve.StatusPartlyRead:
		st.PartlyRead += n.items
	default:
		st.NotRead += n.items
	}
}

func (u *UnreadFolder) add(status reeve.Status, n folderSums) {
	u.Items += n.items
	u.Pages += n.unread
	switch status {
	case reeve.StatusRead:
		return
	case reeve.StatusPartlyRead:
		u.Partly += n.items
	default:
		u.Unread += n.items
	}
	u.Bytes += n.bytes
}

// foldersShown bounds the folders that a standing lists.
const foldersShown = 200

// worstFirst lists the folders with anything unread, those with the most first.
func worstFirst(all func(func(*UnreadFolder) bool)) []UnreadFolder {
	out := []UnreadFolder{}
	for u := range all {
		if u.Unread+u.Partly > 0 {
			out = append(out, *u)
		}
	}
	slices.SortFunc(out, func(a, b UnreadFolder) int {
		return cmp.Or(cmp.Compare(b.Unread+b.Partly, a.Unread+a.Partly), cmp.Compare(a.Exhibit, b.Exhibit), cmp.Compare(a.Folder, b.Folder), cmp.Compare(a.Service, b.Service))
	})
	return out[:min(len(out), foldersShown)]
}

// people sums up the tallies of the councils in scope.
func (st *Standing) people(tx *db.Tx, s Scope) error {
	sums := make(map[string]map[string]int64)
	controllers := make(map[string]int64)
	var sealed, sealedElsewhere int64
	err := tx.Each(func(row db.Row) error {
		var k tallyKey
		var n int64
		if err := row.Scan(&k.councils, &k.what, &k.value, &n); err != nil {
			return err
		}
		if !s.seesCouncil(k.councils) {
			if k.what == tallySealed {
				sealedElsewhere += n
			}
			return nil
		}
		switch k.what {
		case tallySealed:
			sealed += n
			return nil
		case tallyPeople:
			for _, c := range cellList(k.councils) {
				if s.seesCouncil(c) {
					controllers[c] += n
				}
			}
		}
		if sums[k.what] == nil {
			sums[k.what] = make(map[string]int64)
		}
		sums[k.what][k.value] += n
		return nil
	}, "SELECT councils, what, value, n FROM tally")
	st.People, st.Households, st.Current = sums[tallyPeople][""], sums[tallyHouseholds][""], sums[tallyCurrent][""]
	st.Sealed = sealedWords(sealed, sealedElsewhere)
	st.Tiers = countsIn(sums[tallyTier], tierOrder)
	st.Bands = countsIn(sums[tallyBand], bandOrder)
	st.Lanes = countsIn(sums[tallyLane], laneOrder)
	st.Signals = countsIn(sums[tallySignal], signalOrder)
	for _, l := range []struct {
		into *[]Count
		sums map[string]int64
	}{{&st.Categories, sums[tallyCategory]}, {&st.Kinds, sums[tallyKind]}, {&st.Contacts, sums[tallyContact]}, {&st.Roles, sums[tallyRole]},
		{&st.Controllers, controllers}, {&st.Wards, sums[tallyWard]}, {&st.StillHeld, sums[tallyStill]}} {
		*l.into = mostFirst(l.sums)
	}
	st.Newest, st.Oldest = countsIn(sums[tallyNewest], nil), countsIn(sums[tallyOldest], nil)
	return err
}

// sealedWords is the count of sealed people in scope. A count that would give
// away a small one elsewhere, by what is left of the whole, is not told either.
func sealedWords(n, elsewhere int64) string {
	if n > 9 && elsewhere >= 1 && elsewhere <= 9 {
		return "10 or more"
	}
	return SmallCount(n)
}

var (
	tierOrder   = []string{string(reeve.TierStrong), string(reeve.TierLikely), string(reeve.TierPossible)}
	bandOrder   = []string{string(reeve.BandVeryHigh), string(reeve.BandHigh), string(reeve.BandMedium), string(reeve.BandLow)}
	laneOrder   = []string{string(reeve.LaneSafety), string(reeve.LaneChild), string(reeve.LaneAdultAtRisk), string(reeve.LaneFraud), string(reeve.LaneOther)}
	signalOrder = func() (out []string) {
		for _, g := range reeve.Signals {
			out = append(out, string(g))
		}
		return out
	}()
)

// countsIn lists counts in an order that is given, all of it, then whatever else
// there is by value.
func countsIn(sums map[string]int64, order []string) []Count {
	out := []Count{}
	for _, v := range order {
		out = append(out, Count{v, sums[v]})
	}
	for _, v := range slices.Sorted(maps.Keys(sums)) {
		if !slices.Contains(order, v) {
			out = append(out, Count{v, sums[v]})
		}
	}
	return out
}

// mostFirst lists counts, the largest first.
func mostFirst(sums map[string]int64) []Count {
	out := countsIn(sums, nil)
	slices.SortStableFunc(out, func(a, b Count) int { return cmp.Compare(b.N, a.N) })
	return out
}

// before reads the figures of the last day before today.
func (st *Standing) before(tx *db.Tx, s Scope) error {
	var day int64
	if err := tx.One([]any{&day}, "SELECT COALESCE(MAX(day), 0) FROM tally_day WHERE day < ?", today()); err != nil || day == 0 {
		return err
	}
	b := &Before{Day: dateCell(day)}
	tiers, bands, lanes := make(map[string]int64), make(map[string]int64), make(map[string]int64)
	err := tx.Each(func(row db.Row) error {
		var k tallyKey
		var n int64
		if err := row.Scan(&k.councils, &k.what, &k.value, &n); err != nil {
			return err
		}
		switch k.what {
		case tallyItem:
			b.item(reeve.Status(k.value), n)
		case tallyUnread:
			b.PagesUnread += n
		case tallyPersonal:
			b.Personal += n
		}
		if !s.seesCouncil(k.councils) {
			return nil
		}
		switch k.what {
		case tallyPeople:
			b.People += n
		case tallyHouseholds:
			b.Households += n
		case tallyTier:
			tiers[k.value] += n
		case tallyBand:
			bands[k.value] += n
		case tallyLane:
			lanes[k.value] += n
		}
		return nil
	}, "SELECT councils, what, value, n FROM tally_day WHERE day = ?", day)
	b.Tiers, b.Bands, b.Lanes = countsIn(tiers, tierOrder), countsIn(bands, bandOrder), countsIn(lanes, laneOrder)
	st.Before = b
	return err
}

func (b *Before) item(status reeve.Status, n int64) {
	b.Items += n
	switch status {
	case reeve.StatusRead:
		b.Read += n
	case reeve.StatusPartlyRead:
		b.PartlyRead += n
	default:
		b.NotRead += n
	}
}
