package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sweep"
)

// standMeasure times what the guard is asked for every notice as it leaves: how
// one person stands now, and how a page of them does as a run is frozen.
func standMeasure(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("stand", flag.ExitOnError)
	dir := set.String("case", "bigcase", "a case that was served and whose list was frozen")
	version := set.Int64("version", 1, "the list version")
	times := set.Int("times", 2000, "people asked about, one by one")
	if err := set.Parse(args); err != nil {
		return err
	}
	kase, err := sweep.Open(ctx, *dir)
	if err != nil {
		return err
	}
	defer kase.Close()
	room := review.New(review.Deps{Case: kase})
	people, err := standingPeople(ctx, kase, *version, *times)
	if err != nil {
		return err
	}
	out := newTable("question", "asked", "median ms", "95 % ms", "longest ms")
	for _, size := range []int{1, 500} {
		var took []time.Duration
		for part := range slices.Chunk(people, size) {
			began := time.Now()
			err := kase.DB.Read(ctx, func(tx *db.Tx) error {
				found, err := room.Stand(tx, *version, part)
				if err == nil && len(found) == 0 {
					err = fmt.Errorf("nobody of %d stands anywhere: %w", len(part), reeve.NotFound)
				}
				return err
			})
			if err != nil {
				return err
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		out.row(fmt.Sprintf("how %d stand", size), len(took), milliseconds(took[len(took)/2]), milliseconds(took[len(took)*95/100]), milliseconds(took[len(took)-1]))
	}
	out.print()
	fmt.Println("floor: 2 ms for one person")
	return nil
}

// standingPeople are people of a version, from all over it.
func standingPeople(ctx context.Context, kase *sweep.Case, version int64, want int) (all []string, err error) {
	return all, kase.DB.Read(ctx, func(tx *db.Tx) error {
		var rows int64
		if err := tx.One([]any{&rows}, "SELECT COUNT(*) FROM review_version_person WHERE version = ?", version); err != nil {
			return err
		}
		step := max(rows/int64(want), 1)
		all, err = db.All(tx, func(row db.Row) (id string, err error) { return id, row.Scan(&id) },
			"SELECT person FROM review_version_person WHERE version = ? AND n % ? = 0 ORDER BY n LIMIT ?", version, step, want)
		return err
	})
}
