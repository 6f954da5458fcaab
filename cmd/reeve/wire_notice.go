package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sweep"
)

// newNotices makes the room that tells people. Channels are those that are set
// up: the folder for a print house always; GOV.UK Notify where its key lies in
// keys/notify.key of the case; practice, which sends nothing to anybody.
func newNotices(kase *sweep.Case, log *slog.Logger, desk *review.Room) *notice.Room {
	deps := notice.Deps{DB: kase.DB, Guard: desk, Evidence: desk, Log: log, Channels: channels(kase.Dir, log)}
	if token, err := os.ReadFile(filepath.Join(kase.Dir, "keys", "notify-callback.token")); err == nil {
		deps.Callback = strings.TrimSpace(string(token))
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
