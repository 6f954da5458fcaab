package main

import (
	"context"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// tables is a room that keeps something: its name and the steps of its tables.
type tables struct {
	room  string
	steps []string
}

// schemas lists the tables of the house, lowest floor first.
func schemas() []tables {
	return []tables{
		{record.Room, record.Schema()},
		{sweep.Room, sweep.Schema()},
		{job.Room, job.Schema()},
	}
}

// migrate makes the tables of all rooms.
func migrate(ctx context.Context, d *db.DB) error {
	for _, t := range schemas() {
		if err := d.Migrate(ctx, t.room, t.steps); err != nil {
			return err
		}
	}
	return nil
}

// migrateTo makes the tables as they were at a number of steps of each room.
func migrateTo(ctx context.Context, d *db.DB, steps map[string]int) error {
	known := 0
	for _, t := range schemas() {
		n, there := steps[t.room]
		if !there {
			continue
		}
		known++
		if n > len(t.steps) {
			return newerCopy
		}
		if err := d.Migrate(ctx, t.room, t.steps[:n]); err != nil {
			return err
		}
	}
	if known < len(steps) {
		return newerCopy
	}
	return nil
}

var newerCopy = reeve.WithHint(fmt.Errorf("the backup was made by a newer version: %w", reeve.Invalid), "use the version of Reeve that made it, or a later one")
