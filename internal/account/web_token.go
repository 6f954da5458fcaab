package account

import (
	"fmt"
	"slices"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// tokenTitles say what a token can be made for.
var tokenTitles = map[web.Verb]string{
	web.See:    "See pages, values masked",
	web.Export: "Export",
	web.Write:  "Write",
	web.Judge:  "Judge",
}

// maxTokens bounds the tokens of one user, and tokenDays how long they work.
const (
	maxTokens = 20
	tokenDays = 365
)

// verbChoices are the boxes of the token form; a new form has only See ticked.
func verbChoices(ticked []string) (all []verbChoice) {
	for _, v := range tokenVerbs {
		all = append(all, verbChoice{string(v), tokenTitles[v], v == web.See || slices.Contains(ticked, string(v))})
	}
	return all
}

// postToken makes a token and shows it, this once.
func (m *Room) postToken(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	t := &Token{ID: newID("T"), Holder: r.Visitor.ID, Made: r.Now.Unix(), Name: f.Need("token_name", 60, "Enter what the token is for")}
	days := f.Number("days", "Enter a number of days from 1 to 365", 1, tokenDays)
	t.Until = r.Now.AddDate(0, 0, int(days)).Unix()
	for _, v := range tokenVerbs {
		if v == web.See || slices.Contains(f.All("verb"), string(v)) {
			t.Verbs = append(t.Verbs, v)
		}
	}
	if _, err := m.confirm(r, f, "token_password"); err != nil {
		return nil, err
	}
	view := meView{Label: t.Name, Days: days, Verbs: verbChoices(f.All("verb"))}
	if !f.OK() {
		return m.meAgain(r, f, view)
	}
	secret := tokenPrefix + newSecret()
	err = m.write(r, func(tx *db.Tx) error {
		held, err := tokensOf(tx, t.Holder)
		if err != nil {
			return err
		}
		if len(held) >= maxTokens {
			f.Fault("token_name", fmt.Sprintf("End a token first: there are %d", maxTokens))
			return nil
		}
		if err := addToken(tx, digest(secret), t); err != nil {
			return err
		}
		return m.put(tx, r, record.Leaf{Verb: "make-token", Object: "token:" + t.ID, Line: fmt.Sprintf("Made a token to %s, for %d days", joinVerbs(t.Verbs), days)})
	})
	if err != nil {
		return nil, err
	}
	if !f.OK() {
		return m.meAgain(r, f, view)
	}
	return m.meView(r, meView{Token: secret, Days: 30})
}

func (m *Room) endToken(r *web.Request) (web.Answer, error) {
	id := r.Part("id")
	err := m.write(r, func(tx *db.Tx) error {
		if err := dropToken(tx, r.Visitor.ID, id); err != nil {
			return fmt.Errorf("end token: %w", err)
		}
		return m.put(tx, r, record.Leaf{Verb: "end-token", Object: "token:" + id, Line: "Ended a token"})
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/me", "That token works no more"), nil
}
