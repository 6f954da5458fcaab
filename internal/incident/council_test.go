package incident

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// TestClearance: a declaration counts when it is signed, for whom it is addressed
// to, until its end or until it is revoked.
func TestClearance(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		cleared := func(council string, at time.Time) (ok bool) {
			read(t, d, func(tx *db.Tx) (err error) {
				ok, err = Cleared(tx, "RBKC", "reconnect", "shared network", council, at.Unix())
				return err
			})
			return ok
		}
		draft := form("kind", "reconnect", "thing", "shared network", "addressed", "LBHF", "basis", "rebuilt and scanned", "until", "2025-12-01", "until_time", "12:00", "council", "RBKC", "tlp", "green")
		red := form("kind", "reconnect", "thing", "x", "basis", "y", "council", "", "tlp", "red")
		want(t, post(t, o.h, "/councils/clearances/new", red), http.StatusUnprocessableEntity, "Choose the council", "Nobody else could see it")
		o.do(t, "/councils/clearances/new", draft)
		if cleared("LBHF", testNow) {
			t.Error("a draft clears")
		}
		o.do(t, "/councils/clearances/1/sign", form("version", "1", "why", "delegation 4"))
		if !cleared("LBHF", testNow) || cleared("WCC", testNow) || cleared("LBHF", londonAt(t, "2025-12-01 12:00")) {
			t.Error("it does not clear as it says")
		}
		want(t, post(t, o.h, "/councils/clearances/1/sign", form("version", "2", "why", "again")), http.StatusUnprocessableEntity)
		want(t, post(t, o.h, "/councils/clearances/1/revoke", form("version", "1", "why", "found again")), http.StatusConflict)
		o.do(t, "/councils/clearances/1/revoke", form("version", "2", "why", "found again"))
		if cleared("LBHF", testNow) {
			t.Error("a revoked declaration clears")
		}
		if page := o.get(t, "/councils/clearances/1"); !strings.Contains(page, "delegation 4") || !strings.Contains(page, "revoked") {
			t.Errorf("%s", head(page))
		}
	})
}

// TestWarnings: a warning that was sent can be seen by those whom it warns.
func TestWarnings(t *testing.T) {
	o := newOffice(t, testBook(t))
	o.do(t, "/councils/warnings/new", form("title", "Letters in our name", "note", "Somebody writes in our name", "ask", "Do not pay", "addressed", "WCC", "outside", "the association", "council", "RBKC", "tlp", "amber"))
	want(t, get(t, o.h, "/councils/warnings/1", "X-Councils", "WCC"), http.StatusNotFound)
	o.do(t, "/councils/warnings/1/send", form("version", "1", "sent", "2025-11-25", "sent_time", "09:00", "way", "telephone"))
	want(t, get(t, o.h, "/councils/warnings/1", "X-Councils", "WCC"), http.StatusOK, "Do not pay")
	want(t, get(t, o.h, "/councils/warnings/1", "X-Councils", "LBHF"), http.StatusNotFound)
}

// TestSharing: an amber object is shared with chosen councils and no others; a
// field can travel less far; who may not see an object cannot share it.
func TestSharing(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.do(t, "/agencies/new", form("sort", "insurer", "clock", "0", "state", "told", "contacts", "A Broker", "council", "RBKC", "tlp", "amber"))
		want(t, get(t, o.h, "/agencies/1", "X-Councils", "WCC"), http.StatusNotFound)
		o.do(t, "/councils/share", form("kind", "agency", "id", "1", "with", "WCC", "why", "same policy"))
		want(t, get(t, o.h, "/agencies/1", "X-Councils", "WCC"), http.StatusOK, "A Broker")
		o.do(t, "/councils/field", form("kind", "agency", "id", "1", "field", "contacts", "label", "amber+strict"))
		w := get(t, o.h, "/agencies/1", "X-Councils", "WCC")
		want(t, w, http.StatusOK, "[withheld]")
		wantNot(t, w, "A Broker")
		wantNot(t, get(t, o.h, "/agencies/1.json", "X-Councils", "WCC"), "A Broker")
		want(t, get(t, o.h, "/agencies/1", "X-Councils", "RBKC"), http.StatusOK, "A Broker")
		want(t, post(t, o.h, "/councils/share", form("kind", "agency", "id", "1", "with", "LBHF", "why", "x"), "X-Councils", "LBHF"), http.StatusNotFound)
		o.do(t, "/councils/share", form("kind", "agency", "id", "1", "why", "ended"))
		want(t, get(t, o.h, "/agencies/1", "X-Councils", "WCC"), http.StatusNotFound)
		o.do(t, "/evidence/new", evidenceForm("RBKC", "red", "Image"))
		want(t, post(t, o.h, "/councils/share", form("kind", "evidence", "id", "1", "with", "WCC", "why", "x")), http.StatusBadRequest)
	})
}

// randomOffice fills a book with objects of every volume of these desks under
// random marks and shares; each title says whose it is.
func randomOffice(t testing.TB, d *db.DB, random *rand.Rand) {
	t.Helper()
	councils := []string{"", "RBKC", "WCC", "LBHF"}
	write(t, d, func(tx *db.Tx) error {
		for i := range 120 {
			k := by(councils[random.IntN(4)], TLPs[random.IntN(len(TLPs))])
			title := fmt.Sprintf("Object %d of %s", i, k.Council)
			kind, id, err := putRandom(tx, random.IntN(9), k, title)
			if err != nil {
				return err
			}
			for _, c := range councils[1:] {
				if random.IntN(4) == 0 {
					if err := share(tx, kind, id, c, "u1", 1); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

func putRandom(tx *db.Tx, n int, k Kept, title string) (kind string, id int64, err error) {
	switch n {
	case 0:
		x := Clock{Kept: k, Duty: "other", Title: title, State: clockRunning}
		if err = clocks.put(tx, &x, 0); err == nil {
			err = reports.put(tx, &Report{Kept: k, Parent: x.ID, Note: title, State: stateStands}, 0)
		}
		return KindClock, x.ID, err
	case 1:
		x := Agency{Kept: k, Title: title}
		if err = agencies.put(tx, &x, 0); err == nil {
			err = tolds.put(tx, &Told{Kept: k, Parent: x.ID, Note: title, State: stateStands}, 0)
		}
		return KindAgency, x.ID, err
	case 2:
		x := Evidence{Kept: k, Title: title}
		if err = evidences.put(tx, &x, 0); err == nil {
			err = moves.put(tx, &Move{Kept: k, Parent: x.ID, Purpose: title, State: moveSigned}, 0)
		}
		return KindEvidence, x.ID, err
	case 3:
		x := Cost{Kept: k, Title: title, State: stateStands, Sort: costSpend, Amount: 1}
		err = costs.put(tx, &x, 0)
		return KindCost, x.ID, err
	case 4:
		x := Arrangement{Kept: k, Title: title}
		err = arrangements.put(tx, &x, 0)
		return KindArrangement, x.ID, err
	case 5:
		x := Clearance{Kept: k, Thing: title, State: stateSigned}
		err = putClearance(tx, &x, 0)
		return KindClearance, x.ID, err
	case 6:
		x := Warning{Kept: k, Title: title}
		err = warnings.put(tx, &x, 0)
		return KindWarning, x.ID, err
	case 7:
		x := Fact{Kept: k, Topic: title, Claim: title, State: stands, Sort: sortKnown}
		err = factShelf.put(tx, &x, 0)
		return KindFact, x.ID, err
	}
	x := Aware{Kept: k, Who: title, State: stateStands}
	err = awares.put(tx, &x, 0)
	return KindAware, x.ID, err
}

// TestCouncilFile is the property of the file that a council gets, over random
// books: every object in it may be seen by that council, by the rule and not by
// the query; every object that may be seen is in it; nothing red is; the view of
// that council, and what its own visitor is shown, agree; and the file can be
// verified.
func TestCouncilFile(t *testing.T) {
	for seed := range uint64(2) {
		d := testBook(t)
		o := newOffice(t, d)
		randomOffice(t, d, rand.New(rand.NewPCG(seed, 9)))
		for _, council := range []string{"RBKC", "WCC", "LBHF"} {
			w := post(t, o.h, "/councils/of/"+council+"/export", form("why", "test"))
			want(t, w, http.StatusOK)
			files := unzip(t, w.Body.Bytes())
			checkParcel(t, files, o.key.Public())
			var got struct{ Objects []exported }
			if err := json.Unmarshal(files["incident.json"], &got); err != nil {
				t.Fatal(err)
			}
			in := make(map[string]bool)
			for _, x := range got.Objects {
				in[thingOf(x.Kind, x.ID)] = true
			}
			view := o.get(t, "/councils/of/"+council+"/view.csv", "X-Councils", council)
			checkFile(t, d, council, in, files, view)
		}
	}
}

// checkFile compares a file with the rule, object by object.
func checkFile(t *testing.T, d *db.DB, council string, in map[string]bool, files map[string][]byte, view string) {
	t.Helper()
	read(t, d, func(tx *db.Tx) error {
		for _, v := range volumes() {
			all, err := v.items(tx, everything, 0)
			if err != nil {
				return err
			}
			for _, b := range all {
				shared, err := sharedWithOf(tx, v.kind, b.ID)
				if err != nil {
					return err
				}
				may := Outside(council).Sees(b.Mark, shared...)
				if b.Mark.TLP == Red && may {
					t.Errorf("the rule lets red leave: %s", thingOf(v.kind, b.ID))
				}
				if in[thingOf(v.kind, b.ID)] != may {
					t.Errorf("%s for %s: in the file %v, by the rule %v (%+v, shared %v)", thingOf(v.kind, b.ID), council, !may, may, b.Mark, shared)
				}
				title := fmt.Sprintf("%s,%d,", v.kind, b.ID)
				if strings.Contains(view, "\n"+title) != may {
					t.Errorf("%s for %s: in the view %v", thingOf(v.kind, b.ID), council, !may)
				}
				name, _, _ := strings.Cut(b.Title[strings.Index(b.Title, "Object"):], ",")
				for file, data := range files {
					if !may && strings.HasPrefix(file, "incident.") && file != "incident.pdf" && bytes.Contains(data, []byte(name+"\"")) {
						t.Errorf("%s holds %q, which is not for %s", file, name, council)
					}
				}
			}
		}
		return nil
	})
}

// TestLists: no list, page, count or .json of these desks shows a visitor of a
// council what the rule keeps from them.
func TestLists(t *testing.T) {
	d := testBook(t)
	o := newOffice(t, d)
	randomOffice(t, d, rand.New(rand.NewPCG(77, 9)))
	one := map[string]string{KindClock: "/clocks/%d", KindAgency: "/agencies/%d", KindEvidence: "/evidence/%d", KindCost: "/costs/%d", KindArrangement: "/councils/arrangements/%d",
		KindClearance: "/councils/clearances/%d", KindWarning: "/councils/warnings/%d", KindAware: "/aware/%d"}
	for _, v := range volumes() {
		pattern := one[v.kind]
		if pattern == "" {
			continue
		}
		read(t, d, func(tx *db.Tx) error {
			all, err := v.items(tx, everything, 0)
			for _, b := range all {
				shared, err := sharedWithOf(tx, v.kind, b.ID)
				if err != nil {
					return err
				}
				for _, suffix := range []string{"", ".json"} {
					s := Sight{Councils: []string{"WCC"}, Levels: TLPs}
					if suffix != "" {
						s = s.Leaving()
					}
					status := http.StatusNotFound
					if s.Sees(b.Mark, shared...) {
						status = http.StatusOK
					}
					if w := get(t, o.h, fmt.Sprintf(pattern, b.ID)+suffix, "X-Councils", "WCC"); w.Code != status {
						t.Errorf("%s%s (%+v, shared %v): %d, want %d", thingOf(v.kind, b.ID), suffix, b.Mark, shared, w.Code, status)
					}
				}
			}
			return err
		})
	}
	for _, path := range []string{"/clocks", "/aware", "/agencies", "/evidence", "/costs", "/councils", "/councils/clearances", "/councils/warnings"} {
		for _, suffix := range []string{"", ".json", ".csv"} {
			w := get(t, o.h, path+suffix, "X-Councils", "WCC")
			if suffix == ".csv" && w.Code == http.StatusNotFound {
				continue
			}
			want(t, w, http.StatusOK)
			checkList(t, d, path+suffix, w.Body.String())
		}
	}
}

// checkList looks for titles that a visitor of WCC must not read.
func checkList(t *testing.T, d *db.DB, path, body string) {
	t.Helper()
	read(t, d, func(tx *db.Tx) error {
		for _, v := range volumes() {
			all, err := v.items(tx, everything, 0)
			if err != nil {
				return err
			}
			for _, b := range all {
				shared, err := sharedWithOf(tx, v.kind, b.ID)
				if err != nil {
					return err
				}
				name, _, _ := strings.Cut(b.Title[strings.Index(b.Title, "Object"):], ",")
				seen := Sight{Councils: []string{"WCC"}, Levels: TLPs}.Sees(b.Mark, shared...)
				for _, end := range []string{"<", "\"", ","} {
					if !seen && strings.Contains(body, name+end) {
						t.Errorf("%s holds %q (%+v)", path, name, b.Mark)
					}
				}
			}
		}
		return nil
	})
}

// TestWithheldIsKept: who changes an object without seeing one of its fields does
// not destroy that field.
func TestWithheldIsKept(t *testing.T) {
	d := testBook(t)
	a := Agency{Kept: by("RBKC", Amber), Title: "Insurer", Contacts: "A Broker"}
	write(t, d, func(tx *db.Tx) error {
		if err := agencies.put(tx, &a, 0); err != nil {
			return err
		}
		if err := putField(tx, KindAgency, a.ID, "contacts", Red, "u1", 1); err != nil {
			return err
		}
		seen, err := agencies.find(tx, Sight{All: true, Levels: []TLP{Clear, Green, Amber}}, a.ID)
		if err != nil || seen.Contacts != withheld {
			t.Errorf("%v %q", err, seen.Contacts)
		}
		seen.State = "told"
		if err := agencies.put(tx, &seen, seen.Version); err != nil {
			return err
		}
		now, err := agencies.find(tx, everything, a.ID)
		if now.Contacts != "A Broker" || now.State != "told" || now.Version != 2 {
			t.Errorf("%+v", now)
		}
		return err
	})
}

// TestOthersView: who is limited to a council sees the view of no other, and gets
// no file of it.
func TestOthersView(t *testing.T) {
	o := newOffice(t, testBook(t))
	for _, x := range []struct {
		path, role string
		status     int
	}{
		{"/councils/of/WCC/view", "partner", http.StatusOK}, {"/councils/of/RBKC/view", "partner", http.StatusForbidden}, {"/councils/of/WCC/export", "partner", http.StatusForbidden},
		{"/councils/of/WCC/export", "incident-lead", http.StatusOK}, {"/councils/of/RBKC/export", "incident-lead", http.StatusForbidden}, {"/councils/of/NONE/view", "incident-lead", http.StatusNotFound},
		{"/councils/of/WCC/edit", "partner", http.StatusOK}, {"/councils/add", "incident-lead", http.StatusForbidden}, {"/evidence", "partner", http.StatusForbidden}, {"/costs", "finance", http.StatusOK},
	} {
		if w := get(t, o.h, x.path, "X-Councils", "WCC", "X-Role", x.role); w.Code != x.status {
			t.Errorf("%s as %s: %d, want %d", x.path, x.role, w.Code, x.status)
		}
	}
}

// TestLinesSayNothing: what stands in the timeline about an act on a red object
// names it and tells nothing of what is in it.
func TestLinesSayNothing(t *testing.T) {
	d := testBook(t)
	o := newOffice(t, d)
	red := func(v url.Values) url.Values { v.Set("tlp", "red"); return v }
	o.do(t, "/aware/new", red(awareForm("RBKC", "2025-11-24", "09:30")))
	o.do(t, "/evidence/new", red(evidenceForm("RBKC", "red", "Secret source")))
	o.do(t, "/agencies/new", form("sort", "nca", "clock", "0", "state", "to-tell", "contacts", "Secret contact", "council", "RBKC", "tlp", "red"))
	o.do(t, "/agencies/1/police", form("stage", "arrest", "at", "2025-11-24", "at_time", "12:00", "known", "2025-11-25", "known_time", "08:00", "source", "Secret officer"))
	read(t, d, func(tx *db.Tx) error {
		lines, err := record.Lines(tx, 0, 1000)
		for _, l := range lines {
			for _, s := range []string{"Secret", "arrest", "nca", "image"} {
				if strings.Contains(l.Line+l.Object, s) {
					t.Errorf("the line says %q", l.Line)
				}
			}
		}
		return err
	})
}

// TestWithheldIsNotFound: a word in a field that somebody may not see finds
// nothing for them, in no list and no count.
func TestWithheldIsNotFound(t *testing.T) {
	d := testBook(t)
	o := newOffice(t, d)
	f := Fact{Kept: by("RBKC", Green), Topic: "network", Claim: "The network is safe", Source: "quillfeather", State: stands, Sort: sortKnown}
	write(t, d, func(tx *db.Tx) error {
		err := factShelf.put(tx, &f, 0)
		if err == nil {
			err = putField(tx, KindFact, f.ID, "source", AmberStrict, "u1", 1)
		}
		return err
	})
	for council, found := range map[string]bool{"RBKC": true, "WCC": false} {
		for _, path := range []string{"/facts?q=quillfeather", "/incident/search?q=quillfeather"} {
			w := get(t, o.h, path, "X-Councils", council)
			want(t, w, http.StatusOK)
			if strings.Contains(w.Body.String(), "The network is safe") != found {
				t.Errorf("%s for %s: found %v", path, council, !found)
			}
		}
		read(t, d, func(tx *db.Tx) error {
			n, err := factShelf.count(tx, Sight{Councils: []string{council}, Levels: TLPs}, query{where: "x.words LIKE ?", args: []any{"%quillfeather%"}})
			if n > 0 != found {
				t.Errorf("%s counts %d", council, n)
			}
			return err
		})
	}
}
