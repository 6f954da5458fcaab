package review

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// shownCard reads the hidden fields of the card on a page; nil where there is
// none.
func shownCard(w *httptest.ResponseRecorder) url.Values {
	form := make(url.Values)
	_, body, _ := strings.Cut(w.Body.String(), `action="/queue"`)
	body, _, _ = strings.Cut(body, "</form>")
	for _, f := range regexp.MustCompile(`<input type="hidden" name="(about|thing|version|sort|batch)" value="([^"]*)">`).FindAllStringSubmatch(body, -1) {
		form.Set(f[1], html.UnescapeString(f[2]))
	}
	if form.Get("thing") == "" {
		return nil
	}
	return form
}

func TestQueueSorts(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	sealed, _ := sealedPerson(t, c)
	for _, sort := range queueSorts {
		t.Run(sort.Value, func(t *testing.T) {
			for range 5 {
				w := get(t, h, queuePath(sort.Value, 0), "X-Who", sort.Value)
				want(t, w, http.StatusOK, sort.Words, "Your own pace")
				if strings.Contains(w.Body.String(), sealed) {
					t.Error("a sealed person stands there")
				}
				form := shownCard(w)
				if form == nil {
					want(t, w, http.StatusOK, "Nothing is left here")
					return
				}
				again := shownCard(get(t, h, queuePath(sort.Value, 0), "X-Who", sort.Value))
				if again.Get("thing") != form.Get("thing") {
					t.Errorf("asked again, %s became %s", form.Get("thing"), again.Get("thing"))
				}
				form.Set("value", saysUnsure)
				want(t, post(t, h, "/queue", form, "X-Who", sort.Value), http.StatusSeeOther)
				if got := stands(t, c, form.Get("about"), form.Get("thing")); got != saysUnsure {
					t.Errorf("%s: %q stands", form.Get("thing"), got)
				}
			}
		})
	}
	if w := get(t, h, "/queue", "X-Deny", "judge"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/queue/second" {
		t.Errorf("who may not judge is sent to %d %s", w.Code, w.Header().Get("Location"))
	}
	want(t, get(t, h, "/queue", "X-Councils", "ELSEWHERE"), http.StatusOK, "Nothing is left here")
	want(t, get(t, h, "/queue?sort=unread", "X-Councils", "ELSEWHERE"), http.StatusOK, "Nothing is left here")
}

// TestQueueOrder: the most urgent first, nobody twice, a skipped one not again.
func TestQueueOrder(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	var people []string
	err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		people, err = db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, "SELECT id FROM case_people WHERE sealed = 0 ORDER BY place LIMIT 4")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	first := shownCard(get(t, h, "/queue", "X-Who", "a"))
	second := shownCard(get(t, h, "/queue", "X-Who", "b"))
	if first.Get("thing") != people[0] || second.Get("thing") != people[1] {
		t.Errorf("a has %s, b has %s; the first are %v", first.Get("thing"), second.Get("thing"), people)
	}
	first.Set("value", "skip")
	want(t, post(t, h, "/queue", first, "X-Who", "a"), http.StatusSeeOther)
	if got := shownCard(get(t, h, "/queue", "X-Who", "a")).Get("thing"); got != people[2] {
		t.Errorf("after a skip a has %s, want %s", got, people[2])
	}
	if got := shownCard(get(t, h, "/queue", "X-Who", "c")).Get("thing"); got != people[0] {
		t.Errorf("what a skipped is not c's: %s", got)
	}
	// Something judged is found again when it is taken back.
	second.Set("value", saysConfirmed)
	want(t, post(t, h, "/queue", second, "X-Who", "b"), http.StatusSeeOther)
	want(t, get(t, h, "/queue", "X-Who", "b"), http.StatusOK, "You said last")
	want(t, post(t, h, "/queue/withdraw/1", url.Values{"why-1": {"a slip"}, "back": {"/queue"}}, "X-Who", "b"), http.StatusSeeOther)
	if got := shownCard(get(t, h, "/queue", "X-Who", "d")).Get("thing"); got != people[1] {
		t.Errorf("taken back, yet d has %s, want %s", got, people[1])
	}
}

// TestQueueRefuses what is not to be said by one key, and what changed.
func TestQueueRefuses(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	card := shownCard(get(t, h, "/queue"))
	with := func(pairs ...string) url.Values {
		form := make(url.Values)
		for k, v := range card {
			form[k] = v
		}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		return form
	}
	for _, form := range []url.Values{with("value", "nonsense"), with("value", "post", "about", "contact"), with("value", "confirmed", "version", "x"), with("about", "controller", "value", "no such; thing")} {
		want(t, post(t, h, "/queue", form), http.StatusBadRequest)
	}
	w := post(t, h, "/queue", with("value", "confirmed", "version", "9"))
	if w.Code != http.StatusSeeOther || stands(t, c, aboutPerson, card.Get("thing")) != "" {
		t.Errorf("an old version: %d", w.Code)
	}
	want(t, post(t, h, "/queue", with("value", "confirmed", "thing", "PAAAAAAAAAAAA")), http.StatusSeeOther)
	want(t, post(t, h, "/queue", with("value", "confirmed", "batch", "77")), http.StatusNotFound)
}

// TestQueueValuesAreMasked unless there is a grant; a batch's shows name, birth
// date and address, and nothing else.
func TestQueueValuesAreMasked(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	card := shownCard(get(t, h, "/queue"))
	p, err := c.Person(t.Context(), card.Get("thing"), sweep.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	name := html.EscapeString(p.Name.Reveal())
	if body := get(t, h, "/queue").Body.String(); strings.Contains(body, name) || strings.Contains(body, p.Address.Reveal()) && !p.Address.Empty() {
		t.Error("a value stands there in clear without a grant")
	}
	want(t, get(t, h, "/queue", "X-Shown", "person:"+p.ID), http.StatusOK, name)
	want(t, get(t, h, "/queue.json"), http.StatusOK, p.ID)

	w := post(t, h, "/queue/batches", url.Values{"sort": {sortVulnerable}, "things": {"5"}, "hours": {"1"}, "council": {""}})
	want(t, w, http.StatusSeeOther)
	at := w.Header().Get("Location")
	if strings.Contains(get(t, h, at).Body.String(), name) {
		t.Error("a batch shows names without a grant")
	}
	want(t, get(t, h, at, "X-Shown", "batch:1"), http.StatusOK, name)
	want(t, get(t, h, at+".csv", "X-Shown", "batch:1"), http.StatusOK, p.Name.Reveal())
	want(t, get(t, h, at, "X-Shown", "batch:1", "X-Who", "b"), http.StatusNotFound)
	page := get(t, h, "/queue?batch=1", "X-Shown", "batch:1")
	want(t, page, http.StatusOK, name, "Batch 1")
	for _, l := range p.Links {
		for _, passage := range l.Passages {
			for _, f := range passage.Found {
				if v := f.Value.Reveal(); len(v) > 5 && v != p.Name.Reveal() && v != p.Born.Reveal() && !strings.Contains(p.Address.Reveal()+p.Postcode.Reveal(), v) && strings.Contains(page.Body.String(), html.EscapeString(v)) {
					t.Errorf("a %s stands there in clear under a batch's grant", f.Kind)
				}
			}
			if !passage.Text.Empty() && strings.Contains(page.Body.String(), html.EscapeString(passage.Text.Reveal())) {
				t.Error("a passage stands there in clear under a batch's grant")
			}
		}
	}
}

// TestBatch: lent, judged, returned; what was lent is nobody else's until then.
func TestBatch(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, get(t, h, "/queue/batches"), http.StatusOK, "Check out another")
	want(t, post(t, h, "/queue/batches", url.Values{"sort": {"x"}, "things": {"0"}, "hours": {"99"}}), http.StatusUnprocessableEntity, "Choose what to judge", "from 1 to 200", "from 1 to 72")
	form := url.Values{"sort": {sortVulnerable}, "things": {"10"}, "hours": {"8"}, "council": {""}}
	want(t, post(t, h, "/queue/batches", form, "X-Who", "a"), http.StatusSeeOther)
	if l := lastLeaf(t, c); l.Verb != "check-out" || l.Object != "batch:1" {
		t.Errorf("leaf %+v", l)
	}
	lent := shownCard(get(t, h, "/queue?batch=1", "X-Who", "a"))
	if got := shownCard(get(t, h, "/queue", "X-Who", "b")).Get("thing"); got == lent.Get("thing") {
		t.Errorf("%s is lent and handed out", got)
	}
	lent.Set("value", saysUnsure)
	want(t, post(t, h, "/queue", lent, "X-Who", "b"), http.StatusNotFound)
	w := post(t, h, "/queue", lent, "X-Who", "a")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/queue?batch=1" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
	want(t, get(t, h, "/queue/batches/1", "X-Who", "a"), http.StatusOK, "1 of 10 judged", "Unsure")
	want(t, post(t, h, "/queue/batches/1/return", url.Values{"version": {"1"}}, "X-Who", "b"), http.StatusNotFound)
	want(t, post(t, h, "/queue/batches/1/return", url.Values{"version": {"1"}}, "X-Who", "a"), http.StatusSeeOther)
	want(t, get(t, h, "/queue/batches/1", "X-Who", "a"), http.StatusConflict)
	want(t, post(t, h, "/queue/batches", form, "X-Who", "c"), http.StatusSeeOther)
	if got := shownCard(get(t, h, "/queue?batch=2", "X-Who", "c")).Get("thing"); got == "" || got == lent.Get("thing") {
		t.Errorf("returned, yet c has %q", got)
	}
}

// TestBatchRunsOut: what was lent is free when its time is over.
func TestBatchRunsOut(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
			things := []queueThing{{About: aboutPerson, Thing: "P1"}}
			if err := claim(tx, things, "a", 1, 100); err != nil {
				return err
			}
			var n int64
			if err := dropCards(tx, "b", 99); err != nil {
				return err
			}
			if err := tx.One([]any{&n}, "SELECT COUNT(*) FROM queue_claim"); err != nil || n != 1 {
				t.Errorf("before its time: %d, %v", n, err)
			}
			if err := dropCards(tx, "b", 100); err != nil {
				return err
			}
			if err := tx.One([]any{&n}, "SELECT COUNT(*) FROM queue_claim"); err != nil || n != 0 {
				t.Errorf("after its time: %d, %v", n, err)
			}
			for sort := range queueQueries {
				k := &pick{Sort: sort, User: "a", Scope: sweep.Scope{Councils: []string{"X"}}, Council: "X", Now: 1}
				if _, err := findOpen(tx, k, 5); err != nil {
					t.Errorf("%s: %v", sort, err)
				}
				if _, err := claimed(tx, k); !isNotFound(err) {
					t.Errorf("%s: %v", sort, err)
				}
			}
			if err := carryMarks(tx, 3, []string{"P1"}); err != nil {
				return err
			}
			if err := addBatch(tx, &pick{Sort: sortVulnerable, User: "a", Now: 1}, &batch{Sort: sortVulnerable, By: "a", At: 1, Until: 9}, 5); !isNotFound(err) {
				t.Errorf("a batch of nothing: %v", err)
			}
			_, err := bulkItems(tx, bulkFilter{Exhibit: "x", Folder: "y"}, 5)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestBulk: counted, looked at, done as one, undone as one; nothing in which
// anybody is found.
func TestBulk(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	page := get(t, h, "/queue/bulk?exhibit=fileserver")
	want(t, page, http.StatusOK, "drawn at random")
	digest := regexp.MustCompile(`name="digest" value="([0-9a-f]+)"`).FindStringSubmatch(page.Body.String())
	if digest == nil {
		t.Fatal("no item of the planted council is without people")
	}
	form := url.Values{"exhibit": {"fileserver"}, "digest": {digest[1]}, "value": {saysIrrelevant}, "why": {"leaflets"}}
	want(t, post(t, h, "/queue/bulk", form), http.StatusUnprocessableEntity, "Look at the sample")
	form.Set("looked", "yes")
	form.Set("digest", "0")
	want(t, post(t, h, "/queue/bulk", form), http.StatusUnprocessableEntity, "have changed")
	form.Set("digest", digest[1])
	for _, value := range []string{"post", "confirmed", "hold", saysMatters} {
		form.Set("value", value)
		want(t, post(t, h, "/queue/bulk", form), http.StatusUnprocessableEntity, "Choose what")
	}
	form.Set("value", saysIrrelevant)
	want(t, post(t, h, "/queue/bulk", form, "X-Councils", "ELSEWHERE"), http.StatusNotFound)
	want(t, post(t, h, "/queue/bulk", form), http.StatusSeeOther)
	var judged, withPeople int64
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		if err := tx.One([]any{&judged}, "SELECT COUNT(*) FROM review_verdicts WHERE about = 'document'"); err != nil {
			return err
		}
		return tx.One([]any{&withPeople}, `SELECT COUNT(*) FROM review_verdicts v JOIN case_items i ON CAST(i.id AS TEXT) = v.thing
			JOIN case_links l ON l.document = i.document AND l.person <> '' WHERE v.about = 'document'`)
	})
	if err != nil || judged == 0 || withPeople != 0 {
		t.Errorf("%d judged, %d of them with people, %v", judged, withPeople, err)
	}
	if l := lastLeaf(t, c); l.Verb != "judge-many" || l.Rows != judged || l.Digest != digest[1] {
		t.Errorf("leaf %+v", l)
	}
	want(t, get(t, h, "/queue/acts"), http.StatusOK, "documents without people", "Undo all")
	want(t, post(t, h, "/queue/acts/1/undo", url.Values{}), http.StatusBadRequest)
	want(t, post(t, h, "/queue/acts/1/undo", url.Values{"why": {"one was a record"}}), http.StatusSeeOther)
	want(t, post(t, h, "/queue/acts/1/undo", url.Values{"why": {"again"}}), http.StatusConflict)
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&judged}, "SELECT COUNT(*) FROM review_verdicts WHERE about = 'document'")
	}); err != nil || judged != 0 {
		t.Errorf("undone, yet %d stand, %v", judged, err)
	}
}

// TestManyJudgeAtOnce: every user works through the queue and through a batch at
// the same time. Nothing fails, nothing is handed to two, nothing is lost, and
// the record is whole.
func TestManyJudgeAtOnce(t *testing.T) {
	for _, d := range []struct {
		name    string
		users   int
		address bool
	}{{"sqlite", 10, false}, {"postgres", 50, true}} {
		t.Run(d.name, func(t *testing.T) {
			c := crowdCase(t, d.address, 400)
			_, h := testRoom(t, Deps{Case: c})
			var mu sync.Mutex
			had := make(map[string]string)
			answered := 0
			judge := func(who, path string, times int) error {
				for range times {
					w := serve(h, httptest.NewRequest("GET", path, nil), who)
					if w.Code != http.StatusOK {
						return fmt.Errorf("%s: GET %s: %d", who, path, w.Code)
					}
					form := shownCard(w)
					if form == nil {
						return nil
					}
					mu.Lock()
					was := had[form.Get("thing")]
					had[form.Get("thing")] = who
					mu.Unlock()
					if was != "" {
						return fmt.Errorf("%s was handed to %s and %s", form.Get("thing"), was, who)
					}
					form.Set("value", saysConfirmed)
					r := httptest.NewRequest("POST", "/queue", strings.NewReader(form.Encode()))
					r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
					if w := serve(h, r, who); w.Code != http.StatusSeeOther {
						return fmt.Errorf("%s: POST: %d", who, w.Code)
					}
					mu.Lock()
					answered++
					mu.Unlock()
				}
				return nil
			}
			began := time.Now()
			var wg sync.WaitGroup
			failed := make(chan error, 2*d.users)
			for u := range d.users {
				who := fmt.Sprint("u", u)
				wg.Go(func() {
					failed <- judge(who, "/queue", 3)
					form := url.Values{"sort": {sortVulnerable}, "things": {"3"}, "hours": {"1"}, "council": {""}}
					r := httptest.NewRequest("POST", "/queue/batches", strings.NewReader(form.Encode()))
					r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
					w := serve(h, r, who)
					if w.Code != http.StatusSeeOther {
						failed <- fmt.Errorf("%s: check out: %d", who, w.Code)
						return
					}
					failed <- judge(who, strings.Replace(w.Header().Get("Location"), "/queue/batches/", "/queue?batch=", 1), 4)
				})
			}
			wg.Wait()
			close(failed)
			for err := range failed {
				if err != nil {
					t.Error(err)
				}
			}
			t.Logf("%d users, %d verdicts in %v", d.users, answered, time.Since(began).Round(time.Millisecond))
			err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
				var kept, stand int64
				if err := tx.One([]any{&kept, &stand}, "SELECT (SELECT COUNT(*) FROM verdict), (SELECT COUNT(*) FROM review_verdicts)"); err != nil {
					return err
				}
				if int(kept) != answered || kept != stand || answered != 6*d.users {
					t.Errorf("%d answered, %d kept, %d stand, want %d", answered, kept, stand, 6*d.users)
				}
				report, err := record.Audit(tx)
				if err == nil {
					err = report.Err()
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestTwoJudgeTheSame: of two who saw the same state, one is told.
func TestTwoJudgeTheSame(t *testing.T) {
	for _, postgres := range []bool{false, true} {
		c := crowdCase(t, postgres, 5)
		_, h := testRoom(t, Deps{Case: c})
		var mu sync.Mutex
		codes := make(map[int]int)
		var wg sync.WaitGroup
		for u := range 8 {
			wg.Go(func() {
				form := url.Values{"version": {"0"}, "value": {[]string{saysConfirmed, saysUnsure}[u%2]}}
				r := httptest.NewRequest("POST", verdictPath(aboutPerson, crowdPerson(1)), strings.NewReader(form.Encode()))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				w := serve(h, r, fmt.Sprint("u", u))
				mu.Lock()
				codes[w.Code]++
				mu.Unlock()
			})
		}
		wg.Wait()
		if codes[http.StatusSeeOther] != 1 || codes[http.StatusConflict] != 7 {
			t.Errorf("answers %v, want one kept and seven told", codes)
		}
	}
}

func serve(h http.Handler, r *http.Request, who string) *httptest.ResponseRecorder {
	r.Header.Set("X-Who", who)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func crowdPerson(n int) string { return "P" + strings.Repeat("A", 9) + base32of(n) }

// base32of is three letters for a number.
func base32of(n int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	return string([]byte{letters[n>>10&31], letters[n>>5&31], letters[n&31]})
}

// TestSameText: links are alike when the text of their passages is, cell by
// cell; what is hidden, cut short or empty is like nothing.
func TestSameText(t *testing.T) {
	link := func(mark string, texts ...string) sweep.LinkView {
		l := sweep.LinkView{Mention: mark}
		for _, s := range texts {
			l.Passages = append(l.Passages, sweep.Passage{Text: reeve.Private(sweep.KindText, s)})
		}
		return l
	}
	links := []sweep.LinkView{link("M1", "Dear Avery"), link("M2", "Dear Avery"), link("M3", "Dear Robin"), link("M4", "Dear", " Avery"), link("M5"), link("M6"), link("M7", "Dear Avery"), link("M8", "Dear Avery")}
	links[6].Hidden, links[7].MoreFindings = true, true
	for mark, want := range map[string]string{"M1": "M1 M2", "M2": "M1 M2", "M3": "M3", "M4": "M4", "M5": "M5", "M7": "M7", "M9": ""} {
		if got := strings.Join(sameText(links, mark), " "); got != want {
			t.Errorf("%s: %q, want %q", mark, got, want)
		}
	}
}

// TestSameTextIsOneAct: one key for all places, undone as one.
func TestSameTextIsOneAct(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id := personWho(t, c, plainPerson+" AND tier = 'strong'")
	thing := linkOf(t, c, id) + ":" + id
	form := url.Values{"about": {aboutLink}, "thing": {thing}, "version": {"0"}, "value": {saysConfirmed}, "all": {"yes"}, "sort": {sortUncertain}}
	want(t, post(t, h, "/queue", form), http.StatusSeeOther)
	if got := stands(t, c, aboutLink, thing); got != saysConfirmed {
		t.Errorf("%q stands", got)
	}
	want(t, get(t, h, "/queue/acts"), http.StatusOK, "the same text of one person")
	want(t, post(t, h, "/queue/acts/1/undo", url.Values{"why": {"a slip"}}), http.StatusSeeOther)
	if got := stands(t, c, aboutLink, thing); got != "" {
		t.Errorf("undone, yet %q stands", got)
	}
	log, err := c.Decisions(t.Context(), id, false)
	if err != nil || len(log) == 0 || len(log)%2 != 0 {
		t.Errorf("undone, yet not every decision has been: %d in the log, %v", len(log), err)
	}
	want(t, post(t, h, "/queue/acts/1/undo", url.Values{"why": {"again"}}), http.StatusConflict)
}
