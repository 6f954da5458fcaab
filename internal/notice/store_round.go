package notice

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// round is notices that one named person carries on paper: letters to hand over,
// or a worker's brief.
type round struct {
	ID       int64           `json:"id"`
	Run      int64           `json:"run"`
	Way      Way             `json:"way"`
	Carrier  reeve.Sensitive `json:"carrier"`
	People   int64           `json:"people"`
	Digest   string          `json:"digest"`
	By       string          `json:"by"`
	ByName   string          `json:"by_name"`
	At       int64           `json:"at"`
	Printed  int64           `json:"printed"`
	Received int64           `json:"received"`
	Note     string          `json:"received_note"`
	Out      int64           `json:"out"` // how many have no outcome yet
	Taker    string          `json:"-"`   // the user who took it to carry it themself; "" for none
}

// sender is under what name a round has its messages.
func (o *round) sender() string { return byRound(o.ID) }

// carriedBy is the carrier's name for the paper that they carry.
func (o *round) carriedBy() string { return o.Carrier.Reveal() }

const roundColumns = `o.id, o.run, o.way, o.carrier, o.people, o.digest, o.user_, o.user_name, o.at, o.printed, o.received, o.received_note, o.taken_by,
	(SELECT COUNT(*) FROM notice_message m WHERE m.run = o.run AND m.state = 'leaving' AND m.sender = 'round:' || o.id)`

func scanRound(row db.Row) (o round, err error) {
	var carrier string
	err = row.Scan(&o.ID, &o.Run, &o.Way, &carrier, &o.People, &o.Digest, &o.By, &o.ByName, &o.At, &o.Printed, &o.Received, &o.Note, &o.Taker, &o.Out)
	o.Carrier = reeve.Private(reeve.KindName, carrier)
	return o, err
}

// addRound keeps a new round, whose messages come with fillRound, and gives it
// its number. Whoever takes rounds themself has one at a time: reeve.Conflict.
func addRound(tx *db.Tx, o *round) error {
	if err := tx.Serialise("notice_round"); err != nil {
		return err
	}
	if o.Taker != "" {
		if _, err := roundTakenBy(tx, o.Taker); !errors.Is(err, reeve.NotFound) {
			return cmp.Or(err, errHasOne)
		}
	}
	if err := tx.One([]any{&o.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM notice_round"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO notice_round (id, run, way, carrier, people, digest, user_, user_name, at, printed, received, received_note, received_by, taken_by) VALUES (?, ?, ?, ?, 0, '', ?, ?, ?, 0, 0, '', '', ?)",
		o.ID, o.Run, string(o.Way), o.Carrier.Reveal(), o.By, o.ByName, o.At, o.Taker)
	return err
}

// fillRound writes down which messages a round carries.
func fillRound(tx *db.Tx, o *round, numbers []int64) error {
	sum := sha256.New()
	for _, n := range numbers {
		x, err := messageAt(tx, o.Run, n)
		if err != nil {
			return err
		}
		fmt.Fprintln(sum, x.Recipient.Reference)
		if _, err := tx.Exec("INSERT INTO notice_carried (round, run, n) VALUES (?, ?, ?)", o.ID, o.Run, n); err != nil {
			return err
		}
	}
	o.People, o.Digest = int64(len(numbers)), hex.EncodeToString(sum.Sum(nil))
	_, err := tx.Exec("UPDATE notice_round SET people = ?, digest = ? WHERE id = ?", o.People, o.Digest, o.ID)
	return err
}

func readRound(tx *db.Tx, id int64) (round, error) {
	all, err := db.All(tx, scanRound, "SELECT "+roundColumns+" FROM notice_round o WHERE o.id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find round: %w", reeve.NotFound)
	}
	if err != nil {
		return round{}, err
	}
	return all[0], nil
}

// roundsOf gives the rounds of a run, newest first.
func roundsOf(tx *db.Tx, run int64) ([]round, error) {
	return db.All(tx, scanRound, "SELECT "+roundColumns+" FROM notice_round o WHERE o.run = ? ORDER BY o.id DESC LIMIT ?", run, runsKept)
}

// messagesIn gives the messages of a round in the order in which they are carried:
// by place for whoever walks, by number otherwise. Sealed people are not among
// them.
func messagesIn(tx *db.Tx, o *round) ([]frozenMessage, error) {
	return db.All(tx, scanMessage, "SELECT "+of("m")+` FROM notice_carried c JOIN notice_message m ON m.run = c.run AND m.n = c.n
		WHERE c.round = ? AND m.person NOT IN (SELECT id FROM case_sealed_ids) ORDER BY CASE WHEN ? = 'hand' THEN m.place ELSE '' END, m.n`, o.ID, string(o.Way))
}

// stillOut gives the numbers of all messages of a round without an outcome.
func stillOut(tx *db.Tx, o *round) ([]int64, error) {
	return db.All(tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) }, `SELECT m.n FROM notice_carried c JOIN notice_message m ON m.run = c.run AND m.n = c.n
		WHERE c.round = ? AND m.state = 'leaving' AND m.sender = ? ORDER BY m.n`, o.ID, o.sender())
}

// of gives the columns of messages under an alias.
func of(alias string) string {
	fields := strings.Fields(messageColumns)
	return alias + "." + strings.Join(fields, " "+alias+".")
}

// forCarrier gives the numbers of messages that wait to be carried in a run: of
// one worker's people where carrier names one.
func forCarrier(tx *db.Tx, r *run, carrier reeve.Sensitive, limit int) ([]int64, error) {
	where, args := "", []any{r.ID}
	if r.Way == Worker {
		where, args = " AND m.worker = ?", append(args, carrier.Reveal())
	}
	return db.All(tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) },
		"SELECT m.n FROM notice_message m WHERE m.run = ? AND m.n > 0 AND m.state = 'ready'"+where+
			" AND m.person NOT IN (SELECT id FROM case_sealed_ids) ORDER BY m.place, m.n LIMIT ?", append(args, limit)...)
}

// workerLine is a named worker with how many of their people wait for a brief.
// First is the number of one of them, by which a form names the worker.
type workerLine struct {
	Worker reeve.Sensitive `json:"worker"`
	People int64           `json:"people"`
	First  int64           `json:"first"`
}

// workersOf gives the named workers of a run for whom there is a brief to make.
func workersOf(tx *db.Tx, run int64) ([]workerLine, error) {
	return db.All(tx, func(row db.Row) (l workerLine, err error) {
		var worker string
		err = row.Scan(&worker, &l.People, &l.First)
		l.Worker = reeve.Private(reeve.KindName, worker)
		return l, err
	}, `SELECT worker, COUNT(*), MIN(n) FROM notice_message WHERE run = ? AND n > 0 AND state = 'ready' AND worker <> ''
		AND person NOT IN (SELECT id FROM case_sealed_ids) GROUP BY worker ORDER BY MIN(n)`, run)
}

// printedRound keeps that a round was printed.
func printedRound(tx *db.Tx, id, at int64) error {
	_, err := tx.Exec("UPDATE notice_round SET printed = ? WHERE id = ?", at, id)
	return err
}

// receivedRound keeps that the carrier has the paper; reeve.Conflict where that
// is on record already.
func receivedRound(tx *db.Tx, id, at int64, note, user string) error {
	n, err := tx.Exec("UPDATE notice_round SET received = ?, received_note = ?, received_by = ? WHERE id = ? AND received = 0", at, note, user, id)
	if err == nil && n == 0 {
		err = fmt.Errorf("receive round: %w", reeve.Conflict)
	}
	return err
}
