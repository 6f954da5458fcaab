package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
	"github.com/reeve-council/reeve/internal/record"
)

// What a human can decide of two people or mentions.
var decisions = []string{"same", "different", "unsure"}

// Decide keeps a human decision on two people or mentions and makes the lists
// right again. Ids that answer to nothing, and sealed ones unless sealed is
// asked for, are refused alike.
func (c *Case) Decide(ctx context.Context, what, a, b, why, actor string, sealed bool) (reeve.Decision, error) {
	d := reeve.Decision{What: what, A: a, B: b, Why: strings.TrimSpace(why), Actor: actor, At: time.Now().Unix()}
	switch {
	case !slices.Contains(decisions, what):
		return d, reeve.WithHint(fmt.Errorf("there is no decision of that name: %w", reeve.Invalid), "Say same, different or unsure, then two ids.")
	case d.Why == "":
		return d, reeve.WithHint(fmt.Errorf("decide without a reason: %w", reeve.Invalid), "Give the reason with --why TEXT: a later reader must be able to follow it.")
	case a == b:
		return d, reeve.WithHint(fmt.Errorf("decide on one id twice: %w", reeve.Invalid), "Give two different ids.")
	}
	release, err := c.DB.Lock(ctx, "sweep")
	if err != nil {
		return d, reeve.WithHint(fmt.Errorf("decide: %w", err), "A sweep of this case is running; decide when it has ended.")
	}
	defer release()
	err = c.DB.WriteDurable(ctx, func(tx *db.Tx) error {
		var err error
		if d.KeysA, err = keysOf(tx, a, sealed); err != nil {
			return err
		}
		if d.KeysB, err = keysOf(tx, b, sealed); err != nil {
			return err
		}
		return keepDecision(tx, &d)
	})
	if err != nil {
		return d, fmt.Errorf("decide: %w", err)
	}
	return d, c.Resolve(ctx)
}

// Resolve links and weighs again from what the case holds.
func (c *Case) Resolve(ctx context.Context) error {
	params, err := c.params(ctx)
	if err != nil {
		return err
	}
	return c.resolve(ctx, params, func(string) {})
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
	_, err = record.Append(tx, record.Leaf{Time: d.At, Actor: d.Actor, Verb: "decide " + d.What, Object: d.A + " " + d.B, Line: d.Why})
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
