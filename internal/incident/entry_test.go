package incident

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// entryForm is a form that says all that is needed.
func entryForm(title string) url.Values {
	return url.Values{"title": {title}, "kind": {"event"}, "happened_day": {"2025-11-24"}, "happened_time": {"06:10"}, "known_day": {"2025-11-24"}, "known_time": {"09:00"},
		"council": {""}, "tlp": {"amber"}, "source": {"night shift"}, "note": {"an alarm"}}
}

// TestTimelinePages: an entry is written, changed and withdrawn, each version is
// kept, and of two scribes who write at once the second loses nothing.
func TestTimelinePages(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	want(t, get(t, h, "/timeline"), http.StatusOK, "Nothing yet")
	want(t, get(t, h, "/timeline/add"), http.StatusOK, "What happened?", `value="2025-11-25"`)
	want(t, post(t, h, "/timeline", url.Values{}), http.StatusUnprocessableEntity, "Say in a sentence what happened", "Enter the day", "Choose what it is about")
	f := entryForm("Unusual activity")
	f.Set("happened_day", "2026-11-24")
	want(t, post(t, h, "/timeline", f), http.StatusUnprocessableEntity, "Enter a day and time that have been")
	f = entryForm("Unusual activity")
	f.Set("known_time", "05:00")
	want(t, post(t, h, "/timeline", f), http.StatusUnprocessableEntity, "We cannot have known before it happened")
	want(t, post(t, h, "/timeline", entryForm("Unusual activity")), http.StatusSeeOther)
	if l := lastLeaf(t, d); l.Object != "entry:1" || strings.Contains(l.Leaf.Line, "Unusual") {
		t.Errorf("leaf %+v", l)
	}
	want(t, get(t, h, "/timeline"), http.StatusOK, "Unusual activity", "Monday 24 November 2025", "06:10", "known to us 2 hours 50 minutes later")

	mine, theirs := entryForm("Unusual activity on servers"), entryForm("Odd activity, as I heard it")
	for _, form := range []url.Values{mine, theirs} {
		form.Set("version", "1")
		form.Set("why", "more is known")
	}
	want(t, post(t, h, "/timeline/1", mine, "X-Who", "u1"), http.StatusSeeOther)
	want(t, post(t, h, "/timeline/1", theirs, "X-Who", "u2"), http.StatusConflict, "Odd activity, as I heard it", "more is known", "an alarm")
	want(t, post(t, h, "/timeline/1/withdraw", url.Values{"version": {"2"}}), http.StatusUnprocessableEntity, "Say what is wrong with it")
	want(t, post(t, h, "/timeline/1/withdraw", url.Values{"version": {"2"}, "why": {"it was a test"}}), http.StatusSeeOther)
	want(t, get(t, h, "/timeline/1"), http.StatusOK, "<s>Unusual activity on servers</s>", "Withdrawn: it was a test", "1.</b> Unusual activity", "User u1")
	want(t, get(t, h, "/timeline"), http.StatusOK, "withdrawn")
	want(t, get(t, h, "/timeline/9"), http.StatusNotFound)
	want(t, get(t, h, "/timeline?after=x"), http.StatusNotFound)
}

// TestManyScribesAtOnce: of several who change one entry at the same moment one
// is kept, and each of the others is told.
func TestManyScribesAtOnce(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		e := Entry{Kept: by("", Amber), Happened: 5, Known: 5, Kind: "event", Title: "first", State: stands}
		write(t, d, func(tx *db.Tx) error { return addEntry(tx, &e, 0) })
		answers := make(chan error)
		const scribes = 6
		for range scribes {
			go func() {
				mine := e
				answers <- d.Write(t.Context(), func(tx *db.Tx) error { return addEntry(tx, &mine, 1) })
			}()
		}
		kept := 0
		for range scribes {
			switch err := <-answers; {
			case err == nil:
				kept++
			case !errors.Is(err, reeve.Conflict):
				t.Error(err)
			}
		}
		if kept != 1 {
			t.Errorf("%d of %d were kept", kept, scribes)
		}
	})
}

// TestTimelineIsPagedFilteredAndSearched over more entries than a page holds.
func TestTimelineIsPagedFilteredAndSearched(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		write(t, d, func(tx *db.Tx) error {
			for i := range 130 {
				e := Entry{Kept: by("", Amber), Happened: 1_763_000_000 + int64(i/3)*3600, Known: 1_763_000_000 + int64(i), Kind: []string{"event", "press"}[i%2], Title: fmt.Sprintf("Thing %d", i), Source: "Scribe’s log", State: stands}
				if err := addEntry(tx, &e, 0); err != nil {
					return err
				}
			}
			return nil
		})
		_, h := testRoom(t, d)
		var pages int
		var seen []string
		for at := "/timeline.json?limit=50"; at != ""; pages++ {
			body := get(t, h, strings.Replace(at, ".json", "", 1)).Body.String()
			for i := range 130 {
				if strings.Contains(body, fmt.Sprintf(">Thing %d<", i)) {
					seen = append(seen, fmt.Sprint(i))
				}
			}
			_, rest, ok := strings.Cut(body, `<div class="govuk-pagination__next"><a class="govuk-link govuk-pagination__link" href="`)
			if at = ""; ok {
				at, _, _ = strings.Cut(rest, `"`)
				at = strings.ReplaceAll(at, "&amp;", "&")
			}
		}
		if pages != 3 || len(seen) != 130 {
			t.Errorf("%d pages hold %d entries, want 3 and 130", pages, len(seen))
		}
		want(t, get(t, h, "/timeline?q=scribes+thing+77"), http.StatusOK, "Thing 77")
		wantNot(t, get(t, h, "/timeline?q=scribes+thing+77"), "Thing 76")
		wantNot(t, get(t, h, "/timeline?kind=press"), "Thing 128<")
		wantNot(t, get(t, h, "/timeline?q=%25"), "Nothing yet")
		want(t, get(t, h, "/timeline?from=2025-11-14&until=2025-11-14"), http.StatusOK, "14 November 2025")
		wantNot(t, get(t, h, "/timeline?from=2025-11-14&until=2025-11-14"), "13 November 2025", "15 November 2025")
		want(t, get(t, h, "/timeline.csv"), http.StatusOK, "happened,known,kind", "Thing 0")
		want(t, get(t, h, "/timeline.ics"), http.StatusOK, "BEGIN:VCALENDAR", "entry-130@C1")
	})
}

// TestActsOnRecordJoinTheTimeline, but for daily work on people, sign-ins, and
// whoever may not read the record.
func TestActsOnRecordJoinTheTimeline(t *testing.T) {
	d := testBook(t)
	m, h := testRoom(t, d)
	write(t, d, func(tx *db.Tx) error {
		var faults []error
		for i, l := range []record.Leaf{{Verb: "sweep", Object: "case", Line: "a sweep ended"}, {Verb: "sign-in", Object: "user:u1", Line: "somebody signed in"},
			{Verb: "call", Object: "person:PAAAAAAAAAAAA", Line: "a call"}, {Verb: "export", Object: "version:1", Line: "about PAAAAAAAAAAAA"}} {
			l.Time, l.Actor = testNow.Unix()-100+int64(i), "u1"
			_, err := record.Append(tx, l)
			faults = append(faults, err)
		}
		return errors.Join(faults...)
	})
	want(t, post(t, h, "/timeline", entryForm("Unusual activity")), http.StatusSeeOther)
	if err := m.noteActs(t.Context()); err != nil {
		t.Fatal(err)
	}
	write(t, d, func(tx *db.Tx) error {
		_, err := record.Append(tx, record.Leaf{Time: testNow.Unix(), Actor: "u1", Verb: "sweep", Object: "case", Line: "another sweep ended"})
		return err
	})
	w := get(t, h, "/timeline")
	want(t, w, http.StatusOK, "a sweep ended", "another sweep ended", "on record", "Unusual activity", "User u1")
	wantNot(t, w, "signed in", "a call", "PAAAAAAAAAAAA", "timeline: entry 1")
	want(t, get(t, h, "/timeline?kind=record&q=sweep"), http.StatusOK, "a sweep ended")
	wantNot(t, get(t, h, "/timeline?kind=record"), "Unusual activity")
	wantNot(t, get(t, h, "/timeline", "X-Councils", "AAA"), "a sweep ended")
	wantNot(t, get(t, h, "/timeline", "X-Role", "scribe"), "a sweep ended")
}

// TestActsFarBackAreFound: thousands of acts that do not belong into the story
// lie between two that do; page by page each stands once.
func TestActsFarBackAreFound(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		m, h := testRoom(t, d)
		write(t, d, func(tx *db.Tx) error {
			for i := range int64(freshScan + 500) {
				l := record.Leaf{Time: testNow.Unix() - 1_000_000 + i, Actor: "u1", Verb: "judge", Object: "person:1", Line: "quiet"}
				if i%60 == 0 {
					l.Verb, l.Object, l.Line = "sweep", "case", fmt.Sprintf("sweep %d.", i)
				}
				if i == 0 {
					l.Line = "sweep zero"
				}
				if _, err := record.Append(tx, l); err != nil {
					return err
				}
			}
			return nil
		})
		if err := errors.Join(m.noteActs(t.Context()), m.noteActs(t.Context()), m.dropImports(t.Context())); err != nil {
			t.Fatal(err)
		}
		seen, pages := 0, 0
		for at := "/timeline"; at != ""; pages++ {
			body := get(t, h, at).Body.String()
			seen += strings.Count(body, "sweep ")
			_, rest, ok := strings.Cut(body, `pagination__next"><a class="govuk-link govuk-pagination__link" href="`)
			if at = ""; ok {
				at, _, _ = strings.Cut(rest, `"`)
			}
		}
		if want := (freshScan + 559) / 60; seen != want || pages != 2 {
			t.Errorf("%d acts on %d pages, want %d on 2", seen, pages, want)
		}
		want(t, get(t, h, "/timeline?kind=record&q=sweep+zero"), http.StatusOK, "sweep zero")
	})
}

// sendCSV uploads a file of entries.
func sendCSV(t *testing.T, h http.Handler, text string) *httptest.ResponseRecorder {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	err := errors.Join(w.WriteField("council", ""), w.WriteField("tlp", "green"))
	part, err2 := w.CreateFormFile("file", "log.csv")
	if err = errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(part, text); err != nil {
		t.Fatal(err)
	}
	w.Close()
	r := httptest.NewRequest("POST", "/timeline-import", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return send(t, h, r, nil)
}

// TestImport: a file is looked at before it is taken; rows that cannot be taken
// are shown with what is wrong.
func TestImport(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		_, h := testRoom(t, d)
		want(t, get(t, h, "/timeline-import"), http.StatusOK, "names its columns")
		want(t, sendCSV(t, h, "a,b\n1,2\n"), http.StatusBadRequest, "at least happened and title")
		want(t, sendCSV(t, h, ""), http.StatusBadRequest)
		text := "\ufeffTimestamp;x\n"
		want(t, sendCSV(t, h, text), http.StatusBadRequest)
		w := sendCSV(t, h, "\ufeffTimestamp,Message,Source,Kind\n24/11/2025 06:10,\"Alarm, loud\",SIEM,attack\n2025-11-24T07:00:00Z,Switch off,Ops,nonsense\nsoon,Something,,\n2025-11-24 08:00,,,\n")
		want(t, w, http.StatusSeeOther)
		want(t, get(t, h, "/timeline-import/1"), http.StatusOK, "2 of log.csv can be taken, 2 cannot", "Alarm, loud", "The time is missing or not understood", "It does not say what happened")
		want(t, get(t, h, "/timeline"), http.StatusOK, "Nothing yet")
		want(t, get(t, h, "/timeline-import/1", "X-Who", "u2"), http.StatusNotFound)
		want(t, post(t, h, "/timeline-import/1", url.Values{"do": {"take"}}), http.StatusSeeOther)
		want(t, post(t, h, "/timeline-import/1", url.Values{"do": {"take"}}), http.StatusConflict)
		if l := lastLeaf(t, d); l.Verb != "import" || l.Rows != 2 {
			t.Errorf("leaf %+v", l)
		}
		want(t, get(t, h, "/timeline"), http.StatusOK, "Alarm, loud", "06:10", "Switch off", "07:00", "TLP:GREEN")
		want(t, get(t, h, "/timeline/2"), http.StatusOK, "from log.csv")
		want(t, post(t, h, "/timeline", entryForm("After the file")), http.StatusSeeOther)
		want(t, get(t, h, "/timeline/3"), http.StatusOK, "After the file")
		want(t, sendCSV(t, h, "happened,title\n2025-11-24,x\n"), http.StatusSeeOther)
		want(t, post(t, h, "/timeline-import/2", url.Values{"do": {"drop"}}), http.StatusSeeOther)
		want(t, get(t, h, "/timeline-import/2"), http.StatusOK, "This file was dropped")
	})
}

func TestMoments(t *testing.T) {
	for s, want := range map[string]string{
		"2026-01-12 09:30": "2026-01-12T09:30:00Z", "12/01/2026 09:30": "2026-01-12T09:30:00Z", "2026-07-12 09:30": "2026-07-12T08:30:00Z",
		"2025-11-24T07:00:00+02:00": "2025-11-24T05:00:00Z", "24 November 2025": "2025-11-24T00:00:00Z",
	} {
		if at, ok := readMoment(s); !ok || stamp(at) != want {
			t.Errorf("%s: %s, want %s", s, stamp(at), want)
		}
	}
	for _, s := range []string{"", "soon", "31/02/2026", "1812-01-01", "2200-01-01"} {
		if _, ok := readMoment(s); ok {
			t.Errorf("%q is taken for a moment", s)
		}
	}
}

// FuzzImport: whatever a file holds, reading it ends, and each row either has a
// fault or can be kept.
func FuzzImport(f *testing.F) {
	f.Add("happened,title\n2025-11-24,x\n\"broken\n")
	f.Add("time,what,known\n,,\n12/01/2026 09:30,\x00\xff,soon\n")
	f.Fuzz(func(t *testing.T, text string) {
		in, err := newImportReader(strings.NewReader(text), testNow)
		if err != nil {
			if !errors.Is(err, reeve.Invalid) {
				t.Fatal(err)
			}
			return
		}
		for range len(text) + 2 {
			row, err := in.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if row.Fault == "" && (row.Title == "" || row.Kind == "" || row.Happened == 0 && row.Known == 0 || row.Line < 1) {
				t.Fatalf("%+v", row)
			}
		}
		t.Fatal("the file does not end")
	})
}
