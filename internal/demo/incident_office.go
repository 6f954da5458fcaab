package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/reeve-council/reeve/internal/incident"
)

func (t *teller) clocks() {
	aware := make(map[string]int64)
	for _, a := range awares {
		x := incident.Aware{Kept: mark(a.council, incident.Amber), At: at(a.at), Who: a.who, Evidence: a.evidence, Reasoning: a.reasoning, State: "stands"}
		t.do(func() error { return incident.Put(t.tx, a.by.by(at(a.decided)), &x) })
		aware[a.council] = x.ID
	}
	for _, c := range clocks {
		x := incident.Clock{Kept: mark(c.council, incident.Amber), Duty: c.duty, Title: c.title, Begun: at(c.begun), BegunWhy: c.why, Owner: c.owner, State: "running", Held: c.held,
			Cohort: c.cohort, ListVersion: c.list, Choice: c.choice, ChoiceWhy: c.choiceWhy}
		if c.duty == "ico-72" {
			x.Aware = aware[c.council]
		}
		t.do(func() error { return incident.Put(t.tx, dpo.by(at(c.begun)+3600), &x) })
		if c.ended == "" {
			continue
		}
		t.do(func() error {
			return incident.Put(t.tx, dpo.by(at(c.ended)), &incident.Report{Kept: mark(c.council, incident.Amber), Parent: x.ID, At: at(c.ended), Phase: c.phase, Way: c.way, Reference: c.reference, Note: c.note, LateWhy: c.late, State: "stands"})
		})
		t.do(func() error { return incident.EndClock(t.tx, dpo.by(at(c.ended)), &x, at(c.ended)) })
	}
}

// bodies are the agencies, what was said to them and when, and where the police
// are.
func (t *teller) bodies() {
	for _, a := range agencies {
		x := incident.Agency{Kept: mark("", incident.Amber), Sort: a.sort, Title: a.title, Duty: a.duty, Contacts: a.contacts, Reference: a.reference, State: a.state}
		t.do(func() error { return incident.Put(t.tx, lead.by(at("2025-11-24 11:00")), &x) })
		t.agencies[a.sort] = &x
	}
	for _, s := range said {
		a := t.agencies[s.to]
		t.do(func() error {
			return incident.Put(t.tx, s.who.by(at(s.at)), &incident.Told{Kept: mark(a.Council, a.TLP), Parent: a.ID, At: at(s.at), Direction: s.way, Way: s.by, Who: s.who.name + ", " + s.who.office, Them: a.Title,
				Note: s.note, Facts: t.numbers("\n", s.facts...), Reference: s.reference, State: "stands"})
		})
	}
	for _, p := range police {
		a := t.agencies["police"]
		t.do(func() error {
			return incident.Put(t.tx, lead.by(at(p.at)), &incident.Police{Kept: mark(a.Council, a.TLP), Parent: a.ID, At: at(p.at), Known: at(p.at), Stage: p.stage, Source: p.source, Note: p.note, State: "stands"})
		})
	}
}

// evidence is the register, each piece with its hand-overs signed by both sides.
func (t *teller) evidence() {
	for _, e := range pieces {
		sum := sha256.Sum256([]byte(e.title)) // nothing real has this digest
		x := incident.Evidence{Kept: mark(norvale, incident.AmberStrict), Title: e.title, Sort: e.sort, Source: e.source, Acquired: at(e.at), AcquiredBy: "Forensic engineer of the response firm",
			Method: e.method, Tool: e.tool, ClockState: "in step with the time server", SHA256: hex.EncodeToString(sum[:]), Size: e.size, Seal: e.seal, Place: "Evidence safe, Norvale town hall, room 014",
			Holder: tech.name, Purpose: "Find how the attackers came in and what they copied; give it to the police", State: "held"}
		t.do(func() error { return incident.Put(t.tx, tech.by(at(e.at)+1200), &x) })
		if e.given == "" {
			continue
		}
		v := incident.Move{Kept: mark(norvale, incident.AmberStrict), Parent: x.ID, At: at(e.given), Sort: "out", Giver: tech.name, GiverUser: tech.id, GiverAt: at(e.given), Taker: "Exhibits officer, cyber crime unit",
			TakerPaper: e.paper, TakerAt: at(e.given), Purpose: "Criminal investigation", Place: "Police property store", Seal: e.seal, Intact: "yes", State: "signed"}
		t.do(func() error { return incident.Put(t.tx, tech.by(at(e.given)), &v) })
		x.Holder, x.Place, x.State, x.Why = v.Taker, v.Place, "out", "handed over against signature"
		t.do(func() error { return incident.Put(t.tx, tech.by(at(e.given)), &x) })
	}
}

func (t *teller) ledgerOfCosts() {
	for _, c := range costs {
		t.do(func() error {
			return incident.Put(t.tx, money.by(at(c.day+" 16:00")), &incident.Cost{Kept: mark(c.council, incident.Amber), Sort: c.sort, Term: c.term, Stream: c.stream, Day: at(c.day + " 12:00"), Title: c.title, Party: c.party,
				Reference: c.reference, Amount: c.pounds * 100, Minutes: c.hours * 60, Rate: c.rate * 100, Agreed: c.agreed * 100, Received: c.received * 100, Stage: c.stage, State: "stands"})
		})
	}
	for _, f := range forecasts {
		t.do(func() error {
			return incident.Put(t.tx, money.by(at(f.at)), &incident.Forecast{Kept: mark(f.council, incident.Amber), At: at(f.at), Amount: f.pounds * 100, Low: f.low * 100, High: f.high * 100, Note: f.note, State: "stands"})
		})
	}
}

// neighbours is what the councils are to each other.
func (t *teller) neighbours() {
	for _, p := range profiles {
		t.do(func() error {
			return incident.Put(t.tx, lead.by(at("2025-11-24 10:00")), &incident.Profile{Kept: mark(p.council, incident.Green), Contact: p.contact, Officer: p.officer, ICO: p.ico})
		})
	}
	for _, a := range arrangements {
		t.do(func() error {
			return incident.Put(t.tx, lead.by(at("2025-11-24 15:00")), &incident.Arrangement{Kept: mark("", incident.Green), Title: a.title, Sort: a.sort, What: a.what, Host: a.host,
				Controllers: strings.Join(a.controllers, "\n"), Processors: a.processors, Law: a.law, State: a.state, Why: a.why})
		})
	}
	for _, c := range clearances {
		x := incident.Clearance{Kept: mark(c.council, incident.Green), Sort: c.sort, Thing: c.thing, Addressed: c.to, Basis: c.basis, Evidence: c.evidence, State: "signed",
			SignedBy: tech.id, SignedName: tech.name, SignedAt: at(c.at)}
		if c.until != "" {
			x.Until = at(c.until)
		}
		t.do(func() error { return incident.Put(t.tx, tech.by(at(c.at)), &x) })
	}
	for _, w := range warnings {
		t.do(func() error {
			return incident.Put(t.tx, lead.by(at(w.at)), &incident.Warning{Kept: mark(norvale, incident.Green), Title: w.title, Note: w.note, Ask: w.ask, Addressed: w.to, Outside: w.outside,
				Way: "By telephone to the duty officers", Sent: at(w.at), State: "sent"})
		})
	}
}
