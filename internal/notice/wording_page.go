package notice

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var wordingPage = web.NewPage[wordingView](pages, "wording.html")

// wordingView is the form of what a council says in all its notices.
type wordingView struct {
	Council string           `json:"council"`
	W       Wording          `json:"wording"`
	Version int64            `json:"version"`
	Errors  []web.FieldError `json:"-"`
}

func (m *Room) wordingView(r *web.Request, council string) (v wordingView, err error) {
	v.Council = council
	if !sees(r.Visitor, council) {
		return v, fmt.Errorf("read wording: %w", reeve.NotFound)
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		v.W, v.Version, err = readWording(tx, council)
		return err
	})
	if isNotFound(err) {
		err = nil
	}
	return v, err
}

func (m *Room) wording(r *web.Request) (web.Answer, error) {
	v, err := m.wordingView(r, r.Ask("council"))
	return wordingPage.With("Wording", v), err
}

func (m *Room) writeWording(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.wordingView(r, f.Text("council", 40))
	if err != nil {
		return nil, err
	}
	need := func(field string) string { return f.Need(field, 1000, "Fill this in: letters need it") }
	v.W = Wording{Council: need("name"), Address: need("address"), Phone: need("phone"), Mobile: f.Text("mobile", 30), Hours: need("hours"), Email: need("email"), Website: f.Text("website", 200),
		CheckPage: need("check_page"), DPO: need("dpo"), DPOEmail: need("dpo_email"), Signatory: need("signatory"), Role: need("role"), Line: need("worker_line"),
		Services: need("services"), Happened: need("happened"), Measures: need("measures"), Published: f.Text("published", 1000), Next: need("next"), Credit: f.Text("credit", 500)}
	v.W.Easy = Easy{Happened: f.Text("easy_happened", 500), Measures: f.Text("easy_measures", 500), Published: f.Text("easy_published", 500), Next: f.Text("easy_next", 500)}
	if v.W.Mobile != "" && !takes(Text, v.W.Mobile) {
		f.Fault("mobile", "Enter a mobile number, such as 07700 900123")
	}
	if checkWording(f, &v.W); f.OK() {
		for _, bad := range v.W.easyFaults() {
			f.Fault(bad.Field, bad.Text)
		}
	}
	slices.SortStableFunc(f.Errors, func(a, b web.FieldError) int { return strings.Compare(a.Field, b.Field) })
	if !f.OK() {
		v.Errors = f.Errors
		return wordingPage.With("Wording", v).Faulty(f), nil
	}
	seen, err := strconv.ParseInt(f.Said("version"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("keep wording: %w", reeve.Invalid)
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "write", Object: "notice-wording:" + v.Council, Line: "What the council says in its notices was changed"},
			keepWording(tx, v.Council, &v.W, seen, r.Visitor.ID, r.Now.Unix())
	})
	return web.Redirect("/notices/wording", "Kept. Runs that are frozen from now on use it."), err
}

// mostFieldAge is the reading age of one text of the wording: a little more than
// that of the whole letter, which the measure of a few words would miss.
const mostFieldAge = 14

// leastMeasured is how many words a text has before its reading age means
// anything.
const leastMeasured = 8

// checkWording holds what a council writes to what is said in every notice, so
// that it is refused here and not a hundred thousand times when a run is checked.
func checkWording(f *web.Form, w *Wording) {
	for _, x := range []struct {
		field, text string
		easy        bool
	}{{"services", w.Services, false}, {"happened", w.Happened, false}, {"measures", w.Measures, false}, {"published", w.Published, false}, {"next", w.Next, false},
		{"credit", w.Credit, false}, {"easy_happened", w.Easy.Happened, true}, {"easy_measures", w.Easy.Measures, true}, {"easy_published", w.Easy.Published, true}, {"easy_next", w.Easy.Next, true}} {
		if bad := wordingFault(x.text, x.easy); bad != "" {
			f.Fault(x.field, bad)
		}
	}
	for _, x := range [][2]string{{"happened", w.Happened}, {"published", w.Published}} {
		if x[1] != "" && !yearForm.MatchString(x[1]) {
			f.Fault(x[0], "Say on which day this was so, with the year")
		}
	}
	if links.MatchString(w.CheckPage) || strings.ContainsAny(w.CheckPage, "?#@ ") {
		f.Fault("check_page", "Write the address as a reader types it, without http:// and without a question mark")
	}
	for _, x := range [][2]string{{"name", w.Council}, {"address", w.Address}, {"happened", preview(w.Happened)}} {
		if checkOutside(x[1]) != nil {
			f.Fault(x[0], "Take out words for data or services: this can be read on the outside, before a notice is opened")
		}
	}
	if bad := checkAddress(append([]string{w.Council}, strings.Split(w.Address, "\n")...)); w.Address != "" && bad != "" {
		f.Fault("address", "A letter would not come back to this address: "+said(string(bad)))
	}
}

var yearForm = regexp.MustCompile(`\b20[2-9][0-9]\b`)

// wordingFault says what is wrong with one text; "" when nothing is.
func wordingFault(text string, easy bool) string {
	if bad, instead := forbids(text); bad != "" {
		return "A notice never says “" + bad + "”. Say " + instead
	}
	most, age := mostWords, float64(mostFieldAge)
	if easy {
		most, age = mostEasyWords, mostAge
	}
	if n, _ := longestSentence(text); n > most {
		return fmt.Sprintf("A sentence here has %d words: make it %d or fewer", n, most)
	}
	if len(wordsOf(text)) >= leastMeasured && readingAge(text) > age {
		return "Use shorter words: many readers could not read this"
	}
	if links.MatchString(text) {
		return "Take out the link: no notice asks anybody to follow one"
	}
	if !prints(text) {
		return "Some of these letters cannot be printed"
	}
	return ""
}
