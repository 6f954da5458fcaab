package notice

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
)

// freezePage is how many rows of a list are ruled on at once.
const freezePage = 500

// freeze writes the list of a run: who is in it, under which reference, and who
// is left out and why. Nobody comes in later. The run is then checked by a job.
func (m *Room) freeze(tx *db.Tx, r *run, at int64) error {
	if err := m.fillRun(tx, r); err != nil {
		return err
	}
	if err := m.fillVariants(tx, r); err != nil {
		return err
	}
	fill := m.freezeListed
	if !r.Kind.named() {
		fill = freezeHomes
	}
	if err := fill(tx, r); err != nil {
		return err
	}
	if err := freezeRun(tx, r); err != nil {
		return err
	}
	if err := moveRun(tx, r, Checking, "", at); err != nil {
		return err
	}
	_, err := job.Enqueue(tx, checkJob, runArgs{r.ID}, runKey(r.ID))
	return err
}

// freezeListed fills a run from its list version.
func (m *Room) freezeListed(tx *db.Tx, r *run) (err error) {
	if r.ListDigest, err = approvedList(tx, r.List); err != nil {
		return err
	}
	shared, err := sharedBy(tx, r.List, r.Way)
	if err != nil {
		return err
	}
	var after int64
	for {
		rows, err := readListed(tx, r.List, r.Council, after, freezePage)
		if err != nil || len(rows) == 0 {
			return err
		}
		after = rows[len(rows)-1].n
		if err := m.freezeRows(tx, r, rows, shared); err != nil {
			return err
		}
	}
}

// fillRun takes in what all letters of the run say.
func (m *Room) fillRun(tx *db.Tx, r *run) (err error) {
	if r.Wording, _, err = readWording(tx, r.Council); err != nil {
		return reeve.WithHint(err, "write down first what the council says in its notices")
	}
	if r.Coverage, err = readCoverage(tx); err != nil {
		return err
	}
	r.People, r.Facts = 0, nil
	if m.Facts == nil {
		return nil
	}
	for topic, into := range map[string]*string{"letter-happened": &r.Wording.Happened, "letter-measures": &r.Wording.Measures, "letter-published": &r.Wording.Published, "letter-next": &r.Wording.Next} {
		text, version, err := m.Facts.Said(tx, topic)
		if errors.Is(err, reeve.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		*into, r.Facts = text, append(r.Facts, version)
	}
	slices.Sort(r.Facts)
	return m.Facts.Cite(tx, r.Facts, r.ID, r.Title, runPath(r.ID))
}

// freezeRows rules on rows of the list and keeps them.
func (m *Room) freezeRows(tx *db.Tx, r *run, rows []listed, shared sharing) error {
	people, sure := make([]string, len(rows)), make(map[string]bool)
	for i := range rows {
		x := &rows[i]
		people[i], sure[x.person] = x.person, needsVerdict(x)
	}
	out, decided, err := m.rule(tx, r, people, sure)
	if err != nil {
		return err
	}
	var all []frozenMessage
	for i := range rows {
		x := &rows[i]
		if out[x.person] == "" {
			out[x.person] = r.leavesOut(x)
		}
		if out[x.person] == "" {
			d, ok := decided[x.person]
			f := r.message(x, d, ok)
			if out[x.person] = r.fillReach(&f, &x.reach, shared); out[x.person] != "" {
				continue
			}
			out[x.person] = r.settleForm(&f)
			all = append(all, f)
		}
	}
	if all, err = sortOutPlaces(tx, all, out); err != nil {
		return err
	}
	for i := range all {
		r.People++
		all[i].N = r.People
	}
	if err := loadMessages(tx, all); err != nil {
		return err
	}
	return loadExclusions(tx, r.ID, out, people)
}

// sortOutPlaces leaves out whoever would be reached where something came back.
func sortOutPlaces(tx *db.Tx, all []frozenMessage, out map[string]Reason) ([]frozenMessage, error) {
	places := make([]string, 0, 2*len(all))
	for i := range all {
		places = append(places, all[i].places()...)
	}
	bad, err := suppressedPlaces(tx, places)
	return slices.DeleteFunc(all, func(x frozenMessage) bool {
		if !slices.ContainsFunc(x.places(), func(p string) bool { return bad[p] != 0 }) {
			return false
		}
		out[x.Recipient.Person] = Suppressed
		return true
	}), err
}

// rule asks the guard about people, and what the room itself knows: who is
// suppressed, who was told, who decided whom to tell. It is asked when a run is
// frozen and again for each message as it leaves. sure are those whose message
// says what is said after a human verdict alone.
func (m *Room) rule(tx *db.Tx, r *run, people []string, sure map[string]bool) (map[string]Reason, map[string]decision, error) {
	stand, err := m.Guard.Stand(tx, r.List, people)
	if err != nil {
		return nil, nil, fmt.Errorf("ask the guard: %w", err)
	}
	decided, err := decisionsOn(tx, r.Kind, people)
	if err != nil {
		return nil, nil, err
	}
	suppressed, err := suppressedPeople(tx, people)
	if err != nil {
		return nil, nil, err
	}
	told, err := toldPeople(tx, people, r.ID)
	if err != nil {
		return nil, nil, err
	}
	out, now := make(map[string]Reason, len(people)), today(m.Now())
	for _, p := range people {
		s, listed := stand[p]
		_, has := decided[p]
		ask := Ask{Way: r.Way, On: r.On, Child: r.Kind == Child && has, Estate: r.Kind == Estate && has, Address: !has, Today: now, Verdict: sure[p]}
		reason := Rule(s, listed, ask)
		switch {
		case reason != "":
		case suppressed[p] != 0:
			reason = Suppressed
		case told[p] != 0 && r.Kind != Update:
			reason = Told
		case told[p] == 0 && !s.Told && r.Kind == Update:
			reason = NotListed
		case !has && (r.Kind == Child || r.Kind == Estate):
			reason = OtherRole
		}
		out[p] = reason
	}
	return out, decided, nil
}

// leavesOut tells why a listed person is none of the run's: a notice for staff
// goes to staff, one for people at low risk not to those at high risk.
func (r *run) leavesOut(x *listed) Reason {
	role := map[Kind][]string{Staff: {"staff", "councillor"}, Supplier: {"supplier", "landlord"}}
	if want := role[r.Kind]; want != nil && !slices.Contains(want, x.role) {
		return OtherRole
	}
	if (r.Kind == Personal || r.Kind == High) && slices.Contains([]string{"staff", "councillor", "supplier", "landlord"}, x.role) {
		return OtherRole
	}
	if len(r.Bands) > 0 && !slices.Contains(r.Bands, x.band) {
		if x.band == reeve.BandHigh || x.band == reeve.BandVeryHigh {
			return HighRisk
		}
		return OtherRole
	}
	return ""
}

func needsVerdict(x *listed) bool {
	c := x.recipient()
	return c.needsVerdict()
}

// recipient is what a notice may say of a listed person.
func (x *listed) recipient() Recipient {
	return Recipient{Person: x.person, Name: x.name, Kinds: x.kinds, From: x.from, To: x.to, Items: x.items, Incomplete: x.missing, Band: x.band, Tier: x.tier,
		Confirmed: x.verdict == "confirmed", Council: x.council}
}

// london is where letters are dated, and where people come of age.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		return time.UTC
	}
	return l
}()

// today is the day on which it is a time in London.
func today(now time.Time) reeve.Date {
	y, m, d := now.In(london).Date()
	return reeve.Date{Year: int16(y), Month: int8(m), Day: int8(d)}
}

// message makes the frozen message of a listed person. Where a decision says
// whom to tell, it goes to them, at the address that the decision gives.
func (r *run) message(x *listed, d decision, decided bool) frozenMessage {
	f := frozenMessage{Run: r.ID, State: msgFrozen, Recipient: x.recipient()}
	f.Recipient.Reference = newReference()
	lines := x.block()
	if decided {
		f.Decided, f.Recipient.About, f.Recipient.Name = d.ID, x.name, d.Name
		f.Recipient.Language, f.Recipient.Format = d.Language, d.Format // never how the child reads
		lines = d.block()
	}
	f.Recipient.Lines, f.Place = private(lines), foldPlace(lines[min(1, len(lines)):])
	return f
}
