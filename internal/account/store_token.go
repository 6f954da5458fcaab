package account

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

const tokenColumns = "id, holder, name, verbs, made, until, seen"

func scanToken(r db.Row) (*Token, error) {
	var t Token
	var verbs string
	err := r.Scan(&t.ID, &t.Holder, &t.Name, &verbs, &t.Made, &t.Until, &t.Seen)
	t.Verbs = verbsOf(verbs)
	return &t, err
}

func addToken(tx *db.Tx, hash string, t *Token) error {
	_, err := tx.Exec("INSERT INTO account_token (hash, "+tokenColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
		hash, t.ID, t.Holder, t.Name, joinVerbs(t.Verbs), t.Made, t.Until)
	return err
}

// findToken gives a token that holds now; reeve.NotFound otherwise.
func findToken(tx *db.Tx, hash string, now int64) (*Token, error) {
	all, err := db.All(tx, scanToken, "SELECT "+tokenColumns+" FROM account_token WHERE hash = ? AND until > ?", hash, now)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func tokensOf(tx *db.Tx, holder string) ([]*Token, error) {
	return db.All(tx, scanToken, "SELECT "+tokenColumns+" FROM account_token WHERE holder = ? ORDER BY made DESC, id", holder)
}

// dropToken ends a token of a user; reeve.NotFound if it is none of theirs.
func dropToken(tx *db.Tx, holder, id string) error {
	n, err := tx.Exec("DELETE FROM account_token WHERE holder = ? AND id = ?", holder, id)
	if err == nil && n == 0 {
		err = reeve.NotFound
	}
	return err
}

func dropTokens(tx *db.Tx, holder string) (int64, error) {
	return tx.Exec("DELETE FROM account_token WHERE holder = ?", holder)
}
