package enquiry

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// draft keeps what is to be published of a group, for a second person to read.
// What is published stays so until the new words are approved or it is withdrawn.
func draft(tx *db.Tx, id, seen int64, title, words, by, byName string, now int64) error {
	return moved(tx.Exec(`UPDATE scam_cluster SET state = 'drafted', public_title = ?, public_words = ?, drafted_by = ?, drafted_name = ?, drafted_at = ?, approved_by = '', approved_name = '',
		approved_at = 0, version = version + 1 WHERE id = ? AND version = ? AND state <> 'published'`, title, words, by, byName, now, id, seen))
}

// approve publishes a draft; whoever wrote it cannot.
func approve(tx *db.Tx, id, seen int64, by, byName string, now int64) error {
	c, err := readCluster(tx, id)
	if err != nil {
		return err
	}
	if c.DraftedBy == by {
		return reeve.WithHint(fmt.Errorf("approve: %w", reeve.Denied), "a second person has to read it: you wrote it")
	}
	return moved(tx.Exec("UPDATE scam_cluster SET state = 'published', approved_by = ?, approved_name = ?, approved_at = ?, version = version + 1 WHERE id = ? AND version = ? AND state = 'drafted'",
		by, byName, now, id, seen))
}

// withdraw takes a group off the public site, or a draft back.
func withdraw(tx *db.Tx, id, seen int64) error {
	return moved(tx.Exec("UPDATE scam_cluster SET state = 'withdrawn', version = version + 1 WHERE id = ? AND version = ? AND state IN ('published', 'drafted')", id, seen))
}

// moved is reeve.Conflict where a statement changed nothing.
func moved(n int64, err error) error {
	if err == nil && n == 0 {
		err = fmt.Errorf("change: %w", reeve.Conflict)
	}
	return err
}

// judge sets what a report is.
func judge(tx *db.Tx, id, seen int64, state string) error {
	return moved(tx.Exec("UPDATE scam_report SET state = ?, version = version + 1 WHERE id = ? AND version = ?", state, id, seen))
}

// scamCounts are the figures over reports and groups.
type scamCounts struct {
	Reports   int64 `json:"reports"`
	New       int64 `json:"new"`
	Unread    int64 `json:"unread"`
	Groups    int64 `json:"groups"`
	Published int64 `json:"published"`
	Drafted   int64 `json:"drafted"`
}

func countScams(tx *db.Tx) (c scamCounts, err error) {
	err = tx.One([]any{&c.Reports, &c.New, &c.Unread}, "SELECT COALESCE(MAX(id), 0), (SELECT COUNT(*) FROM scam_report WHERE state = 'new'), (SELECT COUNT(*) FROM scam_report WHERE unread = 1) FROM scam_report")
	if err != nil {
		return c, err
	}
	err = tx.One([]any{&c.Groups, &c.Published, &c.Drafted}, "SELECT COUNT(*), (SELECT COUNT(*) FROM scam_cluster WHERE state = 'published'), (SELECT COUNT(*) FROM scam_cluster WHERE state = 'drafted') FROM scam_cluster WHERE reports > 0")
	return c, err
}

// Seen is a scam that was seen here, in the words that two people approved.
type Seen struct {
	Title, Words string
	At           int64 // when it was last reported, seconds UTC
}

// Published are the scams that the public may learn of, the newest first.
func Published(tx *db.Tx) ([]Seen, error) {
	return db.All(tx, func(row db.Row) (s Seen, err error) { return s, row.Scan(&s.Title, &s.Words, &s.At) },
		"SELECT title, words, last_seen FROM enquiry_scam_published ORDER BY last_seen DESC, id DESC LIMIT 100")
}
