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

const messageColumns = `run, n, person, reference, name, about, lines, email, phone, place, kinds, data_from, data_to, items, incomplete, band, tier, confirmed, held,
	council, services, worker, language, format, decided, state, why, attempts, sides`

func scanMessage(row db.Row) (m frozenMessage, err error) {
	var name, about, lines, email, phone, kinds, services, worker string
	var from, to, confirmed int64
	r := &m.Recipient
	err = row.Scan(&m.Run, &m.N, &r.Person, &r.Reference, &name, &about, &lines, &email, &phone, &m.Place, &kinds, &from, &to, &r.Items, &r.Incomplete, &r.Band, &r.Tier,
		&confirmed, &r.Held, &r.Council, &services, &worker, &r.Language, &r.Format, &m.Decided, &m.State, &m.Why, &m.Attempts, &m.Sides)
	r.Name, r.About = reeve.Private(reeve.KindName, name), reeve.Private(reeve.KindName, about)
	r.Email, r.Phone = reeve.Private(reeve.KindEmail, email), reeve.Private(reeve.KindPhone, phone)
	r.Lines, r.Kinds = private(strings.Split(lines, "\n")), split[reeve.Kind](kinds)
	r.Services, r.Worker = split[string](services), reeve.Private(reeve.KindName, worker)
	r.From, r.To, r.Confirmed = reeve.DateNumber(int(from)), reeve.DateNumber(int(to)), confirmed != 0
	return m, err
}

// loadMessages writes frozen messages.
func loadMessages(tx *db.Tx, all []frozenMessage) error {
	load := tx.Load("notice_message", "run", "n", "person", "reference", "name", "about", "lines", "email", "phone", "place", "kinds", "data_from", "data_to", "items",
		"incomplete", "band", "tier", "confirmed", "held", "council", "services", "worker", "language", "format", "decided", "state", "why", "sender", "attempts", "claimed", "sides", "day", "left_at",
		"channel_id", "status", "outcome", "status_at")
	for i := range all {
		m := &all[i]
		r, o := &m.Recipient, m.Recipient.open()
		confirmed := int64(0)
		if r.Confirmed {
			confirmed = 1
		}
		err := load.Add(m.Run, m.N, r.Person, r.Reference, o.Name, o.About, strings.Join(o.Lines, "\n"), o.Email, o.Phone, m.Place, join(r.Kinds), int64(r.From.Number()),
			int64(r.To.Number()), r.Items, r.Incomplete, string(r.Band), string(r.Tier), confirmed, r.Held, r.Council, join(r.Services), o.Worker, r.Language, string(r.Format), m.Decided, m.State, m.Why, "", int64(0), int64(0),
			int64(0), "", int64(0), "", "", "", int64(0))
		if err != nil {
			return err
		}
	}
	return load.Close()
}

func loadExclusions(tx *db.Tx, run int64, out map[string]Reason, order []string) error {
	load := tx.Load("notice_exclusion", "run", "person", "reason")
	for _, p := range order {
		if reason := out[p]; reason != "" {
			if err := load.Add(run, p, string(reason)); err != nil {
				return err
			}
		}
	}
	return load.Close()
}

// messages gives messages of a run in a state, in order, from behind n.
func messages(tx *db.Tx, run int64, state string, after int64, limit int) ([]frozenMessage, error) {
	return db.All(tx, scanMessage, "SELECT "+messageColumns+" FROM notice_message WHERE run = ? AND state = ? AND n > ? ORDER BY n LIMIT ?", run, state, after, limit)
}

func messageAt(tx *db.Tx, run, n int64) (frozenMessage, error) {
	all, err := db.All(tx, scanMessage, "SELECT "+messageColumns+" FROM notice_message WHERE run = ? AND n = ?", run, n)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find message: %w", reeve.NotFound)
	}
	if err != nil {
		return frozenMessage{}, err
	}
	return all[0], nil
}

// markChecked keeps what the check said of messages: ready, or faulty and why.
func markChecked(tx *db.Tx, run int64, all []frozenMessage) error {
	for i := range all {
		m := &all[i]
		if _, err := tx.Exec("UPDATE notice_message SET state = ?, why = ?, sides = ? WHERE run = ? AND n = ? AND state = 'frozen'", m.State, m.Why, m.Sides, run, m.N); err != nil {
			return err
		}
	}
	_, err := tx.Exec("UPDATE notice_run SET checked = checked + ? WHERE id = ?", len(all), run)
	return err
}

// signedFor is what two people sign of a message: who gets it, by which address
// or number, and everything from which its text is made.
func (m *frozenMessage) signedFor() []string {
	r, o := &m.Recipient, m.Recipient.open()
	cells := []string{fmt.Sprint(m.N), r.Person, r.Reference, o.Name, o.About, o.Email, o.Phone, o.Worker, join(r.Kinds), r.From.String(), r.To.String(),
		fmt.Sprint(r.Items, r.Incomplete, r.Confirmed, m.Decided), string(r.Band), string(r.Tier), r.Held, r.Council, r.Language, string(r.Format), join(r.Services)}
	return append(cells, o.Lines...)
}

// digestReady reckons the SHA-256 over what will leave of every message that is
// ready, in order, and the sides of all.
func digestReady(tx *db.Tx, run int64) (digest string, each map[int64]int64, n int64, err error) {
	h, sides := sha256.New(), make(map[int64]int64)
	err = tx.Each(func(row db.Row) error {
		m, err := scanMessage(row)
		if err != nil {
			return err
		}
		n++
		sides[m.Sides]++
		for _, s := range m.signedFor() {
			fmt.Fprintf(h, "%d:%s\n", len(s), s)
		}
		return nil
	}, "SELECT "+messageColumns+" FROM notice_message WHERE run = ? AND state = 'ready' AND n > 0 ORDER BY n", run)
	return hex.EncodeToString(h.Sum(nil)), sides, n, err
}

// claim marks the next messages of a run as leaving with a sender. tests takes
// test messages alone.
func claim(tx *db.Tx, run int64, tests bool, sender string, at int64, limit int) (mine []frozenMessage, err error) {
	side := "n > 0"
	if tests {
		side = "n < 0"
	}
	all, err := db.All(tx, scanMessage, "SELECT "+messageColumns+" FROM notice_message WHERE run = ? AND state = 'ready' AND "+side+" ORDER BY n LIMIT ?", run, limit)
	if err != nil {
		return nil, err
	}
	for i := range all {
		n, err := tx.Exec("UPDATE notice_message SET state = 'leaving', sender = ?, claimed = ?, attempts = attempts + 1 WHERE run = ? AND n = ? AND state = 'ready'",
			sender, at, run, all[i].N)
		if err != nil {
			return nil, err
		}
		if n == 1 { // else another sender was quicker
			all[i].State = msgLeaving
			mine = append(mine, all[i])
		}
	}
	return mine, nil
}

// mine reports whether a message is still the sender's to hand over, and whether
// the run still sends (of a test: is signed).
func mine(tx *db.Tx, run, n int64, sender string) (owned, sends bool, err error) {
	var state State
	err = tx.One([]any{&state}, `SELECT r.state FROM notice_message m JOIN notice_run r ON r.id = m.run
		WHERE m.run = ? AND m.n = ? AND m.state = 'leaving' AND m.sender = ?`, run, n, sender)
	if errors.Is(err, reeve.NotFound) {
		return false, false, nil
	}
	return err == nil, state == Sending || n < 0 && state == Signed, err
}

// strayed is a message that is to be looked up, who had it, and when they marked
// it as leaving: UTC seconds.
type strayed struct {
	frozenMessage
	holder  string
	claimed int64
}

// doubtful gives messages that another sender was handing over when it ended.
func doubtful(tx *db.Tx, run int64, sender string, limit int) ([]strayed, error) {
	return db.All(tx, func(row db.Row) (m strayed, err error) {
		err = row.Scan(&m.N, &m.Recipient.Person, &m.Recipient.Reference, &m.Sides, &m.holder, &m.claimed)
		m.Run, m.State = run, msgLeaving
		return m, err
	}, "SELECT n, person, reference, sides, sender, claimed FROM notice_message WHERE run = ? AND state = 'leaving' AND sender <> ? ORDER BY claimed, n LIMIT ?", run, sender, limit)
}

// keepResults writes what became of messages that were leaving. Whoever was told
// has a receipt; whoever was refused has a row with the reason.
// A channel may have told what became of one before this is written: that stands,
// and what a channel speaks of has left. That a message left is written whoever
// has it now; anything else only while it is its sender's, or else it would take
// from another what that one is handing over.
func keepResults(tx *db.Tx, run int64, all []result, at int64) error {
	if err := tx.Serialise("notice"); err != nil {
		return err
	}
	for _, x := range all {
		if x.state == msgReady {
			if err := asTold(tx, run, &x); err != nil {
				return err
			}
		}
		day := ""
		if x.state == msgLeft {
			day = dayOn(x.receipt.At)
		}
		out := cmp.Or(string(statuses[x.receipt.Status]), map[bool]string{true: string(onItsWay)}[x.state == msgLeft])
		n, err := tx.Exec(`UPDATE notice_message SET state = ?, why = ?, sender = '', day = ?, left_at = ?, channel_id = ?,
			status = CASE WHEN outcome IN ('arrived', 'returned', 'failed') THEN status ELSE ? END, status_at = CASE WHEN outcome IN ('arrived', 'returned', 'failed') THEN status_at ELSE ? END,
			outcome = CASE WHEN outcome IN ('arrived', 'returned', 'failed') THEN outcome ELSE ? END, sides = CASE WHEN ? > 0 THEN ? ELSE sides END WHERE run = ? AND n = ?
			AND (state = 'leaving' AND sender = ? OR ? = 'left' AND state IN ('leaving', 'ready', 'unsure', 'stopped'))`,
			x.state, x.why, day, x.receipt.At, x.receipt.ID, x.receipt.Status, x.receipt.At, out, x.sides, x.sides, run, x.n, x.holder, x.state)
		if err == nil && n == 1 && x.state == msgRefused {
			_, err = tx.Exec("INSERT INTO notice_refusal (id, run, n, person, reason, at) SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ? FROM notice_refusal", run, x.n, x.person, x.why, at)
		}
		if err == nil && n == 1 && x.state == msgLeft {
			err = addReceipt(tx, x.ref, x.receipt)
		}
		if err != nil {
			return err
		}
	}
	_, err := tx.Exec("UPDATE notice_message SET state = 'stopped' WHERE run = ? AND state = 'ready' AND EXISTS (SELECT 1 FROM notice_run WHERE id = ? AND state = 'stopped')", run, run)
	return err
}

// asTold makes the result of a message that goes back to the list one that left,
// where a channel has spoken of it: it took it.
func asTold(tx *db.Tx, run int64, x *result) error {
	var r Receipt
	err := tx.One([]any{&r.ID, &r.Status, &r.At}, "SELECT channel_id, status, status_at FROM notice_message WHERE run = ? AND n = ? AND state = 'leaving' AND sender = ? AND outcome <> ''", run, x.n, x.holder)
	if errors.Is(err, reeve.NotFound) {
		return nil
	}
	x.state, x.receipt = msgLeft, r
	return err
}

// meets tells whether channels alone are telling somebody at this moment in other
// runs, and nobody has told them yet.
func meets(tx *db.Tx, x *frozenMessage) (bool, error) {
	told, err := knownOfPeople(tx, []string{x.Recipient.Person}, `SELECT person, MAX(run) FROM notice_message WHERE run <> ? AND n > 0 AND outcome NOT IN ('returned', 'failed')
		AND (state IN ('left', 'unsure') OR state = 'leaving' AND (substr(sender, 1, 5) = 'user:' OR substr(sender, 1, 6) = 'round:')) AND person IN (%s) GROUP BY person`, x.Run)
	return len(told) == 0, err
}

// leftOn counts what left by a channel on a day, by one way or ("") by all.
func leftOn(tx *db.Tx, channel string, way Way, day string, run int64) (all, ofRun int64, err error) {
	err = tx.One([]any{&all, &ofRun}, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN m.run = ? THEN 1 ELSE 0 END), 0)
		FROM notice_message m JOIN notice_run r ON r.id = m.run WHERE m.day = ? AND r.channel = ? AND (r.way = ? OR ? = '')`, run, day, channel, string(way), string(way))
	return all, ofRun, err
}

// waiting counts what has yet to leave of a run.
func waiting(tx *db.Tx, run int64, tests bool) (ready, leaving int64, err error) {
	side := "n > 0"
	if tests {
		side = "n < 0"
	}
	return ready, leaving, tx.One([]any{&ready, &leaving}, `SELECT COALESCE(SUM(CASE WHEN state = 'ready' THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN state = 'leaving' THEN 1 ELSE 0 END), 0) FROM notice_message WHERE run = ? AND state IN ('ready', 'leaving') AND `+side, run)
}

// stopMessages ends what has not begun to leave.
func stopMessages(tx *db.Tx, run int64) (int64, error) {
	return tx.Exec("UPDATE notice_message SET state = 'stopped' WHERE run = ? AND state IN ('frozen', 'ready', 'by-people')", run)
}

// sampleOf gives messages of a run drawn by a seed: those whose reference,
// hashed with it, comes first. The same seed draws the same. Sealed people are
// not among them.
func sampleOf(tx *db.Tx, run int64, seed string, want int) ([]frozenMessage, error) {
	type drawn struct {
		n   int64
		key string
	}
	var best []drawn
	err := tx.Each(func(row db.Row) error {
		var d drawn
		var ref string
		if err := row.Scan(&d.n, &ref); err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(seed + "\x00" + ref))
		d.key = string(sum[:])
		i := len(best)
		for i > 0 && best[i-1].key > d.key {
			i--
		}
		if i < want {
			best = append(best[:i], append([]drawn{d}, best[i:]...)...)
			best = best[:min(len(best), want)]
		}
		return nil
	}, "SELECT n, reference FROM notice_message WHERE run = ? AND n > 0 AND state NOT IN ('faulty', 'frozen', 'by-people') AND person NOT IN (SELECT id FROM case_sealed_ids)", run)
	var all []frozenMessage
	for _, d := range best {
		if err != nil {
			break
		}
		var m frozenMessage
		m, err = messageAt(tx, run, d.n)
		all = append(all, m)
	}
	return all, err
}

// testLetters is how many messages a test batch has.
const testLetters = 3

// addTests makes test messages from the first ones of a run: to the council's
// own address, about nobody.
func addTests(tx *db.Tx, r *run) error {
	first, err := messages(tx, r.ID, msgReady, 0, testLetters)
	if err != nil {
		return err
	}
	var least int64
	if err := tx.One([]any{&least}, "SELECT COALESCE(MIN(n), 0) FROM notice_message WHERE run = ? AND n < 0", r.ID); err != nil {
		return err
	}
	for i := range first {
		x := &first[i]
		x.N, x.Place, x.Decided = min(least, 0)-int64(i)-1, "", 0
		x.Recipient.Person, x.Recipient.Reference = "", newReference()
		x.Recipient.Name = reeve.Private(reeve.KindName, "Test letter")
		x.Recipient.Lines = private(append([]string{"Test letter"}, strings.Split(r.Wording.Address, "\n")...))
		if !x.Recipient.About.Empty() {
			x.Recipient.About = reeve.Private(reeve.KindName, "Test")
		}
		x.Recipient.Email, x.Recipient.Phone = reeve.Private(reeve.KindEmail, r.Wording.Email), reeve.Private(reeve.KindPhone, cmp.Or(r.Wording.Mobile, r.Wording.Phone))
	}
	return loadMessages(tx, first)
}

func testsLeft(tx *db.Tx, run int64) (n int64, err error) {
	return n, tx.One([]any{&n}, "SELECT COUNT(*) FROM notice_message WHERE run = ? AND n < 0 AND state = 'left'", run)
}
