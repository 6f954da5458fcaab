package notice

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// LettersFolder is where in the folder of a case letters lie for a print house.
const LettersFolder = "letters"

// Ended refuses the end of a case while a run is set up or under way:
// reeve.Conflict.
func Ended(tx *db.Tx) error {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM notice_run WHERE state NOT IN (?, ?)", Done, Stopped)
	if err == nil && n > 0 {
		err = reeve.WithHint(fmt.Errorf("end notices: %w", reeve.Conflict), "Runs of notices are set up or under way: finish or stop them first.")
	}
	return err
}

// forgettings are what is personal in the tables of the room. What stays tells
// that something left under a reference, when, by which way, and what became of
// it: a letter can be checked, and the figures hold.
var forgettings = []string{
	`UPDATE notice_message SET name = '', about = '', lines = '', email = '', phone = '', place = '', kinds = '', data_from = 0, data_to = 0, items = 0, incomplete = 0,
		band = '', tier = '', confirmed = 0, held = '', services = '', worker = '', language = '', format = ''`,
	"UPDATE notice_attempt SET note = ''",
	"UPDATE notice_round SET carrier = '', received_note = '' WHERE way = 'worker'",
	"UPDATE notice_decision SET name = '', lines = '', relation = '', basis = '', harm = '', decided_by = '', ended_why = ''",
	"DELETE FROM notice_place_form",
	"DELETE FROM notice_suppression",
}

// Forget empties what notices hold of people, at the end of a case, and gives of
// how many messages. reeve.Conflict while a run is not ended.
func Forget(tx *db.Tx) (messages int64, err error) {
	if err := Ended(tx); err != nil {
		return 0, err
	}
	for i, text := range forgettings {
		n, err := tx.Exec(text)
		if err != nil {
			return 0, fmt.Errorf("forget notices: %w", err)
		}
		if i == 0 {
			messages = n
		}
	}
	return messages, nil
}

// ForgetLetters removes the letters that lie in the folder of a case.
func ForgetLetters(dir string) error {
	entries, err := os.ReadDir(filepath.Join(dir, LettersFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if err == nil {
			err = os.RemoveAll(filepath.Join(dir, LettersFolder, e.Name()))
		}
	}
	if err != nil {
		return reeve.WithHint(fmt.Errorf("remove letters: %w", reeve.Unavailable), "remove what lies in the folder letters of the case by hand")
	}
	return nil
}
