package review

import "github.com/reeve-council/reeve/internal/db"

// placeOfFinding is the block of a finding, and its row there, or its byte in
// text; reeve.NotFound where there is no such finding.
func placeOfFinding(tx *db.Tx, document, n int64) (p position, table bool, err error) {
	var line, first int64
	err = tx.One([]any{&p.Block, &line, &first}, "SELECT block, line, first FROM case_findings WHERE document = ? AND n = ?", document, n)
	p.Offset = first
	if line >= 0 {
		p.Offset = line
	}
	return p, line >= 0, err
}
