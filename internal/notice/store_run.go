package notice

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

const runColumns = `id, title, kind, way, channel, council, bands, template, template_number, template_text, list_version, list_digest, on_day, quota, state,
	paused_why, wording, facts, unread, total, people, checked, pence, digest, user_, user_name, at, frozen_at, started_at, ended_at, version`

func scanRun(row db.Row) (r run, err error) {
	var bands, wording, facts string
	var day int64
	err = row.Scan(&r.ID, &r.Title, &r.Kind, &r.Way, &r.Channel, &r.Council, &bands, &r.Template, &r.Number, &r.Text, &r.List, &r.ListDigest, &day, &r.Quota, &r.State,
		&r.PausedWhy, &wording, &facts, &r.Coverage.Unread, &r.Coverage.Total, &r.People, &r.Checked, &r.Pence, &r.Digest, &r.By, &r.ByName, &r.At, &r.Frozen,
		&r.Started, &r.Ended, &r.Version)
	if err != nil {
		return r, err
	}
	r.Bands, r.On = split[reeve.Band](bands), reeve.DateNumber(int(day))
	for _, f := range split[string](facts) {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return r, fmt.Errorf("read run: %w", reeve.Invalid)
		}
		r.Facts = append(r.Facts, n)
	}
	if wording != "" {
		err = json.Unmarshal([]byte(wording), &r.Wording)
	}
	return r, err
}

func readRun(tx *db.Tx, id int64) (run, error) {
	all, err := db.All(tx, scanRun, "SELECT "+runColumns+" FROM notice_run WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find run: %w", reeve.NotFound)
	}
	if err != nil {
		return run{}, err
	}
	r := &all[0]
	if r.variants, err = readVariants(tx, id); err != nil {
		return run{}, err
	}
	r.forms = &forms{all: make(map[form]*Template)}
	r.Signed, err = readSignatures(tx, id)
	return *r, err
}

// runsKept bounds the list of runs on one page.
const runsKept = 200

func readRuns(tx *db.Tx) ([]run, error) {
	return db.All(tx, scanRun, "SELECT "+runColumns+" FROM notice_run ORDER BY id DESC LIMIT ?", runsKept)
}

func readSignatures(tx *db.Tx, id int64) ([]signature, error) {
	return db.All(tx, func(row db.Row) (s signature, err error) {
		return s, row.Scan(&s.By, &s.ByName, &s.Digest, &s.At)
	}, "SELECT user_, user_name, digest, at FROM notice_signature WHERE run = ? ORDER BY at, user_", id)
}

// addRun keeps a new run and gives its number.
func addRun(tx *db.Tx, r *run) (err error) {
	if err := tx.Serialise("notice_run"); err != nil {
		return err
	}
	if err := tx.One([]any{&r.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM notice_run"); err != nil {
		return err
	}
	r.State, r.Version = Draft, 1
	_, err = tx.Exec("INSERT INTO notice_run ("+runColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', 0, 0, 0, 0, 0, '', ?, ?, ?, 0, 0, 0, 1)",
		r.ID, r.Title, r.Kind, r.Way, r.Channel, r.Council, join(r.Bands), r.Template, r.Number, r.Text, r.List, r.ListDigest, r.On.Number(), r.Quota, r.State,
		r.By, r.ByName, r.At)
	return err
}

// moveRun takes a run from the state in which it was seen into another;
// reeve.Conflict when somebody moved it since.
func moveRun(tx *db.Tx, r *run, to State, why string, at int64) error {
	if err := r.step(to); err != nil {
		return err
	}
	column := map[State]string{Checking: "frozen_at", Done: "ended_at", Stopped: "ended_at"}[to]
	if to == Sending && r.Started == 0 {
		column = "started_at"
	}
	set, args := "state = ?, paused_why = ?, version = version + 1", []any{to, why}
	if column != "" {
		set, args = set+", "+column+" = ?", append(args, at)
	}
	n, err := tx.Exec("UPDATE notice_run SET "+set+" WHERE id = ? AND state = ? AND version = ?", append(args, r.ID, r.State, r.Version)...)
	if err == nil && n == 0 {
		err = fmt.Errorf("change run %d: %w", r.ID, reeve.Conflict)
	}
	r.State, r.Version = to, r.Version+1
	return err
}

// freezeRun keeps with what words, facts and coverage a run was frozen.
func freezeRun(tx *db.Tx, r *run) error {
	text, err := json.Marshal(r.Wording)
	if err != nil {
		return err
	}
	facts := make([]string, 0, len(r.Facts))
	for _, f := range r.Facts {
		facts = append(facts, strconv.FormatInt(f, 10))
	}
	_, err = tx.Exec("UPDATE notice_run SET wording = ?, facts = ?, unread = ?, total = ?, people = ?, template_text = ?, list_digest = ? WHERE id = ?",
		string(text), join(facts), r.Coverage.Unread, r.Coverage.Total, r.People, r.Text, r.ListDigest, r.ID)
	return err
}

// sign puts a name under a run. The second one makes it signed.
func sign(tx *db.Tx, r *run, s signature) error {
	if seen, err := readLooked(tx, r.ID); err != nil {
		return err
	} else if seen.Faulty > 0 {
		return reeve.WithHint(fmt.Errorf("sign run %d: %d letters that were drawn are not as they were set: %w", r.ID, seen.Faulty, reeve.Conflict), "stop this run: nobody may sign it")
	}
	if n, err := tx.Exec("UPDATE notice_run SET version = version + 1 WHERE id = ? AND version = ? AND state = ?", r.ID, r.Version, Checked); err != nil {
		return err
	} else if n == 0 {
		return fmt.Errorf("sign run %d: %w", r.ID, reeve.Conflict)
	}
	r.Version++
	if _, err := tx.Exec("INSERT INTO notice_signature (run, user_, user_name, digest, at) VALUES (?, ?, ?, ?, ?)", r.ID, s.By, s.ByName, s.Digest, s.At); err != nil {
		return err
	}
	signed, err := readSignatures(tx, r.ID)
	if err != nil || len(signed) < signaturesNeeded {
		return err
	}
	return moveRun(tx, r, Signed, "", s.At)
}

// checkedRun keeps what the check found.
func checkedRun(tx *db.Tx, id int64, digest string, pence int64) error {
	_, err := tx.Exec("UPDATE notice_run SET digest = ?, pence = ? WHERE id = ?", digest, pence, id)
	return err
}

// counted is how many there are of a word.
type counted struct {
	Word string `json:"word"`
	N    int64  `json:"n"`
}

func countBy(tx *db.Tx, query string, args ...any) ([]counted, error) {
	return db.All(tx, func(row db.Row) (c counted, err error) { return c, row.Scan(&c.Word, &c.N) }, query, args...)
}

// exclusions counts who was left out of a run, by reason. A small number of
// people who are on no list now could tell that one of them is sealed: they are
// counted with those whom the list does not hold.
func exclusions(tx *db.Tx, id int64) ([]counted, error) {
	return countBy(tx, `SELECT x.reason, SUM(x.n) FROM (SELECT reason, 1 AS n FROM notice_exclusion WHERE run = ?
		UNION ALL SELECT reason, n FROM notice_home_out WHERE run = ?) x GROUP BY x.reason ORDER BY x.reason`, id, id)
}

func states(tx *db.Tx, id int64) ([]counted, error) {
	return countBy(tx, "SELECT state, COUNT(*) FROM notice_message WHERE run = ? AND n > 0 GROUP BY state ORDER BY state", id)
}

func faults(tx *db.Tx, id int64) ([]counted, error) {
	return countBy(tx, "SELECT "+countedWhy+", COUNT(*) FROM notice_message m WHERE m.run = ? AND m.n > 0 AND m.state IN ('faulty', 'refused') GROUP BY 1 ORDER BY 1", id)
}

func outcomes(tx *db.Tx, id int64) ([]counted, error) {
	return countBy(tx, "SELECT outcome, COUNT(*) FROM notice_message WHERE run = ? AND n > 0 AND state = 'left' GROUP BY outcome ORDER BY outcome", id)
}
