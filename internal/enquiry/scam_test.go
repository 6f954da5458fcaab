package enquiry

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// forwarded is a scam as a resident forwards it: attached to a message of their
// own, with scripts, a picture from elsewhere, and a program.
func forwarded(host string) string {
	scam := "From: \"Borough Council Refunds\" <pay@" + host + ">\r\nReply-To: x@elsewhere.example\r\nTo: ann@example.org\r\nSubject: Your refund <script>alert(1)</script>\r\n" +
		"Authentication-Results: mx.example.org; spf=fail\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\nContent-Type: text/html\r\n\r\n" +
		"<p>Dear resident, your council tax refund of £312.40 waits. Visit <a href=\"https://" + host + "/claim?id=77\">www.council.gov.uk</a> within 24 hours and enter your card number.</p>" +
		"<script>document.location='https://" + host + "/x'</script><img src=\"https://" + host + "/pixel.gif\" onerror=alert(2)>\r\n" +
		"--in\r\nContent-Type: application/octet-stream; name=\"form.html\"\r\nContent-Disposition: attachment; filename=\"form.html\"\r\n\r\n<script>alert(3)</script>\r\n--in--\r\n"
	return "From: \"Ann Quillfeather\" <ann@example.org>\r\nTo: scams@council.example\r\nSubject: Fwd: is this you?\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n" +
		"--out\r\nContent-Type: text/plain\r\n\r\nI got this today.\r\n--out\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"scam.eml\"\r\n\r\n" + scam + "\r\n--out--\r\n"
}

// TestReportWithAttachment, on both databases: taken from the public form, read in
// the cage, shown as text alone.
func TestReportWithAttachment(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		m, h := testRoom(t, Deps{Case: c})
		site := public(t, m)
		want(t, get(t, site, "/report-a-scam"), 200, "report@phishing.gov.uk", "7726")
		w := tell(t, site, "192.0.2.1:1", map[string]string{"way": "email", "words": "See https://bad-council.example/x", "copied": "yes"}, map[string]string{"../../mail.eml": forwarded("bad-council.example")})
		want(t, w, 200, "Thank you for telling us")
		run(t, m)
		page := get(t, h, "/scams/1")
		want(t, page, 200, "hxxps://bad-council[.]example/claim?id=77", "www[.]council[.]gov[.]uk", "Borough Council Refunds", "A link shows one address and leads to another",
			"The mail failed the checks", "scam[.]eml", "form[.]html", "no page gives them out", "knew things about them", "mail[.]eml")
		checkInert(t, page.Body.String())
		want(t, get(t, h, "/scams"), 200, "leads to bad-council[.]example", "<b>1</b> reports")
		want(t, tell(t, site, "192.0.2.1:1", map[string]string{"way": "text"}, nil), 422, "Write what it said, or add a file")
		six := map[string]string{}
		for i := range 6 {
			six[fmt.Sprint(i)] = "x"
		}
		want(t, tell(t, site, "192.0.2.1:1", map[string]string{"way": "text", "words": "x"}, six), 422, "at most 5 files")
	})
}

// checkInert fails if a page holds anything of a report that could run, load or
// lead anywhere.
func checkInert(t *testing.T, page string) {
	t.Helper()
	main := page[strings.Index(page, "<main"):]
	main = main[:strings.Index(main, "</main>")]
	for _, bad := range []string{"<script", "<img", "<iframe", "<object", "onerror=alert(2)>", "bad-council.example", `href="http`, `src="`} {
		if strings.Contains(main, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

// run works off what waits.
func run(t testing.TB, m *Room) {
	t.Helper()
	for _, job := range m.Jobs() {
		if err := job.Run(t.Context(), nil); err != nil {
			t.Fatalf("%s: %v", job.Kind, err)
		}
	}
}

// TestDroppedMail: messages in the two folders become an enquiry and a report,
// once; what is no message is refused.
func TestDroppedMail(t *testing.T) {
	c := emptyCase(t)
	m, h := testRoom(t, Deps{Case: c, Now: func() time.Time { return time.Now().Add(time.Minute) }})
	drop := func(box, name, text string) {
		if err := os.WriteFile(filepath.Join(c.Dir, inboxFolder, box, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	question := "From: \"Ann Quillfeather\" <ann@example.org>\r\nTo: ask@council.example\r\nSubject: My data\r\n\r\nIs my data safe? See http://x.example/\r\n"
	drop("enquiries", "a.eml", question)
	drop("enquiries", "again.eml", question)
	drop("enquiries", "junk.eml", "\x7fELF\x02\x01\x01 no mail at all")
	drop("scams", "b.eml", forwarded("bad-council.example"))
	run(t, m)
	run(t, m)
	want(t, get(t, h, "/enquiries.csv"), 200, "1,question,email,other,new")
	if s := get(t, h, "/enquiries.json").Body.String(); strings.Count(s, `"reference"`) != 1 {
		t.Errorf("the same mail is there twice: %s", s)
	}
	want(t, post(t, h, "/enquiries/next", nil), 303)
	page := get(t, h, "/enquiries/1")
	want(t, page, 200, "Ann Quillfeather", "Is my data safe?")
	if strings.Contains(page.Body.String(), `href="http`) {
		t.Error("what was written is a link")
	}
	page = get(t, h, "/scams/1")
	want(t, page, 200, "bad-council[.]example", "By e-mail")
	checkInert(t, page.Body.String())
	for folder, n := range map[string]int{"enquiries/taken": 2, "enquiries/refused": 1, "scams/taken": 1} {
		if left, err := os.ReadDir(filepath.Join(c.Dir, inboxFolder, folder)); err != nil || len(left) != n {
			t.Errorf("%s holds %d, want %d: %v", folder, len(left), n, err)
		}
	}
}

// TestPublishing: what the public learns was written by one and approved by
// another, and holds no address that works and nothing of anybody's.
func TestPublishing(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		m, h := testRoom(t, Deps{Case: c})
		site := public(t, m)
		for i, text := range []string{scamOne, scamTwo, honest} {
			want(t, tell(t, site, fmt.Sprintf("192.0.2.%d:1", i), map[string]string{"way": "text", "words": text}, nil), 200)
		}
		run(t, m)
		want(t, get(t, h, "/scams/groups/1"), 200, "2 reports")
		want(t, get(t, h, "/scams/groups/2"), 200, "1 report,")
		at := "/scams/groups/1"
		form := url.Values{"version": {"1"}, "public_title": {"Text about a refund"}, "public_words": {"It leads to https://council-refund.example."}}
		want(t, post(t, h, at+"/draft", form), 422, "hxxp and [.]")
		form.Set("public_words", "Call 07700 900123")
		want(t, post(t, h, at+"/draft", form), 422, "long number")
		form.Set("public_words", "Write to me@here")
		want(t, post(t, h, at+"/draft", form), 422, "mail address")
		form.Set("public_words", "It promises a refund of council tax. It leads to council-refund[.]example.")
		want(t, post(t, h, at+"/draft", form), 303)
		if n := publishedNow(t, c); n != 0 {
			t.Errorf("%d published before a second person read it", n)
		}
		want(t, post(t, h, at+"/approve", url.Values{"version": {"2"}}), 403, "you wrote it")
		want(t, post(t, h, at+"/approve", url.Values{"version": {"2"}}, "X-Who", "second"), 303)
		want(t, post(t, h, at+"/approve", url.Values{"version": {"2"}}, "X-Who", "third"), 409)
		want(t, post(t, h, at+"/draft", form), 409)
		if n := publishedNow(t, c); n != 1 {
			t.Errorf("%d published", n)
		}
		want(t, post(t, h, at+"/withdraw", url.Values{"version": {"3"}}), 303)
		if n := publishedNow(t, c); n != 0 {
			t.Errorf("%d published after it was withdrawn", n)
		}
		want(t, post(t, h, "/scams/2/move", url.Values{"into": {""}}), 303)
		want(t, get(t, h, "/scams/groups/1"), 200, "1 report,")
		want(t, post(t, h, "/scams/2/move", url.Values{"into": {"1"}}), 303)
		want(t, get(t, h, "/scams/groups/1"), 200, "2 reports")
	})
}

func publishedNow(t *testing.T, c *sweep.Case) int64 {
	t.Helper()
	return ask(t, c, func(tx *db.Tx) (n int64, err error) {
		err = tx.One([]any{&n}, "SELECT COUNT(*) FROM enquiry_scam_published")
		return n, err
	})
}

// TestTyingAPerson: a reviewer says it, nobody else and never the program; a
// sealed person answers as one who is not there, opened or not.
func TestTyingAPerson(t *testing.T) {
	c := plantedCase(t)
	m, h := testRoom(t, Deps{Case: c})
	want(t, tell(t, public(t, m), "192.0.2.1:1", map[string]string{"way": "call", "sender": "07700 900123", "words": "They knew my name"}, nil), 200)
	run(t, m)
	open, _ := somebody(t, c, "sealed = 0")
	sealed, _ := somebody(t, c, "sealed = 1")
	form := func(id string) url.Values {
		return url.Values{"person": {id}, "tie_why": {"it quoted the rent reference"}}
	}
	for _, id := range []string{"PAAAAAAAAAAAA", sealed} {
		want(t, post(t, h, "/scams/1/person", form(id), "X-Opened", sealed), 422, "There is no person with that number")
	}
	want(t, post(t, h, "/scams/1/person", form(open), "X-Deny", "judge-person"), 403)
	want(t, post(t, h, "/scams/1/person", form(open)), 303)
	want(t, post(t, h, "/scams/1/person", form(open)), 409)
	want(t, get(t, h, "/scams/1"), 200, "/people/"+open)
	agent := get(t, h, "/scams/1", "X-Deny", "see-person,judge-person").Body.String()
	if strings.Contains(agent, open) {
		t.Error("an agent who may not see people sees whose data it used")
	}
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE person SET sealed = 1 WHERE id = ?", open)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(get(t, h, "/scams/1", "X-Opened", open).Body.String(), open) {
		t.Error("somebody who was sealed since is shown")
	}
	want(t, post(t, h, "/scams/1/person/1/withdraw", url.Values{"untie_why": {"wrong one"}}), 303)
}

// TestIntakeAtScale: many reports are grouped by what an index finds, in time
// that does not grow with how many are there. REEVE_SCALE=113000 is the size of
// four months in the worst case known (mission row R-15).
func TestIntakeAtScale(t *testing.T) {
	n := 1500
	if s := os.Getenv("REEVE_SCALE"); s != "" {
		if _, err := fmt.Sscan(s, &n); err != nil {
			t.Fatal(err)
		}
	}
	c := emptyCase(t)
	m, h := testRoom(t, Deps{Case: c})
	const batch = 250
	began, first, last := time.Now(), time.Duration(0), time.Duration(0)
	for at := 0; at < n; at += batch {
		step := time.Now()
		err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
			for i := at; i < min(n, at+batch); i++ {
				text := fmt.Sprintf("%s Ref %d. %s", variants[i%len(variants)], i, "Reply to this message now and we will send you the form for it.")
				s := Submission{Reference: newReference(), At: testNow.Unix() + int64(i), Channel: ByMail, Words: private(text), Scam: &ScamSubmission{Way: "email", Sender: private("x@mailer.example")}}
				if _, _, err := addReport(tx, s); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := m.readReports(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if last = time.Since(step); at == 0 {
			first = last
		}
	}
	t.Logf("%d reports in %s: first %d in %s, last in %s", n, time.Since(began).Round(time.Millisecond), batch, first.Round(time.Millisecond), last.Round(time.Millisecond))
	look := time.Now()
	want(t, get(t, h, "/scams"), 200, fmt.Sprintf("<b>%d</b> groups", len(variants)))
	want(t, get(t, h, "/scams/groups/1"), 200)
	if took := time.Since(look); took > time.Second {
		t.Errorf("two pages took %s", took)
	}
}

// variants are scams that have little in common.
var variants = []string{
	"Your parcel is held at the depot because of an unpaid customs fee, arrange the new delivery day with our driver",
	"We noticed that somebody signed in to your mailbox from abroad last night, confirm that this was really you",
	"Dear tenant the housing office changed its bank, from this month pay the rent to our other account instead",
	"Congratulations your household was drawn for the winter fuel grant, tell us where the money should be sent",
	"This is the tax office, there is a warrant in your name because the last return was wrong and remains open",
}
