package report

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/incident"
)

// breachForm is an entry of the register, with other fields behind it.
func breachForm(more ...string) []string {
	return append([]string{"title", "Letter in the wrong envelope", "council", "", "tlp", "amber", "happened_day", "", "aware_day", "2025-11-20", "aware_time", "09:00", "what", "One letter.",
		"effects", "None known.", "action", "Apology.", "people", "1-9", "told", "no", "told_why", "No high risk.", "state", "open", "version", "0"}, more...)
}

// TestRegisterOfBreaches: what was not reported needs its reason, and every
// version stays.
func TestRegisterOfBreaches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d)
		if _, body := b.post("/reports/breaches", http.StatusUnprocessableEntity, breachForm("reported", "no", "why", "")...); !strings.Contains(body, "Say why it was not reported") || !strings.Contains(body, "One letter.") {
			t.Error("a breach that was not reported needs no reason, or what was typed is lost")
		}
		at, _ := b.post("/reports/breaches", http.StatusSeeOther, breachForm("reported", "no", "why", "No risk to anybody.")...)
		late := breachForm("reported", "yes", "why", "", "reported_day", "2025-11-24", "reported_time", "10:00")
		late[len(late)-9] = "1" // the version that was on the screen
		if _, body := b.post(at, http.StatusUnprocessableEntity, late...); !strings.Contains(body, "after the 72 hours") {
			t.Error("a late report needs no reason")
		}
		change := breachForm("reported", "yes", "why", "The first view was wrong.", "reported_day", "2025-11-24", "reported_time", "10:00")
		change[len(change)-9] = "1"
		b.post(at, http.StatusSeeOther, change...)
		b.post(at, http.StatusConflict, change...)
		page := b.get(at, http.StatusOK)
		for _, want := range []string{"97 hours after awareness", "Earlier versions", "No risk to anybody."} {
			if !strings.Contains(page, want) {
				t.Errorf("the entry lacks %q", want)
			}
		}
		if csv := b.get("/reports/breaches.csv", http.StatusOK); !strings.Contains(csv, "The first view was wrong.") || strings.Count(csv, "\r\n") != 2 {
			t.Errorf("register as CSV:\n%s", csv)
		}
		if text := b.get("/papers/breaches/txt", http.StatusOK); !strings.Contains(text, "One letter.") {
			t.Errorf("register as text:\n%s", text)
		}
	})
}

func lessonFields(version, state string, more ...string) []string {
	return append([]string{"kind", "lesson", "council", "", "tlp", "green", "source", "Debrief", "what", "Close old accounts", "state", state, "version", version}, more...)
}

// TestLessons: what is accepted has an owner and a day; what is done has
// evidence and is checked by somebody else.
func TestLessons(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d)
		at, _ := b.post("/lessons", http.StatusSeeOther, lessonFields("0", "open")...)
		b.post(at, http.StatusUnprocessableEntity, lessonFields("1", "accepted", "why", "Agreed")...)
		owned := []string{"owner_name", "Head of IT", "due", "2025-11-20", "why", "Agreed"}
		b.post(at, http.StatusSeeOther, lessonFields("1", "accepted", owned...)...)
		if page := b.get("/lessons", http.StatusOK); !strings.Contains(page, "late") || !strings.Contains(page, "<b>1</b> late") {
			t.Error("a lesson that is late is not shown so")
		}
		b.post(at, http.StatusUnprocessableEntity, lessonFields("2", "checked", append(owned, "evidence", "List")...)...)
		b.post(at, http.StatusUnprocessableEntity, lessonFields("2", "done", owned...)...)
		b.post(at, http.StatusSeeOther, lessonFields("2", "done", append(owned, "evidence", "List of accounts")...)...)
		if _, body := b.post(at, http.StatusUnprocessableEntity, lessonFields("3", "checked", append(owned, "evidence", "List of accounts")...)...); !strings.Contains(body, "Somebody else") {
			t.Error("who says that it is done can check it")
		}
		b.as("u2", "Ben Second").post(at, http.StatusSeeOther, lessonFields("3", "checked", append(owned, "evidence", "List of accounts")...)...)
		b.post(at, http.StatusConflict, lessonFields("3", "checked", append(owned, "evidence", "List of accounts")...)...)
		if csv := b.get("/lessons.csv", http.StatusOK); !strings.Contains(csv, "checked") {
			t.Errorf("lessons as CSV:\n%s", csv)
		}
	})
}

// TestSeenByCouncil: on every list and page of the room, and in every export, a
// council finds its own and what its label lets it see, nobody finds in a file
// what is red, and what may not be seen is not there.
func TestSeenByCouncil(t *testing.T) {
	b := newBench(t, dbtest.SQLite(t))
	b.write(func(tx *db.Tx) error {
		i := incident.Incident{Kept: incident.Kept{Mark: incident.Mark{TLP: incident.Amber}}, Title: "Test", Noticed: b.now.Unix(), Playbook: "empty", Severity: "major"}
		return incident.Open(tx, b.author(), &i, incident.Council{Code: "AAA", Name: "A", Part: "lead"}, incident.Council{Code: "BBB", Name: "B", Part: "affected"})
	})
	type object struct {
		word, path string
		mark       incident.Mark
	}
	var all []object
	for i, council := range []string{"", "AAA", "BBB"} {
		for j, tlp := range incident.TLPs {
			word := fmt.Sprintf("word%d%dend", i, j)
			form := breachForm("reported", "open", "why", "")
			form[1], form[3], form[5] = word, council, string(tlp)
			at, _ := b.post("/reports/breaches", http.StatusSeeOther, form...)
			all = append(all, object{word, at, incident.Mark{Council: council, TLP: tlp}})
			form = lessonFields("0", "open")
			form[3], form[5], form[9] = council, string(tlp), word
			at, _ = b.post("/lessons", http.StatusSeeOther, form...)
			all = append(all, object{word, at, incident.Mark{Council: council, TLP: tlp}})
		}
	}
	for _, who := range []string{"", "AAA", "BBB"} {
		s := incident.Sight{All: true, Levels: incident.TLPs}
		if b.as("u3", "Cy"); who != "" {
			b.as("u3", "Cy", who)
			s = incident.Sight{Councils: []string{who}, Levels: incident.TLPs}
		}
		screen := map[string]string{"/reports": b.get("/reports/breaches", http.StatusOK), "/lessons": b.get("/lessons", http.StatusOK)}
		files := b.get("/reports/breaches.csv", http.StatusOK) + b.get("/reports/breaches.json", http.StatusOK) + b.get("/papers/breaches/txt", http.StatusOK) +
			b.get("/lessons.csv", http.StatusOK) + b.get("/lessons.json", http.StatusOK) + b.get("/papers/lessons/html", http.StatusOK)
		for _, o := range all {
			for desk, page := range screen {
				if strings.HasPrefix(o.path, desk) && strings.Contains(page, o.word) != s.Sees(o.mark) {
					t.Errorf("%q on %s of %q: %v, want %v", o.mark, desk, who, !s.Sees(o.mark), s.Sees(o.mark))
				}
			}
			if strings.Contains(files, o.word) != s.Leaving().Sees(o.mark) {
				t.Errorf("%q in a file of %q: %v", o.mark, who, !s.Leaving().Sees(o.mark))
			}
			want := http.StatusOK
			if !s.Sees(o.mark) {
				want = http.StatusNotFound
			}
			b.get(o.path, want)
		}
	}
}
