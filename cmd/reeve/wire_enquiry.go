package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/enquiry"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/publish"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sweep"
)

// newEnquiries makes the desk that answers residents over an open case.
func newEnquiries(kase *sweep.Case, log *slog.Logger, post postbox) *enquiry.Room {
	return enquiry.New(enquiry.Deps{Case: kase, Log: log, Book: scriptFacts{}, Unread: stillUnread, Letters: sentLetters{kase.DB}, Mail: post.send, From: post.from})
}

// scriptFacts gives agents the facts that were released to the public and that
// no other fact contradicts.
type scriptFacts struct{}

func (scriptFacts) Facts(tx *db.Tx) ([]enquiry.Fact, error) {
	lines, err := incident.Facts(tx, incident.Public)
	var all []enquiry.Fact
	for _, l := range lines {
		if !l.Disputed {
			all = append(all, enquiry.Fact{Version: l.Version, Topic: l.Topic, Text: l.Claim, AsOf: l.AsOf})
		}
	}
	return all, err
}

func (scriptFacts) Cite(tx *db.Tx, version int64, id, title, path string) error {
	return incident.Cite(tx, version, incident.Object{Kind: "script", ID: id, Title: title, Path: path, Mark: incident.Mark{TLP: incident.Clear}})
}

// stillUnread is what agents say of files that were not read yet, as the public
// site says it.
func stillUnread(tx *db.Tx, now int64) (string, error) {
	read, err := publish.ReleasedRead(tx, now)
	return read.Checking(), err
}

// sentLetters tells agents whether a letter is ours, and to whom it went.
type sentLetters struct{ db *db.DB }

// Letter looks a reference up as typed. A letter to all households went to
// nobody in particular: it has no person.
func (l sentLetters) Letter(ctx context.Context, typed string) (person string, sent int64, err error) {
	reference, ok := notice.NormReference(typed)
	if !ok {
		return "", 0, fmt.Errorf("find letter: %w", reeve.NotFound)
	}
	err = l.db.Read(ctx, func(tx *db.Tx) error {
		err := tx.One([]any{&person, &sent}, "SELECT person, at FROM notice_status WHERE reference = ?", reference)
		if errors.Is(err, reeve.NotFound) {
			err = tx.One([]any{&sent}, "SELECT at FROM notice_letter WHERE reference = ?", reference)
		}
		return err
	})
	return person, sent, err
}

// fromResidents tells review what residents sent about a person.
type fromResidents struct{}

func (fromResidents) Reported(tx *db.Tx, person string) (all []review.Reported, err error) {
	found, err := enquiry.ReportedOf(tx, person)
	for _, f := range found {
		path := fmt.Sprintf("/enquiries/%d", f.ID)
		if f.Scam {
			path = fmt.Sprintf("/scams/%d", f.ID)
		}
		all = append(all, review.Reported{Scam: f.Scam, ID: f.ID, Path: path, At: f.At})
	}
	return all, err
}

func (fromResidents) Misused(tx *db.Tx, s sweep.Scope) (int64, error) {
	return enquiry.CountMisuse(tx, s)
}

// residentForms are the forms of the desk as the public site names them.
var residentForms = []publish.Link{{Title: "Ask a question", Path: "/ask"}, {Title: "Report a scam", Path: "/report-a-scam"}, {Title: "Follow your question", Path: "/track"}}

// seenScams gives the public site the scams that were approved for it.
func seenScams(tx *db.Tx) ([]publish.Scam, error) {
	seen, err := enquiry.Published(tx)
	var all []publish.Scam
	for _, s := range seen {
		all = append(all, publish.Scam{Title: s.Title, Text: s.Words, At: s.At})
	}
	return all, err
}
