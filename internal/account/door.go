package account

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// Visitor tells who sent a request: by a token if one came with it, else by the
// session's cookie. What does not hold any more is nobody.
func (m *Room) Visitor(w http.ResponseWriter, r *http.Request) (*web.Visitor, error) {
	now := m.Now()
	secret, isToken := bearer(r)
	if !isToken {
		secret = m.secretOf(r)
	}
	if secret == "" {
		return nil, nil
	}
	var v *web.Visitor
	var stale bool
	err := m.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		if isToken {
			v, stale, err = m.byToken(tx, digest(secret), now)
		} else {
			v, stale, err = m.bySession(tx, digest(secret), now)
		}
		return err
	})
	if errors.Is(err, reeve.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if stale {
		m.saw(r.Context(), digest(secret), v.ID, now)
	}
	return v, nil
}

// saw keeps that a session was used. That this fails is no reason to refuse a
// page.
func (m *Room) saw(ctx context.Context, hash, user string, now time.Time) {
	err := m.DB.Write(ctx, func(tx *db.Tx) error { return touch(tx, hash, user, now.Unix()) })
	if err != nil {
		m.Log.Warn("session not prolonged", "error", err)
	}
}

// bearer gives the token of a program.
func bearer(r *http.Request) (string, bool) {
	kind, secret, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return secret, ok && strings.EqualFold(kind, "Bearer") && len(secret) < 200
}

// bySession finds the visitor of a session; stale tells that its last use
// should be written down.
func (m *Room) bySession(tx *db.Tx, hash string, now time.Time) (v *web.Visitor, stale bool, err error) {
	s, err := findSession(tx, hash)
	if err != nil {
		return nil, false, err
	}
	set, err := readSettings(tx)
	if err != nil {
		return nil, false, err
	}
	if s.stage != stageFull || !s.alive(set, now) {
		return nil, false, reeve.NotFound
	}
	v, err = m.visitor(tx, s.Holder)
	if err != nil {
		return nil, false, err
	}
	v.Session = s.ID
	if v.Shown, err = grantsOf(tx, s.ID, now.Unix()); err != nil {
		return nil, false, err
	}
	v.Shown = slices.DeleteFunc(v.Shown, func(g web.Grant) bool { return !m.mayReveal(v, g.Thing) }) // roles may have changed since
	if m.mayOpen(v) {
		v.Openings, err = openedTo(tx, v.ID, now.Unix())
		v.Opened = slices.Sorted(maps.Keys(v.Openings))
	}
	return v, now.Sub(unix(s.Seen)) >= seenStep, err
}

// visitor makes the visitor of a user who may still come in.
func (m *Room) visitor(tx *db.Tx, id string) (*web.Visitor, error) {
	u, err := userByID(tx, id)
	if err != nil {
		return nil, err
	}
	if !u.Active {
		return nil, reeve.NotFound
	}
	v := &web.Visitor{ID: u.ID, Name: u.Name, Role: u.title(), Councils: slices.Clone(u.Councils)}
	for _, r := range u.Roles {
		v.Roles = append(v.Roles, string(r))
	}
	return v, nil
}

// mayOpen reports whether a visitor may know of sealed people at all.
func (m *Room) mayOpen(v *web.Visitor) bool {
	return m.May(v, web.Act{Verb: web.OpenSealed, Object: web.ObjectPerson, Degree: web.Sealed}).Allowed
}
