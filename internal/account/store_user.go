package account

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

const userColumns = "id, name, sign_in, roles, councils, active, password, factor, factor_step, factor_due, must_change, version, made, seen"

func scanUser(r db.Row) (*User, error) {
	var u User
	var roles, councils string
	err := r.Scan(&u.ID, &u.Name, &u.SignIn, &roles, &councils, &u.Active, &u.password, &u.factor, &u.factorStep, &u.factorDue, &u.mustChange, &u.Version, &u.Made, &u.Seen)
	u.Roles, u.Councils = rolesOf(roles), fieldsOf(councils)
	return &u, err
}

// oneUser gives the user of a condition; reeve.NotFound if there is none.
func oneUser(tx *db.Tx, where string, args ...any) (*User, error) {
	all, err := db.All(tx, scanUser, "SELECT "+userColumns+" FROM account_user WHERE "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("find user: %w", err)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("find user: %w", reeve.NotFound)
	}
	return all[0], nil
}

func userByID(tx *db.Tx, id string) (*User, error) { return oneUser(tx, "id = ?", id) }

func userBySignIn(tx *db.Tx, name string) (*User, error) {
	return oneUser(tx, "sign_in = ?", foldSignIn(name))
}

// Users gives all users by name; those who may not sign in (any more) too.
func Users(tx *db.Tx) ([]*User, error) {
	all, err := db.All(tx, scanUser, "SELECT "+userColumns+" FROM account_user ORDER BY name, id")
	if err != nil {
		return nil, fmt.Errorf("list users: %w", err)
	}
	return all, nil
}

// Names gives the names of all users by id: for pages that say who did what.
func Names(tx *db.Tx) (map[string]string, error) {
	names := make(map[string]string)
	err := tx.Each(func(r db.Row) error {
		var id, name string
		err := r.Scan(&id, &name)
		names[id] = name
		return err
	}, "SELECT id, name FROM account_user")
	if err != nil {
		return nil, fmt.Errorf("list names of users: %w", err)
	}
	return names, nil
}

// addUser keeps a new user; reeve.Conflict if the sign-in name is taken.
func addUser(tx *db.Tx, u *User) error {
	n, err := tx.Exec("INSERT INTO account_user ("+userColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		u.ID, u.Name, u.SignIn, joinRoles(u.Roles), strings.Join(u.Councils, " "), u.Active, u.password, u.factor, u.factorStep, u.factorDue, u.mustChange, 1, u.Made, 0)
	if err == nil && n == 0 {
		err = reeve.Conflict
	}
	if err != nil {
		return fmt.Errorf("add user: %w", err)
	}
	return nil
}

// changeUser keeps who a user is and what they may; reeve.Conflict if somebody
// else changed the user since the version that u has.
func changeUser(tx *db.Tx, u *User) error {
	n, err := tx.Exec("UPDATE account_user SET name = ?, roles = ?, councils = ?, active = ?, must_change = ?, version = version + 1 WHERE id = ? AND version = ?",
		u.Name, joinRoles(u.Roles), strings.Join(u.Councils, " "), u.Active, u.mustChange, u.ID, u.Version)
	if err == nil && n == 0 {
		err = reeve.Conflict
	}
	if err != nil {
		return fmt.Errorf("change user: %w", err)
	}
	return nil
}

func setPassword(tx *db.Tx, id, kept string) error {
	_, err := tx.Exec("UPDATE account_user SET password = ?, must_change = 0 WHERE id = ?", kept, id)
	return err
}

// keepHash replaces a hash that was made with older parameters.
func keepHash(tx *db.Tx, id, was, kept string) error {
	_, err := tx.Exec("UPDATE account_user SET password = ? WHERE id = ? AND password = ?", kept, id, was)
	return err
}

func setFactor(tx *db.Tx, id, sealed string, step, due int64) error {
	_, err := tx.Exec("UPDATE account_user SET factor = ?, factor_step = ?, factor_due = ? WHERE id = ?", sealed, step, due, id)
	return err
}

// useStep takes a time step of a second factor; false if it, or a later one,
// was used before.
func useStep(tx *db.Tx, id string, step int64) (bool, error) {
	n, err := tx.Exec("UPDATE account_user SET factor_step = ? WHERE id = ? AND factor_step < ?", step, id, step)
	return n == 1, err
}

// hasAdministrator reports whether somebody who could sign in administers.
func hasAdministrator(tx *db.Tx, but string) (bool, error) {
	all, err := Users(tx)
	for _, u := range all {
		if u.ID != but && u.Active && u.Joined() && u.Has(Administrator) {
			return true, nil
		}
	}
	return false, err
}

// setRecovery replaces the recovery codes of a user.
func setRecovery(tx *db.Tx, holder string, hashes []string) error {
	if _, err := tx.Exec("DELETE FROM account_recovery WHERE holder = ?", holder); err != nil {
		return err
	}
	for _, h := range hashes {
		if _, err := tx.Exec("INSERT INTO account_recovery (hash, holder) VALUES (?, ?)", h, holder); err != nil {
			return err
		}
	}
	return nil
}

// useRecovery takes a recovery code; false if it is none, or was used.
func useRecovery(tx *db.Tx, holder, hash string) (bool, error) {
	n, err := tx.Exec("DELETE FROM account_recovery WHERE holder = ? AND hash = ?", holder, hash)
	return n == 1, err
}

func countRecovery(tx *db.Tx, holder string) (n int, err error) {
	err = tx.One([]any{&n}, "SELECT COUNT(*) FROM account_recovery WHERE holder = ?", holder)
	return n, err
}

// addLink keeps a one-time link for a user, or with holder "" for the first
// administrator, in the place of earlier ones.
func addLink(tx *db.Tx, hash, holder string, made, until int64) error {
	if _, err := tx.Exec("DELETE FROM account_link WHERE holder = ?", holder); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO account_link (hash, holder, made, until) VALUES (?, ?, ?, ?)", hash, holder, made, until)
	return err
}

// findLink gives whose link it is; reeve.NotFound if it was used, has run out
// or never was.
func findLink(tx *db.Tx, hash string, now int64) (holder string, err error) {
	err = tx.One([]any{&holder}, "SELECT holder FROM account_link WHERE hash = ? AND until > ?", hash, now)
	return holder, err
}

// useLink takes a link; reeve.NotFound if another request was quicker.
func useLink(tx *db.Tx, hash string, now int64) error {
	n, err := tx.Exec("DELETE FROM account_link WHERE hash = ? AND until > ?", hash, now)
	if err == nil && n == 0 {
		err = reeve.NotFound
	}
	return err
}
