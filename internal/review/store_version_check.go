package review

import (
	"github.com/reeve-council/reeve/internal/db"
)

// versionCounts are what the checks before a freezing look at.
type versionCounts struct {
	conflicts  int64 // things that people judged differently
	waiting    int64 // verdicts that wait for a second person
	controller int64 // people whose data nobody is known to have held
	unjudged   int64 // people of the safety lane without a verdict
	unassessed int64 // people of the safety lane whose contact nobody has assessed
	stopped    int64 // stops that nobody has decided
	sealed     int64
}

func countForVersion(tx *db.Tx) (c versionCounts, err error) {
	for _, q := range []struct {
		into *int64
		text string
	}{
		{&c.conflicts, "SELECT COUNT(*) FROM review_conflicts"},
		{&c.waiting, "SELECT COUNT(*) FROM review_waiting"},
		{&c.controller, "SELECT COUNT(*) FROM case_controllers k JOIN case_people p ON p.id = k.person WHERE k.council = 'unknown' AND p.sealed = 0"},
		{&c.unjudged, `SELECT COUNT(*) FROM case_people p LEFT JOIN review_verdicts v ON v.about = 'person' AND v.thing = p.id
			WHERE p.lane = 'safety' AND p.sealed = 0 AND v.value IS NULL`},
		{&c.unassessed, `SELECT COUNT(*) FROM case_people p LEFT JOIN review_verdicts v ON v.about = 'contact' AND v.thing = p.id
			WHERE p.lane = 'safety' AND p.sealed = 0 AND p.safe_contact = 'not-assessed' AND v.value IS NULL`},
		{&c.stopped, "SELECT COUNT(*) FROM stop WHERE state IN ('open', 'proposed')"},
		{&c.sealed, "SELECT COUNT(*) FROM case_people WHERE sealed = 1"},
	} {
		if err := tx.One([]any{q.into}, q.text); err != nil {
			return c, err
		}
	}
	return c, nil
}

// lastSamples gives the newest finished sample of every sort.
func lastSamples(tx *db.Tx) (map[string]sample, error) {
	last := make(map[string]sample)
	return last, tx.Each(func(row db.Row) error {
		var s sample
		err := row.Scan(&s.ID, &s.Sort, &s.Tier, &s.Size, &s.Population, &s.Stamp, &s.Ended, &s.Result)
		last[s.Sort] = s
		return err
	}, "SELECT id, sort, tier, size, population, stamp, ended, result FROM sample WHERE ended > 0 ORDER BY id")
}

// exhibitFigure is an exhibit as a version remembers it.
type exhibitFigure struct {
	Name  string `json:"name"`
	Taken string `json:"taken"`
}

func exhibitFigures(tx *db.Tx) ([]exhibitFigure, error) {
	return db.All(tx, func(row db.Row) (e exhibitFigure, err error) { return e, row.Scan(&e.Name, &e.Taken) }, "SELECT name, taken FROM case_exhibits ORDER BY name")
}
