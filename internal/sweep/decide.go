package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
	"github.com/reeve-council/reeve/internal/record"
)

// What a human can decide of two people or mentions.
var decisions = []string{"same", "different", "unsure"}

// withdrawn is the decision that takes back an earlier one; its A is the number
// of that one.
const withdrawn = "withdraw"

// Ruling is a human decision to be made: What of A and B, two ids of people or
// mentions.
type Ruling struct {
	What   string // same, different, unsure
	A, B   string
	Why    string
	Actor  string
	Sealed bool   // sealed people may be named
	Stamp  *Stamp // refuse with reeve.Conflict unless the lists still bear it; nil for any
	With   With   // kept together with the decision; nil for nothing
}

// With is what a caller keeps in the transaction of a decision, so that a crash
// leaves both or neither. It is called when the lists are right again, maybe
// more than once; its error takes the decision back. Where the case has to be
// resolved anew as a whole, the lists follow after it, and the change it is
// given names nobody and bears no stamp.
type With func(tx *db.Tx, change Change) error

// keep runs a With, if there is one.
func (w With) keep(tx *db.Tx, change Change) error {
	if w == nil {
		return nil
	}
	return w(tx, change)
}

// Change is what a decision did to the lists.
type Change struct {
	Decision reeve.Decision
	Before   []string // ids of the people whose rows it changed or took away, sorted
	After    []string // ids of the people whose rows it changed or made, sorted
	Stamp    Stamp    // of the lists as they are now
}

// Decide keeps a human decision on two people or mentions and makes the lists
// right again. Ids that answer to nothing, and sealed ones unless sealed is
// asked for, are refused alike.
func (c *Case) Decide(ctx context.Context, what, a, b, why, actor string, sealed bool) (reeve.Decision, error) {
	change, err := c.Rule(ctx, Ruling{What: what, A: a, B: b, Why: why, Actor: actor, Sealed: sealed})
	return change.Decision, err
}

// Rule is Decide for callers that want to know what changed. The decision and
// the lists change in one transaction: people, households, links and findings of
// the neighbourhood alone are written, and nothing else. Any number of callers
// may decide at once; they take turns. reeve.Conflict while a sweep is running,
// or when the stamp given is not that of the lists any more.
func (c *Case) Rule(ctx context.Context, ask Ruling) (Change, error) {
	d := reeve.Decision{What: ask.What, A: ask.A, B: ask.B, Why: strings.TrimSpace(ask.Why), Actor: ask.Actor, At: time.Now().Unix()}
	switch {
	case !slices.Contains(decisions, d.What):
		return Change{Decision: d}, reeve.WithHint(fmt.Errorf("there is no decision of that name: %w", reeve.Invalid), "Say same, different or unsure, then two ids.")
	case d.Why == "":
		return Change{Decision: d}, errNoReason
	case d.A == d.B:
		return Change{Decision: d}, reeve.WithHint(fmt.Errorf("decide on one id twice: %w", reeve.Invalid), "Give two different ids.")
	}
	return c.decide(ctx, d, ask.Stamp, ask.With, func(tx *db.Tx, d *reeve.Decision) (err error) {
		if d.KeysA, err = keysOf(tx, d.A, ask.Sealed); err == nil {
			d.KeysB, err = keysOf(tx, d.B, ask.Sealed)
		}
		return err
	})
}

var errNoReason = reeve.WithHint(fmt.Errorf("decide without a reason: %w", reeve.Invalid), "Give the reason with --why TEXT: a later reader must be able to follow it.")

// TakenBack is the answer to undoing a decision that does not stand any more; it
// is a reeve.Conflict.
var TakenBack = reeve.WithHint(fmt.Errorf("the decision does not stand any more: %w", reeve.Conflict), "Somebody took it back already.")

// Undecide takes back a decision that stands: its effect goes, the decision and
// its withdrawal stay in the log. A withdrawal may itself be taken back.
func (c *Case) Undecide(ctx context.Context, id int64, why, actor string) (Change, error) {
	return c.UndecideWith(ctx, id, why, actor, nil)
}

// UndecideWith is Undecide that keeps something of the caller's along with it.
func (c *Case) UndecideWith(ctx context.Context, id int64, why, actor string, with With) (Change, error) {
	d := reeve.Decision{What: withdrawn, A: strconv.FormatInt(id, 10), Why: strings.TrimSpace(why), Actor: actor, At: time.Now().Unix()}
	if d.Why == "" {
		return Change{Decision: d}, errNoReason
	}
	return c.decide(ctx, d, nil, with, func(tx *db.Tx, d *reeve.Decision) error {
		log, err := loadLog(tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(log, func(o reeve.Decision) bool { return o.ID == id })
		switch {
		case i < 0:
			return reeve.WithHint(fmt.Errorf("no decision of that number: %w", reeve.NotFound), "Take the number from what explain lists.")
		case len(standing(append(slices.Clone(log), *d))) == len(standing(log)):
			return TakenBack
		}
		return nil
	})
}

// decide keeps a decision and obeys it. complete fills in what the decision
// remembers of those it names.
func (c *Case) decide(ctx context.Context, d reeve.Decision, stamp *Stamp, with With, complete func(*db.Tx, *reeve.Decision) error) (Change, error) {
	out := Change{Decision: d}
	if err := c.unforgotten(ctx, LayerValues, LayerList); err != nil {
		return out, fmt.Errorf("decide: %w", err)
	}
	c.ruling.Lock()
	defer c.ruling.Unlock()
	release, err := c.turn(ctx)
	if err != nil {
		return out, err
	}
	defer release()
	have, err := c.settings(ctx)
	if err != nil {
		return out, err
	}
	params, err := c.params(ctx)
	if err != nil {
		return out, err
	}
	near := have[settingKept] != "" && params != nil
	err = c.DB.WriteDurable(ctx, func(tx *db.Tx) error {
		out = Change{Decision: d} // the transaction may run twice
		now, err := stampOf(tx)
		if err != nil {
			return err
		}
		if stamp != nil && *stamp != now {
			return reeve.WithHint(fmt.Errorf("the lists have changed since: %w", reeve.Conflict), "Look again at who this is about, and decide then.")
		}
		if err := complete(tx, &out.Decision); err != nil {
			return err
		}
		before, err := loadDecisions(tx)
		if err != nil {
			return err
		}
		if err := keepDecision(tx, &out.Decision); err != nil {
			return err
		}
		if near {
			after, err := loadDecisions(tx)
			if err != nil {
				return err
			}
			if err := c.obey(tx, params, before, after, &out); err != nil {
				return err
			}
			if out.Stamp, err = stampOf(tx); err != nil {
				return err
			}
		}
		if err := with.keep(tx, out); err != nil {
			return err
		}
		return noteDecision(tx, &out.Decision)
	})
	if err != nil || near {
		return out, wrapDecide(err)
	}
	return out, c.Resolve(ctx)
}

func wrapDecide(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("decide: %w", err)
}

// How often and how far apart the case's lock is asked for, where another
// process decides at the same time.
const (
	turnTries = 40
	turnWait  = 50 * time.Millisecond
)

// turn takes the case's lock: no sweep runs while a decision is obeyed.
func (c *Case) turn(ctx context.Context) (release func() error, err error) {
	for range turnTries {
		if release, err = c.DB.Lock(ctx, "sweep"); err == nil || !errors.Is(err, reeve.Conflict) {
			break
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("decide: %w", ctx.Err())
		case <-time.After(turnWait):
		}
	}
	if err != nil {
		return nil, reeve.WithHint(fmt.Errorf("decide: %w", err), "A sweep of this case is running; decide when it has ended.")
	}
	return release, nil
}

// Resolve links and weighs again from what the case holds.
func (c *Case) Resolve(ctx context.Context) error {
	params, err := c.params(ctx)
	if err != nil {
		return err
	}
	return c.resolve(ctx, params, func(string) {})
}

// Decisions lists the decisions that name a person's records or mentions, or
// the person by an id of its own, oldest first, with those withdrawn and the
// withdrawals. Sealed and unknown people answer alike.
func (c *Case) Decisions(ctx context.Context, person string, sealed bool) ([]reeve.Decision, error) {
	var out []reeve.Decision
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		p, err := personOf(tx, person, sealed)
		if err == nil {
			out, err = decisionsNaming(tx, p.id)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list decisions: %w", err)
	}
	return out, nil
}

// decisionsNaming lists the decisions that name a person, in whatever id.
func decisionsNaming(tx *db.Tx, person string) ([]reeve.Decision, error) {
	log, err := loadLog(tx)
	if err != nil || len(log) == 0 {
		return nil, err
	}
	keys, err := allKeysOf(tx, person)
	if err != nil {
		return nil, err
	}
	named := make(map[string]bool)
	var out []reeve.Decision
	for _, d := range log {
		touches := d.A == person || d.B == person || d.What == withdrawn && named[d.A]
		for _, k := range slices.Concat(d.KeysA, d.KeysB) {
			touches = touches || keys[k]
		}
		if touches {
			named[strconv.FormatInt(d.ID, 10)] = true
			out = append(out, d)
		}
	}
	return out, nil
}

// allKeysOf are the keys of a person's records and of all its mentions.
func allKeysOf(tx *db.Tx, person string) (map[string]bool, error) {
	keys := make(map[string]bool)
	own, err := keysOf(tx, person, true)
	if err != nil {
		return nil, err
	}
	for _, k := range own {
		keys[k] = true
	}
	return keys, tx.Each(func(row db.Row) error {
		var mark string
		err := row.Scan(&mark)
		keys[linkage.MentionKey(mark)] = true
		return err
	}, "SELECT m.mark FROM link l JOIN mention m ON m.document = l.document AND m.ordinal = l.ordinal WHERE l.person = ?", person)
}

func keepDecision(tx *db.Tx, d *reeve.Decision) error {
	if err := tx.One([]any{&d.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM decision"); err != nil {
		return err
	}
	a, err := json.Marshal(stored(d.KeysA))
	if err != nil {
		return err
	}
	b, err := json.Marshal(stored(d.KeysB))
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO decision (id, what, a, b, keys_a, keys_b, why, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		d.ID, d.What, d.A, d.B, string(a), string(b), d.Why, d.Actor, d.At)
	if err != nil {
		return err
	}
	return err
}

// noteDecision writes the decision into the record, last in its transaction.
func noteDecision(tx *db.Tx, d *reeve.Decision) error {
	object := d.A
	if d.B != "" {
		object += " " + d.B
	}
	_, err := record.Append(tx, record.Leaf{Time: d.At, Actor: d.Actor, Verb: "decide " + d.What, Object: object, Line: d.Why})
	return err
}

func stored(keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = storeKey(k)
	}
	return out
}

// errNobody is the one answer to an id that is unknown and to one that is
// sealed.
var errNobody = reeve.WithHint(fmt.Errorf("no person or mention of that id: %w", reeve.NotFound), "Take the id from: reeve list people, or from the mention column of: reeve list findings.")

// personOf finds the person an id stands for now, following redirects.
func personOf(tx *db.Tx, id string, sealed bool) (personRow, error) {
	for range 8 {
		var p personRow
		found := false
		err := tx.Each(func(row db.Row) (err error) {
			p, err = scanPerson(row)
			found = true
			return err
		}, personSelect+" WHERE id = ?", id)
		switch {
		case err != nil:
			return p, err
		case found && p.sealed && !sealed:
			return p, errNobody
		case found:
			return p, nil
		}
		err = tx.One([]any{&id}, "SELECT new_ FROM redirect WHERE old = ? ORDER BY new_", id)
		if errors.Is(err, reeve.NotFound) {
			return p, errNobody
		}
		if err != nil {
			return p, err
		}
	}
	return personRow{}, errNobody
}

// keysOf are the fingerprints by which a decision remembers an id: those of a
// person's register records, or of its mentions; of a mention its own.
func keysOf(tx *db.Tx, id string, sealed bool) ([]string, error) {
	if strings.HasPrefix(id, "M") {
		var owner string
		err := tx.One([]any{&owner}, `SELECT COALESCE(l.person, '') FROM mention m LEFT JOIN link l ON l.document = m.document AND l.ordinal = m.ordinal WHERE m.mark = ?`, id)
		if errors.Is(err, reeve.NotFound) {
			return nil, errNobody
		}
		if err == nil && owner != "" && !sealed {
			_, err = personOf(tx, owner, false)
		}
		return []string{linkage.MentionKey(id)}, err
	}
	p, err := personOf(tx, id, sealed)
	if err != nil {
		return nil, err
	}
	var pairs [][2]string
	if err := json.Unmarshal([]byte(p.registers), &pairs); err != nil {
		return nil, fmt.Errorf("read person: %w", reeve.Invalid)
	}
	var keys []string
	for _, pair := range pairs {
		keys = append(keys, linkage.RecordKey(pair[0], pair[1]))
	}
	if len(keys) > 0 {
		return keys, nil
	}
	marks, err := db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) },
		"SELECT m.mark FROM link l JOIN mention m ON m.document = l.document AND m.ordinal = l.ordinal WHERE l.person = ? ORDER BY m.mark", p.id)
	for _, m := range marks {
		keys = append(keys, linkage.MentionKey(m))
	}
	return keys, err
}

// NoteReveal writes to the record that personal values or sealed people are
// about to be shown. Nothing is shown if this fails.
func (c *Case) NoteReveal(ctx context.Context, list string, opt ListOptions, reason, actor string) error {
	if !opt.Reveal && !opt.Sealed {
		return nil
	}
	verb := "reveal"
	if opt.Sealed {
		verb = "open sealed"
		if opt.Reveal {
			verb = "reveal sealed"
		}
	}
	err := c.DB.WriteDurable(ctx, func(tx *db.Tx) error {
		_, err := record.Append(tx, record.Leaf{Actor: actor, Verb: verb, Object: "list " + list, Line: reason})
		return err
	})
	if err != nil {
		return fmt.Errorf("note in the record: %w", err)
	}
	return nil
}
