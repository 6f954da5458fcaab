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

// TestPapersKeepTheirReaders: in every paper for every audience stands exactly
// what may go there: nothing red in any, nothing closer than the audience, and
// no fact that was not released to it.
func TestPapersKeepTheirReaders(t *testing.T) {
	b := newBench(t, dbtest.SQLite(t))
	all := []incident.Audience{incident.Partners, incident.Councillors, incident.Employees, incident.Press, incident.Public}
	type planted struct {
		word string
		tlp  incident.TLP
		to   incident.Audience
	}
	var facts []planted
	for i, tlp := range incident.TLPs {
		for j, to := range append([]incident.Audience{incident.Internal}, all...) {
			word := fmt.Sprintf("marker%d%dend", i, j)
			if !allows(to, tlp) {
				b.fact("what happened", "Claim "+word+".", tlp)
				facts = append(facts, planted{word, tlp, incident.Internal})
				continue
			}
			if to == incident.Internal {
				b.fact("what happened", "Claim "+word+".", tlp)
			} else {
				b.fact("what happened", "Claim "+word+".", tlp, to)
			}
			facts = append(facts, planted{word, tlp, to})
		}
		b.write(func(tx *db.Tx) error {
			at := b.now.Unix() - 3600
			return incident.Put(tx, b.author(), &incident.Entry{Kept: incident.Kept{Mark: incident.Mark{TLP: tlp}}, Happened: at, Known: at, Kind: "event", Source: "Log",
				Title: fmt.Sprintf("Entry line%dend", i), State: "stands"})
		})
	}
	for _, k := range paperKinds {
		for _, to := range k.For {
			at, _ := b.post("/papers/new/"+k.Kind, http.StatusSeeOther, "name", "A paper", "audience", string(to), "council", "", "list", "0", "summary", "In short.")
			text := b.get(at+"/txt", http.StatusOK)
			for _, f := range facts {
				may := allows(to, f.tlp) && (to == incident.Internal || f.to == to || f.to == incident.Public)
				if strings.Contains(text, f.word) && !may {
					t.Errorf("%s for %s holds a fact marked %s, released to %s", k.Kind, to, f.tlp, f.to)
				}
				if may && k.Kind == "situation" && !strings.Contains(text, f.word) {
					t.Errorf("%s for %s lacks a fact marked %s, released to %s", k.Kind, to, f.tlp, f.to)
				}
			}
			for i, tlp := range incident.TLPs {
				if strings.Contains(text, fmt.Sprintf("line%dend", i)) && !allows(to, tlp) {
					t.Errorf("%s for %s holds an entry marked %s", k.Kind, to, tlp)
				}
			}
			if strings.Contains(text, "PRIVILEGED") != k.Privileged {
				t.Errorf("%s for %s: privilege", k.Kind, to)
			}
			if !strings.Contains(text, "reeve") && !strings.Contains(text, "Reeve") {
				t.Errorf("%s for %s has no head of the record", k.Kind, to)
			}
		}
	}
}

// allows is whether a label may go to an audience.
func allows(to incident.Audience, tlp incident.TLP) bool {
	for _, l := range to.Levels() {
		if l == tlp {
			return true
		}
	}
	return false
}

// TestPaperStays: a paper is given out years later as it was made.
func TestPaperStays(t *testing.T) {
	b := newBench(t, dbtest.SQLite(t))
	b.fact("what happened", "One server.", incident.Green)
	at, _ := b.post("/papers/new/situation", http.StatusSeeOther, "name", "First", "audience", "internal", "council", "", "list", "0", "summary", "In short.")
	before := b.get(at+"/html", http.StatusOK)
	b.fact("what happened", "Two servers.", incident.Green)
	if b.get(at+"/html", http.StatusOK) != before {
		t.Error("a paper changed after it was made")
	}
	if body := b.get(at+"/pdf", http.StatusOK); !strings.HasPrefix(body, "%PDF") {
		t.Error("no PDF")
	}
	b.get(at+"/exe", http.StatusNotFound)
	if _, body := b.post("/papers/new/cabinet", http.StatusUnprocessableEntity, "name", "X", "audience", "councillors", "council", "", "list", "0", "summary", "NHS number 999 000 0018"); strings.Count(body, "999 000 0018") != 1 {
		t.Error("a value is repeated outside the field in which it was typed")
	}
}

// TestPapersOfOneCouncil: what one council keeps to itself, or shares with some
// alone, is in no paper that another council may open.
func TestPapersOfOneCouncil(t *testing.T) {
	b := newBench(t, dbtest.SQLite(t))
	b.write(func(tx *db.Tx) error {
		for _, tlp := range []incident.TLP{incident.Amber, incident.AmberStrict} {
			at := b.now.Unix() - 3600
			k := incident.Kept{Mark: incident.Mark{Council: "AAA", TLP: tlp}}
			if err := incident.Put(tx, b.author(), &incident.Entry{Kept: k, Happened: at, Known: at, Kind: "event", Source: "Log", Title: "Own word", State: "stands"}); err != nil {
				return err
			}
			if err := incident.Put(tx, b.author(), &incident.Fact{Kept: k, Topic: "services: " + string(tlp), Claim: "Own word.", Source: "Log", AsOf: at, Confidence: "likely", Sort: "known", State: "stands"}); err != nil {
				return err
			}
		}
		return nil
	})
	for _, k := range paperKinds {
		for _, to := range k.For {
			b.as("u1", "Ada Lead")
			b.who.Councils = nil
			at, _ := b.post("/papers/new/"+k.Kind, http.StatusSeeOther, "name", "A paper", "audience", string(to), "council", "", "list", "0", "summary", "In short.")
			mine := strings.Contains(b.get(at+"/txt", http.StatusOK), "Own word")
			if to == incident.Internal && k.Kind == "situation" && !mine {
				t.Error("a paper for those who run the incident lacks what they may see")
			}
			b.as("u9", "Zed", "BBB")
			status := http.StatusOK
			if mine {
				status = http.StatusNotFound
			}
			if list := b.get("/papers", http.StatusOK); strings.Contains(list, at+`"`) == mine {
				t.Errorf("%s for %s on another council's list: %v", k.Kind, to, mine)
			}
			if body := b.get(at, status); !mine && strings.Contains(body, "Own word") {
				t.Errorf("%s for %s shows another council's own", k.Kind, to)
			}
		}
	}
}
