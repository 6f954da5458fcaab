package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sweep"
)

// newNotices makes the room that tells people. Channels are those that are set
// up: the folder for a print house always; GOV.UK Notify where its key lies in
// keys/notify.key of the case; practice, which sends nothing to anybody.
func newNotices(kase *sweep.Case, log *slog.Logger, desk *review.Room) *notice.Room {
	deps := notice.Deps{DB: kase.DB, Guard: desk, Evidence: desk, Facts: ledger{}, Log: log, Channels: channels(kase.Dir, log)}
	if token, err := os.ReadFile(filepath.Join(kase.Dir, "keys", "notify-callback.token")); err == nil {
		deps.Callback = strings.TrimSpace(string(token))
		if len(deps.Callback) < notice.LeastToken {
			log.Warn("callbacks of GOV.UK Notify are not taken: the token is too short", "least", notice.LeastToken)
		}
	}
	return notice.New(deps)
}

func channels(dir string, log *slog.Logger) []notice.Channel {
	var all []notice.Channel
	add := func(name string, c notice.Channel, err error) {
		if err != nil {
			log.Warn("a channel of notices is not set up", "channel", name, "error", err)
			return
		}
		all = append(all, c)
	}
	if key, err := os.ReadFile(filepath.Join(dir, "keys", "notify.key")); err == nil {
		c, err := notice.NewNotify(notice.NotifyOptions{Key: string(key)})
		add("notify", c, err)
	}
	folder, err := notice.NewFolder(filepath.Join(dir, "letters"), nil)
	add("print-house", folder, err)
	c, err := notice.NewPractice(filepath.Join(dir, "letters"), 1)
	add("practice", c, err)
	return all
}

// ledger is the incident book as notices read it.
type ledger struct{}

// Said gives the fact that stands on a topic and was released to the public. One
// that another fact contradicts is not said in letters.
func (ledger) Said(tx *db.Tx, topic string) (text string, version int64, err error) {
	all, err := incident.Facts(tx, incident.Public)
	if err != nil {
		return "", 0, err
	}
	var asOf int64
	for _, f := range all {
		if f.Topic == topic && !f.Disputed && (version == 0 || f.AsOf > asOf) {
			text, version, asOf = f.Claim, f.Version, f.AsOf
		}
	}
	if version == 0 {
		err = fmt.Errorf("find fact for letters: %w", reeve.NotFound)
	}
	return text, version, err
}

// Cite tells the book what a run was built on.
func (ledger) Cite(tx *db.Tx, versions []int64, run int64, title, path string) error {
	for _, v := range versions {
		if err := incident.Cite(tx, v, incident.Object{Kind: "notice-run", ID: strconv.FormatInt(run, 10), Title: title, Path: path}); err != nil {
			return err
		}
	}
	return nil
}
