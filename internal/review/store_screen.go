package review

import (
	"encoding/json"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// screenRow is somebody whom a screening rule may cover, as far as the lists
// say: not sealed, not deceased, not assessed, no signal of their own or of
// anybody linked to an address or household of theirs, now or then.
type screenRow struct {
	ID       string
	Pairs    [][2]string
	Born     string
	UPRN     string
	Postcode string
}

// eachToScreen calls use for everybody whom a rule may cover.
func eachToScreen(tx *db.Tx, use func(screenRow) error) error {
	return tx.Each(func(row db.Row) error {
		var s screenRow
		var pairs string
		if err := row.Scan(&s.ID, &pairs, &s.Born, &s.UPRN, &s.Postcode); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(pairs), &s.Pairs); err != nil {
			return fmt.Errorf("read registers of a person: %w", reeve.Invalid)
		}
		return use(s)
	}, `SELECT p.id, p.registers, p.born, p.uprn, p.postcode FROM case_people p
		WHERE p.safe_contact = 'not-assessed' AND p.sealed = 0 AND p.deceased = 'no' AND p.signals = '' AND p.born <> ''
		AND NOT EXISTS (SELECT 1 FROM case_signals o WHERE o.person = p.id)
		AND NOT EXISTS (SELECT 1 FROM case_residents a JOIN case_residents b ON b.household = a.household
			JOIN case_signals g ON g.person = b.person WHERE a.person = p.id)
		AND NOT EXISTS (SELECT 1 FROM review_stopped x WHERE x.person = p.id)
		ORDER BY p.id`)
}

// frozenAs gives the newest version of the list that was frozen from the lists
// of a stamp, 0 for none.
func frozenAs(tx *db.Tx, stamp string) (version int64, err error) {
	return version, tx.One([]any{&version}, "SELECT COALESCE(MAX(number), 0) FROM review_version WHERE stamp = ?", stamp)
}

// flaggedPlaces are the UPRNs of everybody who has a signal.
func flaggedPlaces(tx *db.Tx) (map[string]bool, error) {
	places := make(map[string]bool)
	return places, tx.Each(func(row db.Row) error {
		var uprn string
		err := row.Scan(&uprn)
		places[uprn] = true
		return err
	}, "SELECT DISTINCT p.uprn FROM case_people p JOIN case_signals g ON g.person = p.id WHERE p.uprn <> ''")
}

// screenRule is a rule that two people sign: of whom, on which lists.
type screenRule struct {
	ID         int64  `json:"id"`
	Months     int64  `json:"months"`
	Version    int64  `json:"version"`
	List       int64  `json:"list_version"` // 0 where none was frozen
	Stamp      string `json:"stamp"`
	AsOf       string `json:"as_of"`
	People     int64  `json:"people"`
	Digest     string `json:"digest"`
	Seed       string `json:"seed"`
	Why        string `json:"why"`
	By         string `json:"by"`
	ByName     string `json:"by_name"`
	At         int64  `json:"at"`
	FirstBy    string `json:"first_by"`
	FirstName  string `json:"first_name"`
	FirstAt    int64  `json:"first_at"`
	SecondBy   string `json:"second_by"`
	SecondName string `json:"second_name"`
	SecondAt   int64  `json:"second_at"`
	Ended      int64  `json:"ended"`
	EndedBy    string `json:"ended_by"`
	EndedWhy   string `json:"ended_why"`
}

// addRule keeps a rule with everybody it covers, unsigned.
func addRule(tx *db.Tx, s *screenRule, people []string) error {
	if err := tx.Serialise("review: screening"); err != nil {
		return err
	}
	if err := tx.One([]any{&s.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM screen_rule"); err != nil {
		return err
	}
	var list any
	if s.List > 0 {
		list = s.List
	}
	_, err := tx.Exec(`INSERT INTO screen_rule (id, months, list_version, stamp, as_of, people, digest, seed, why, user_, user_name, at, first_by, first_name, first_at,
		second_by, second_name, second_at, ended, ended_by, ended_why, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '', '', 0, 0, '', '', 1)`,
		s.ID, s.Months, list, s.Stamp, s.AsOf, s.People, s.Digest, s.Seed, s.Why, s.By, s.ByName, s.At)
	if err != nil {
		return err
	}
	load := tx.Load("screen_person", "person", "rule")
	for _, id := range people {
		if err := load.Add(id, s.ID); err != nil {
			return err
		}
	}
	return load.Close()
}

const ruleColumns = `SELECT id, months, COALESCE(list_version, 0), stamp, as_of, people, digest, seed, why, user_, user_name, at, first_by, first_name, first_at,
	second_by, second_name, second_at, ended, ended_by, ended_why, version FROM screen_rule`

func scanRule(row db.Row) (s screenRule, err error) {
	return s, row.Scan(&s.ID, &s.Months, &s.List, &s.Stamp, &s.AsOf, &s.People, &s.Digest, &s.Seed, &s.Why, &s.By, &s.ByName, &s.At, &s.FirstBy, &s.FirstName,
		&s.FirstAt, &s.SecondBy, &s.SecondName, &s.SecondAt, &s.Ended, &s.EndedBy, &s.EndedWhy, &s.Version)
}

func readRules(tx *db.Tx) ([]screenRule, error) {
	return db.All(tx, scanRule, ruleColumns+" ORDER BY id DESC LIMIT 100")
}

// readRule gives one rule; reeve.NotFound for an unknown number.
func readRule(tx *db.Tx, id int64) (screenRule, error) {
	all, err := db.All(tx, scanRule, ruleColumns+" WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find screening rule: %w", reeve.NotFound)
	}
	if err != nil {
		return screenRule{}, err
	}
	return all[0], nil
}

// keepRule writes signatures and the end of a rule; reeve.Conflict if somebody
// else changed it since it was read.
func keepRule(tx *db.Tx, s *screenRule) error {
	n, err := tx.Exec(`UPDATE screen_rule SET first_by = ?, first_name = ?, first_at = ?, second_by = ?, second_name = ?, second_at = ?, ended = ?, ended_by = ?,
		ended_why = ?, version = version + 1 WHERE id = ? AND version = ?`, s.FirstBy, s.FirstName, s.FirstAt, s.SecondBy, s.SecondName, s.SecondAt, s.Ended, s.EndedBy,
		s.EndedWhy, s.ID, s.Version)
	if err == nil && n == 0 {
		err = fmt.Errorf("keep screening rule: %w", reeve.Conflict)
	}
	return err
}

// peopleOfRule gives everybody whom a rule covers, by id.
func peopleOfRule(tx *db.Tx, id int64) ([]string, error) {
	return db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, "SELECT person FROM screen_person WHERE rule = ? ORDER BY person", id)
}

// screenedNow counts whom a rule still covers: no flag has come since.
func screenedNow(tx *db.Tx, id int64) (n int64, err error) {
	return n, tx.One([]any{&n}, "SELECT COUNT(*) FROM screen_person s JOIN review_screened e ON e.person = s.person WHERE s.rule = ?", id)
}

// screenCase is one of the random cases that both who sign have to read.
type screenCase struct {
	ID       string          `json:"person"`
	Name     reeve.Sensitive `json:"name"`
	Born     reeve.Sensitive `json:"born"`
	Address  reeve.Sensitive `json:"address"`
	Kinds    string          `json:"kinds"`
	Lane     string          `json:"lane"`
	Band     string          `json:"band"`
	Deceased string          `json:"deceased"`
	Contact  string          `json:"safe_contact"` // as the lists say now
}

// screenCases gives some people of a rule that are not sealed, by id.
func screenCases(tx *db.Tx, ids []string) ([]screenCase, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return db.All(tx, func(row db.Row) (c screenCase, err error) {
		var name, born, address string
		err = row.Scan(&c.ID, &name, &born, &address, &c.Kinds, &c.Lane, &c.Band, &c.Deceased, &c.Contact)
		c.Name, c.Born, c.Address = reeve.Private(reeve.KindName, name), reeve.Private(reeve.KindDateOfBirth, born), reeve.Private(reeve.KindAddress, address)
		return c, err
	}, "SELECT id, name, born, address, kinds, lane, band, deceased, safe_contact FROM case_people WHERE sealed = 0 AND id IN ("+marks(len(ids))+") ORDER BY id", arguments(ids)...)
}
