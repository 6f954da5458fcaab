package review

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	screenRulesPage = web.NewPage[screenRulesView](pages, "screen_rules.html")
	screenRulePage  = web.NewPage[screenRuleView](pages, "screen_rule.html")
)

// A screening rule is the contract's one exception to safe contact being set one
// by one: two named people sign it, on one state of the lists, after reading its
// count and 30 random cases. It sets post for adults who are not sealed, not
// deceased, without any signal at person, household or address, now or then, and
// whose address a register confirmed within the months it states. The view
// review_screened looks again at each read: whoever has got a flag since is not
// covered any more.
const (
	screenCasesShown = 30
	screenMonths     = 36 // the longest that a confirmation may lie back
	adult            = 18 // years
)

type screenRulesView struct {
	Rules    []screenRule     `json:"rules"`
	Approves bool             `json:"-"`
	Months   string           `json:"-"`
	Why      string           `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

// State says how far a rule has come.
func (s screenRule) State() string {
	switch {
	case s.Ended > 0:
		return "ended"
	case s.SecondAt > 0:
		return "in force"
	case s.FirstAt > 0:
		return "waits for a second signature"
	}
	return "drawn up, not signed"
}

// Path is the page of a rule.
func (s screenRule) Path() string { return "/contact/screening/" + strconv.FormatInt(s.ID, 10) }

// screensAll refuses visitors of some councils: a rule is about everybody.
func screensAll(r *web.Request) error {
	if r.Visitor.Councils != nil {
		return reeve.WithHint(fmt.Errorf("screen: %w", reeve.Denied), "A screening rule covers the whole case: it is for those who see every council.")
	}
	return nil
}

func (m *Room) screenRules(r *web.Request) (web.Answer, error) {
	v, err := m.screenRulesView(r)
	if err != nil {
		return nil, err
	}
	return screenRulesPage.With("Screening rules", v), nil
}

func (m *Room) screenRulesView(r *web.Request) (v screenRulesView, err error) {
	if err := screensAll(r); err != nil {
		return v, err
	}
	v = screenRulesView{Months: "12", Approves: r.May(secondAct(aboutContact))}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		v.Rules, err = readRules(tx)
		return err
	})
	return v, err
}

// drawUpRule finds whom a rule would cover and keeps it, unsigned.
func (m *Room) drawUpRule(r *web.Request) (web.Answer, error) {
	v, err := m.screenRulesView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v.Months, v.Why = f.Said("months"), f.Said("why")
	s := &screenRule{Months: f.Number("months", "Enter within how many months a register must have confirmed the address, from 1 to 36", 1, screenMonths),
		Why: f.Need("why", 1000, "Say why this rule is safe for those it covers"), By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	var people []string
	if f.OK() {
		if people, err = m.screen(r, s); err != nil {
			return nil, err
		}
		if s.List == 0 {
			f.Fault("months", "Freeze a list version first: a rule is signed on one, and the lists have changed since the last")
		} else if len(people) == 0 {
			f.Fault("months", "Nobody fits: no adult without any signal has an address that a register confirmed within that time")
		}
	}
	if !f.OK() {
		v.Errors = f.Errors
		return screenRulesPage.With("Screening rules", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addRule(tx, s, people)
		return record.Leaf{Verb: "draw-up", Object: "screening:" + strconv.FormatInt(s.ID, 10), Rows: s.People, Digest: s.Digest,
			Line: fmt.Sprintf("screening rule %d: %d people, address confirmed within %d months", s.ID, s.People, s.Months)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(s.Path(), "Drawn up. It does nothing before two people have signed it."), nil
}

// screen finds whom a rule covers on the lists as they stand, by id, and fills in
// which frozen version of the list they are; nobody where they are none.
func (m *Room) screen(r *web.Request, s *screenRule) ([]string, error) {
	stamp, err := m.kase.Stamp(r.Context())
	if err != nil {
		return nil, err
	}
	today := reeve.DateOf(r.Now)
	since := reeve.DateOf(time.Date(int(today.Year), time.Month(today.Month)-time.Month(s.Months), int(today.Day), 0, 0, 0, 0, time.UTC))
	confirmed := make(map[sweep.ConfirmedAddress]bool)
	err = m.kase.EachConfirmed(r.Context(), since, func(a sweep.ConfirmedAddress) error {
		if !today.Before(a.Updated) { // a day to come confirms nothing
			a.Updated = reeve.Date{}
			confirmed[a] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var people []string
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if s.List, err = frozenAs(tx, stamp.String()); err != nil || s.List == 0 {
			return err
		}
		flagged, err := flaggedPlaces(tx)
		if err != nil {
			return err
		}
		people = nil
		return eachToScreen(tx, func(p screenRow) error {
			if !flagged[p.UPRN] && grown(p.Born, today) && slices.ContainsFunc(p.Pairs, func(pair [2]string) bool {
				return confirmed[sweep.ConfirmedAddress{Register: pair[0], ID: pair[1], UPRN: p.UPRN, Postcode: p.Postcode}]
			}) {
				people = append(people, p.ID)
			}
			return nil
		})
	})
	seed := make([]byte, 16)
	if _, err := rand.Read(seed); err != nil {
		return nil, err
	}
	s.Stamp, s.AsOf, s.People, s.Digest, s.Seed = sourcesOf(stamp), today.String(), int64(len(people)), digestOf(people), hex.EncodeToString(seed)
	return people, err
}

// sourcesOf is the part of a stamp that changes with exhibits and registers:
// what decisions change is looked at again at each read.
func sourcesOf(s sweep.Stamp) string {
	return fmt.Sprintf("%d-%d-%d", s.Items, s.Documents, s.Registers)
}

// grown reports whether somebody is certainly an adult: where the date of birth
// is known in part, by the latest day it can be.
func grown(born string, today reeve.Date) bool {
	d, err := reeve.ParseISODate(born)
	if err != nil || d.IsZero() {
		return false
	}
	d.Month, d.Day = cmp.Or(d.Month, 12), cmp.Or(d.Day, 31)
	return d.Number()+adult*10000 <= today.Number()
}

// screenRuleView is a rule with its count and the cases that both must read.
type screenRuleView struct {
	Rule     screenRule       `json:"rule"`
	Covered  int64            `json:"covered"` // now: no flag has come since
	Cases    []screenCase     `json:"cases"`
	Signs    bool             `json:"-"` // the visitor may sign
	Ends     bool             `json:"-"`
	Stale    bool             `json:"-"` // the lists have changed since it was drawn up
	Errors   []web.FieldError `json:"-"`
	EndedWhy string           `json:"-"`
}

func (m *Room) screenRuleView(r *web.Request) (v screenRuleView, err error) {
	if err := screensAll(r); err != nil {
		return v, err
	}
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	stamp, err := m.kase.Stamp(r.Context())
	if err != nil {
		return v, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Rule, err = readRule(tx, id); err != nil {
			return err
		}
		people, err := peopleOfRule(tx, id)
		if err != nil {
			return err
		}
		if v.Covered, err = screenedNow(tx, id); err != nil {
			return err
		}
		v.Cases, err = screenCases(tx, each(draw(v.Rule.Seed, people, screenCasesShown), func(i int) string { return people[i] }))
		return err
	})
	approves := r.May(secondAct(aboutContact))
	v.Stale = sourcesOf(stamp) != v.Rule.Stamp
	v.Signs = approves && v.Rule.Ended == 0 && v.Rule.SecondAt == 0 && v.Rule.FirstBy != r.Visitor.ID
	v.Ends = approves && v.Rule.Ended == 0
	return v, err
}

func (v screenRuleView) page() *web.View {
	return screenRulePage.With("Screening rule "+strconv.FormatInt(v.Rule.ID, 10), v)
}

func (m *Room) screenRule(r *web.Request) (web.Answer, error) {
	v, err := m.screenRuleView(r)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// signRule is the first or second signature of somebody who has read the cases.
func (m *Room) signRule(r *web.Request) (web.Answer, error) {
	v, err := m.screenRuleView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	seen := f.Number("version", "", 1, 1<<53)
	if !f.Ticked("looked") {
		f.Fault("looked", "Read the cases and say that you did")
	}
	if v.Stale && v.Rule.SecondAt == 0 {
		f.Fault("looked", "Exhibits or registers have changed since the rule was drawn up: draw it up anew")
	}
	if !f.OK() {
		v.Errors = f.Errors
		return v.page().Faulty(f), nil
	}
	s := v.Rule
	s.Version = seen
	switch {
	case s.Ended > 0 || s.SecondAt > 0:
		return nil, errRuleOver
	case s.FirstBy == r.Visitor.ID:
		return nil, reeve.WithHint(fmt.Errorf("sign screening rule: %w", reeve.Denied), "You have signed it: the second signature is somebody else’s.")
	case s.FirstAt == 0:
		s.FirstBy, s.FirstName, s.FirstAt = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
	default:
		s.SecondBy, s.SecondName, s.SecondAt = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := keepRule(tx, &s)
		return record.Leaf{Verb: "sign", Object: "screening:" + strconv.FormatInt(s.ID, 10), Rows: s.People, Digest: s.Digest,
			Line: fmt.Sprintf("screening rule %d for %d people, %d random cases read", s.ID, s.People, len(v.Cases))}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(s.Path(), "Signed: the rule "+s.State()+"."), nil
}

// endRule takes the whole rule back at once.
func (m *Room) endRule(r *web.Request) (web.Answer, error) {
	v, err := m.screenRuleView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s := v.Rule
	s.Version = f.Number("version", "", 1, 1<<53)
	s.Ended, s.EndedBy, s.EndedWhy = r.Now.Unix(), r.Visitor.ID, f.Need("why", 1000, "Say why the rule ends")
	if !f.OK() {
		v.Errors, v.EndedWhy = f.Errors, f.Said("why")
		return v.page().Faulty(f), nil
	}
	if v.Rule.Ended > 0 {
		return nil, errRuleOver
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "end", Object: "screening:" + strconv.FormatInt(s.ID, 10), Rows: s.People, Digest: s.Digest, Line: fmt.Sprintf("screening rule %d ended", s.ID)}, keepRule(tx, &s)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(s.Path(), "Ended. Nobody is screened by it any more."), nil
}

// In words: a random case.
func (c screenCase) Words() string { return contactWords(reeve.SafeContact(c.Contact)) }
func (c screenCase) Exposed() string {
	return sentence(enumerate(each(split[reeve.Kind](c.Kinds), kindWords), mostKinds))
}
