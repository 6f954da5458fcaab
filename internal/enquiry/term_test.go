package enquiry

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/uk"
)

// dueDay is the day by which an enquiry must be answered.
func dueDay(t *testing.T, c *sweep.Case, id int64) string {
	t.Helper()
	e := ask(t, c, func(tx *db.Tx) (Enquiry, error) { return readEnquiry(tx, id) })
	return time.Unix(e.Due, 0).In(london).Format(time.DateOnly)
}

// TestRightsClock: one month, made longer once, with a reason, and only when they
// were told before it was over.
func TestRightsClock(t *testing.T) {
	now := testNow
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c, Now: func() time.Time { return now }})
	want(t, post(t, h, "/enquiries/new", typedEnquiry("kind", "rights")), 303)
	want(t, get(t, h, "/enquiries/1"), 200, "12 February 2026", "UK GDPR, article 12(3)", "To 13 April 2026")
	want(t, post(t, h, "/enquiries/1/extend", url.Values{"version": {"1"}}), 422, "Say why it takes longer", "Choose how they were told")
	want(t, post(t, h, "/enquiries/1/extend", url.Values{"version": {"1"}, "extend_why": {"forty files"}, "extend_way": {"paper"}}), 303)
	want(t, get(t, h, "/enquiries/1"), 200, "13 April 2026, 23:59", "and they were told")
	want(t, post(t, h, "/enquiries/1/extend", url.Values{"version": {"2"}, "extend_why": {"again"}, "extend_way": {"paper"}}), 409)
	want(t, post(t, h, "/enquiries/new", typedEnquiry("kind", "rights")), 303)
	now = now.AddDate(0, 1, 1)
	want(t, post(t, h, "/enquiries/2/extend", url.Values{"version": {"1"}, "extend_why": {"too late"}, "extend_way": {"paper"}}), 409, "before it is over")
	now = now.AddDate(0, 4, 0)
	want(t, get(t, h, "/enquiries?late=1"), 200, `href="/enquiries/1"`, "late")
}

// TestTheClockStands while they are asked who they are, or what they mean, and
// for nothing else; meanwhile nothing is late.
func TestTheClockStands(t *testing.T) {
	now := testNow
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c, Now: func() time.Time { return now }})
	for range 2 {
		want(t, post(t, h, "/enquiries/new", typedEnquiry("kind", "rights", "email", "")), 303)
	}
	want(t, post(t, h, "/enquiries/new", typedEnquiry("email", "")), 303)
	want(t, post(t, h, "/enquiries/1/pause", url.Values{"version": {"1"}, "pause": {"holiday"}, "pause_way": {"email"}}), 422, "Choose what they were asked for")
	want(t, post(t, h, "/enquiries/1/pause", url.Values{"version": {"1"}, "pause": {"identity"}, "pause_way": {"email"}}), 303)
	now = now.AddDate(0, 0, 3) // Thursday 15 January
	want(t, post(t, h, "/enquiries/2/pause", url.Values{"version": {"1"}, "pause": {"meaning"}, "pause_way": {"phone"}}), 303)
	want(t, post(t, h, "/enquiries/3/pause", url.Values{"version": {"1"}, "pause": {"meaning"}, "pause_way": {"phone"}}), 409)
	want(t, post(t, h, "/enquiries/1/resume", url.Values{"version": {"9"}}), 409)
	now = now.AddDate(0, 2, 0) // Sunday 15 March: both first months are over
	for _, path := range []string{"/enquiries/1", "/enquiries/2"} {
		want(t, get(t, h, path), 200, "the clock stands")
	}
	counted := ask(t, c, func(tx *db.Tx) (counts, error) { return countQueue(tx, nil, now.Unix()) })
	if counted.Late != 1 { // the question
		t.Errorf("%d late while two clocks stand", counted.Late)
	}
	for _, path := range []string{"/enquiries/1/resume", "/enquiries/2/resume"} {
		want(t, post(t, h, path, url.Values{"version": {"2"}}), 303)
	}
	// Who they are came on 15 March: a month from then. What they mean took 59
	// days: 12 February and those days is Sunday 12 April, so the day after.
	if a, b := dueDay(t, c, 1), dueDay(t, c, 2); a != "2026-04-15" || b != "2026-04-13" {
		t.Errorf("due %s and %s", a, b)
	}
	want(t, post(t, h, "/enquiries/1/resume", url.Values{"version": {"3"}}), 409)
}

// TestStagesOfAComplaint: acknowledged in five working days, answered ten after
// that; then a second stage with twenty, and no third.
func TestStagesOfAComplaint(t *testing.T) {
	now := testNow
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c, Now: func() time.Time { return now }})
	want(t, post(t, h, "/enquiries/new", typedEnquiry("kind", "complaint")), 303)
	if d := dueDay(t, c, 1); d != "2026-02-02" { // fifteen working days from Monday 12 January
		t.Errorf("due %s", d)
	}
	step := func(path string, form url.Values, status int) {
		t.Helper()
		e := ask(t, c, func(tx *db.Tx) (Enquiry, error) { return readEnquiry(tx, 1) })
		form.Set("version", fmt.Sprint(e.Version))
		want(t, post(t, h, "/enquiries/1/"+path, form), status)
	}
	step("stage", url.Values{"stage_why": {"Too slow"}}, 409)
	step("note", url.Values{"what": {"contact"}, "way": {"phone"}, "words": {"We have it"}}, 303)
	if d := dueDay(t, c, 1); d != "2026-01-26" { // ten from its acknowledgement
		t.Errorf("acknowledged at once, due %s", d)
	}
	step("extend", url.Values{"extend_why": {"Three teams"}, "extend_way": {"email"}}, 303)
	if d := dueDay(t, c, 1); d != "2026-02-09" {
		t.Errorf("made longer, due %s", d)
	}
	step("take", url.Values{}, 303)
	step("note", url.Values{"what": {"answer"}, "way": {"email"}, "words": {"Sorry"}}, 303)
	now = now.AddDate(0, 0, 7)
	step("stage", url.Values{}, 422)
	step("stage", url.Values{"stage_why": {"Not sorry enough"}}, 303)
	want(t, get(t, h, "/enquiries/1"), 200, "stage 2", "26 January 2026")
	if d := dueDay(t, c, 1); d != "2026-02-23" { // five and twenty from Monday 19 January
		t.Errorf("second stage due %s", d)
	}
	step("take", url.Values{}, 303)
	step("note", url.Values{"what": {"answer"}, "way": {"email"}, "words": {"Very sorry"}}, 303)
	step("stage", url.Values{"stage_why": {"Never"}}, 409)
}

// TestResumedNeverShortens: a clock that stood is never due sooner than before,
// whatever the days.
func TestResumedNeverShortens(t *testing.T) {
	for day := range 400 {
		received := time.Date(2026, 1, 1, 10, 0, 0, 0, london).AddDate(0, 0, day)
		for _, stood := range []int{0, 1, 4, 30, 61} {
			for _, why := range []Pause{ForIdentity, ForMeaning} {
				e := Enquiry{Kind: Rights, State: Waiting, Received: received.Unix(), Due: monthsDue(received, 1, uk.Scotland).Unix(), Paused: received.Unix(), Pause: why}
				due := e.resumed(received.AddDate(0, 0, stood), uk.Scotland)
				if due.Unix() < e.Due || !uk.WorkingDay(uk.Scotland, due) || due.Sub(time.Unix(e.Due, 0)) > time.Duration(stood+7)*24*time.Hour {
					t.Fatalf("%s, %s, %d days: due %s", received, why, stood, due)
				}
			}
		}
	}
}

// TestBreachedFirst: within a rank, whoever nobody has been in touch with in time
// stands before what is due later.
func TestBreachedFirst(t *testing.T) {
	now := testNow
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c, Now: func() time.Time { return now }})
	want(t, post(t, h, "/enquiries/new", typedEnquiry("kind", "complaint", "email", "a@example.org")), 303) // in touch by 19 January
	now = now.AddDate(0, 0, 9)                                                                              // 21 January
	want(t, post(t, h, "/enquiries/new", typedEnquiry("kind", "help", "email", "b@example.org")), 303)      // in touch by 22 January
	order := ask(t, c, func(tx *db.Tx) ([]Enquiry, error) { return listEnquiries(tx, listQuery{Limit: 5}) })
	if len(order) != 2 || order[0].ID != 1 || !order[0].Late(now.Unix()) || order[1].Late(now.Unix()) {
		t.Errorf("the queue begins with %d", order[0].ID)
	}
}

// TestServiceLevels on both databases, against figures reckoned by hand.
func TestServiceLevels(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		now := testNow
		_, h := testRoom(t, Deps{Case: c, Now: func() time.Time { return now }})
		for i := range 4 {
			want(t, post(t, h, "/enquiries/new", typedEnquiry("email", fmt.Sprintf("p%d@example.org", i))), 303)
		}
		answer := func(id int) {
			t.Helper()
			want(t, post(t, h, fmt.Sprintf("/enquiries/%d/note", id), url.Values{"version": {"1"}, "what": {"answer"}, "way": {"phone"}, "words": {"told"}}), 303)
		}
		answer(1) // in touch and answered in time
		now = now.AddDate(0, 0, 3)
		answer(2) // in touch too late, answered in time
		now = now.AddDate(0, 0, 7)
		answer(3) // both too late; the fourth still waits
		got := ask(t, c, func(tx *db.Tx) (service, error) { return readService(tx, Question, nil, testNow.Unix(), now.Unix()) })
		if got != (service{Kind: Question, Received: 4, Reached: 3, ReachedTime: 1, Ended: 3, EndedTime: 2, Live: 1, Late: 1}) || got.EndedShare() != 66 {
			t.Errorf("%+v", got)
		}
		if other := ask(t, c, func(tx *db.Tx) (service, error) { return readService(tx, Rights, []string{"x"}, 0, now.Unix()) }); other != (service{Kind: Rights}) {
			t.Errorf("%+v", other)
		}
		want(t, get(t, h, "/enquiry-figures"), 200, "33 % of 3", "66 % of 3", "answer in one month, by law")
	})
}
