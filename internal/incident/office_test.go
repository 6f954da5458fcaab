package incident

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// box keeps the messages that were sent.
type box struct{ all []*mail.Message }

func (b *box) Send(_ context.Context, m *mail.Message) error {
	b.all = append(b.all, m)
	return nil
}

// office is the room with a key, mail, and three councils, at a time that the
// test moves.
type office struct {
	*Room
	h   http.Handler
	d   *db.DB
	now time.Time
	box box
	key *record.Signer
}

func newOffice(t testing.TB, d *db.DB) *office {
	t.Helper()
	o := &office{d: d, now: testNow}
	key, err := record.MakeKey(filepath.Join(t.TempDir(), "record.key"), record.Origin("C1"))
	if err != nil {
		t.Fatal(err)
	}
	o.key = key
	o.Room = New(Deps{DB: d, Now: func() time.Time { return o.now }, Case: "C1", Staff: testStaff{"lead", "u1", "u2"}, Office: Office{
		Signer: func(context.Context) (*record.Signer, error) { return key, nil }, Mail: &o.box, From: mail.Address{Mail: "reeve@example.org"}, Temp: t.TempDir()}})
	h, err := web.New(web.Options{Door: testDoor{&account.Room{}}, Title: "Test case", Now: o.Room.Now}, o.Sections()...)
	if err != nil {
		t.Fatal(err)
	}
	o.h = h
	write(t, d, func(tx *db.Tx) error {
		for _, c := range []Council{{"RBKC", "Royal Borough", "lead"}, {"WCC", "City Council", "affected"}, {"LBHF", "Third Borough", "shared"}} {
			if err := putCouncil(tx, c, "u1", 1); err != nil {
				return err
			}
		}
		return nil
	})
	return o
}

// form makes the fields of a slip: names and values in turn.
func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// do posts a slip that must succeed and gives where it leads.
func (o *office) do(t testing.TB, path string, v url.Values, headers ...string) string {
	t.Helper()
	w := post(t, o.h, path, v, headers...)
	want(t, w, http.StatusSeeOther)
	return w.Header().Get("Location")
}

func (o *office) get(t testing.TB, path string, headers ...string) string {
	t.Helper()
	w := get(t, o.h, path, headers...)
	want(t, w, http.StatusOK)
	return w.Body.String()
}

func awareForm(council, day, clock string) url.Values {
	return form("at", day, "at_time", clock, "who", "duty officer", "evidence", "alert 17", "reasoning", "the copy was seen", "nation", "0", "council", council, "tlp", "amber")
}

// TestTwoCouncilsAware: each council is aware at a moment of its own, and the
// clock of each follows its decision; when it is decided anew the clock moves,
// and the decision before stays on the page.
func TestTwoCouncilsAware(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.do(t, "/aware/new", awareForm("RBKC", "2025-11-24", "09:30"))
		o.do(t, "/aware/new", awareForm("WCC", "2025-11-25", "08:00"))
		list := o.get(t, "/clocks")
		for _, s := range []string{"Thursday 27 November 2025, 09:30 GMT", "Friday 28 November 2025, 08:00 GMT", "2 days left"} {
			if !strings.Contains(list, s) {
				t.Errorf("the list does not hold %q", s)
			}
		}
		if got := lastLeaf(t, d); got.Verb != "decide-aware" || got.Object != "aware:2" {
			t.Errorf("leaf %+v", got)
		}
		v := awareForm("RBKC", "2025-11-24", "07:00")
		v.Set("version", "1")
		v.Set("state", "stands")
		v.Set("why", "an earlier alert was found")
		o.do(t, "/aware/1/edit", v)
		page := o.get(t, "/clocks/1")
		if !strings.Contains(page, "Thursday 27 November 2025, 07:00 GMT") || !strings.Contains(page, "09:30") {
			t.Errorf("the clock did not follow, or lost its history: %s", head(page))
		}
		want(t, post(t, o.h, "/aware/1/edit", v), http.StatusConflict, "an earlier alert was found") // what was typed is given back
		v.Set("version", "2")
		v.Set("state", "withdrawn")
		o.do(t, "/aware/1/edit", v)
		if page = o.get(t, "/clocks/1"); !strings.Contains(page, "does not apply") {
			t.Errorf("the clock runs on: %s", head(page))
		}
	})
}

// TestPhases: a report in time ends the clock, follow-ups come after it, one that
// is late needs reasons, and a withdrawn one sets the clock running again.
func TestPhases(t *testing.T) {
	o := newOffice(t, testBook(t))
	o.do(t, "/aware/new", awareForm("RBKC", "2025-11-24", "09:30"))
	o.now = testNow.Add(96 * time.Hour)
	late := form("version", "1", "phase", "initial", "at", "2025-11-27", "at_time", "09:31", "way", "web form", "reference", "IC-1", "note", "first report")
	w := post(t, o.h, "/clocks/1/report", late)
	want(t, w, http.StatusUnprocessableEntity, "It is late by 1 minute", "first report")
	late.Set("late_why", "the network was down")
	o.do(t, "/clocks/1/report", late)
	if page := o.get(t, "/clocks/1"); !strings.Contains(page, "done late") || !strings.Contains(page, "the network was down") {
		t.Errorf("%s", head(page))
	}
	o.do(t, "/clocks/1/report/1/withdraw", form("version", "2", "why", "wrong time"))
	intime := form("version", "3", "phase", "initial", "at", "2025-11-27", "at_time", "09:30", "note", "first report")
	o.do(t, "/clocks/1/report", intime)
	o.do(t, "/clocks/1/report", form("version", "4", "phase", "follow-up", "at", "2025-11-28", "at_time", "12:00", "note", "more is known"))
	page := o.get(t, "/clocks/1")
	for _, s := range []string{"done in time", "Follow-up report", "<s>", "wrong time"} {
		if !strings.Contains(page, s) {
			t.Errorf("the page does not hold %q", s)
		}
	}
	var got struct{ Items struct{ Clock Clock } }
	if err := json.Unmarshal([]byte(o.get(t, "/clocks/1.json")), &got); err != nil || got.Items.Clock.State != clockMet || got.Items.Clock.Version != 5 {
		t.Errorf("%v %+v", err, got.Items.Clock)
	}
}

// TestClockForms: what the law sets cannot be typed, what it does not set must
// be; a duty of another nation is refused; a period that is over is not extended.
func TestClockForms(t *testing.T) {
	o := newOffice(t, testBook(t))
	base := func(duty string, more ...string) url.Values {
		v := form("duty", duty, "begun", "2025-11-03", "begun_time", "09:00", "begun_why", "came by post", "nation", "0", "council", "WCC", "tlp", "amber", "title", "Request 7")
		for i := 0; i < len(more); i += 2 {
			v.Set(more[i], more[i+1])
		}
		return v
	}
	want(t, post(t, o.h, "/clocks/new", base("insurer")), http.StatusUnprocessableEntity, "no law says so")
	want(t, post(t, o.h, "/clocks/new", base("foi", "due", "2025-12-01", "due_time", "09:00")), http.StatusUnprocessableEntity, "the law sets the end")
	want(t, post(t, o.h, "/clocks/new", base("foi-scotland")), http.StatusUnprocessableEntity, "This duty is for Scotland")
	want(t, post(t, o.h, "/clocks/new", base("article-34")), http.StatusUnprocessableEntity, "Name the group")
	o.do(t, "/clocks/new", base("insurer", "due", "2025-12-01", "due_time", "09:00"))
	o.do(t, "/clocks/new", base("rights-request"))
	o.do(t, "/clocks/2/held", form("version", "1", "held", "ICO paused, letter of 4 December"))
	if page := o.get(t, "/clocks/2"); !strings.Contains(page, "end of Wednesday 3 December 2025") || !strings.Contains(page, "letter of 4 December") {
		t.Errorf("%s", head(page))
	}
	o.now = londonAt(t, "2025-12-04 00:00")
	want(t, post(t, o.h, "/clocks/2/longer", form("version", "2", "why", "complex")), http.StatusUnprocessableEntity, "can no longer be extended")
	o.now = londonAt(t, "2025-12-03 23:00")
	o.do(t, "/clocks/2/longer", form("version", "2", "why", "complex"))
	if page := o.get(t, "/clocks/2"); !strings.Contains(page, "end of Tuesday 3 February 2026") {
		t.Errorf("%s", head(page))
	}
	o.do(t, "/clocks/new", base("article-34", "cohort", "people in temporary accommodation", "list_version", "3", "people", "1,204", "choice", "tell", "choice_why", "addresses of refuges"))
	if page := o.get(t, "/clocks/3"); !strings.Contains(page, "1,204") || !strings.Contains(page, "without undue delay") {
		t.Errorf("%s", head(page))
	}
	o.do(t, "/clocks/3/void", form("version", "1", "why", "encrypted"))
}

// TestReminders: a council is told once of each stage of its own clocks; nothing
// red, nothing of another council, no twice.
func TestReminders(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.do(t, "/councils/of/RBKC/edit", form("nation", "0", "mails", "duty@example.org\ndpo@example.org"))
		o.do(t, "/aware/new", awareForm("RBKC", "2025-11-24", "09:30"))
		o.do(t, "/aware/new", awareForm("WCC", "2025-11-24", "09:30"))
		red := awareForm("RBKC", "2025-11-24", "09:00")
		red.Set("tlp", "red")
		o.do(t, "/aware/new", red)
		for _, x := range []struct {
			at   string
			sent int
		}{{"2025-11-26 09:00", 0}, {"2025-11-26 09:40", 1}, {"2025-11-26 10:00", 1}, {"2025-11-27 09:00", 2}, {"2025-11-27 10:00", 3}, {"2025-11-28 10:00", 3}} {
			o.now = londonAt(t, x.at)
			if err := o.remind(t.Context()); err != nil {
				t.Fatal(err)
			}
			if len(o.box.all) != x.sent {
				t.Fatalf("at %s: %d messages, want %d", x.at, len(o.box.all), x.sent)
			}
		}
		m := o.box.all[0]
		if len(m.To) != 2 || !strings.Contains(m.Text, "Clock 1:") || strings.Contains(m.Text, "Clock 2:") || strings.Contains(m.Text, "Clock 3:") || m.ID == o.box.all[1].ID {
			t.Errorf("%+v", m)
		}
	})
}

// TestCalendarAndSheet: what leaves holds no red clock; ids of events stay.
func TestCalendarAndSheet(t *testing.T) {
	o := newOffice(t, testBook(t))
	o.do(t, "/aware/new", awareForm("RBKC", "2025-11-24", "09:30"))
	red := awareForm("RBKC", "2025-11-24", "10:00")
	red.Set("tlp", "red")
	o.do(t, "/aware/new", red)
	got := strings.ReplaceAll(o.get(t, "/clocks/calendar"), "\r\n ", "")
	for _, s := range []string{"UID:clock-1@C1", "20251127T093000", "Report the breach to the ICO"} {
		if !strings.Contains(got, s) {
			t.Errorf("the calendar does not hold %q: %s", s, got)
		}
	}
	if strings.Contains(got, "clock-2@") {
		t.Error("a red clock left in the calendar")
	}
	if s := o.get(t, "/clocks/sheet"); !strings.HasPrefix(s, "%PDF-") {
		t.Error("no PDF")
	}
	for _, path := range []string{"/clocks.json", "/clocks.csv"} {
		if s := o.get(t, path); strings.Contains(s, "10:00") || strings.Count(s, "ico-72") != 1 {
			t.Errorf("%s: %s", path, s)
		}
	}
	if s := o.get(t, "/clocks"); strings.Count(s, "/clocks/1\"")+strings.Count(s, "/clocks/2\"") != 2 {
		t.Error("the page does not show both clocks")
	}
}

// TestAgencies: what was said rests on facts; when one changes, it is listed.
func TestAgencies(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		f := Fact{Kept: by("RBKC", Amber), Topic: "lead agency", Value: "Met", Claim: "The police lead", Source: "call", AsOf: 1, Confidence: "likely", Sort: sortKnown, State: stands}
		write(t, d, func(tx *db.Tx) error { return factShelf.put(tx, &f, 0) })
		o.do(t, "/agencies/new", form("sort", "police", "clock", "0", "state", "to-tell", "council", "RBKC", "tlp", "amber"))
		o.do(t, "/agencies/1/told", form("version", "1", "direction", "told", "at", "2025-11-25", "at_time", "09:00", "who", "lead", "them", "the desk", "note", "We were attacked", "facts", fmt.Sprint(f.Number), "reference", "CRN 1"))
		read(t, d, func(tx *db.Tx) error {
			built, err := Built(tx, f.ID)
			if len(built) != 1 || built[0].Kind != KindTold || built[0].Path != "/agencies/1#said" || built[0].Stale {
				t.Errorf("%+v", built)
			}
			return err
		})
		o.do(t, "/agencies/1/police", form("stage", "recorded", "at", "2025-11-24", "at_time", "12:00", "known", "2025-11-25", "known_time", "08:00", "source", "DC 1"))
		o.do(t, "/agencies/1/police", form("stage", "early", "at", "2025-11-25", "at_time", "08:30", "known", "2025-11-25", "known_time", "09:00", "source", "DC 1"))
		page := o.get(t, "/agencies/1")
		for _, s := range []string{"no arrests made", "Recorded as a crime", "We were attacked", "CRN 1", "Told"} {
			if !strings.Contains(page, s) {
				t.Errorf("the page does not hold %q", s)
			}
		}
		o.do(t, "/agencies/1/told/1/withdraw", form("version", "1", "why", "it was somebody else"))
		if page = o.get(t, "/agencies/1"); !strings.Contains(page, "it was somebody else") {
			t.Error("not withdrawn")
		}
	})
}

const digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func evidenceForm(council, tlp, title string) url.Values {
	return form("title", title, "sort", "image", "source", "file server", "acquired", "2025-11-24", "acquired_time", "11:00", "acquired_by", "U Analyst", "sha256", strings.ToUpper(digest),
		"size", "1,000", "purpose", "to find what was copied", "seal", "S-1", "place", "safe 1", "holder", "User lead", "council", council, "tlp", tlp)
}

// TestChain: a hand-over counts when both sides signed; nobody signs for others;
// one at a time; an outsider signs on paper; the whole chain stays.
func TestChain(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		bad := evidenceForm("RBKC", "amber", "Image")
		bad.Set("sha256", "12")
		want(t, post(t, o.h, "/evidence/new", bad), http.StatusUnprocessableEntity, "64 digits")
		o.do(t, "/evidence/new", evidenceForm("RBKC", "amber", "Image of the file server"))
		if leaf := lastLeaf(t, d); leaf.Digest != digest {
			t.Errorf("the leaf does not hold the digest: %+v", leaf)
		}
		move := func(giver, taker string, more ...string) url.Values {
			return form(append([]string{"version", "1", "sort", "within", "at", "2025-11-25", "at_time", "09:00", "giver_user", giver, "taker_user", taker, "purpose", "analysis", "place", "lab", "seal", "S-2", "intact", "intact"}, more...)...)
		}
		want(t, post(t, o.h, "/evidence/1/move", move("u1", "u2")), http.StatusUnprocessableEntity, "One side must be you")
		want(t, post(t, o.h, "/evidence/1/move", move("lead", "lead")), http.StatusUnprocessableEntity, "two people")
		want(t, post(t, o.h, "/evidence/1/move", move("lead", "outsider", "taker", "DC 1, police")), http.StatusUnprocessableEntity, "reference of the signed paper")
		o.do(t, "/evidence/1/move", move("lead", "u1"))
		if page := o.get(t, "/evidence/1"); !strings.Contains(page, "waits for a signature") || strings.Contains(page, "Sign the hand-over") {
			t.Errorf("%s", head(page))
		}
		second := move("lead", "u2")
		second.Set("version", "2")
		want(t, post(t, o.h, "/evidence/1/move", second), http.StatusConflict)
		want(t, post(t, o.h, "/evidence/1/sign/1", form("version", "2"), "X-Who", "u2"), http.StatusForbidden)
		o.do(t, "/evidence/1/sign/1", form("version", "2"), "X-Who", "u1")
		out := form("version", "3", "sort", "out", "at", "2025-11-25", "at_time", "09:10", "giver_user", "u1", "taker_user", "outsider", "taker", "DC 1, police", "taker_paper", "P-7", "purpose", "investigation", "place", "station", "seal", "S-3")
		o.do(t, "/evidence/1/move", out, "X-Who", "u1")
		page := o.get(t, "/evidence/1")
		for _, s := range []string{"signed by both", "signed on paper P-7", "DC 1, police", "station", "S-3", "outside", "User u1"} {
			if !strings.Contains(page, s) {
				t.Errorf("the page does not hold %q", s)
			}
		}
		destroy := form("version", "4", "sort", "destroy", "at", "2025-11-25", "at_time", "09:20", "giver_user", "lead", "taker_user", "outsider", "taker", "Witness", "taker_paper", "P-8", "purpose", "retention ended")
		o.do(t, "/evidence/1/move", destroy)
		destroy.Set("version", "5")
		want(t, post(t, o.h, "/evidence/1/move", destroy), http.StatusConflict) // it is gone
		for _, path := range []string{"/evidence/1/sheet", "/evidence/labels?piece=1"} {
			if s := o.get(t, path); !strings.HasPrefix(s, "%PDF-") {
				t.Errorf("%s is no PDF", path)
			}
		}
	})
}

// unzip reads a ZIP file.
func unzip(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string][]byte)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// checkParcel checks a parcel as its README says, and that a changed byte shows.
func checkParcel(t testing.TB, files map[string][]byte, key string) {
	t.Helper()
	for line := range strings.Lines(string(files["manifest.txt"])) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if digestOf(files[name]) != sum {
			t.Errorf("%s is not what the manifest says", name)
		}
	}
	found, err := record.Verify(bytes.NewReader(files["record.bundle"]), record.Verification{Keys: key})
	if err != nil || !found.Extract {
		t.Fatalf("verify: %v %+v", err, found)
	}
	if !bytes.Contains(files["record.bundle"], []byte(digestOf(files["manifest.txt"]))) {
		t.Error("the record does not hold the digest of the manifest")
	}
	broken := bytes.Replace(files["record.bundle"], []byte(digestOf(files["manifest.txt"])), []byte(strings.Repeat("0", 64)), 1)
	if _, err := record.Verify(bytes.NewReader(broken), record.Verification{Keys: key}); err == nil {
		t.Error("a changed manifest was not noticed")
	}
}

// TestPoliceBundle: the bundle holds the chain and its proof, and nothing red.
func TestPoliceBundle(t *testing.T) {
	o := newOffice(t, testBook(t))
	o.do(t, "/evidence/new", evidenceForm("RBKC", "amber+strict", "Image of the file server"))
	o.do(t, "/evidence/new", evidenceForm("RBKC", "red", "Secret source"))
	w := post(t, o.h, "/evidence/bundle", form("for", "Police, CRN 1"))
	want(t, w, http.StatusOK)
	files := unzip(t, w.Body.Bytes())
	checkParcel(t, files, o.key.Public())
	for name, data := range files {
		if bytes.Contains(data, []byte("Secret source")) {
			t.Errorf("%s holds what is red", name)
		}
	}
	if !bytes.Contains(files["evidence.json"], []byte("Image of the file server")) || !bytes.Contains(files["pieces.sha256"], []byte(digest+"  E-1")) {
		t.Error("the piece is not in the bundle")
	}
	want(t, post(t, o.h, "/evidence/bundle", form("for", "Police", "pieces", "E-1, 2")), http.StatusNotFound)
	want(t, post(t, o.h, "/evidence/bundle", form("for", "Police", "pieces", "one")), http.StatusUnprocessableEntity)
}

// TestCosts: sums are right to the penny, by council and stream; a withdrawn line
// counts no more; forecasts stay beside the outturn.
func TestCosts(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		line := func(kind, amount, stage, term, council string, more ...string) url.Values {
			return form(append([]string{"kind", kind, "title", "Line of " + kind, "day", "2025-11-24", "amount", amount, "stage", stage, "term", term, "stream", "technology", "council", council, "tlp", "amber"}, more...)...)
		}
		want(t, post(t, o.h, "/costs/new", line("spend", "", "actual", "immediate", "RBKC")), http.StatusUnprocessableEntity, "Enter the amount")
		want(t, post(t, o.h, "/costs/new", line("hours", "5", "actual", "immediate", "RBKC", "hours", "2")), http.StatusUnprocessableEntity, "Leave this empty")
		o.do(t, "/costs/new", line("spend", "1,000.10", "actual", "immediate", "RBKC"))
		o.do(t, "/costs/new", line("spend", "£200.20", "committed", "long", "RBKC"))
		o.do(t, "/costs/new", line("hours", "", "actual", "immediate", "RBKC", "hours", "7.5", "rate", "33.33"))
		o.do(t, "/costs/new", line("grant", "3680000", "received", "immediate", "RBKC", "agreed", "3,000,000.00", "received", "250000"))
		o.do(t, "/costs/new", line("fund", "50000", "actual", "immediate", "WCC"))
		o.do(t, "/costs/new", line("spend", "70", "actual", "immediate", "WCC"))
		o.do(t, "/costs/6/edit", func() url.Values {
			v := line("spend", "70", "actual", "immediate", "WCC", "version", "1", "state", "withdrawn", "why", "twice")
			return v
		}())
		o.do(t, "/costs/forecast", form("at", "2025-11-24", "at_time", "12:00", "amount", "16400000", "low", "10000000", "high", "17000000", "note", "first guess", "council", "RBKC", "tlp", "amber"))
		o.do(t, "/costs/forecast", form("at", "2025-11-25", "at_time", "09:00", "amount", "10440000", "note", "after review", "council", "RBKC", "tlp", "amber"))
		read(t, d, func(tx *db.Tx) error {
			sums, err := Costs(tx, everything)
			want := []CostSum{{Of: "RBKC", Immediate: 100010 + 24998, Long: 20020, Minutes: 450, Labour: 24998, Asked: 368000000, Agreed: 300000000, Received: 25000000, Forecast: 1044000000}, {Of: "WCC", Funds: 5000000}}
			if !slices.Equal(sums, want) {
				t.Errorf("%+v", sums)
			}
			return err
		})
		page := o.get(t, "/costs")
		for _, s := range []string{"£16,400,000.00", "£10,440,000.00", "£1,450.28", "<s>", "7.5 hours"} {
			if !strings.Contains(page, s) {
				t.Errorf("the page does not hold %q", s)
			}
		}
		if csv := o.get(t, "/costs.csv"); strings.Count(csv, "\n") != 7 || !strings.Contains(csv, "1000.10") {
			t.Errorf("%s", csv)
		}
		if b := o.get(t, "/costs/book"); !strings.HasPrefix(b, "PK") {
			t.Error("no workbook")
		}
	})
}

// TestDigest: the digest of a file is reckoned as it comes in and stands in the
// form; nothing of the file is kept.
func TestDigest(t *testing.T) {
	o := newOffice(t, testBook(t))
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "empty.log")
	if err != nil {
		t.Fatal(err)
	}
	part.Write([]byte("line\n"))
	w.Close()
	r := httptest.NewRequest("POST", "/evidence/digest", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	got := send(t, o.h, r, nil)
	want(t, got, http.StatusSeeOther)
	want(t, get(t, o.h, got.Header().Get("Location")), http.StatusOK, digestOf([]byte("line\n")), `value="5"`)
	want(t, post(t, o.h, "/evidence/digest", form("a", "b")), http.StatusBadRequest)
}
