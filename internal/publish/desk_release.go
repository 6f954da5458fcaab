package publish

import (
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// mostAtOnce is how many drafts one act may release.
const mostAtOnce = 100

// releaseOne lets the public see a draft. Whoever wrote it may not.
func (m *Room) releaseOne(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	var t Text
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if t, err = m.release(tx, r, id); err != nil {
			return record.Leaf{}, err
		}
		return leafOf("release-public", t), nil
	})
	if err != nil {
		return nil, err
	}
	when := "now"
	if t.ShowAt > r.Now.Unix() {
		when = "from " + moment(t.ShowAt)
	}
	return web.Redirect("/public", "Released: the public sees it "+when+"."), nil
}

// releaseMany releases the ticked drafts, all or none.
func (m *Room) releaseMany(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	ids := f.All("draft")
	if len(ids) == 0 || len(ids) > mostAtOnce {
		return nil, reeve.WithHint(fmt.Errorf("release texts: %w", reeve.Invalid), "tick between one and a hundred drafts")
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		line := "public texts"
		for _, s := range ids {
			id, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				return record.Leaf{}, fmt.Errorf("release texts: %w", reeve.Invalid)
			}
			t, err := m.release(tx, r, id)
			if err != nil {
				return record.Leaf{}, err
			}
			line += fmt.Sprintf(" %s %d;", t.Slug, t.Version)
		}
		return record.Leaf{Verb: "release-public", Object: "public", Line: line}, nil
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/public", strconv.Itoa(len(ids))+" texts are released."), nil
}

// release checks a draft once more and releases it.
func (m *Room) release(tx *db.Tx, r *web.Request, id int64) (Text, error) {
	t, err := find(tx, id)
	if err != nil {
		return t, err
	}
	if err := account.Second(r.Visitor, t.MadeBy); err != nil {
		return t, err
	}
	s, err := m.snapshot(tx, r.Now.Unix())
	if err != nil {
		return t, err
	}
	if faults := m.check(t.Kind, t.Title, t.Body, s.words(), s.facts()); len(faults) > 0 {
		return t, reeve.WithHint(fmt.Errorf("release text: %w", reeve.Invalid), t.Title+": "+faults[0])
	}
	versions, err := history(tx, t.Slug)
	if err != nil {
		return t, err
	}
	for _, v := range versions {
		if v.State == Released && v.Version > t.Version {
			return t, reeve.WithHint(fmt.Errorf("release text: %w", reeve.Conflict), "a newer version of “"+t.Title+"” is released already")
		}
	}
	return t, settle(tx, id, Released, r.Visitor.ID, r.Visitor.Name, r.Now.Unix(), "")
}

// refuse ends a draft; its writer may do so too.
func (m *Room) refuse(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	why := f.Text("why", longNote)
	if why == "" || !f.OK() {
		return nil, reeve.WithHint(fmt.Errorf("refuse draft: %w", reeve.Invalid), "say why, in a sentence")
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		t, err := find(tx, id)
		if err != nil {
			return record.Leaf{}, err
		}
		return leafOf("refuse-public", t), settle(tx, id, Refused, r.Visitor.ID, r.Visitor.Name, r.Now.Unix(), why)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/public", "The draft will not be shown."), nil
}

// takeOff takes a text off the site at once: one person may, because what is
// wrong must not stay while a second one is looked for.
func (m *Room) takeOff(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	slug, why := r.Part("slug"), f.Text("why", longNote)
	if why == "" || !f.OK() {
		return nil, reeve.WithHint(fmt.Errorf("withdraw text: %w", reeve.Invalid), "say why, in a sentence")
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "withdraw-public", Object: "public:" + slug, Line: "public text " + slug + " withdrawn"},
			withdraw(tx, slug, r.Visitor.ID, r.Visitor.Name, r.Now.Unix(), why)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/public", "It is off the site. Copies that browsers keep are gone in two minutes."), nil
}
