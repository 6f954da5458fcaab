package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
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
// keys/notify.key of the case, with e-mails and texts where keys/notify.json names
// their templates; the council's mail server where serve was told of one;
// practice, which sends nothing to anybody.
func newNotices(kase *sweep.Case, log *slog.Logger, desk *review.Room, post postbox) *notice.Room {
	deps := notice.Deps{DB: kase.DB, Guard: desk, Evidence: desk, Facts: ledger{}, Log: log, Channels: channels(kase.Dir, log, post), Bounces: post.bounces}
	eye, err := notice.FindEye(context.Background())
	if err != nil {
		log.Warn("letters are not drawn before they are signed", "error", err)
	}
	deps.Eye = eye
	if token, err := os.ReadFile(filepath.Join(kase.Dir, "keys", "notify-callback.token")); err == nil {
		deps.Callback = strings.TrimSpace(string(token))
		if len(deps.Callback) < notice.LeastToken {
			log.Warn("callbacks of GOV.UK Notify are not taken: the token is too short", "least", notice.LeastToken)
		}
	}
	return notice.New(deps)
}

func channels(dir string, log *slog.Logger, post postbox) []notice.Channel {
	var all []notice.Channel
	add := func(name string, c notice.Channel, err error) {
		if err != nil {
			log.Warn("a channel of notices is not set up", "channel", name, "error", err)
			return
		}
		all = append(all, c)
	}
	if key, err := os.ReadFile(filepath.Join(dir, "keys", "notify.key")); err == nil {
		c, err := openNotify(filepath.Join(dir, "keys", "notify.json"), string(key))
		add("notify", c, err)
	}
	if post.send != nil {
		add("mail", notice.NewMail(notice.MailOptions{Out: post.send, From: post.from, Domain: post.domain(), Day: post.day}), nil)
	}
	folder, err := notice.NewFolder(filepath.Join(dir, notice.LettersFolder), nil)
	add("print-house", folder, err)
	c, err := notice.NewPractice(filepath.Join(dir, notice.LettersFolder), 1)
	add("practice", c, err)
	return all
}

// notifySettings are keys/notify.json: what is set up in the council's service at
// GOV.UK Notify. Nothing in it is secret.
type notifySettings struct {
	Mail    string `json:"email_template"` // with ((subject)) as its subject and ((body)) as its text
	ReplyTo string `json:"email_reply_to"`
	Text    string `json:"text_template"` // with ((body)) as its text
	Sender  string `json:"text_sender"`
	Postage string `json:"postage"`
}

// openNotify makes the channel from the key and the settings, which need not be
// there: letters need none.
func openNotify(path, key string) (*notice.Notify, error) {
	var s notifySettings
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("read keys/notify.json: %w", reeve.Unavailable)
	default:
		in := json.NewDecoder(bytes.NewReader(text))
		in.DisallowUnknownFields()
		if in.Decode(&s) != nil {
			return nil, reeve.WithHint(fmt.Errorf("read keys/notify.json: %w", reeve.Invalid), "docs/operations.md shows what may stand in it")
		}
	}
	return notice.NewNotify(notice.NotifyOptions{Key: key, Mail: s.Mail, ReplyTo: s.ReplyTo, Text: s.Text, Sender: s.Sender, Postage: s.Postage})
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
