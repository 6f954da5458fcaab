package notice

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var channelsPage = web.NewPage[channelsView](pages, "channels.html")

// channelsView is by what notices can leave, and what needs somebody there.
type channelsView struct {
	Channels []channelLine    `json:"channels"`
	Missing  []setUp          `json:"not_set_up"`
	Doubts   []doubtLine      `json:"in_doubt"`
	Findings []finding        `json:"findings,omitempty"` // of a check that was just made
	Checked  string           `json:"checked,omitempty"`  // the channel that was
	Writes   bool             `json:"-"`
	Faulty   string           `json:"-"` // the form that was sent: a channel or a reference
	Typed    typedTest        `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

// typedTest is what was typed into a form that was faulty.
type typedTest struct{ Way, To, What, Why string }

// channelLine is one channel.
type channelLine struct {
	Name     string        `json:"name"`
	Title    string        `json:"title"`
	Practice bool          `json:"practice"` // sends nothing to anybody
	Ways     string        `json:"ways"`
	Minute   int           `json:"minute"` // 0: no bound
	Day      string        `json:"day"`
	Today    int64         `json:"left_today"`
	OnItsWay int64         `json:"on_its_way"`
	Price    string        `json:"price"`
	Hears    string        `json:"hears"` // how it tells what became of messages
	Troubles []lastTrouble `json:"troubles"`
	Tests    []choice      `json:"-"`
	Texts    bool          `json:"-"` // one of them goes to a telephone
	Checks   bool          `json:"-"`
}

// doubtLine is a message that somebody has to look up.
type doubtLine struct {
	doubt
	Title string `json:"channel_title"`
	Look  string `json:"look"` // what to look for
}

// setUp is a channel that is not set up, and how that is done.
type setUp struct {
	Title string `json:"title"`
	How   string `json:"how"`
}

var channelTitles = map[string]string{"notify": "GOV.UK Notify", "print-house": "Print house", mailName: "The council’s mail server", practiceName: "Practice"}

const onDoubts = 100

func (m *Room) channelsView(r *web.Request) (v channelsView, err error) {
	v.Writes = r.May(web.Act{Verb: web.Write, Object: web.ObjectNotice})
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		onWay, err := onItsWayBy(tx)
		if err != nil {
			return err
		}
		for _, c := range m.Channels {
			if _, ours := c.(inPerson); ours {
				continue
			}
			l := m.channelLine(c)
			l.OnItsWay = onWay[l.Name]
			if l.Today, _, err = leftOn(tx, l.Name, "", c.Now().UTC().Format(time.DateOnly), 0); err != nil {
				return err
			}
			v.Channels = append(v.Channels, l)
		}
		all, err := doubts(tx, onDoubts)
		for _, d := range all {
			if sees(r.Visitor, d.Council) {
				v.Doubts = append(v.Doubts, m.doubtLine(d))
			}
		}
		return err
	})
	v.Missing = m.missing()
	return v, err
}

func (m *Room) channelLine(c Channel) channelLine {
	limits := c.Limits()
	l := channelLine{Name: c.Name(), Title: cmp.Or(channelTitles[c.Name()], c.Name()), Minute: limits.Minute, Troubles: m.watch.of(c.Name())}
	_, l.Practice = c.(*Practice)
	_, l.Checks = c.(checker)
	var ways, prices, days []string
	for _, w := range c.Ways() {
		ways = append(ways, wayWords[w])
		if limits.Pence != nil {
			prices = append(prices, fmt.Sprintf("%s from %s", wayWords[w], pounds(limits.Pence(1, w))))
		}
		if n := limits.day(w); n > 0 {
			days = append(days, thousands(int64(n))+" "+wayWords[w])
		}
		if w == Post || w == Email || w == Text {
			l.Texts = l.Texts || w == Text
			l.Tests = append(l.Tests, choice{Value: string(w), Text: wayWords[w]})
		}
	}
	l.Ways, l.Day, l.Price = strings.Join(ways, ", "), strings.Join(days, ", "), cmp.Or(strings.Join(prices, ", "), "not known")
	l.Hears = m.hears(c)
	return l
}

// hears says how we learn what became of messages.
func (m *Room) hears(c Channel) string {
	switch c.(type) {
	case *Practice:
		return "by itself, once a minute"
	case *Notify:
		if m.Callbacks(c.Name()) != nil {
			return "it tells us at " + CallbackPath + ", and is asked every six hours"
		}
		return "it is asked every six hours; letters that come back are told only at " + CallbackPath + ", which is not set up"
	case *Mail:
		if m.Bounces != nil {
			return "returned mail is read from its folder every five minutes"
		}
		return "not at all: returned mail is not read, as no folder is set up for it"
	}
	return "not at all: returned letters are entered by hand"
}

func (m *Room) missing() (all []setUp) {
	has := func(name string) bool {
		return slices.ContainsFunc(m.Channels, func(c Channel) bool { return c.Name() == name })
	}
	if !has("notify") {
		all = append(all, setUp{channelTitles["notify"], "Put a live key of the council’s service into keys/notify.key of the case, and start Reeve again. E-mails and text messages need keys/notify.json too."})
	}
	if !has(mailName) {
		all = append(all, setUp{channelTitles[mailName], "Start Reeve with --mail and --mail-from."})
	}
	return all
}

func (m *Room) doubtLine(d doubt) doubtLine {
	l := doubtLine{doubt: d, Title: cmp.Or(channelTitles[d.Channel], d.Channel), Look: d.Reference}
	for _, c := range m.Channels {
		if c, ok := c.(*Mail); ok && d.Channel == c.Name() {
			l.Look = c.messageID(d.Reference)
		}
	}
	return l
}

func (m *Room) channels(r *web.Request) (web.Answer, error) {
	v, err := m.channelsView(r)
	return channelsPage.With("Channels", v), err
}

// checkChannel asks a channel whether it is set up.
func (m *Room) checkChannel(r *web.Request) (web.Answer, error) {
	c, err := m.channel(r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	k, ok := c.(checker)
	if !ok {
		return nil, fmt.Errorf("check channel: it cannot be asked: %w", reeve.Invalid)
	}
	ctx, cancel := context.WithTimeout(r.Context(), handTime)
	defer cancel()
	all := k.Check(ctx)
	v, err := m.channelsView(r)
	v.Findings, v.Checked = all, cmp.Or(channelTitles[c.Name()], c.Name())
	return channelsPage.With("Channels", v), err
}

// askChannels asks every channel now what became of messages.
func (m *Room) askChannels(r *web.Request) (web.Answer, error) {
	err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		_, err := job.Enqueue(tx, statusJob, struct{}{}, job.Key("asked"))
		return record.Leaf{Verb: "ask", Object: "notice-channels", Line: "Channels are asked what became of messages"}, err
	})
	return web.Redirect("/notices/channels", "Every channel is being asked what became of messages."), err
}

// testChannel hands one message about nobody to a channel: to the council's own
// address, or to a telephone that the visitor names.
func (m *Room) testChannel(r *web.Request) (web.Answer, error) {
	c, err := m.channel(r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	way := Way(f.Choice("way", "Choose what to test", ways(c)...))
	var p *Parcel
	if f.OK() {
		p = m.testParcel(r, way, f)
	}
	if !f.OK() {
		v, err := m.channelsView(r)
		v.Errors, v.Faulty, v.Typed = f.Errors, c.Name(), typedTest{Way: f.Said("way"), To: f.Said("to")}
		return channelsPage.With("Channels", v).Faulty(f), err
	}
	err = m.act(r, func(*db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "test", Object: "notice-channel:" + c.Name(), Line: fmt.Sprintf("A test message was given to %s, %s, with reference %s", c.Name(), wayWords[way], p.Reference)}, nil
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/notices/channels", m.handTest(r, c, p)), nil
}

func ways(c Channel) (all []string) {
	for _, w := range c.Ways() {
		all = append(all, string(w))
	}
	return all
}

// handTest hands a test message over and says what came of it.
func (m *Room) handTest(r *web.Request, c Channel, p *Parcel) string {
	ctx, cancel := context.WithTimeout(r.Context(), handTime)
	defer cancel()
	_, err := c.Send(ctx, p)
	m.watch.note(c.Name(), err, r.Now.Unix())
	if err == nil {
		return "The channel took the test message. Its reference is " + p.Reference + "."
	}
	name := troubleName(err)
	saying := "The test did not work. " + cmp.Or(troubleWords[name], said(name)) + "."
	if hint := reeve.HintOf(err); hint != "" {
		saying += " To mend it: " + hint + "."
	}
	return saying
}

// testParcel makes a message about nobody.
func (m *Room) testParcel(r *web.Request, way Way, f *web.Form) *Parcel {
	p := &Parcel{Reference: newReference(), Way: way, Subject: "Test message", Text: testText}
	var w Wording
	var t *Template
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if w, _, err = readWording(tx, ""); err != nil {
			return err
		}
		all, err := usable(tx)
		if err == nil {
			t, err = ParseTemplate(all[string(General)].Text)
		}
		return err
	})
	switch {
	case isNotFound(err):
		f.Fault("way", "Fill in the wording first: a test goes to the council’s own address")
	case err != nil:
		f.Fault("way", "The wording or the letter cannot be read")
	case way == Email:
		p.To = reeve.Private(reeve.KindEmail, w.Email)
	case way == Text:
		to := f.Need("to", 30, "Enter the number of a mobile telephone of yours")
		if f.OK() && !checkPhone(to) {
			f.Fault("to", "This is not the number of a mobile telephone in the United Kingdom")
		}
		p.To = reeve.Private(reeve.KindPhone, to)
	default:
		return m.testLetter(p, t, &w, f)
	}
	return p
}

const testText = "This is a test by Reeve. It is about nobody, and nobody has to do anything."

// testLetter is the letter to every home, to the council itself.
func (m *Room) testLetter(p *Parcel, t *Template, w *Wording, f *web.Form) *Parcel {
	x := &Recipient{Reference: p.Reference, Lines: private(append([]string{"Test letter"}, strings.Split(w.Address, "\n")...))}
	letter, err := render(Post, t, x, w, Coverage{}, reeve.DateOf(m.Now()))
	if err != nil {
		f.Fault("way", "The test letter cannot be made: "+said(faultName(err)))
		return p
	}
	return letter
}

// settleDoubt ends a doubt: somebody has looked the message up.
func (m *Room) settleDoubt(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	what := f.Choice("what", "Choose what you found", "left", "again")
	why := f.Need("why", 300, "Say where you looked")
	if !f.OK() {
		v, err := m.channelsView(r)
		v.Errors, v.Faulty, v.Typed = f.Errors, r.PathValue("reference"), typedTest{What: f.Said("what"), Why: f.Said("why")}
		return channelsPage.With("Channels", v).Faulty(f), err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		d, err := readDoubt(tx, r.PathValue("reference"))
		if err == nil && !sees(r.Visitor, d.Council) {
			err = fmt.Errorf("find message in doubt: %w", reeve.NotFound)
		}
		if err != nil {
			return record.Leaf{}, err
		}
		line := "It was found to have left: " + why
		if what == "left" {
			err = settleAsLeft(tx, &d, m.doubtLine(d).Look)
		} else {
			line = "It was found not to have left, and is tried again: " + why
			if err = settleAgain(tx, &d); err == nil {
				_, err = job.Enqueue(tx, sendJob, runArgs{d.Run}, runKey(d.Run))
			}
		}
		return record.Leaf{Verb: "settle", Object: "notice:" + d.Reference, Line: line}, err
	})
	if errors.Is(err, reeve.NotFound) {
		return nil, reeve.WithHint(err, "somebody has settled it meanwhile")
	}
	return web.Redirect("/notices/channels", "Kept."), err
}
