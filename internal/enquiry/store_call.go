package enquiry

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/sweep"
)

// caller is what somebody said of themselves to an agent.
type caller struct {
	name     reeve.Sensitive
	born     reeve.Date
	postcode string // in normal form
	letter   string
	document bool
	way      Channel
}

// found is whom the facts of a caller fit, and how that person stands. Nothing of
// it is shown but what Say allows.
type found struct {
	person   string
	standing Standing
	list     List
	told     bool
	kinds    []reeve.Kind
}

// fill finds out how one person stands on a day.
func (f *found) fill(tx *db.Tx, p sweep.PersonLine, today reeve.Date) (err error) {
	var version int64
	if version, f.list, err = approvedList(tx); err != nil {
		return err
	}
	f.person = p.ID
	if f.standing, f.kinds, err = standingOf(tx, p, version, today); err != nil {
		return err
	}
	f.told, err = toldAlready(tx, p.ID)
	return err
}

// toldAlready reports whether somebody was told, under the id that they have now
// or had before a merge.
func toldAlready(tx *db.Tx, person string) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM review_told WHERE person = ? OR person IN (SELECT old FROM case_redirects WHERE new_ = ?)", person, person)
	return n > 0, err
}

// mostNeighbours bounds how many people at one postcode are compared.
const mostNeighbours = 500

// lookUp finds the one person whom name, birthday and postcode fit, among those
// whom the scope may see; a sealed person is never among them.
func lookUp(ctx context.Context, c *sweep.Case, scope sweep.Scope, said caller, now time.Time) (f found, err error) {
	scope.Opened = nil
	f.standing, f.list = None, NoList
	line, n, err := fitting(ctx, c, scope, said)
	if err != nil {
		return f, err
	}
	err = c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if n == 1 {
			return f.fill(tx, line, reeve.DateOf(now))
		}
		_, f.list, err = approvedList(tx)
		return err
	})
	if err != nil {
		return f, fmt.Errorf("look up caller: %w", err)
	}
	if n > 1 {
		f.standing = Several
	}
	return f, nil
}

// fitting gives the person whom the facts fit, and how many they fit.
func fitting(ctx context.Context, c *sweep.Case, scope sweep.Scope, said caller) (line sweep.PersonLine, n int, err error) {
	if said.postcode == "" || !said.born.Full() || said.name.Empty() {
		return line, 0, nil
	}
	after := ""
	for seen := 0; seen < mostNeighbours; {
		page, err := c.People(ctx, sweep.PeopleQuery{Scope: scope, Text: said.postcode, After: after, Limit: 100})
		if err != nil {
			return line, 0, err
		}
		for _, p := range page.People {
			if fits(p, said) {
				line = p
				n++
			}
		}
		if after = page.Next; after == "" {
			break
		}
		seen += len(page.People)
	}
	return line, n, nil
}

// fits compares what a caller said with one person: the whole birthday, the
// postcode, the surname, and the first forename.
func fits(p sweep.PersonLine, said caller) bool {
	born, ok := lex.ParseDate(p.Born.Reveal())
	if !ok || born != said.born {
		return false
	}
	if norm, ok := lex.NormPostcode(p.Postcode.Reveal()); !ok || norm != said.postcode {
		return false
	}
	held, heard := nameWords(p.Name.Reveal()), nameWords(said.name.Reveal())
	return len(held) > 1 && len(heard) > 1 && held[0] == heard[0] && held[len(held)-1] == heard[len(heard)-1]
}

// nameWords are the words of a name, folded, the forename first.
func nameWords(name string) []string {
	if last, first, ok := strings.Cut(name, ","); ok {
		name = first + " " + last
	}
	words := strings.Fields(lex.Fold(name))
	if len(words) > 0 && lex.TitleNumber(words[0]) != 0 {
		words = words[1:]
	}
	return words
}

// approvedList is the newest approved version of the list.
func approvedList(tx *db.Tx) (version int64, list List, err error) {
	var emptied int64
	err = tx.One([]any{&version, &emptied}, "SELECT number, emptied FROM review_version WHERE state = 'approved' ORDER BY number DESC LIMIT 1")
	switch {
	case errors.Is(err, reeve.NotFound):
		return 0, NoList, nil
	case err == nil && emptied > 0:
		return 0, EmptiedList, nil
	}
	return version, ApprovedList, err
}

// standingOf is how one person stands, the most careful answer first.
func standingOf(tx *db.Tx, p sweep.PersonLine, version int64, today reeve.Date) (Standing, []reeve.Kind, error) {
	var contact string
	err := tx.One([]any{&contact}, "SELECT value FROM review_contact WHERE person = ?", p.ID)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return None, nil, err
	}
	born, _ := lex.ParseDate(p.Born.Reveal())
	switch reeve.SafeContact(contact) {
	case reeve.ContactPost, reeve.ContactPhone, reeve.ContactEmail:
	case reeve.ContactHold:
		return Hold, nil, nil
	case reeve.ContactWorker:
		return Worker, nil, nil
	default:
		return NotAssessed, nil, nil
	}
	switch {
	case p.Sealed:
		return Sealed, nil, nil
	case p.Deceased != "no":
		return Deceased, nil, nil
	case !adult(born, today):
		return Child, nil, nil
	}
	var tier, kinds string
	err = tx.One([]any{&tier, &kinds}, "SELECT tier, kinds FROM review_version_person WHERE version = ? AND person = ?", version, p.ID)
	switch {
	case errors.Is(err, reeve.NotFound):
		return Unlisted, nil, nil
	case err != nil:
		return None, nil, err
	case reeve.Tier(tier) == reeve.TierPossible:
		return Unsure, nil, nil
	}
	var all []reeve.Kind
	for _, k := range strings.Split(kinds, ";") {
		if speakable(reeve.Kind(k)) {
			all = append(all, reeve.Kind(k))
		}
	}
	return Listed, all, nil
}

// Bounds on checks: whoever guesses at one household, or all day, is stopped.
const (
	mostChecksHour = 40 // of one agent
	mostChecksDay  = 6  // of one postcode, by all
)

// countCheck keeps that an agent checks a caller, and refuses one too many.
func countCheck(tx *db.Tx, by, postcode string, way Channel, now int64) (int64, error) {
	if err := tx.Serialise("enquiry-call"); err != nil {
		return 0, err
	}
	target := ""
	if postcode != "" {
		target = digestOf([]byte("postcode:" + postcode))[:24]
	}
	var hour, day int64
	if err := tx.One([]any{&hour}, "SELECT COUNT(*) FROM enquiry_call WHERE by_ = ? AND at > ?", by, now-3600); err != nil {
		return 0, err
	}
	if target != "" {
		if err := tx.One([]any{&day}, "SELECT COUNT(*) FROM enquiry_call WHERE target = ? AND at > ?", target, now-24*3600); err != nil {
			return 0, err
		}
	}
	if hour >= mostChecksHour || day >= mostChecksDay {
		return 0, reeve.WithHint(fmt.Errorf("check caller: too many checks: %w", reeve.Unavailable), "take their question down as an enquiry; the team that may look will answer it")
	}
	id, err := next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM enquiry_call")
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("INSERT INTO enquiry_call (id, by_, at, target, way) VALUES (?, ?, ?, ?, ?)", id, by, now, target, way)
	return id, err
}
