package publish

import (
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve/internal/db"
)

// ApprovedLists are the numbers of the list versions from which figures may be
// published, the newest first: approved, and their rows are there.
func ApprovedLists(tx *db.Tx) ([]int64, error) {
	return db.All(tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) },
		"SELECT number FROM review_version WHERE state = 'approved' AND emptied = 0 ORDER BY number DESC")
}

// ListFigures counts an approved list version for the public; reeve.NotFound for
// any other. Sealed people are on no list.
func ListFigures(tx *db.Tx, number int64) (f Figures, err error) {
	var digest string
	err = tx.One([]any{&f.AsOf, &digest}, "SELECT made_at, digest FROM review_version WHERE number = ? AND state = 'approved' AND emptied = 0", number)
	if err != nil {
		return f, fmt.Errorf("count list version %d: %w", number, err)
	}
	var people, homes, judged int64
	err = tx.One([]any{&people, &homes, &judged}, `SELECT COUNT(*), COUNT(DISTINCT NULLIF(household, '')), COALESCE(SUM(CASE WHEN verdict = 'confirmed' THEN 1 ELSE 0 END), 0)
		FROM review_version_person WHERE version = ?`, number)
	if err != nil {
		return f, fmt.Errorf("count list version %d: %w", number, err)
	}
	f.Source = "list version " + strconv.FormatInt(number, 10) + ", mark " + digest[:min(12, len(digest))]
	f.Steps = []Step{
		{Title: "People whose data was found", N: people, Text: "As a computer matched them. Staff check each one at risk.", People: true},
		{Title: "Homes of these people", N: homes, People: true},
		{Title: "People whom staff have checked so far", N: judged, Text: "It is their data.", People: true},
	}
	return f, nil
}
