package account

import (
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

const sessionColumns = "id, holder, stage, way, aim, begun, seen, browser, address"

func scanSession(r db.Row) (*Session, error) {
	var s Session
	return &s, r.Scan(&s.ID, &s.Holder, &s.stage, &s.way, &s.aim, &s.Begun, &s.Seen, &s.Browser, &s.Address)
}

func addSession(tx *db.Tx, hash string, s *Session) error {
	_, err := tx.Exec("INSERT INTO account_session (hash, "+sessionColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		hash, s.ID, s.Holder, s.stage, s.way, s.aim, s.Begun, s.Seen, s.Browser, s.Address)
	return err
}

// findSession gives the session of a hash; reeve.NotFound if there is none.
func findSession(tx *db.Tx, hash string) (*Session, error) {
	all, err := db.All(tx, scanSession, "SELECT "+sessionColumns+" FROM account_session WHERE hash = ?", hash)
	if err != nil {
		return nil, fmt.Errorf("find session: %w", err)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("find session: %w", reeve.NotFound)
	}
	return all[0], nil
}

// sessionsOf gives the full sessions of a user, the last used first.
func sessionsOf(tx *db.Tx, holder string) ([]*Session, error) {
	return db.All(tx, scanSession, "SELECT "+sessionColumns+" FROM account_session WHERE holder = ? AND stage = 'full' ORDER BY seen DESC, id", holder)
}

// touch keeps when a session, its user and its token were last used.
func touch(tx *db.Tx, hash, holder string, now int64) error {
	for _, q := range []string{"UPDATE account_session SET seen = ? WHERE hash = ? AND seen < ?", "UPDATE account_token SET seen = ? WHERE hash = ? AND seen < ?"} {
		if _, err := tx.Exec(q, now, hash, now); err != nil {
			return err
		}
	}
	_, err := tx.Exec("UPDATE account_user SET seen = ? WHERE id = ? AND seen < ?", now, holder, now)
	return err
}

func dropSession(tx *db.Tx, hash string) error {
	_, err := tx.Exec("DELETE FROM account_session WHERE hash = ?", hash)
	return err
}

// endSession ends one session of a user; reeve.NotFound if it is none of theirs.
func endSession(tx *db.Tx, holder, id string) error {
	n, err := tx.Exec("DELETE FROM account_session WHERE holder = ? AND id = ?", holder, id)
	if err == nil && n == 0 {
		err = reeve.NotFound
	}
	return err
}

// endSessions ends all sessions of a user but one, which may be "".
func endSessions(tx *db.Tx, holder, but string) (int64, error) {
	return tx.Exec("DELETE FROM account_session WHERE holder = ? AND id <> ?", holder, but)
}

// endAll signs everybody out, but one session.
func endAll(tx *db.Tx, but string) (int64, error) {
	return tx.Exec("DELETE FROM account_session WHERE id <> ?", but)
}

// clearSessions takes away what nobody can use any more.
func clearSessions(tx *db.Tx, set settings, now int64) error {
	_, err := tx.Exec("DELETE FROM account_session WHERE begun < ? OR seen < ? OR (stage <> 'full' AND begun < ?)",
		now-int64(set.longest().Seconds()), now-int64(set.idle().Seconds()), now-int64(halfLife.Seconds()))
	return err
}

// readSettings reads the settings of the case; the defaults before anybody set
// some.
func readSettings(tx *db.Tx) (settings, error) {
	s := settings{Idle: defaultIdle, Longest: defaultLongest, Factor: true}
	err := tx.One([]any{&s.Idle, &s.Longest, &s.Factor, &s.Version}, "SELECT idle, longest, factor, version FROM account_setting WHERE one = 1")
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return s, fmt.Errorf("read settings of sign-in: %w", err)
	}
	return s, nil
}

// writeSettings keeps settings; reeve.Conflict if they were changed since the
// version that s has.
func writeSettings(tx *db.Tx, s settings) error {
	if _, err := tx.Exec("INSERT INTO account_setting (one, idle, longest, factor, version) VALUES (1, ?, ?, 1, 0) ON CONFLICT DO NOTHING", defaultIdle, defaultLongest); err != nil {
		return err
	}
	n, err := tx.Exec("UPDATE account_setting SET idle = ?, longest = ?, factor = ?, version = version + 1 WHERE one = 1 AND version = ?", s.Idle, s.Longest, s.Factor, s.Version)
	if err == nil && n == 0 {
		err = reeve.Conflict
	}
	return err
}

// grantsOf gives what a session or token may see in clear now.
func grantsOf(tx *db.Tx, holder string, now int64) ([]web.Grant, error) {
	return db.All(tx, func(r db.Row) (g web.Grant, err error) {
		var until int64
		err = r.Scan(&g.Thing, &until)
		g.Until = unix(until)
		return g, err
	}, "SELECT thing, until FROM account_grant WHERE holder = ? AND until > ? ORDER BY thing", holder, now)
}

// openedTo gives the people whose opening to a user holds now.
func openedTo(tx *db.Tx, user string, now int64) (map[string]int64, error) {
	open := make(map[string]int64)
	return open, tx.Each(func(r db.Row) error {
		var person string
		var opening int64
		err := r.Scan(&person, &opening)
		open[person] = opening
		return err
	}, "SELECT person, MAX(id) FROM account_opening WHERE asker = ? AND until > ? GROUP BY person ORDER BY person", user, now)
}
