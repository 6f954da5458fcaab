package publish

import "github.com/reeve-council/reeve/internal/db"

// LetterSent tells whether a letter with a reference, in the one form in which
// references are kept, has left. It reads the same whether it has or not.
func LetterSent(tx *db.Tx, reference string) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM notice_letter WHERE reference = ?", reference)
	return n > 0, err
}
