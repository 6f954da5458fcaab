package review

import (
	"encoding/json"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/sweep"
)

// States of a destruction.
const (
	destroyAsked     = "asked"
	destroySigned    = "signed"
	destroyDone      = "done"
	destroyWithdrawn = "withdrawn"
)

// destruction is one destruction of a layer.
type destruction struct {
	ID         int64                 `json:"id"`
	Layer      sweep.Layer           `json:"layer"`
	Ground     string                `json:"ground"`
	Why        string                `json:"why"`
	State      string                `json:"state"`
	By         string                `json:"by"`
	ByName     string                `json:"by_name"`
	At         int64                 `json:"at"`
	Second     string                `json:"second"`
	SecondName string                `json:"second_name"`
	SecondAt   int64                 `json:"second_at"`
	Rows       []sweep.ForgottenRows `json:"rows"`
	Head       string                `json:"head"`
	Done       int64                 `json:"done"`
	Compacted  int64                 `json:"compacted"`
	Version    int64                 `json:"version"`
}

const destructionColumns = `SELECT id, layer, ground, why, state, user_, user_name, at, second, second_name, second_at, rows_, head, done_at, compacted, version FROM destruction`

func scanDestruction(row db.Row) (d destruction, err error) {
	var rows string
	err = row.Scan(&d.ID, (*string)(&d.Layer), &d.Ground, &d.Why, &d.State, &d.By, &d.ByName, &d.At, &d.Second, &d.SecondName, &d.SecondAt, &rows, &d.Head, &d.Done,
		&d.Compacted, &d.Version)
	if err == nil && json.Unmarshal([]byte(rows), &d.Rows) != nil {
		err = fmt.Errorf("read what was destroyed: %w", reeve.Invalid)
	}
	return d, err
}

func readDestructions(tx *db.Tx) ([]destruction, error) {
	return db.All(tx, scanDestruction, destructionColumns+" ORDER BY id DESC LIMIT 100")
}

func readDestruction(tx *db.Tx, id int64) (destruction, error) {
	all, err := db.All(tx, scanDestruction, destructionColumns+" WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find destruction: %w", reeve.NotFound)
	}
	if err != nil {
		return destruction{}, err
	}
	return all[0], nil
}

// signedDestruction gives the destruction of a layer that two people have signed
// and that is not finished; reeve.NotFound if there is none.
func signedDestruction(tx *db.Tx, l sweep.Layer) (destruction, error) {
	all, err := db.All(tx, scanDestruction, destructionColumns+" WHERE layer = ? AND (state = ? OR state = ? AND compacted = 0) ORDER BY id LIMIT 1", string(l), destroySigned, destroyDone)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find signed destruction: %w", reeve.NotFound)
	}
	if err != nil {
		return destruction{}, err
	}
	return all[0], nil
}

func addDestruction(tx *db.Tx, d *destruction) error {
	var open int64
	if err := tx.One([]any{&open}, "SELECT COUNT(*) FROM destruction WHERE layer = ? AND state <> ?", string(d.Layer), destroyWithdrawn); err != nil {
		return err
	}
	if open > 0 {
		return reeve.WithHint(fmt.Errorf("ask for a destruction: %w", reeve.Conflict), "Somebody has asked for it already, or it was done.")
	}
	if err := tx.One([]any{&d.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM destruction"); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO destruction (id, layer, ground, why, state, user_, user_name, at, second, second_name, second_at, rows_, head, done_at, compacted, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '[]', '', 0, 0, 1)`, d.ID, string(d.Layer), d.Ground, d.Why, d.State, d.By, d.ByName, d.At)
	return err
}

// keepDestruction writes how far a destruction is; reeve.Conflict if somebody
// else changed it since it was read.
func keepDestruction(tx *db.Tx, d *destruction) error {
	rows, err := json.Marshal(d.Rows)
	if err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE destruction SET state = ?, second = ?, second_name = ?, second_at = ?, rows_ = ?, head = ?, done_at = ?, compacted = ?, version = version + 1
		WHERE id = ? AND version = ?`, d.State, d.Second, d.SecondName, d.SecondAt, string(rows), d.Head, d.Done, d.Compacted, d.ID, d.Version)
	if err == nil && n == 0 {
		err = fmt.Errorf("keep destruction: %w", reeve.Conflict)
	}
	d.Version++
	return err
}

// forgetting is a statement that destroys what this room keeps of a layer.
type forgetting struct{ what, text string }

// ownForgettings are the rows of this room in each layer. Verdicts, decisions and
// what Article 34 decided of groups stay: they are about ids that lead nowhere then.
var ownForgettings = map[sweep.Layer][]forgetting{
	sweep.LayerValues: {
		{"rows of list versions, their values", "UPDATE list_person SET registers = '[]', name = '', born = '', uprn = '', address = '', postcode = '', first_item = ''"},
		{"", "UPDATE list_home SET uprn = '', address = '', postcode = ''"},
		{"", "DELETE FROM list_contact"},
	},
	sweep.LayerList: {
		{"rows of list versions", "DELETE FROM list_person"},
		{"", "DELETE FROM list_council"},
		{"", "DELETE FROM list_resident"},
		{"", "DELETE FROM list_home"},
		{"", "DELETE FROM article34_member"},
		{"", "DELETE FROM screen_person"},
		{"", "DELETE FROM told_mark"},
	},
}

// forgetOwn destroys them.
func forgetOwn(tx *db.Tx, l sweep.Layer, at int64) (rows []sweep.ForgottenRows, err error) {
	for _, f := range ownForgettings[l] {
		n, err := tx.Exec(f.text)
		if err != nil {
			return nil, err
		}
		if f.what != "" {
			rows = append(rows, sweep.ForgottenRows{What: f.what, N: n})
		}
	}
	if l == sweep.LayerText {
		return rows, nil
	}
	if l == sweep.LayerList {
		n, err := notice.Forget(tx)
		if err != nil {
			return nil, err
		}
		rows = append(rows, sweep.ForgottenRows{What: "notices: to whom, where, and what was found", N: n})
	}
	_, err = tx.Exec("UPDATE list_version SET emptied = ?, version = version + 1 WHERE emptied = 0", at)
	return rows, err
}
