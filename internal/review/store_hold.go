package review

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/sweep"
)

// hold forbids every deletion.
type hold struct {
	ID         int64  `json:"id"`
	Why        string `json:"why"`
	By         string `json:"by"`
	ByName     string `json:"by_name"`
	At         int64  `json:"at"`
	Second     string `json:"second"`
	SecondName string `json:"second_name"`
	SecondAt   int64  `json:"second_at"`
	Lift       string `json:"lift"`
	LiftName   string `json:"lift_name"`
	LiftAt     int64  `json:"lift_at"`
	LiftWhy    string `json:"lift_why"`
	Lifted     string `json:"lifted"`
	LiftedName string `json:"lifted_name"`
	LiftedAt   int64  `json:"lifted_at"`
	Version    int64  `json:"version"`
}

const holdColumns = `SELECT id, why, user_, user_name, at, second, second_name, second_at, lift, lift_name, lift_at, lift_why, lifted, lifted_name, lifted_at, version FROM hold`

func scanHold(row db.Row) (h hold, err error) {
	return h, row.Scan(&h.ID, &h.Why, &h.By, &h.ByName, &h.At, &h.Second, &h.SecondName, &h.SecondAt, &h.Lift, &h.LiftName, &h.LiftAt, &h.LiftWhy, &h.Lifted,
		&h.LiftedName, &h.LiftedAt, &h.Version)
}

// readHolds gives the holds, those that hold first, then the newest.
func readHolds(tx *db.Tx) ([]hold, error) {
	return db.All(tx, scanHold, holdColumns+" ORDER BY CASE WHEN lifted_at = 0 THEN 0 ELSE 1 END, id DESC LIMIT 100")
}

func readHold(tx *db.Tx, id int64) (hold, error) {
	all, err := db.All(tx, scanHold, holdColumns+" WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find hold: %w", reeve.NotFound)
	}
	if err != nil {
		return hold{}, err
	}
	return all[0], nil
}

func addHold(tx *db.Tx, h *hold) error {
	if err := tx.Serialise("review: hold"); err != nil {
		return err
	}
	if err := tx.One([]any{&h.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM hold"); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO hold (id, why, user_, user_name, at, second, second_name, second_at, lift, lift_name, lift_at, lift_why, lifted, lifted_name,
		lifted_at, version) VALUES (?, ?, ?, ?, ?, '', '', 0, '', '', 0, '', '', '', 0, 1)`, h.ID, h.Why, h.By, h.ByName, h.At)
	return err
}

// keepHold writes the signatures of a hold; reeve.Conflict if somebody else
// changed it since it was read.
func keepHold(tx *db.Tx, h *hold) error {
	if err := tx.Serialise("review: hold"); err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE hold SET second = ?, second_name = ?, second_at = ?, lift = ?, lift_name = ?, lift_at = ?, lift_why = ?, lifted = ?, lifted_name = ?,
		lifted_at = ?, version = version + 1 WHERE id = ? AND version = ?`, h.Second, h.SecondName, h.SecondAt, h.Lift, h.LiftName, h.LiftAt, h.LiftWhy, h.Lifted,
		h.LiftedName, h.LiftedAt, h.ID, h.Version)
	if err == nil && n == 0 {
		err = fmt.Errorf("keep hold: %w", reeve.Conflict)
	}
	return err
}

// errHeld is the answer to every deletion while something is on hold.
var errHeld = reeve.WithHint(fmt.Errorf("a legal hold forbids every deletion: %w", reeve.Denied), "Two people have to lift the hold first, with a reason.")

// mayDestroy refuses while a hold forbids deletions, and to destroy the list while
// notices go out from it. A hold and a destruction wait for each other.
func mayDestroy(tx *db.Tx, l sweep.Layer) error {
	if l == sweep.LayerList {
		if err := notice.Ended(tx); err != nil {
			return err
		}
	}
	if err := tx.Serialise("review: hold"); err != nil {
		return err
	}
	var n int64
	if err := tx.One([]any{&n}, "SELECT COUNT(*) FROM review_hold"); err != nil {
		return err
	}
	if n > 0 {
		return errHeld
	}
	return nil
}

// retention is until when a layer is kept.
type retention struct {
	Layer   string `json:"layer"`
	Until   string `json:"until"`
	Happens string `json:"happens"`
	Why     string `json:"why"`
	ByName  string `json:"by_name"`
	At      int64  `json:"at"`
}

// readRetention gives every rule, the newest of a layer first.
func readRetention(tx *db.Tx) ([]retention, error) {
	return db.All(tx, func(row db.Row) (r retention, err error) {
		return r, row.Scan(&r.Layer, &r.Until, &r.Happens, &r.Why, &r.ByName, &r.At)
	}, "SELECT layer, until, happens, why, user_name, at FROM retention ORDER BY layer, id DESC")
}

func addRetention(tx *db.Tx, r retention, user string) error {
	var id int64
	if err := tx.One([]any{&id}, "SELECT COALESCE(MAX(id), 0) + 1 FROM retention"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO retention (id, layer, until, happens, why, user_, user_name, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		id, r.Layer, r.Until, r.Happens, r.Why, user, r.ByName, r.At)
	return err
}
