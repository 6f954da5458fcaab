package report

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// handOut gives a document in the form that the address asks for, with the head
// of the record at its foot, and puts on record that it left, with its digest.
// name is the file's, object what the record calls it, rows how much is in it.
func (m *Room) handOut(r *web.Request, s sheet, name, object string, rows int64) (web.Answer, error) {
	if s.Footer == "" {
		err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { s.Footer, err = m.footing(tx); return err })
		if err != nil {
			return nil, err
		}
	}
	a, b, err := hand(s, name, r.Part("as"))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	return a, m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "export", Object: object, Rows: rows, Digest: hex.EncodeToString(sum[:]), Line: "handed out as a file: " + object + " (" + r.Part("as") + ")"}, nil
	})
}
