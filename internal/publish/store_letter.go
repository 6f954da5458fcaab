package publish

import "github.com/reeve-council/reeve/internal/db"

// LetterSent tells whether a letter with a reference, in the one form in which
// references are kept, has left. It reads the same whether it has or not.
func LetterSent(tx *db.Tx, reference string) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM notice_letter WHERE reference = ?", reference)
	return n > 0, err
}

// mostScams is how many scams the site shows.
const mostScams = 30

// PublishedScams are the scams that a second person approved for showing, the
// newest first.
func PublishedScams(tx *db.Tx) ([]Scam, error) {
	return db.All(tx, func(row db.Row) (s Scam, err error) { return s, row.Scan(&s.Title, &s.Text, &s.At) },
		"SELECT title, words, last_seen FROM enquiry_scam_published ORDER BY last_seen DESC, id DESC LIMIT ?", mostScams)
}
