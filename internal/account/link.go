package account

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// How long one-time links work: that of the first administrator is opened by
// whoever started the program; an invitation has to reach somebody.
const (
	firstLife  = 24 * time.Hour
	inviteLife = 7 * 24 * time.Hour
)

// program is the actor of what the program does itself, or whoever has its
// machine.
const program = "reeve"

// FirstLink makes the one-time link with which the first administrator signs
// up, in the place of any earlier one. It works once, for a day. With an
// administrator there it is reeve.Conflict: they invite others.
func FirstLink(ctx context.Context, d *db.DB) (token string, err error) {
	token, now := newSecret(), time.Now()
	err = d.Write(ctx, func(tx *db.Tx) error {
		there, err := hasAdministrator(tx, "")
		if err != nil {
			return err
		}
		if there {
			return reeve.WithHint(reeve.Conflict, "an administrator is there already; if nobody can sign in, ask for a new link for one of them")
		}
		if err := addLink(tx, digest(token), "", now.Unix(), now.Add(firstLife).Unix()); err != nil {
			return err
		}
		_, err = record.Append(tx, record.Leaf{Time: now.Unix(), Actor: program, Verb: "first-link", Object: "staff", Line: "Made the link for the first administrator"})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("make link for the first administrator: %w", err)
	}
	return token, nil
}

// RescueLink makes a one-time link with which a user sets a new password and a
// new second factor: for whoever has the machine, when no administrator can
// sign in. Sessions and lock of the user end when it is used. An unknown
// sign-in name is reeve.NotFound.
func RescueLink(ctx context.Context, d *db.DB, signIn string) (token string, err error) {
	token, now := newSecret(), time.Now()
	err = d.Write(ctx, func(tx *db.Tx) error {
		u, err := userBySignIn(tx, signIn)
		if err != nil {
			return err
		}
		if err := addLink(tx, digest(token), u.ID, now.Unix(), now.Add(firstLife).Unix()); err != nil {
			return err
		}
		_, err = record.Append(tx, record.Leaf{Time: now.Unix(), Actor: program, Verb: "rescue-link", Object: "user:" + u.ID, Line: "Made a new sign-in link on the machine itself"})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("make sign-in link: %w", err)
	}
	return token, nil
}

// LinkPath is the address, below that of the workspace, at which a one-time
// link is used.
func LinkPath(token string) string { return "/first?link=" + url.QueryEscape(token) }
