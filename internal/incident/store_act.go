package incident

import (
	"errors"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// actsKnown gives the number of the first act that nobody has looked at yet.
func actsKnown(tx *db.Tx) (next int64, err error) {
	err = tx.One([]any{&next}, "SELECT next FROM incident_act_place WHERE one = 1")
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	return next, err
}

// noteActs looks at up to limit acts that nobody has looked at, and keeps the
// numbers of those that belong into a timeline. It gives how many it looked at.
func noteActs(tx *db.Tx, limit int) (int, error) {
	if err := tx.Serialise("incident_act"); err != nil {
		return 0, err
	}
	next, err := actsKnown(tx)
	if err != nil {
		return 0, err
	}
	lines, err := record.Lines(tx, next, limit)
	if err != nil || len(lines) == 0 {
		return 0, err
	}
	b := tx.LoadNew("incident_act", "sequence", "happened")
	for _, l := range lines {
		if !tells(l) {
			continue
		}
		if err := b.Add(l.Sequence, l.Time); err != nil {
			return 0, err
		}
	}
	if err := b.Close(); err != nil {
		return 0, err
	}
	place := tx.Upsert("incident_act_place", []string{"one"}, []string{"one", "next"})
	if err := place.Add(1, lines[len(lines)-1].Sequence+1); err != nil {
		return 0, err
	}
	return len(lines), place.Close()
}

// knownActs gives the numbers of acts that belong into a timeline, the newest
// first, below one of them and within the times of a question.
func knownActs(tx *db.Tx, q entryQuery, below int64, limit int) ([]int64, error) {
	until := q.Until
	if until == 0 {
		until = 1 << 53
	}
	return db.All(tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) },
		"SELECT sequence FROM incident_act WHERE sequence < ? AND happened >= ? AND happened < ? ORDER BY sequence DESC LIMIT ?", below, q.From, until, limit)
}

// actsBelow gives acts that belong into a timeline, the newest first, below the
// number before (0: from the newest): those that nobody has looked at yet, which
// are few while the job runs that looks, and those that are known.
func actsBelow(tx *db.Tx, q entryQuery, before int64) ([]record.Line, error) {
	head, err := record.Root(tx)
	if err != nil {
		return nil, err
	}
	end := head.Size
	if before > 0 {
		end = min(end, before-1)
	}
	known, err := actsKnown(tx)
	if err != nil {
		return nil, err
	}
	all, err := freshActs(tx, q, known, end)
	if err != nil || len(all) == q.Limit {
		return all, err
	}
	limit := q.Limit - len(all)
	if len(q.Words) > 0 {
		limit = actSearch
	}
	numbers, err := knownActs(tx, q, min(known, end), limit)
	if err != nil {
		return nil, err
	}
	for _, n := range numbers {
		line, err := record.Lines(tx, n, 1)
		if err != nil {
			return nil, err
		}
		if len(line) == 1 && tells(line[0]) && q.matches(line[0]) && len(all) < q.Limit {
			all = append(all, line[0])
		}
	}
	return all, nil
}

// freshActs gives those acts from begin to end, the newest first, that belong
// into a timeline; it looks at no more than freshScan.
func freshActs(tx *db.Tx, q entryQuery, begin, end int64) (all []record.Line, err error) {
	begin = max(begin, end-freshScan)
	if begin >= end {
		return nil, nil
	}
	lines, err := record.Lines(tx, begin, int(end-begin))
	for _, l := range slices.Backward(lines) {
		if tells(l) && q.matches(l) && len(all) < q.Limit {
			all = append(all, l)
		}
	}
	return all, err
}
