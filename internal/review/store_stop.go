package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// mostHidden bounds the items that one stop may hide.
const mostHidden = 200_000

// addStop keeps a new stop with everything it hides, and gives its number. The
// same person pressing it twice for the same reason is one stop.
func addStop(tx *db.Tx, s *stop) error {
	err := tx.One([]any{&s.ID}, `SELECT id FROM stop WHERE item = ? AND person = ? AND why = ? AND actor = ? AND hidden_from = ? AND state <> ? ORDER BY id`,
		s.Item, s.Person, s.Why, s.Actor, s.Hidden, string(stopReleased))
	if !errors.Is(err, reeve.NotFound) {
		return err
	}
	if err := tx.One([]any{&s.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM stop"); err != nil {
		return err
	}
	s.State, s.Version = stopOpen, 1
	_, err = tx.Exec(`INSERT INTO stop (id, item, person, why, note, actor, actor_name, at, hidden_from, lead_, lead_name, state, outcome, proposer,
		proposed, decider, decider_name, decided, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?, '', '', '', '', '', 0, 1)`,
		s.ID, s.Item, s.Person, s.Why, s.Note, s.Actor, s.ActorName, s.At, s.Hidden, string(stopOpen))
	if err != nil || s.Item == 0 {
		return err
	}
	s.Things, err = hideItems(tx, s.ID, s.Item)
	return err
}

// hideItems lists what a stop hides: the item, every copy of its bytes, and
// everything inside any of them, with the copies of that.
func hideItems(tx *db.Tx, id, item int64) (int64, error) {
	const into = "INSERT INTO stop_item (stop, item, document) "
	const unless = " AND NOT EXISTS (SELECT 1 FROM stop_item t WHERE t.stop = s.id AND t.item = c.id)"
	steps := []string{
		into + "SELECT s.id, c.id, c.document FROM stop s JOIN case_items c ON c.id = s.item WHERE s.id = ?" + unless,
		into + `SELECT DISTINCT s.id, c.id, c.document FROM stop s JOIN stop_item h ON h.stop = s.id JOIN case_items i ON i.id = h.item
			JOIN case_items c ON c.digest = i.digest WHERE s.id = ? AND i.digest <> ''` + unless,
		into + `SELECT DISTINCT s.id, c.id, c.document FROM stop s JOIN stop_item h ON h.stop = s.id
			JOIN case_items c ON c.parent = h.item WHERE s.id = ?` + unless,
	}
	for {
		var grew int64
		for _, step := range steps {
			n, err := tx.Exec(step, id)
			if err != nil {
				return 0, err
			}
			grew += n
		}
		var all int64
		if err := tx.One([]any{&all}, "SELECT COUNT(*) FROM stop_item WHERE stop = ?", id); err != nil {
			return 0, err
		}
		switch {
		case all == 0:
			return 0, fmt.Errorf("set item %d aside: %w", item, reeve.NotFound)
		case all > mostHidden:
			return 0, reeve.WithHint(fmt.Errorf("set aside: %w", reeve.Invalid), "It holds too many items to be set aside as one. Press stop on the message or the file inside it.")
		case grew == 0:
			return all, nil
		}
	}
}

const stopColumns = `s.id, s.item, s.person, s.why, s.note, s.actor, s.actor_name, s.at, s.hidden_from, s.lead_, s.lead_name, s.state, s.outcome,
	s.proposer, s.proposed, s.decider, s.decider_name, s.decided, s.version, (SELECT COUNT(*) FROM stop_item i WHERE i.stop = s.id)`

func scanStop(row db.Row) (s stop, err error) {
	return s, row.Scan(&s.ID, &s.Item, &s.Person, &s.Why, &s.Note, &s.Actor, &s.ActorName, &s.At, &s.Hidden, &s.Lead, &s.LeadName, (*string)(&s.State),
		&s.Outcome, &s.Proposer, &s.Proposed, &s.Decider, &s.DeciderName, &s.Decided, &s.Version, &s.Things)
}

// readStop gives one stop; reeve.NotFound for an unknown number.
func readStop(tx *db.Tx, id int64) (s stop, err error) {
	err = reeve.NotFound
	scanErr := tx.Each(func(row db.Row) (e error) {
		s, e = scanStop(row)
		err = e
		return e
	}, "SELECT "+stopColumns+" FROM stop s WHERE s.id = ?", id)
	if scanErr != nil {
		return s, scanErr
	}
	return s, err
}

// stopsPage gives up to limit stops with a number below before (0: the newest),
// newest first; waiting ones only, if asked.
func stopsPage(tx *db.Tx, waiting bool, before int64, limit int) ([]stop, error) {
	where, args := "1 = 1", []any{}
	if waiting {
		where, args = "s.state IN (?, ?)", []any{string(stopOpen), string(stopProposed)}
	}
	if before > 0 {
		where, args = where+" AND s.id < ?", append(args, before)
	}
	return db.All(tx, scanStop, "SELECT "+stopColumns+" FROM stop s WHERE "+where+" ORDER BY s.id DESC LIMIT ?", append(args, limit)...)
}

// keepStop writes a stop that was moved; reeve.Conflict if it was moved by
// somebody else since it was read as s.Version.
func keepStop(tx *db.Tx, s *stop) error {
	n, err := tx.Exec(`UPDATE stop SET lead_ = ?, lead_name = ?, state = ?, outcome = ?, proposer = ?, proposed = ?, decider = ?, decider_name = ?, decided = ?,
		version = version + 1 WHERE id = ? AND version = ?`, s.Lead, s.LeadName, string(s.State), s.Outcome, s.Proposer, s.Proposed, s.Decider, s.DeciderName,
		s.Decided, s.ID, s.Version)
	if err == nil && n == 0 {
		return fmt.Errorf("keep stop: %w", reeve.Conflict)
	}
	return err
}

// stopCount is how many stops of a cause are in a state.
type stopCount struct {
	Why   string
	State stopState
	N     int64
	Items int64
}

func countStops(tx *db.Tx) ([]stopCount, error) {
	return db.All(tx, func(row db.Row) (c stopCount, err error) {
		return c, row.Scan(&c.Why, (*string)(&c.State), &c.N, &c.Items)
	}, `SELECT s.why, s.state, COUNT(DISTINCT s.id), COUNT(i.item) FROM stop s LEFT JOIN stop_item i ON i.stop = s.id GROUP BY s.why, s.state ORDER BY s.why, s.state`)
}

// stopOn gives the stop that hides an item or a person from a user, the gravest
// first; nil if none does. The item's document counts too: a copy that the
// sweep found later is hidden like the first.
func stopOn(tx *db.Tx, item int64, person, user string) (*stop, error) {
	query, args := "SELECT r.stop FROM review_stopped r WHERE r.person = ? AND r.who IN ('', ?) ORDER BY r.stop", []any{person, user}
	if item > 0 {
		query = `SELECT r.stop FROM review_stopped r WHERE r.item = ? AND r.who IN ('', ?) UNION SELECT r.stop FROM case_items c
			JOIN review_stopped r ON r.document = c.document WHERE c.id = ? AND c.document > 0 AND r.who IN ('', ?) ORDER BY 1`
		args = []any{item, user, item, user}
	}
	ids, err := db.All(tx, func(row db.Row) (id int64, err error) { return id, row.Scan(&id) }, query, args...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var worst *stop
	for _, id := range ids {
		s, err := readStop(tx, id)
		if err != nil {
			return nil, err
		}
		if worst == nil || gravity(s.Why) < gravity(worst.Why) {
			worst = &s
		}
	}
	return worst, nil
}

// gravity orders causes for a page that can show one: what nobody may see first.
func gravity(why string) int {
	return slices.Index([]string{causeImage, causePrivilege, causeRisk, causeKnown}, why)
}

// stoppedItems tells which of some items are hidden from a user.
func stoppedItems(tx *db.Tx, ids []int64, user string) (map[int64]bool, error) {
	hidden := make(map[int64]bool)
	for part := range slices.Chunk(ids, 500) {
		args := []any{user, user}
		for _, id := range part {
			args = append(args, id)
		}
		err := tx.Each(func(row db.Row) error {
			var id int64
			err := row.Scan(&id)
			hidden[id] = true
			return err
		}, `SELECT c.id FROM case_items c WHERE (EXISTS (SELECT 1 FROM review_stopped r WHERE r.who IN ('', ?) AND r.item = c.id)
			OR c.document > 0 AND EXISTS (SELECT 1 FROM review_stopped r WHERE r.who IN ('', ?) AND r.document = c.document)) AND c.id IN (`+places(len(part))+")", args...)
		if err != nil {
			return nil, err
		}
	}
	return hidden, nil
}

// places are n placeholders.
func places(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// stopLead is who is told of a cause.
type stopLead struct{ Why, Name, Reach string }

func stopLeads(tx *db.Tx) ([]stopLead, error) {
	return db.All(tx, func(row db.Row) (l stopLead, err error) { return l, row.Scan(&l.Why, &l.Name, &l.Reach) },
		"SELECT why, name, reach FROM stop_lead ORDER BY why")
}

func keepStopLead(tx *db.Tx, l stopLead) error {
	b := tx.Upsert("stop_lead", []string{"why"}, []string{"why", "name", "reach"})
	if err := b.Add(l.Why, l.Name, l.Reach); err != nil {
		return err
	}
	return b.Close()
}

// siftItem is an item that is to be looked at for privilege, and the state in
// which it is.
type siftItem struct {
	Item     int64
	Document int64
	Path     string
	State    string
}

const unsiftedItems = `SELECT c.id, c.document, c.path, ? || ' ' || c.status || ' ' || c.pages_unread FROM case_items c
	LEFT JOIN stop_screened s ON s.item = c.id WHERE (s.item IS NULL OR s.state <> ? || ' ' || c.status || ' ' || c.pages_unread)`

func scanSift(row db.Row) (s siftItem, err error) {
	return s, row.Scan(&s.Item, &s.Document, &s.Path, &s.State)
}

// unsifted gives items with a number above after that were not looked at in the
// state in which they are.
func unsifted(tx *db.Tx, after int64, limit int) ([]siftItem, error) {
	return db.All(tx, scanSift, unsiftedItems+" AND c.id > ? ORDER BY c.id LIMIT ?", privilegeRule, privilegeRule, after, limit)
}

// unsiftedAmong gives those of some items that were not.
func unsiftedAmong(tx *db.Tx, items []int64) ([]siftItem, error) {
	return db.All(tx, scanSift, unsiftedItems+" AND c.id IN ("+marks(len(items))+") ORDER BY c.id", append([]any{privilegeRule, privilegeRule}, arguments(items)...)...)
}

func keepSifted(tx *db.Tx, group []siftItem) error {
	b := tx.Upsert("stop_screened", []string{"item"}, []string{"item", "state"})
	for _, s := range group {
		if err := b.Add(s.Item, s.State); err != nil {
			return err
		}
	}
	return b.Close()
}

// siftedState gives the state in which an item was looked at, "" if never.
func siftedState(tx *db.Tx, item int64, state *string) error {
	return tx.One([]any{state}, "SELECT COALESCE((SELECT state FROM stop_screened WHERE item = ?), '')", item)
}

// machineStopped reports whether the machine has set an item aside before, be
// it released since or not.
func machineStopped(tx *db.Tx, item int64) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM stop s JOIN stop_item i ON i.stop = s.id WHERE i.item = ? AND s.actor = ? AND s.why = ?", item, machine, causePrivilege)
	return n > 0, err
}

// openingOf is the text with which a document begins.
func openingOf(blocks []sweep.BlockView) string {
	var b strings.Builder
	for _, block := range blocks {
		b.WriteString(block.Text.Slice(0, openingBytes).Reveal())
		b.WriteByte('\n')
		for _, row := range block.Rows[:min(len(block.Rows), 20)] {
			for _, cell := range row[:min(len(row), 8)] {
				b.WriteString(cell.Slice(0, 200).Reveal())
				b.WriteByte(' ')
			}
			b.WriteByte('\n')
		}
		if b.Len() > openingBytes {
			break
		}
	}
	return b.String()
}

// stopsOfPerson are the stops of one person, oldest first.
func stopsOfPerson(tx *db.Tx, id string) ([]stop, error) {
	return db.All(tx, scanStop, "SELECT "+stopColumns+" FROM stop s WHERE s.person = ? ORDER BY s.id", id)
}
