package enquiry

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

func TestTemplatesFitTheirViews(t *testing.T) {
	webtest.CheckPages(t, inboxPage, enquiryPage, newPage, callPage, scriptPage, paperPage, batchPage, sheetPage, figurePage, scamsPage, reportPage, groupPage, scamNewPage,
		askPage, tellPage, keptPage, trackPage)
}

func typedEnquiry(more ...string) url.Values {
	v := url.Values{"channel": {"phone"}, "kind": {"question"}, "topic": {"affected"}, "name": {"Zebedee Quillfeather"}, "email": {"zeb@example.org"}, "words": {"Is my name in it?"}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

// TestLifeOfAnEnquiry on both databases: typed, masked, taken, answered, and seen
// by a second agent who comes too late.
func TestLifeOfAnEnquiry(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		_, h := testRoom(t, Deps{Case: c})
		w := post(t, h, "/enquiries/new", typedEnquiry())
		want(t, w, 303)
		if w.Header().Get("Location") != "/enquiries/1" {
			t.Fatalf("location %s", w.Header().Get("Location"))
		}
		body := get(t, h, "/enquiries/1").Body.String()
		if strings.Contains(body, "Quillfeather") || strings.Contains(body, "Is my name") || strings.Contains(body, "zeb@") {
			t.Error("an enquiry that nobody took shows what was written")
		}
		want(t, post(t, h, "/enquiries/next", nil), 303)
		want(t, get(t, h, "/enquiries/1"), 200, "Quillfeather", "Is my name in it?")
		if body := get(t, h, "/enquiries/1", "X-Who", "other").Body.String(); strings.Contains(body, "Quillfeather") {
			t.Error("somebody who has not taken it sees the name")
		}
		want(t, post(t, h, "/enquiries/1/note", url.Values{"version": {"1"}, "what": {"note"}, "words": {"typed before"}}), 409, "typed before")
		want(t, post(t, h, "/enquiries/1/note", url.Values{"version": {"2"}, "what": {"answer"}, "words": {"told them"}}), 422, "Choose how you were in touch")
		want(t, post(t, h, "/enquiries/1/note", url.Values{"version": {"2"}, "what": {"answer"}, "way": {"phone"}, "words": {"told them"}}), 303)
		want(t, get(t, h, "/enquiries/1"), 200, "Answered")
		want(t, get(t, h, "/enquiries"), 200, "Nothing here")
		want(t, get(t, h, "/enquiries.csv?state=answered"), 200, "1,question,phone,affected,answered")
		if got := fmt.Sprint(leaves(t, c)); got != "[enquiry-type enquiry-take enquiry-answer]" {
			t.Errorf("leaves %s", got)
		}
	})
}

// TestVulnerableFirst: who needs extra help stands first, then what is due.
func TestVulnerableFirst(t *testing.T) {
	_, h := testRoom(t, Deps{Case: emptyCase(t)})
	for _, form := range []url.Values{typedEnquiry("email", "a@example.org", "kind", "rights"), typedEnquiry("email", "b@example.org"), typedEnquiry("email", "c@example.org", "vulnerable", "yes", "kind", "rights")} {
		want(t, post(t, h, "/enquiries/new", form), 303)
	}
	body := get(t, h, "/enquiries.csv").Body.String()
	var order []string
	for _, line := range strings.Split(body, "\r\n")[1:4] {
		order = append(order, line[:1])
	}
	if got := strings.Join(order, ""); got != "321" {
		t.Errorf("order %s", got)
	}
	want(t, post(t, h, "/enquiries/next", nil), 303)
	want(t, get(t, h, "/enquiries?mine=1"), 200, `href="/enquiries/3"`)
}

// TestRepeats: a second contact of the same sender becomes part of the first,
// and can be taken out again; a complaint never does.
func TestRepeats(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		_, h := testRoom(t, Deps{Case: c})
		for _, form := range []url.Values{typedEnquiry(), typedEnquiry("email", "ZEB@example.org", "vulnerable", "yes"), typedEnquiry("kind", "complaint"), typedEnquiry("email", "zeb2@example.org")} {
			want(t, post(t, h, "/enquiries/new", form), 303)
		}
		want(t, get(t, h, "/enquiries/1"), 200, "needs extra help", "Contact 2")
		want(t, get(t, h, "/enquiries/2"), 200, "Part of enquiry 1")
		if s := get(t, h, "/enquiries.json").Body.String(); strings.Count(s, `"reference"`) != 3 || !strings.Contains(s, `"live":3`) {
			t.Errorf("queue %s", s)
		}
		want(t, post(t, h, "/enquiries/2/unmerge", nil), 303)
		want(t, post(t, h, "/enquiries/2/unmerge", nil), 409)
		want(t, get(t, h, "/enquiries/2"), 200, "New")
		want(t, post(t, h, "/enquiries/2/merge", url.Values{"into": {"3"}}), 303) // a question may go into a complaint
		want(t, post(t, h, "/enquiries/3/merge", url.Values{"into": {"1"}}), 400, "clock of its own")
		want(t, post(t, h, "/enquiries/4/merge", url.Values{"into": {"4"}}), 409)
	})
}

// TestAnotherCouncilsEnquiry is nowhere for who is limited to a council.
func TestAnotherCouncilsEnquiry(t *testing.T) {
	_, h := testRoom(t, Deps{Case: emptyCase(t)})
	want(t, post(t, h, "/enquiries/new", typedEnquiry("council", "NORTH")), 303)
	want(t, get(t, h, "/enquiries/1", "X-Councils", "NORTH"), 200)
	south := []string{"X-Councils", "SOUTH"}
	want(t, get(t, h, "/enquiries/1", south...), 404)
	want(t, get(t, h, "/enquiries", south...), 200, "Nothing here", "<b>0</b> to be answered")
	for _, act := range []string{"take", "note", "state", "merge", "unmerge"} {
		w := post(t, h, "/enquiries/1/"+act, url.Values{"version": {"1"}, "what": {"note"}, "words": {"x"}, "state": {"open"}, "state_why": {"x"}, "into": {"1"}}, south...)
		want(t, w, 404)
	}
	want(t, post(t, h, "/enquiries/next", nil, south...), 303)
	want(t, get(t, h, "/enquiries/1", "X-Councils", "NORTH"), 200, "Nobody yet")
}

// TestPaper: forms go out with numbers and come back once.
func TestPaper(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		_, h := testRoom(t, Deps{Case: c})
		want(t, post(t, h, "/paper-forms", url.Values{"forms": {"3"}, "place": {"Library"}}), 303)
		want(t, post(t, h, "/paper-forms", url.Values{"forms": {"0"}}), 422, "Enter how many")
		w := get(t, h, "/paper-forms/1/print")
		want(t, w, 200)
		if !strings.HasPrefix(w.Body.String(), "%PDF-") {
			t.Error("no PDF")
		}
		want(t, get(t, h, "/paper-forms/1"), 200, "<b>3</b> still out", formName(2))
		form := typedEnquiry("channel", "paper", "form", formName(2), "day", "2026-01-10")
		want(t, post(t, h, "/enquiries/new", typedEnquiry("channel", "paper")), 422, "Enter the number")
		want(t, post(t, h, "/enquiries/new", typedEnquiry("channel", "paper", "form", "F000002-?")), 422, "Enter the number as it is printed")
		want(t, post(t, h, "/enquiries/new", form), 303)
		want(t, post(t, h, "/enquiries/new", form), 409, "typed in or made void already")
		want(t, get(t, h, "/enquiries.csv"), 200, "1,question,paper")
		want(t, post(t, h, "/paper-forms/1/void", url.Values{"number": {formName(1)}, "void_why": {"coffee"}}), 303)
		want(t, get(t, h, "/paper-forms/1"), 200, "<b>1</b> still out", "<b>1</b> typed in", "<b>1</b> void", "coffee")
	})
}

// TestFigures: how long people waited, against figures reckoned by hand.
func TestFigures(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		now := testNow
		_, h := testRoom(t, Deps{Case: c, Now: func() time.Time { return now }})
		for i := range 10 {
			want(t, post(t, h, "/enquiries/new", typedEnquiry("email", fmt.Sprintf("p%d@example.org", i))), 303)
		}
		for i := range 9 { // reached after 1, 2, … 9 hours
			now = now.Add(time.Hour)
			want(t, post(t, h, fmt.Sprintf("/enquiries/%d/note", i+1), url.Values{"version": {"1"}, "what": {"contact"}, "way": {"phone"}, "words": {"called"}}), 303)
		}
		want(t, get(t, h, "/enquiry-figures.csv"), 200, "phone,10,9,18000,32400,1,32400,0\r\n")
		want(t, get(t, h, "/enquiry-figures"), 200, "5 h 0 min", "9 h 0 min")
		want(t, post(t, h, "/enquiry-figures/shifts", url.Values{"day": {"2026-01-13"}, "channel": {"phone"}, "begins": {"08:00"}, "ends": {"07:00"}, "people": {"4"}, "who": {"Night contractor"}}), 422, "after the beginning")
		want(t, post(t, h, "/enquiry-figures/shifts", url.Values{"day": {"2026-01-13"}, "channel": {"phone"}, "begins": {"08:00"}, "ends": {"20:00"}, "people": {"4"}, "who": {"Night contractor"}}), 303)
		want(t, get(t, h, "/enquiry-figures"), 200, "Night contractor")
		want(t, post(t, h, "/enquiry-figures/shifts/1/drop", nil), 303)
	})
}

// TestAccessMatrix asks the real policy about every route, for every role.
func TestAccessMatrix(t *testing.T) {
	m, _ := testRoom(t, Deps{Case: emptyCase(t)})
	door := account.New(account.Deps{})
	may := func(role account.Role, v web.Verb, o web.Object, d web.Degree) bool {
		return door.May(&web.Visitor{ID: "x", Roles: []string{string(role)}}, web.Act{Verb: v, Object: o, Degree: d}).Allowed
	}
	for _, s := range m.Sections() {
		for _, r := range s.Routes {
			if r.Open || !door.Knows(r.Verb, r.Object) {
				t.Errorf("%s: open, or the policy has no row for %s %s", r.Pattern, r.Verb, r.Object)
			}
			for _, role := range []account.Role{account.Administrator, account.Reviewer, account.Finance, account.Analyst, account.Partner, account.Scribe, account.RecoveryLead, account.Legal} {
				judges := role == account.Reviewer && r.Object == web.ObjectScam && r.Verb == web.See // to say whose data a scam used
				if r.Object != web.ObjectPerson && r.Object != web.ObjectHold && !judges && may(role, r.Verb, r.Object, web.Plain) {
					t.Errorf("%s: %s may", r.Pattern, role)
				}
			}
			reads := r.Verb == web.See
			for _, role := range []account.Role{account.Auditor, account.IncidentLead, account.Senior} {
				if !reads && r.Object == web.ObjectEnquiry && may(role, r.Verb, r.Object, web.Plain) {
					t.Errorf("%s: %s may change something", r.Pattern, role)
				}
			}
			if r.Object == web.ObjectEnquiry && !may(account.ContactCentre, r.Verb, r.Object, web.Plain) {
				t.Errorf("%s: the contact centre may not", r.Pattern)
			}
		}
	}
	for _, v := range []web.Verb{web.See, web.SeePersonal, web.Judge, web.OpenSealed} {
		if may(account.ContactCentre, v, web.ObjectPerson, web.Plain) || may(account.ContactCentre, v, web.ObjectDocument, web.Plain) {
			t.Errorf("the contact centre may %s people or documents", v)
		}
	}
	if may(account.ContactCentre, web.Approve, web.ObjectScam, web.Plain) || may(account.ContactCentre, web.SeePersonal, web.ObjectEnquiry, web.Special) || may(account.Auditor, web.SeePersonal, web.ObjectEnquiry, web.Plain) {
		t.Error("the contact centre publishes, or sees special things; or an auditor sees what was written")
	}
	for _, role := range []account.Role{account.ContactCentre, account.Communicator, account.IncidentLead, account.Reviewer, account.Senior, account.Analyst} {
		if may(role, web.Approve, web.ObjectScam, web.Special) {
			t.Errorf("%s takes the files of reports away", role)
		}
	}
	if !may(account.DPO, web.Approve, web.ObjectScam, web.Special) {
		t.Error("nobody can hand the files of a report to the police")
	}
	if !may(account.Communicator, web.Approve, web.ObjectScam, web.Plain) && !may(account.DPO, web.Approve, web.ObjectScam, web.Plain) {
		t.Error("nobody may publish a scam")
	}
}

// TestSearchByReference finds an enquiry and a report, and nothing for a slip.
func TestSearchByReference(t *testing.T) {
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, post(t, h, "/enquiries/new", typedEnquiry("council", "NORTH")), 303)
	ref := ask(t, c, func(tx *db.Tx) (string, error) {
		e, err := readEnquiry(tx, 1)
		return spacedReference(e.Reference), err
	})
	for text, path := range map[string]string{strings.ToLower(ref): "/enquiries/1", ref[:13] + "A": "/enquiries?missing=1", "": "/enquiries?missing=1"} {
		if text == ref {
			continue
		}
		if got := post(t, h, "/enquiries/find", url.Values{"reference": {text}}).Header().Get("Location"); got != path {
			t.Errorf("%q leads to %s", text, got)
		}
	}
	if got := post(t, h, "/enquiries/find", url.Values{"reference": {ref}}, "X-Councils", "SOUTH").Header().Get("Location"); got != "/enquiries?missing=1" {
		t.Errorf("another council finds it: %s", got)
	}
}
