package review

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// batch is some things lent to one person for a time.
type batch struct {
	ID      int64  `json:"id"`
	Sort    string `json:"sort"`
	Council string `json:"council"`
	By      string `json:"by"`
	ByName  string `json:"by_name"`
	At      int64  `json:"at"`
	Until   int64  `json:"until"`
	Ended   int64  `json:"ended"`
	Version int64  `json:"version"`
	Things  int64  `json:"things"`
	Judged  int64  `json:"judged"`
}

const batchColumns = `SELECT b.id, b.sort, b.council, b.user_, b.user_name, b.at, b.until, b.ended, b.version,
	(SELECT COUNT(*) FROM batch_item i WHERE i.batch = b.id),
	(SELECT COUNT(*) FROM batch_item i JOIN verdict_now n ON n.about = i.about AND n.thing = i.thing AND n.state <> 'none' WHERE i.batch = b.id) FROM batch b`

func scanBatch(row db.Row) (b batch, err error) {
	return b, row.Scan(&b.ID, &b.Sort, &b.Council, &b.By, &b.ByName, &b.At, &b.Until, &b.Ended, &b.Version, &b.Things, &b.Judged)
}

// addBatch lends up to n open things of a sort to a user. Whoever asks at the
// same time takes turns, so that nothing is lent twice.
func addBatch(tx *db.Tx, k *pick, b *batch, n int) error {
	if err := tx.Serialise("review: queue"); err != nil {
		return err
	}
	if err := dropCards(tx, k.User, k.Now); err != nil {
		return err
	}
	things, err := findOpen(tx, k, n)
	if err != nil {
		return err
	}
	if len(things) == 0 {
		return fmt.Errorf("check out a batch: %w", reeve.NotFound)
	}
	if err := tx.One([]any{&b.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM batch"); err != nil {
		return err
	}
	b.Things, b.Version = int64(len(things)), 1
	_, err = tx.Exec("INSERT INTO batch (id, sort, council, user_, user_name, at, until, ended, version) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 1)",
		b.ID, b.Sort, b.Council, b.By, b.ByName, b.At, b.Until)
	if err != nil {
		return err
	}
	load := tx.Load("batch_item", "batch", "n", "about", "thing")
	for i, t := range things {
		if err := load.Add(b.ID, int64(i+1), t.About, t.Thing); err != nil {
			return err
		}
	}
	if err := load.Close(); err != nil {
		return err
	}
	return claim(tx, things, k.User, b.ID, b.Until)
}

// readBatch gives a batch; reeve.NotFound for an unknown number.
func readBatch(tx *db.Tx, id int64) (batch, error) {
	all, err := db.All(tx, scanBatch, batchColumns+" WHERE b.id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find batch: %w", reeve.NotFound)
	}
	if err != nil {
		return batch{}, err
	}
	return all[0], nil
}

// readBatches gives a user's batches, the newest first.
func readBatches(tx *db.Tx, user string, limit int) ([]batch, error) {
	return db.All(tx, scanBatch, batchColumns+" WHERE b.user_ = ? ORDER BY b.id DESC LIMIT ?", user, limit)
}

// batchItem is a thing of a batch.
type batchItem struct {
	N     int64  `json:"n"`
	About string `json:"about"`
	Thing string `json:"thing"`
	State string `json:"state"`
	Value string `json:"value"`
}

// readBatchItems gives the things of a batch with what holds of each.
func readBatchItems(tx *db.Tx, id int64) ([]batchItem, error) {
	return db.All(tx, func(row db.Row) (i batchItem, err error) {
		return i, row.Scan(&i.N, &i.About, &i.Thing, &i.State, &i.Value)
	}, `SELECT i.n, i.about, i.thing, COALESCE(n.state, 'none'), COALESCE(n.value, '') FROM batch_item i
		LEFT JOIN verdict_now n ON n.about = i.about AND n.thing = i.thing WHERE i.batch = ? ORDER BY i.n`, id)
}

// nextOfBatch gives the first thing of a batch that is open and was not skipped.
func nextOfBatch(tx *db.Tx, id int64, user string, now int64) (t queueThing, err error) {
	return t, tx.One([]any{&t.About, &t.Thing}, `SELECT i.about, i.thing FROM batch_item i WHERE i.batch = ?
		AND NOT EXISTS (SELECT 1 FROM verdict_now n WHERE n.about = i.about AND n.thing = i.thing AND n.state <> 'none')
		AND NOT EXISTS (SELECT 1 FROM queue_skip s WHERE s.user_ = ? AND s.about = i.about AND s.thing = i.thing AND s.at > ?)
		ORDER BY i.n LIMIT 1`, id, user, now-skipLasts)
}

// endBatch gives a batch back: what nobody judged is free again.
func endBatch(tx *db.Tx, id, seen, now int64) error {
	if err := tx.Serialise("review: queue"); err != nil {
		return err
	}
	n, err := tx.Exec("UPDATE batch SET ended = ?, version = version + 1 WHERE id = ? AND version = ? AND ended = 0", now, id, seen)
	if err == nil && n == 0 {
		err = fmt.Errorf("return a batch: %w", reeve.Conflict)
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec("DELETE FROM queue_claim WHERE batch = ?", id)
	return err
}

// namesOf gives what a batch shows of people: name, birth date and address.
func namesOf(tx *db.Tx, ids []string) (map[string]batchName, error) {
	all := make(map[string]batchName, len(ids))
	if len(ids) == 0 {
		return all, nil
	}
	err := tx.Each(func(row db.Row) error {
		var id, name, born, address, postcode string
		err := row.Scan(&id, &name, &born, &address, &postcode)
		all[id] = batchName{reeve.Private(reeve.KindName, name), reeve.Private(reeve.KindDateOfBirth, born), reeve.Private(reeve.KindAddress, address),
			reeve.Private(reeve.KindPostcode, postcode)}
		return err
	}, "SELECT id, name, born, address, postcode FROM case_people WHERE id IN ("+marks(len(ids))+")", arguments(ids)...)
	return all, err
}

// batchName is who a person is, as a batch may show them.
type batchName struct {
	Name     reeve.Sensitive `json:"name"`
	Born     reeve.Sensitive `json:"born"`
	Address  reeve.Sensitive `json:"address"`
	Postcode reeve.Sensitive `json:"postcode"`
}
