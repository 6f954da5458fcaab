package enquiry

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) inboxSection() web.Section {
	return web.Section{
		Title: "Enquiries", Path: "/enquiries", Order: 77, Object: web.ObjectEnquiry,
		Links: []web.Link{
			{Title: "Queue", Path: "/enquiries"}, {Title: "Somebody calls", Path: "/calls"}, {Title: "Scripts", Path: "/scripts"},
			{Title: "Paper forms", Path: "/paper-forms"}, {Title: "Waiting times", Path: "/enquiry-figures"}, {Title: "Could not be taken in", Path: "/enquiries/refused"},
			{Title: "How long they are kept", Path: "/enquiries/kept", Object: web.ObjectHold}, {Title: "Scams", Path: "/scams", Object: web.ObjectScam},
		},
		Routes: []web.Route{
			{Pattern: "GET /enquiries", Verb: web.See, Object: web.ObjectEnquiry, Do: m.inbox},
			{Pattern: "POST /enquiries/find", Verb: web.See, Object: web.ObjectEnquiry, Do: m.find},
			{Pattern: "POST /enquiries/next", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.takeNext},
		},
		Cards: []web.Card{{Object: web.ObjectEnquiry, Order: 90, Make: m.inboxCard}},
	}
}

var inboxPage = web.NewPage[inboxView](pages, "inbox.html")

// inboxView is the queue: the vulnerable first, then what is due soonest.
type inboxView struct {
	Enquiries []line   `json:"enquiries"`
	Next      string   `json:"next"`
	Counts    counts   `json:"counts"`
	Kinds     []choice `json:"-"`
	Channels  []choice `json:"-"`
	Asked     listed   `json:"-"`
	May       bool     `json:"-"` // take something
	Missing   string   `json:"-"` // what was looked for and is not there
}

// listed is what the page was asked to show.
type listed struct{ Kind, Channel, State, Mine, Late string }

// line is an enquiry in a list, as it stands now.
type line struct {
	Enquiry
	LateNow bool `json:"late"`
}

// counts are the figures over the queue.
type counts struct {
	Live       int64 `json:"live"`
	Vulnerable int64 `json:"vulnerable"`
	Late       int64 `json:"late"`
	Free       int64 `json:"free"`    // that nobody has
	Waiting    int64 `json:"waiting"` // forms on disk that are not in the list yet
}

const inboxRows = 50

func (m *Room) inbox(r *web.Request) (web.Answer, error) {
	v := inboxView{Kinds: codesOf(kinds, func(c string) string { return kindTable[Kind(c)] }), Channels: channelChoices(), May: r.May(web.Act{Verb: web.Write, Object: web.ObjectEnquiry, Degree: web.Personal})}
	v.Asked = listed{r.Ask("kind"), r.Ask("channel"), r.Ask("state"), r.Ask("mine"), r.Ask("late")}
	if r.Ask("missing") != "" {
		v.Missing = "There is no enquiry or report with that reference."
	}
	q := listQuery{Councils: r.Visitor.Councils, Kind: Kind(v.Asked.Kind), Channel: Channel(v.Asked.Channel), State: State(v.Asked.State), After: r.Ask("after"), Limit: inboxRows + 1}
	if v.Asked.Mine != "" {
		q.Owner = r.Visitor.ID
	}
	if v.Asked.Late != "" {
		q.Late = r.Now.Unix()
	}
	var all []Enquiry
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if all, err = listEnquiries(tx, q); err != nil {
			return err
		}
		v.Counts, err = countQueue(tx, r.Visitor.Councils, r.Now.Unix())
		return err
	})
	if err != nil {
		return nil, err
	}
	v.Counts.Waiting = int64(m.spool.waiting())
	if len(all) > inboxRows {
		all = all[:inboxRows]
		last := all[inboxRows-1]
		v.Next = v.Asked.path(fmt.Sprintf("%d.%d.%d", rankOf(last.Vulnerable), last.NextDue(), last.ID))
	}
	for _, e := range all {
		v.Enquiries = append(v.Enquiries, line{e, e.Late(r.Now.Unix())})
	}
	return inboxPage.With("Enquiries", v), nil
}

// path is the address of a page of the same list.
func (l listed) path(after string) string {
	q := url.Values{}
	for name, value := range map[string]string{"kind": l.Kind, "channel": l.Channel, "state": l.State, "mine": l.Mine, "late": l.Late, "after": after} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/enquiries?" + q.Encode()
}

func codesOf(from []choice, words func(string) string) []choice {
	out := make([]choice, len(from))
	for i, c := range from {
		out[i] = choice{c.Value, words(c.Value)}
	}
	return out
}

func channelChoices() []choice {
	var all []choice
	for _, c := range []Channel{ByForm, ByPhone, ByMail, ByCounter, ByPaper} {
		all = append(all, choice{string(c), channelTable[c]})
	}
	return all
}

// find goes to the enquiry or report with a reference. A reference stands in no
// address: whoever has it can ask how the matter stands.
func (m *Room) find(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	path := "/enquiries?missing=1"
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		found, err := findReference(tx, r.Visitor, f.Text("reference", 40))
		if err == nil {
			path = found
		}
		if errors.Is(err, reeve.NotFound) {
			err = nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(path, ""), nil
}

// findReference gives the page of what has a reference; reeve.NotFound for what
// the visitor may not see as well.
func findReference(tx *db.Tx, v *web.Visitor, text string) (string, error) {
	reference, ok := normReference(text)
	if !ok {
		return "", reeve.NotFound
	}
	e, err := byReference(tx, reference)
	if err == nil && sees(v, e.Council) {
		return fmt.Sprintf("/enquiries/%d", e.ID), nil
	}
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return "", err
	}
	s, err := oneReport(tx, "WHERE reference = ?", reference)
	if err == nil && sees(v, s.Council) {
		return fmt.Sprintf("/scams/%d", s.ID), nil
	}
	if err == nil {
		err = reeve.NotFound
	}
	return "", err
}

// takeNext gives the visitor the first of the queue that nobody has.
func (m *Room) takeNext(r *web.Request) (web.Answer, error) {
	if err := mayWrite(r, ""); err != nil {
		return nil, err
	}
	var e Enquiry
	err := m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		if e, err = nextFree(tx, r.Visitor.Councils); err != nil {
			return leaf, err
		}
		return take(tx, r, e, e.Version)
	})
	if errors.Is(err, reeve.NotFound) {
		return web.Redirect("/enquiries", "Nobody waits: every open enquiry has somebody"), nil
	}
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/enquiries/%d", e.ID), "You have this enquiry now; this is on record"), nil
}

// mayWrite asks for the right to write to enquiries of a council.
func mayWrite(r *web.Request, council string) error {
	return r.Must(web.Act{Verb: web.Write, Object: web.ObjectEnquiry, Council: council, Degree: web.Personal})
}

// inboxCard says on the start page who waits.
func (m *Room) inboxCard(ctx context.Context, v *web.Visitor) (web.CardText, error) {
	var c counts
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		c, err = countQueue(tx, v.Councils, m.Now().Unix())
		return err
	})
	if err != nil {
		return web.CardText{}, err
	}
	text := "Nobody waits for an answer."
	if c.Live > 0 {
		text = fmt.Sprintf("%d wait for an answer; %d of them said that they need extra help; %d are late.", c.Live, c.Vulnerable, c.Late)
	}
	return web.CardText{Title: "Enquiries", Big: fmt.Sprint(c.Live), Text: text, Path: "/enquiries", Alarm: c.Late > 0}, nil
}

// Columns and EachRow make the page a table, without a word of anybody's.
func (v inboxView) Columns() []string {
	return []string{"enquiry", "kind", "channel", "topic", "state", "vulnerable", "council", "received", "first_due", "due", "late", "repeats", "owner"}
}

func (v inboxView) EachRow(emit func(...any) error) error {
	for _, e := range v.Enquiries {
		if err := emit(e.ID, string(e.Kind), string(e.Channel), e.Topic, string(e.State), e.Vulnerable, e.Council, e.Received, e.FirstDue, e.Due, e.LateNow, e.Repeats, e.OwnerName); err != nil {
			return err
		}
	}
	return nil
}
