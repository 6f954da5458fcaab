package demo

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/sweep"
)

// TestFromSweepToLetter goes the whole way on a planted council, from the copied
// files to what the simulator's own log says was posted, and holds it to what was
// planted: everybody who got a letter is in the files, nobody who must not be
// written to got one, each has one letter, and what a letter names of somebody
// was planted of them.
func TestFromSweepToLetter(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole way takes ten seconds")
	}
	c, truth := sweptCouncil(t, plant.Options{Seed: 7, People: 300, Documents: 150})
	if err := Incident(t.Context(), c, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) error { return checkCarried(t, tx) }); err != nil {
		t.Fatal(err)
	}
	letters := lettersOf(t, c)
	posted := postedIn(t, filepath.Join(c.Dir, "letters", "practice.log"))
	planted := plantedPeople(truth)
	if len(letters) < 15 {
		t.Fatalf("%d letters left: too few to say anything", len(letters))
	}
	seen := make(map[string]bool)
	for _, l := range letters {
		if n := posted[l.reference]; n != 1 {
			t.Errorf("the simulator took the letter of %s %d times", l.person, n)
		}
		delete(posted, l.reference)
		if seen[l.person] {
			t.Errorf("%s has two letters", l.person)
		}
		seen[l.person] = true
		l.hold(t, planted)
	}
	if len(posted) > 0 {
		t.Errorf("the simulator took %d letters that left for nobody", len(posted))
	}
}

// checkCarried: by each way in which people carry notices somebody was told and
// others wait; a call that was not safe put its person on hold; some letters rest
// on a verdict.
func checkCarried(t *testing.T, tx *db.Tx) error {
	t.Helper()
	return checkCounts(t, tx, map[string]int64{
		"SELECT COUNT(*) FROM notice_run WHERE state = 'sending' AND way IN ('call', 'hand', 'worker')":                                           3,
		"SELECT COUNT(*) FROM notice_message WHERE status IN ('told-by-call', 'told-in-person', 'told-by-worker')":                                3,
		"SELECT COUNT(DISTINCT m.run) FROM notice_message m JOIN notice_run r ON r.id = m.run WHERE r.state = 'sending' AND m.state = 'ready'":    3,
		"SELECT COUNT(*) FROM notice_message m JOIN notice_run r ON r.id = m.run WHERE r.way = 'call' AND m.state = 'refused' AND m.why = 'hold'": 1,
		"SELECT COUNT(*) FROM notice_message WHERE run = 1 AND n > 0 AND confirmed = 1":                                                           confirmed,
		"SELECT COUNT(*) FROM notice_round WHERE received > 0":                                                                                    2,
		"SELECT COUNT(*) FROM notice_round WHERE received = 0":                                                                                    1,
	})
}

// sent is a letter as it left.
type sent struct {
	reference, person, born string
	records                 [][2]string
	kinds                   []string
}

// hold compares a letter with what was planted of its reader.
func (l sent) hold(t *testing.T, planted map[[2]string]plantedPerson) {
	t.Helper()
	var p plantedPerson
	for _, r := range l.records {
		if found, ok := planted[r]; ok {
			p = found
		}
	}
	switch {
	case p.truth == nil || len(p.kinds) == 0:
		t.Errorf("%s got a letter and is not in the files", l.person)
		return
	case p.truth.Sealed, p.truth.Deceased, p.truth.SafeContact == string(reeve.ContactHold), p.truth.SafeContact == string(reeve.ContactWorker):
		t.Errorf("%s got a letter: sealed %t, deceased %t, safe contact %s", l.person, p.truth.Sealed, p.truth.Deceased, p.truth.SafeContact)
	case p.truth.Born > "2008-01-21":
		t.Errorf("%s got a letter and was under 18 on its date", l.person)
	}
	for _, k := range l.kinds {
		if !p.kinds[k] {
			t.Errorf("the letter of %s speaks of %s, which was not planted of them", l.person, k)
		}
	}
}

// lettersOf are the letters to people that left, without the test batch.
func lettersOf(t *testing.T, c *sweep.Case) (all []sent) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		all, err = db.All(tx, func(row db.Row) (l sent, err error) {
			var records, kinds string
			if err := row.Scan(&l.reference, &l.person, &l.born, &records, &kinds); err != nil {
				return l, err
			}
			l.kinds = strings.Split(kinds, ";")
			return l, json.Unmarshal([]byte(records), &l.records)
		}, `SELECT m.reference, m.person, p.born, p.registers, m.kinds FROM notice_message m JOIN notice_run r ON r.id = m.run JOIN case_people p ON p.id = m.person
			WHERE m.state = 'left' AND m.n > 0 AND r.way = 'post' ORDER BY m.run, m.n`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// postedIn counts, by reference, the letters that the simulator took; those of
// the test batch, which go to the council, are left out by their number.
func postedIn(t *testing.T, path string) map[string]int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	posted, tests := make(map[string]int), 3
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var l simulator.Line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		switch {
		case l.Type != "letter" || l.Returned:
		case tests > 0:
			tests--
		default:
			posted[l.Reference]++
		}
	}
	return posted
}

// plantedPerson is somebody with what was planted of them in files.
type plantedPerson struct {
	truth *plant.PersonTruth
	kinds map[string]bool
}

// plantedPeople finds people by their records on registers.
func plantedPeople(truth *plant.Truth) map[[2]string]plantedPerson {
	kinds := make(map[string]map[string]bool)
	for _, f := range truth.Facts {
		if f.Person == "" || f.Decoy || f.Negated {
			continue
		}
		if kinds[f.Person] == nil {
			kinds[f.Person] = make(map[string]bool)
		}
		kinds[f.Person][string(f.Kind)] = true
	}
	all := make(map[[2]string]plantedPerson)
	for i := range truth.People {
		p := &truth.People[i]
		for _, k := range p.Records {
			for _, id := range append([]string{k.ID}, k.Also...) {
				all[[2]string{k.System, id}] = plantedPerson{p, kinds[p.Person]}
			}
		}
	}
	return all
}
