package review

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) stopSection() web.Section {
	return web.Section{
		Path: "/stops", Object: web.ObjectStop,
		Routes: []web.Route{
			{Pattern: "GET /stop", Verb: web.Write, Object: web.ObjectStop, Do: m.stopForm},
			{Pattern: "POST /stop", Verb: web.Write, Object: web.ObjectStop, Do: m.stopThing},
			{Pattern: "GET /stops", Verb: web.See, Object: web.ObjectStop, Do: m.stops},
			{Pattern: "GET /stops/{id}", Verb: web.See, Object: web.ObjectStop, Do: m.stopPage},
			{Pattern: "POST /stops/{id}", Verb: web.Approve, Object: web.ObjectStop, Do: m.moveStop},
			{Pattern: "POST /stops/sift", Verb: web.Approve, Object: web.ObjectStop, Do: m.siftNow},
			{Pattern: "GET /stops/leads", Verb: web.See, Object: web.ObjectStop, Do: m.stopLeads},
			{Pattern: "POST /stops/leads", Verb: web.Administer, Object: web.ObjectStop, Do: m.keepLeads},
		},
		Cards: []web.Card{{Object: web.ObjectStop, Order: 5, Make: m.stopCard}},
	}
}

var (
	stopFormPage  = web.NewPage[stopFormView](pages, "stop.html")
	stopsListPage = web.NewPage[stopsView](pages, "stops.html")
	stopOnePage   = web.NewPage[stopView](pages, "stop_one.html")
	stopLeadsPage = web.NewPage[stopLeadsView](pages, "stop_leads.html")
	stoppedPage   = web.NewPage[stoppedView](pages, "stopped.html")
)

// mayDecideStops is the right of a lead.
var mayDecideStops = web.Act{Verb: web.Approve, Object: web.ObjectStop}

// stopFormView is the form behind the Stop link of every page.
type stopFormView struct {
	Thing  string           `json:"thing"`
	What   string           `json:"what"`
	Back   string           `json:"back"`
	Causes []stopCause      `json:"-"`
	Chosen string           `json:"-"`
	Note   string           `json:"-"`
	Errors []web.FieldError `json:"-"`
}

// stopPath is where the Stop link of a thing leads.
func stopPath(thing, back string) string {
	return "/stop?" + url.Values{"thing": {thing}, "back": {back}}.Encode()
}

func (m *Room) stopForm(r *web.Request) (web.Answer, error) {
	v := stopFormView{Thing: r.Ask("thing"), Back: local(r.Ask("back")), Causes: stopCauses}
	item, person, err := parseThing(v.Thing)
	if err != nil {
		return nil, fmt.Errorf("stop: %w", reeve.NotFound)
	}
	if err := m.seesThing(r, item, person); err != nil {
		return nil, err
	}
	v.What = thingWords(item, person)
	return stopFormPage.With("Stop", v), nil
}

// seesThing makes sure that a visitor may know of a thing: an unknown one, a
// sealed one and one of another council answer alike.
func (m *Room) seesThing(r *web.Request, item int64, person string) error {
	if person == "" {
		_, err := m.kase.Item(r.Context(), item, scopeOf(r.Visitor))
		return err
	}
	return m.db.Read(r.Context(), func(tx *db.Tx) error {
		sights, err := sightsOf(tx, []string{person}, scopeOf(r.Visitor))
		if err == nil && sights[person] != sightOpen {
			err = errNoPerson
		}
		return err
	})
}

func thingWords(item int64, person string) string {
	if person != "" {
		return "person " + person
	}
	return "item " + strconv.FormatInt(item, 10)
}

// local is an address inside the workspace; anything else is the start page.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}

func (m *Room) stopThing(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	item, person, err := parseThing(f.Said("thing"))
	if err != nil {
		return nil, err
	}
	if err := m.seesThing(r, item, person); err != nil {
		return nil, err
	}
	s := stop{Item: item, Person: person, Why: f.Choice("why", "Choose why it must stop", causeCodes()...), Note: f.Text("note", 500),
		Actor: r.Visitor.ID, ActorName: r.Visitor.Name, At: r.Now.Unix()}
	back := local(f.Said("back"))
	if !f.OK() {
		return stopFormPage.With("Stop", stopFormView{Thing: s.Thing(), What: thingWords(item, person), Back: back, Causes: stopCauses,
			Chosen: f.Said("why"), Note: f.Said("note"), Errors: f.Errors}).Faulty(f), nil
	}
	cause, _ := causeOf(s.Why)
	if cause.Own {
		s.Hidden = r.Visitor.ID
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addStop(tx, &s)
		return record.Leaf{Verb: "stop", Object: s.Thing(), Rows: s.Things, Line: cause.Title}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(back, saidOfStop(cause)), nil
}

func saidOfStop(c stopCause) string {
	if c.Own {
		return "Taken away from you. Somebody else looks at it."
	}
	return "Set aside at once. Whoever decides about it has an alarm on their start page."
}

// stoppedView stands where a thing would be that was set aside.
type stoppedView struct {
	What   string `json:"what"`
	Effect string `json:"effect"`
	Since  int64  `json:"since"`
	Lead   string `json:"lead"`
	Decide string `json:"-"` // where the visitor decides about it, "" if they may not
}

// stopped answers in the place of a thing that was set aside; nil if the
// visitor may see it. Those who decide see it all the same, with the stop as a
// notice, unless nobody may or they know somebody in it.
func (m *Room) stopped(r *web.Request, item int64, person string) (web.Answer, *stop, error) {
	var s *stop
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		s, err = stopOn(tx, item, person, r.Visitor.ID)
		return err
	})
	if err != nil || s == nil {
		return nil, nil, err
	}
	cause, _ := causeOf(s.Why)
	decides := r.May(mayDecideStops) && s.Hidden == ""
	if decides && !cause.Never {
		return nil, s, nil
	}
	v := stoppedView{What: thingWords(item, person), Effect: cause.Effect, Since: s.At, Lead: s.LeadName}
	if decides {
		v.Decide = "/stops/" + strconv.FormatInt(s.ID, 10)
	}
	return stoppedPage.With("Set aside", v), s, nil
}

// stopCard is the alarm on the start page.
func (m *Room) stopCard(ctx context.Context, _ *web.Visitor) (web.CardText, error) {
	var counts []stopCount
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		counts, err = countStops(tx)
		return err
	})
	sum := sumStops(counts)
	c := web.CardText{Title: "Set aside", Big: digits(sum.Waiting), Path: "/stops", Alarm: sum.Waiting > 0, Text: "Nothing waits for a decision."}
	if sum.Waiting > 0 {
		c.Text = sum.Sentence
	}
	return c, err
}

// stopSum is what was set aside, counted.
type stopSum struct {
	Waiting   int64         `json:"waiting"`
	Kept      int64         `json:"kept"`
	Released  int64         `json:"released"`
	Sentence  string        `json:"sentence"`
	Privilege int64         `json:"privilege_items"` // items set aside as likely privileged, not released
	Causes    []stopSumLine `json:"causes"`
}

type stopSumLine struct {
	Cause    string `json:"cause"`
	Waiting  int64  `json:"waiting"`
	Kept     int64  `json:"kept"`
	Released int64  `json:"released"`
	Items    int64  `json:"items"` // hidden now
}

func sumStops(counts []stopCount) stopSum {
	var sum stopSum
	var waiting []string
	for _, c := range stopCauses {
		line := stopSumLine{Cause: c.Title}
		for _, n := range counts {
			if n.Why != c.Code {
				continue
			}
			switch n.State {
			case stopReleased:
				line.Released += n.N
			case stopKept:
				line.Kept += n.N
				line.Items += n.Items
			default:
				line.Waiting += n.N
				line.Items += n.Items
			}
		}
		sum.Waiting, sum.Kept, sum.Released = sum.Waiting+line.Waiting, sum.Kept+line.Kept, sum.Released+line.Released
		if line.Waiting > 0 {
			waiting = append(waiting, fmt.Sprintf("%s: %s", c.Title, digits(line.Waiting)))
		}
		if c.Code == causePrivilege {
			sum.Privilege = line.Items
		}
		sum.Causes = append(sum.Causes, line)
	}
	sum.Sentence = strings.Join(waiting, "; ")
	return sum
}
