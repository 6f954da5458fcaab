package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// newBook makes the incident book over an open case.
func newBook(kase *sweep.Case, log *slog.Logger, staff incident.Staff, post postbox) *incident.Room {
	temp := filepath.Join(kase.Dir, "tmp")
	os.MkdirAll(temp, 0o700) // if this fails, so does making a file in it
	return incident.New(incident.Deps{DB: kase.DB, Log: log, Case: kase.ID(), Staff: staff, Standing: standingOf(kase),
		Office: incident.Office{Signer: kase.Signer, Mail: post.send, From: post.from, Temp: temp}})
}

// standingOf tells the book where the search for people stands: the book knows
// nothing of the copied files itself.
func standingOf(kase *sweep.Case) func(ctx context.Context, v *web.Visitor) (text, path string, err error) {
	return func(ctx context.Context, v *web.Visitor) (text, path string, err error) {
		s, err := kase.Standing(ctx, sweep.Scope{Councils: v.Councils})
		switch {
		case err != nil:
			return "", "", err
		case s.Items == 0:
			return "We hold no copied files yet, so we do not know whose data was taken.", "/standing", nil
		}
		return fmt.Sprintf("Of %d files and messages that we hold, %d are read, %d read in part and %d not read; so far they name %d people.", s.Items, s.Read, s.PartlyRead, s.NotRead, s.People), "/standing", nil
	}
}

// bookStaff tells the book whom account knows.
type bookStaff struct{ *account.Room }

func (c bookStaff) Colleagues(ctx context.Context) ([]incident.Colleague, error) {
	staff, err := c.Room.Colleagues(ctx)
	var all []incident.Colleague
	for _, s := range staff {
		all = append(all, incident.Colleague{ID: s.ID, Name: s.Name})
	}
	return all, err
}
