package demo

import (
	"context"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // a clean laptop may have no time zones

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/sweep"
)

// Incident tells the model case in the book of a swept case: three invented
// councils that share systems, from the morning on which something looked wrong
// to the weeks of catching up, with what sources said wrongly and how that was
// settled. Dates are those of the case that is public; councils and people are
// not. The tables of all rooms must have been made.
//
// Residents get in touch by every way; what still waits for an answer came in
// the days before now.
//
// A case whose book is open is left as it is.
func Incident(ctx context.Context, kase *sweep.Case, now time.Time) error {
	t := teller{kase: kase, facts: make(map[string]*incident.Fact), agencies: make(map[string]*incident.Agency)}
	err := kase.DB.Read(ctx, func(tx *db.Tx) error {
		there, err := incident.Councils(tx)
		t.told = len(there) > 0
		return err
	})
	if err != nil || t.told {
		return err
	}
	w, err := newWalker(ctx, kase, now)
	if err != nil {
		return fmt.Errorf("tell the sample incident: %w", err)
	}
	defer w.close()
	for _, step := range []func() error{
		func() error { return t.within(ctx, (*teller).firstDays) }, func() error { return w.firstDays(&t) },
		func() error { return t.within(ctx, (*teller).weeksAfter) }, func() error { return w.weeksAfter(&t) },
		w.residents,
	} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		return fmt.Errorf("tell the sample incident: %w", err)
	}
	return nil
}

// The invented councils.
const (
	norvale = plant.Council // whose files were copied
	westmer = "WMC"         // its data lay on shared systems
	hallow  = "HFB"         // cut itself off in time
)

var councils = []incident.Council{
	{Code: norvale, Name: "Norvale Borough Council", Part: "lead"},
	{Code: westmer, Name: "Westmer City Council", Part: "affected"},
	{Code: hallow, Name: "Hallowfen Borough Council", Part: "shared"},
}

// actor is one of the invented people who answer the incident.
type actor struct{ id, name, office string }

var (
	gold     = actor{"demo-gold", "Rosalind Thackeray-Bloom", "chief executive"}
	lead     = actor{"demo-lead", "Callum Ferreira-Wray", "head of resilience"}
	tech     = actor{"demo-tech", "Oonagh Pettifer", "head of IT"}
	dpo      = actor{"demo-dpo", "Tobias Anand-Reyes", "data protection officer"}
	press    = actor{"demo-press", "Lettice Marchbanks", "head of communications"}
	scribe   = actor{"demo-scribe", "Nkechi Ravenhill", "scribe"}
	lawyer   = actor{"demo-legal", "Ambrose Quill-Daley", "monitoring officer"}
	money    = actor{"demo-money", "Sunniva Locke", "director of finance"}
	senior   = actor{"demo-senior", "Winifred Castellane", "senior reviewer"}
	agent    = actor{"demo-agent", "Perpetua Holloway-Singh", "contact centre agent"}
	agentTwo = actor{"demo-agent-two", "Dafydd Okonjo", "contact centre team leader"}
	records  = actor{"demo-records", "Marguerite Stanhope", "information governance officer"}
	westDPO  = actor{"demo-west", "Ilse Corrigan-Mbeki", "data protection officer of Westmer"}
)

// london is where the story is told.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // tzdata is part of the program
	}
	return l
}()

// at reads a moment of the tables: "2025-11-24 08:10" in London.
func at(text string) int64 {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, london)
	if err != nil {
		panic(err) // our own tables, which a test reads whole
	}
	return t.Unix()
}

// teller writes the book; the first error ends it.
type teller struct {
	kase     *sweep.Case
	told     bool // the book was open
	tx       *db.Tx
	err      error
	facts    map[string]*incident.Fact
	agencies map[string]*incident.Agency
}

// within runs a part of the story in one transaction.
func (t *teller) within(ctx context.Context, part func(*teller)) error {
	return t.kase.DB.Write(ctx, func(tx *db.Tx) error {
		t.tx = tx
		part(t)
		return t.err
	})
}

// by is somebody at a moment.
func (a actor) by(when int64) incident.Author {
	return incident.Author{ID: a.id, Name: a.name, At: when}
}

// mark begins an object of a council with a label.
func mark(council string, tlp incident.TLP) incident.Kept {
	return incident.Kept{Mark: incident.Mark{Council: council, TLP: tlp}}
}

func (t *teller) do(what func() error) {
	if t.err == nil {
		t.err = what()
	}
}

// firstReport is when the first report to the Commissioner was begun: it is
// built on what was known then.
const firstReport = "2025-11-27 13:00"

func (t *teller) firstDays() {
	t.opening()
	t.timeline()
	t.clocks()
	t.ledger(0, at(firstReport))
}

func (t *teller) weeksAfter() {
	t.ledger(at(firstReport), 1<<62)
	t.settle()
	t.decisions()
	t.work()
	t.bodies()
	t.evidence()
	t.ledgerOfCosts()
	t.neighbours()
}

func (t *teller) opening() {
	i := incident.Incident{Kept: mark("", incident.Amber), Title: "Files copied from shared servers", Noticed: at("2025-11-24 07:40"), Happened: at("2025-11-22 02:15"),
		What: "Unusual activity was seen on systems that three councils share. They were isolated. Later it was found that files had been copied.",
		Lead: lead.id, LeadName: lead.name, Severity: "major", Playbook: "data-copied"}
	t.do(func() error { return incident.Open(t.tx, lead.by(at("2025-11-24 08:25")), &i, councils...) })
	i.Status, i.Why = "stable", "Isolated and contained; review of the copied files and recovery go on"
	t.do(func() error { return incident.Put(t.tx, gold.by(at("2025-12-17 10:00")), &i) })
	for _, r := range roles {
		t.do(func() error {
			return incident.Put(t.tx, lead.by(at("2025-11-24 08:40")), &incident.RoleHeld{Kept: mark("", incident.Amber), Role: r.role, Title: r.sees, Person: r.who.name + ", " + r.who.office, Begins: at("2025-11-24 08:40")})
		})
	}
	for _, s := range shifts {
		t.do(func() error {
			return incident.Put(t.tx, lead.by(at("2025-11-24 12:00")), &incident.Shift{Kept: mark("", incident.Amber), Person: s.who.name, Role: s.role, Begins: at(s.from), Ends: at(s.to), State: "stands"})
		})
	}
	for _, h := range handovers {
		t.do(func() error {
			return incident.Put(t.tx, h.who.by(at(h.at)), &incident.Handover{Kept: mark("", incident.Amber), Done: h.done, Open: h.open, Worry: h.worry, At: at(h.at)})
		})
	}
	for _, p := range plans {
		t.do(func() error {
			return incident.Put(t.tx, gold.by(at(p.from)), &incident.Plan{Kept: mark(norvale, incident.Green), Kind: p.kind, Title: p.title, Begins: at(p.from), Who: gold.name + ", " + gold.office, Why: p.why})
		})
	}
}

func (t *teller) timeline() {
	for _, e := range entries {
		known := e.known
		if known == "" {
			known = e.at
		}
		t.do(func() error {
			return incident.Put(t.tx, scribe.by(at(known)), &incident.Entry{Kept: mark(e.council, e.tlp), Happened: at(e.at), Known: at(known), Kind: e.kind, Source: e.source, Title: e.title, Note: e.note, State: "stands"})
		})
	}
}

// ledger writes the facts that came to be known in a span of time. None was
// released before the first statement that data was copied.
func (t *teller) ledger(from, to int64) {
	for _, f := range facts {
		when := at(f.asOf)
		if f.written != "" {
			when = at(f.written)
		}
		if when < from || when >= to {
			continue
		}
		x := incident.Fact{Kept: mark(f.council, f.tlp), Topic: f.topic, Value: f.value, Claim: f.claim, Source: f.source, AsOf: at(f.asOf), Confidence: f.sure, Sort: f.sort,
			Owner: f.owner.id, OwnerName: f.owner.name, State: "stands"}
		t.do(func() error { return incident.Put(t.tx, f.owner.by(when), &x) })
		t.do(func() error {
			return incident.ReleaseTo(t.tx, press.by(max(when+1800, at("2025-11-28 15:00"))), x, f.to...)
		})
		t.facts[f.key] = &x
	}
}

// settle is what became of facts that were wrong.
func (t *teller) settle() {
	for _, s := range settled {
		wrong, right := t.facts[s.wrong], t.facts[s.right]
		wrong.State, wrong.Instead, wrong.Why = "superseded", right.ID, s.why
		t.do(func() error { return incident.Put(t.tx, lead.by(at(s.at)), wrong) })
	}
}

// numbers gives the versions of facts as objects cite them.
func (t *teller) numbers(between string, keys ...string) string {
	var all []string
	for _, k := range keys {
		all = append(all, fmt.Sprint(t.facts[k].Number))
	}
	return strings.Join(all, between)
}

func (t *teller) decisions() {
	for _, d := range decisions {
		review := int64(0)
		if d.review != "" {
			review = at(d.review)
		}
		t.do(func() error {
			return incident.Put(t.tx, scribe.by(at(d.at)+900), &incident.Decision{Kept: mark(d.council, d.tlp), Title: d.title, Question: d.question, Options: strings.Join(d.options, "\n"),
				Reason: d.reason, Authority: d.authority, Delegation: d.delegation, Dissent: d.dissent, Evidence: d.evidence, Cites: t.numbers(" ", d.cites...),
				Decider: d.who.name + ", " + d.who.office, Decided: at(d.at), Review: review, State: "decided"})
		})
	}
}

// work is tasks beside those that the playbook laid out, and what became of
// these.
func (t *teller) work() {
	laid, err := incident.Tasks(t.tx, incident.Sight{All: true, Levels: incident.TLPs})
	t.do(func() error { return err })
	for i := range laid {
		x := &laid[i]
		if x.Needs != "" || x.Due > at("2025-11-26 12:00") {
			continue // what waits for others, and what came later, is still open
		}
		x.State, x.Owner, x.OwnerName, x.Why = "done", tech.id, tech.name, "done in the first two days"
		t.do(func() error { return incident.Put(t.tx, scribe.by(at("2025-11-26 18:00")), x) })
	}
	for _, k := range tasks {
		t.do(func() error {
			return incident.Put(t.tx, lead.by(at(k.from)), &incident.Task{Kept: mark(k.council, incident.Amber), Stream: k.stream, Title: k.title, Detail: k.detail, Owner: k.who.id, OwnerName: k.who.name,
				Due: at(k.due), State: k.state, Steps: strings.Join(k.steps, "\n"), Escalate: lead.id, EscalateName: lead.name})
		})
	}
}
