package demo

import "strings"

// firstDays is what was reported in the first days.
func (w *walker) firstDays(t *teller) error {
	edit, err := w.as(dpo, firstReport).post("/reports/ico", "council", norvale, "tlp", "amber")
	if err != nil {
		return err
	}
	if _, err = w.write(t, edit, filled{"0", icoFirst, []string{"what", "found", "isolated"}}, dpo, "2025-11-27 13:50", "2025-11-27 15:10", "Online form", "IC-900017-N0V1"); err != nil {
		return err
	}
	edit, err = w.as(tech, "2025-11-27 16:00").post("/reports/ncsc", "council", norvale, "tlp", "amber")
	if err == nil {
		_, err = w.write(t, edit, filled{"0", ncscAnswers, []string{"what", "found", "isolated"}}, tech, "2025-11-27 16:30", "2025-11-27 18:00", "Secure mail to the incident manager", "NCSC-DEMO-24")
	}
	return err
}

// weeksAfter is what was reported after that: two follow-ups and a draft of a
// third, other returns, the register of breaches, papers and lessons.
func (w *walker) weeksAfter(t *teller) error {
	for _, step := range []func(*teller) error{w.followUps, w.otherReturns, w.notices, w.breaches, w.lessons, w.papers} {
		if err := step(t); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) followUps(t *teller) error {
	edit, err := w.as(dpo, "2025-12-17 11:00").post("/reports/ico/1/next")
	if err != nil {
		return err
	}
	path, err := w.write(t, edit, filled{"0", changed(icoFirst, icoSecond), []string{"what", "found", "isolated", "data", "lost", "before"}}, dpo, "2025-12-17 14:30", "2025-12-17 17:00", "Online form", "IC-900017-N0V1")
	if err == nil {
		err = w.freeze()
	}
	if err != nil {
		return err
	}
	if edit, err = w.as(dpo, "2026-01-12 10:00").post(path + "/next"); err != nil {
		return err
	}
	third := changed(icoFirst, icoSecond, icoThird)
	if path, err = w.write(t, edit, filled{"1", third, []string{"what", "found", "isolated", "data", "lost", "before", "after", "told-all"}}, dpo, "2026-01-12 12:30", "2026-01-12 16:00", "Online form", "IC-900017-N0V1"); err != nil {
		return err
	}
	if edit, err = w.as(dpo, "2026-02-05 10:00").post(path + "/next"); err == nil {
		_, err = w.write(t, edit, filled{"1", changed(third, icoFourth), []string{"what", "data", "lost", "after", "told-all", "harm"}}, dpo, "2026-02-05 11:00", "", "", "")
	}
	return err
}

// changed gives answers with later ones in their place.
func changed(all ...[][2]string) (merged [][2]string) {
	for _, answers := range all {
		for _, a := range answers {
			for i := 0; i < len(merged); i++ {
				if merged[i][0] == a[0] && !several[a[0]] {
					merged = append(merged[:i], merged[i+1:]...)
					i--
				}
			}
			merged = append(merged, a)
		}
	}
	return merged
}

func (w *walker) otherReturns(t *teller) error {
	edit, err := w.as(lead, "2025-12-18 09:00").post("/reports/mhclg", "council", norvale, "tlp", "amber")
	if err == nil {
		_, err = w.write(t, edit, filled{"0", mhclgAnswers, []string{"what", "services", "vulnerable", "data"}}, lead, "2025-12-18 09:40", "2025-12-18 11:00", "Mail to the resilience desk", "")
	}
	if err == nil {
		_, err = w.as(lawyer, "2026-01-19 09:00").post("/reports/lgsco", "council", norvale, "tlp", "green")
	}
	return err
}

func (w *walker) breaches(*teller) error {
	for _, b := range breaches {
		day, clock, _ := strings.Cut(b.aware, " ")
		form := []string{"title", b.title, "council", b.council, "tlp", "amber", "happened_day", "", "aware_day", day, "aware_time", clock, "what", b.what, "effects", b.effects,
			"action", b.action, "people", b.people, "reported", b.reported, "why", b.why, "reference", b.reference, "told", b.told, "told_why", b.toldWhy, "state", b.state, "version", "0"}
		if b.reportedAt != "" {
			day, clock, _ := strings.Cut(b.reportedAt, " ")
			form = append(form, "reported_day", day, "reported_time", clock)
		}
		if _, err := w.as(dpo, b.written).post("/reports/breaches", form...); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) lessons(*teller) error {
	for _, l := range lessons {
		path, err := w.as(lead, l.at).post("/lessons", "kind", l.kind, "council", norvale, "tlp", "green", "source", l.source, "source_day", l.at[:10], "what", l.what, "answer", l.answer,
			"owner_name", l.owner, "due", l.due, "state", "accepted", "review", l.review, "version", "0")
		if err != nil || l.done == "" {
			if err != nil {
				return err
			}
			continue
		}
		form := []string{"kind", l.kind, "council", norvale, "tlp", "green", "source", l.source, "source_day", l.at[:10], "what", l.what, "answer", l.answer, "owner_name", l.owner, "due", l.due, "review", l.review,
			"evidence", l.evidence}
		if _, err := w.as(tech, l.done).post(path, append(form, "state", "done", "why", "Carried out", "version", "1")...); err != nil {
			return err
		}
		if _, err := w.as(lawyer, l.done).post(path, append(form, "state", "checked", "why", "Evidence looked at", "version", "2")...); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) papers(*teller) error {
	for _, p := range papers {
		if _, err := w.as(p.who, p.at).post("/papers/new/"+p.kind, "name", p.title, "audience", p.audience, "council", p.council, "list", p.list, "summary", p.summary, "asked", p.asked); err != nil {
			return err
		}
	}
	return nil
}
