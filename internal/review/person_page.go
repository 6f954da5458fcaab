package review

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// personView is the page of a person: what the case says, in words, and what
// the visitor may do.
type personView struct {
	sweep.PersonView
	Facts     personFacts      `json:"-"`
	Evidence  []linkCard       `json:"-"` // the links shown on this page of the page
	Others    []linkLine       `json:"-"` // the rest of the links
	History   []historyLine    `json:"history"`
	Verdict   verdictPiece     `json:"verdict"`
	Residents reportPiece      `json:"residents"`
	Thing     string           `json:"-"`
	Back      string           `json:"-"`
	Stop      string           `json:"-"`
	Notice    string           `json:"-"` // the stop that the visitor decides about
	Granted   bool             `json:"-"` // values are in clear
	Reveals   bool             `json:"-"` // the visitor may ask for values
	Judges    bool             `json:"-"`
	Exports   bool             `json:"-"` // the visitor may answer the person’s request for what is held
	Prev      string           `json:"-"`
	Following string           `json:"-"`
	Errors    []web.FieldError `json:"-"`
	Typed     decisionTyped    `json:"-"`
}

// personFacts are the sentences of the page.
type personFacts struct {
	Words    lineWords
	Sure     string
	Age      string
	Alive    string
	Role     string
	Capacity string
	Dates    string
	Current  string
	Held     []string // categories with their kinds
	Special  bool
	Signals  []signalLine
	Contact  string
	Whole    string // what is incomplete, in one sentence
}

type signalLine struct {
	Words, Source, Since string
	Safety               bool
}

// linkCard is one link with its evidence.
type linkCard struct {
	Number   int
	Link     sweep.LinkView
	Title    string
	Tier     string
	Capacity string
	Steps    []fieldStep
	Rivals   []rivalLine
	Passages []passageCard
	Viewer   string // the document at the first passage, "" where hidden
	Aside    bool   // the item was set aside: nothing of it is shown
	Thing    string // mention id, for the form
}

// linkLine is a link that stands on another page of the page.
type linkLine struct {
	Number             int
	Item               int64
	Title, Tier, Place string
	Path               string
}

// rivalLine is somebody else whom a mention could mean.
type rivalLine struct {
	sweep.RivalView
	Who    string // in words where there is no id
	Factor string
}

// passageCard is a passage with its values marked.
type passageCard struct {
	Place  string
	Layer  string
	Viewer string
	Rules  string
	Said   string
	Before bool
	After  bool
	Pieces []piece    // of running text
	Cells  []cellLine // of a table row
	Found  []foundLine
}

type cellLine struct {
	Head   reeve.Sensitive
	Pieces []piece
}

// foundLine is a finding as the tables list it.
type foundLine struct {
	ID, Kind, Confidence, Means, Place, Rule string
	Value                                    reeve.Sensitive
	Negated, Current                         bool
	Said                                     string
}

const linksOnPage = 5

func (m *Room) person(r *web.Request) (web.Answer, error) {
	p, err := m.readPerson(r)
	if err != nil {
		return nil, err
	}
	if p.ID != r.Part("id") && !r.Machine() {
		return web.Redirect(personPath(p.ID), "The person you asked for was merged: this is who stands in their place."), nil
	}
	stopped, s, err := m.stopped(r, 0, p.ID)
	if err != nil || stopped != nil {
		return stopped, err
	}
	if p.Sealed {
		if err := m.noteSealed(r, p.ID); err != nil {
			return nil, err
		}
	}
	v, err := m.personView(r, p)
	if err != nil {
		return nil, err
	}
	if s != nil {
		v.Notice = "/stops/" + strconv.FormatInt(s.ID, 10)
	}
	if v.Granted {
		if err := m.noteSpecial(r, v.Thing, p.Categories); err != nil {
			return nil, err
		}
	}
	return personPage.With("Person "+p.ID, v).Show(v.Granted), nil
}

// readPerson reads the person of the address within the visitor's scope. Every
// id of which they may not know answers alike.
func (m *Room) readPerson(r *web.Request) (*sweep.PersonView, error) {
	p, err := m.kase.Person(r.Context(), r.Part("id"), scopeOf(r.Visitor))
	if err != nil {
		return nil, plainFault(err)
	}
	return p, nil
}

// plainFault makes every "not there" the same, whatever stood behind it.
func plainFault(err error) error {
	if isNotFound(err) {
		return errNoPerson
	}
	return err
}

func (m *Room) personView(r *web.Request, p *sweep.PersonView) (personView, error) {
	v := personView{PersonView: *p, Thing: "person:" + p.ID, Back: personPath(p.ID)}
	degree := degreeOf(p.Sealed, p.Categories)
	v.Granted = mayShowUpTo(r, v.Thing, web.ObjectPerson, degree)
	v.Reveals = !v.Granted && mayReveal(r, web.ObjectPerson, degree)
	v.Judges = r.May(web.Act{Verb: web.Judge, Object: web.ObjectPerson})
	v.Exports = r.May(web.Act{Verb: web.Export, Object: web.ObjectPerson, Degree: web.Special})
	v.Stop = stopPath(v.Thing, "/people")
	v.Facts = factsOf(p)
	aside, err := m.aside(r, each(v.Links, func(l sweep.LinkView) int64 { return l.Item }))
	if err != nil {
		return v, err
	}
	if !v.Granted {
		v.Links = withoutText(v.Links)
	}
	for i := range v.Links {
		if aside[v.Links[i].Item] {
			v.Links[i].Passages, v.Links[i].Path = nil, reeve.Sensitive{}
		}
	}
	from, _ := strconv.Atoi(r.Ask("links"))
	from = min(max(from, 0), max(0, len(p.Links)-1)) / linksOnPage * linksOnPage
	for i := range v.Links {
		l := &v.Links[i]
		if i >= from && i < from+linksOnPage {
			card := cardOf(i+1, l)
			card.Aside = aside[l.Item]
			v.Evidence = append(v.Evidence, card)
			continue
		}
		v.Others = append(v.Others, linkLine{Number: i + 1, Item: l.Item, Title: titleOf(l), Tier: tierWords(reeve.Tier(l.Tier)),
			Path: fmt.Sprintf("%s?links=%d#link-%d", v.Back, i, i+1)})
	}
	if from > 0 {
		v.Prev = fmt.Sprintf("%s?links=%d#evidence", v.Back, from-linksOnPage)
	}
	if from+linksOnPage < len(v.Links) {
		v.Following = fmt.Sprintf("%s?links=%d#evidence", v.Back, from+linksOnPage)
	}
	if v.Decisions, err = m.decisionsOn(r, p); err != nil {
		return v, err
	}
	if v.Verdict, err = m.verdictPieceOf(r, aboutPerson, p.ID); err != nil {
		return v, err
	}
	if v.Residents, err = m.reportPieceOf(r, p.ID); err != nil {
		return v, err
	}
	v.History, err = m.history(r, &v.PersonView)
	return v, err
}

// aside tells which of some items are set aside, from everybody or from the
// visitor, having looked at each that was not looked at for privilege yet. Their
// text stands on no page, and they on no list of documents to open.
func (m *Room) aside(r *web.Request, items []int64) (aside map[int64]bool, err error) {
	if err := m.siftThese(r.Context(), scopeOf(r.Visitor), items...); err != nil {
		return nil, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		aside, err = stoppedItems(tx, items, r.Visitor.ID)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what is set aside: %w", err)
	}
	return aside, nil
}

// withoutText takes the passages' text out of links. Masked text would be
// its last two letters, which help nobody.
func withoutText(links []sweep.LinkView) []sweep.LinkView {
	links = slices.Clone(links)
	for i := range links {
		links[i].Passages = slices.Clone(links[i].Passages)
		for j := range links[i].Passages {
			p := &links[i].Passages[j]
			p.Text, p.Header, p.Row = reeve.Sensitive{}, nil, nil
		}
	}
	return links
}

func titleOf(l *sweep.LinkView) string {
	if l.Hidden {
		return "An item about somebody whose record is sealed"
	}
	return "Item " + strconv.FormatInt(l.Item, 10)
}

func cardOf(number int, l *sweep.LinkView) linkCard {
	c := linkCard{Number: number, Link: *l, Title: titleOf(l), Tier: tierWords(reeve.Tier(l.Tier)), Capacity: capacitySentence(l.Capacity), Steps: fieldSteps(l.Waterfall), Thing: l.Mention}
	for _, rival := range l.Rivals {
		line := rivalLine{RivalView: rival, Who: "Somebody on no register", Factor: factor(rival.Bits)}
		c.Rivals = append(c.Rivals, line)
	}
	for i := range l.Passages {
		c.Passages = append(c.Passages, passageOf(l, &l.Passages[i]))
	}
	if !l.Hidden {
		c.Viewer = documentPath(l.Item)
		if len(c.Passages) > 0 {
			c.Viewer = c.Passages[0].Viewer
		}
	}
	return c
}

// capacitySentence says what the person of a link is in the document.
func capacitySentence(capacity string) string {
	switch capacity {
	case "subject":
		return "It is about this person."
	case "relative":
		return "It names this person as a relative of whom it is about."
	case "professional":
		return "It names this person as a professional."
	case "author":
		return "This person wrote it."
	case "passing":
		return "It names this person in passing."
	}
	return ""
}

// dayWords writes a date that may be known in part as people do: "5 March 2001",
// "March 2001", "2001".
func dayWords(iso string) string {
	d, err := reeve.ParseISODate(iso)
	switch {
	case err != nil || d.IsZero():
		return iso
	case d.Full():
		return fmt.Sprintf("%d %s %d", d.Day, time.Month(d.Month), d.Year)
	case d.Month != 0:
		return fmt.Sprintf("%s %d", time.Month(d.Month), d.Year)
	}
	return iso
}

func passageOf(l *sweep.LinkView, p *sweep.Passage) passageCard {
	c := passageCard{Place: p.Place, Layer: layerWords(p.Layer), Before: p.Before, After: p.After}
	for i := range p.Found {
		c.Found = append(c.Found, lineOf(&p.Found[i]))
	}
	if !l.Hidden && len(p.Found) > 0 {
		c.Viewer = findingPath(l.Item, &p.Found[0])
	}
	if len(p.Row) == 0 {
		c.Pieces = cut(p.Text, p.Found)
		return c
	}
	for col, cell := range p.Row {
		if cell.Empty() {
			continue
		}
		line := cellLine{Pieces: cut(cell, inCell(p.Found, -1, int64(col)))}
		if col < len(p.Header) {
			line.Head = p.Header[col]
		}
		c.Cells = append(c.Cells, line)
	}
	return c
}

func lineOf(f *sweep.FoundView) foundLine {
	return foundLine{ID: anchor(f), Kind: sentence(kindWords(reeve.Kind(f.Kind))), Confidence: f.Confidence, Means: confidenceWords(f.Confidence), Place: f.Place,
		Rule: f.Rule, Value: f.Value, Negated: f.Negated, Current: f.Current, Said: f.Said}
}

// factsOf says in sentences what the case says of a person.
func factsOf(p *sweep.PersonView) personFacts {
	f := personFacts{Words: wordsOfLine(&p.PersonLine), Sure: sureWords(p), Age: ageWords(p), Alive: deceasedWords(p.Deceased),
		Role: sentence(roleWords(reeve.Role(p.Role))), Capacity: sentence(cmp.Or(capacityWords(p.Capacity), "not known")), Dates: datesWords(p), Current: currentWords(p),
		Special: hasSpecial(p.Categories), Contact: cmp.Or(p.Contact.Words, contactWords(reeve.SafeContact(p.SafeContact)))}
	for _, s := range p.Sources {
		signal := reeve.Signal(s.Signal)
		f.Signals = append(f.Signals, signalLine{sentence(signalWords(signal)), s.Source, dayWords(s.Since), signal.Safety()})
	}
	f.Held = heldWords(p.Kinds)
	switch {
	case p.Incomplete == 0:
		f.Whole = "Everything in which this person was found was read whole."
	default:
		f.Whole = count(p.Incomplete, "item", "items") + " of " + digits(p.Items) + " in which this person was found could not be read whole. There may be more about them than stands here."
	}
	return f
}

// sureWords says how sure it is who this is; never "confirmed", which only a
// verdict says.
func sureWords(p *sweep.PersonView) string {
	s := sentence(tierWords(reeve.Tier(p.Tier))) + ": the best link has a probability of " + p.Probability + "."
	if len(p.Registers) == 0 {
		s += " This person is on no register: the probability is that what was found belongs to one real human."
	}
	return s
}

func ageWords(p *sweep.PersonView) string {
	switch {
	case p.Deceased == "yes":
		return "Has died"
	case p.Age == nil && p.AgeToday == nil:
		return "Not known"
	case p.Age == nil || p.AgeToday == nil || *p.Age == *p.AgeToday:
		age := p.Age
		if age == nil {
			age = p.AgeToday
		}
		return years(*age)
	}
	return fmt.Sprintf("%s on %s, the day of the case; %s today", years(*p.Age), dayWords(p.AsOf), years(*p.AgeToday))
}

func years(n int) string {
	if n < 18 {
		return fmt.Sprintf("%d (under 18)", n)
	}
	return strconv.Itoa(n)
}

// datesWords says how old the data is, never that it is "only" old.
func datesWords(p *sweep.PersonView) string {
	switch {
	case p.DataFrom == "" && p.DataTo == "":
		return "The content gives no reliable date."
	case p.DataFrom == p.DataTo:
		return "The content gives the date " + dayWords(p.DataFrom) + "."
	}
	return "The content gives dates from " + cmp.Or(dayWords(p.DataFrom), "an unknown day") + " to " + cmp.Or(dayWords(p.DataTo), "an unknown day") + "."
}

func currentWords(p *sweep.PersonView) string {
	if len(p.StillHeld) == 0 {
		return "No value found equals one that a register holds now. That a value is old does not make it harmless: names, dates of birth and what happened to somebody stay true."
	}
	kinds := make([]string, len(p.StillHeld))
	for i, k := range p.StillHeld {
		kinds[i] = kindWords(reeve.Kind(k))
	}
	return "Still current, as a register holds the same now: " + enumerate(kinds, 20) + "."
}

// heldWords lists the kinds of values under their categories.
func heldWords(kinds []string) []string {
	by, order := make(map[reeve.Category][]string), []reeve.Category{}
	for _, k := range kinds {
		c := reeve.Kind(k).Category()
		if by[c] == nil {
			order = append(order, c)
		}
		by[c] = append(by[c], kindWords(reeve.Kind(k)))
	}
	slices.Sort(order)
	lines := make([]string, len(order))
	for i, c := range order {
		lines[i] = sentence(categoryWords(c)) + ": " + strings.Join(by[c], ", ")
	}
	return lines
}
