package review

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// sample is a sample as it is kept.
type sample struct {
	ID         int64  `json:"id"`
	Sort       string `json:"sort"`
	Tier       string `json:"tier"`
	Seed       string `json:"seed"`
	Size       int64  `json:"size"`
	Population int64  `json:"population"`
	Stamp      string `json:"stamp"`
	Why        string `json:"why"`
	By         string `json:"by"`
	ByName     string `json:"by_name"`
	At         int64  `json:"at"`
	Ended      int64  `json:"ended"`
	EndedBy    string `json:"ended_by"`
	Result     string `json:"-"`
	Digest     string `json:"digest"`
	Version    int64  `json:"version"`
	Judged     int64  `json:"judged"`
}

// populations are what each sort of sample is drawn from: a thing and the item in
// which it stands. Copies of one content are one thing, the first of them. What
// holds a sealed person, or is set aside, is in none.
var populations = map[string]string{
	sampleItems: sampleOpen + ` SELECT CAST(o.item AS TEXT), o.item FROM open_ o WHERE o.reason <> 'no-text' AND NOT EXISTS (SELECT 1 FROM case_findings f WHERE f.document = o.document)`,
	sampleElusion: sampleOpen + ` SELECT CAST(o.item AS TEXT), o.item FROM open_ o WHERE o.reason <> 'no-text'
		AND NOT EXISTS (SELECT 1 FROM case_links l WHERE l.document = o.document AND l.person <> '')`,
	samplePeople: sampleOpen + ` SELECT CAST(o.item AS TEXT), o.item FROM open_ o WHERE EXISTS (SELECT 1 FROM case_links l WHERE l.document = o.document AND l.person <> '')`,
	samplePrecision: sampleOpen + ` SELECT l.mark || ':' || l.person, o.item FROM open_ o JOIN case_links l ON l.document = o.document JOIN case_people p ON p.id = l.person AND p.sealed = 0
		WHERE l.posterior >= ? AND l.posterior < ? AND l.decided = ''`,
}

// sampleOpen are the documents that may be drawn from. It is made once, so that
// no database looks for the item of a document again and again.
const sampleOpen = `WITH open_ (item, document, reason) AS MATERIALIZED (SELECT MIN(i.id), i.document, MIN(i.reason) FROM case_items i
	WHERE i.document > 0 AND (i.status = 'read' OR ? = 1)
	AND NOT EXISTS (SELECT 1 FROM case_sealed_documents d WHERE d.document = i.document) AND NOT EXISTS (SELECT 1 FROM case_hidden h WHERE h.item = i.id)
	AND i.id NOT IN (SELECT x.item FROM review_stopped x) GROUP BY i.document)`

// tierBounds are the posteriors of a tier, in millionths.
func tierBounds(t reeve.Tier) (least, below int64) {
	switch t {
	case reeve.TierStrong:
		return 990_000, 1_000_001
	case reeve.TierLikely:
		return 900_000, 990_000
	case reeve.TierPossible:
		return 500_000, 900_000
	}
	return 500_000, 1_000_001
}

// eachOfPopulation calls use for everything a sample can be drawn from, with the
// item in which it stands.
func eachOfPopulation(tx *db.Tx, sort string, tier reeve.Tier, use func(thing string, item int64)) error {
	args := []any{truth(sort == samplePrecision)} // links stand in what was read in part too
	if sort == samplePrecision {
		least, below := tierBounds(tier)
		args = append(args, least, below)
	}
	return tx.Each(func(row db.Row) error {
		var thing string
		var item int64
		err := row.Scan(&thing, &item)
		use(thing, item)
		return err
	}, populations[sort], args...)
}

// describeDrawn fills in where something that was drawn stands, and what the
// machine says of it, hidden from who judges.
func describeDrawn(tx *db.Tx, sort string, item int64, i *sampleItem) error {
	var exhibit, folder string
	var people int64
	err := tx.One([]any{&exhibit, &folder, &people}, `SELECT i.exhibit, i.folder, (SELECT COUNT(DISTINCT l.person) FROM case_links l WHERE l.document = i.document AND l.person <> '')
		FROM case_items i WHERE i.id = ?`, item)
	i.Stratum, i.Answer = stratumOf(exhibit, folder), answerNone
	switch sort {
	case samplePeople:
		i.Machine = people
	case samplePrecision:
		i.Machine = 1
	}
	return err
}

// addSample keeps a sample with what was drawn.
func addSample(tx *db.Tx, s *sample, items []sampleItem) error {
	if err := tx.Serialise("review: samples"); err != nil {
		return err
	}
	if err := tx.One([]any{&s.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM sample"); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO sample (id, sort, tier, seed, size, population, stamp, why, user_, user_name, at, ended, ended_by, result, digest, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '', '', 1)`, s.ID, s.Sort, s.Tier, s.Seed, s.Size, s.Population, s.Stamp, s.Why, s.By, s.ByName, s.At)
	if err != nil {
		return err
	}
	load := tx.Load("sample_item", "sample", "n", "thing", "stratum", "machine", "answer", "user_", "at")
	for n, i := range items {
		if err := load.Add(s.ID, int64(n+1), i.Thing, i.Stratum, i.Machine, i.Answer, "", int64(0)); err != nil {
			return err
		}
	}
	return load.Close()
}

const sampleColumns = `SELECT s.id, s.sort, s.tier, s.seed, s.size, s.population, s.stamp, s.why, s.user_, s.user_name, s.at, s.ended, s.ended_by, s.result, s.digest, s.version,
	(SELECT COUNT(*) FROM sample_item i WHERE i.sample = s.id AND i.answer <> -1) FROM sample s`

func scanSample(row db.Row) (s sample, err error) {
	return s, row.Scan(&s.ID, &s.Sort, &s.Tier, &s.Seed, &s.Size, &s.Population, &s.Stamp, &s.Why, &s.By, &s.ByName, &s.At, &s.Ended, &s.EndedBy, &s.Result, &s.Digest,
		&s.Version, &s.Judged)
}

func readSamples(tx *db.Tx) ([]sample, error) {
	return db.All(tx, scanSample, sampleColumns+" ORDER BY s.id DESC LIMIT 100")
}

// readSample gives one sample; reeve.NotFound for an unknown number.
func readSample(tx *db.Tx, id int64) (sample, error) {
	all, err := db.All(tx, scanSample, sampleColumns+" WHERE s.id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find sample: %w", reeve.NotFound)
	}
	if err != nil {
		return sample{}, err
	}
	return all[0], nil
}

const sampleItemColumns = "SELECT n, thing, stratum, machine, answer, user_, at FROM sample_item"

func scanSampleItem(row db.Row) (i sampleItem, err error) {
	return i, row.Scan(&i.N, &i.Thing, &i.Stratum, &i.Machine, &i.Answer, &i.By, &i.At)
}

func readSampleItems(tx *db.Tx, id int64) ([]sampleItem, error) {
	return db.All(tx, scanSampleItem, sampleItemColumns+" WHERE sample = ? ORDER BY n", id)
}

// readSampleItem gives one thing of a sample; reeve.NotFound for none.
func readSampleItem(tx *db.Tx, id, n int64) (sampleItem, error) {
	all, err := db.All(tx, scanSampleItem, sampleItemColumns+" WHERE sample = ? AND n = ?", id, n)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find what was drawn: %w", reeve.NotFound)
	}
	if err != nil {
		return sampleItem{}, err
	}
	return all[0], nil
}

// openOfSample gives the number of the next thing that nobody has judged, from
// one on and then from the start; 0 for none.
func openOfSample(tx *db.Tx, id, from int64) (n int64, err error) {
	err = tx.One([]any{&n}, `SELECT COALESCE((SELECT MIN(n) FROM sample_item WHERE sample = ? AND answer = -1 AND n >= ?),
		(SELECT MIN(n) FROM sample_item WHERE sample = ? AND answer = -1), 0)`, id, from, id)
	return n, err
}

// answerSample keeps what somebody said, blind; reeve.Conflict if somebody else
// has answered, or the sample is finished.
func answerSample(tx *db.Tx, id, n, answer int64, who string, at int64) error {
	changed, err := tx.Exec(`UPDATE sample_item SET answer = ?, user_ = ?, at = ? WHERE sample = ? AND n = ? AND (answer = -1 OR user_ = ?)
		AND EXISTS (SELECT 1 FROM sample s WHERE s.id = ? AND s.ended = 0)`, answer, who, at, id, n, who, id)
	if err == nil && changed == 0 {
		err = fmt.Errorf("answer a sample: %w", reeve.Conflict)
	}
	return err
}

// endSample freezes a sample with its result.
func endSample(tx *db.Tx, s *sample) error {
	n, err := tx.Exec("UPDATE sample SET ended = ?, ended_by = ?, result = ?, digest = ?, version = version + 1 WHERE id = ? AND version = ? AND ended = 0",
		s.Ended, s.EndedBy, s.Result, s.Digest, s.ID, s.Version)
	if err == nil && n == 0 {
		err = fmt.Errorf("finish a sample: %w", reeve.Conflict)
	}
	return err
}
