package notice

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// decision is on record whom to tell about a child or about somebody who died:
// made by people who know the family, never by the machine.
type decision struct {
	ID       int64             `json:"id"`
	Person   string            `json:"person"`
	Sort     Kind              `json:"sort"` // Child or Estate
	Name     reeve.Sensitive   `json:"name"`
	Lines    []reeve.Sensitive `json:"-"`
	Relation string            `json:"relation"`
	Language string            `json:"language"` // in which whoever is told reads, BCP 47; "" for English
	Format   Format            `json:"format"`   // in which they read; "" for Standard
	Basis    string            `json:"basis"`
	Harm     string            `json:"harm"`
	Decider  string            `json:"decided_by"`
	Day      string            `json:"day"`
	By       string            `json:"by"`
	ByName   string            `json:"by_name"`
	At       int64             `json:"at"`
	Ended    int64             `json:"ended"`
}

const decisionColumns = "id, person, sort, name, lines, relation, basis, harm, decided_by, on_day, user_, user_name, at, ended, language, format"

func scanDecision(row db.Row) (d decision, err error) {
	var name, lines string
	err = row.Scan(&d.ID, &d.Person, &d.Sort, &name, &lines, &d.Relation, &d.Basis, &d.Harm, &d.Decider, &d.Day, &d.By, &d.ByName, &d.At, &d.Ended, &d.Language, &d.Format)
	d.Name, d.Lines = reeve.Private(reeve.KindName, name), private(strings.Split(lines, "\n"))
	return d, err
}

// addDecision keeps a decision in the place of the one before.
func addDecision(tx *db.Tx, d *decision) error {
	if err := tx.Serialise("notice"); err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE notice_decision SET ended = ?, ended_why = 'replaced' WHERE person = ? AND sort = ? AND ended = 0", d.At, d.Person, d.Sort); err != nil {
		return err
	}
	if err := tx.One([]any{&d.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM notice_decision"); err != nil {
		return err
	}
	lines := make([]string, 0, len(d.Lines))
	for _, l := range d.Lines {
		lines = append(lines, l.Reveal())
	}
	_, err := tx.Exec("INSERT INTO notice_decision ("+decisionColumns+", ended_why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, '')", d.ID, d.Person, d.Sort, d.Name.Reveal(),
		strings.Join(lines, "\n"), d.Relation, d.Basis, d.Harm, d.Decider, d.Day, d.By, d.ByName, d.At, d.Language, string(d.Format))
	return err
}

// notSealed leaves out what is kept about sealed people: nobody here sees it, and
// nobody ends it by its number.
const notSealed = "person NOT IN (SELECT id FROM case_sealed_ids)"

func endDecision(tx *db.Tx, id int64, why string, at int64) error {
	n, err := tx.Exec("UPDATE notice_decision SET ended = ?, ended_why = ? WHERE id = ? AND ended = 0 AND "+notSealed, at, why, id)
	if err == nil && n == 0 {
		err = fmt.Errorf("end decision: %w", reeve.Conflict)
	}
	return err
}

func readDecisions(tx *db.Tx, limit int) ([]decision, error) {
	return db.All(tx, scanDecision, "SELECT "+decisionColumns+" FROM notice_decision WHERE person NOT IN (SELECT id FROM case_sealed_ids) ORDER BY id DESC LIMIT ?", limit)
}

// decisionsOn gives the decisions of a sort that hold now about some people.
func decisionsOn(tx *db.Tx, sort Kind, people []string) (map[string]decision, error) {
	found := make(map[string]decision)
	if len(people) == 0 || sort != Child && sort != Estate {
		return found, nil
	}
	args := []any{sort}
	for _, p := range people {
		args = append(args, p)
	}
	all, err := db.All(tx, scanDecision, "SELECT "+decisionColumns+" FROM notice_decision WHERE sort = ? AND ended = 0 AND person IN ("+marks(len(people))+")", args...)
	for _, d := range all {
		found[d.Person] = d
	}
	return found, err
}

// suppression keeps a person or an address out of every run.
type suppression struct {
	ID     int64           `json:"id"`
	Person string          `json:"person"`
	Place  reeve.Sensitive `json:"place"`
	Why    string          `json:"why"`
	Cause  string          `json:"cause"`
	By     string          `json:"by"`
	At     int64           `json:"at"`
	Lifted int64           `json:"lifted"`
}

func readSuppressions(tx *db.Tx, limit int) ([]suppression, error) {
	return db.All(tx, func(row db.Row) (s suppression, err error) {
		var place string
		err = row.Scan(&s.ID, &s.Person, &place, &s.Why, &s.Cause, &s.By, &s.At, &s.Lifted)
		s.Place = reeve.Private(reeve.KindAddress, place)
		return s, err
	}, "SELECT id, person, place, why, cause, user_, at, lifted FROM notice_suppression WHERE person NOT IN (SELECT id FROM case_sealed_ids) ORDER BY id DESC LIMIT ?", limit)
}

func addSuppression(tx *db.Tx, s *suppression) error {
	if err := tx.Serialise("notice"); err != nil {
		return err
	}
	if err := tx.One([]any{&s.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM notice_suppression"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO notice_suppression (id, person, place, why, cause, user_, at, lifted, lifted_why) VALUES (?, ?, ?, ?, ?, ?, ?, 0, '')",
		s.ID, s.Person, s.Place.Reveal(), s.Why, s.Cause, s.By, s.At)
	return err
}

func liftSuppression(tx *db.Tx, id int64, why string, at int64) error {
	n, err := tx.Exec("UPDATE notice_suppression SET lifted = ?, lifted_why = ? WHERE id = ? AND lifted = 0 AND "+notSealed, at, why, id)
	if err == nil && n == 0 {
		err = fmt.Errorf("lift suppression: %w", reeve.Conflict)
	}
	return err
}
