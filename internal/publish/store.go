package publish

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

const textColumns = `id, slug, kind, version, title, body, note, state, show_at, made_by, made_name, made_at,
	second_by, second_name, second_at, ended_by, ended_name, ended_at, why`

func scanText(row db.Row) (t Text, err error) {
	return t, row.Scan(&t.ID, &t.Slug, &t.Kind, &t.Version, &t.Title, &t.Body, &t.Note, &t.State, &t.ShowAt, &t.MadeBy, &t.MadeName, &t.MadeAt,
		&t.SecondBy, &t.SecondName, &t.SecondAt, &t.EndedBy, &t.EndedName, &t.EndedAt, &t.Why)
}

// released gives every version that is released, in order of slug and version.
// Withdrawn texts are not among them.
func released(tx *db.Tx) ([]Text, error) {
	return db.All(tx, scanText, "SELECT "+textColumns+" FROM publish_text WHERE state = 'released' ORDER BY slug, version")
}

// changes gives the newest of what was ever shown before a moment, without the
// bodies, by the time at which it was shown first.
func changes(tx *db.Tx, now int64, limit int) ([]Text, error) {
	columns := strings.Replace(textColumns, "body", "'' AS body", 1)
	return db.All(tx, scanText, "SELECT "+columns+` FROM publish_text WHERE state IN ('released', 'withdrawn') AND second_at <= ? AND show_at <= ?
		AND NOT (state = 'withdrawn' AND ended_at < CASE WHEN show_at > second_at THEN show_at ELSE second_at END)
		ORDER BY CASE WHEN show_at > second_at THEN show_at ELSE second_at END DESC, id DESC LIMIT ?`, now, now, limit)
}

// waiting gives the drafts, the oldest first.
func waiting(tx *db.Tx) ([]Text, error) {
	return db.All(tx, scanText, "SELECT "+textColumns+" FROM publish_text WHERE state = 'draft' ORDER BY id")
}

// history gives the versions of a slug, the newest first.
func history(tx *db.Tx, slug string) ([]Text, error) {
	return db.All(tx, scanText, "SELECT "+textColumns+" FROM publish_text WHERE slug = ? ORDER BY version DESC", slug)
}

// newest gives the newest version of every slug, whatever its state, without
// the bodies.
func newest(tx *db.Tx) ([]Text, error) {
	columns := strings.Replace(textColumns, "body", "'' AS body", 1)
	return db.All(tx, scanText, "SELECT "+columns+` FROM publish_text t WHERE version = (SELECT MAX(version) FROM publish_text u WHERE u.slug = t.slug) ORDER BY slug`)
}

// find gives one version; reeve.NotFound if there is none.
func find(tx *db.Tx, id int64) (Text, error) {
	all, err := db.All(tx, scanText, "SELECT "+textColumns+" FROM publish_text WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find text %d: %w", id, reeve.NotFound)
	}
	if err != nil {
		return Text{}, err
	}
	return all[0], nil
}

// add keeps a draft and gives it its numbers. seen is the newest version of the
// slug that was on the screen; reeve.Conflict if somebody wrote another since.
func add(tx *db.Tx, t *Text, seen int64) error {
	if err := tx.Serialise("publish"); err != nil {
		return err
	}
	if err := tx.One([]any{&t.ID, &t.Version}, `SELECT COALESCE(MAX(id), 0) + 1,
		COALESCE(MAX(CASE WHEN slug = ? THEN version ELSE 0 END), 0) + 1 FROM publish_text`, t.Slug); err != nil {
		return err
	}
	if t.Version != seen+1 {
		return fmt.Errorf("write text: %w", reeve.Conflict)
	}
	t.State = Draft
	_, err := tx.Exec("INSERT INTO publish_text ("+textColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?, '', '', 0, '', '', 0, '')",
		t.ID, t.Slug, string(t.Kind), t.Version, t.Title, t.Body, t.Note, t.ShowAt, t.MadeBy, t.MadeName, t.MadeAt)
	return err
}

// settle releases or refuses a draft; reeve.Conflict if it is none any more.
func settle(tx *db.Tx, id int64, to State, by, name string, at int64, why string) error {
	n, err := tx.Exec("UPDATE publish_text SET state = ?, second_by = ?, second_name = ?, second_at = ?, why = ? WHERE id = ? AND state = 'draft'",
		string(to), by, name, at, why, id)
	if err == nil && n == 0 {
		err = fmt.Errorf("settle draft %d: %w", id, reeve.Conflict)
	}
	return err
}

// withdraw takes a text off the site with all of its released versions, those
// that wait for their time too; reeve.Conflict if none is released.
func withdraw(tx *db.Tx, slug, by, name string, at int64, why string) error {
	n, err := tx.Exec("UPDATE publish_text SET state = 'withdrawn', ended_by = ?, ended_name = ?, ended_at = ?, why = ? WHERE slug = ? AND state = 'released'",
		by, name, at, why, slug)
	if err == nil && n == 0 {
		err = fmt.Errorf("withdraw text: %w", reeve.Conflict)
	}
	return err
}

// nextUpdate gives the slug of the next update.
func nextUpdate(tx *db.Tx) (string, error) {
	slugs, err := db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, "SELECT DISTINCT slug FROM publish_text WHERE kind = 'update'")
	last := int64(0)
	for _, s := range slugs {
		last = max(last, updateNumber(s))
	}
	return updatePrefix + strconv.FormatInt(last+1, 10), err
}

// updateNumber reads the number of an update out of its slug, 0 for others.
func updateNumber(slug string) int64 {
	digits, ok := strings.CutPrefix(slug, updatePrefix)
	n, err := strconv.ParseInt(digits, 10, 32)
	if !ok || err != nil || n < 1 || strconv.FormatInt(n, 10) != digits {
		return 0
	}
	return n
}
