package review

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// waitingFile is a register file that was added in the browser.
type waitingFile struct {
	Ref     string            `json:"ref"`
	File    string            `json:"file"`
	Path    string            `json:"-"`
	Called  string            `json:"called"`
	Kind    string            `json:"kind"`
	Columns map[string]string `json:"columns"`
	Digest  string            `json:"digest"`
	Size    int64             `json:"size"`
	AddedBy string            `json:"added_by"`
	Added   int64             `json:"added"`
	Version int64             `json:"version"`
	Loaded  bool              `json:"loaded"` // a sweep has loaded this very file
}

const waitingColumns = "r.ref, r.file, r.path, r.called, r.kind, r.columns, r.digest, r.size, r.user_name, r.kept, r.version, CASE WHEN EXISTS " +
	"(SELECT 1 FROM case_registers c WHERE c.file = r.file AND c.digest = r.digest) THEN 1 ELSE 0 END"

func scanWaiting(row db.Row) (w waitingFile, err error) {
	var columns string
	var loaded int64
	if err := row.Scan(&w.Ref, &w.File, &w.Path, &w.Called, &w.Kind, &columns, &w.Digest, &w.Size, &w.AddedBy, &w.Added, &w.Version, &loaded); err != nil {
		return w, err
	}
	w.Loaded = loaded != 0
	if err := json.Unmarshal([]byte(columns), &w.Columns); err != nil {
		return w, fmt.Errorf("read columns of register: %w", reeve.Invalid)
	}
	return w, nil
}

// readWaiting gives the register files that no sweep has loaded, by reference.
func readWaiting(tx *db.Tx) ([]waitingFile, error) {
	return db.All(tx, scanWaiting, "SELECT "+waitingColumns+` FROM review_register r
		WHERE NOT EXISTS (SELECT 1 FROM case_registers c WHERE c.file = r.file AND c.digest = r.digest) ORDER BY r.ref`)
}

// readColumns gives the mappings of all registers as one, as sweeps want it: a
// mapping given to a sweep takes the place of the one that the case had.
func readColumns(tx *db.Tx) (map[string]string, error) {
	all := make(map[string]string)
	err := tx.Each(func(row db.Row) error {
		var text string
		if err := row.Scan(&text); err != nil {
			return err
		}
		return json.Unmarshal([]byte(text), &all) // adds to what is there
	}, "SELECT columns FROM review_register ORDER BY kept, ref")
	return all, err
}

func readRegisterFile(tx *db.Tx, ref string) (w waitingFile, err error) {
	list, err := db.All(tx, scanWaiting, "SELECT "+waitingColumns+" FROM review_register r WHERE r.ref = ?", ref)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("find register: %w", reeve.NotFound)
	}
	if err != nil {
		return w, err
	}
	return list[0], nil
}

// keepRegisterFile keeps a register file; one with the same reference gives way,
// but for its mapping.
func keepRegisterFile(tx *db.Tx, w waitingFile, user string) error {
	if err := tx.Serialise("review: register"); err != nil {
		return err
	}
	was, err := readRegisterFile(tx, w.Ref)
	switch {
	case errors.Is(err, reeve.NotFound):
		was = waitingFile{Columns: map[string]string{}}
	case err != nil:
		return err
	}
	columns, err := json.Marshal(was.Columns)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM review_register WHERE ref = ?", w.Ref); err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO review_register (ref, file, path, called, kind, columns, digest, size, user_id, user_name, kept, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, w.Ref, w.File, w.Path, w.Called, was.Kind, string(columns), w.Digest, w.Size, user, w.AddedBy, w.Added, was.Version+1)
	return err
}

// keepColumns keeps what the columns of a register file mean; reeve.Conflict if
// somebody else changed that since it was seen.
func keepColumns(tx *db.Tx, ref string, seen int64, kind string, columns map[string]string) error {
	text, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	n, err := tx.Exec("UPDATE review_register SET kind = ?, columns = ?, version = version + 1 WHERE ref = ? AND version = ?", kind, string(text), ref, seen)
	if err == nil && n == 0 {
		err = fmt.Errorf("keep columns of register: %w", reeve.Conflict)
	}
	return err
}

// dropRegisterFile takes back a register file that no sweep has loaded.
func dropRegisterFile(tx *db.Tx, ref string) (path string, err error) {
	w, err := readRegisterFile(tx, ref)
	if err != nil {
		return "", err
	}
	if w.Loaded {
		return "", reeve.WithHint(fmt.Errorf("take back register: %w", reeve.Conflict), "A sweep has loaded it: what is in the case stays.")
	}
	_, err = tx.Exec("DELETE FROM review_register WHERE ref = ?", ref)
	return w.Path, err
}

// registerLoad is a register of the case, as a sweep loaded it.
type registerLoad struct {
	ID       int64  `json:"id"`
	Name     string `json:"register"`
	Kind     string `json:"kind"`
	File     string `json:"file"`
	Digest   string `json:"digest"`
	Rows     int64  `json:"rows"`
	People   int64  `json:"people"`
	BadRows  int64  `json:"bad_rows"`
	LoadedAt int64  `json:"loaded_at"`
}

func readLoads(tx *db.Tx) ([]registerLoad, error) {
	return db.All(tx, func(row db.Row) (l registerLoad, err error) {
		return l, row.Scan(&l.ID, &l.Name, &l.Kind, &l.File, &l.Digest, &l.Rows, &l.People, &l.BadRows, &l.LoadedAt)
	}, "SELECT id, name, kind, file, digest, line_count, people, bad_rows, loaded_at FROM case_registers ORDER BY name, file")
}
