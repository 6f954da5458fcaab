package review

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestQueueByKeyboard: card after card by one key each, one taken back, one
// skipped; then every page of these desks on the smallest screen.
func TestQueueByKeyboard(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	tab := browser.Open(t)
	tab.Size(1200, 900)
	tab.Go(s.URL + "/queue")
	card := func() string {
		return browser.Eval[string](tab, `(document.querySelector("[name=thing]") || {value: ""}).value`)
	}
	press := func(key string) {
		t.Helper()
		was := card()
		tab.Press(key)
		for range 100 {
			time.Sleep(20 * time.Millisecond)
			if now := card(); now != "" && now != was && browser.Eval[bool](tab, `document.readyState === "complete"`) {
				return
			}
		}
		t.Fatalf("%q leads nowhere", key)
	}
	began := time.Now()
	for _, key := range strings.Split("yuyusuyu", "") {
		press(key)
	}
	t.Logf("8 cards in %v", time.Since(began).Round(time.Millisecond))
	given := func() (n int64) {
		if err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) { n, err = verdictsGiven(tx, "lead", 0); return err }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := given(); n != 7 {
		t.Errorf("%d verdicts by keyboard, want 7", n)
	}
	// Typing a reason presses nothing.
	browser.Eval[bool](tab, `document.getElementById("why").dispatchEvent(new KeyboardEvent("keydown", {key: "y", bubbles: true, cancelable: true}))`)
	if n := given(); n != 7 {
		t.Errorf("typing a reason gave a verdict")
	}
	before := card()
	browser.Eval[bool](tab, `(e => { e.value = "a reason"; e.dispatchEvent(new InputEvent("input", {bubbles: true})); e.blur(); return true })(document.getElementById("why"))`)
	press("z") // with a reason typed: sending is no leaving, so nothing asks
	if card() == before {
		t.Error("z took nothing back")
	}
	tab.Shot("queue-wide")
	id := personWho(t, c, "safe_contact = 'hold'")
	want(t, post(t, h, contactPath(id), assessment), http.StatusSeeOther)
	want(t, post(t, h, "/queue/batches", url.Values{"sort": {sortVulnerable}, "things": {"5"}, "hours": {"1"}, "council": {""}}), http.StatusSeeOther)
	want(t, post(t, h, "/samples", url.Values{"sort": {samplePrecision}, "size": {"3"}, "why": {"to see"}, "tier": {""}}), http.StatusSeeOther)
	freezeNow(t, h)
	want(t, post(t, h, "/contact/screening", url.Values{"months": {"36"}, "why": {"accounts in good order"}}), http.StatusSeeOther)
	tab.Size(320, 640)
	for _, path := range []string{"/queue", "/queue?sort=uncertain", "/queue?sort=unread", "/queue?sort=controller", "/queue/batches", "/queue/batches/1", "/queue?batch=1", "/queue/second",
		"/queue/conflicts", "/queue/acts", "/queue/bulk?exhibit=fileserver", verdictPath(aboutPerson, id), "/contact", contactPath(id), "/contact/screening", "/contact/screening/1",
		"/samples", "/samples/1", "/samples/1/1", "/samples/method"} {
		tab.Go(s.URL + path)
		tab.Accessible()
		tab.Shot("judge" + strings.NewReplacer("/", "-", "?", "-").Replace(path))
	}
	// Without JavaScript the same buttons do it.
	tab.Script(false)
	tab.Go(s.URL + "/queue?sort=uncertain")
	tab.Follow(`button[value="unsure"]`)
	if got := tab.Text("h1"); got != "Queue" {
		t.Errorf("%q", got)
	}
}
