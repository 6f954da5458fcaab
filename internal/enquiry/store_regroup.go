package enquiry

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Staff put reports into other groups than the program did. What a group is found
// by stays with it, so that reports to come follow what staff did.

// regroup moves reports from the group in which they were seen into another, or
// into one of their own (0), and gives that.
func regroup(tx *db.Tx, reports []Report, into int64) (int64, error) {
	if err := tx.Serialise("enquiry-cluster"); err != nil {
		return 0, err
	}
	first := reports[0]
	if into == 0 {
		var err error
		m := Message{Subject: first.Subject.Reveal(), Words: first.Words.Reveal()}
		if into, err = beginCluster(tx, first, &m, signatureOf(m.Subject+" "+m.Words)); err != nil {
			return 0, err
		}
	} else if _, err := readCluster(tx, into); err != nil {
		return 0, err
	}
	for _, r := range reports {
		if into == r.Cluster || r.Cluster != first.Cluster {
			return 0, fmt.Errorf("move report: %w", reeve.Conflict)
		}
		if _, err := tx.Exec("UPDATE scam_report SET cluster = ?, alike = 0, version = version + 1 WHERE id = ?", into, r.ID); err != nil {
			return 0, err
		}
	}
	return into, recount(tx, first.Cluster, into)
}

// mergeClusters puts all reports of a group into another, with what the group is
// found by. What is drafted or published of it has to be withdrawn before: it
// would stay with nobody behind it.
func mergeClusters(tx *db.Tx, from, into int64) error {
	if err := tx.Serialise("enquiry-cluster"); err != nil {
		return err
	}
	c, err := readCluster(tx, from)
	if err != nil {
		return err
	}
	if _, err := readCluster(tx, into); err != nil {
		return err
	}
	if from == into || c.State == "published" || c.State == "drafted" {
		return reeve.WithHint(fmt.Errorf("merge groups: %w", reeve.Conflict), "withdraw what is published or drafted of the group first")
	}
	if _, err := tx.Exec("INSERT INTO scam_wording (cluster, signature) VALUES (?, ?) ON CONFLICT DO NOTHING", into, c.signature.text()); err != nil {
		return err
	}
	for _, q := range []string{
		"UPDATE scam_report SET cluster = ?, version = version + 1 WHERE cluster = ?",
		"INSERT INTO scam_wording (cluster, signature) SELECT CAST(? AS INTEGER), signature FROM scam_wording WHERE cluster = ? ON CONFLICT DO NOTHING",
		"INSERT INTO scam_key (key, cluster) SELECT key, CAST(? AS INTEGER) FROM scam_key WHERE cluster = ? ON CONFLICT DO NOTHING",
	} {
		if _, err := tx.Exec(q, into, from); err != nil {
			return fmt.Errorf("merge groups: %w", err)
		}
	}
	if _, err := tx.Exec("DELETE FROM scam_key WHERE cluster = ?", from); err != nil {
		return err
	}
	return recount(tx, from, into)
}

// recount writes down the figures of groups anew.
func recount(tx *db.Tx, clusters ...int64) error {
	for _, id := range clusters {
		_, err := tx.Exec(`UPDATE scam_cluster SET reports = (SELECT COUNT(*) FROM scam_report WHERE cluster = ?), copied = (SELECT COALESCE(SUM(copied), 0) FROM scam_report WHERE cluster = ?),
			first_seen = (SELECT COALESCE(MIN(received), 0) FROM scam_report WHERE cluster = ?), last_seen = (SELECT COALESCE(MAX(received), 0) FROM scam_report WHERE cluster = ?),
			version = version + 1 WHERE id = ?`, id, id, id, id, id)
		if err != nil {
			return err
		}
	}
	return nil
}
