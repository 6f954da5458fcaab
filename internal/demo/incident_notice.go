package demo

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// How many people somebody assessed by the time of the first letters, for each
// safe way of contact.
var assessed = []struct {
	way  reeve.SafeContact
	most int
}{{reeve.ContactPost, 30}, {reeve.ContactEmail, 12}, {reeve.ContactPhone, 6}}

// Of those to be written to, how many more at low or medium risk, and how many
// who read in another language than English; and who is called on at home,
// assessed after the first letters had left.
const (
	lower     = 14
	otherwise = 6
	atTheDoor = 5
)

// notices tells the people of the first list version whom it is safe to tell.
// Letters to those at higher risk leave on 21 January: one cannot leave, for its
// reader has no fixed abode; one is refused as it leaves, since her flag changed
// after the run was signed; and one came back. Some people are told by people.
// Three more runs wait for their signatures.
func (w *walker) notices(*teller) error {
	if len(w.people[reeve.ContactPost]) < 2 {
		return nil
	}
	if err := w.assess("2026-01-15 09:00", w.people); err != nil {
		return err
	}
	if _, err := w.as(press, "2026-01-16 11:00").post("/notices/wording", append(slices.Clone(wording), "version", "0")...); err != nil {
		return err
	}
	run, err := w.frozenRun(setUp{"2026-01-19 10:00", "Letters to people at higher risk", "post", "practice", "personal", "high;very-high", "2026-01-21"})
	if err != nil {
		return err
	}
	if err := w.signed(run, "2026-01-20 10:00", dpo, lawyer); err != nil {
		return err
	}
	if err := w.onHold(w.people[reeve.ContactPost][1]); err != nil {
		return err
	}
	if err := w.leave(run, "2026-01-21"); err != nil {
		return err
	}
	if err := w.assess("2026-01-22 14:00", map[reeve.SafeContact][]string{reeve.ContactPost: w.doors}); err != nil {
		return err
	}
	for _, step := range []func() error{w.carried, w.inPolish, w.waitingRuns} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// waitingRuns are those that wait for their signatures. The letter to every home
// is a second one, in general terms: the first went out by a print house before
// anything was known of anybody.
func (w *walker) waitingRuns() error {
	for _, s := range []setUp{{"2026-02-04 14:20", "Letters to people at lower risk", "post", "practice", "personal", "low;medium", "2026-02-06"},
		{"2026-02-04 15:00", "E-mails to people who asked for e-mail", "email", "practice", "personal", "", "2026-02-06"}} {
		if _, err := w.frozenRun(s); err != nil {
			return err
		}
	}
	run, err := w.as(press, "2026-02-04 15:40").post("/notices/homes", "title", "Second general letter to every home", "council", "", "channel", "practice", "template", "general", "on", "2026-02-09")
	if err != nil {
		return err
	}
	return w.frozen(run)
}

// reached is how registers say that somebody is reached, and reads.
type reached struct{ email, phone, language string }

func (w *walker) reaches() (map[string]reached, error) {
	all := make(map[string]reached)
	return all, w.kase.DB.Read(w.ctx, func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var person string
			var x reached
			err := row.Scan(&person, &x.email, &x.phone, &x.language)
			all[person] = x
			return err
		}, "SELECT person, email, phone, language FROM case_contacts")
	})
}

// candidates are people of the list to assess, in its order.
type candidates struct{ homed, foreign, below, homeless []string }

// safelyTold picks people of the list to assess: adults with no signal whose
// record says nothing yet, in the order of the list, and one of no fixed abode.
func (w *walker) safelyTold() (map[reeve.SafeContact][]string, error) {
	how, err := w.reaches()
	if err != nil {
		return nil, err
	}
	c, err := w.candidates(how)
	people, left := make(map[reeve.SafeContact][]string), c.homed
	for _, a := range assessed {
		var picked []string
		left = slices.DeleteFunc(left, func(person string) bool {
			fits := a.way == reeve.ContactPost || a.way == reeve.ContactEmail && how[person].email != "" || a.way == reeve.ContactPhone && how[person].phone != ""
			if fits = fits && len(picked) < a.most; fits {
				picked = append(picked, person)
			}
			return fits
		})
		people[a.way] = picked
	}
	w.doors = left[:min(atTheDoor, len(left))]
	people[reeve.ContactPost] = slices.Concat(people[reeve.ContactPost], c.foreign[:min(otherwise, len(c.foreign))], c.homeless[:min(1, len(c.homeless))], c.below[:min(lower, len(c.below))])
	return people, err
}

func (w *walker) candidates(how map[string]reached) (c candidates, err error) {
	list, err := sweep.FindList("people")
	if err != nil {
		return c, err
	}
	return c, w.kase.Rows(w.ctx, list, sweep.ListOptions{Reveal: true}, func(row []string) error {
		cell := func(name string) string { return row[slices.Index(list.Columns, name)] }
		person := cell("person")
		english := how[person].language == ""
		switch {
		case !mayBeAssessed(cell):
		case cell("address") == "No fixed abode":
			if english {
				c.homeless = append(c.homeless, person)
			}
		case cell("address") == "" || cell("postcode") == "":
		case cell("band") == string(reeve.BandLow) || cell("band") == string(reeve.BandMedium):
			c.below = append(c.below, person)
		case !english:
			c.foreign = append(c.foreign, person)
		default:
			if len(c.homed) == 0 {
				w.first, w.firstID = told, person
				w.first.name, w.first.postcode = cell("name"), cell("postcode")
			}
			c.homed = append(c.homed, person)
		}
		return nil
	})
}

// mayBeAssessed tells whether somebody of the list is one of whom it is easily
// said how they may be written to.
func mayBeAssessed(cell func(string) string) bool {
	born, err := reeve.ParseISODate(cell("date_of_birth"))
	return err == nil && born.Full() && born.Year <= 2005 && cell("signals") == "" && cell("deceased") == "no" && (cell("role") == "resident" || cell("role") == "service-user") &&
		cell("tier") == string(reeve.TierStrong) && cell("safe_contact") == string(reeve.ContactNotAssessed)
}

// assess has somebody say how each may safely be contacted, and a second person
// agree: without both nobody enters a bulk run.
func (w *walker) assess(when string, people map[reeve.SafeContact][]string) error {
	w.as(dpo, when)
	n := 0
	for _, a := range assessed {
		for _, person := range people[a.way] {
			note := contactNotes[n%len(contactNotes)]
			n++
			if err := w.contact(person, string(a.way), note[0], note[1], note[2]); err != nil {
				return err
			}
			if err := w.agree(person); err != nil {
				return err
			}
			w.now += 120
		}
	}
	return nil
}

// contactPage is what a page of safe contact tells a program.
type contactPage struct {
	State struct {
		Version int64 `json:"version"`
		Verdict int64 `json:"verdict"`
	} `json:"state"`
	Log []needing `json:"log"`
}

// needing is a verdict, with why a second person is asked.
type needing struct {
	ID    int64  `json:"id"`
	Needs string `json:"needs_second"`
}

func (w *walker) contact(person, value, basis, evidence, why string) error {
	var v contactPage
	if err := w.look("/contact/"+person, &v); err != nil {
		return err
	}
	day := time.Unix(w.now, 0).In(london).AddDate(0, 0, -1).Format(time.DateOnly)
	w.who = dpo
	_, err := w.post("/contact/"+person, "value", value, "basis", basis, "evidence", evidence, "why", why, "dated", day, "version", strconv.FormatInt(v.State.Version, 10))
	return err
}

// agree is the second person's word on the newest assessment of somebody.
func (w *walker) agree(person string) error {
	var v contactPage
	if err := w.look("/contact/"+person, &v); err != nil {
		return err
	}
	return w.seconded(v.Log, senior, "The note was read and the caller's number checked")
}

// seconded is a second person's word on the newest verdict that asks for one.
func (w *walker) seconded(log []needing, who actor, why string) error {
	for _, l := range log {
		if l.Needs == "" {
			continue
		}
		w.who = who
		_, err := w.post(fmt.Sprint("/queue/second/", l.ID), "agrees", "yes", "why", why)
		return err
	}
	return nil
}

// runPage is what the page of a run tells a program.
type runPage struct {
	State   string `json:"state"`
	Version int64  `json:"version"`
	Digest  string `json:"digest"`
	Checked int64  `json:"checked"` // notices that can be told
}

// press is a button on the page of a run.
func (w *walker) press(run, act string, form ...string) error {
	var v runPage
	if err := w.look(run, &v); err != nil {
		return err
	}
	_, err := w.post(run+act, append(form, "version", strconv.FormatInt(v.Version, 10), "digest", v.Digest)...)
	return err
}

// setUp is a run to be frozen: day is the date on its notices.
type setUp struct{ when, title, way, channel, template, bands, day string }

// frozenRun sets a run up, freezes its list and has every message made and
// checked.
func (w *walker) frozenRun(s setUp) (run string, err error) {
	run, err = w.as(press, s.when).post("/notices/runs", "title", s.title, "way", s.way, "channel", s.channel, "template", s.template, "bands", s.bands, "list", "1", "on", s.day)
	if err == nil {
		err = w.frozen(run)
	}
	return run, err
}

func (w *walker) frozen(run string) error {
	if err := w.press(run, "/freeze"); err != nil {
		return err
	}
	return w.work("notice.check", runArgs(run))
}

// runArgs names a run to a job.
func runArgs(path string) map[string]int64 {
	var id int64
	fmt.Sscanf(path, "/notices/runs/%d", &id)
	return map[string]int64{"run": id}
}

// signed: two people look at ten letters beside what stands behind them, and
// sign.
func (w *walker) signed(run, when string, people ...actor) error {
	w.as(people[0], when)
	for _, who := range people {
		w.who, w.now = who, w.now+1200
		var letters struct{}
		if err := w.look(run+"/letters", &letters); err != nil {
			return err
		}
		if err := w.press(run, "/sign", "read", "yes"); err != nil {
			return err
		}
	}
	return nil
}

// onHold puts somebody on hold whose letter is signed and has not left.
func (w *walker) onHold(person string) error {
	w.as(dpo, "2026-01-20 16:45")
	return w.contact(person, string(reeve.ContactHold), "risk", dangerSource, danger)
}

// leave sends a test batch to the council, then the letters; days later the
// print house has told of them, and after a fortnight one comes back.
func (w *walker) leave(run, day string) error {
	if err := w.mail.open(day + " 08:50"); err != nil {
		return err
	}
	for _, step := range []struct {
		who     actor
		at, act string
	}{{press, " 08:55", "/test"}, {dpo, " 09:40", "/start"}} {
		w.as(step.who, day+step.at)
		if err := w.press(run, step.act); err != nil {
			return err
		}
		if err := w.work("notice.send", runArgs(run)); err != nil {
			return err
		}
	}
	if err := w.mail.open(cameBack); err != nil {
		return err
	}
	w.as(press, cameBack)
	if err := w.work("notice.status", nil); err != nil {
		return err
	}
	letters := w.mail.Taken()
	back := letters[len(letters)-1]
	w.mail.Return(back)
	return w.told.Tell(w.ctx, back, "returned")
}
