package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/enquiry"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/publish"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/report"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// This file is the directory of rooms: their tables, and how they are put
// together. A new room is a line in schemas and a few in furnish.

// tables is a room, or a desk of one, that keeps something: its name and the
// steps of its tables.
type tables struct {
	room  string
	steps []string
}

// schemas lists the tables of the house, lowest floor first.
func schemas() []tables {
	all := []tables{
		{record.Room, record.Schema()},
		{sweep.Room, sweep.Schema()},
		{job.Room, job.Schema()},
		{"account", account.Schema()},
	}
	for _, s := range incident.Schemas() {
		all = append(all, tables{s.Room, s.Steps})
	}
	all = append(all, tables{notice.TableRoom, notice.Schema()})
	for _, s := range review.Schemas() {
		all = append(all, tables{s.Room, s.Steps})
	}
	for _, s := range enquiry.Schemas() {
		all = append(all, tables{s.Room, s.Steps})
	}
	for _, s := range report.Schemas() {
		all = append(all, tables{s.Room, s.Steps})
	}
	return append(all, tables{publish.Name, publish.Schema()})
}

// rooms is the furnished house.
type rooms struct {
	door      *account.Room
	sections  []web.Section
	jobs      []job.Handler
	site      *publish.Room
	outside   []web.Route // that rooms bring to the public site
	callbacks callbacks
	close     func() error // ends what rooms run themselves, and waits for it
}

// furnish makes the rooms over an open case.
func furnish(kase *sweep.Case, log *slog.Logger, secure bool, roots []string, post postbox) rooms {
	staff := account.New(account.Deps{DB: kase.DB, Folder: kase.Dir, Secure: secure, Log: log})
	desk := review.New(review.Deps{Case: kase, Log: log, Roots: roots, Staff: colleagues{staff}, Residents: fromResidents{}})
	notices := newNotices(kase, log, desk, post)
	site := newSite(kase, log)
	book := newBook(kase, log, bookStaff{staff}, post)
	papers := report.New(report.Deps{DB: kase.DB, Log: log, Case: kase.ID(), Staff: bookStaff{staff}})
	residents := newEnquiries(kase, log, post)
	return rooms{
		door:      staff,
		sections:  slices.Concat(staff.Sections(), book.Sections(), desk.Sections(), notices.Sections(), residents.Sections(), papers.Sections(), site.Sections()),
		site:      site,
		outside:   residents.Public(),
		callbacks: callbacks{notices.Callbacks("notify")},
		jobs:      slices.Concat(desk.Jobs(), notices.Jobs(), residents.Jobs(), book.Jobs(), []job.Handler{auditJob(kase.DB)}),
		close:     func() error { return errors.Join(desk.Close(), residents.Close()) },
	}
}

// auditJob reads the whole record every night. What it finds is a job that
// failed for good: it stays on the page of jobs and in the figures until
// somebody looks.
func auditJob(d *db.DB) job.Handler {
	return job.Handler{Kind: "record.audit", Every: 24 * time.Hour, Attempts: 1, Run: func(ctx context.Context, _ *job.Work) error {
		return d.Read(ctx, func(tx *db.Tx) error {
			found, err := record.Audit(tx)
			if err == nil {
				err = found.Err()
			}
			return err
		})
	}}
}

// colleagues tells review whom account knows.
type colleagues struct{ *account.Room }

func (c colleagues) Colleagues(ctx context.Context) ([]review.Colleague, error) {
	staff, err := c.Room.Colleagues(ctx)
	var all []review.Colleague
	for _, s := range staff {
		all = append(all, review.Colleague{ID: s.ID, Name: s.Name})
	}
	return all, err
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
			return errNewerCopy
		}
		if err := d.Migrate(ctx, t.room, t.steps[:n]); err != nil {
			return err
		}
	}
	if known < len(steps) {
		return errNewerCopy
	}
	return nil
}

var errNewerCopy = reeve.WithHint(fmt.Errorf("the backup was made by a newer version: %w", reeve.Invalid), "use the version of Reeve that made it, or a later one")
