package review

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	councilForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)
	personForm  = regexp.MustCompile(`^P[A-Z2-7]{12}$`)
)

// card is just what is needed to decide about one thing.
type card struct {
	About    string       `json:"about"`
	Thing    string       `json:"thing"`
	Version  int64        `json:"version"`
	Title    string       `json:"title"`
	Who      *batchName   `json:"who"` // nil for a document
	Words    lineWords    `json:"-"`
	Facts    []string     `json:"facts"`
	Passages []cardText   `json:"passages"`
	More     int          `json:"more"` // links that are not shown
	Same     int          `json:"same"` // of a link: in how many places the same text stands
	Buttons  []cardButton `json:"-"`
	Path     string       `json:"-"` // the whole page of it
	Asks     string       `json:"-"`
	Opened   bool         `json:"-"` // name, birth date and address are in clear, under the batch's grant
	N        int64        `json:"-"` // of a batch: which it is
}

// cardText is one link's evidence, with text only where it may be shown.
type cardText struct {
	Title    string        `json:"title"`
	Tier     string        `json:"tier"`
	Sentence string        `json:"sentence"`
	Shown    []passageCard `json:"-"`
	Kinds    []string      `json:"kinds"`
	Viewer   string        `json:"-"`
}

// cardButton is an answer and its key.
type cardButton struct{ Key, Value, Words, Class string }

const linksOnCard = 3

// fillCard puts a thing on the page.
func (m *Room) fillCard(r *web.Request, v *queueView, t queueThing) error {
	target, err := m.targetOf(r, t.About, t.Thing)
	if err != nil {
		return err
	}
	c := &card{About: t.About, Thing: t.Thing, Path: target.place(), Title: target.title()}
	v.Back = queuePath(v.Sort, 0)
	if v.Batch != nil {
		v.Back = queuePath("", v.Batch.ID)
	}
	if target.Person != "" {
		err = m.personCard(r, v, c, &target)
	} else {
		err = m.itemCard(r, c, &target)
	}
	if err != nil {
		return err
	}
	c.Asks = secondFor(t.About, saysConfirmed, target.Judged)
	v.Card = c
	return m.db.Read(r.Context(), func(tx *db.Tx) error {
		now, err := verdictOf(tx, t.About, t.Thing)
		c.Version = now.Version
		return err
	})
}

// personCard shows a person, or one link of theirs.
func (m *Room) personCard(r *web.Request, v *queueView, c *card, t *target) error {
	p, err := m.kase.Person(r.Context(), t.Person, scopeOf(r.Visitor))
	if err != nil {
		return err
	}
	v.Thing = personThing(p.ID)
	v.Granted = mayShow(r, v.Thing, web.ObjectPerson)
	v.Reveals = !v.Granted && r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectPerson})
	c.Opened = !v.Granted && v.Batch != nil && mayShow(r, batchThing(v.Batch.ID), web.ObjectQueue)
	c.Who = &batchName{p.Name, p.Born, p.Address, p.Postcode}
	c.Words = wordsOfLine(&p.PersonLine)
	c.Facts = []string{sureWords(p), "Age: " + ageWords(p), sentence(capacityWords(p.Capacity)) + "; alive: " + deceasedWords(p.Deceased),
		"What was there: " + exposedWords(p.PersonLine), datesWords(p)}
	links, err := m.openLinks(r, p.Links)
	if err != nil {
		return err
	}
	if t.About == aboutLink {
		c.Facts = c.Facts[1:4]
		links = slices.DeleteFunc(links, func(l sweep.LinkView) bool { return l.Mention != t.Mark })
		c.Same = len(sameText(p.Links, t.Mark))
	}
	c.Buttons = buttonsFor(t, links)
	if t.About == aboutController {
		if c.Buttons, err = m.councilButtons(r); err != nil {
			return err
		}
	}
	c.More = max(0, len(links)-linksOnCard)
	for i := range links[:min(linksOnCard, len(links))] {
		c.Passages = append(c.Passages, textOf(&links[i], v.Granted))
	}
	if v.Granted {
		return m.noteSpecial(r, v.Thing, p.Categories)
	}
	return nil
}

// openLinks leaves out what lies in documents that were set aside.
func (m *Room) openLinks(r *web.Request, links []sweep.LinkView) ([]sweep.LinkView, error) {
	stopped, err := m.aside(r, each(links, func(l sweep.LinkView) int64 { return l.Item }))
	return slices.DeleteFunc(slices.Clone(links), func(l sweep.LinkView) bool { return stopped[l.Item] }), err
}

// textOf is a link on a card: passages in clear under a grant, else the kinds
// of what was found in them.
func textOf(l *sweep.LinkView, granted bool) cardText {
	c := cardOf(0, l)
	t := cardText{Title: c.Title, Tier: c.Tier + ", probability " + l.Probability, Sentence: l.Sentence, Viewer: c.Viewer}
	if granted {
		t.Shown = c.Passages
		return t
	}
	for _, p := range c.Passages {
		for _, f := range p.Found {
			t.Kinds = append(t.Kinds, f.Kind+" ("+f.Confidence+": "+f.Means+")")
		}
	}
	slices.Sort(t.Kinds)
	t.Kinds = slices.Compact(t.Kinds)
	return t
}

// itemCard shows an item that could not be read.
func (m *Room) itemCard(r *web.Request, c *card, t *target) error {
	item, err := m.kase.Item(r.Context(), t.Item, scopeOf(r.Visitor))
	if err != nil {
		return err
	}
	c.Facts = []string{"Exhibit: " + item.Exhibit, sentence(statusWords(reeve.Status(item.Status))) + ": " + item.Reason + " " + item.Detail, "Size: " + count(item.Size, "byte", "bytes"),
		"Type: " + item.Type}
	for _, reason := range item.Reasons {
		c.Facts = append(c.Facts, sentence(triageWords(reason)))
	}
	c.Buttons = []cardButton{
		{"y", saysMatters, "It matters: it must be read", ""},
		{"n", saysIrrelevant, "Irrelevant", "govuk-button--secondary"},
		{"u", saysUnsure, "Unsure", "govuk-button--secondary"},
	}
	return nil
}

// buttonsFor are the answers to a card about a person or a link. The rivals of
// a link have the keys 1, 2 and 3, the first of them d too.
func buttonsFor(t *target, links []sweep.LinkView) []cardButton {
	if t.About != aboutLink {
		return []cardButton{
			{"y", saysConfirmed, "Confirm", ""},
			{"n", saysNotTheirs, "Not theirs", "govuk-button--secondary"},
			{"p", saysNotPersonal, "Not personal", "govuk-button--secondary"},
			{"u", saysUnsure, "Unsure", "govuk-button--secondary"},
		}
	}
	all := []cardButton{
		{"y", saysConfirmed, "It is this person", ""},
		{"n", saysNotTheirs, "Not theirs", "govuk-button--secondary"},
		{"u", saysUnsure, "Nobody can tell", "govuk-button--secondary"},
	}
	for _, l := range links {
		for _, rival := range l.Rivals {
			if rival.ID != "" {
				key := "d"
				if len(all) > 3 {
					key = strconv.Itoa(len(all) - 2)
				}
				all = append(all, cardButton{key, saysTheirs + rival.ID, "A different person: " + rival.ID, "govuk-button--secondary"})
			}
		}
	}
	return all
}

// councilButtons are the councils that can be said to have held data.
func (m *Room) councilButtons(r *web.Request) ([]cardButton, error) {
	councils := r.Visitor.Councils
	if councils == nil {
		err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
			councils, err = councilsOf(tx)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	var all []cardButton
	for _, council := range councils {
		if council != "unknown" && len(all) < 9 {
			all = append(all, cardButton{strconv.Itoa(len(all) + 1), council, "Held by " + council, ""})
		}
	}
	return append(all, cardButton{"u", saysUnsure, "Unsure", "govuk-button--secondary"}), nil
}

// sameText gives the mentions of one person whose passages are the same text as
// those of a mention, that one among them: what is said of one holds for all.
// Links without text are like no other.
func sameText(links []sweep.LinkView, mark string) (same []string) {
	at := slices.IndexFunc(links, func(l sweep.LinkView) bool { return l.Mention == mark })
	if at < 0 {
		return nil
	}
	digest, ok := passagesDigest(&links[at])
	for i := range links {
		other, has := passagesDigest(&links[i])
		if i == at || ok && has && other == digest {
			same = append(same, links[i].Mention)
		}
	}
	return same
}

// passagesDigest is the SHA-256 of the text of a link's passages; false where it
// has none, or not all of it was read.
func passagesDigest(l *sweep.LinkView) (digest [sha256.Size]byte, ok bool) {
	h := sha256.New()
	for i := range l.Passages {
		p := &l.Passages[i]
		for _, cell := range append([]reeve.Sensitive{p.Text}, p.Row...) {
			ok = ok || !cell.Empty()
			writeDigest(h, cell)
		}
	}
	return [sha256.Size]byte(h.Sum(nil)), ok && !l.Hidden && !l.MoreFindings
}

// giveSame keeps one verdict on all links of a person in which the same text
// stands, as one act.
func (m *Room) giveSame(r *web.Request, t *target, v verdict) (string, error) {
	p, err := m.kase.Person(r.Context(), t.Person, scopeOf(r.Visitor))
	if err != nil {
		return "", err
	}
	things := each(sameText(p.Links, t.Mark), func(mark string) string { return mark + ":" + t.Person })
	act := &verdictAct{What: "the same text of one person: " + verdictWords(aboutLink, v.Value), Things: int64(len(things)), Digest: digestOf(things),
		By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := tx.Serialise("review: verdicts"); err != nil {
			return record.Leaf{}, err
		}
		return record.Leaf{Verb: "judge-many", Object: personThing(t.Person), Rows: act.Things, Digest: act.Digest, Line: "the same text in " + count(act.Things, "place", "places")}, addAct(tx, act)
	})
	if err != nil {
		return "", err
	}
	given := 0
	for _, thing := range things {
		one, err := m.targetOf(r, aboutLink, thing)
		if isNotFound(err) {
			continue // an earlier one of them moved it
		} else if err != nil {
			return "", err
		}
		var now verdictState
		if err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { now, err = verdictOf(tx, aboutLink, thing); return err }); err != nil {
			return "", err
		}
		copied := v
		copied.Act = act.ID
		if err := m.give(r, &one, &copied, now.Version); err != nil {
			return "", err
		}
		given++
	}
	return fmt.Sprintf("Kept for %s with the same text. It can be undone as one under Many at once.", count(int64(given), "place", "places")), nil
}

// batchThing is a batch as a reveal names it.
func batchThing(id int64) string { return "batch:" + strconv.FormatInt(id, 10) }
