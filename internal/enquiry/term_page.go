package enquiry

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/uk"
	"github.com/reeve-council/reeve/internal/web"
)

// termActs is what may be done with the clock of an enquiry as it stands.
type termActs struct {
	Longer string   // the day to which the term may be made longer; "" not at all
	Pauses []choice // why the clock may be stopped; none where it may not
	Stage  int64    // the next stage of a complaint that was answered; 0 none
}

func (v *enquiryView) termActs(n uk.Nation) {
	if until, ok := v.longer(n); ok && !v.Enquiry.Late(v.Now) {
		v.Term.Longer = until.Format("2 January 2006")
	}
	if v.Kind == Rights && v.Living() && v.Paused == 0 {
		v.Term.Pauses = pauses
	}
	if v.Kind == Complaint && v.State == Answered && v.Stage < stages {
		v.Term.Stage = v.Stage + 1
	}
}

// toldBy reads how somebody was told.
func toldBy(f *web.Form, field string) Channel {
	return Channel(f.Choice(field, "Choose how they were told; it does not count before", string(ByPhone), string(ByMail), string(ByCounter), string(ByPaper)))
}

// extend makes a term longer, once, before it is over, with the reason that the
// resident was told: an extension of which nobody was told in time is none (UK
// GDPR, article 12(3); Complaint Handling Code).
func (m *Room) extend(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	why := f.Need("extend_why", 1000, "Say why it takes longer, in the words that they were told")
	way := toldBy(f, "extend_way")
	if !f.OK() {
		return m.back(r, f, "")
	}
	err = m.doing(r, f, func(_ *db.Tx, e *Enquiry) (Note, error) {
		until, ok := e.longer(m.Nation)
		if !ok || r.Now.Unix() > e.Due {
			return Note{}, reeve.WithHint(fmt.Errorf("extend: %w", reeve.Conflict), "the term can be made longer once, and only before it is over")
		}
		e.touched(r.Now, m.Nation)
		e.Due, e.Extended, e.ExtendedWhy = until.Unix(), r.Now.Unix(), private(why)
		return Note{What: "extend", Way: way, Words: private(why)}, nil
	})
	if err != nil {
		return nil, err
	}
	return m.again(r, "The term is longer now")
}

// pause stops the clock of a request about rights.
func (m *Room) pause(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	why := Pause(f.Choice("pause", "Choose what they were asked for", values(pauses)...))
	way := toldBy(f, "pause_way")
	if !f.OK() {
		return m.back(r, f, "")
	}
	err = m.doing(r, f, func(_ *db.Tx, e *Enquiry) (Note, error) {
		if e.Kind != Rights || !e.State.Live() || e.Paused != 0 || r.Now.Unix() > e.Due {
			return Note{}, reeve.WithHint(fmt.Errorf("stop the clock: %w", reeve.Conflict), "only the clock of a request about rights can be stopped, before its term is over")
		}
		e.touched(r.Now, m.Nation)
		e.Paused, e.Pause, e.State = r.Now.Unix(), why, Waiting
		return Note{What: "pause", Way: way, Words: private(wordsOfChoice(pauses, string(why)))}, nil
	})
	if err != nil {
		return nil, err
	}
	return m.again(r, "The clock stands until they answer")
}

// resume lets the clock run again: what was asked for has come.
func (m *Room) resume(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	err = m.doing(r, f, func(_ *db.Tx, e *Enquiry) (Note, error) {
		if e.Paused == 0 {
			return Note{}, fmt.Errorf("start the clock: %w", reeve.Conflict)
		}
		e.Due = e.resumed(r.Now, m.Nation).Unix()
		e.Paused, e.Pause = 0, ""
		if e.State == Waiting {
			e.State = Open
		}
		return Note{What: "resume"}, nil
	})
	if err != nil {
		return nil, err
	}
	return m.again(r, "The clock runs again")
}

// nextStage begins the second stage of a complaint that was answered: it is
// acknowledged and answered anew, by somebody else if the queue gives it so.
func (m *Room) nextStage(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	why := f.Need("stage_why", 2000, "Write what they are not content with")
	if !f.OK() {
		return m.back(r, f, "")
	}
	err = m.doing(r, f, func(_ *db.Tx, e *Enquiry) (Note, error) {
		if e.Kind != Complaint || e.State != Answered || e.Stage >= stages {
			return Note{}, reeve.WithHint(fmt.Errorf("begin stage: %w", reeve.Conflict), "the second stage comes after the answer to the first; after it they may go to the ombudsman")
		}
		t := terms[Complaint]
		local := r.Now.In(london)
		e.Stage++
		e.State, e.Owner, e.OwnerName, e.First, e.Ended, e.Extended, e.ExtendedWhy = Fresh, "", "", 0, 0, 0, private("")
		e.FirstDue = endOf(uk.AddWorkingDays(m.Nation, local, t.First)).Unix()
		e.Due = endOf(uk.AddWorkingDays(m.Nation, local, t.First+stageDays(e.Stage))).Unix()
		return Note{What: "stage", Words: private(why)}, nil
	})
	if err != nil {
		return nil, err
	}
	return m.again(r, "The second stage has begun")
}
