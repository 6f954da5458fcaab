package report

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

const lessonColumns = `number, id, version, latest, council, tlp, kind, source, source_at, what, answer, owner, owner_name, due, state, evidence, review, why,
	changed_by, changed_name, changed_at, done_by`

func scanLesson(row db.Row) (l Lesson, err error) {
	var latest int64
	err = row.Scan(&l.Number, &l.ID, &l.Version, &latest, &l.Council, (*string)(&l.TLP), &l.Kind, &l.Source, &l.SourceAt, &l.What, &l.Answer, &l.Owner, &l.OwnerName,
		&l.Due, &l.State, &l.Evidence, &l.Review, &l.Why, &l.ChangedBy, &l.ChangedName, &l.ChangedAt, &l.DoneBy)
	l.Latest = latest == 1
	return l, err
}

// readLessons gives the tracker as it stands: what is due first stands first,
// what has no day or is over last.
func readLessons(tx *db.Tx) ([]Lesson, error) {
	return db.All(tx, scanLesson, "SELECT "+lessonColumns+` FROM report_lesson WHERE latest = 1
		ORDER BY CASE WHEN state IN ('open', 'accepted') THEN 0 ELSE 1 END, CASE WHEN due = 0 THEN 1 ELSE 0 END, due, id`)
}

// readLesson gives all versions of a lesson, the newest first; reeve.NotFound if
// there is none.
func readLesson(tx *db.Tx, id int64) ([]Lesson, error) {
	all, err := db.All(tx, scanLesson, "SELECT "+lessonColumns+" FROM report_lesson WHERE id = ? ORDER BY version DESC", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("read lesson: %w", reeve.NotFound)
	}
	return all, err
}

// putLesson keeps the next version of a lesson, or a new one for id 0. seen is
// the version that was on the screen; reeve.Conflict if another stands.
func putLesson(tx *db.Tx, l *Lesson, seen int64) error {
	if err := next(tx, "report_lesson", &l.Number, &l.ID, &l.Version, seen); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO report_lesson ("+lessonColumns+") VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		l.Number, l.ID, l.Version, l.Council, string(l.TLP), l.Kind, l.Source, l.SourceAt, l.What, l.Answer, l.Owner, l.OwnerName,
		l.Due, l.State, l.Evidence, l.Review, l.Why, l.ChangedBy, l.ChangedName, l.ChangedAt, l.DoneBy)
	return err
}
