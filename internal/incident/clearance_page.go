package incident

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) clearanceList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "What is declared safe", Back: "/councils", Lead: "One council says to others that something is safe, on which basis, and until when. Others reconnect and open mail by these, not by hearsay."}
	err := m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		all, err := clearances.list(tx, SightOf(r, web.ObjectCouncil), query{order: "CASE x.state WHEN 'signed' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, x.id DESC", limit: pageSize + 1, skip: pageOf(r) * pageSize})
		if err != nil {
			return err
		}
		if s.turn(r, pageOf(r), len(all) > pageSize); len(all) > pageSize {
			all = all[:pageSize]
		}
		s.Items, s.Tables = all, []table{clearanceTable(all, names, r)}
		s.columns = []string{"clearance", "council", "kind", "thing", "for", "signed_by", "signed_at", "until", "holds", "tlp"}
		for _, c := range all {
			s.lines = append(s.lines, []any{c.ID, c.Council, c.Sort, c.Thing, strings.Join(linesOf(c.Addressed), " "), c.SignedBy, c.SignedAt, c.Until, c.Holds(r.Now), string(c.TLP)})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list clearances: %w", err)
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectCouncil}) {
		s.Acts = []cell{leads("Declare something safe", "/councils/clearances/new")}
	}
	return s.page(), nil
}

func clearanceTable(all []Clearance, names map[string]string, r *web.Request) table {
	t := table{Title: "Declared safe", ID: "clearances", Columns: []string{"What", "By", "For", "Signed", "Until", "Stands"}, Empty: "Nothing is declared safe."}
	for _, c := range all {
		to := namesOf(names, c.Addressed)
		if to == "" {
			to = "all councils"
		}
		signed := cell{Text: shown(c.SignedAt), Small: c.SignedName}
		until := shown(c.Until)
		if c.Until == 0 && c.SignedAt > 0 {
			until = "until it is revoked"
		}
		t.Rows = append(t.Rows, []cell{{Text: choiceText(clearanceSorts, c.Sort), Path: path("/councils/clearances", c.ID), Small: c.Thing}, says(councilWords(names, c.Council)), says(to), signed, says(until), c.tag(r.Now)})
	}
	return t
}

func (m *Room) clearanceOne(r *web.Request) (web.Answer, error) {
	c, err := findFor(m, r, clearances, web.ObjectCouncil)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: choiceText(clearanceSorts, c.Sort) + ": " + c.Thing, Back: "/councils/clearances", Tags: []cell{c.tag(r.Now), tlpTag(c.TLP)}, Items: c}
	err = m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		versions, err := clearances.versions(tx, SightOf(r, web.ObjectCouncil), c.ID)
		one := clearanceTable([]Clearance{c}, names, r)
		s.Facts = facts(factOf("Declared by", says(councilWords(names, c.Council))), factOf("For", one.Rows[0][2]), textFact("Basis", c.Basis), textFact("Evidence", c.Evidence),
			factOf("Signed", one.Rows[0][3]), factOf("Holds until", one.Rows[0][4]), markFact(names, c.Mark))
		s.Tables = []table{versionTable(versions, func(v Clearance) string { return v.State + ". " + v.Why })}
		return err
	})
	if err != nil {
		return nil, err
	}
	if may(r, web.Approve, web.ObjectCouncil, c.Mark) {
		switch c.State {
		case stateDraft:
			s.Acts = []cell{leads("Sign it", path("/councils/clearances", c.ID, "sign"))}
		case stateSigned:
			s.Acts = []cell{leads("Revoke it", path("/councils/clearances", c.ID, "revoke"))}
		}
	}
	return s.page(), nil
}

// clearanceEdit drafts a declaration. A draft is never changed into another one:
// who wants other words drafts anew, so that what was signed is what was read.
func (m *Room) clearanceEdit(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	c := Clearance{State: stateDraft, Kept: Kept{Mark: Mark{Council: r.Ask("council"), TLP: Green}}}
	s := &slip{Heading: "Declare something safe", Action: "/councils/clearances/new", Back: "/councils/clearances", Button: "Keep it for signature", Warn: "Others will reconnect by this. It counts when somebody who may has signed it.",
		Asks: append([]ask{
			{Name: "kind", Kind: askChoice, Label: "What do you declare?", Choices: clearanceSorts, Need: "Choose what you declare"},
			{Name: "thing", Kind: askLine, Label: "Of what exactly?", Hint: "Such as: the shared network, mail from example.org.", Need: "Say of what"},
			{Name: "addressed", Kind: askMany, Label: "To which councils?", Hint: "None chosen: to all.", Choices: codes(councils, "")},
			{Name: "basis", Kind: askArea, Label: "On what basis?", Hint: "What was checked, by whom, with what result. " + mayRead, Need: "Give the basis"},
			{Name: "evidence", Kind: askArea, Label: "Evidence", Hint: "Reports with their references."},
			momentAsk("until", "Until when does it hold?", "Empty: until it is revoked.", 0, "", false),
		}, markAsks(r, councils, c.Mark)...)}
	return m.fill(r, s, func(f *web.Form) {
		if c.Mark = s.mark(); c.Council == "" {
			s.fault(f, "council", "Choose the council that declares it")
		}
		if c.TLP == Red || c.TLP == AmberStrict {
			s.fault(f, "tlp", "Nobody else could see it: choose amber or freer")
		}
		if c.Until = s.number("until"); c.Until != 0 && c.Until <= r.Now.Unix() {
			s.fault(f, "until", "Enter a time that is to come")
		}
	}, func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Write, web.ObjectCouncil, c.Mark); err != nil {
			return record.Leaf{}, err
		}
		c.Sort, c.Thing, c.Addressed, c.Basis, c.Evidence = s.text("kind"), s.text("thing"), s.text("addressed"), s.text("basis"), s.text("evidence")
		c.by(r)
		err := putClearance(tx, &c, 0)
		return leafOf("draft-clearance", KindClearance, c.ID, "version 1"), err
	}, func() (string, string) { return path("/councils/clearances", c.ID), "It waits for a signature." })
}

// clearanceSign signs a draft in the name of the council whose it is.
func (m *Room) clearanceSign(r *web.Request) (web.Answer, error) {
	return m.clearanceStep(r, stateDraft, "Sign the declaration", "Sign it", "sign-clearance", "Signed. Others may go by it now.", ask{Name: "why", Kind: askArea, Label: "By which authority do you sign?", Need: "Say by which authority"}, func(c *Clearance) {
		c.State, c.SignedBy, c.SignedName, c.SignedAt = stateSigned, r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
	})
}

// clearanceRevoke takes a declaration back; who gated on it sees that at once.
func (m *Room) clearanceRevoke(r *web.Request) (web.Answer, error) {
	return m.clearanceStep(r, stateSigned, "Revoke the declaration", "Revoke it", "revoke-clearance", "Revoked. Tell those who went by it.", ask{Name: "why", Kind: askArea, Label: "Why is it not safe any more?", Need: "Say why"}, func(c *Clearance) {
		c.State = stateRevoked
	})
}

func (m *Room) clearanceStep(r *web.Request, from, heading, button, verb, saying string, why ask, step func(*Clearance)) (web.Answer, error) {
	c, err := findFor(m, r, clearances, web.ObjectCouncil)
	if err != nil {
		return nil, err
	}
	at := path("/councils/clearances", c.ID)
	s := &slip{Heading: heading, Lead: choiceText(clearanceSorts, c.Sort) + ": " + c.Thing + ". " + c.Basis, Action: at + strings.TrimPrefix(r.URL.Path, at), Back: at, Button: button, Version: c.Version, Asks: []ask{why}}
	return m.fill(r, s, func(f *web.Form) {
		if c.State != from {
			s.fault(f, "why", "It is "+c.State+" already")
		}
		if from == stateDraft && c.Until != 0 && c.Until <= r.Now.Unix() {
			s.fault(f, "why", "Its time is over: draft it anew")
		}
	}, func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Approve, web.ObjectCouncil, c.Mark); err != nil {
			return record.Leaf{}, err
		}
		step(&c)
		c.Why = s.text("why")
		c.by(r)
		err := putClearance(tx, &c, s.Version)
		return leafOf(verb, KindClearance, c.ID, "version "+strconv.FormatInt(c.Version, 10)), err
	}, func() (string, string) { return at, saying })
}
