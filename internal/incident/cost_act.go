package incident

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// costOf finds the line of an address.
func (m *Room) costOf(r *web.Request) (c Cost, err error) {
	id, err := r.Number("id")
	if err != nil {
		return c, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		c, err = costs.find(tx, SightOf(r, web.ObjectCost), id)
		return err
	})
	return c, err
}

// costEdit adds a line, or corrects or withdraws one.
func (m *Room) costEdit(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	c := Cost{State: stateStands, Day: r.Now.Unix(), Stage: "actual", Kept: Kept{Mark: Mark{TLP: Amber}}}
	s := &slip{Heading: "Add a line to the ledger", Action: "/costs/new", Back: "/costs", Button: "Add it"}
	if r.Part("id") != "" {
		if c, err = m.costOf(r); err != nil {
			return nil, err
		}
		s.Heading, s.Action, s.Back, s.Button, s.Version = "Correct a line", path("/costs", c.ID, "edit"), path("/costs", c.ID), "Keep the new version", c.Version
	}
	was := c.Mark
	s.Asks = append(c.asks(), markAsks(r, councils, c.Mark)...)
	if c.ID > 0 {
		s.Asks = append(s.Asks, ask{Name: "state", Kind: askChoice, Label: "Does it stand?", Choices: chosen([]choice{{Value: stateStands, Text: "It stands"}, {Value: stateWithdrawn, Text: "It is withdrawn"}}, c.State), Need: "Choose"},
			ask{Name: "why", Kind: askArea, Label: "What was wrong?", Need: "Say what was wrong"})
	}
	return m.fill(r, s, func(f *web.Form) { c.take(s, f) }, func(tx *db.Tx) (record.Leaf, error) {
		if err := mayMove(r, web.Write, web.ObjectCost, was, c.Mark); err != nil {
			return record.Leaf{}, err
		}
		c.by(r)
		err := costs.put(tx, &c, s.Version)
		return leafOf("write-cost", KindCost, c.ID, "version "+strconv.FormatInt(c.Version, 10)), err
	}, func() (string, string) { return path("/costs", c.ID), "The line is kept." })
}

func (c Cost) asks() []ask {
	hours := ""
	if c.Minutes > 0 {
		hours, c.Amount = strings.ReplaceAll(hoursText(c.Minutes), ",", ""), 0
	}
	return []ask{
		{Name: "kind", Kind: askChoice, Label: "What is it?", Choices: chosen(costSorts, c.Sort), Need: "Choose what it is"},
		{Name: "title", Kind: askLine, Label: "What for?", Value: c.Title, Need: "Say what for"},
		{Name: "day", Kind: askDay, Label: "On which day?", Value: dayOf(c.Day), Need: "Enter the day"},
		{Name: "amount", Kind: askMoney, Label: "Amount, without VAT that is recovered", Hint: "For hours leave this empty. For a grant or a claim: what was asked for.", Value: pence(c.Amount)},
		{Name: "hours", Kind: askLine, Label: "Hours worked", Hint: "Such as 7.5", Value: hours, Most: 10},
		{Name: "rate", Kind: askMoney, Label: "Cost of one hour", Value: pence(c.Rate)},
		{Name: "agreed", Kind: askMoney, Label: "For a grant or a claim: agreed so far", Value: pence(c.Agreed)},
		{Name: "received", Kind: askMoney, Label: "For a grant or a claim: received so far", Value: pence(c.Received)},
		{Name: "stage", Kind: askChoice, Label: "How far is it?", Choices: chosen(costStages, c.Stage), Need: "Choose how far it is"},
		{Name: "term", Kind: askChoice, Label: "Immediate or long-term?", Choices: chosen(costTerms, c.Term), Need: "Choose immediate or long-term"},
		{Name: "stream", Kind: askChoice, Label: "For which stream of work?", Choices: chosen(streams, c.Stream), Need: "Choose the stream of work"},
		{Name: "party", Kind: askLine, Label: "Supplier, team, giver or insurer", Value: c.Party},
		{Name: "reference", Kind: askLine, Label: "Order, invoice or claim number", Value: c.Reference},
	}
}

// pence is an amount as one types it, "" for none.
func pence(n int64) string {
	if n == 0 {
		return ""
	}
	return moneyText(n)
}

func (c *Cost) take(s *slip, f *web.Form) {
	c.Mark = s.mark()
	c.Sort, c.Title, c.Day, c.Amount, c.Rate, c.Agreed, c.Received = s.text("kind"), s.text("title"), s.number("day"), s.number("amount"), s.number("rate"), s.number("agreed"), s.number("received")
	c.Stage, c.Term, c.Stream, c.Party, c.Reference = s.text("stage"), s.text("term"), s.text("stream"), s.text("party"), s.text("reference")
	c.State, c.Why = cmp.Or(s.text("state"), stateStands), s.text("why")
	minutes, ok := parseHours(s.text("hours"))
	switch {
	case !ok:
		s.fault(f, "hours", "Enter hours, such as 7.5")
	case c.Sort == costHours && minutes == 0:
		s.fault(f, "hours", "Enter how many hours were worked")
	case c.Sort == costHours && s.number("amount") != 0 && s.text("amount") != "":
		s.fault(f, "amount", "Leave this empty: hours times the cost of one hour make the amount")
	case c.Sort != costHours && c.Amount == 0:
		s.fault(f, "amount", "Enter the amount")
	}
	if !c.incoming() && (c.Agreed > 0 || c.Received > 0) {
		s.fault(f, "agreed", "Only a grant or a claim is agreed and received")
	}
	if c.Minutes = minutes; c.Sort != costHours {
		c.Minutes, c.Rate = 0, 0
	}
	c.price()
}

// parseHours reads hours with up to two decimals as minutes; "" is none. A line
// holds at most a hundred thousand hours.
func parseHours(text string) (minutes int64, ok bool) {
	if text == "" {
		return 0, true
	}
	hundredths, ok := parseMoney(text)
	if !ok || hundredths > 100_000*100 {
		return 0, false
	}
	return (hundredths*60 + 50) / 100, true
}

// costForecast enters what a council expects the incident to cost in all.
func (m *Room) costForecast(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	w := Forecast{State: stateStands, Kept: Kept{Mark: Mark{TLP: Amber}}}
	s := &slip{Heading: "Enter a forecast", Action: "/costs/forecast", Back: "/costs", Button: "Enter it", Lead: "What the incident is expected to cost in all, from its first day to its last. Forecasts before it stay.",
		Asks: append([]ask{
			momentAsk("at", "As of when?", "", r.Now.Unix(), "Enter as of when", true),
			{Name: "amount", Kind: askMoney, Label: "Expected in all", Need: "Enter the amount"},
			{Name: "low", Kind: askMoney, Label: "At least"},
			{Name: "high", Kind: askMoney, Label: "At most"},
			{Name: "note", Kind: askArea, Label: "On what does it rest, and why did it change?", Hint: mayRead, Need: "Say on what it rests"},
		}, markAsks(r, councils, w.Mark)...)}
	return m.fill(r, s, func(f *web.Form) {
		w.Mark, w.At, w.Amount, w.Low, w.High, w.Note = s.mark(), s.number("at"), s.number("amount"), s.number("low"), s.number("high"), s.text("note")
		if w.High > 0 && (w.High < w.Amount || w.Low > w.Amount) {
			s.fault(f, "low", "What is expected must lie between the least and the most")
		}
	}, func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Write, web.ObjectCost, w.Mark); err != nil {
			return record.Leaf{}, err
		}
		w.by(r)
		err := forecasts.put(tx, &w, 0)
		return leafOf("forecast", KindForecast, w.ID, "version 1"), err
	}, func() (string, string) { return "/costs#forecast", "The forecast is kept." })
}
