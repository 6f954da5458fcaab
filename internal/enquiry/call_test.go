package enquiry

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// TestSayInEveryCell asks the policy for every level, letter, standing and list.
func TestSayInEveryCell(t *testing.T) {
	neutral := map[bool]Speech{false: Say(Nobody, false, None, NoList, false), true: Say(Nobody, true, None, NoList, false)}
	cells, listed := 0, 0
	told := false
	for range 2 {
		for _, level := range Levels {
			for _, letter := range []bool{false, true} {
				for _, who := range Standings {
					for _, list := range Lists {
						cells++
						s := Say(level, letter, who, list, told)
						may := level == Verified && who == Listed && list == ApprovedList
						if may {
							listed++
						}
						if s.Listed != may {
							t.Errorf("level %d, letter %v, %s, list %s: listed is %v", level, letter, who, list, s.Listed)
						}
						if !may && !reflect.DeepEqual(s, neutral[letter]) {
							t.Errorf("level %d, letter %v, %s, list %s says %v, and whoever is not there hears %v", level, letter, who, list, s, neutral[letter])
						}
						for _, code := range s.Lines {
							if speechTable[code] == "" {
								t.Errorf("no words for %s", code)
							}
						}
					}
				}
			}
		}
		told = true
	}
	if cells != len(Levels)*2*len(Standings)*len(Lists)*2 || listed != 4 {
		t.Errorf("%d cells, %d of them name somebody", cells, listed)
	}
}

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		facts, hers, document bool
		want                  Level
	}{{false, false, false, Nobody}, {false, true, true, Nobody}, {true, false, false, Facts}, {true, true, false, Verified}, {true, false, true, Verified}, {false, false, true, Nobody}} {
		if got := levelOf(c.facts, c.hers, c.document); got != c.want {
			t.Errorf("facts %v, letter %v, document %v: level %d, want %d", c.facts, c.hers, c.document, got, c.want)
		}
	}
}

// TestSpokenKinds: what says something of a life is never named on the phone.
func TestSpokenKinds(t *testing.T) {
	for _, k := range reeve.Kinds() {
		c := k.Category()
		if speakable(k) && (k.Circumstance() || c != reeve.CategoryBasic && c != reeve.CategoryFinancial && c != reeve.CategoryDocuments) {
			t.Errorf("%s (%s) may be named", k, c)
		}
	}
	for _, k := range []reeve.Kind{reeve.KindHealth, reeve.KindDomesticAbuse, reeve.KindImmigration, reeve.KindBRP, reeve.KindNHSNumber, reeve.KindBenefitRef, reeve.KindCredential} {
		if speakable(k) {
			t.Errorf("%s may be named", k)
		}
	}
}

func TestAdult(t *testing.T) {
	on := reeve.Date{Year: 2026, Month: 1, Day: 12}
	for born, want := range map[reeve.Date]bool{{Year: 2008, Month: 1, Day: 12}: true, {Year: 2008, Month: 1, Day: 13}: false, {Year: 2008}: false, {Year: 2007}: true, {}: false} {
		if adult(born, on) != want {
			t.Errorf("born %s: adult is %v", born, !want)
		}
	}
}

// somebody is a person of the planted case with a name, birthday and postcode
// that are theirs alone, by a condition on case_people.
func somebody(t *testing.T, c *sweep.Case, where string) (id string, form url.Values) {
	t.Helper()
	type row struct{ id, name, postcode, born string }
	all := ask(t, c, func(tx *db.Tx) ([]row, error) {
		return db.All(tx, func(r db.Row) (x row, err error) { return x, r.Scan(&x.id, &x.name, &x.postcode, &x.born) },
			"SELECT id, name, postcode, born FROM case_people WHERE registers <> '' AND postcode <> '' AND length(born) = 10 AND "+where+" ORDER BY id LIMIT 1")
	})
	if len(all) == 0 {
		t.Fatalf("the planted case has nobody with %s", where)
	}
	return all[0].id, url.Values{"name": {all[0].name}, "born": {all[0].born}, "postcode": {all[0].postcode}, "way": {"walk-in"}, "document": {"yes"}}
}

// approve freezes nobody's list but writes an approved version of everybody, as
// the desk for versions does.
func approveAll(t *testing.T, c *sweep.Case) {
	t.Helper()
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		for _, q := range []string{
			`INSERT INTO list_version (number, state, purpose, stamp, as_of, people, sealed, digest, figures, user_, user_name, at, emptied, version)
				VALUES (1, 'approved', '', '', '2026-01-12', 0, 0, '', '', 'u', 'U', 1, 0, 1)`,
			`INSERT INTO list_person SELECT 1, place * 100000 + ROW_NUMBER() OVER (ORDER BY id), id, registers, name, born, uprn, address, postcode, household, tier, posterior, capacity, role, deceased, severity, band, lane,
				signals, categories, kinds, data_from, data_to, items, incomplete, exhibit, first_item, controller, safe_contact, 'lists', '', '' FROM case_people`,
		} {
			if _, err := tx.Exec(q); err != nil {
				return fmt.Errorf("%.40s: %w", q, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// callNumber is the number of the check, which counts up.
var callNumber = regexp.MustCompile(`name="call" value="\d+"`)

// TestNobodyIsShownByACall: whoever is sealed, on hold, a child or not there at
// all is one and the same on the agent's screen, to the byte.
func TestNobodyIsShownByACall(t *testing.T) {
	c := plantedCase(t)
	approveAll(t, c)
	m, h := testRoom(t, Deps{Case: c})
	answer := func(form url.Values, headers ...string) string {
		w := post(t, h, "/calls", form, headers...)
		want(t, w, 200, "Say this, and no more")
		body := callNumber.ReplaceAllString(w.Body.String(), "")
		for _, field := range []string{"name", "born", "postcode"} {
			body = strings.ReplaceAll(body, strings.ReplaceAll(form.Get(field), "'", "&#39;"), "·")
		}
		return body
	}
	nobody := answer(url.Values{"name": {"Nobody Atall"}, "born": {"1970-01-01"}, "postcode": {"M1 1AE"}, "way": {"walk-in"}, "document": {"yes"}})
	groups := map[string]string{"sealed": "sealed = 1", "hold": "sealed = 0 AND safe_contact = 'hold'", "not assessed": "sealed = 0 AND safe_contact = 'not-assessed'"}
	for name, where := range groups {
		id, form := somebody(t, c, where)
		for _, headers := range [][]string{nil, {"X-Opened", id}} {
			if got := answer(form, headers...); got != nobody {
				t.Errorf("%s: the screen differs from that of nobody:\n%s\n%s", name, head(got), head(nobody))
			}
		}
	}
	id, form := somebody(t, c, "sealed = 0 AND deceased = 'no' AND signals = '' AND born < '2000' AND tier <> 'possible' AND kinds LIKE '%nino%'")
	set := func(value string) {
		err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE person SET safe_contact = ? WHERE id = ?", value, id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	set("worker")
	if got := answer(form); got != nobody {
		t.Error("somebody with a worker is not as nobody")
	}
	set("post")
	want(t, post(t, h, "/calls", form), 200, "Some of your details were in the copied files", "your National Insurance number")
	form.Del("document")
	form.Set("way", "phone")
	if w := post(t, h, "/calls", form); strings.Contains(w.Body.String(), "Some of your details") {
		t.Error("name, birthday and postcode alone open the list")
	}
	m.Letters = letters{"ABC123": id}
	form.Set("letter", "ABC123")
	if w := post(t, h, "/calls", form); w.Code != 200 && w.Code != 503 {
		t.Errorf("status %d", w.Code)
	}
	_, other := somebody(t, c, "sealed = 0 AND deceased = 'no' AND signals = '' AND id <> '"+id+"'")
	other.Del("document")
	other.Set("way", "phone")
	other.Set("letter", "ABC123")
	w := post(t, h, "/calls", other)
	want(t, w, 200, "The letter with that reference is from us")
	if strings.Contains(w.Body.String(), "Some of your details") {
		t.Error("somebody else's letter opens the list")
	}
}

// TestChecksAreBounded: whoever guesses at one household is stopped.
func TestChecksAreBounded(t *testing.T) {
	_, h := testRoom(t, Deps{Case: emptyCase(t)})
	form := url.Values{"name": {"A B"}, "born": {"1970-01-01"}, "postcode": {"SW1A 1AA"}, "way": {"phone"}}
	for range mostChecksDay {
		want(t, post(t, h, "/calls", form), 200)
	}
	want(t, post(t, h, "/calls", form, "X-Who", "another"), 503, "take their question down")
	form.Set("document", "yes")
	want(t, post(t, h, "/calls", form), 422, "can only be shown in person")
}

// letters is a register of letters, for tests.
type letters map[string]string

// TestNothingOfCallsIsKept: the program keeps that somebody was checked, and not
// what they said.
func TestNothingOfCallsIsKept(t *testing.T) {
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, post(t, h, "/calls", url.Values{"name": {"Zebedee Quillfeather"}, "born": {"1970-01-01"}, "postcode": {"SW1A 1AA"}, "way": {"phone"}}), 200)
	if got := leaves(t, c); len(got) != 1 || got[0] != "check-caller" {
		t.Errorf("leaves %v", got)
	}
	kept := ask(t, c, func(tx *db.Tx) (string, error) {
		var by, target, way string
		err := tx.One([]any{&by, &target, &way}, "SELECT by_, target, way FROM enquiry_call")
		b, _ := json.Marshal([]string{by, target, way})
		return string(b), err
	})
	if strings.Contains(kept, "Quill") || strings.Contains(kept, "SW1A") {
		t.Errorf("kept %s", kept)
	}
}

func (l letters) Letter(_ context.Context, reference string) (string, int64, error) {
	if p, ok := l[reference]; ok {
		return p, 1, nil
	}
	return "", 0, reeve.NotFound
}
