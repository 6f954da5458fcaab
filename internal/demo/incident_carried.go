package demo

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
)

// carriedRun is a run that people of the council carry out themselves: when it
// is set up, signed and begun.
type carriedRun struct {
	title, way         string
	made, signed, open string
	told               func(w *walker, run, list string) error
}

// carried tells those to whom nothing is sent: on the telephone, at the door,
// and through their named workers. Of each run some notices are still to be
// carried when the demo is made. A run that would tell nobody is left as it is.
func (w *walker) carried() error {
	for _, c := range carriedRuns {
		run, err := w.frozenRun(setUp{c.made, c.title, c.way, "in-person", "high", "high;very-high", c.open[:len("2006-01-02")]})
		if err != nil {
			return err
		}
		var v runPage
		if err := w.look(run, &v); err != nil {
			return err
		}
		if v.Checked == 0 {
			continue
		}
		if err := w.signed(run, c.signed, dpo, lawyer); err != nil {
			return err
		}
		w.as(dpo, c.open)
		if err := w.press(run, "/start"); err != nil {
			return err
		}
		if err := c.told(w, run, fmt.Sprint("/notices/hand/", runArgs(run)["run"])); err != nil {
			return fmt.Errorf("%s: %w", c.title, err)
		}
	}
	return nil
}

// numbered names a notice of a run.
type numbered struct {
	N int64 `json:"n"`
}

// try is one act on a notice that people carry: act is take, verified or outcome.
type try struct {
	who     actor
	at, act string
	form    []string
}

// tries does, for each notice in turn, what was tried with it, as far as both go.
func (w *walker) tries(run string, notices []numbered, all [][]try) error {
	for i := range min(len(notices), len(all)) {
		for _, t := range all[i] {
			if _, err := w.as(t.who, t.at).post(run+"/people/"+strconv.FormatInt(notices[i].N, 10)+"/"+t.act, t.form...); err != nil {
				return err
			}
		}
	}
	return nil
}

// callList takes the first calls of a list.
func (w *walker) callList(run, list string) error {
	var v struct {
		Waiting []numbered `json:"waiting"`
	}
	if err := w.look(list, &v); err != nil {
		return err
	}
	return w.tries(run, v.Waiting, callTries)
}

// fromDoorToDoor gives the letters of a run to somebody who takes them round.
func (w *walker) fromDoorToDoor(run, list string) error {
	round, err := w.as(lead, "2026-02-02 08:40").post(list+"/rounds", "carrier", carrier)
	if err != nil {
		return err
	}
	return w.onRound(run, round, "2026-02-02 08:55", roundReceived, doorTries)
}

// briefs makes the briefs of the first two named workers; one has hers in hand.
func (w *walker) briefs(run, list string) error {
	var v struct {
		Workers []struct {
			First int64 `json:"first"`
		} `json:"workers"`
	}
	if err := w.look(list, &v); err != nil {
		return err
	}
	for i, b := range v.Workers[:min(2, len(v.Workers))] {
		brief, err := w.as(lead, fmt.Sprintf("2026-01-23 10:%d0", i+1)).post(list+"/rounds", "worker", strconv.FormatInt(b.First, 10))
		if err == nil && i == 0 {
			err = w.onRound(run, brief, "2026-01-23 14:00", briefReceived, workerTries)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// onRound keeps that a carrier has the paper, and what came of their first tries.
func (w *walker) onRound(run, round, at, received string, all [][]try) error {
	if _, err := w.as(lead, at).post(round+"/received", "note", received); err != nil {
		return err
	}
	var v struct {
		Lines []numbered `json:"lines"`
	}
	if err := w.look(round, &v); err != nil {
		return err
	}
	return w.tries(run, v.Lines, all)
}

// verdicts: before the list was frozen two reviewers looked at the passages
// behind some of those who could be written to, and confirmed that it is theirs.
func (w *walker) verdicts() (err error) {
	if w.people, err = w.safelyTold(); err != nil {
		return err
	}
	above := w.people[reeve.ContactPost]
	w.as(senior, "2026-01-08 09:30")
	for _, person := range slices.Concat(above[:min(confirmed, len(above))], w.people[reeve.ContactPhone]) {
		if err := w.confirm(person); err != nil {
			return err
		}
		w.now += 240
	}
	return nil
}

// verdictPage is what the page of somebody's verdicts tells a program.
type verdictPage struct {
	Now struct {
		Version int64 `json:"version"`
	} `json:"now"`
	Log []needing `json:"log"`
}

// confirm is the verdict of one reviewer, and of a second where policy asks for it.
func (w *walker) confirm(person string) error {
	path := "/verdicts/person/" + person
	var v verdictPage
	if err := w.look(path, &v); err != nil {
		return err
	}
	w.who = senior
	if _, err := w.post(path, "value", "confirmed", "why", "The passages were read beside the register", "version", strconv.FormatInt(v.Now.Version, 10)); err != nil {
		return err
	}
	if err := w.look(path, &v); err != nil {
		return err
	}
	return w.seconded(v.Log, records, "The passages name them with their birthday and address")
}

// inPolish is what there is of a translation: it waits for a second person, and
// for the rest of its phrases.
func (w *walker) inPolish() error {
	_, err := w.as(press, "2026-02-03 11:20").post("/notices/languages/pl", "text", polish, "translator", "Bogna Crane", "checker", "Tadeusz Ellery")
	return err
}
