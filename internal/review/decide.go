package review

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// A decision says of a person and a mention, or of two people, that they are
// the same human or not. The lists are right again when the page answers.

// What the forms can say. A rival is "rival:" and the id: the mention is theirs.
const (
	decideSame      = "same"
	decideDifferent = "different"
	decideUnsure    = "unsure"
	decideRival     = "rival:"
	decideWithdraw  = "withdraw" // as the log calls an earlier decision taken back
)

// decisionWords are a decision as the history says it.
func decisionWords(what string) string {
	switch what {
	case decideSame:
		return "the same human"
	case decideDifferent:
		return "different humans"
	case decideUnsure:
		return "perhaps the same human: nobody can tell"
	}
	return what
}

// decisionTyped is a form that came back.
type decisionTyped struct{ What, Other, Reason string }

func isNotFound(err error) bool { return errors.Is(err, reeve.NotFound) }

func (m *Room) decide(r *web.Request) (web.Answer, error) {
	p, err := m.readPerson(r)
	if err != nil {
		return nil, err
	}
	if stopped, _, err := m.stopped(r, 0, p.ID); err != nil || stopped != nil {
		return stopped, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	typed := decisionTyped{What: f.Said("what"), Other: strings.ToUpper(f.Need("other", 40, "Enter the number of the other person, P followed by 12 letters and digits")), Reason: f.Need("reason", 1000, "Give the reason: a later reader must be able to follow it")}
	what, one, other := typed.What, p.ID, typed.Other
	if rival, ok := strings.CutPrefix(what, decideRival); ok {
		what, one = decideSame, rival
	}
	switch what {
	case decideSame, decideDifferent, decideUnsure:
	default:
		f.Fault("what", "Choose whether they are the same person")
	}
	if f.OK() {
		err := m.mayDecideOn(r, one, other)
		if isNotFound(err) {
			f.Fault("other", "There is no person or mention of that number")
		} else if err != nil {
			return nil, err
		}
	}
	if f.OK() && one == other {
		f.Fault("other", "Enter the number of another person: this is the one whose page it is")
	}
	if !f.OK() {
		v, err := m.personView(r, p)
		if err != nil {
			return nil, err
		}
		v.Typed, v.Errors = typed, f.Errors
		return personPage.With("Person "+p.ID, v).Show(v.Granted).Faulty(f), nil
	}
	if _, err := m.kase.Decide(r.Context(), what, one, other, typed.Reason, r.Visitor.ID, len(r.Visitor.Opened) > 0); err != nil {
		return nil, plainFault(err)
	}
	return web.Redirect(m.after(r, p.ID), "Decided. The list is right again: "+said(what, one, other)), nil
}

func said(what, one, other string) string {
	return one + " and " + other + " are " + decisionWords(what) + "."
}

// mayDecideOn makes sure that a visitor may know of both sides. Decide itself
// refuses sealed people to those to whom none is opened; this refuses those that
// are not opened to this visitor, and other councils'.
func (m *Room) mayDecideOn(r *web.Request, ids ...string) error {
	return m.db.Read(r.Context(), func(tx *db.Tx) error {
		for _, id := range ids {
			owner := id
			if strings.HasPrefix(id, "M") {
				var err error
				if owner, err = markOwner(tx, id); err != nil {
					return err
				}
				if owner == "" {
					if r.Visitor.Councils != nil {
						return errNoPerson // nobody's: whose council it is cannot be told
					}
					continue
				}
			}
			sights, err := sightsOf(tx, []string{owner}, scopeOf(r.Visitor))
			if err != nil {
				return err
			}
			if sights[owner] != sightOpen {
				return errNoPerson
			}
		}
		return nil
	})
}

// after is where to go after a decision: to the person, if they are still there
// under that or another number, else to the list.
func (m *Room) after(r *web.Request, id string) string {
	p, err := m.kase.Person(r.Context(), id, sweep.Scope(scopeOf(r.Visitor)))
	if err != nil {
		return "/people"
	}
	return personPath(p.ID)
}

func (m *Room) undecide(r *web.Request) (web.Answer, error) {
	p, err := m.readPerson(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	id, err := strconv.ParseInt(f.Said("decision"), 10, 64)
	if err == nil {
		p.Decisions, err = m.decisionsOn(r, p)
	}
	if err != nil || !slices.Contains(standingDecisions(p.Decisions), id) {
		return nil, fmt.Errorf("undo decision: %w", reeve.NotFound)
	}
	reason := f.Need("reason", 1000, "Give the reason: a later reader must be able to follow it")
	if !f.OK() {
		v, err := m.personView(r, p)
		if err != nil {
			return nil, err
		}
		v.Errors = f.Errors
		return personPage.With("Person "+p.ID, v).Show(v.Granted).Faulty(f), nil
	}
	if _, err := m.kase.Undecide(r.Context(), id, reason, r.Visitor.ID); err != nil {
		return nil, plainFault(err)
	}
	return web.Redirect(m.after(r, p.ID), "Undone. The list is right again."), nil
}

// decisionsOn are the decisions that name a person, in whatever id, with those
// taken back and what took them back; those that name somebody of whom the
// visitor may not know are left out.
func (m *Room) decisionsOn(r *web.Request, p *sweep.PersonView) ([]sweep.DecisionView, error) {
	all, err := m.kase.Decisions(r.Context(), p.ID, p.Sealed)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]bool) // numbers of the decisions that are shown
	for _, d := range p.Decisions {
		seen[strconv.FormatInt(d.ID, 10)] = true
	}
	var open []sweep.DecisionView
	for _, d := range all {
		number := strconv.FormatInt(d.ID, 10)
		show := seen[number] || d.What == decideWithdraw && seen[d.A]
		if !show && d.What != decideWithdraw {
			if err := m.mayDecideOn(r, d.A, d.B); err != nil && !isNotFound(err) {
				return nil, err
			} else if err == nil {
				show = true
			}
		}
		if show {
			seen[number] = true
			open = append(open, sweep.DecisionView{ID: d.ID, What: d.What, A: d.A, B: d.B, Why: reeve.Private(sweep.KindText, d.Why), Actor: d.Actor, At: d.At})
		}
	}
	return open, nil
}

// standingDecisions are the numbers of the decisions that were not taken back.
// A withdrawal may have been taken back itself, by a later one.
func standingDecisions(all []sweep.DecisionView) (ids []int64) {
	newest := slices.SortedFunc(slices.Values(all), func(a, b sweep.DecisionView) int { return cmp.Compare(b.ID, a.ID) })
	gone := make(map[string]bool)
	for _, d := range newest {
		number := strconv.FormatInt(d.ID, 10)
		switch {
		case gone[number]:
		case d.What == decideWithdraw:
			gone[d.A] = true
		default:
			ids = append(ids, d.ID)
		}
	}
	return ids
}
