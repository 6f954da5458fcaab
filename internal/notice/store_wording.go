package notice

import (
	"encoding/json"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// readWording gives what a council says in its notices, or what the whole case
// says where the council has nothing of its own.
func readWording(tx *db.Tx, council string) (w Wording, version int64, err error) {
	var data string
	err = tx.One([]any{&data, &version}, "SELECT data, version FROM notice_wording WHERE council IN (?, '') ORDER BY council DESC LIMIT 1", council)
	if err == nil {
		err = json.Unmarshal([]byte(data), &w)
	}
	if err != nil {
		return w, 0, fmt.Errorf("read wording: %w", err)
	}
	return w, version, nil
}

// councilWording is what one council says in its notices; the whole case where
// the council is "".
type councilWording struct {
	council string
	Wording
}

// readWordings gives what the whole case and every council say.
func readWordings(tx *db.Tx) ([]councilWording, error) {
	return db.All(tx, func(row db.Row) (w councilWording, err error) {
		var data string
		if err = row.Scan(&w.council, &data); err == nil {
			err = json.Unmarshal([]byte(data), &w.Wording)
		}
		return w, err
	}, "SELECT council, data FROM notice_wording ORDER BY council")
}

// keepWording replaces a council's wording as it was seen.
func keepWording(tx *db.Tx, council string, w *Wording, seen int64, user string, at int64) error {
	data, err := json.Marshal(w)
	if err != nil {
		return err
	}
	if seen == 0 {
		n, err := tx.Exec("INSERT INTO notice_wording (council, data, user_, at, version) SELECT ?, ?, ?, ?, 1 WHERE NOT EXISTS (SELECT 1 FROM notice_wording WHERE council = ?)",
			council, string(data), user, at, council)
		return oneChanged(n, err)
	}
	n, err := tx.Exec("UPDATE notice_wording SET data = ?, user_ = ?, at = ?, version = version + 1 WHERE council = ? AND version = ?", string(data), user, at, council, seen)
	return oneChanged(n, err)
}

func oneChanged(n int64, err error) error {
	if err == nil && n == 0 {
		err = fmt.Errorf("keep wording: %w", reeve.Conflict)
	}
	return err
}

// keptTemplate is a template that somebody wrote here.
type keptTemplate struct {
	Name       string `json:"name"`
	Number     int64  `json:"number"`
	Text       string `json:"text"`
	By         string `json:"by"`
	ByName     string `json:"by_name"`
	At         int64  `json:"at"`
	SecondBy   string `json:"second_by"`
	SecondName string `json:"second_name"`
	SecondAt   int64  `json:"second_at"`
}

func readTemplates(tx *db.Tx) ([]keptTemplate, error) {
	return db.All(tx, func(row db.Row) (k keptTemplate, err error) {
		return k, row.Scan(&k.Name, &k.Number, &k.Text, &k.By, &k.ByName, &k.At, &k.SecondBy, &k.SecondName, &k.SecondAt)
	}, "SELECT name, number, body, user_, user_name, at, second_by, second_name, second_at FROM notice_template ORDER BY name, number")
}

func addTemplate(tx *db.Tx, k *keptTemplate) error {
	if err := tx.Serialise("notice"); err != nil {
		return err
	}
	if err := tx.One([]any{&k.Number}, "SELECT COALESCE(MAX(number), 0) + 1 FROM notice_template WHERE name = ?", k.Name); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO notice_template (name, number, body, user_, user_name, at, second_by, second_name, second_at) VALUES (?, ?, ?, ?, ?, ?, '', '', 0)",
		k.Name, k.Number, k.Text, k.By, k.ByName, k.At)
	return err
}

// agreeTemplate is the second person's word; reeve.Conflict for the first.
func agreeTemplate(tx *db.Tx, name string, number int64, user, userName string, at int64) error {
	n, err := tx.Exec("UPDATE notice_template SET second_by = ?, second_name = ?, second_at = ? WHERE name = ? AND number = ? AND second_at = 0 AND user_ <> ?",
		user, userName, at, name, number, user)
	if err == nil && n == 0 {
		err = reeve.WithHint(fmt.Errorf("release template: %w", reeve.Conflict), "somebody else than the writer releases a template, once")
	}
	return err
}

// usable gives the templates that runs may use: those of the program, and the
// newest released one of each name in its place.
func usable(tx *db.Tx) (map[string]keptTemplate, error) {
	all := make(map[string]keptTemplate)
	builtins, texts, err := builtin()
	if err != nil {
		return nil, err
	}
	for i, t := range builtins {
		all[t.Name] = keptTemplate{Name: t.Name, Text: texts[i]}
	}
	kept, err := readTemplates(tx)
	for _, k := range kept {
		if k.SecondAt > 0 {
			all[k.Name] = k
		}
	}
	return all, err
}
