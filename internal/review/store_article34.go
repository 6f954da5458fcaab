package review

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// group is a group of the people of a version, with what was decided of it.
type group struct {
	ID       int64     `json:"id"`
	List     int64     `json:"list_version"`
	Title    string    `json:"title"`
	Rule     groupRule `json:"rule"`
	Decision string    `json:"decision"`
	Before   string    `json:"before"` // of the same group of an earlier version
	By       string    `json:"by"`
	ByName   string    `json:"by_name"`
	At       int64     `json:"at"`
	Version  int64     `json:"version"`
	people   int64     // when it was made
}

// groupRule says who is in a group. Empty fields do not narrow it; several values
// of one field widen it.
type groupRule struct {
	Lanes    []string `json:"lanes,omitempty"`
	Bands    []string `json:"bands,omitempty"`
	Signals  []string `json:"signals,omitempty"`
	Kinds    []string `json:"kinds,omitempty"`
	Council  string   `json:"council,omitempty"`
	Judged   string   `json:"judged"`   // who, by verdict: open (all but those judged not theirs or not personal), confirmed, any
	Deceased string   `json:"deceased"` // any, living, deceased
}

// conditions are those on a row p of a version.
func (g *groupRule) conditions() (text string, args []any) {
	var w strings.Builder
	in := func(column string, values []string) {
		if len(values) > 0 {
			w.WriteString(" AND p." + column + " IN (" + marks(len(values)) + ")")
			args = append(args, arguments(values)...)
		}
	}
	has := func(column string, values []string) {
		if len(values) == 0 {
			return
		}
		w.WriteString(" AND (1 = 0")
		for _, v := range values {
			w.WriteString(" OR ';' || p." + column + " || ';' LIKE '%;' || ? || ';%'")
			args = append(args, v)
		}
		w.WriteString(")")
	}
	in("lane", g.Lanes)
	in("band", g.Bands)
	has("signals", g.Signals)
	has("kinds", g.Kinds)
	if g.Council != "" {
		w.WriteString(" AND EXISTS (SELECT 1 FROM list_council k WHERE k.list = p.list AND k.n = p.n AND k.council = ?)")
		args = append(args, g.Council)
	}
	switch g.Judged {
	case judgedOpen:
		w.WriteString(" AND p.verdict NOT IN ('not-theirs', 'not-personal')")
	case judgedConfirmed:
		w.WriteString(" AND p.verdict = 'confirmed'")
	}
	switch g.Deceased {
	case deceasedNo:
		w.WriteString(" AND p.deceased = 'no'")
	case deceasedYes:
		w.WriteString(" AND p.deceased <> 'no'")
	}
	return w.String(), args
}

// addGroup keeps a group with its members.
func addGroup(tx *db.Tx, g *group) error {
	if err := tx.Serialise("review: article34"); err != nil {
		return err
	}
	if err := tx.One([]any{&g.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM article34_group"); err != nil {
		return err
	}
	condition, args := g.Rule.conditions()
	n, err := tx.Exec("INSERT INTO article34_member (grp, n) SELECT ?, p.n FROM list_person p WHERE p.list = ?"+condition, append([]any{g.ID, g.List}, args...)...)
	if err != nil {
		return err
	}
	g.people = n
	rule, err := json.Marshal(g.Rule)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO article34_group (id, list, title, rule, decision, before_, user_, user_name, at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
		g.ID, g.List, g.Title, string(rule), notDecided, g.Before, g.By, g.ByName, g.At)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO article34_count (list, grp, councils, decision, people, shared) SELECT p.list, m.grp, p.controller, '', COUNT(*), 0
		FROM article34_member m JOIN list_person p ON p.list = ? AND p.n = m.n WHERE m.grp = ? GROUP BY p.list, m.grp, p.controller`, g.List, g.ID)
	if err != nil {
		return err
	}
	return countGroups(tx, g.List)
}

const groupColumns = "SELECT id, list, title, rule, decision, before_, user_, user_name, at, version FROM article34_group"

func scanGroup(row db.Row) (g group, err error) {
	var rule string
	if err = row.Scan(&g.ID, &g.List, &g.Title, &rule, &g.Decision, &g.Before, &g.By, &g.ByName, &g.At, &g.Version); err != nil {
		return g, err
	}
	if json.Unmarshal([]byte(rule), &g.Rule) != nil {
		err = fmt.Errorf("read rule of a group: %w", reeve.Invalid)
	}
	return g, err
}

// readGroup gives one group; reeve.NotFound for an unknown number.
func readGroup(tx *db.Tx, id int64) (group, error) {
	all, err := db.All(tx, scanGroup, groupColumns+" WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find group: %w", reeve.NotFound)
	}
	if err != nil {
		return group{}, err
	}
	return all[0], nil
}

// groupDecision is one decision of a group's log.
type groupDecision struct {
	Value  string `json:"value"`
	Why    string `json:"why"`
	By     string `json:"by"`
	ByName string `json:"by_name"`
	At     int64  `json:"at"`
}

// Words says the decision.
func (d groupDecision) Words() string { return article34Words(d.Value) }

func groupDecisions(tx *db.Tx, id int64) ([]groupDecision, error) {
	return db.All(tx, func(row db.Row) (d groupDecision, err error) {
		return d, row.Scan(&d.Value, &d.Why, &d.By, &d.ByName, &d.At)
	},
		"SELECT value, why, user_, user_name, at FROM article34_decision WHERE grp = ? ORDER BY id DESC", id)
}

// addGroupDecision decides about a group as it was seen; reeve.Conflict if
// somebody decided since.
func addGroupDecision(tx *db.Tx, g *group, d groupDecision) error {
	n, err := tx.Exec("UPDATE article34_group SET decision = ?, version = version + 1 WHERE id = ? AND version = ?", d.Value, g.ID, g.Version)
	if err == nil && n == 0 {
		err = fmt.Errorf("decide about a group: %w", reeve.Conflict)
	}
	if err != nil {
		return err
	}
	var id int64
	if err := tx.One([]any{&id}, "SELECT COALESCE(MAX(id), 0) + 1 FROM article34_decision"); err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO article34_decision (id, grp, value, why, user_, user_name, at) VALUES (?, ?, ?, ?, ?, ?, ?)", id, g.ID, d.Value, d.Why, d.By, d.ByName, d.At)
	if err != nil {
		return err
	}
	return countGroups(tx, g.List)
}

// groupLine is a group with how many of its people may be seen and its history.
type groupLine struct {
	group
	ID       int64           `json:"id"`
	Title    string          `json:"title"`
	Decision string          `json:"decision"`
	People   int64           `json:"people"`
	Log      []groupDecision `json:"history"` // the newest first
}

// groupLines gives the groups of a version in the order in which they were made.
func groupLines(tx *db.Tx, version int64, s sweep.Scope) ([]groupLine, error) {
	groups, err := db.All(tx, scanGroup, groupColumns+" WHERE list = ? ORDER BY id", version)
	if err != nil {
		return nil, err
	}
	var lines []groupLine
	for _, g := range groups {
		line := groupLine{group: g, ID: g.ID, Title: g.Title, Decision: g.Decision}
		if line.People, err = countGroup(tx, &g, s); err != nil {
			return nil, err
		}
		if line.Log, err = groupDecisions(tx, g.ID); err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

const (
	groupRank = "MIN(CASE g.decision WHEN 'tell-now' THEN 0 WHEN 'tell' THEN 1 WHEN 'not-decided' THEN 2 ELSE 3 END)"
	rankWord  = "CASE %.rank_ WHEN 0 THEN 'tell-now' WHEN 1 THEN 'tell' WHEN 2 THEN 'not-decided' ELSE 'not-required' END"
)

// countGroups reckons how the groups of a version meet.
func countGroups(tx *db.Tx, version int64) error {
	if _, err := tx.Exec("DELETE FROM article34_count WHERE list = ? AND grp = 0", version); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO article34_count (list, grp, councils, decision, people, shared)
		SELECT ?, 0, p.controller, `+of(rankWord, "x")+`, COUNT(*), SUM(CASE WHEN x.groups_ > 1 THEN 1 ELSE 0 END)
		FROM (SELECT m.n AS n, COUNT(*) AS groups_, `+groupRank+` AS rank_ FROM article34_group g JOIN article34_member m ON m.grp = g.id WHERE g.list = ? GROUP BY m.n) x
		JOIN list_person p ON p.list = ? AND p.n = x.n GROUP BY p.controller, x.rank_`, version, version, version)
	return err
}

// inCouncils reports whether a joined list of councils has one in scope.
func inCouncils(councils string, s sweep.Scope) bool {
	return s.Councils == nil || len(ownCouncils(councils, s)) > 0
}

// countGroup counts the members who may be seen.
func countGroup(tx *db.Tx, g *group, s sweep.Scope) (n int64, err error) {
	err = tx.Each(func(row db.Row) error {
		var councils string
		var people int64
		err := row.Scan(&councils, &people)
		if inCouncils(councils, s) {
			n += people
		}
		return err
	}, `SELECT councils, people FROM article34_count WHERE list = ? AND grp = ? UNION ALL
		SELECT p.controller, -1 FROM case_sealed_ids s CROSS JOIN list_person p JOIN article34_member m ON m.grp = ? AND m.n = p.n WHERE p.list = ? AND p.person = s.id`,
		g.List, g.ID, g.ID, g.List)
	return n, err
}

// overlap is how the groups of a version meet, among those who may be seen.
type overlap struct {
	By     map[string]int64 // people by the strictest decision of their groups
	Shared int64            // people in more than one group
}

func overlapOf(tx *db.Tx, version int64, s sweep.Scope) (o overlap, err error) {
	o.By = make(map[string]int64)
	return o, tx.Each(func(row db.Row) error {
		var councils, decision string
		var people, shared int64
		err := row.Scan(&councils, &decision, &people, &shared)
		if inCouncils(councils, s) {
			o.By[decision] += people
			o.Shared += shared
		}
		return err
	}, `SELECT councils, decision, people, shared FROM article34_count WHERE list = ? AND grp = 0 UNION ALL
		SELECT x.controller, `+of(rankWord, "x")+`, -1, CASE WHEN x.groups_ > 1 THEN -1 ELSE 0 END FROM (SELECT p.controller AS controller, p.n AS n, COUNT(*) AS groups_, `+groupRank+` AS rank_
			FROM case_sealed_ids s CROSS JOIN list_person p JOIN article34_member m ON m.n = p.n JOIN article34_group g ON g.id = m.grp AND g.list = p.list
			WHERE p.list = ? AND p.person = s.id GROUP BY p.controller, p.n) x`, version, version)
}

// versionWithGroups gives the newest version before one that has groups, 0 for
// none.
func versionWithGroups(tx *db.Tx, before int64) (n int64, err error) {
	return n, tx.One([]any{&n}, "SELECT COALESCE(MAX(list), 0) FROM article34_group WHERE list < ?", before)
}

// copyGroups makes the groups of one version for another, undecided.
func copyGroups(tx *db.Tx, from, to int64, by, name string, at int64) (int, error) {
	groups, err := db.All(tx, scanGroup, groupColumns+" WHERE list = ? ORDER BY id", from)
	for i := range groups {
		g := groups[i]
		g.List, g.Before, g.By, g.ByName, g.At = to, g.Decision, by, name, at
		if err == nil {
			err = addGroup(tx, &g)
		}
	}
	return len(groups), err
}
